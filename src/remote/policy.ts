import {createHash} from 'node:crypto'
import {type Expression, expressionOf} from '../pattern/expression.ts'
import {wildcard, writtenExpression} from '../pattern/wildcard.ts'
import {parseDuration} from './duration.ts'
import type {HostConfig, RemoteConfig, TreatAs} from './schema.ts'
import {REMOTE_DEFAULTS, VARIABLE} from './settings.ts'

/** What holds for one host. */
export interface HostPolicy {
  delayMs: number
  perHost: number
  skip: boolean
  treat: Readonly<Record<string, TreatAs>>
  /** With the variables of the environment put in. */
  headers: readonly (readonly [name: string, value: string])[]
  /** A variable that the headers need and the environment lacks. */
  missingVariable?: string
}

/** Says how addresses and hosts are to be treated, by the configuration. */
export interface RemotePolicy {
  /** Is an address never to be asked? */
  skips(url: string): boolean
  /** The address to ask instead; the same one, as a rule. */
  remap(url: string): string
  /** What holds for the host of a URL. */
  ofHost(url: URL): HostPolicy
  /** A mark that changes with everything that may change a verdict about a URL; holds no secret. */
  mark(url: URL): string
}

type Env = Readonly<Record<string, string | undefined>>

/** Make a policy out of a checked configuration. */
export function makePolicy(config: RemoteConfig, env: Env): RemotePolicy {
  const skips = (config.skip ?? []).map((pattern) => compiled(pattern) ?? wildcard(pattern))
  const remaps = Object.entries(config.remap ?? {}).map(([from, to]) => ({
    from,
    to,
    expression: compiled(from),
  }))
  const hosts = Object.entries(config.hosts ?? {}).map(([name, own]) => ({
    fits: wildcard(name, {ignoreCase: true}),
    own,
  }))
  const cache = new Map<string, HostPolicy>()
  const ofHost = (url: URL): HostPolicy => {
    let found = cache.get(url.host)
    if (!found) {
      const fitting = hosts.filter(({fits}) => fits.test(url.hostname) || fits.test(url.host))
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
    ofHost,
    mark: (url) => {
      const {headers, treat} = ofHost(url)
      if (headers.length === 0 && Object.keys(treat).length === 0) return ''
      return createHash('sha256')
        .update(JSON.stringify([headers, treat]))
        .digest('base64url')
    },
  }
}

/** The regular expression of a setting; nothing for a plain pattern. */
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
      // In a workflow an unknown secret is an empty variable.
      if (!env[variable]) policy.missingVariable = variable
      return env[variable] ?? ''
    })
    // A secret that comes from a file often ends in a line break, with which nothing could be sent.
    return [name, filled.trim()] as const
  })
  return policy
}

/** What a status is to be taken for; the status itself before its class. */
export const treatmentOf = (treat: HostPolicy['treat'], status: number): TreatAs | undefined =>
  treat[status] ?? treat[`${String(status)[0]}xx`]
