import type {Page} from '../page/types.ts'
import {groupBy} from '../site/shared/group-by.ts'
import {editionOf, isCommonProjectFile, projectOf} from '../site/shared/subprojects.ts'
import type {MissingTarget, Site, SiteLink} from '../site/types.ts'
import {isMarkdownFile, MARKDOWN_EXTENSIONS, withoutMarkdownExtension} from '../text/markdown-files.ts'
import {ANYWHERE, folded, joinPath, nameOf} from '../text/paths.ts'
import {decodePercent, withoutHash, withoutQuery} from '../text/urls.ts'

/** Follows links whose targets, or pages, were renamed after the links were written. */
export class RenamedFiles {
  readonly #today: ReadonlyMap<string, string>
  readonly #former = new Map<string, string[]>()
  #folders: ReadonlyMap<string, string | undefined> | undefined
  #byName: ReadonlyMap<string, readonly (readonly [former: string, now: string])[]> | undefined
  readonly #hasTwin: (path: string) => boolean
  readonly #isFile: (path: string) => boolean

  /**
   * @param today Current paths of renamed files, by their former ones.
   * @param hasTwin Does another file look the same? Git's rename detection may have confused the two.
   * @param isFile Does the tree have a file at a path?
   */
  constructor(
    today: ReadonlyMap<string, string>,
    hasTwin: (path: string) => boolean,
    isFile: (path: string) => boolean,
  ) {
    this.#today = today
    this.#hasTwin = hasTwin
    this.#isFile = isFile
    for (const [former, now] of today) {
      const places = this.#former.get(now)
      if (places) places.push(former)
      else this.#former.set(now, [former])
    }
  }

  /**
   * Look up a missing target among the renamed files: by the path that the link leads to from its page, or from a
   * former path of the page, if all of these lead to one file. A rename that Git detected is evidence, unless the file
   * has a twin.
   */
  follow(found: MissingTarget, link: SiteLink, from: string, site: Site): MissingTarget {
    if (!mayBeRenamed(found)) return found
    const suggestion = found.byName
      ? this.#todayOfNamed(link, found)
      : (this.#todayOf(found.path) ?? this.#fromFormerPaths(link, from, site))
    if (suggestion === undefined || isUnlikely(suggestion, found.path, from)) return found
    const {evidence: _, ...missing} = found
    const isCertain =
      !this.#hasTwin(suggestion) && (!site.assumed || this.#isFilePath(link, suggestion, from))
    return {...missing, suggestion, ...(isCertain && {evidence: 'renamed' as const})}
  }

  /**
   * Is a URL the path of a file for any generator that may read the page? A generator may link without extensions, or
   * publish the page as a folder, so that `../a.png` is a file beside the page.
   */
  #isFilePath({url}: SiteLink, target: string, from: string): boolean {
    const path = decodePercent(withoutQuery(url))
    const extension = /\.\w+$/.exec(target)?.[0].toLowerCase()
    if (extension === undefined || path.startsWith('/') || !path.toLowerCase().endsWith(extension))
      return false
    return isMarkdownFile(target) || !this.#isFile(joinPath(from.replace(/\.\w+$/, ''), path))
  }

  /**
   * The current path of a file, of the only page that was published at this path (without extension, or as an index), or
   * of a folder.
   */
  #todayOf(path: string): string | undefined {
    const file = this.#today.get(path)
    if (file !== undefined) return file
    const stem = stemOf(path)
    const pages = [stem, ...INDICES.map((name) => `${stem}/${name}`)].flatMap((name) =>
      MARKDOWN_EXTENSIONS.flatMap((extension) => this.#today.get(`${name}.${extension}`) ?? []),
    )
    return new Set(pages).size === 1 ? pages[0] : this.#folderOf(path)
  }

