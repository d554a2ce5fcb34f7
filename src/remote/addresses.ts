import net from 'node:net'
import ipaddr from 'ipaddr.js'

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

/**
 * Names that no public name server knows: single words, and those below domains that are set apart (RFC 6761, 6762 and
 * 8375; `internal`, where cloud services have their metadata, by ICANN's resolution 2024.07.29.06).
 */
const PRIVATE_NAME = /^[^.]+\.?$|\.(?:internal|local|localhost|home\.arpa)\.?$/i

/** Does a name belong to private networks, whoever resolves it? */
export const isPrivateName = (host: string): boolean => !net.isIP(host) && PRIVATE_NAME.test(host)

/** Answers whether a host may be contacted although it is private. */
export type IsAllowed = (host: string, port: string) => boolean

/**
 * Read a list of hosts that may be contacted all the same.
 *
 * @param allowed Names or addresses, with or without a port. A name stands for all its addresses, an address for all
 *   names that lead to it.
 */
export function allowList(allowed: readonly string[]): IsAllowed {
  const places = new Set(allowed.map(placeOf))
  return (host, port) => places.has(normalizeHost(host)) || places.has(`${normalizeHost(host)} ${port}`)
}

/** One spelling for each host: `[FD00:0::1]` and `fd00::1` are the same. */
export function normalizeHost(host: string): string {
  const bare = host.replace(/^\[|\]$/g, '').toLowerCase()
  return net.isIP(bare) ? ipaddr.process(bare).toString() : bare
}

/** `host`, `host:port`, `::1` or `[::1]:port`, as {@link normalizeHost} of the host and, after a space, the port. */
function placeOf(text: string): string {
  const [, host = text, port] = (!net.isIPv6(text) && /^(.+):(\d+)$/.exec(text)) || []
  return port === undefined ? normalizeHost(host) : `${normalizeHost(host)} ${port}`
}

/** The port of a URL, be it only implied. */
export const portOf = ({port, protocol}: {port: string; protocol: string}): string =>
  port || (protocol === 'https:' ? '443' : '80')
