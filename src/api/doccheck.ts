import path from 'node:path'
import {effective} from '../config/effective.ts'
import type {Settings} from '../config/types.ts'
import {UserError} from '../errors/errors.ts'
import {loadReporter} from '../report/reporters.ts'
import {countMessages} from '../report/summary.ts'
import type {Severity} from '../rule/types.ts'
import {ignoreTest} from '../run/ignored.ts'
import {openRequest} from '../run/request.ts'
import {openSession, reportOf, runSession} from '../run/session.ts'
import {noCodeOf, settingsFor, settingsWithNested} from '../run/settings.ts'
import {pathFrom} from '../run/setup.ts'
import {findTargets} from '../run/targets.ts'
import type {RunOptions, World} from '../run/types.ts'
import {writeChanges} from '../run/write-changes.ts'
import {diskTree} from '../tree/disk.ts'
import {type CheckedOptions, checkCall, checkOptions, type DoccheckOptions} from './options.ts'
import {originOf} from './origins.ts'
import type {CheckResults} from './results.ts'
import {describeRules, type RuleInfo} from './rules.ts'
import {toResults} from './to-results.ts'

/** The options of one check. */
export interface CheckOptions {
  /** Ends the check soon after it is aborted, also while requests are pending; its reason is thrown. */
  signal?: AbortSignal | undefined
}

/** The options of {@link Doccheck.checkText}. */
export interface CheckTextOptions extends CheckOptions {
  /**
   * The file whose text it is, absolute or relative to `cwd`; it need not exist. Links are resolved from there.
   * By default `text.md` in `cwd`.
   */
  path?: string
}

/** The options of {@link Doccheck.format}. */
export interface FormatOptions {
  /** Use ANSI colors, which only some reporters do. */
  color?: boolean
}

/** The configuration of one file. */
export interface FileConfig {
  /** The files it was read from, nearest first. */
  files: string[]
  /** The configuration excludes the file. */
  isIgnored: boolean
  /** The severity and all options of each rule that is on. */
  rules: Record<string, [severity: Exclude<Severity, 'off'>, options: object]>
}

/**
 * Checks docs in Markdown from a program. Each call reads the configuration and the files as they are then. An instance
 * keeps no state between calls, so that calls may overlap, and so may instances.
 */
export class Doccheck {
  readonly #options: CheckedOptions

  /** @throws {@link UserError} for options that are unknown or have the wrong type */
  constructor(options: DoccheckOptions = {}) {
    this.#options = checkOptions(options)
  }

  /**
   * Check files.
   *
   * @param patterns Files, folders and globs, absolute or relative to `cwd`; by default all of `cwd`.
   * @throws {@link UserError} if there is nothing to check, also for an empty list, or for a mistake in the configuration
   */
  async checkFiles(patterns?: string | readonly string[], options: CheckOptions = {}): Promise<CheckResults> {
    checkCall('checkFiles()', options)
    const paths = patterns === undefined ? [] : [patterns].flat()
    // A list of changed files, for instance: with none, everything would be checked.
    if (patterns !== undefined && paths.length === 0)
      throw new UserError('checkFiles(): the list of paths is empty; leave it out to check everything')
    for (const each of paths)
      if (typeof each !== 'string')
        throw new UserError(`checkFiles(): expected a path or a list of paths, not ${each}`)
    return this.#check(paths, {}, options)
  }

  /**
   * Check a text, such as an editor's buffer, as if it were in a file.
   *
   * @throws {@link UserError} for a path that is not a Markdown file in the tree, or for a mistake in the configuration
   */
  async checkText(text: string, options: CheckTextOptions = {}): Promise<CheckResults> {
    if (typeof text !== 'string') throw new UserError(`checkText(): expected a text, not ${text}`)
    checkCall('checkText()', options)
    const {path: file = 'text.md'} = options
    return this.#check([], {stdin: true, stdinFilename: file}, options, text)
  }

  /**
   * Write the `output` of results to their files. A file that has changed since it was checked is left alone.
   *
   * @throws {@link UserError} naming the files that could not be written, once all others are
   */
  static async outputFixes(results: CheckResults): Promise<void> {
    const {changes} = originOf(results, 'Doccheck.outputFixes()')
    const failed: string[] = []
    for (const file of results.files) {
      const change = changes.get(file)
      if (!change) continue
      const {root, path: name, before, after} = change
      const place = {root, display: () => file.path}
      const changed = new Map([[name, {before, after, fixes: 0}]])
      await writeChanges({changed, files: new Map()}, place, {warn: (reason) => failed.push(reason)})
    }
    if (failed.length > 0) throw new UserError(failed.join('\n'))
  }

