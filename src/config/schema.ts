import {presets} from '../../rules/index.ts'
import type {RuleDocs} from '../rule/docs.ts'
import type {OptionValue, Rule} from '../rule/types.ts'
import {PLATFORMS} from '../site/registry.ts'
import {itemKind} from './shape.ts'

const SEVERITY = {enum: ['off', 'warn', 'error']}
const GLOBS = {type: 'array', items: {type: 'string'}}

const NAMES = {type: 'array', items: {type: 'string'}}
const COUNT = {type: 'integer', minimum: 1}
const SWITCH = {type: 'boolean'}
const TEXT = {type: 'string'}
const DURATION = {
  anyOf: [
    {type: 'number', minimum: 0},
    {type: 'string', pattern: '^\\d+(\\.\\d+)? ?(ms|s|m|h|d)$'},
  ],
}
const TREAT = {
  description: 'What answers are taken for, by status (403, 5xx)',
  type: 'object',
  propertyNames: {pattern: '^[1-9](\\d\\d|xx)$'},
  additionalProperties: {enum: ['alive', 'dead', 'blocked', 'unreachable']},
}
const closed = (description: string, properties: object) => ({
  description,
  type: 'object',
  additionalProperties: false,
  properties,
})
const told = (description: string, schema: object) => ({description, ...schema})

const REMOTE = closed('How remote images and links are asked for', {
  concurrency: told('Requests under way at once, in all', COUNT),
  perHost: told('Requests under way at once to one host', COUNT),
  timeout: told('Until an address that does not answer is given up, for each request', DURATION),
  timeLimit: told('Until the whole run stops asking', DURATION),
  retries: told('How often a passing failure is asked again', {type: 'integer', minimum: 0}),
  maxWait: told('The longest wait before that, whatever a server wishes', DURATION),
  delay: told('Between two addresses of one host; redirects, and GET after HEAD, follow at once', DURATION),
  contact: told('Where people can complain, for the User-Agent', TEXT),
  robots: told('Obey robots.txt, like a crawler', SWITCH),
  hosts: {
    description: 'What holds for hosts: docs.example.com, *.example.com, example.com:8080; later ones win',
    type: 'object',
    additionalProperties: closed('What holds for the hosts of one pattern', {
      headers: {
        description:
          'Sent to these hosts only, over HTTPS only; ${NAME} is a variable of the environment that --allow-env allows',
        type: 'object',
        additionalProperties: TEXT,
      },
      delay: told('Between two addresses', DURATION),
      perHost: told('Requests under way at once', COUNT),
      skip: told('Never ask', SWITCH),
      treat: TREAT,
    }),
  },
  skip: told('Addresses that are never asked: * for any run of characters, or a /regular expression/', NAMES),
  remap: {
    description: 'Ask another address instead: beginnings of addresses, or /regular expressions/',
    type: 'object',
    additionalProperties: TEXT,
  },
  treat: TREAT,
  allowPrivate: told('Hosts that may be asked although they are private', NAMES),
  proxy: {
    description: "A proxy's address; false takes none, not even that of the environment",
    anyOf: [{const: false}, TEXT],
  },
  cache: {
    anyOf: [
      {const: false},
      closed('Where verdicts are remembered, and for how long', {
        location: TEXT,
        alive: DURATION,
        redirected: DURATION,
        dead: DURATION,
        blocked: DURATION,
        unreachable: DURATION,
      }),
    ],
  },
  assets: told('The folder for --localize-images, from the root of the tree', TEXT),
  failFor: told('How long a failure is only a warning, counted from when it was first seen', DURATION),
})

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
      reportUnusedDisables: {
        description: 'Report lint comments that switch nothing off, or nothing on again',
        ...SEVERITY,
      },
      baseline: {description: 'The file of known problems that may stay for now', type: 'string'},
      remote: REMOTE,
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
        ...(choices?.[key]
          ? {enum: choices[key]}
          : Array.isArray(value)
            ? {type: 'array', items: {type: itemKind(rule, key)}}
            : {type: typeof value}),
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
