import dns from 'node:dns'
import net from 'node:net'
import ipaddr from 'ipaddr.js'
import {Agent, buildConnector, type Dispatcher} from 'undici'

/** The code of the error that stands for “not contacted: the address is private”. */
export const BLOCKED = 'DOCCHECK_BLOCKED'

/** Azure's platform service: a public address by number, reachable from hosted runners only. */
const AZURE_PLATFORM = '168.63.129.16'

/** The prefix under which networks without IPv4 reach all of it (RFC 6052). */
const NAT64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96')
/** All that is given out for the public IPv6 internet; old forms such as `::10.0.0.1` are outside. */
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR('2000::/3')

/**
 * May this address be contacted? Private, loopback, link-local, carrier, documentation and metadata addresses may
 * not, in whatever form they come: IPv4 inside IPv6 is looked at as the IPv4 it stands for (RFC 4291, RFC 6052).
 *
 * @param address A literal IPv4 or IPv6 address, with or without a zone.
 */
export function isPublic(address: string): boolean {
  const bare = address.replace(/%.*$/, '')
  if (!net.isIP(bare)) return false
  let parsed = ipaddr.process(bare)
  // Whoever has no IPv4 sees every host there through this prefix, and must not be shut out for it.
  if (parsed instanceof ipaddr.IPv6 && parsed.match(NAT64))
    parsed = new ipaddr.IPv4(parsed.toByteArray().slice(12))
  if (parsed instanceof ipaddr.IPv6 && !parsed.match(GLOBAL_IPV6)) return false
  return parsed.range() === 'unicast' && parsed.toString() !== AZURE_PLATFORM
}

/** What takes requests to public addresses only. */
export interface Guard {
  dispatcher: Dispatcher
  /** Was a connection made to this URL's host? */
  reached(url: URL): boolean
}

/**
 * Every connection of every redirect is made here, and a name is resolved once, by us, so that no second answer can
 * differ from the one that was looked at.
 *
 * @param allowed Names or addresses, with or without a port, that may be contacted all the same. A name stands for
 *   all its addresses, an address for all names that lead to it.
 */
export function makeGuard(allowed: readonly string[], connectTimeoutMs: number): Guard {
  const allowedPlaces = new Set(allowed.map(placeOf))
  const isAllowed = (host: string, port: string) =>
    allowedPlaces.has(oneForm(host)) || allowedPlaces.has(`${oneForm(host)} ${port}`)
  const reachedHosts = new Set<string>()

  const agent = new Agent({
    connect: (options, callback) => {
      const host = oneForm(options.hostname)
      const port = options.port || (options.protocol === 'https:' ? '443' : '80')
      const free = isAllowed(host, port)
      const mayContact = (address: string) => free || isPublic(address) || isAllowed(address, port)
      // Addresses written as such are never looked up.
      if (net.isIP(host) && !mayContact(host)) return callback(blocked(host), null)
      const connect = buildConnector({
        timeout: connectTimeoutMs,
        allowH2: false,
        // Node gives each address of a host 250 ms, which is too little across an ocean.
        autoSelectFamilyAttemptTimeout: 1500,
        lookup: (name, wanted, done) =>
          dns.lookup(name, {...wanted, all: true}, (error, found) => {
            if (error) return done(error, [])
            const good = found.filter(({address}) => mayContact(address))
            if (good.length === 0) return done(blocked(name), [])
            if (wanted.all) done(null, good)
            else done(null, good[0]!.address, good[0]!.family)
          }),
      })
      connect(options, (...result) => {
        if (result[1]) reachedHosts.add(host)
        callback(...result)
      })
    },
  })
  return {
    // undici closes a connection after HEAD unless told that nobody means to reset it.
    dispatcher: agent.compose(
      (dispatch) => (options, handler) => dispatch({...options, reset: false}, handler),
    ),
    reached: ({hostname}) => reachedHosts.has(oneForm(hostname)),
  }
}

const blocked = (host: string) => Object.assign(new Error(`${host} is not a public address`), {code: BLOCKED})

/** One spelling for each host: `[FD00:0::1]` and `fd00::1` are the same. */
function oneForm(host: string): string {
  const bare = host.replace(/^\[|\]$/g, '').toLowerCase()
  return net.isIP(bare) ? ipaddr.process(bare).toString() : bare
}

/** `host`, `host:port`, `::1` or `[::1]:port`, as {@link oneForm} of the host and, after a space, the port. */
function placeOf(text: string): string {
  const [, host = text, port] = (!net.isIPv6(text) && /^(.+):(\d+)$/.exec(text)) || []
  return port === undefined ? oneForm(host) : `${oneForm(host)} ${port}`
}

/** Names that exist as long as names can be looked up at all. */
const WELL_KNOWN = ['example.com', 'www.iana.org', 'www.wikipedia.org']

/**
 * Does the name server know any name? Without one, some systems say of every host that it does not exist. Nothing
 * but the lookup is done.
 */
export async function namesResolve(timeoutMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), timeoutMs)
  })
  const lookups = WELL_KNOWN.map(
    (name) =>
      new Promise<void>((found, failed) => {
        dns.lookup(name, (error) => (error ? failed(error) : found()))
      }),
  )
  return Promise.race([tooLate, Promise.any(lookups)])
    .then(
      () => true,
      () => false,
    )
    .finally(() => clearTimeout(timer))
}
