import {pathBelow} from '../../../text/paths.ts'
import type {Tree} from '../../../tree/tree.ts'
import {NamesByFolder} from '../../shared/names-by-folder.ts'
import type {Prefixes, RspressConfig} from './config.ts'

/** Files that are parts of pages by their names, and declarations of types. */
const NO_PAGE = /(?:^|\/)(?:_[^_]|node_modules\/|public\/)|\.d\.ts$/

/** A path split into its version, its language and the rest; either prefix is empty if it is absent. */
export function splitPath(
  path: string,
  {version, versions, lang, langs}: Prefixes,
): [string, string, string] {
  let segments = path.split('/').filter(Boolean)
  const take = (isUsed: boolean, names: readonly string[]) => {
    const [first = ''] = segments
    if (!isUsed || !names.includes(first)) return ''
    segments = segments.slice(1)
    return first
  }
  const ofVersion = take(version !== '', versions)
  const ofLang = take(lang !== '', langs)
  return [ofVersion, ofLang, segments.join('/')]
}

/**
 * The route of a path below the folder of pages, or of a URL path, without slashes at its ends: the default version and
 * language are dropped, as are extensions and `index`. `en/guide/index.mdx` → `guide`.
 */
export function routeOfPath(
  path: string,
  {extensions, prefixes}: Pick<RspressConfig, 'extensions' | 'prefixes'>,
): string {
  const end = extensions.find((each) => path.toLowerCase().endsWith(each)) ?? ''
  const plain = path.slice(0, path.length - end.length).replace(/\.html$/, '')
  const [version, lang, rest] = splitPath(plain, prefixes)
  return [
    version === prefixes.version ? '' : version,
    lang === prefixes.lang ? '' : lang,
    rest.replace(/(?:^|\/)index$/, ''),
  ]
    .filter(Boolean)
    .join('/')
}

/** The pages of a site by their routes, which are URL paths without slashes at their ends. */
export class Routes {
  readonly #config: RspressConfig
  readonly #files = new Map<string, string>()
  readonly #routes = new Map<string, string>()
  readonly #names = new NamesByFolder(() => this.#files.keys())

  constructor({files}: Tree, config: RspressConfig) {
    this.#config = config
    for (const file of files) {
      const name = pathBelow(file, config.docs)
      if (name === undefined || !this.#isPage(name)) continue
      const route = routeOfPath(name, config)
      if (!this.#files.has(route)) this.#files.set(route, file)
      this.#routes.set(file, route)
    }
  }

  #isPage(name: string): boolean {
    const {extensions, excluded} = this.#config
    return extensions.some((each) => name.endsWith(each)) && !NO_PAGE.test(name) && !excluded.test(name)
  }

  /** The route of a file; undefined if it is not published. */
  of(file: string): string | undefined {
    return this.#routes.get(file)
  }

  /** The file at a route. */
  at(route: string): string | undefined {
    return this.#files.get(route)
  }

  /** The route of a link from the root, with the version and language of the page that contains it, if it has none. */
  withPrefixes(path: string, from: string): string {
    const {docs, prefixes} = this.#config
    const [version, lang, rest] = splitPath(path, prefixes)
    if (version !== '') return routeOfPath(path, this.#config)
    const [ownVersion, ownLang] = splitPath(pathBelow(from, docs) ?? '', prefixes)
    const slash = path.endsWith('/') ? '/' : ''
    return routeOfPath([ownVersion, lang || ownLang, rest].filter(Boolean).join('/') + slash, this.#config)
  }

  /** Is a file published at the URL of its folder? */
  isIndex(file: string): boolean {
    return /(?:^|\/)index\.\w+$/.test(file)
  }

  /** The page whose route has the most similar name in its folder; undefined if none is similar. */
  nearest(route: string): string | undefined {
    const beside = this.#names.nearest(route)
    return beside === undefined ? undefined : this.#files.get(beside)
  }
}
