import {pathBelow} from '../../../text/paths.ts'
import type {WikiContext} from '../../shared/wikis/describe.ts'
import {WikiPages, withoutPageExtension} from '../../shared/wikis/pages.ts'

/** The slugs of pages by their former ones. */
export type Slugs = ReadonlyMap<string, string>

const hyphenated = (name: string): string => name.normalize('NFC').replaceAll(' ', '-')

/** The slug of a page, which is its path in the wiki without extension: `docs/set up.md` → `docs/set-up` */
export const slugOf = (path: string, root: string): string =>
  hyphenated(withoutPageExtension(pathBelow(path, root)!))

/** Beyond this number, redirects lead nowhere, as on GitLab. */
const MOST_REDIRECTS = 50

/** A wiki on GitLab. */
export class GitlabWiki {
  readonly ctx: WikiContext
  /** The folder of the wiki. */
  readonly root: string
  /** The path of the wiki on its host: `/group/name/-/wikis`; empty if it is not known. */
  readonly base: string
  readonly home: string | undefined
  /** The pages by their slugs, in small letters. */
  readonly pages: WikiPages
  readonly #redirects: Slugs

  constructor(ctx: WikiContext, redirects: Slugs) {
    const {origin, marker, tree} = ctx
    this.ctx = ctx
    this.root = marker.root
    this.base = origin?.kind === 'gitlab' ? `/${origin.project}/-/wikis` : ''
    this.home = origin?.kind === 'gitlab' ? `https://${origin.host}${this.base}` : undefined
    this.pages = new WikiPages(tree.files, this.root, (name) => [keyOf(name)])
    this.#redirects = redirects
  }

  /** The page of a slug, in any letter case, or the one that it redirects to. */
  page(slug: string): string | undefined {
    let at: string | undefined = slug
    for (let left = MOST_REDIRECTS; left > 0 && at !== undefined; left--) {
      const page = this.pages.at(keyOf(at))
      if (page !== undefined) return page
      at = this.#redirects.get(hyphenated(at))
    }
    return
  }
}

/** The key of a page: its slug is found in any letter case. */
export const keyOf = (slug: string): string => hyphenated(slug).toLowerCase()
