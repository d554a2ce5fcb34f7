import type {RuleDocs} from './docs.ts'
import type {OptionValue, Rule} from './rule.ts'
import {presets} from './rules.ts'
import {PLATFORMS} from './site/sites.ts'

const SEVERITY = {enum: ['off', 'warn', 'error']}
const GLOBS = {type: 'array', items: {type: 'string'}}

/**
 * The JSON Schema of a configuration file, for editors; made from the rules themselves.
 *
 * @param rules Each rule with its documentation.
 */
export function configSchema(rules: readonly [Rule, RuleDocs][]): object {
  const ruleSettings = Object.fromEntries(
    rules.map(([rule, docs]) => [
      rule.name,
      {description: docs.text.split('\n\n')[0]!.replace(/\s+/g, ' '), anyOf: [SEVERITY, listOf(rule, docs)]},
    ]),
  )
  // Plugins bring rules of their own, so other names are no error here.
  const settings = {type: 'object', properties: ruleSettings}
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Configuration of doccheck',
    type: 'object',
    additionalProperties: false,
    properties: {
      $schema: {type: 'string'},
      extends: {
        description: `Presets (${Object.keys(presets).join(', ')}), files or packages; later ones win`,
        anyOf: [{type: 'string'}, GLOBS],
      },
      rules: {description: 'Rules by name: a severity, or a list of it and options', ...settings},
      overrides: {
        description: 'Other settings for the files of some globs; later ones win',
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['files', 'rules'],
          properties: {files: {anyOf: [{type: 'string'}, GLOBS]}, rules: settings},
        },
      },
      ignore: {description: 'Globs of files that are never checked', ...GLOBS},
      site: {description: 'The platform of the whole tree', enum: [...PLATFORMS]},
      plugins: {description: 'remark-lint-* packages or files', type: 'array'},
      reportUnusedDisables: {description: 'Report lint comments that switch nothing off', ...SEVERITY},
      remote: {
        description: 'How remote images are asked for',
        type: 'object',
        additionalProperties: false,
        properties: {
          timeoutSeconds: {type: 'number', minimum: 0},
          concurrency: {type: 'number', minimum: 1},
          perHost: {type: 'number', minimum: 1},
          retries: {type: 'number', minimum: 0},
          allowPrivate: {description: 'Hosts that may be asked although they are private', ...GLOBS},
        },
      },
    },
  }
}

function listOf(rule: Rule, docs: RuleDocs): object {
  const choices = rule.choices as Record<string, readonly string[]> | undefined
  const properties = Object.fromEntries(
    Object.entries(rule.options as Record<string, OptionValue>).map(([key, value]) => [
      key,
      {
        description: docs.options[key],
        default: value,
        ...(choices?.[key] ? {enum: choices[key]} : {type: Array.isArray(value) ? 'array' : typeof value}),
      },
    ]),
  )
  return {
    type: 'array',
    minItems: 1,
    maxItems: 2,
    items: [SEVERITY, {type: 'object', additionalProperties: false, properties}],
  }
}
