import {decodePercent, withoutHash, withoutQuery} from '../../text/urls.ts'
import {doubt} from '../doubts.ts'
import type {Resolution} from '../types.ts'

/** The parts of a URL without a host. */
export interface UrlParts {
  /** The path as written. */
  raw: string
  /** The path, percent-decoded. */
  path: string
  /** The percent-decoded fragment, without `#`; absent if there is no `#`. */
  fragment?: string
}

/** Placeholders of scripts and generators: `$NAME`, `${name}`, `{name}`, `{{ name }}`, `<name>`, `%s`, `%name%`, `|name|`, `$a.b$`. */
const PLACEHOLDER =
  /\{\{|\{%|\$\{|\$[A-Z_]{2,}|^\$[a-z][\w.]*\$|\{[\w. -]+\}|<[\w -]+>|^%s|^%(?![\da-fA-F]{2}%)[a-zA-Z][\w.-]*%|^\|\w+\|/
/** A constant that scripts replace, such as `ENGLISH_VERSION_URL`, or what stands for any address: `[text](URL)`, `path/to/a.md`. */
const CONSTANT = /^(?:[A-Z][A-Z\d_]*_)?(?:URL|LINK)$|^(?:\.{3}|…)$|(?:^|\/)(?:path|link)\/to\//
/**
 * A reference that a generator resolves: `@ref` of Documenter.jl, `!tooltip`, `~series-line.data`, and the code in backticks
 * by which Elixir's ExDoc names functions and modules.
 */
const REFERENCE = /^(?:`.*`|[@!~$^][\w-]+)$|^~[\w-]+(?:\.[\w-]+)+(?:#|$)/

/**
 * Split a URL that may lead into the tree: `../a%20b.md?x#c` has the path `../a b.md` and the fragment `c`.
 *
 * @returns its parts, or its resolution if it leads to another host or scheme, or is unknown
 */
export function splitUrl(url: string): UrlParts | Resolution {
  const text = url.trim()
  const scheme = text.includes(':') && /^([a-z][a-z0-9+.-]*):/i.exec(text)
  if (scheme) {
    const name = scheme[1]!.toLowerCase()
    if (name === 'http' || name === 'https') return {to: 'remote', url: text}
    return {to: 'outside', why: `${name}: is not an address on this site`}
  }
  if ((/[${<%|]/.test(text) && PLACEHOLDER.test(text)) || CONSTANT.test(text))
    return {to: 'unknown', doubt: doubt('placeholder')}
  if (/^[`@!~$^]/.test(text) && REFERENCE.test(text)) return {to: 'unknown', doubt: doubt('bundler-path')}
  if (text.startsWith('//')) return {to: 'remote', url: `https:${text}`}
  const beforeHash = withoutHash(text)
  const raw = withoutQuery(beforeHash)
  const parts: UrlParts = {raw, path: decodePercent(raw)}
  // Browsers search for text fragments themselves: https://wicg.github.io/scroll-to-text-fragment/
  if (beforeHash.length < text.length)
    parts.fragment = decodePercent(text.slice(beforeHash.length + 1).replace(/:~:.*$/s, ''))
  return parts
}

/**
 * The path of a URL below a site's base: `/docs/a/b` below `/docs/` → `a/b`.
 *
 * @param base The path of the site on its host, with a leading and a trailing slash.
 * @returns undefined for a path that is not below the base
 */
export const pathBelowBase = (path: string, base: string): string | undefined =>
  `${path}/`.startsWith(base) ? path.slice(base.length) : undefined
