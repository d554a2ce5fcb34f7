import {statSync} from 'node:fs'
import path from 'node:path'
import * as v from 'valibot'
import {type Config, checked, type RuleSetting, rulesSchema} from '../config/schema.ts'
import {isObject} from '../data/plain.ts'
import {closed, flag, text, texts} from '../data/schema.ts'
import {UserError} from '../errors/errors.ts'
import type {RunOptions} from '../run/types.ts'

/** The options of {@link Doccheck}, named like those of the command line. */
export interface DoccheckOptions {
  /** The folder that paths and the configuration are relative to; by default the working directory of the process. */
  cwd?: string
  /** The environment variables for proxies, the cache folder and `allowEnv`; by default those of the process. */
  env?: Readonly<Record<string, string | undefined>>
  /**
   * The configuration: the path of a file, `false` for none, or the configuration itself, whose globs are relative to
   * `cwd`. By default it is found as on the command line: in `cwd` or a folder above, up to the top of the repository.
   */
  config?: string | false | Config
  /** `false` refuses configurations, plugins and reporters that are programs, for trees of strangers. */
  configCode?: boolean
  /** Read the configuration from this branch, tag or commit. */
  configFrom?: string
  /** The environment variables that headers in the configuration may use. */
  allowEnv?: string[]
  /** Settings of rules by name, which override the configuration. */
  rules?: Record<string, RuleSetting>
  /** Use this platform instead of detecting it. */
  site?: string
  /** Check test data, too; `false`: not even where it is named. */
  testData?: boolean
  /** Make no network requests. */
  offline?: boolean
  /** `false` ignores the cache of network results. */
  cache?: boolean
  /** The cache file, instead of the one in the user's cache folder. */
  cacheLocation?: string
  /** Apply fixes in memory: results have the fixed text as `output`, and the findings that are left. */
  fix?: boolean
  /** With `fix`, also apply suggestions. */
  unsafe?: boolean
  /** Report errors only. */
  quiet?: boolean
  /** The file of known problems that are not reported. */
  baseline?: string
  /** Report what the changes staged in Git break. */
  staged?: boolean
  /** Report only problems introduced since the merge base with this branch, tag or commit. */
  since?: string
  /** Fetch history that `since` or `configFrom` needs and the clone lacks; by default if `env` has `CI`. */
  fetch?: boolean
}

const configMessage = 'must be the path of a file, false, or a configuration'

const optionsSchema = closed({
  cwd: v.exactOptional(text),
  env: v.exactOptional(v.custom<NonNullable<DoccheckOptions['env']>>(isObject, 'must be an object')),
  config: v.exactOptional(v.union([v.string(), v.literal(false), v.custom<Config>(isObject)], configMessage)),
  configCode: v.exactOptional(flag),
  configFrom: v.exactOptional(text),
  allowEnv: v.exactOptional(texts),
  rules: v.exactOptional(rulesSchema),
  site: v.exactOptional(text),
  testData: v.exactOptional(flag),
  offline: v.exactOptional(flag),
  cache: v.exactOptional(flag),
  cacheLocation: v.exactOptional(text),
  fix: v.exactOptional(flag),
  unsafe: v.exactOptional(flag),
  quiet: v.exactOptional(flag),
  baseline: v.exactOptional(text),
  staged: v.exactOptional(flag),
  since: v.exactOptional(text),
  fetch: v.exactOptional(flag),
})

/** Checked options: the folder, the environment, and the options of a run. */
export interface CheckedOptions {
  /** An absolute path. */
  cwd: string
  env: Readonly<Record<string, string | undefined>>
  flags: RunOptions
}

/**
 * Check the options of {@link Doccheck}.
 *
 * @throws {@link UserError} for an unknown option, a wrong type, or a `cwd` that is not a folder
 */
export function checkOptions(options: DoccheckOptions): CheckedOptions {
  if (!isObject(options)) throw new UserError('new Doccheck(): expected an object of options')
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
  const {cwd = process.cwd(), env = process.env, ...flags} = checked(optionsSchema, given, 'new Doccheck()')
  const folder = path.resolve(cwd)
  if (!statSync(folder, {throwIfNoEntry: false})?.isDirectory())
    throw new UserError(`new Doccheck(): "cwd" is not a folder: ${folder}`)
  refuse(flags, 'unsafe', 'requires "fix"', !flags.fix)
  for (const other of ['since', 'fix'] as const)
    refuse(flags, 'staged', `cannot be used with "${other}"`, Boolean(flags[other]))
  return {cwd: folder, env, flags}
}

const signal = v.exactOptional(v.instance(AbortSignal, 'must be an AbortSignal'))
const CALLS = {
  'checkFiles()': closed({signal}),
  'checkText()': closed({signal, path: v.exactOptional(text)}),
}

/**
 * Check the options of a call, such as a path in place of them.
 *
 * @throws {@link UserError} for an unknown option or a wrong type
 */
export function checkCall(call: keyof typeof CALLS, options: unknown): void {
  if (!isObject(options)) throw new UserError(`${call}: expected an object of options, not ${options}`)
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
  checked(CALLS[call], given, call)
}

/** Refuse an option that makes no sense beside others, or without them. */
function refuse(flags: RunOptions, option: 'unsafe' | 'staged', why: string, is: boolean): void {
  if (flags[option] && is) throw new UserError(`new Doccheck(): "${option}" ${why}`)
}
