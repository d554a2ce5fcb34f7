import {isMarkdownFile} from '../../text/markdown-files.ts'
import {folderOf, foldersAbove, isBelow, joinPath, nameOf, pathBelow} from '../../text/paths.ts'
import {withoutSourceExtension} from '../described/routes.ts'
import type {DescribedRoutes} from '../description.ts'
import {groupBy} from '../shared/group-by.ts'
import type {Suffixes} from './suffixes.ts'
import type {Target} from './targets.ts'
import {
  CHANGED_NAMES,
  FEWEST_FOR_A_FOLDER,
  MOST_FOLDERS,
  MOST_TRANSLATIONS,
  PAGES_TAKEN,
  PREFIX_FOUND,
  SHARE_FOR_A_FOLDER,
  TRANSLATED,
} from './thresholds.ts'
import type {Content} from './types.ts'
import {areNested, type Candidate, candidatesFor, routeOf} from './votes.ts'

/** Find the folders below which the links from the root lead to pages; undefined if there is none. */
export function fitContent(
  targets: readonly Target[],
  suffixes: Suffixes,
  files: Iterable<string>,
): Content | undefined {
  const candidates = candidatesFor(targets, suffixes, routeOf)
  const [first] = candidates
  if (!first || first.targets.size < FEWEST_FOR_A_FOLDER) return
  const best = defaultLanguage(first, candidates, files) ?? first
  const folders = new Map([[best.folder, best.url]])
  const translations = translationsOf(best.folder, files)
  for (const name of translations)
    folders.set(joinPath(folderOf(best.folder), name), joinPath(best.url, name))
  const left = new Set(targets)
  for (const target of targets)
    if ([...folders].some(([folder, url]) => leadsInto(folder, url, routeOf(target), suffixes)))
      left.delete(target)
  const optionalPrefixes = takePrefixes(left, best, suffixes)
  addFurther(folders, candidates, best, left)
  const runnerUp = candidates.find(
    ({folder}) =>
      !areNested(folder, best.folder) && ![folder, ...foldersAbove(folder)].some((each) => folders.has(each)),
  )
  return {
    folders,
    routes: {
      ...routesOf(best),
      ...(optionalPrefixes.length > 0 && {optionalPrefixes}),
      ...(translations.length > 0 && {ownContentFirst: true}),
    },
    found: best.targets.size,
    ...(runnerUp && {runnerUp: {folder: runnerUp.folder, found: runnerUp.targets.size}}),
  }
}

/** The folder in the first one that has translations beside it, and to which links without its name lead. */
const defaultLanguage = (first: Candidate, candidates: readonly Candidate[], files: Iterable<string>) =>
  candidates.find(({folder, url, targets}) => {
    if (url !== first.url || folder === first.folder || folderOf(folder) !== first.folder) return false
    const own = [...targets.keys()].filter((target) => !first.targets.has(target)).length
    return own >= FEWEST_FOR_A_FOLDER && translationsOf(folder, files).length > 0
  })

/** How the names of files become URLs, if enough targets of a folder show it. */
function routesOf({targets}: Candidate): DescribedRoutes {
  const isShown = (key: 'numbers' | 'groups' | 'letters') => {
    const changed = [...targets.values()].filter((place) => place[key]).length
    return changed >= FEWEST_FOR_A_FOLDER && changed >= targets.size * CHANGED_NAMES
  }
  return {
    ...(isShown('numbers') && {dropsNumbers: true}),
    ...(isShown('groups') && {dropsGroups: true}),
    ...(isShown('letters') && {ignoresCase: true}),
  }
}

