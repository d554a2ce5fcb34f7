import dns from 'node:dns'
import {setMaxListeners} from 'node:events'
import net from 'node:net'
import {Agent, buildConnector, type Dispatcher, EnvHttpProxyAgent, Pool} from 'undici'
import {formatDate} from '../duration.ts'
import {PRIVATE_ADDRESS, PROXY_UNREACHABLE} from '../failures.ts'
import {type IsAllowed, isPrivateName, isPublic, normalizeHost, portOf} from './addresses.ts'
import {certificateExpiry} from './certificate.ts'
import {Queue} from './queue.ts'
import {failRequest, observeRedirects, type Redirect} from './redirect-observer.ts'

/** The settings of a {@link PublicAddressDispatcher}. */
export interface PublicAddressSettings {
  isAllowed: IsAllowed
  connectTimeoutMs: number
  /** Proxies by the protocol of the request; their own addresses may be private. */
  proxy?: {http?: string; https?: string; except?: string}
  /** The headers for one host. */
  headersFor(url: URL): readonly (readonly [name: string, value: string])[]
  /** Concurrent requests to one host, including redirects from other hosts. */
  perHost(url: URL): number
}

/** Sends requests to public addresses only, and records redirects. */
export interface PublicAddressDispatcher {
  dispatcher: Dispatcher
  /** Was a connection to the host of a URL made? */
  hasConnected(url: URL): boolean
  /** The redirect that was the last response for a URL. */
  redirectOf(href: string): Redirect | undefined
  /** Close all connections. */
  close(): Promise<void>
}

/**
 * Create a dispatcher for undici. It opens every connection, including those of redirects, and resolves each name once:
 * a second lookup could return a different address than the one that was checked. Behind a proxy, which resolves names
 * itself, recognizably private hosts are refused before the proxy is contacted.
 */
export function makePublicAddressDispatcher(settings: PublicAddressSettings): PublicAddressDispatcher {
  const {isAllowed, connectTimeoutMs, proxy} = settings
  const connected = new Set<string>()
  const abort = new AbortController()
  // Every server with an expired certificate adds a listener.
  setMaxListeners(0, abort.signal)
  const connect = publicConnector({
    isAllowed,
    connectTimeoutMs,
    signal: abort.signal,
    onConnect: (host) => connected.add(host),
  })
  const redirects = new Map<string, Redirect>()
  const limit = requestInterceptor(settings, redirects)
  const agent = proxy ? proxyAgent(proxy, connect) : new Agent({connect})
  return {
    dispatcher: proxy ? agent.compose(refusePrivate(isAllowed), limit) : agent.compose(limit),
    hasConnected: ({hostname}) => connected.has(normalizeHost(hostname)) || proxy !== undefined,
    redirectOf: (href) => redirects.get(href),
    close: () => {
      abort.abort()
      return agent.destroy()
    },
  }
}

type LookupCallback = (error: Error | null, found: dns.LookupAddress[]) => void

const canContact = (isAllowed: IsAllowed, host: string, port: string) => (address: string) =>
  isAllowed(host, port) || isPublic(address) || isAllowed(address, port)

/** Find the addresses of a host that may be contacted; without any, it is an error. */
function lookupPublic(
  [host, port]: [host: string, port: string],
  isAllowed: IsAllowed,
  options: dns.LookupOptions,
  callback: LookupCallback,
): void {
  const isGood = canContact(isAllowed, host, port)
  // Literal addresses are not looked up.
  const family = net.isIP(host)
  if (family) {
    if (isGood(host)) callback(null, [{address: host, family}])
    else callback(privateAddress(host), [])
    return
  }
  dns.lookup(host, {...options, all: true}, (error, found) => {
    if (error) return callback(error, [])
    const good = found.filter(({address}) => isGood(address))
    if (good.length === 0) callback(privateAddress(host), [])
    else callback(null, good)
  })
}

interface ConnectorSettings extends Pick<PublicAddressSettings, 'isAllowed' | 'connectTimeoutMs'> {
  signal: AbortSignal
  onConnect(host: string): void
}

