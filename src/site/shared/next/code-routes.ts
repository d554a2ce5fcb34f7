import escapeStringRegexp from 'escape-string-regexp'
import {trimEnd} from '../../../text/trim.ts'
import type {Tree} from '../../../tree/tree.ts'
import {LazyPattern} from '../url-patterns.ts'
import {withoutGroups} from './groups.ts'

/** A route of code with parameters. */
interface Dynamic {
  file: string
  pattern: LazyPattern
  /** Its first parameter is the language, if the application has several. */
  isLocalized: boolean
}

/** A route whose only parameter is its first segment: `/[lang]/about` */
const LOCALIZED = /^\/\[[^.\]]+\]((?:\/[^[]*)?)$/

/** A catch-all route that renders the “not found” page, as the name of its parameter says: `/[locale]/[...404]` */
const NOT_FOUND = /\/\[\[?\.{3}(?:404|not[-_]?found)\]{1,2}$/i

/** The routes that the code of a Next.js application serves; paths begin with a slash, and end without one. */
export class CodeRoutes {
  readonly #static = new Map<string, string>()
  readonly #localized = new Map<string, string>()
  readonly #dynamic: Dynamic[] = []
  readonly #languages: ReadonlySet<string> | undefined

  /**
   * Find the routes of an application.
   *
   * @param prefix The site's folder with a trailing slash.
   * @param languages Those of its URLs, if it has several.
   */
  constructor({files}: Tree, prefix: string, languages?: ReadonlySet<string>) {
    this.#languages = languages
    for (const file of files) {
      const route = file.startsWith(prefix) ? routeOf(file.slice(prefix.length)) : undefined
      if (route === undefined || NOT_FOUND.test(route)) continue
      const rest = LOCALIZED.exec(route)?.[1]
      if (languages && rest !== undefined) this.#localized.set(rest, file)
      else if (route.includes('['))
        this.#dynamic.push({file, pattern: patternOf(route), isLocalized: /^\/\[[^.]/.test(route)})
      else this.#static.set(route, file)
    }
  }

  /** The file of code that serves a URL path without parameters, but for a language: `/docs/setup`, `/fr/docs/setup`. */
  at(path: string): string | undefined {
    const route = trimEnd(path, '/')
    return this.#static.get(route) ?? this.#localized.get(this.#withoutLanguage(route) ?? route)
  }

  /** The files of code whose routes have parameters that a URL path matches, which may lack its language. */
  matching(path: string): string[] {
    const route = trimEnd(path, '/')
    const languages = this.#languages
    const hasLanguage = this.#withoutLanguage(route) !== undefined
    const localized = hasLanguage || !languages ? route : `/${[...languages][0]}${route}`
    return this.#dynamic
      .filter(({pattern, isLocalized}) => pattern.compiled?.test(isLocalized ? localized : route) ?? true)
      .map(({file}) => file)
  }

  #withoutLanguage(route: string): string | undefined {
    const [, first, rest] = /^\/([^/]+)(\/.*)?$/s.exec(route) ?? []
    return first !== undefined && this.#languages?.has(first) ? (rest ?? '') : undefined
  }
}

const PAGE = /^(?:src\/)?(?:pages\/(.+)|app\/(?:(.+)\/)?(?:page|route))\.(?:[jt]sx?|mdx?)$/
/** Files that describe a page or site to browsers and crawlers. */
const METADATA =
  /^(?:src\/)?app\/(?:(.+)\/)?((?:favicon|icon\d*|apple-icon\d*|opengraph-image\d*|twitter-image\d*|sitemap|robots|manifest))\.(\w+)$/
/** The names of such files if code makes them. */
const MADE: Readonly<Record<string, string>> = {
  sitemap: 'sitemap.xml',
  robots: 'robots.txt',
  manifest: 'manifest.webmanifest',
}

/** The route of a file: `app/(main)/docs/setup/page.tsx` → `/docs/setup`; undefined if it has none. */
export function routeOf(file: string): string | undefined {
  const page = PAGE.exec(file)
  if (page) return page[1] === undefined ? appRoute(page[2] ?? '') : pagesRoute(page[1])
  const [, folder = '', name, extension] = METADATA.exec(file) ?? []
  if (name === undefined) return
  const above = appRoute(folder)
  const isCode = /^[jt]sx?$/.test(extension!)
  return above === undefined
    ? undefined
    : `${above}/${isCode ? (MADE[name] ?? name) : `${name}.${extension}`}`
}

/** The route of a folder of the app router; folders that begin with `_` have none, nor have intercepted routes. */
function appRoute(folder: string): string | undefined {
  const segments = withoutGroups(folder)
    .split('/')
    .filter((segment) => segment !== '' && !segment.startsWith('@'))
  if (segments.some((segment) => /^(?:_|\()/.test(segment))) return
  return segments.map((segment) => `/${segment}`).join('')
}

/** The route of a file of the pages router, without its extension. */
function pagesRoute(path: string): string | undefined {
  if (/(?:^|\/)_[^/]*$/.test(path)) return
  return trimEnd(`/${path.replace(/(?:^|\/)index$/, '')}`, '/')
}

/** The paths of a route with parameters: `/docs/[[...slug]]` → `/docs`, `/docs/a/b`. */
function patternOf(route: string): LazyPattern {
  const parts = route
    .slice(1)
    .split('/')
    .map((segment) => {
      if (segment.startsWith('[[...')) return '(?:/.+)?'
      if (segment.startsWith('[...')) return '/.+'
      return segment.includes('[') ? '/[^/]+' : `/${escapeStringRegexp(segment)}`
    })
  return new LazyPattern(`^${parts.join('')}$`)
}
