import {expressionFault, writtenExpression} from '../pattern/wildcard.ts'
import {parseDuration} from './duration.ts'

/** A stretch of time: seconds, or a number with `ms`, `s`, `m`, `h` or `d`, as in `10s`. */
export type Duration = number | string

/** What an answer may be taken for. */
export type TreatAs = 'alive' | 'dead' | 'blocked' | 'unreachable'

/** How remote images and links are asked for, as written in a configuration. */
export interface RemoteConfig {
  /** Requests under way at once, in all. */
  concurrency?: number
  /** Requests under way at once to one host. */
  perHost?: number
  /** Until an address that does not answer is given up, for each request. */
  timeout?: Duration
  /** Until the whole run stops asking; what is left is not checked. */
  timeLimit?: Duration
  /** How often a passing failure is asked again. */
  retries?: number
  /** The longest wait before that, whatever a server wishes. */
  maxWait?: Duration
  /** Between two addresses of one host; redirects, and GET after HEAD, follow at once. */
  delay?: Duration
  /** Where people can complain, for the `User-Agent`. */
  contact?: string
  /** Obey robots.txt, like a crawler. */
  robots?: boolean
  /** What holds for hosts: names as in `docs.example.com`, `*.example.com`, `example.com:8080`; later ones win. */
  hosts?: Record<string, HostConfig>
  /** Addresses that are never asked: as written, `*` for any run of characters, or a `/regular expression/`. */
  skip?: string[]
  /** Ask another address instead: beginnings of addresses, or `/regular expressions/`, and what stands for them. */
  remap?: Record<string, string>
  /** What answers are taken for, by status (`403`, `5xx`). */
  treat?: Record<string, TreatAs>
  /** Hosts or addresses that may be asked although they are private. */
  allowPrivate?: string[]
  /** A proxy's address; `false` takes none, not even that of the environment. */
  proxy?: string | false
  /** Where verdicts are remembered and for how long; `false` forgets them. */
  cache?: false | CacheConfig
  /** The folder for `--localize-images`, from the root of the tree. */
  assets?: string
  /** How long a failure is only a warning, counted from when it was first seen. */
  failFor?: Duration
}

/** What holds for the hosts of one pattern. */
export interface HostConfig {
  /** Sent to these hosts only, over HTTPS only; `${NAME}` is a variable of the environment that is allowed. */
  headers?: Record<string, string>
  /** Between two addresses. */
  delay?: Duration
  /** Requests under way at once. */
  perHost?: number
  /** Never ask. */
  skip?: boolean
  /** What answers are taken for, by status. */
  treat?: Record<string, TreatAs>
}

/** Where verdicts are remembered, and for how long by state. */
export interface CacheConfig {
  /** A file; by default one in the user's cache folder. */
  location?: string
  alive?: Duration
  redirected?: Duration
  dead?: Duration
  blocked?: Duration
  unreachable?: Duration
}

/** What holds where a configuration is silent. */
export const REMOTE_DEFAULTS = {
  concurrency: 32,
  perHost: 4,
  timeout: '10s',
  timeLimit: '10m',
  retries: 2,
  maxWait: '10s',
  assets: 'assets',
  cache: {alive: '7d', redirected: '7d', blocked: '1d', dead: '1h', unreachable: 0},
} satisfies RemoteConfig

/** Put one configuration over another: what is listed by name is merged, the rest replaced. */
export function mergeRemote(below: RemoteConfig, above: RemoteConfig = {}): RemoteConfig {
  const merged = {...below, ...above}
  for (const key of ['hosts', 'remap', 'treat'] as const)
    if (below[key] && above[key]) Object.assign(merged, {[key]: {...below[key], ...above[key]}})
  return merged
}

/** Where a header names a variable of the environment. */
export const VARIABLE = /\$\{(\w+)\}/g

/** The variables of the environment that headers name, each with the host that it would be sent to. */
export const variablesOf = ({hosts = {}}: RemoteConfig): [variable: string, host: string][] =>
  Object.entries(hosts).flatMap(([host, {headers = {}}]) =>
    Object.values(headers).flatMap((value) =>
      [...value.matchAll(VARIABLE)].map(([, variable]): [string, string] => [variable!, host]),
    ),
  )

/** What to say of a name that is not known, given those that are. */
type OrNearest = (name: string, known: readonly string[]) => string

/** What holds, for people to see: with what is not written down, without secrets that should not have been. */
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

/** However it was written, what a URL parser takes for a password is one. */
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

