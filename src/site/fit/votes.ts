import {isAtOrBelow} from '../../text/paths.ts'
import {trimBoth} from '../../text/trim.ts'
import type {Place, Suffixes} from './suffixes.ts'
import type {Target} from './targets.ts'

/** A folder and its URL, with the targets that lead to files in it. */
export interface Candidate {
  folder: string
  url: string
  /** The targets, and how names had to be changed to find each. */
  targets: Map<Target, Place>
}

/** The path of a target from the root, without what a URL may end with: `/guide/setup.html` → `guide/setup`. */
export const routeOf = ({path}: Target): string =>
  trimBoth(
    path
      .replace(/^[@~]/, '')
      .replace(/\.(?:html?|mdx?|markdown)$/i, '')
      .replace(/(^|\/)_?index$/, '$1'),
    '/',
  )

/** Let each target vote for the folders below which it leads to a file, most votes first. */
export function candidatesFor(
  targets: Iterable<Target>,
  suffixes: Suffixes,
  pathOf: (target: Target) => string,
): Candidate[] {
  const candidates = new Map<string, Candidate>()
  for (const target of targets) {
    const path = pathOf(target)
    if (path === '') continue
    for (const place of suffixes.placesOf(path)) {
      const key = `${place.folder}\n${place.url}`
      let candidate = candidates.get(key)
      if (!candidate)
        candidates.set(key, (candidate = {folder: place.folder, url: place.url, targets: new Map()}))
      const known = candidate.targets.get(target)
      if (!known || changes(place) < changes(known)) candidate.targets.set(target, place)
    }
  }
  return [...candidates.values()].sort(
    (a, b) =>
      b.targets.size - a.targets.size || a.url.length - b.url.length || a.folder.length - b.folder.length,
  )
}

const changes = ({numbers, groups, letters}: Place) => Number(numbers) + Number(groups) + Number(letters)

/** Is one of two folders in the other? */
export const areNested = (a: string, b: string): boolean =>
  a === '' || b === '' || isAtOrBelow(a, b) || isAtOrBelow(b, a)
