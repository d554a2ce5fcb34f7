import type {Page} from '../../../page/types.ts'
import {folderOf, folderPrefix} from '../../../text/paths.ts'
import {trimEnd} from '../../../text/trim.ts'
import {encodePath, withoutQuery} from '../../../text/urls.ts'
import type {Tree} from '../../../tree/tree.ts'
import type {PageSource, SiteContext} from '../../platform.ts'
import type {Lookup} from '../../shared/lookup.ts'
import {originalLanguage} from './languages.ts'

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
  #ownRoutes: ReadonlySet<string> | undefined
  #code: ReadonlyMap<string, string> | undefined

  constructor(ctx: SiteContext & PageSource, prefix: string) {
    this.#ctx = ctx
    this.#prefix = prefix
  }

  /**
   * The folder below which the links that begin with `/` lead to files: all of the content, if it explains nearly all of
   * these links; else a part of it.
   */
  get content(): Content | undefined {
    this.#content ??= {found: findContent(this.#ctx, this.#prefix)}
    return this.#content.found
  }

  /**
   * The URL of a file: `public/lamp.png` → `/lamp.png`; with the content folder `content`, `content/docs/setup.mdx` →
   * `/docs/setup`.
   *
   * @returns undefined for a file in neither folder
   */
  urlOf(file: string): string | undefined {
    const assets = `${this.#prefix}public/`
    if (file.startsWith(assets)) return `/${encodePath(file.slice(assets.length))}`
    if (!this.content) return
    const content = folderPrefix(this.content.folder)
    const form = FORMS.findLast((end) => file.endsWith(end))
    if (!file.startsWith(content) || form === undefined) return
    return `/${encodePath(file.slice(content.length, -form.length))}`
  }

  /** The number of pages in a folder, without its index. */
  pagesIn(folder: string): number {
    this.#pageCounts ??= countPages(this.#ctx.tree)
    return this.#pageCounts.get(folder) ?? 0
  }

  /** The file of code that serves a URL path without parameters. */
  codeAt(path: string): string | undefined {
    this.#code ??= codeByRoute(this.#ctx.tree, this.#prefix)
    return this.#code.get(trimEnd(path, '/'))
  }

  /** Does the code have a route at a path, or in a folder of that name? */
  hasOwnRoute(section: string): boolean {
    this.#ownRoutes ??= ownRoutes(this.#ctx.tree, this.#prefix)
    return this.#ownRoutes.has(section)
  }
}

/**
 * The file that a URL may stand for: `docs/setup` finds `docs/setup/index.md`.
 *
 * @param language The ending of its name before the extension: `.fr` finds `docs/setup.fr.md`.
 */
export const fileFor = (lookup: Lookup, path: string, language = ''): string | undefined =>
  FORMS.map((form) => path + form.replace(/(?=\.\w+$)/, language)).find((file) => lookup.isFile(file))

/** The folder of the content, and whether the links alone show that it is all that the code publishes. */
interface Content {
  folder: string
  isWhole: boolean
}

function findContent({lookup, page, tree}: SiteContext & PageSource, prefix: string): Content | undefined {
  const pages = [...tree.files].filter((file) => file.startsWith(prefix) && page(file))
  const paths = pathsFromRoot(pages.map((file) => page(file)!))
  if (paths.length < FEWEST_LINKS) return
  const folders = [...new Set(['', ...pages.flatMap((file) => foldersOf(file.slice(prefix.length)))])]
  const leadsInto = (folder: string) => (path: string) =>
    fileFor(lookup, prefix + folder + path.slice(folder ? 0 : 1)) !== undefined
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
    const folder = folderOf(file)
    if (/(?<!\/index)\.mdx?$/.test(file)) counts.set(folder, (counts.get(folder) ?? 0) + 1)
  }
  return counts
}

const CODE = /^(?:src\/)?(?:pages(\/.+?)(?:\/index)?|app(\/.+)\/(?:page|route))\.(?:[jt]sx?|mdx?)$/

/** The files of code by the URL paths that they serve: `app/(main)/docs/setup/page.tsx` serves `/docs/setup`. */
function codeByRoute({files}: Tree, prefix: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const file of files) {
    const [, inPages, inApp] = (file.startsWith(prefix) && CODE.exec(file.slice(prefix.length))) || []
    const route = inPages ?? inApp?.replace(/\/\([^()]*\)/g, '')
    if (route !== undefined) found.set(route, file)
  }
  return found
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
