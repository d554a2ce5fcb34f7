import type {Page} from '../../../page/types.ts'
import {folderOf, folderPrefix, nameOf} from '../../../text/paths.ts'
import {encodePath, withoutQuery} from '../../../text/urls.ts'
import type {Tree} from '../../../tree/tree.ts'
import type {PageSource, SiteContext} from '../../platform.ts'
import {CodeRoutes} from '../../shared/next/code-routes.ts'
import {pagesInGroups, withoutGroups} from '../../shared/next/groups.ts'
import {languageFolderOf, originalLanguage} from './languages.ts'

/** The file endings that a URL may omit. */
const FORMS = ['.md', '.mdx', '/index.md', '/index.mdx', '/README.md']
/** Fewer links are no evidence of where pages are published. */
const FEWEST_LINKS = 10
/** Further links need not be examined. */
const MOST_LINKS = 500
/** The share of links that the content folder must explain. */
const EXPLAINED = 0.8
/** The share of distinct targets that it must explain if others come from elsewhere. */
const EXPLAINED_IN_PART = 0.4
/** Further folders are not tried for that. */
const MOST_FOLDERS = 100
/** Content folders are not nested deeper. */
const DEEPEST = 4

/** The pages that a site publishes, as far as its files and links show: its code, which determines them, is not run. */
export class NextRoutes {
  readonly #ctx: SiteContext & PageSource
  readonly #prefix: string
  #content: {found: Content | undefined} | undefined
  #pageCounts: ReadonlyMap<string, number> | undefined
  #grouped: ReadonlyMap<string, string> | undefined
  #namesElsewhere: ReadonlySet<string> | undefined
  #ownRoutes: ReadonlySet<string> | undefined
  #code: CodeRoutes | undefined

  constructor(ctx: SiteContext & PageSource, prefix: string) {
    this.#ctx = ctx
    this.#prefix = prefix
  }

  /**
   * The folder below which the links that begin with `/` lead to files: all of the content, if it explains nearly all of
   * these links; else a part of it.
   */
  get content(): Content | undefined {
    this.#content ??= {
      found: findContent(this.#ctx, this.#prefix, (path) => this.fileFor(path) !== undefined),
    }
    return this.#content.found
  }

  /**
   * The URL of a file: `public/lamp.png` → `/lamp.png`; with the content folder `content`, `content/docs/(first)/setup.mdx`
   * → `/docs/setup`.
   *
   * @returns undefined for a file in neither folder
   */
  urlOf(file: string): string | undefined {
    const assets = `${this.#prefix}public/`
    if (file.startsWith(assets)) return `/${encodePath(file.slice(assets.length))}`
    if (!this.content) return
    const content = folderPrefix(this.content.folder)
    if (!file.startsWith(content)) return
    const path = withoutGroups(`/${file.slice(content.length)}`)
    const form = FORMS.findLast((end) => path.endsWith(end))
    return form === undefined ? undefined : encodePath(path.slice(0, -form.length)) || '/'
  }

  /**
   * The file that a URL may stand for: `docs/setup` finds `docs/setup/index.md`, or `docs/(first)/setup.md`.
   *
   * @param language The ending of its name before the extension: `.fr` finds `docs/setup.fr.md`.
   */
  fileFor(path: string, language = ''): string | undefined {
    const {lookup, tree} = this.#ctx
    this.#grouped ??= pagesInGroups(tree, this.#prefix)
    const files = FORMS.map((form) => path + form.replace(/(?=\.\w+$)/, language))
    return (
      files.find((file) => lookup.isFile(file)) ?? files.map((file) => this.#grouped!.get(file)).find(Boolean)
    )
  }

  /** The number of pages in a folder and in its groups, without its index. */
  pagesIn(folder: string): number {
    this.#pageCounts ??= countPages(this.#ctx.tree)
    return this.#pageCounts.get(withoutGroups(folder)) ?? 0
  }

  /** Has a page that may have any URL, outside the content folder and those of other languages, this name? */
  isNameElsewhere(name: string): boolean {
    const content = this.content?.folder ?? ''
    this.#namesElsewhere ??= namesElsewhere(
      this.#ctx,
      this.#prefix,
      (file) => this.urlOf(file) !== undefined || languageFolderOf(file, content) !== undefined,
    )
    return this.#namesElsewhere.has(name)
  }

  /** The file of code that serves a URL path without parameters. */
  codeAt(path: string): string | undefined {
    this.#code ??= new CodeRoutes(this.#ctx.tree, this.#prefix)
    return this.#code.at(path)
  }

