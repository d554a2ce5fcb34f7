import type {Span} from './span.ts'

/** A URL without query and fragment: `/guide?a=b#top` → `/guide`. */
export function withoutQuery(url: string): string {
  const end = url.search(/[?#]/)
  return end < 0 ? url : url.slice(0, end)
}

/** The query and fragment of a URL, including their delimiters: `/guide?a=b#top` → `?a=b#top`; '' if it has neither. */
export const queryAndHashOf = (url: string): string => url.slice(withoutQuery(url).length)

/** A URL without its fragment: `/guide?a=b#top` → `/guide?a=b`. */
export function withoutHash(url: string): string {
  const end = url.indexOf('#')
  return end < 0 ? url : url.slice(0, end)
}

/** The fragment of a URL as written, with `#`: `/guide?a=b#top` → `#top`; '' if it has none. */
export const hashOf = (url: string): string => url.slice(withoutHash(url).length)

/** Is a text an absolute URL with the scheme `http` or `https`? */
export const isHttpUrl = (text: string): boolean => /^https?:/i.test(text) && URL.canParse(text)

/** Characters with a special meaning in URLs, Markdown destinations, or HTML attributes. */
const SPECIAL = /[\s<>()"'`\\%#?&[\]{}|]/g

/** Percent-encode a path for use as a destination in Markdown or HTML: `my file.md` → `my%20file.md`. */
export const encodePath = (path: string): string =>
  path.replace(SPECIAL, (char) => encodeURIComponent(char).replace(/['()]/g, hex))

const hex = (char: string) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`

/** Is a URL written without escapes and character references, so that its parts can be replaced in the source? */
export const isAsRead = ({url, target}: {url: string; target: Span}): boolean =>
  url.length === target.end - target.start

/** Percent-decode a text: `a%20b` → `a b`. As in browsers, an invalid escape is kept. */
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

/** Is the `#` of a URL within template code, which goes on after the fragment: `{{ "/a#b" | relative_url }}`? */
export function isHashInCode(url: string): boolean {
  const hash = url.indexOf('#')
  return hash >= 0 && url.lastIndexOf('{', hash) > url.lastIndexOf('}', hash)
}

/** Does a path name an image, by its extension? */
export const isImage = (path: string): boolean => /\.(?:png|jpe?g|gif|svg|webp|avif)$/i.test(path)
