import {folderOf, isBelow, nameOf} from '../../text/paths.ts'
import {isPageSource, withoutNumber, withoutSourceExtension} from '../described/routes.ts'
import {MOST_NAMESAKES, MOST_PREFIX_SEGMENTS} from './thresholds.ts'

const GROUP = /^\(.*\)$/
const INDEX = /(?:^|\/)(?:_?index|readme)$/i

/** A folder below which a URL path leads to a file, if the first segments of the path are the URL of the folder. */
export interface Place {
  folder: string
  url: string
  /** Numbers before names were dropped. */
  numbers: boolean
  /** Folders in parentheses were dropped. */
  groups: boolean
  /** Letter case differs. */
  letters: boolean
}

/** Finds the folders below which paths lead to files of a site, by the last segments of the files' paths. */
export class Suffixes {
  /** The segments of paths without extension and index name, by their last segment in its most general form. */
  readonly #stems = new Map<string, (readonly string[])[]>()

  constructor(files: Iterable<string>, root: string, kind: 'pages' | 'files') {
    for (const file of files) {
      if (!isBelow(file, root) || (kind === 'pages') !== isPageSource(file)) continue
      // Assets may be in `.vuepress/public`, but no pages are in a hidden folder.
      if (/(?:^|\/)node_modules\//.test(file) || (kind === 'pages' && /(?:^|\/)\.[^/]+\//.test(file)))
        continue
      const stem = kind === 'pages' ? withoutSourceExtension(file).replace(INDEX, '') : file
      const segments = stem.split('/')
      const key = general(segments.at(-1)!)
      const others = this.#stems.get(key)
      if (others) others.push(segments)
      else this.#stems.set(key, [segments])
    }
  }

  /** The places for a URL path without slashes at its ends and without extension of pages. */
  placesOf(path: string): Place[] {
    const target = path.split('/')
    const stems = this.#stems.get(general(target.at(-1)!)) ?? []
    return stems.length > MOST_NAMESAKES ? [] : stems.flatMap((stem) => placesFor(stem, target))
  }
}

const general = (segment: string) => withoutNumber(segment).normalize().toLowerCase()

/** The place for a target that a file matches; if a folder in parentheses is next, also the one above. */
function placesFor(stem: readonly string[], target: readonly string[]): Place[] {
  const place = match(stem, target)
  if (!place) return []
  const above = folderOf(place.folder)
  return GROUP.test(nameOf(place.folder)) ? [place, {...place, folder: above, groups: true}] : [place]
}

/** Compare a file and a target from their ends. */
function match(stem: readonly string[], target: readonly string[]): Place | undefined {
  const place = {numbers: false, groups: false, letters: false}
  let at = stem.length - 1
  let left = target.length - 1
  while (at >= 0 && left >= 0) {
    const how = compare(stem[at]!, target[left]!)
    if (how) {
      place.numbers ||= how.numbers
      place.letters ||= how.letters
      left--
    } else if (GROUP.test(stem[at]!)) place.groups = true
    else break
    at--
  }
  // The whole of a short path must match, else any file of the same name would.
  if (left >= Math.min(MOST_PREFIX_SEGMENTS, target.length - 1)) return
  return {...place, folder: stem.slice(0, at + 1).join('/'), url: target.slice(0, left + 1).join('/')}
}

function compare(own: string, wanted: string): {numbers: boolean; letters: boolean} | undefined {
  if (own === wanted) return {numbers: false, letters: false}
  const plain = withoutNumber(own)
  if (plain === wanted) return {numbers: true, letters: false}
  return general(own) === general(wanted) ? {numbers: plain !== own, letters: true} : undefined
}
