import dns from 'node:dns'
import net from 'node:net'
import {vi} from 'vitest'
import {checkRemoteUrls, type RemoteResult} from '../src/remote/check-urls.ts'
import type {RemoteSettings} from '../src/remote/probe-settings.ts'
import type {RemoteConfig} from '../src/remote/schema.ts'
import type {RemoteUse, Verdict} from '../src/remote/types.ts'
import type {HostileServer} from './hostile-server.ts'

declare function answered(error: Error | null, found?: unknown, family?: number): void

/** What the name server says here: addresses, or the code of an error. */
export const names: Record<string, string[] | string> = {}

/** Let {@link names} be all that is known, and none at first: no test leaves the machine, not even to ask for a name. */
export function fakeNames(): () => void {
  for (const name of Object.keys(names)) delete names[name]
  const lookup = (name: string, given: dns.LookupOptions | typeof answered, last?: typeof answered) => {
    const done = last ?? (given as typeof answered)
    const found = net.isIP(name) ? [name] : (names[name] ?? 'ENOTFOUND')
    if (typeof found === 'string') return setImmediate(done, Object.assign(new Error(found), {code: found}))
    const all = found.map((address) => ({address, family: net.isIP(address)}))
    if (last && (given as dns.LookupOptions).all) setImmediate(done, null, all)
    else setImmediate(done, null, all[0]!.address, all[0]!.family)
  }
  const spy = vi.spyOn(dns, 'lookup').mockImplementation(lookup as unknown as typeof dns.lookup)
  return () => void spy.mockRestore()
}

/** Asks that give up soon, and may go to the server on loopback only. */
export const quick = (server: HostileServer): RemoteConfig => ({
  timeout: 0.6,
  maxWait: 0.05,
  retries: 1,
  allowPrivate: [`127.0.0.1:${server.port}`],
})

/** Ask for URLs as images or as links. */
export function ask(
  urls: readonly string[],
  config: RemoteConfig,
  rest: Partial<RemoteSettings> = {},
  kind: RemoteUse = 'image',
): Promise<RemoteResult> {
  const asks = {image: new Set<string>(), link: new Set<string>(), [kind]: new Set(urls)}
  return checkRemoteUrls(asks, {config, env: {}, version: '0', homepage: 'x:y', ...rest})
}

/** Ask a server for paths, or for whole URLs; verdicts come by what was given. */
export async function probe(
  server: HostileServer,
  paths: readonly string[],
  config: RemoteConfig = {},
  rest: Partial<RemoteSettings> = {},
  kind: RemoteUse = 'image',
): Promise<Record<string, Verdict>> {
  const urls = paths.map((each) => (each.startsWith('/') ? server.base + each : each))
  const answer = await ask(urls, {...quick(server), ...config}, rest, kind)
  const facts = paths.map((each, index) => [each, answer.fact(kind, urls[index]!)?.verdict] as const)
  // What was left out has none.
  return Object.fromEntries(facts.flatMap(([each, verdict]) => (verdict ? [[each, verdict]] : [])))
}

/** `state: reason`, or `state: target`. */
export const said = (verdict: Verdict, base = ''): string =>
  'reason' in verdict
    ? `${verdict.state}: ${verdict.reason}`
    : 'to' in verdict
      ? `${verdict.state}: ${verdict.to.replace(base, '')}`
      : verdict.state

/** {@link probe}, with verdicts {@link said}. */
export async function verdictsOf(...given: Parameters<typeof probe>): Promise<Record<string, string>> {
  const found = await probe(...given)
  return Object.fromEntries(
    Object.entries(found).map(([key, verdict]) => [key, said(verdict, given[0].base)]),
  )
}
