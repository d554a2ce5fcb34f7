import {gitIgnored} from '../../../pattern/gitignore.ts'
import {isMarkdownFile} from '../../../text/markdown-files.ts'
import {folderPrefix, isBelow, nameOf} from '../../../text/paths.ts'
import type {Tree} from '../../../tree/tree.ts'

/** What Mintlify ignores in any case: `DEFAULT_MINT_IGNORES` of `@mintlify/common`. */
const IGNORED = [
  ...['.git', '.github', '.claude', '.agents', '.idea', '.vscode', '.cursor', '.mintlify', 'node_modules'],
  ...['README.md', 'LICENSE.md', 'CHANGELOG.md', 'CONTRIBUTING.md'],
]

/** Files that do not become pages although nothing ignores them. */
const NO_PAGE = /(?:^|\/)(?:readme|license|contributing|contribute)\.md$|^skill\.md$/i
/** The folders of files for other pages to show. */
const SNIPPET = /^_?snippets\//i

/** The route of a path without extension: `guide/index` → `guide`. */
const routeOf = (path: string): string => path.replace(/(?:^|\/)index$/, '')

/** The files that a site publishes, by paths from its folder. */
export class MintlifyPages {
  /** The site's folder with a trailing slash; empty for the root. */
  readonly prefix: string
  readonly #tree: Tree
  readonly #root: string
  readonly #ignores: (path: string) => boolean
  #byRoute: ReadonlyMap<string, string> | undefined
  #hasPageAtTop: boolean | undefined

  /** @param ignored The text of `.mintignore`. */
  constructor(tree: Tree, root: string, ignored: string) {
    this.#tree = tree
    this.#root = root
    this.prefix = folderPrefix(root)
    const lines = [...IGNORED, ...ignored.split(/\r?\n/).map((line) => line.trim())]
    const ignores = gitIgnored(lines.map((line) => line.toLowerCase()))
    // As npm's `ignore` has it, letter case does not matter.
    this.#ignores = (path) => ignores(path.toLowerCase())
  }

  /** The path of a file from the site's folder; undefined if Mintlify does not see it. */
  placeOf(file: string): string | undefined {
    if (this.#root !== '' && !isBelow(file, this.#root)) return
    const place = file.slice(this.prefix.length)
    return this.#ignores(place) ? undefined : place
  }

  /** Is a file only shown as a part of pages? */
  isSnippet(file: string): boolean {
    return SNIPPET.test(file.slice(this.prefix.length))
  }

  /** Does the site show or publish a file? README and the like remain for readers of the repository. */
  owns(file: string): boolean {
    const place = this.placeOf(file)
    return place !== undefined && !(isMarkdownFile(file) && isNoPage(place))
  }

  /** Does a file have a URL? */
  publishes(file: string): boolean {
    return this.owns(file) && !this.isSnippet(file)
  }

  /** The route of a page; undefined for other files. */
  routeOf(file: string): string | undefined {
    const place = /\.mdx?$/.test(file) ? this.placeOf(file) : undefined
    if (place === undefined || isNoPage(place) || SNIPPET.test(place)) return
    return routeOf(place.replace(/\.mdx?$/, ''))
  }

  /** The page at a path without extension from the site's folder. */
  at(path: string): string | undefined {
    this.#byRoute ??= this.#collect()
    return this.#byRoute.get(routeOf(path))
  }

  /** Is there a page that is neither in a folder nor the one of a folder? */
  get hasPageAtTop(): boolean {
    this.#byRoute ??= this.#collect()
    return (this.#hasPageAtTop ??= [...this.#byRoute.keys()].some(
      (route) => route === '' || (!route.includes('/') && !this.#tree.folders.has(this.prefix + route)),
    ))
  }

  #collect(): Map<string, string> {
    const found = new Map<string, string>()
    for (const file of this.#tree.files) {
      const route = this.routeOf(file)
      // `a.mdx` rather than `a.md`, `a/index.mdx`.
      if (route !== undefined && (!found.has(route) || isOwnFile(file, route))) found.set(route, file)
    }
    return found
  }
}

const isNoPage = (place: string) => NO_PAGE.test(place)

const isOwnFile = (file: string, route: string) => nameOf(file) === `${nameOf(route)}.mdx`
