import type {Description} from './description.ts'
import {detectSites} from './detect.ts'
import type {Marker, Platform, TreeContext} from './platform.ts'
import {HOSTS, OTHER} from './registry.ts'

/** Knowledge about the sites of a tree beyond what is detected. */
export interface SiteSettings {
  /** Treat the whole tree as a site of this platform; where it is detected, only the sites found. */
  platform?: string
  /** Sites that are declared, each with a root of its own. */
  sites?: readonly Description[]
  /** The platforms that plugins define. */
  platforms?: readonly Platform[]
}

/** The host of a tree, and its sites, deepest folders first. */
export interface FoundMarkers {
  host: Marker
  sites: Marker[]
  /** The host is neither declared nor requested. */
  isHostAssumed: boolean
}

const ROOT = {root: '', why: 'it was asked for'}
const DECLARED = 'the configuration declares it'

const isHost = (name: string | undefined): boolean => HOSTS.some((host) => host.name === name)

/** Find the markers of all sites: detected, requested or declared. */
export async function findMarkers(
  ctx: TreeContext,
  {platform, sites: declared = [], platforms}: SiteSettings,
): Promise<FoundMarkers> {
  const {host, sites} = await withoutDeclared(ctx, platform, platforms)
  const markers = new Map(sites.map((marker) => [marker.root, marker]))
  for (const each of declared) markers.set(each.root, declaredMarker(each, markers.get(each.root)))
  const top = markers.get('')
  const declaredHost = isHost(top?.platform) ? top : undefined
  if (declaredHost) markers.delete('')
  return {
    host: declaredHost ?? host,
    sites: [...markers.values()].sort((a, b) => b.root.length - a.root.length),
    isHostAssumed: !declaredHost && platform === undefined,
  }
}

/** The markers of platforms that were detected or requested. */
async function withoutDeclared(
  ctx: TreeContext,
  only: string | undefined,
  added: readonly Platform[] | undefined,
): Promise<{host: Marker; sites: readonly Marker[]}> {
  if (only !== undefined && isHost(only)) return {host: {platform: only, ...ROOT}, sites: []}
  const {hosts, sites} = await detectSites(ctx, added)
  const platform = HOSTS[0].name
  if (only === undefined)
    return {host: hosts[0] ?? {platform, root: '', why: 'no other platform is detected'}, sites}
  const isDetected = sites.some((marker) => marker.platform === only)
  const others = isDetected ? sites : sites.filter(({root}) => root !== '')
  return {
    host: {platform, ...ROOT},
    sites: isDetected ? others : [...others, {platform: only, ...ROOT}],
  }
}

/** The marker of a declared site, which keeps the platform that is detected in its folder unless it names another. */
function declaredMarker(declared: Description, detected: Marker | undefined): Marker {
  const {root, platform} = declared
  if (detected && (platform === undefined || platform === detected.platform)) return {...detected, declared}
  return {platform: platform ?? OTHER, root, why: DECLARED, declared}
}
