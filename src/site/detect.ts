import {internalError} from '../errors/errors.ts'
import {nameOf} from '../text/paths.ts'
import type {Tree} from '../tree/tree.ts'
import type {Detection, Marker, Platform, TreeContext} from './platform.ts'
import {ALL_PLATFORMS, HOSTS} from './registry.ts'
import {groupBy} from './shared/group-by.ts'

/** The places where platforms were detected, deepest folders first, with one platform per folder. */
export interface Markers {
  hosts: Marker[]
  sites: Marker[]
}

type Found = Detection & {platform: Platform}

/**
 * Detect the platforms of a tree by its files. Fixtures and packages with a site of their own count like any other.
 *
 * @param added The platforms that plugins define.
 */
export async function detectSites(
  {tree, fail}: TreeContext,
  added: readonly Platform[] = [],
): Promise<Markers> {
  const found: Found[] = []
  for (const [platform, files] of candidatesIn(tree, [...added, ...ALL_PLATFORMS]))
    for (const detection of await detectSafely(platform, files, tree, fail))
      found.push({...detection, platform})
  return {
    hosts: markersOf(found.filter(isOfHost), tree),
    sites: markersOf(
      found.filter((each) => !isOfHost(each)),
      tree,
    ),
  }
}

const isOfHost = ({platform}: Found) => HOSTS.some((host) => host === platform)

/** The platform of each folder; of several, the one whose file comes first in the tree. */
function markersOf(all: readonly Found[], tree: Tree): Marker[] {
  if (all.length === 0) return []
  const published = new Set(all.flatMap(({platform, root}) => (platform.yields === 'always' ? [] : root)))
  const known = new Set(
    all.flatMap(({platform, root}) => (platform.yields || !platform.describe ? [] : root)),
  )
  const takenFrom = ({yields}: Platform) => (yields === 'always' ? published : known)
  const first = all.filter(({platform, root}) => !platform.yields || !takenFrom(platform).has(root))
  const byFile = groupBy(first, ({file}) => file)
  const markers = new Map<string, Marker>()
  for (const file of tree.files)
    for (const {platform, root, beside} of byFile.get(file) ?? []) {
      // There is evidence beyond the file name, or the user installed the plugin.
      const prevails = beside !== undefined || platform.isPlugin
      if (markers.has(root) && !prevails) continue
      const why = beside === undefined ? `${file} exists` : `${file} and ${beside} exist`
      markers.set(root, {platform: platform.name, root, why, file})
    }
  return [...markers.values()].sort((a, b) => b.root.length - a.root.length)
}

/** The files that may identify each platform, in tree order, collected in one pass. */
function candidatesIn({files}: Tree, platforms: readonly Platform[]): Map<Platform, string[]> {
  const pairs = platforms.flatMap((platform) =>
    platform.candidates.map((name): [string, Platform] => [name, platform]),
  )
  const byName = groupBy(pairs, ([name]) => name)
  const found = new Map<Platform, string[]>()
  for (const file of files) {
    const name = nameOf(file)
    const ofName = byName.get(name)
    const ofKind = byName.get(`*${name.slice(Math.max(0, name.lastIndexOf('.')))}`)
    if ((!ofName && !ofKind) || file.includes('node_modules/')) continue
    for (const platform of platformsOf(ofName, ofKind)) {
      const own = found.get(platform)
      if (own) own.push(file)
      else found.set(platform, [file])
    }
  }
  return found
}

type Interest = readonly [name: string, platform: Platform]

/** The platforms that a file interests by its name or its extension, each once. */
const platformsOf = (...interests: (readonly Interest[] | undefined)[]): Set<Platform> =>
  new Set(interests.flatMap((each) => each ?? []).map(([, platform]) => platform))

async function detectSafely(
  platform: Platform,
  files: readonly string[],
  tree: Tree,
  fail: TreeContext['fail'],
): Promise<readonly Detection[]> {
  try {
    return await platform.detect(files, tree)
  } catch (error) {
    const doing = `looking for sites of ${platform.name}`
    if (!fail) throw internalError(doing, error)
    fail('', doing, error)
    return []
  }
}
