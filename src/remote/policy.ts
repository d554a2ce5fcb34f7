import {createHash} from 'node:crypto'
import {type Expression, expressionOf} from '../pattern/expression.ts'
import {wildcard, writtenExpression} from '../pattern/wildcard.ts'
import {parseDuration} from './duration.ts'
import type {HostConfig, RemoteConfig, TreatAs} from './schema.ts'
import {REMOTE_DEFAULTS, VARIABLE} from './settings.ts'

/** The settings for one host. */
export interface HostPolicy {
  delayMs: number
  perHost: number
  skip: boolean
  treat: Readonly<Record<string, TreatAs>>
  /** With environment variables substituted. */
  headers: readonly (readonly [name: string, value: string])[]
  /** An environment variable that the headers contain and that is not set. */
  missingVariable?: string
}

/** The treatment of URLs and hosts, by the configuration. */
export interface RemotePolicy {
  /** Must a URL not be requested? */
  skips(url: string): boolean
  /** The URL to request instead; usually the same one. */
  remap(url: string): string
  forHost(url: URL): HostPolicy
  /** A hash of the settings that a verdict on a URL depends on; reveals no secret. */
  fingerprint(url: URL): string
}

type Env = Readonly<Record<string, string | undefined>>

/** The policy of a valid configuration. */
export function makePolicy(config: RemoteConfig, env: Env): RemotePolicy {
  const skips = (config.skip ?? []).map((pattern) => compiled(pattern) ?? wildcard(pattern))
  const remaps = Object.entries(config.remap ?? {}).map(([from, to]) => ({
    from,
    to,
    expression: compiled(from),
  }))
  const hosts = Object.entries(config.hosts ?? {}).map(([name, own]) => ({
    pattern: wildcard(name, {ignoreCase: true}),
    own,
  }))
  const cache = new Map<string, HostPolicy>()
  const forHost = (url: URL): HostPolicy => {
    let found = cache.get(url.host)
    if (!found) {
      const fitting = hosts.filter(({pattern}) => pattern.test(url.hostname) || pattern.test(url.host))
      cache.set(
        url.host,
        (found = merge(
          config,
          fitting.map(({own}) => own),
          env,
        )),
      )
    }
    return found
  }
  return {
    skips: (url) => skips.some((pattern) => pattern.test(url)),
    remap: (url) => {
      for (const {from, to, expression} of remaps) {
        if (expression ? expression.test(url) : url.startsWith(from))
          return expression ? expression.replace(url, to) : to + url.slice(from.length)
      }
      return url
    },
    forHost,
    fingerprint: (url) => {
      const {headers, treat} = forHost(url)
      if (headers.length === 0 && Object.keys(treat).length === 0) return ''
      return createHash('sha256')
        .update(JSON.stringify([headers, treat]))
        .digest('base64url')
    },
  }
}

/** The regular expression of a setting; undefined for a plain pattern. */
function compiled(setting: string): Expression | undefined {
  const written = writtenExpression(setting)
  return written && expressionOf(written)
}

function merge(config: RemoteConfig, own: HostConfig[], env: Env): HostPolicy {
  const all: HostConfig = Object.assign({}, ...own)
  const policy: HostPolicy = {
    delayMs: parseDuration(all.delay ?? config.delay ?? 0),
    perHost: all.perHost ?? config.perHost ?? REMOTE_DEFAULTS.perHost,
    skip: all.skip ?? false,
    treat: Object.assign({}, config.treat, ...own.map(({treat}) => treat)),
    headers: [],
  }
  const headers: Record<string, string> = Object.assign({}, ...own.map(({headers}) => headers))
  policy.headers = Object.entries(headers).map(([name, value]) => {
    const filled = value.replace(VARIABLE, (_, variable: string) => {
      // In GitHub Actions, an undefined secret is an empty variable.
      if (!env[variable]) policy.missingVariable = variable
      return env[variable] ?? ''
    })
    // A secret from a file often ends in a line break, which is invalid in a header.
    return [name, filled.trim()] as const
  })
  return policy
}

/** The verdict that the settings assign to a status; the status takes precedence over its class (`5xx`). */
export const treatmentOf = (treat: HostPolicy['treat'], status: number): TreatAs | undefined =>
  treat[status] ?? treat[`${String(status)[0]}xx`]
