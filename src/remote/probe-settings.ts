import {setMaxListeners} from 'node:events'
import pLimit from 'p-limit'
import type {VerdictCache} from './cache/verdict-cache.ts'
import {formatDuration, LONGEST_TIMER_MS, parseDuration} from './duration.ts'
import {CANCELLED} from './failures.ts'
import type {RemotePolicy} from './policy.ts'
import type {ProbeProgress, ProbeSettings} from './probe.ts'
import type {RemoteConfig} from './schema.ts'
import {REMOTE_DEFAULTS} from './settings.ts'

/** The settings of all requests of a run. */
export interface RemoteSettings {
  config: RemoteConfig
  /** Only the proxy variables are read. */
  env: Readonly<Record<string, string | undefined>>
  /** The environment variables that headers may contain; none if absent. */
  variables?: Readonly<Record<string, string | undefined>>
  /** The version of doccheck, for the `User-Agent`. */
  version: string
  /** The contact URL of the `User-Agent`, unless the configuration names another. */
  homepage: string
  verdictCache?: VerdictCache
  /** Cancels the run. */
  signal?: AbortSignal
  onProgress?: (progress: ProbeProgress) => void
}

/** The network of the process can be restricted for one run at a time, and hosts are asked by one run at a time. */
const inTurn = pLimit(1)

/**
 * Run `work` with the settings of a configuration, after other runs in this process; its signal aborts at the time limit
 * of the run.
 */
export const withProbeSettings = <T>(
  settings: RemoteSettings,
  policy: RemotePolicy,
  work: (settings: ProbeSettings) => Promise<T>,
): Promise<T> => inTurn(() => workWith(settings, policy, work))

async function workWith<T>(
  {config, env, version, homepage, signal, onProgress}: RemoteSettings,
  policy: RemotePolicy,
  work: (settings: ProbeSettings) => Promise<T>,
): Promise<T> {
  const timeLimitMs = parseDuration(config.timeLimit ?? REMOTE_DEFAULTS.timeLimit)
  const abort = new AbortController()
  // Every waiting URL adds a listener.
  setMaxListeners(0, abort.signal)
  const cancel = () => abort.abort(CANCELLED)
  const timer = setTimeout(
    () => abort.abort(`the time limit of ${formatDuration(timeLimitMs)} was reached`),
    Math.min(timeLimitMs, LONGEST_TIMER_MS),
  )
  signal?.addEventListener('abort', cancel, {once: true})
  if (signal?.aborted) cancel()
  const proxy = proxyOf(config, env)
  try {
    return await work({
      timeoutMs: timeoutOf(config),
      concurrency: config.concurrency ?? REMOTE_DEFAULTS.concurrency,
      retries: config.retries ?? REMOTE_DEFAULTS.retries,
      maxWaitMs: parseDuration(config.maxWait ?? REMOTE_DEFAULTS.maxWait),
      allowPrivate: config.allowPrivate ?? [],
      ...(proxy && {proxy}),
      policy,
      userAgent: `doccheck/${version} (+${config.contact ?? homepage})`,
      robots: config.robots ?? false,
      timeLimitMs,
      signal: abort.signal,
      ...(onProgress && {onProgress}),
    })
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', cancel)
  }
}

const MAX_TIMEOUT_MS = 3_600_000

/** The timeout of one request in milliseconds; at least 1, since 0 would mean none. */
export const timeoutOf = ({timeout}: RemoteConfig): number =>
  Math.min(MAX_TIMEOUT_MS, Math.max(1, parseDuration(timeout ?? REMOTE_DEFAULTS.timeout)))

/** The proxy of the configuration, or those of the environment variables that curl reads. */
function proxyOf({proxy}: RemoteConfig, env: RemoteSettings['env']): ProbeSettings['proxy'] {
  if (proxy === false) return
  const of = (name: string) => env[name] || env[name.toUpperCase()]
  const [http, https] = proxy ? [proxy, proxy] : [of('http_proxy'), of('https_proxy')]
  if (!http && !https) return
  const except = of('no_proxy')
  return {...(http && {http}), ...(https && {https}), ...(except && {except})}
}