  /** The current path of the file that a link names, or that the site would have under that name: `Set-up.md` for `Set up`. */
  #todayOfNamed({url}: SiteLink, {path}: MissingTarget): string | undefined {
    const name = withoutHash(url).trim()
    return this.#todayOfName(name) ?? (name.includes('/') ? undefined : this.#todayOfName(nameOf(path)))
  }

  /** The current path of the only file whose former path ends in a name, or the end of a path. */
  #todayOfName(name: string): string | undefined {
    this.#byName ??= groupBy(this.#today, ([former]) => folded(nameOf(former)))
    const found = formsOf(name.replace(/^[./]+/, '')).flatMap((end) =>
      (this.#byName!.get(nameOf(end)) ?? []).filter(([former]) => `/${folded(former)}`.endsWith(`/${end}`)),
    )
    const [path, ...others] = new Set(found.map(([, now]) => now))
    return others.length === 0 ? path : undefined
  }

  /** The folder that all files which were below a path, and still exist, were moved to. */
  #folderOf(path: string): string | undefined {
    const folder = path.replace(/\/$/, '')
    this.#folders ??= movedFolders(this.#today)
    return this.#folders.get(folder)
  }

  #fromFormerPaths(link: SiteLink, from: string, site: Site): string | undefined {
    const targets = new Set<string>()
    for (const former of this.#former.get(from) ?? []) {
      const found = site.resolve(link, former)
      if (found.to === 'page' || found.to === 'file') targets.add(found.path)
      const renamed = found.to === 'missing' ? this.#todayOf(found.path) : undefined
      if (renamed !== undefined) targets.add(renamed)
    }
    return targets.size === 1 ? [...targets][0] : undefined
  }
}

/**
 * The current paths of folders whose files all moved to the same folder, by their former ones.
 *
 * @param today Current paths of renamed files, by their former ones.
 * @returns undefined for a folder whose files went to several
 */
function movedFolders(today: ReadonlyMap<string, string>): Map<string, string | undefined> {
  const folders = new Map<string, string | undefined>()
  for (const [former, now] of today)
    for (let end = former.lastIndexOf('/'); end > 0; end = former.lastIndexOf('/', end - 1)) {
      const folder = former.slice(0, end)
      const below = former.slice(end)
      const moved = now.endsWith(below) && now.length > below.length ? now.slice(0, -below.length) : undefined
      folders.set(folder, folders.has(folder) && folders.get(folder) !== moved ? undefined : moved)
    }
  return folders
}

/**
 * Is a rename unlikely to be the right one for a link? The link would leave the version or language of its page, or the
 * file is common to all projects, such as a license, and Git confuses those of different projects.
 */
function isUnlikely(suggestion: string, path: string, from: string): boolean {
  if (isCommonProjectFile(suggestion) && projectOf(suggestion) !== projectOf(path)) return true
  const edition = editionOf(from)
  const found = editionOf(suggestion)
  return edition !== '' && edition !== found && (found !== '' || edition === editionOf(path))
}

/** May a missing target be a file that was renamed? */
export const mayBeRenamed = ({why}: MissingTarget): boolean => ['file', 'leaves', 'index'].includes(why)

/**
 * The paths that the file at a missing target may have had; a folder stands for all files below it, and a path that begins
 * with {@link ANYWHERE} for those of that name in any folder.
 */
export function formerPaths({path, byName}: MissingTarget): string[] {
  if (byName) return formsOf(nameOf(path)).map((name) => ANYWHERE + name)
  const stem = stemOf(path)
  return [path, stem, ...MARKDOWN_EXTENSIONS.map((extension) => `${stem}.${extension}`)]
}

/** The paths that the name of a file may stand for, which may lack the extension of a page. */
const formsOf = (name: string): string[] => [folded(name), folded(`${name}.md`)]

/** The path of a page without its extension: `docs/a.md`, `docs/a.html` → `docs/a` */
const stemOf = (path: string) =>
  isMarkdownFile(path) ? withoutMarkdownExtension(path) : path.replace(/\.html?$/i, '')

/** The names of index pages, without extension. */
const INDICES = ['index', 'README', '_index']

/** Create the test of whether another page has the same length and the same headings. */
export function hasTwinAmong(pages: ReadonlyMap<string, Page>): (path: string) => boolean {
  const counts = new Map<string, number>()
  const keyOf = ({end, headings}: Page) => JSON.stringify([end, headings.map(({text}) => text)])
  let counted = 0
  return (path) => {
    // More pages are read while links are followed.
    if (counted !== pages.size) {
      counts.clear()
      counted = pages.size
      for (const page of pages.values()) counts.set(keyOf(page), (counts.get(keyOf(page)) ?? 0) + 1)
    }
    const page = pages.get(path)
    return page !== undefined && counts.get(keyOf(page))! > 1
  }
}
