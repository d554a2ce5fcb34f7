import {isMarkdownFile} from '../../../text/markdown-files.ts'
import {joinPath, nameOf, pathBelow} from '../../../text/paths.ts'
import type {SiteContext} from '../../platform.ts'
import {readModule} from '../../shared/javascript/read.ts'
import {CallValue, ObjectValue, type Value} from '../../shared/javascript/values.ts'

/** A page of Astro with parameters whose code shows entries of content collections. */
export interface CollectionRoute {
  file: string
  /** The segments of its path: `[lang]`, `blog`, `[...slug]`. */
  segments: readonly string[]
  /** The folders of the collections, from the tree's root. */
  folders: readonly string[]
  /** Is it rendered in advance, so that it serves pages only? */
  isStatic: boolean
}

/** More pages with parameters than any site has. */
const MOST_ROUTES = 50
const GETS_COLLECTION = /\bgetCollection\(\s*['"`]([\w-]+)['"`]/g

/**
 * Read which pages show the entries of content collections.
 *
 * @param content The configuration of the collections, if there is one.
 */
export async function readCollectionRoutes(
  ctx: SiteContext,
  sourceFolder: string,
  content: string | undefined,
): Promise<CollectionRoute[]> {
  const pages = [...ctx.tree.files]
    .filter((file) => file.startsWith(`${sourceFolder}/pages/`) && /\].*\.astro$/.test(file))
    .slice(0, MOST_ROUTES)
  const shown = await Promise.all(
    pages.map(async (file) => {
      const code = await ctx.tree.read(file).catch(() => '')
      const collections = new Set([...code.matchAll(GETS_COLLECTION)].map(([, name]) => name!))
      const segments = segmentsOf(pathBelow(file, `${sourceFolder}/pages`)!)
      return {file, segments, collections, isStatic: /\bgetStaticPaths\b/.test(code)}
    }),
  )
  const routes = shown.filter(({collections}) => collections.size > 0)
  if (routes.length === 0) return []
  const collections = content === undefined ? undefined : await readModule(ctx, content, 'collections')
  const folderNamed = (name: string) =>
    folderOfLoader(collections, name, ctx.marker.root) ?? `${sourceFolder}/content/${name}`
  return routes.map(({collections: names, ...route}) => ({...route, folders: [...names].map(folderNamed)}))
}

/** `[lang]/blog/index.astro` → `[lang]`, `blog` */
const segmentsOf = (page: string): string[] => page.replace(/(?:(?:^|\/)index)?\.astro$/, '').split('/')

/** The folder that the loader of a collection names: `glob({base: './src/content/docs'})`. */
function folderOfLoader(collections: Value, name: string, root: string): string | undefined {
  const call = optionOf(collections, name)
  const loader = optionOf(call instanceof CallValue ? call.args[0] : undefined, 'loader')
  const base = optionOf(loader instanceof CallValue ? loader.args[0] : undefined, 'base')
  return typeof base === 'string' ? joinPath(root, base).replace(/\/$/, '') : undefined
}

const optionOf = (value: Value, key: string): Value =>
  value instanceof ObjectValue ? value.get(key) : undefined

/** An entry of a collection. */
interface Entry {
  file: string
  /** The segments of its id: `en`, `guide`, `setup`. */
  id: readonly string[]
}

/** Code commonly leaves out so many segments of an id, for a language and a version. */
const MOST_LEFT_OUT = 2

/**
 * The entries of content collections, found by the parameters of routes that show them. Code makes these of an entry's
 * id: the whole id, or without the names of a language and a version, with that of a language or of the collection
 * before it.
 */
export class CollectionEntries {
  readonly #routes: readonly CollectionRoute[]
  /** By folder of the collection, then by id and its ends. */
  readonly #entries = new Map<string, Map<string, Entry[]>>()
  /** The first segments of ids. */
  readonly #variants = new Set<string>()

  /** @param idOf The id of a file in the folder of a collection; undefined if it is not an entry. */
  constructor(
    routes: readonly CollectionRoute[],
    files: Iterable<string>,
    idOf: (file: string, name: string) => string | undefined,
  ) {
    this.#routes = routes
    for (const folder of new Set(routes.flatMap(({folders}) => folders))) this.#entries.set(folder, new Map())
    if (routes.length === 0) return
    for (const file of files) {
      if (!isMarkdownFile(file)) continue
      for (const [folder, entries] of this.#entries) {
        const name = pathBelow(file, folder)
        const id = name === undefined ? undefined : idOf(file, name)
        if (id !== undefined) this.#add(entries, {file, id: id.split('/')})
      }
    }
  }

  #add(entries: Map<string, Entry[]>, entry: Entry): void {
    if (entry.id.length > 1) this.#variants.add(entry.id[0]!)
    for (let from = 0; from <= Math.min(MOST_LEFT_OUT, entry.id.length - 1); from++) {
      const key = entry.id.slice(from).join('/')
      const known = entries.get(key)
      if (known) known.push(entry)
      else entries.set(key, [entry])
    }
  }

  /** The files that a route may show, those in folders of the same names as the page with the link first. */
  at(route: string, from: string): string[] {
    const segments = route.split('/')
    const found = this.#routes.flatMap((each) => this.#shownBy(each, segments))
    return [...new Set(found.map(({file}) => file))].sort((a, b) => nearness(b, from) - nearness(a, from))
  }

  #shownBy({segments, folders}: CollectionRoute, route: readonly string[]): Entry[] {
    const parameters = parametersOf(segments, route)
    if (!parameters) return []
    const [first = ''] = parameters
    const isPrefix = this.#variants.has(first) || folders.some((folder) => nameOf(folder) === first)
    const keys = [parameters, ...(isPrefix ? [parameters.slice(1)] : [])]
    return keys.flatMap((key) =>
      folders.flatMap((folder) => this.#entries.get(folder)?.get(key.join('/')) ?? []),
    )
  }
}

/** The values of a route's parameters, in their order; undefined if it does not match. */
function parametersOf(pattern: readonly string[], route: readonly string[]): string[] | undefined {
  const values: string[] = []
  for (const [index, segment] of pattern.entries()) {
    if (segment.startsWith('[...')) return [...values, ...route.slice(index)]
    const value = route[index]
    if (value === undefined) return
    if (segment.startsWith('[')) values.push(value)
    else if (segment !== value) return
  }
  return pattern.length === route.length ? values : undefined
}

/** The number of names in a path that another one has, too, such as those of a language and a version. */
function nearness(file: string, other: string): number {
  const names = new Set(other.split('/'))
  return file.split('/').filter((name) => names.has(name)).length
}
