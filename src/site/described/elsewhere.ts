import escapeStringRegexp from 'escape-string-regexp'
import type {Description} from '../description.ts'
import {RedirectTable} from '../redirect-table.ts'
import {UrlPatterns} from '../shared/url-patterns.ts'

/** The URLs of a described site that lead elsewhere, or that something else publishes. Paths have no leading slash. */
export class Elsewhere {
  readonly #redirects = new RedirectTable('')
  readonly #generated = new UrlPatterns()

  constructor({redirects = {}, generated = []}: Description) {
    for (const [from, to] of Object.entries(redirects)) this.#redirects.add(withSlash(from), to)
    for (const pattern of generated) {
      const parts = withSlash(pattern).split('*')
      // `/api/*` includes `/api`.
      const source = parts
        .map(escapeStringRegexp)
        .join('.*')
        .replace(/\/\.\*$/, '(?:/.*)?')
      this.#generated.add(`^${source}/?$`, parts[0]!.replace(/\/$/, ''))
    }
  }

  /** The redirect of a path; without `to` if its destination is not understood. */
  redirectOf(path: string): {to?: string} | undefined {
    return this.#redirects.find([`/${path}`], '')
  }

  /** Does the build or another program publish something at a path? */
  isGenerated(path: string): boolean {
    return this.#generated.test(`/${path}`)
  }
}

const withSlash = (path: string) => (path.startsWith('/') ? path : `/${path}`)
