import {type ConversionConfig, toJsonSchema} from '@valibot/to-json-schema'
import type {GenericSchema} from 'valibot'
import {optionSchemas} from '../rule/option-schema.ts'
import type {Rule} from '../rule/types.ts'
import {PLATFORMS} from '../site/registry.ts'
import {configSchema, pluginSchema, rulesSchema} from './schema.ts'
import {SEVERITIES} from './severities.ts'
import {platformSchema} from './site-schema.ts'

// Plugins add their own platforms, so other names are valid.
const PLATFORM = {anyOf: [{enum: PLATFORMS}, {type: 'string'}]}

const SEVERITY = {enum: SEVERITIES}

/**
 * The JSON Schema of a configuration file, for editors.
 *
 * @param rules The rules that come with doccheck, each with a sentence about it.
 * @param descriptions Texts about the parts of a configuration.
 */
export function configJsonSchema(
  rules: readonly [rule: Rule, description: string][],
  descriptions: ReadonlyMap<GenericSchema, string>,
): object {
  const ruleSettings = {
    type: 'object',
    // Plugins add their own rules, so other names are valid.
    properties: Object.fromEntries(
      rules.map(([rule, description]) => [rule.name, {description, anyOf: [SEVERITY, listOf(rule)]}]),
    ),
  }
  const replaced = new Map<GenericSchema, object>([
    [rulesSchema, ruleSettings],
    [pluginSchema, {}],
    [platformSchema, PLATFORM],
  ])
  const overrideSchema: ConversionConfig['overrideSchema'] = ({valibotSchema, jsonSchema}) => {
    const schema = valibotSchema as GenericSchema
    const description = descriptions.get(schema)
    const own = replaced.get(schema) ?? jsonSchema
    return {...(description !== undefined && {description}), ...own} as typeof jsonSchema
  }
  const {$schema, ...schema} = toJsonSchema(configSchema as GenericSchema, {
    errorMode: 'ignore',
    overrideSchema,
  })
  return {$schema, title: 'Configuration of doccheck', ...schema}
}

/** `["warn", {"except": []}]` for one rule. */
function listOf(rule: Rule): object {
  return {
    type: 'array',
    minItems: 1,
    maxItems: 2,
    items: [SEVERITY, {type: 'object', additionalProperties: false, properties: optionSchemas(rule)}],
  }
}