  /**
   * Format results with a reporter of the command line: `text`, `json`, `html` …, or a `vfile-reporter-*` package.
   * Files and findings that were removed from their lists are left out.
   *
   * @returns text that ends with a line break
   * @throws {@link UserError} for an unknown reporter
   */
  async format(
    results: CheckResults,
    reporter = 'text',
    {color = false}: FormatOptions = {},
  ): Promise<string> {
    const {session, outcome, indexes, messages} = originOf(results, 'format()')
    const {cwd, flags} = this.#options
    const write = await loadReporter(reporter, cwd, noCodeOf(flags))
    const kept = results.files.flatMap((file) => {
      const index = indexes.get(file)
      return index === undefined ? [] : [{file, index}]
    })
    const reported = kept.map(({file, index}) =>
      Object.assign(Object.create(outcome.reported[index]!), {
        messages: file.findings.flatMap((finding) => messages.get(finding) ?? []),
      }),
    )
    const result = {...outcome.result, pages: kept.map(({index}) => outcome.result.pages[index]!)}
    const report = reportOf(session, {...outcome, result, reported, counts: countMessages(reported)})
    return write(report, {color, inActions: false})
  }

  /** All rules that the configuration may name, with those of its plugins. */
  async listRules(): Promise<RuleInfo[]> {
    const {cwd} = this.#options
    return describeRules((await this.#settings((await findTargets([], cwd)).root)).known.values())
  }

  /** The configuration of a file, which need not exist. */
  async configFor(file: string): Promise<FileConfig> {
    if (typeof file !== 'string') throw new UserError(`configFor(): expected a path, not ${file}`)
    const {cwd} = this.#options
    const absolute = path.resolve(cwd, file)
    const {root} = await findTargets([], cwd)
    const {flags, env} = this.#options
    const world = {cwd, env, warn() {}}
    const settings = await settingsWithNested(absolute, flags, world, root)
    const rules = await effective(settings)
    const why = await ignoreTest(rules, settings, await diskTree(root), {}, world)
    const own = pathFrom(settings.folder)(absolute)
    return {
      files: [...rules.settingsOf(own).files],
      isIgnored: why(pathFrom(root)(absolute)) !== undefined,
      rules: Object.fromEntries(
        rules
          .rulesFor(own)
          .map(({rule, severity, options}) => [rule.name, [severity, structuredClone(options)]]),
      ),
    }
  }

  #settings(root: string): Promise<Settings> {
    const {cwd, env, flags} = this.#options
    return settingsFor(flags, {cwd, env, warn() {}}, root)
  }

  async #check(
    patterns: readonly string[],
    more: RunOptions,
    {signal}: CheckOptions,
    text?: string,
  ): Promise<CheckResults> {
    const started = performance.now()
    signal?.throwIfAborted()
    const of = (['since', 'staged'] as const).find((option) => this.#options.flags[option])
    if (text !== undefined && of) throw new UserError(`checkText() checks no change: "${of}" is set`)
    const {cwd, env} = this.#options
    const flags = {...this.#options.flags, ...more}
    const warnings: string[] = []
    const world: World = {
      cwd,
      env,
      hasOwnRequests: true,
      warn: (message) => warnings.push(message),
      input: async () => Buffer.from(text ?? ''),
      onInterrupt: (stop) => {
        signal?.addEventListener('abort', stop, {once: true})
        return () => signal?.removeEventListener('abort', stop)
      },
    }
    const check = this.#run(patterns, flags, world, {started, warnings, text, signal})
    return signal ? orAborted(check, signal) : check
  }

  async #run(
    patterns: readonly string[],
    flags: RunOptions,
    world: World,
    {
      started,
      warnings,
      text,
      signal,
    }: CheckOptions & {started: number; warnings: string[]; text?: string | undefined},
  ): Promise<CheckResults> {
    const request = await openRequest(patterns, flags, world)
    try {
      const progress = {pages: () => {}, remote: () => {}}
      const session = await openSession(request, {flags, world, progress, writes: false, started})
      if (signal) session.input.signal = signal
      return await toResults(session, await runSession(session), warnings, text)
    } finally {
      request.change?.close()
    }
  }
}

/** The result of some work; or, once that is aborted, the reason, without waiting for the work to end. */
function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason)
    signal.addEventListener('abort', stop, {once: true})
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}
