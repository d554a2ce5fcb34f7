import {folderOf, folderPrefix} from '../../../text/paths.ts'
import {encodePath, withoutQuery} from '../../../text/urls.ts'
import type {Tree} from '../../../tree/tree.ts'
import type {PageSource, SiteContext} from '../../platform.ts'
import type {Lookup} from '../../shared/lookup.ts'

/** The file endings that a URL may omit. */
const FORMS = ['.md', '.mdx', '/index.md', '/index.mdx', '/README.md']
/** Fewer links are no evidence of where pages are published. */
const FEWEST_LINKS = 10
/** Further links need not be examined. */
const MOST_LINKS = 500
/** The share of links that the content folder must explain. */
const EXPLAINED = 0.8
/** Content folders are not nested deeper. */
const DEEPEST = 4

/** The pages that a site publishes, as far as its files and links show: its code, which determines them, is not run. */
export class NextRoutes {
  readonly #ctx: SiteContext & PageSource
  readonly #prefix: string
  #content: {folder: string | undefined} | undefined
  #pageCounts: ReadonlyMap<string, number> | undefined
  #ownRoutes: ReadonlySet<string> | undefined

  constructor(ctx: SiteContext & PageSource, prefix: string) {
    this.#ctx = ctx
    this.#prefix = prefix
  }

  /** The folder below which the links that begin with `/` lead to files, if one explains nearly all of them. */
  get contentFolder(): string | undefined {
    this.#content ??= {folder: findContent(this.#ctx, this.#prefix)}
    return this.#content.folder
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
    if (this.contentFolder === undefined) return
    const content = folderPrefix(this.contentFolder)
    const form = FORMS.findLast((end) => file.endsWith(end))
    if (!file.startsWith(content) || form === undefined) return
    return `/${encodePath(file.slice(content.length, -form.length))}`
  }

  /** The number of pages in a folder, without its index. */
  pagesIn(folder: string): number {
    this.#pageCounts ??= countPages(this.#ctx.tree)
    return this.#pageCounts.get(folder) ?? 0
  }

  /** Does the code have a route at a path, or in a folder of that name? */
  hasOwnRoute(section: string): boolean {
    this.#ownRoutes ??= ownRoutes(this.#ctx.tree, this.#prefix)
    return this.#ownRoutes.has(section)
  }
}

/** The file that a URL may stand for: `docs/setup` finds `docs/setup/index.md`. */
export const fileFor = (lookup: Lookup, path: string): string | undefined =>
  FORMS.map((form) => path + form).find((file) => lookup.isFile(file))

function findContent({lookup, page, tree}: SiteContext & PageSource, prefix: string): string | undefined {
  const pages = [...tree.files].filter((file) => file.startsWith(prefix) && page(file))
  const paths = pages
    .flatMap((file) => page(file)!.links)
    .filter(({url}) => /^\/\w[^.]*$/.test(url))
    .slice(0, MOST_LINKS)
    .map(({url}) => withoutQuery(url).replace(/\/$/, ''))
  if (paths.length < FEWEST_LINKS) return
  const folders = new Set(['', ...pages.flatMap((file) => foldersOf(file.slice(prefix.length)))])
  for (const folder of folders) {
    const leadsNowhere = (path: string) => !fileFor(lookup, prefix + folder + path.slice(folder ? 0 : 1))
    if (!hasMore(paths, leadsNowhere, Math.min(paths.length * (1 - EXPLAINED), paths.length - FEWEST_LINKS)))
      return prefix + folder
  }
}

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
