import dns from 'node:dns'
import {setMaxListeners} from 'node:events'
import net from 'node:net'
import {Agent, buildConnector, type Dispatcher, EnvHttpProxyAgent, Pool} from 'undici'
import {type IsAllowed, isPrivateName, isPublic, normalizeHost, portOf} from './addresses.ts'
import {certificateExpiry} from './certificate.ts'
import {formatDate} from './duration.ts'
import {PRIVATE_ADDRESS, PROXY_UNREACHABLE} from './failures.ts'
import {failRequest, observeRedirects, type Redirect} from './redirect-observer.ts'

/** What a guard needs to know. */
export interface PublicAddressSettings {
  allowed: IsAllowed
  connectTimeoutMs: number
  /** Proxies, by the protocol of what is asked; their own addresses may be private. */
  proxy?: {http?: string; https?: string; except?: string}
  /** Headers for one host. */
  headersFor(url: URL): readonly (readonly [name: string, value: string])[]
  /** Requests under way at once to one host, redirects from other hosts included. */
  perHost(url: URL): number
}

/** What takes requests to public addresses only, and sees each of them. */
export interface PublicAddressDispatcher {
  dispatcher: Dispatcher
  /** Was a connection made to this URL's host? */
  hasConnected(url: URL): boolean
  /** The redirect that the last request for an address was answered with. */
  redirectOf(href: string): Redirect | undefined
  /** Cut every connection. */
  close(): Promise<void>
}

type Look = (error: Error | null, found: dns.LookupAddress[]) => void

/**
 * Every connection of every redirect is made here, and a name is resolved once, by us, so that no second answer can
 * differ from the one that was looked at. Behind a proxy, which resolves names itself, what we can tell is refused
 * before the proxy hears of it.
 */
export function makePublicAddressDispatcher({
  allowed,
  connectTimeoutMs,
  proxy,
  headersFor,
  perHost,
}: PublicAddressSettings): PublicAddressDispatcher {
  const reached = new Set<string>()
  const over = new AbortController()
  // Every server with an expired certificate listens.
  setMaxListeners(0, over.signal)
  const mayContact = (host: string, port: string) => (address: string) =>
    allowed(host, port) || isPublic(address) || allowed(address, port)

  /** The addresses of a host that may be contacted; an error when there is none. */
  const vet = (host: string, port: string, wanted: dns.LookupOptions, done: Look) => {
    const good = mayContact(host, port)
    // Addresses written as such are never looked up.
    if (net.isIP(host))
      return good(host) ? done(null, [{address: host, family: net.isIP(host)}]) : done(blocked(host), [])
    dns.lookup(host, {...wanted, all: true}, (error, found) => {
      if (error) return done(error, [])
      const vetted = found.filter(({address}) => good(address))
      if (vetted.length === 0) done(blocked(host), [])
      else done(null, vetted)
    })
  }

  const connect: buildConnector.connector = (options, callback) => {
    const host = normalizeHost(options.hostname)
    const port = portOf(options)
    if (net.isIP(host) && !mayContact(host, port)(host)) return callback(blocked(host), null)
    const lookup: net.LookupFunction = (_, wanted, done) =>
      vet(host, port, wanted, (error, found) => {
        if (error || wanted.all) done(error, found)
        else done(null, found[0]!.address, found[0]!.family)
      })
    const make = buildConnector({
      timeout: connectTimeoutMs,
      allowH2: false,
      // Node gives each address of a host 250 ms, which is too little across an ocean.
      autoSelectFamilyAttemptTimeout: 1500,
      lookup,
    })
    make(options, (...result) => {
      const [error, socket] = result
      if (socket) reached.add(host)
      if ((error as NodeJS.ErrnoException | null)?.code !== 'CERT_HAS_EXPIRED') return callback(...result)
      certificateExpiry({
        host,
        port: Number(port),
        servername: options.servername ?? (net.isIP(host) ? '' : host),
        lookup,
        // The verdict is known; were the request's own time over first, it would be lost for the day's sake.
        timeoutMs: connectTimeoutMs / 4,
        signal: over.signal,
      }).then((end) => callback(Object.assign(error!, {detail: end && `on ${formatDate(end)}`}), null))
    })
  }

  const hops = new Map<string, Redirect>()
  const queues = new Map<string, Queue>()
  const queueOf = (url: URL) => {
    if (!queues.has(url.host)) queues.set(url.host, new Queue(perHost(url)))
    return queues.get(url.host)!
  }
  const mannered: Dispatcher.DispatcherComposeInterceptor = (dispatch) => (options, handler) => {
    const url = new URL(String(options.origin) + options.path)
    const secret = url.protocol === 'https:' || allowed(url.hostname, portOf(url)) ? headersFor(url) : []
    // undici closes a connection after HEAD unless told that nobody means to reset it.
    const own = {...options, reset: false, headers: withHeaders(options.headers, secret)}
    const queue = queueOf(url)
    const watched = observeRedirects(handler, (hop) => hops.set(url.href, hop), queue.leave)
    queue.enter(() => {
      try {
        dispatch(own, watched)
      } catch (error) {
        failRequest(watched, error as Error)
      }
    })
    return true
  }

  const agent = proxy
    ? new EnvHttpProxyAgent({
        connect,
        httpProxy: proxy.http ?? '',
        httpsProxy: proxy.https ?? '',
        noProxy: proxy.except ?? '',
        clientFactory: (origin, options) => new Pool(origin, {...options, connect: toProxy(options)}),
      })
    : new Agent({connect})
  const before: Dispatcher.DispatcherComposeInterceptor = (dispatch) => (options, handler) => {
    const url = new URL(String(options.origin))
    const host = normalizeHost(url.hostname)
    vet(host, portOf(url), {}, (error) => {
      const isPrivate = isPrivateName(host) && !allowed(host, portOf(url))
      // A name that only the proxy can resolve is left to it, but not one that can only be private.
      if (error && (isPrivate || (error as NodeJS.ErrnoException).code === PRIVATE_ADDRESS))
        failRequest(handler, blocked(host))
      else dispatch(options, handler)
    })
    return true
  }
  return {
    dispatcher: proxy ? agent.compose(before, mannered) : agent.compose(mannered),
    hasConnected: ({hostname}) => reached.has(normalizeHost(hostname)) || proxy !== undefined,
    redirectOf: (href) => hops.get(href),
    close: () => {
      over.abort()
      return agent.destroy()
    },
  }
}

