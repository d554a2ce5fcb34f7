import {folderOf, nameOf, relativePath} from './paths.ts'
import type {Span} from './span.ts'

/** What ends a destination, opens an escape or means something else in a URL, in Markdown or in HTML. */
const SPECIAL = /[\s<>()"'`\\%#?&[\]{}|]/g

/** A path as the URL of a link, percent-encoded where Markdown, HTML or a browser would read it otherwise. */
export const encodePath = (path: string): string =>
  path.replace(SPECIAL, (char) => encodeURIComponent(char).replace(/['()]/g, hex))

const hex = (char: string) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`

/**
 * A file of the tree, written the way a link was: from the root or from the page's folder, query and fragment kept.
 *
 * @param fragment Another fragment than the link had.
 */
export function spellUrl(url: string, from: string, to: string, fragment?: string): string {
  const kept = /[?#].*$/s.exec(url)?.[0] ?? ''
  const rest = fragment === undefined ? kept : `${kept.replace(/#.*$/s, '')}#${fragment}`
  if (url.startsWith('/')) return `/${encodePath(to)}${rest}`
  const path = relativePath(folderOf(from), to)
  return encodePath(url.startsWith('./') && !path.startsWith('.') ? `./${path}` : path) + rest
}

/** A URL without its query and fragment: `/a` of `/a?b#c`. */
export const withoutQuery = (url: string): string => url.replace(/[?#].*$/s, '')

const SOURCE = /\.(?:mdx?|markdown|mdown|mkdn?)$/i

/** What the URL of a page is called by, without what its form adds: `/guide/` and `guide/index.html` are `guide`. */
const stemOf = (path: string) =>
  path
    .replace(SOURCE, '')
    .replace(/\.html?$/i, '')
    .replace(/(^|\/)(?:index|README|_index)$/, '$1')
    .replace(/(?<=.)\/$/, '')

/**
 * URLs of a page in the form that a link has which names no source file: with a slash at its end, with `.html`, or with
 * neither; from the root, or from where the link stands. Which of them lead to the page, the site knows.
 *
 * @param urls The URLs at which the page is published.
 * @param from The page that the link is on.
 * @returns nothing where the page's URLs are not made from its path: what they were when it had another path is not known
 */
export function urlForms(
  url: string,
  to: string,
  urls: readonly string[],
  from: {path: string; urls: readonly string[]},
): string[] {
  const path = withoutQuery(url)
  if (path === '' || /\{[{%]/.test(url) || SOURCE.test(path) || !SOURCE.test(to)) return []
  const [end = ''] = /\/$|\.html?$/.exec(path) ?? []
  const stem = stemOf(to)
  const name = nameOf(stem).toLowerCase()
  const published = urls.map(stemOf).filter((each) => name.endsWith(nameOf(each)))
  const stems = path.startsWith('/')
    ? [...published, `/${stem}`]
    : [
        relativePath(folderOf(from.path), stem),
        ...from.urls.flatMap((own) =>
          published.map((each) => relativePath(folderOf(own.slice(1)), each.slice(1))),
        ),
      ].map((each) => (path.startsWith('./') && !each.startsWith('.') ? `./${each}` : each))
  return [...new Set(stems)].map((each) => encodePath(each.endsWith('/') ? each : each + end))
}

/** Is a URL written as it is read, without escapes and character references, so that parts of it can be put back? */
export const isAsRead = ({url, target}: {url: string; target: Span}): boolean =>
  url.length === target.end - target.start

/** Percent-decode what is encoded; a `%` that encodes nothing stays, as in browsers. */
export function decodePercent(text: string): string {
  if (!text.includes('%')) return text
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
    try {
      return decodeURIComponent(run)
    } catch {
      return run
    }
  })
}

/** A URL's fragment, percent-decoded, without `#`; nothing where there is none, or an empty one. */
export function fragmentOf(url: string): string | undefined {
  const hash = url.indexOf('#')
  return hash < 0 || hash === url.length - 1 ? undefined : decodePercent(url.slice(hash + 1))
}
