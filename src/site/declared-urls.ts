import escapeStringRegexp from 'escape-string-regexp'
import {trimEnd} from '../text/trim.ts'
import type {Description} from './description.ts'
import type {Redirect} from './redirect-rule.ts'
import {RedirectTable} from './redirect-table.ts'
import {UrlPatterns} from './shared/url-patterns.ts'

const CONFIGURATION = 'the configuration'

const withSlash = (path: string) => (path.startsWith('/') ? path : `/${path}`)

/** The generated and redirected URLs of a site, which its files do not show. */
export class DeclaredUrls {
  /** Nothing else is published than files of the tree, and what is generated. */
  readonly complete: boolean
  readonly #redirects = new RedirectTable(CONFIGURATION)
  readonly #generated = new UrlPatterns()

  constructor({redirects = {}, generated = [], complete = false}: Description) {
    this.complete = complete
    for (const [from, to] of Object.entries(redirects)) this.#redirects.add(withSlash(from), to)
    for (const pattern of generated) {
      const parts = trimEnd(withSlash(pattern), '/').split('*')
      // `/api/*` includes `/api`.
      const source = parts
        .map(escapeStringRegexp)
        .join('.*')
        .replace(/\/\.\*$/, '(?:/.*)?')
      this.#generated.add(`^${source}/?$`, parts[0]!.replace(/\/$/, ''))
    }
  }

  /** The redirect of a URL path, given in all its forms. */
  redirectOf(paths: readonly string[]): Redirect | undefined {
    for (const found of this.#redirects.find(paths, '', undefined)) return {...found, file: CONFIGURATION}
    return
  }

  /** Does the build or another program publish something at a URL path, given in all its forms? */
  isGenerated(paths: readonly string[]): boolean {
    return paths.some((path) => this.#generated.test(path))
  }
}
