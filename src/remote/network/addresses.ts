import net from 'node:net'
import ipaddr from 'ipaddr.js'

/** Azure's platform service: formally a public address, but only reachable from within Azure. */
const AZURE_PLATFORM = '168.63.129.16'

/** The prefix under which IPv6-only networks reach IPv4 addresses (RFC 6052). */
const NAT64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96')
/** The public IPv6 internet; deprecated forms such as `::10.0.0.1` are outside. */
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR('2000::/3')

/**
 * Is an address public? Private, loopback, link-local, carrier-grade NAT, documentation and metadata addresses are not,
 * in any form: an IPv6 address that embeds an IPv4 address counts as that one (RFC 4291, RFC 6052).
 *
 * @param address A literal IPv4 or IPv6 address, with or without a zone.
 */
export function isPublic(address: string): boolean {
  const bare = address.replace(/%.*$/, '')
  if (!net.isIP(bare)) return false
  let parsed = ipaddr.process(bare)
  // In IPv6-only networks all IPv4 hosts have this prefix.
  if (parsed instanceof ipaddr.IPv6 && parsed.match(NAT64))
    parsed = new ipaddr.IPv4(parsed.toByteArray().slice(12))
  if (parsed instanceof ipaddr.IPv6 && !parsed.match(GLOBAL_IPV6)) return false
  return parsed.range() === 'unicast' && parsed.toString() !== AZURE_PLATFORM
}

/**
 * Names that no public name server resolves: single labels and names in reserved domains (RFC 6761, 6762 and 8375;
 * `internal`, where clouds serve their metadata, by ICANN's resolution 2024.07.29.06).
 */
const PRIVATE_NAME = /^[^.]+\.?$|\.(?:internal|local|localhost|home\.arpa)\.?$/i

/** Does a name belong to private networks, whatever it resolves to? */
export const isPrivateName = (host: string): boolean => !net.isIP(host) && PRIVATE_NAME.test(host)

/** Tells whether a host may be contacted although it is private. */
export type IsAllowed = (host: string, port: string) => boolean

/**
 * The hosts that may be contacted although they are private.
 *
 * @param allowed Names or addresses, with or without a port. A name stands for all its addresses, an address for all
 *   names that lead to it.
 */
export function allowList(allowed: readonly string[]): IsAllowed {
  const keys = new Set(allowed.map(hostKey))
  return (host, port) => keys.has(normalizeHost(host)) || keys.has(`${normalizeHost(host)} ${port}`)
}

/** The canonical spelling of a host: `[FD00:0::1]` → `fd00::1` */
export function normalizeHost(host: string): string {
  const bare = host.replace(/^\[|\]$/g, '').toLowerCase()
  return net.isIP(bare) ? ipaddr.process(bare).toString() : bare
}

/** A host with an optional port: `A.test:80` → `a.test 80`, `[FD00:0::1]` → `fd00::1` */
function hostKey(text: string): string {
  const [, host = text, port] = (!net.isIPv6(text) && /^(.+):(\d+)$/.exec(text)) || []
  return port === undefined ? normalizeHost(host) : `${normalizeHost(host)} ${port}`
}

/** The port of a URL, or the default one of its protocol. */
export const portOf = ({port, protocol}: {port: string; protocol: string}): string =>
  port || (protocol === 'https:' ? '443' : '80')