  /** Does the code have a route at a path, or in a folder of that name? */
  hasOwnRoute(section: string): boolean {
    this.#ownRoutes ??= ownRoutes(this.#ctx.tree, this.#prefix)
    return this.#ownRoutes.has(section)
  }
}

/** The last segments that the URLs of pages may have whose URLs are not known: `setup` for `old/setup/index.md`. */
function namesElsewhere(
  {tree, page}: SiteContext & PageSource,
  prefix: string,
  hasUrl: (file: string) => boolean,
): Set<string> {
  const pages = [...tree.files].filter((file) => file.startsWith(prefix) && page(file) && !hasUrl(file))
  return new Set(pages.map((file) => nameOf(file.replace(/(?:\/(?:index|README))?\.\w+$/, ''))))
}

/** The folder of the content, and whether the links alone show that it is all that the code publishes. */
interface Content {
  folder: string
  isWhole: boolean
}

function findContent(
  {page, tree}: SiteContext & PageSource,
  prefix: string,
  isPage: (path: string) => boolean,
): Content | undefined {
  const pages = [...tree.files].filter((file) => file.startsWith(prefix) && page(file))
  const paths = pathsFromRoot(pages.map((file) => page(file)!))
  if (paths.length < FEWEST_LINKS) return
  const folders = [...new Set(['', ...pages.flatMap((file) => foldersOf(file.slice(prefix.length)))])]
  const leadsInto = (folder: string) => (path: string) => isPage(prefix + folder + path.slice(folder ? 0 : 1))
  const most = Math.min(paths.length * (1 - EXPLAINED), paths.length - FEWEST_LINKS)
  const whole = folders.find((folder) => !hasMore(paths, not(leadsInto(folder)), most))
  if (whole !== undefined) return {folder: prefix + whole, isWhole: true}
  const original = originalLanguage(tree, prefix)
  if (original !== undefined && paths.some(leadsInto(original)))
    return {folder: prefix + original, isWhole: true}
  const distinct = [...new Set(paths)]
  const depth = (folder: string) => folder.split('/').length
  const outermost = folders.toSorted((a, b) => depth(a) - depth(b)).slice(0, MOST_FOLDERS)
  const tried = outermost.map((folder) => ({
    folder,
    found: distinct.filter(leadsInto(folder)).length,
  }))
  const best = tried.reduce((one, other) => (other.found > one.found ? other : one))
  return best.found >= FEWEST_LINKS && best.found >= distinct.length * EXPLAINED_IN_PART
    ? {folder: prefix + best.folder, isWhole: false}
    : undefined
}

/** The paths of the first links that begin with `/`, without extension. */
function pathsFromRoot(pages: Iterable<Page>): string[] {
  const paths: string[] = []
  for (const {links} of pages)
    for (const {url} of links) {
      if (!/^\/\w[^.]*$/.test(url)) continue
      paths.push(withoutQuery(url).replace(/\/$/, ''))
      if (paths.length === MOST_LINKS) return paths
    }
  return paths
}

const not =
  <T>(test: (item: T) => boolean) =>
  (item: T): boolean =>
    !test(item)

/** Do more than so many items pass a test? */
function hasMore<T>(items: readonly T[], test: (item: T) => boolean, most: number): boolean {
  let count = 0
  return items.some((item) => test(item) && ++count > most)
}

/** The folders of a file, outermost first: `a/b/c.md` → `a`, `a/b`. */
function foldersOf(file: string): string[] {
  const names = file.split('/').slice(0, -1)
  return names.slice(0, DEEPEST).map((_name, index) => names.slice(0, index + 1).join('/'))
}

function countPages({files}: Tree): Map<string, number> {
  const counts = new Map<string, number>()
  for (const file of files) {
    const folder = withoutGroups(folderOf(file))
    if (/(?<!\/index)\.mdx?$/.test(file)) counts.set(folder, (counts.get(folder) ?? 0) + 1)
  }
  return counts
}

/** The first segments of the routes in the code. */
function ownRoutes({files}: Tree, prefix: string): Set<string> {
  const found = new Set<string>()
  for (const file of files) {
    const route =
      file.startsWith(prefix) && /^(?:src\/)?(?:pages|app)\/([^/]+)/.exec(file.slice(prefix.length))
    if (!route) continue
    const name = route[1]!
    // `a.b.tsx` may be the route `a` as well as `a.b`.
    for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1))
      found.add(name.slice(0, dot))
    if (file.length > prefix.length + route[0].length) found.add(name)
  }
  return found
}
