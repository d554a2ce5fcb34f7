import type {Pluggable} from 'unified'
import * as v from 'valibot'
import {isObject} from '../data/plain.ts'
import {closed, flag, text, texts} from '../data/schema.ts'
import {UserError} from '../errors/errors.ts'
import {remoteSchema} from '../remote/schema.ts'
import type {Severity} from '../rule/types.ts'
import type {PlatformPlugin} from '../site/define-platform.ts'
import {KeyFault, shownKeys} from './key-fault.ts'
import {SEVERITIES, severityFault} from './severities.ts'
import {platformSchema, siteSchema} from './site-schema.ts'

/** A rule's setting: its severity, and options if any. */
export type RuleSetting = Severity | [Severity, Record<string, unknown>?]

const severity = v.picklist(SEVERITIES, ({input}) => severityFault(input))

/** Settings of rules by name; `checkRules` validates them once the rules of plugins are known. */
export const rulesSchema = v.custom<Record<string, RuleSetting>>(
  isObject,
  'must be an object of rules by name',
)

/** Correct a glob that cannot match any path: `/docs/` → `docs/**`; undefined for one that can. */
function meantGlob(glob: string): string | undefined {
  const meant = glob
    .replace(/\\(?=\w)/g, '/')
    .replace(/^(!?)\/+(?=.)/, '$1')
    .replace(/(.)\/$/, '$1/**')
  return meant === glob ? undefined : meant
}

/** A glob of paths. */
const glob = v.pipe(
  text,
  v.check(
    (written) => meantGlob(written) === undefined,
    ({input}) => `is "${input}", which matches no file. Did you mean "${meantGlob(input)}"?`,
  ),
)

/** A plugin: the name of a package or file, alone or with options, or the plugin itself. */
export const pluginSchema = v.custom<string | [string, unknown] | Pluggable | PlatformPlugin>(() => true)

/** Settings for the files of some globs. */
export const overrideSchema = closed({
  /** Globs, relative to the configuration's folder. */
  files: v.union([glob, v.array(glob, 'must be a list of globs')], 'must be a glob or a list of globs'),
  /** Rules by name: a severity, or a list of it and options. */
  rules: rulesSchema,
})

/**
 * A configuration as written in a file. Its type, its validation and the JSON Schema for editors are derived from this;
 * the comments of its keys are the descriptions in the JSON Schema.
 */
export const configSchema = closed({
  /** The JSON Schema of this file, for editors. */
  $schema: v.exactOptional(text),
  /** Presets (`recommended`, the default, or `strict`), files or packages; later ones win. */
  extends: v.exactOptional(v.union([text, texts], 'must be a name or a list of names')),
  /** Rules by name: a severity (`off`, `warn`, `error`), or a list of it and options. */
  rules: v.exactOptional(rulesSchema),
  /** Other settings for the files of some globs; later ones win. */
  overrides: v.exactOptional(v.array(overrideSchema, 'must be a list')),
  /** Globs of files that are never checked, even when they are named on the command line. */
  ignore: v.exactOptional(v.array(glob, 'must be a list of globs')),
  /** Check test data, such as pages in `fixtures`: `true` always, `false` never; by default, only if it is named. */
  testData: v.exactOptional(flag),
  /** The platform of the whole tree, if it is not detected; `other` for a generator that doccheck has no rules for. */
  site: v.exactOptional(platformSchema),
  /** Sites that are not detected, and what doccheck cannot read about those that are. */
  sites: v.exactOptional(v.array(siteSchema, 'must be a list of sites')),
  /** `remark-lint-*` packages or files, each alone or as a list with its options. */
  plugins: v.exactOptional(v.array(pluginSchema, 'must be a list')),
  /** Report `<!-- lint disable … -->` comments that have no effect. */
  reportUnusedDisables: v.exactOptional(severity),
  /** The file of known problems that are not reported, relative to the configuration's folder. */
  baseline: v.exactOptional(v.string('must be the path of a file')),
  /** How remote images and links are requested. */
  remote: v.exactOptional(remoteSchema),
})

/** A configuration, as written in a file. */
export type Config = v.InferInput<typeof configSchema>

/**
 * Validate the keys of a configuration and the types of their values.
 *
 * @param given The content of the file.
 * @throws {@link KeyFault} naming the key and its valid values
 */
export function checkConfig(given: unknown): Config {
  const {success, output, issues} = v.safeParse(configSchema, given)
  if (!success) throw explain(firstOf(issues))
  return output
}

/**
 * Validate a value by a schema.
 *
 * @param where The plugin that it comes from.
 * @throws {@link UserError} naming that, the key and its valid values
 */
export function checked<T extends v.GenericSchema>(
  schema: T,
  given: unknown,
  where: string,
): v.InferOutput<T> {
  const {success, output, issues} = v.safeParse(schema, given)
  if (!success) throw new UserError(`${where}: ${explain(firstOf(issues)).message}`)
  return output
}

/** An unknown key is told first: a key that is missing may be the one that is misspelt. */
const firstOf = (issues: readonly [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]]) =>
  issues.find(({expected}) => expected === 'never') ?? issues[0]

type Path = readonly v.IssuePathItem[]

/** `"remote.perHost" must be …`; if a value may have several forms, the form that fails deepest is meant. */
function explain({path, issues, expected, message}: v.BaseIssue<unknown>, above: Path = []): KeyFault {
  const items = [...above, ...(path ?? [])]
  const inner = issues?.find((issue) => issue.path !== undefined)
  if (inner) return explain(inner, items)
  const keys = items.map(({key}) => key as string | number)
  const shown = shownKeys(keys)
  if (expected === 'never') return new KeyFault(keys, `Unknown key "${shown}". ${message}`)
  return new KeyFault(keys, shown === '' ? `The configuration ${message}` : `"${shown}" ${message}`)
}
