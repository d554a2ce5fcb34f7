import {homedir} from 'node:os'
import path from 'node:path'
import type {Settings} from '../config/types.ts'
import type {CheckInput} from '../engine/types.ts'
import {UserError} from '../errors/errors.ts'
import type {Downloaded} from '../fix/localize.ts'
import type {RemoteJob} from '../remote/job.ts'
import {variablesOf} from '../remote/settings.ts'
import {packageInfo} from '../report/package-info.ts'
import {rootOf} from '../tree/disk.ts'
import type {Progress, RunOptions, World} from './types.ts'

/**
 * The environment variables that the user allows the configuration to send. They must be named, since strangers may have
 * written the configuration.
 *
 * @throws {@link UserError} if the configuration sends a variable that is not allowed
 */
export function allowedVariables(
  {remote}: Pick<Settings, 'remote'>,
  {allowEnv = []}: RunOptions,
  {env}: World,
): Readonly<Record<string, string | undefined>> {
  const lists = [...allowEnv, env.DOCCHECK_ALLOW_ENV ?? '']
  const allowed = new Set(lists.flatMap((list) => list.split(',').map((name) => name.trim())))
  for (const [variable, host] of variablesOf(remote))
    if (!allowed.has(variable))
      throw new UserError(
        `The configuration sends the environment variable ${variable} to \`${host}\`, which is not allowed: use \`--allow-env ${variable}\` or set DOCCHECK_ALLOW_ENV=${variable} to allow it`,
      )
  return Object.fromEntries([...allowed].map((name) => [name, env[name]]))
}

/** Create the function that checks remote URLs, with the verdict cache selected by options and configuration. */
export function remoteChecker(
  settings: Settings,
  flags: RunOptions,
  io: World,
  progress: Progress,
): NonNullable<CheckInput['probe']> {
  return (asks) =>
    untilInterrupted(settings, flags, io, async (own, signal) => {
      const cache = flags.cache === false ? undefined : cacheOf(settings, flags, io)
      const job: RemoteJob = {asks, settings: own, ...(cache && {cache})}
      const answer = io.hasOwnRequests
        ? await (await import('../remote/thread.ts')).runJobInThread(job, signal)
        : await (await import('../remote/job.ts')).runJob(job, signal, progress.remote)
      for (const warning of answer.warnings) io.warn(warning)
      return {...answer, interrupted: signal.aborted}
    })
}

/** Create the function that downloads images. */
export const imageDownloader =
  (settings: Settings, flags: RunOptions, io: World) =>
  (urls: readonly string[]): Promise<ReadonlyMap<string, Downloaded>> =>
    untilInterrupted(settings, flags, io, async (own, signal) =>
      (await import('../remote/download.ts')).downloadImages(urls, {...own, signal}),
    )

/** Use the network until the work is done or the user presses Ctrl-C. */
async function untilInterrupted<T>(
  settings: Settings,
  flags: RunOptions,
  io: World,
  work: (settings: RemoteJob['settings'], signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const {remote: config} = settings
  const variables = allowedVariables(settings, flags, io)
  const interrupt = new AbortController()
  const release = io.onInterrupt(() => interrupt.abort())
  const {signal} = interrupt
  try {
    return await work({config, env: {...io.env}, variables, ...packageInfo()}, signal)
  } finally {
    release()
  }
}

/** The absolute path of the verdict cache selected by options or configuration; undefined for the default one. */
export function chosenCacheFile(
  {remote: config, folder}: Settings,
  {cacheLocation}: RunOptions,
  io: Pick<World, 'cwd'>,
): string | undefined {
  if (cacheLocation !== undefined) return path.resolve(io.cwd, cacheLocation)
  const configured = config.cache ? config.cache.location : undefined
  return configured && path.resolve(folder, configured)
}

/** The verdict cache of a run, which is opened where requests are made. */
function cacheOf(settings: Settings, flags: RunOptions, io: World): NonNullable<RemoteJob['cache']> {
  const {remote: config} = settings
  const chosen = chosenCacheFile(settings, flags, io)
  // The target of a redirect is only written into a page if this run has seen it.
  const cache =
    config.cache !== false && (flags.fix || flags.diff) ? {...config.cache, redirected: 0} : config.cache
  return {
    config: {...config, ...(cache !== undefined && {cache})},
    location: {
      env: {...io.env},
      home: homedir(),
      ...(chosen !== undefined && {chosen, trees: [rootOf(io.cwd).root]}),
    },
  }
}