/** Says in a few words what was expected, if a value is not that. */
type Check = (value: unknown, orNearest: OrNearest) => string | undefined

const TREATED = ['alive', 'dead', 'blocked', 'unreachable']

const fits =
  (expected: string, test: (value: unknown) => boolean): Check =>
  (value) =>
    test(value) ? undefined : `expected ${expected}`
const atLeast = (least: number) =>
  fits(`a whole number from ${least} on`, (value) => Number.isInteger(value) && (value as number) >= least)
const duration = fits(
  'seconds, or a number with a unit, as in `10s`',
  (value) => !Number.isNaN(parseDuration(value)),
)
const boolean = fits('true or false', (value) => typeof value === 'boolean')
const text = fits('a string', (value) => typeof value === 'string')
const strings = fits(
  'a list of strings',
  (value) => Array.isArray(value) && value.every((item) => typeof item === 'string'),
)
const patterns: Check = (value, orNearest) =>
  strings(value, orNearest) ?? (value as string[]).map(patternFault).find(Boolean)

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** An object whose names and values are checked one by one. */
const each =
  (checkValue: Check, checkName: (name: string) => string | undefined = () => undefined): Check =>
  (value, orNearest) => {
    if (!isObject(value)) return 'expected an object'
    for (const [name, own] of Object.entries(value)) {
      const fault = checkName(name) ?? checkValue(own, orNearest)
      if (fault) return `\`${name}\`: ${fault}`
    }
  }

const patternFault = (pattern: string): string | undefined => {
  const written = writtenExpression(pattern)
  const fault = written && expressionFault(written)
  return fault && `\`${pattern}\` ${fault}`
}

const treat = each(
  fits(`one of ${TREATED.map((name) => `\`${name}\``).join(', ')}`, (value) =>
    TREATED.includes(value as string),
  ),
  (name) => (/^[1-9](?:\d\d|xx)$/.test(name) ? undefined : 'expected a status, as `403` or `5xx`'),
)

const HOST: Record<keyof HostConfig, Check> = {
  headers: each(text, (name) => (/^[\w!#$%&'*+.^`|~-]+$/.test(name) ? undefined : 'is no name of a header')),
  delay: duration,
  perHost: atLeast(1),
  skip: boolean,
  treat,
}

const CACHE: Record<keyof CacheConfig, Check> = {
  location: text,
  alive: duration,
  redirected: duration,
  dead: duration,
  blocked: duration,
  unreachable: duration,
}

const REMOTE: Record<keyof RemoteConfig, Check> = {
  concurrency: atLeast(1),
  perHost: atLeast(1),
  timeout: duration,
  timeLimit: duration,
  retries: atLeast(0),
  maxWait: duration,
  delay: duration,
  contact: fits('a URL or a mail address', (value) => typeof value === 'string' && /^[!-~]+$/.test(value)),
  robots: boolean,
  hosts: each((value, orNearest) => objectOf(value, HOST, orNearest)),
  skip: patterns,
  remap: each(text, patternFault),
  treat,
  allowPrivate: strings,
  proxy: fits('the URL of a proxy (http: or https:), or false', (value) => value === false || isProxy(value)),
  cache: (value, orNearest) => (value === false ? undefined : objectOf(value, CACHE, orNearest)),
  assets: fits(
    'a folder within the tree',
    (value) =>
      typeof value === 'string' && !/^[/\\]|^[a-z]:|(?:^|[/\\])(?:\.\.|\.git)(?:[/\\]|$)/i.test(value),
  ),
  failFor: duration,
}

/** The names of all settings. */
export const REMOTE_KEYS: readonly string[] = Object.keys(REMOTE)

const isProxy = (value: unknown) =>
  typeof value === 'string' && URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)

function objectOf(value: unknown, checks: Record<string, Check>, orNearest: OrNearest): string | undefined {
  if (!isObject(value)) return 'expected an object'
  for (const [key, own] of Object.entries(value)) {
    const check = Object.hasOwn(checks, key) ? checks[key] : undefined
    if (!check) return `has the unknown key \`${key}\`${orNearest(key, Object.keys(checks))}`
    const fault = check(own, orNearest)
    if (fault) return `\`${key}\`: ${fault}`
  }
}

/**
 * What is wrong with the `remote` part of a configuration, in words; nothing when all is well.
 *
 * @param orNearest What to say of an unknown key.
 */
export const remoteFault = (value: unknown, orNearest: OrNearest): string | undefined =>
  objectOf(value, REMOTE, orNearest)
