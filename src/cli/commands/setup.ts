import {homedir} from 'node:os'
import path from 'node:path'
import {loadConfig} from '../../config/config.ts'
import type {RuleSetting} from '../../config/schema.ts'
import type {ConfigSource, Settings} from '../../config/types.ts'
import type {CheckInput, History} from '../../engine/types.ts'
import {UserError} from '../../errors/errors.ts'
import type {Downloaded} from '../../fix/localize.ts'
import type {RemoteSettings} from '../../remote/probe-settings.ts'
import {variablesOf} from '../../remote/settings.ts'
import {packageInfo} from '../../report/package-info.ts'
import type {ProgressLine} from '../../report/progress.ts'
import {safe} from '../../text/safe.ts'
import {commitOf} from '../../tree/changes.ts'
import {diskTree, rootOf} from '../../tree/disk.ts'
import {git, refusal} from '../../tree/git.ts'
import {committedTexts} from '../../tree/git-tree.ts'
import {formerTexts, movedFiles} from '../../tree/history.ts'
import {objectsOf} from '../../tree/objects.ts'
import {withTexts} from '../../tree/overlay.ts'
import type {Tree} from '../../tree/tree.ts'
import type {Targets} from '../targets.ts'
import type {Flags, Io} from '../types.ts'

/** The option because of which no program of the tree is run, if one of them is given. */
export const noCodeOf = ({configCode, configFrom}: Flags): string | undefined =>
  configCode === false ? '--no-config-code' : configFrom === undefined ? undefined : '--config-from'

/** The configuration that holds in a folder, under the flags. */
export async function settingsFor(flags: Flags, folder: string, root: string): Promise<Settings> {
  const {config, configFrom: ref} = flags
  if (config === false && ref !== undefined)
    throw new UserError(
      '--config-from takes the configuration of a commit, expected no --no-config beside it',
    )
  const rules = flags.rule && parseRules(flags.rule)
  const noCode = noCodeOf(flags)
  const source: ConfigSource = {
    from: folder,
    stop: root,
    ...(typeof config === 'string' ? {file: path.resolve(folder, config)} : {}),
    ...(config === false ? {none: true} : {}),
    ...(rules ? {rules} : {}),
    ...(noCode === undefined ? {} : {noCode}),
  }
  return ref === undefined ? loadConfig(source) : loadFrom(ref, source)
}

/** The configuration that a commit has. */
async function loadFrom(ref: string, source: ConfigSource): Promise<Settings> {
  const {stop: root} = source
  if ((await git(root, ['rev-parse', '--git-dir'])) === undefined) {
    const why = await refusal(root)
    throw new UserError(
      why === undefined
        ? `--config-from needs git, and a repository of it around ${root}`
        : `git refuses to work in ${root}: ${why}`,
    )
  }
  const commit = await commitOf(root, ref, '--config-from')
  const objects = objectsOf(root)
  try {
    return await loadConfig({...source, commit: {ref, read: await committedTexts(root, objects, commit)}})
  } finally {
    objects.close()
  }
}

/** `name: severity`, or `name: [severity, {option: value}]` in YAML's flow style, as in eslint. */
function parseRules(given: string[]): Record<string, RuleSetting> {
  const rules: Record<string, RuleSetting> = {}
  for (const text of given) {
    const match = /^\s*([\w-]+)\s*:\s*(off|warn|error|[\w-]+|\[.*\])\s*$/s.exec(text)
    if (!match) throw new UserError(`--rule '${text}' is not understood, expected 'name: severity'`)
    try {
      rules[match[1]!] = match[2]!.startsWith('[') ? JSON.parse(match[2]!) : (match[2] as RuleSetting)
    } catch {
      throw new UserError(
        `--rule '${text}' holds no valid JSON list, expected 'name: ["error", {"option": …}]'`,
      )
    }
  }
  return rules
}

/** The tree around the targets; standard input stands in for its file. */
export async function treeOf(targets: Targets, stdin: string | undefined, io: Io): Promise<Tree> {
  const tree = await diskTree(targets.root)
  if (stdin === undefined) return tree
  const file = path.relative(targets.root, stdin).split(path.sep).join('/')
  return withTexts(tree, new Map([[file, await io.input()]]))
}

/** What git knows of the past of a tree, asked once for all moves. */
export function gitHistory({root, files}: Tree): History {
  let moves: Promise<ReadonlyMap<string, string>> | undefined
  const objects = objectsOf(root)
  return {
    moved: () => (moves ??= movedFiles(root, files)),
    texts: (file) => formerTexts(root, file, objects),
  }
}

/** The CPU time that a page may take, in milliseconds, where the environment says so. */
function pageLimit({DOCCHECK_PAGE_SECONDS: seconds}: Io['env']): number | undefined {
  if (!seconds) return
  if (!(Number(seconds) > 0) || Number(seconds) > 86_400)
    throw new UserError('DOCCHECK_PAGE_SECONDS takes a number of seconds')
  return Number(seconds) * 1000
}

