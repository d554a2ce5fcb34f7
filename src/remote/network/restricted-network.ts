import {getGlobalDispatcher, setGlobalDispatcher} from 'undici'
import type {RemotePolicy} from '../policy.ts'
import {allowList} from './addresses.ts'
import {makePublicAddressDispatcher, type PublicAddressDispatcher} from './public-address-dispatcher.ts'

/** The settings of the requests of this process while it is restricted. */
export interface NetworkSettings {
  /** The timeout of each request. */
  timeoutMs: number
  /** Names or addresses, with or without a port, that may be requested although they are private. */
  allowPrivate: readonly string[]
  proxy?: {http?: string; https?: string; except?: string}
  policy: RemotePolicy
  /** Cancels all requests; its reason says why. */
  signal: AbortSignal
}

/** linkinator would use the proxies of the environment, which could reach private addresses. */
const PROXY_VARIABLES = ['HTTP_PROXY', 'HTTPS_PROXY', 'http_proxy', 'https_proxy']

/**
 * Restrict all requests of this process to public addresses while `work` runs; afterwards all connections are closed.
 *
 * linkinator accepts no dispatcher, so the global one is replaced.
 */
export async function withPublicAddressesOnly<T>(
  {allowPrivate, timeoutMs, signal, policy, proxy}: NetworkSettings,
  work: (dispatcher: PublicAddressDispatcher) => Promise<T>,
): Promise<T> {
  const restricted = makePublicAddressDispatcher({
    isAllowed: allowList(allowPrivate),
    connectTimeoutMs: timeoutMs,
    ...(proxy && {proxy}),
    headersFor: (url) => policy.forHost(url).headers,
    perHost: (url) => policy.forHost(url).perHost,
  })
  const dispatcherBefore = getGlobalDispatcher()
  const variablesBefore = PROXY_VARIABLES.map((name) => [name, process.env[name]] as const)
  for (const name of PROXY_VARIABLES) delete process.env[name]
  setGlobalDispatcher(restricted.dispatcher)
  const cancel = () => void restricted.close()
  signal.addEventListener('abort', cancel, {once: true})
  try {
    return await work(restricted)
  } finally {
    signal.removeEventListener('abort', cancel)
    await restricted.close()
    setGlobalDispatcher(dispatcherBefore)
    for (const [name, value] of variablesBefore) if (value !== undefined) process.env[name] = value
  }
}
