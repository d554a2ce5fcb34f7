import type {HostConfig, RemoteConfig} from './schema.ts'

/** The default settings. */
export const REMOTE_DEFAULTS = {
  concurrency: 32,
  perHost: 4,
  timeout: '10s',
  timeLimit: '10m',
  retries: 2,
  maxWait: '10s',
  assets: 'assets',
  cache: {alive: '7d', redirected: '7d', blocked: '1d', dead: '10m', unreachable: 0},
} satisfies RemoteConfig

/** Override one configuration by another: entries listed by name are merged, other settings replaced. */
export function mergeRemote(below: RemoteConfig, above: RemoteConfig = {}): RemoteConfig {
  const merged = {...below, ...above}
  for (const key of ['hosts', 'remap', 'treat'] as const)
    if (below[key] && above[key]) Object.assign(merged, {[key]: {...below[key], ...above[key]}})
  return merged
}

/** A reference to an environment variable in a header. */
export const VARIABLE = /\$\{(\w+)\}/g

/** The environment variables that headers contain, each with the hosts that would receive it. */
export const variablesOf = ({hosts = {}}: RemoteConfig): [variable: string, host: string][] =>
  Object.entries(hosts).flatMap(([host, {headers = {}}]) =>
    Object.values(headers).flatMap((value) =>
      [...value.matchAll(VARIABLE)].map(([, variable]): [string, string] => [variable!, host]),
    ),
  )

/** The effective settings for display: with defaults, and without secrets. */
export function shownRemote(config: RemoteConfig): RemoteConfig {
  const shown: RemoteConfig = {...REMOTE_DEFAULTS, ...config}
  if (config.cache) shown.cache = {...REMOTE_DEFAULTS.cache, ...config.cache}
  if (shown.proxy) shown.proxy = shownProxy(new URL(shown.proxy)) ?? shown.proxy
  if (config.hosts)
    shown.hosts = Object.fromEntries(
      Object.entries(config.hosts).map(([name, host]) => [name, shownHost(host)]),
    )
  return shown
}

/** Credentials are hidden however they are written. */
const shownProxy = ({protocol, username, password, host}: URL): string | undefined =>
  username || password ? `${protocol}//(hidden)@${host}` : undefined

function shownHost(host: HostConfig): HostConfig {
  if (!host.headers) return host
  const headers = Object.entries(host.headers).map(([name, value]) => [
    name,
    value.includes('${') ? value : '(hidden)',
  ])
  return {...host, headers: Object.fromEntries(headers)}
}
