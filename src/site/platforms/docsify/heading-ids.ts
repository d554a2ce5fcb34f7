import type {Heading} from '../../../page/types.ts'
import {escapedHtml, escapedProse} from '../../shared/escaped-html.ts'
import {CountedSlugs} from '../../shared/unique-slugs.ts'

const REMOVED = /[\u2000-\u206F\u2E00-\u2E7F\\'!"#$%&()*+,./:;<=>?@[\]^`{|}~]/g
const EMOJI = /[\p{Emoji_Presentation}\p{Extended_Pictographic}]/gu
/** A link, of which version 5 keeps the text. */
const LINK = /\[([^[\]]+)\]\([^)]+\)/g
/** The marks that close a heading. */
const CLOSING = /(?:^|[ \t])#+[ \t]*$/
/** Attributes in a heading: `Set up :id=start`. */
const ATTRIBUTE = /(?:^|\s):([\w-]+:?)=?([\w-%]+)?/g
/** Notes that leave a heading out of the sidebar, as a comment or in braces. */
const IGNORES = /<!-- \{docsify-ignore(?:-all)?\} -->|\{docsify-ignore(?:-all)?\}/g

/** A text with only its Latin letters in lower case: `ÄB` → `Äb` */
export const lower = (text: string): string => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
const withoutTags = (text: string) => text.replace(/<[^<>]+>/g, '')

/** `slugify` of Docsify 4, of HTML: `1. Foo & <b>bar</b>` → `_1-foo-amp-bar`. */
const slug4 = (html: string): string =>
  withoutTags(lower(html.trim()))
    .replace(REMOVED, '')
    .replace(/\s/g, '-')
    .replace(/-+/g, '-')
    .replace(/^(?=\d)/, '_')

/** `slugify` of Docsify 5, of the source of a heading: `1. Foo & **bar** 🚀` → `_1-foo--bar-`. */
const slug5 = (source: string): string => {
  const text = withoutUrls(source.replace(CLOSING, '').trim().normalize('NFC'))
  return withoutTags(lower(text.replace(/\uFE0F/g, '').replace(EMOJI, '')))
    .replace(REMOVED, '')
    .replace(/\s/g, '-')
    .replace(/^(?=\d)/, '_')
}

/** The text of links in place of these. What follows the last parenthesis, where none ends, would be searched for each. */
function withoutUrls(source: string): string {
  const end = source.lastIndexOf(')') + 1
  return source.slice(0, end).replace(LINK, '$1') + source.slice(end)
}

/**
 * The ids of Docsify (`src/core/render/slugify.js`), verified against it.
 *
 * @param version 4 or 5.
 * @returns an id for each heading; undefined for one written in HTML
 */
export function docsifyIds(headings: readonly Heading[], version: number): (string | undefined)[] {
  const slugs = new CountedSlugs()
  return headings.map((heading) => {
    if (heading.html) return undefined
    const own = ownId(heading)
    if (version >= 5) return slugs.give(slug5(own ?? heading.source ?? heading.text))
    return slugs.give(slug4(own ?? htmlOf(heading)))
  })
}

/** The id that the author wrote: `:id=start`; a value of several, the last one. */
export function ownId({text}: Heading): string | undefined {
  const found = [...text.matchAll(ATTRIBUTE)].filter(([, key, value]) => key === 'id' && value !== undefined)
  return found[0]?.[2]
}

/** The text of a heading as HTML, without tags, attributes and notes. */
function htmlOf({text, code = []}: Heading): string {
  let html = ''
  let at = 0
  for (const {start, end} of [...code, {start: text.length, end: text.length}]) {
    html += escapedProse(text.slice(at, start))
    html += escapedHtml(text.slice(start, end))
    at = end
  }
  return html.replace(ATTRIBUTE, (all, key: string) => (key.includes(':') ? all : '')).replace(IGNORES, '')
}
