import type {Link, Page} from '../page/types.ts'
import type {Tree} from '../tree/tree.ts'
import {guessedIncludersIn} from './guess-includers.ts'
import {type Lines, linesOf} from './included-lines.ts'
import type {PageSource} from './platform.ts'
import {isCode} from './shared/shown-page.ts'
import type {Site} from './types.ts'

/** A page is shown on as many others before the rest is left out: they rarely differ. */
const MOST_INCLUDERS = 20
/** Beyond this number of files between a file and its includers, the rest is left out. */
const MOST_STEPS = 1000
/** Beyond this number, included pages are left out. */
const MOST_INCLUDED = 100

/** The pages of sites that show the text of other files, as far as pages were read. */
export interface Includers {
  /** The published pages that include a file in their text, directly or indirectly. */
  of(path: string): readonly string[]
  /** Those, and the pages that may include a file of the repository's host, such as a changelog. */
  possible(path: string): readonly string[]
  /** Does a page include a part of a file? */
  isShownInParts(path: string): boolean
  /** The published pages that show some lines of a file, with these lines. */
  showingLines(path: string): readonly ShownLines[]
  /** May a page include text that doccheck did not read? */
  mayIncludeMore(path: string): boolean
  /** A page and those that it includes in its text, directly or indirectly. */
  shownOn(path: string): readonly Page[]
}

/** Lines of a file that a page shows. */
export interface ShownLines {
  on: string
  lines: Lines
}

/** Find out which pages include which files, once that is asked for. */
export function includersIn(tree: Tree, of: (path: string) => Site, pages: PageSource): Includers {
  let known: Inclusions | undefined
  const inclusions = () => (known ??= findInclusions(tree, of, pages))
  const guessed = guessedIncludersIn(tree, of, pages)
  const isPublished = (path: string) => of(path).urlsOf(path).length > 0
  const includersOf = (path: string) => reachable(path, inclusions().includers, MOST_INCLUDERS, isPublished)
  return {
    of: includersOf,
    possible: (path) => [...new Set([...includersOf(path), ...guessed(path)])],
    isShownInParts: (path) => inclusions().inParts.has(path),
    showingLines: (path) =>
      (inclusions().inParts.get(path) ?? []).flatMap(({from, part}) => {
        const lines = linesOf(part)
        if (!lines) return []
        return (isPublished(from) ? [from] : includersOf(from)).map((on) => ({on, lines}))
      }),
    mayIncludeMore: (path) => inclusions().unread.has(path),
    shownOn: (path) =>
      [path, ...reachable(path, inclusions().included, MOST_INCLUDED)].flatMap(
        (each) => pages.page(each) ?? [],
      ),
  }
}

/** Which files include which, directly. */
interface Inclusions {
  includers: Map<string, Set<string>>
  included: Map<string, Set<string>>
  inParts: Map<string, {from: string; part: string}[]>
  unread: Set<string>
}

function findInclusions({files}: Tree, of: (path: string) => Site, pages: PageSource): Inclusions {
  const found: Inclusions = {includers: new Map(), included: new Map(), inParts: new Map(), unread: new Set()}
  for (const path of files) {
    const page = pages.page(path)
    const site = page && of(path)
    if (site?.include) addInclusions(found, page!, site, of, pages)
  }
  return found
}

/** Add the files that a page includes as text, and those that files of the host among them include. */
function addInclusions(
  found: Inclusions,
  root: Page,
  site: Site,
  of: (path: string) => Site,
  pages: PageSource,
): void {
  const waiting = new Set([root])
  for (const from of waiting)
    for (const link of from.links) {
      const included = isText(link) ? addInclusion(found, from, link, site, pages) : undefined
      if (included && of(included.path).host) waiting.add(included)
    }
}

const isText = ({kind, as}: Link) => kind === 'include' && as === undefined

/** Add the file that an include names. */
function addInclusion(
  {includers, included, inParts, unread}: Inclusions,
  {path: from}: Page,
  link: Link,
  site: Site,
  pages: PageSource,
): Page | undefined {
  const target = site.include!(link, from)
  const page = target.to === 'page' ? pages.page(target.path) : undefined
  if (!page) {
    if (!isCode(link.url)) unread.add(from)
    return
  }
  if (link.part === undefined) addTo(includers, page.path, from)
  else inParts.set(page.path, [...(inParts.get(page.path) ?? []), {from, part: link.part}])
  addTo(included, from, page.path)
  return page
}

function addTo(sets: Map<string, Set<string>>, key: string, value: string): void {
  const set = sets.get(key)
  if (set) set.add(value)
  else sets.set(key, new Set([value]))
}

/** The files that a relation leads to from one of them, in any number of steps. */
function reachable(
  from: string,
  relation: ReadonlyMap<string, ReadonlySet<string>>,
  most: number,
  counts: (path: string) => boolean = () => true,
): string[] {
  const seen = new Set([from])
  const found: string[] = []
  for (const path of seen) {
    if (path !== from && counts(path) && found.push(path) === most) break
    if (seen.size > MOST_STEPS) continue
    for (const next of relation.get(path) ?? []) seen.add(next)
  }
  return found
}
