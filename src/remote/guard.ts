import dns from 'node:dns'
import net from 'node:net'
import ipaddr from 'ipaddr.js'
import {Agent, buildConnector, type Dispatcher} from 'undici'

/** The code of the error that stands for “not contacted: the address is private”. */
export const BLOCKED = 'DOCCHECK_BLOCKED'

/** Azure's platform service: a public address by number, reachable from hosted runners only. */
const AZURE_PLATFORM = '168.63.129.16'

/**
 * May this address be contacted? Private, loopback, link-local, carrier, documentation and metadata addresses may
 * not, in whatever form they come: IPv4 inside IPv6 is looked at as the IPv4 it stands for (RFC 4291, RFC 6052).
 *
 * @param address A literal IPv4 or IPv6 address, with or without a zone.
 */
export function isPublic(address: string): boolean {
  const bare = address.replace(/%.*$/, '')
  if (!ipaddr.isValid(bare)) return false
  let parsed = ipaddr.process(bare)
  if (parsed instanceof ipaddr.IPv6 && parsed.range() === 'rfc6052') {
    // Networks without IPv4 reach all of it through this prefix, and must not be shut out for it.
    const [high = 0, low = 0] = parsed.parts.slice(6)
    parsed = new ipaddr.IPv4([high >> 8, high & 255, low >> 8, low & 255])
  }
  return parsed.range() === 'unicast' && parsed.toString() !== AZURE_PLATFORM
}

const blocked = (host: string) => Object.assign(new Error(`${host} is not a public address`), {code: BLOCKED})

/**
 * A dispatcher through which only public addresses are reached: every connection of every redirect is made here, and
 * a name is resolved once, by us, so that no second answer can differ.
 *
 * @param allowed Hosts, as names or addresses, with or without a port, that may be contacted all the same.
 */
export function guardedDispatcher(allowed: readonly string[], connectTimeoutMs: number): Dispatcher {
  const isAllowed = (host: string, port: string) =>
    allowed.includes(host) || allowed.includes(`${host}:${port}`)
  const connector = (free: boolean) =>
    buildConnector({
      timeout: connectTimeoutMs,
      allowH2: false,
      lookup: (name, given, done) =>
        dns.lookup(name, {...given, all: true}, (error, found) => {
          if (error) return done(error, [])
          const good = free ? found : found.filter(({address}) => isPublic(address))
          if (good.length === 0) return done(blocked(name), [])
          if (given.all) done(null, good)
          else done(null, good[0]!.address, good[0]!.family)
        }),
    })
  const connectors = {free: connector(true), guarded: connector(false)}
  const agent = new Agent({
    connect: (options, callback) => {
      const host = options.hostname.replace(/^\[|\]$/g, '')
      if (isAllowed(host, String(options.port || (options.protocol === 'https:' ? 443 : 80))))
        return connectors.free(options, callback)
      // Addresses written as such are never looked up.
      if (net.isIP(host) && !isPublic(host)) return callback(blocked(host), null)
      connectors.guarded(options, callback)
    },
  })
  // undici closes a connection after HEAD unless told that nobody means to reset it.
  return agent.compose((dispatch) => (options, handler) => dispatch({...options, reset: false}, handler))
}