/** The folders beside a folder that have pages of the same names: `docs/zh` and `docs/fr` for `docs/en`. */
function translationsOf(folder: string, files: Iterable<string>): string[] {
  if (folder === '') return []
  const pages = pagesByFolder(folderOf(folder), files)
  const own = pages.get(nameOf(folder))
  pages.delete(nameOf(folder))
  return [...pages]
    .filter(([, theirs]) => {
      const same = [...theirs].filter((page) => own?.has(page)).length
      return same >= FEWEST_FOR_A_FOLDER && same >= theirs.size * TRANSLATED
    })
    .map(([name]) => name)
    .slice(0, MOST_TRANSLATIONS)
}

/** The pages below a folder, by the names of the folders in it. */
function pagesByFolder(above: string, files: Iterable<string>): Map<string, Set<string>> {
  const pages = new Map<string, Set<string>>()
  for (const file of files) {
    const inside = isMarkdownFile(file) ? pathBelow(file, above) : undefined
    const slash = inside?.indexOf('/') ?? -1
    if (slash <= 0) continue
    const name = inside!.slice(0, slash)
    const page = withoutSourceExtension(inside!.slice(slash + 1))
    const known = pages.get(name)
    if (known) known.add(page)
    else pages.set(name, new Set([page]))
  }
  return pages
}

/** Does a route lead to a page in a folder with that URL? */
function leadsInto(folder: string, url: string, route: string, suffixes: Suffixes): boolean {
  const inside = pathBelow(route, url)
  return (
    inside !== undefined &&
    suffixes.placesOf(inside).some((place) => place.folder === folder && place.url === '')
  )
}

/** Take the first segments, such as `en`, without which most of the targets that are left lead to a folder. */
function takePrefixes(left: Set<Target>, {folder, url}: Candidate, suffixes: Suffixes): string[] {
  const sections = groupBy(left, sectionOf)
  return [...sections].flatMap(([prefix, targets]) => {
    const found = targets.filter((target) => {
      const inside = pathBelow(routeOf(target), prefix)
      return inside !== undefined && leadsInto(folder, url, inside, suffixes)
    })
    // The name of the folder itself, as in `/en/guide` for `docs/en/guide.md`, is no coincidence.
    const fewest = prefix === nameOf(folder) ? 1 : FEWEST_FOR_A_FOLDER
    if (found.length < fewest || found.length < targets.length * PREFIX_FOUND) return []
    for (const target of found) left.delete(target)
    return [prefix]
  })
}

/** Add folders that many of the targets left in some section of the site lead to. */
function addFurther(
  folders: Map<string, string>,
  candidates: readonly Candidate[],
  best: Candidate,
  left: Set<Target>,
): void {
  for (const {folder, url, targets} of candidates) {
    if (folders.size >= MOST_FOLDERS || targets.size < FEWEST_FOR_A_FOLDER) return
    if (folders.has(folder)) continue
    const own = [...targets.keys()].filter((target) => left.has(target) && isLinkedFrom(target, folders))
    if (own.length < FEWEST_FOR_A_FOLDER) continue
    const sections = new Set(own.map(sectionOf))
    const inSections = [...left].filter((target) => sections.has(sectionOf(target))).length
    if (own.length < inSections * SHARE_FOR_A_FOLDER || takesPages(folder, own.length, best)) continue
    folders.set(folder, url)
    for (const target of own) left.delete(target)
  }
}

/** Would a folder within the best one take more pages from their URLs than it explains targets? */
function takesPages(folder: string, found: number, best: Candidate): boolean {
  const inside = folder === best.folder ? undefined : pathBelow(folder, best.folder)
  if (inside === undefined) return false
  const url = joinPath(best.url, inside)
  return (
    [...best.targets.keys()].filter((target) => isBelow(routeOf(target), url)).length * PAGES_TAKEN > found
  )
}

/** Does a page in one of the folders link to a target? Other pages may be those of another site. */
const isLinkedFrom = ({from}: Target, folders: ReadonlyMap<string, string>) =>
  from.some((page) => folders.has('') || [...foldersAbove(page)].some((folder) => folders.has(folder)))

/** The first segment of a target from the root. */
const sectionOf = (target: Target) => routeOf(target).split('/', 1)[0]!
