import escapeStringRegexp from 'escape-string-regexp'
import {folderPrefix} from '../../../text/paths.ts'
import type {Tree} from '../../../tree/tree.ts'
import {UrlPatterns} from '../../shared/url-patterns.ts'
import type {VitepressConfig} from './config.ts'
import {rewrite} from './rewrites.ts'

/** The pages of a site and their published paths, which include the extension and the source folder. */
export class Routes {
  readonly #tree: Tree
  readonly #config: VitepressConfig
  readonly #hasRewrites: boolean
  /** The paths of pages generated from templates such as `[id].md`. */
  readonly #generated = new UrlPatterns()
  #sources: Map<string, string> | undefined
  /** The prefix of all source paths: the source folder with a trailing slash. */
  readonly prefix: string

  constructor(tree: Tree, config: VitepressConfig) {
    this.#tree = tree
    this.#config = config
    this.#hasRewrites = config.rewrites.exact.size + config.rewrites.patterns.length > 0
    this.prefix = folderPrefix(config.source)
    for (const file of tree.files) {
      const parts = file.startsWith(this.prefix) && file.endsWith('.md') ? file.split(/\[[^[\]/]+\]/) : []
      if (parts.length > 1) this.#generated.add(`^${parts.map(escapeStringRegexp).join('.+')}$`, parts[0]!)
    }
  }

  /** Is a file published, rather than excluded or outside the site? */
  isPublished(file: string): boolean {
    return file.startsWith(this.prefix) && !this.#config.excluded.test(file.slice(this.prefix.length))
  }

  /** The path at which a file is published: `docs/en/guide.md`, rewritten → `docs/guide.md`. */
  placeOf(file: string): string {
    return this.prefix + rewrite(file.slice(this.prefix.length), this.#config.rewrites)
  }

  /** The URL of a file below the site's base, without the `.html` that some configurations keep. */
  urlsOf(file: string): string[] {
    if (!this.isPublished(file) || this.#config.otherRoutes !== undefined) return []
    const path = this.placeOf(file).slice(this.prefix.length)
    return [`/${path.replace(/\.md$/, '').replace(/(^|\/)index$/, '$1')}`]
  }

  /** The page published at a path. */
  sourceOf(place: string): string | undefined {
    if (!this.#hasRewrites) return this.#tree.files.has(place) && this.isPublished(place) ? place : undefined
    this.#sources ??= new Map(
      [...this.#tree.files]
        .filter((file) => file.endsWith('.md') && this.isPublished(file))
        .map((file) => [this.placeOf(file), file]),
    )
    return this.#sources.get(place)
  }

  /** May a template generate a page at a path? */
  mayGenerate(place: string): boolean {
    return this.#generated.test(place)
  }
}
