import dns from 'node:dns'
import {setTimeout as sleep} from 'node:timers/promises'
import {PRIVATE_ADDRESS, TIMEOUT_CODES} from '../failures.ts'

/** The outcome of the requests for one URL, for {@link networkIsDown}. */
export interface HostOutcome {
  host: string
  /** The error code; absent if there was a response. */
  code?: string
  /** A connection to the host was made. */
  connected?: boolean
}

/** Error codes of requests that were never sent. */
const NOT_SENT = new Set([PRIVATE_ADDRESS, 'BAD_PORT'])
/** Error codes of the local network, not of a host. */
const NETWORK_ERRORS = new Set(['EAI_AGAIN', 'ENETUNREACH', 'ENETDOWN'])

/**
 * Is the network down? It is if nothing responded and every error is one that a missing network causes: a network error,
 * or timeouts of at least two hosts. `ENOTFOUND` counts as a response, once the name server is known to resolve other
 * names (see {@link withoutNameServer}).
 */
export function networkIsDown(outcomes: readonly HostOutcome[]): boolean {
  const sent = outcomes.filter(({code = '', connected}) => connected || !NOT_SENT.has(code))
  const isNetworkError = ({code = ''}: HostOutcome) => NETWORK_ERRORS.has(code)
  const isTimeout = ({code = '', connected}: HostOutcome) =>
    !connected && (TIMEOUT_CODES.has(code) || code === 'EHOSTUNREACH')
  if (!sent.every((outcome) => isNetworkError(outcome) || isTimeout(outcome))) return false
  return sent.some(isNetworkError) || new Set(sent.map(({host}) => host)).size > 1
}

/**
 * An error code, corrected if no name server responds: some systems then report `ENOTFOUND` for every host.
 *
 * @param namesResolve Are existing names resolved?
 */
export const withoutNameServer = (code: string, namesResolve: boolean): string =>
  code === 'ENOTFOUND' && !namesResolve ? 'EAI_AGAIN' : code

/** Host names that certainly exist. */
const WELL_KNOWN = ['example.com', 'www.iana.org', 'www.wikipedia.org']

/** Does the name server resolve any name? Only DNS lookups are performed. */
export async function namesResolve(timeoutMs: number, signal: AbortSignal): Promise<boolean> {
  const found = new AbortController()
  const timeout = sleep(timeoutMs, false, {signal: AbortSignal.any([signal, found.signal])}).catch(
    () => false,
  )
  const lookups = WELL_KNOWN.map(
    (name) =>
      new Promise<void>((resolve, reject) => {
        dns.lookup(name, (error) => (error ? reject(error) : resolve()))
      }),
  )
  const anyFound = Promise.any(lookups).then(
    () => true,
    () => false,
  )
  return Promise.race([timeout, anyFound]).finally(() => found.abort())
}
