import dns from 'node:dns'
import {setTimeout as sleep} from 'node:timers/promises'
import {PRIVATE_ADDRESS, TIMEOUT_CODES} from './failures.ts'

/** What asking for one URL came to, for {@link networkIsDown}. */
export interface HostOutcome {
  host: string
  /** The failure's code; nothing for a URL that was answered. */
  code?: string
  /** A connection to the host was made. */
  connected?: boolean
}

/** Failures before anything was sent. */
const NOT_SENT = new Set([PRIVATE_ADDRESS, 'BAD_PORT'])
/** Failures of the way out, not of one host. */
const NO_WAY_OUT = new Set(['EAI_AGAIN', 'ENETUNREACH', 'ENETDOWN'])

/**
 * Is the network down as a whole? So it is when nothing answered and every failure is of a kind that a missing
 * network brings. One failure suffices if it speaks of the way out; hosts that are silent must be two at least.
 * A name server that says that a host does not exist is an answer, once it is known to know any (see `believe`).
 */
export function networkIsDown(all: readonly HostOutcome[]): boolean {
  const asked = all.filter(({code = '', connected}) => connected || !NOT_SENT.has(code))
  const noWayOut = ({code = ''}: HostOutcome) => NO_WAY_OUT.has(code)
  const silent = ({code = '', connected}: HostOutcome) =>
    !connected && (TIMEOUT_CODES.has(code) || code === 'EHOSTUNREACH')
  if (!asked.every((each) => noWayOut(each) || silent(each))) return false
  return asked.some(noWayOut) || new Set(asked.map(({host}) => host)).size > 1
}

/**
 * The code to believe: without a name server, some systems say of every host that it does not exist.
 *
 * @param namesResolve Whether names that are known to exist are found.
 */
export const withoutNameServer = (code: string, namesResolve: boolean): string =>
  code === 'ENOTFOUND' && !namesResolve ? 'EAI_AGAIN' : code

/** Names that exist as long as names can be looked up at all. */
const WELL_KNOWN = ['example.com', 'www.iana.org', 'www.wikipedia.org']

/**
 * Does the name server know any name? Without one, some systems say of every host that it does not exist. Nothing
 * but the lookup is done.
 *
 * @param signal Ends the waiting.
 */
export async function namesResolve(timeoutMs: number, signal: AbortSignal): Promise<boolean> {
  const found = new AbortController()
  const tooLate = sleep(timeoutMs, false, {signal: AbortSignal.any([signal, found.signal])}).catch(
    () => false,
  )
  const lookups = WELL_KNOWN.map(
    (name) =>
      new Promise<void>((found, failed) => {
        dns.lookup(name, (error) => (error ? failed(error) : found()))
      }),
  )
  const anyFound = Promise.any(lookups).then(
    () => true,
    () => false,
  )
  return Promise.race([tooLate, anyFound]).finally(() => found.abort())
}
