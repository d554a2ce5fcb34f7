import escapeStringRegexp from 'escape-string-regexp'
import {joinPath, pathBelow} from '../../../text/paths.ts'
import {before} from '../../../text/trim.ts'
import type {Tree} from '../../../tree/tree.ts'
import {UrlPatterns} from '../../shared/url-patterns.ts'

/** The pages and server routes of a Nuxt site that are code. */
export interface CodeRoutes {
  /** The files of routes without parameters. */
  files: Map<string, string>
  /** Routes whose parameters code fills in. */
  patterns: UrlPatterns
  /** Does code show a page of a collection at another URL than its own path? */
  mayMove: boolean
}

const PAGE = /\.(?:vue|[jt]sx?)$/
const HANDLER = /(?:\.(?:get|head))?\.[cm]?[jt]s$/
const OTHER_METHOD = /\.(?:post|put|patch|delete|options|connect|trace)\.[cm]?[jt]s$/
/** Code that shows the entry of a collection at the path of the URL, or nothing. */
const SHOWS_PATH =
  /\.path\(\s*(?:\w+\(\s*)?(?:use)?route(?:\(\))?\.path\b|queryContent\(\s*(?:use)?route(?:\(\))?\.path\b|<ContentDoc(?:\s*\/)?>|\.path\(\s*path(?:\.value)?\s*\)/i
const QUERIES = /\bquery(?:Collection|Content)\(|<ContentDoc\b/
/** Code that gets its data from elsewhere. */
const FETCHES = /\b(?:use(?:Lazy)?Fetch|\$fetch)\s*\(/

/**
 * Read the routes of Vue pages and of the server.
 *
 * @param layers The folders of the site and of its layers.
 * @param sources The folders, relative to these, that hold `pages/`.
 */
export async function readCodeRoutes(
  tree: Tree,
  layers: readonly string[],
  sources: readonly string[],
): Promise<CodeRoutes> {
  const files = new Map<string, string>()
  const patterns = new UrlPatterns()
  const pages = layers.flatMap((layer) => sources.map((source) => joinPath(joinPath(layer, source), 'pages')))
  const servers = layers.map((layer) => joinPath(layer, 'server'))
  const found: CodeRoutes = {files, patterns, mayMove: false}
  for (const file of tree.files) {
    const page = PAGE.test(file) ? nameBelow(file, pages) : undefined
    const route = page?.replace(PAGE, '') ?? routeOfHandler(nameBelow(file, servers))
    if (route === undefined) continue
    const segments = segmentsOf(route)
    const path = segments.join('/')
    if (segments.some(hasParameter))
      addPattern(found, segments, page === undefined ? undefined : await tree.read(file).catch(() => ''))
    else if (!files.has(path)) files.set(path, file)
  }
  return found
}

/** @param code The code of a page; undefined for a handler of the server */
function addPattern(found: CodeRoutes, segments: readonly string[], code: string | undefined): void {
  if (code !== undefined && !FETCHES.test(code)) {
    if (QUERIES.test(code)) {
      found.mayMove ||= !SHOWS_PATH.test(code)
      return
    }
    if (isCatchAll(segments)) return
  }
  found.patterns.add(patternOf(segments), literalOf(segments))
}

const nameBelow = (file: string, folders: readonly string[]): string | undefined => {
  for (const folder of folders) {
    const name = pathBelow(file, folder)
    if (name !== undefined) return name
  }
  return
}

/** The route of a file in `server/`: `routes/feed.xml.get.ts` → `feed.xml`, `api/x.ts` → `api/x`. */
function routeOfHandler(name: string | undefined): string | undefined {
  if (name === undefined || OTHER_METHOD.test(name) || !HANDLER.test(name)) return
  if (name.startsWith('routes/')) return name.slice('routes/'.length).replace(HANDLER, '')
  return name.startsWith('api/') ? name.replace(HANDLER, '') : undefined
}

/** The segments of a route: folders in parentheses and `index` are dropped. */
const segmentsOf = (route: string): string[] => {
  const segments = route.split('/').filter((segment) => !/^\(.*\)$/.test(segment))
  return segments.at(-1) === 'index' ? segments.slice(0, -1) : segments
}

const hasParameter = (segment: string) => segment.includes('[')

/** Does a route match every path: `[...slug]`, `[[lang]]/[...slug]`? */
const isCatchAll = (segments: readonly string[]): boolean =>
  segments.every(hasParameter) && segments.some((segment) => segment.startsWith('[...'))

/** `blog/[slug]` → `^/blog/[^/]+$`, `[[lang]]/[...slug]` → `^(?:/[^/]+)?(?:/.*)?$` */
function patternOf(segments: readonly string[]): string {
  const parts = segments.map((segment) => {
    if (segment.startsWith('[...')) return '(?:/.*)?'
    if (/^\[\[.*\]\]$/.test(segment)) return '(?:/[^/]+)?'
    const text = segment.split(/(\[{1,2}[^[\]]*\]{1,2})/)
    return `/${text.map((part, index) => (index % 2 ? '[^/]*' : escapeStringRegexp(part))).join('')}`
  })
  return `^${parts.join('')}/?$`
}

const literalOf = (segments: readonly string[]): string => `/${before(segments.join('/'), '[')}`