/** A proxy that is not there says nothing of the hosts behind it. */
const toProxy =
  ({connect}: {connect?: buildConnector.connector}): buildConnector.connector =>
  (options, callback) =>
    connect!(options, (...[error, socket]) => {
      if (error) callback(Object.assign(error, {code: PROXY_UNREACHABLE}), null)
      else callback(null, socket)
    })

const blocked = (host: string) =>
  Object.assign(new Error(`${host} is not a public address`), {code: PRIVATE_ADDRESS})

/** Lets so many in at once; the others wait for one to leave. */
class Queue {
  #free: number
  readonly #waiting: (() => void)[] = []

  constructor(places: number) {
    this.#free = places
  }

  enter(go: () => void): void {
    if (this.#free === 0) return void this.#waiting.push(go)
    this.#free--
    go()
  }

  readonly leave = (): void => {
    const next = this.#waiting.shift()
    if (next) next()
    else this.#free++
  }
}

/** Headers in any of the forms that dispatchers take, with some put over them. */
function withHeaders(
  given: Dispatcher.DispatchOptions['headers'],
  own: readonly (readonly [string, string])[],
): NonNullable<Dispatcher.DispatchOptions['headers']> | null {
  if (own.length === 0) return given ?? null
  const names = new Set(own.map(([name]) => name.toLowerCase()))
  const pairs: [string, string][] = []
  if (Array.isArray(given))
    for (let at = 0; at < given.length; at += 2) pairs.push([given[at]!, given[at + 1]!])
  else if (given && Symbol.iterator in given)
    for (const [name, value] of given) pairs.push([name, String(value)])
  else for (const [name, value] of Object.entries(given ?? {})) pairs.push([name, String(value)])
  return Object.fromEntries([...pairs.filter(([name]) => !names.has(name.toLowerCase())), ...own])
}