/** Connects to public addresses only, and adds its date to the error of an expired certificate. */
function publicConnector({
  isAllowed,
  connectTimeoutMs,
  signal,
  onConnect,
}: ConnectorSettings): buildConnector.connector {
  return (options, callback) => {
    const host = normalizeHost(options.hostname)
    const port = portOf(options)
    if (net.isIP(host) && !canContact(isAllowed, host, port)(host))
      return callback(privateAddress(host), null)
    const lookup: net.LookupFunction = (_, lookupOptions, done) =>
      lookupPublic([host, port], isAllowed, lookupOptions, (error, found) => {
        if (error || lookupOptions.all) done(error, found)
        else done(null, found[0]!.address, found[0]!.family)
      })
    const connect = buildConnector({
      timeout: connectTimeoutMs,
      allowH2: false,
      // Node gives each address of a host 250 ms, which is too short across an ocean.
      autoSelectFamilyAttemptTimeout: 1500,
      lookup,
    })
    connect(options, (...result) => {
      const [error, socket] = result
      if (socket) onConnect(host)
      if ((error as NodeJS.ErrnoException | null)?.code !== 'CERT_HAS_EXPIRED') return callback(...result)
      certificateExpiry({
        host,
        port: Number(port),
        servername: options.servername ?? (net.isIP(host) ? '' : host),
        lookup,
        // Short, so that the request does not time out: its verdict is known, and only the date is missing.
        timeoutMs: connectTimeoutMs / 4,
        signal,
      }).then((end) => callback(Object.assign(error!, {detail: end && `on ${formatDate(end)}`}), null))
    })
  }
}

/** Adds the headers of hosts, limits concurrent requests to each host, and records redirects. */
function requestInterceptor(
  {isAllowed, headersFor, perHost}: PublicAddressSettings,
  redirects: Map<string, Redirect>,
): Dispatcher.DispatcherComposeInterceptor {
  const queues = new Map<string, Queue>()
  const queueOf = (url: URL) => {
    if (!queues.has(url.host)) queues.set(url.host, new Queue(perHost(url)))
    return queues.get(url.host)!
  }
  return (dispatch) => (options, handler) => {
    const url = new URL(String(options.origin) + options.path)
    const isTrusted = url.protocol === 'https:' || isAllowed(url.hostname, portOf(url))
    const headers = withHeaders(options.headers, isTrusted ? headersFor(url) : [])
    const queue = queueOf(url)
    const observer = observeRedirects(handler, (redirect) => redirects.set(url.href, redirect), queue.leave)
    queue.enter(() => {
      try {
        // undici closes the connection after HEAD unless told not to reset it.
        dispatch({...options, reset: false, headers}, observer)
      } catch (error) {
        failRequest(observer, error as Error)
      }
    })
    return true
  }
}

/** Refuses private hosts before a proxy is contacted. */
function refusePrivate(isAllowed: IsAllowed): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) => {
    const url = new URL(String(options.origin))
    const host = normalizeHost(url.hostname)
    const port = portOf(url)
    lookupPublic([host, port], isAllowed, {}, (error) => {
      const isPrivate = isPrivateName(host) && !isAllowed(host, port)
      // The proxy may resolve a name that is unknown here, unless the name is certainly private.
      if (error && (isPrivate || (error as NodeJS.ErrnoException).code === PRIVATE_ADDRESS))
        failRequest(handler, privateAddress(host))
      else dispatch(options, handler)
    })
    return true
  }
}

const proxyAgent = (
  proxy: NonNullable<PublicAddressSettings['proxy']>,
  connect: buildConnector.connector,
): EnvHttpProxyAgent =>
  new EnvHttpProxyAgent({
    connect,
    httpProxy: proxy.http ?? '',
    httpsProxy: proxy.https ?? '',
    noProxy: proxy.except ?? '',
    clientFactory: (origin, options) => new Pool(origin, {...options, connect: connectToProxy(options)}),
  })

/** An unreachable proxy says nothing about the hosts behind it. */
const connectToProxy =
  ({connect}: {connect?: buildConnector.connector}): buildConnector.connector =>
  (options, callback) =>
    connect!(options, (...[error, socket]) => {
      if (error) callback(Object.assign(error, {code: PROXY_UNREACHABLE}), null)
      else callback(null, socket)
    })

const privateAddress = (host: string) =>
  Object.assign(new Error(`${host} is not a public address`), {code: PRIVATE_ADDRESS})

/** Headers in any form that dispatchers accept, overridden by others. */
function withHeaders(
  given: Dispatcher.DispatchOptions['headers'],
  overrides: readonly (readonly [string, string])[],
): NonNullable<Dispatcher.DispatchOptions['headers']> | null {
  if (overrides.length === 0) return given ?? null
  const names = new Set(overrides.map(([name]) => name.toLowerCase()))
  const kept = headerPairs(given).filter(([name]) => !names.has(name.toLowerCase()))
  return Object.fromEntries([...kept, ...overrides])
}

function headerPairs(given: Dispatcher.DispatchOptions['headers']): [name: string, value: string][] {
  if (Array.isArray(given))
    return Array.from({length: given.length / 2}, (_, at) => [given[2 * at]!, given[2 * at + 1]!])
  const pairs = given && Symbol.iterator in given ? given : Object.entries(given ?? {})
  return [...pairs].map(([name, value]) => [name, String(value)])
}
