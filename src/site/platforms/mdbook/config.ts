import {joinPath} from '../../../text/paths.ts'
import {before, trimEnd, without} from '../../../text/trim.ts'
import {decodePercent, withoutQuery} from '../../../text/urls.ts'
import {record} from '../../shared/data.ts'

/** The part of a `book.toml` that determines URLs and ids. */
export interface MdbookConfig {
  /** The folder of the chapters, from the tree's root. */
  source: string
  /** An unknown preprocessor, which may add chapters and ids, and rewrite links. */
  program: string | undefined
  /** Two hyphens become a dash; undefined if that depends on the version. */
  smart: boolean | undefined
  /** Missing chapters are created with a title, and the build goes on. */
  createsMissing: boolean
  /** `README.md` becomes the index of its folder. */
  indexes: boolean
  /** `{{#include …}}` shows files. */
  includes: boolean
  /** URLs that redirect, without a leading slash and a fragment. */
  redirects: ReadonlySet<string>
  /** URLs with a fragment that redirect. */
  fragments: ReadonlySet<string>
  /** The base path of the book, with a trailing slash, if it is configured. */
  base: string | undefined
  /** The URL of the published book. */
  home: string | undefined
}

/** Preprocessors that add no chapters and no ids to link to, and leave links unchanged. */
const KNOWN_PREPROCESSORS =
  /^(?:links|index|mermaid|katex|toc|pagetoc|emojicodes|alerts|callouts|kroki|kroki-preprocessor|d2|plantuml|svgbob2?|graphviz|pikchr|linkcheck2?|last-changed|open-on-gh|variables|tabs|trpl-(?:note|listing|figure|heading)|i18n|gettext)$/

/** A preprocessor in words: `the preprocessor course`. */
export const preprocessor = (name: string): string => `the preprocessor ${name}`

/**
 * Read a parsed `book.toml`.
 *
 * @param root Its folder, from the tree's root.
 */
export function readMdbook(data: Record<string, unknown>, root: string): MdbookConfig {
  const {src} = record(data.book)
  const html = record(record(data.output).html)
  const smart = html['smart-punctuation'] ?? html['curly-quotes']
  const names = Object.keys(record(data.preprocessor))
  const hasDefaults = record(data.build)['use-default-preprocessors'] !== false
  const site = typeof html['site-url'] === 'string' ? html['site-url'] : undefined
  const redirects = Object.keys(record(html.redirect)).map((url) => url.replace(/^\/+/, ''))
  return {
    source: trimEnd(joinPath(root, typeof src === 'string' ? joinPath('', src) : 'src'), '/'),
    program: names.find((name) => !KNOWN_PREPROCESSORS.test(name)),
    smart: typeof smart === 'boolean' ? smart : undefined,
    createsMissing: record(data.build)['create-missing'] !== false,
    indexes: hasDefaults,
    includes: hasDefaults || names.includes('links'),
    redirects: new Set(redirects.map((url) => before(url, '#'))),
    fragments: new Set(redirects.filter((url) => url.includes('#'))),
    base: site !== undefined && /^(?:https?:|\/)/.test(site) ? `${trimEnd(pathOf(site), '/')}/` : undefined,
    home: site !== undefined && /^https?:/.test(site) ? trimEnd(site, '/') : undefined,
  }
}

/** The path of a URL: `https://example.org/book/` → `/book/` */
const pathOf = (url: string): string => url.replace(/^https?:\/\/[^/]*/, '')

/** The destinations of links in a `SUMMARY.md`, in angle brackets or with balanced parentheses. */
const DESTINATION = /\]\(\s*(?:<([^<>\n]*)>|([^\s()]*(?:\([^\s()]*\)[^\s()]*)*))/g

/** The chapters that a `SUMMARY.md` lists, as paths from its folder. */
export function chaptersOf(summary: string): string[] {
  const text = without(summary, /<!--/g, /-->/g)
  return [...text.matchAll(DESTINATION)]
    .map(([, angled, plain]) => decodePercent(withoutQuery((angled ?? plain)!)))
    .filter((path) => path !== '' && !/^[a-z][a-z0-9+.-]*:/i.test(path))
    .map((path) => joinPath('', path))
}