/** What every run needs, by the configuration and the flags. */
export async function inputFrom(
  settings: Settings,
  flags: Flags,
  tree: Tree,
  {env}: Io,
): Promise<Omit<CheckInput, 'files' | 'rulesFor'>> {
  const platform = flags.site ?? settings.platform
  const input: Omit<CheckInput, 'files' | 'rulesFor'> = {tree}
  if (platform) input.platform = platform
  const limit = pageLimit(env)
  if (limit !== undefined) input.limit = limit
  if (settings.plugins.length > 0) {
    const {pluginRunner} = await import('../../remark/plugins.ts')
    input.plugins = pluginRunner(settings.plugins)
  }
  return input
}

/**
 * The variables of the environment that the user lets the configuration send, for which it must ask by name: strangers may
 * have written it.
 *
 * @throws {@link UserError} for one that it sends and that is not allowed.
 */
export function allowedVariables(
  {remote}: Pick<Settings, 'remote'>,
  {allowEnv = []}: Flags,
  {env}: Io,
): Readonly<Record<string, string | undefined>> {
  const lists = [...allowEnv, env.DOCCHECK_ALLOW_ENV ?? '']
  const allowed = new Set(lists.flatMap((list) => list.split(',').map((name) => name.trim())))
  for (const [variable, host] of variablesOf(remote))
    if (!allowed.has(variable))
      throw new UserError(
        `The configuration sends the environment variable ${variable} to \`${host}\`, which nobody allowed: \`--allow-env ${variable}\` does, or DOCCHECK_ALLOW_ENV=${variable} in the environment`,
      )
  return Object.fromEntries([...allowed].map((name) => [name, env[name]]))
}

/** How to go to the network, until it is done or the user interrupts. */
async function online<T>(
  settings: Settings,
  flags: Flags,
  io: Io,
  work: (settings: RemoteSettings, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const {remote: config} = settings
  const variables = allowedVariables(settings, flags, io)
  const over = new AbortController()
  const release = io.onInterrupt(() => over.abort())
  try {
    return await work({config, env: io.env, variables, ...packageInfo(), signal: over.signal}, over.signal)
  } finally {
    release()
  }
}

/** What asks for remote addresses, with the memory that the flags and the configuration say. */
export function prober(
  settings: Settings,
  flags: Flags,
  io: Io,
  progress: ProgressLine,
): NonNullable<CheckInput['probe']> {
  return (asks) =>
    online(settings, flags, io, async (own, signal) => {
      const {checkRemoteUrls} = await import('../../remote/check-urls.ts')
      const verdictCache = flags.cache === false ? undefined : await openCacheOf(settings, flags, io)
      const answer = await checkRemoteUrls(asks, {
        ...own,
        onProgress: progress.remote,
        ...(verdictCache && {verdictCache}),
      })
      for (const warning of answer.warnings) io.err(`doccheck: ${safe(warning)}\n`)
      return {...answer, interrupted: signal.aborted}
    })
}

/** The file in which the user wants verdicts to be remembered, absolute; nothing for the usual place. */
export function chosenCache(
  {remote: config, folder}: Settings,
  {cacheLocation}: Flags,
  io: Io,
): string | undefined {
  if (cacheLocation !== undefined) return path.resolve(io.cwd, cacheLocation)
  const configured = config.cache ? config.cache.location : undefined
  return configured && path.resolve(folder, configured)
}

async function openCacheOf(settings: Settings, flags: Flags, io: Io) {
  const {openCache} = await import('../../remote/open-cache.ts')
  const {remote: config} = settings
  const chosen = chosenCache(settings, flags, io)
  // What is to be put into a page must have been seen now.
  const cache =
    config.cache !== false && (flags.fix || flags.diff) ? {...config.cache, redirected: 0} : config.cache
  return openCache(
    {...config, ...(cache !== undefined && {cache})},
    {env: io.env, home: homedir(), ...(chosen !== undefined && {chosen, trees: [rootOf(io.cwd).root]})},
  )
}

/** What downloads images. */
export const downloader =
  (settings: Settings, flags: Flags, io: Io) =>
  (urls: readonly string[]): Promise<ReadonlyMap<string, Downloaded>> =>
    online(settings, flags, io, async (own) =>
      (await import('../../remote/download.ts')).downloadImages(urls, own),
    )

/** The baseline that was named, absolute; nothing where none was. */
export function baselinePlace(
  {baseline}: Flags,
  settings: Pick<Settings, 'baseline'>,
  cwd: string,
): string | undefined {
  return baseline === undefined ? settings.baseline : path.resolve(cwd, baseline)
}
