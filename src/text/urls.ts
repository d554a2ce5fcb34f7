import {isMarkdownFile, withoutMarkdownExtension} from './markdown-files.ts'
import {folderOf, nameOf, relativePath} from './paths.ts'
import type {Span} from './span.ts'

/** A URL without query and fragment: `/guide?a=b#top` → `/guide`. */
export function withoutQuery(url: string): string {
  const end = url.search(/[?#]/)
  return end < 0 ? url : url.slice(0, end)
}

/** The query and fragment of a URL with the marks before them: `/guide?a=b#top` → `?a=b#top`; '' if it has neither. */
export const queryAndHashOf = (url: string): string => url.slice(withoutQuery(url).length)

/** A URL without its fragment: `/guide?a=b#top` → `/guide?a=b`. */
export function withoutHash(url: string): string {
  const end = url.indexOf('#')
  return end < 0 ? url : url.slice(0, end)
}

/** The fragment of a URL as written, with `#`: `/guide?a=b#top` → `#top`; '' if it has none. */
export const hashOf = (url: string): string => url.slice(withoutHash(url).length)

/** Characters with a meaning in URLs, destinations of Markdown, or attributes of HTML. */
const SPECIAL = /[\s<>()"'`\\%#?&[\]{}|]/g

/** Percent-encode a path for use as a destination in Markdown or HTML: `my file.md` → `my%20file.md`. */
export const encodePath = (path: string): string =>
  path.replace(SPECIAL, (char) => encodeURIComponent(char).replace(/['()]/g, hex))

const hex = (char: string) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`

/**
 * The URL of a file in the form of another URL, relative to the root or to the page, with its query and fragment: for
 * `../old.md#a` → `../new.md#a`.
 *
 * @param url The URL whose form is kept.
 * @param from The page that the link is on.
 * @param to The file that it leads to.
 * @param fragment Replaces the fragment of the URL.
 */
export function spellUrl(url: string, from: string, to: string, fragment?: string): string {
  const kept = queryAndHashOf(url)
  const rest = fragment === undefined ? kept : `${withoutHash(kept)}#${fragment}`
  if (url.startsWith('/')) return `/${encodePath(to)}${rest}`
  const path = relativePath(folderOf(from), to)
  return encodePath(url.startsWith('./') && !path.startsWith('.') ? `./${path}` : path) + rest
}

/** What the URL of a page is called by, without what its form adds: `/guide/` and `guide/index.html` are `guide`. */
const stemOf = (path: string) =>
  withoutMarkdownExtension(path)
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
  if (path === '' || /\{[{%]/.test(url) || isMarkdownFile(path) || !isMarkdownFile(to)) return []
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

/**
 * Whether a URL is written without escapes and character references, so that parts of it can be replaced in the text.
 */
export const isAsRead = ({url, target}: {url: string; target: Span}): boolean =>
  url.length === target.end - target.start

/** Percent-decode a text: `a%20b` → `a b`. As in browsers, an invalid escape stays. */
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

/**
 * The fragment of a URL, percent-decoded and without `#`: `a.md#b%20c` → `b c`. Undefined if it is missing or empty.
 */
export function fragmentOf(url: string): string | undefined {
  const hash = url.indexOf('#')
  return hash < 0 || hash === url.length - 1 ? undefined : decodePercent(url.slice(hash + 1))
}
