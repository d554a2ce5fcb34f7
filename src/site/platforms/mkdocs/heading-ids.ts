import type {Heading} from '../../../page/types.ts'
import {trimBoth, trimEnd, WHITE_SPACE, without} from '../../../text/trim.ts'
import {pythonMarkdownSlug} from '../../shared/slugs.ts'
import {NumberedIds} from '../../shared/unique-slugs.ts'

/**
 * The ids of Python-Markdown's `toc` extension (`slugify` and `unique` of `markdown.extensions.toc`). Verified against
 * Python-Markdown itself.
 *
 * @param written The ids that the author set, which are reserved first.
 * @param attributes The `attr_list` extension is enabled: braces at a heading's end contain attributes.
 * @param slug The configured slug function, if it is not the default.
 * @returns an id for each heading; undefined for one written in HTML
 */
export function pythonMarkdownIds(
  headings: readonly Heading[],
  written: readonly string[],
  attributes: boolean,
  slug: (text: string) => string = pythonMarkdownSlug,
): (string | undefined)[] {
  const ids = new NumberedIds(written)
  return headings.map(({html, text}) => {
    if (html) return undefined
    const list = attributes ? attributesOf(text) : undefined
    const own = list && /(?:^| )(?:#|id=["']?)([^\s"'}]+)/.exec(list.inside)
    return own ? own[1]! : ids.give(slug(text.slice(0, list?.start)))
  })
}

/** The attributes at the end of a heading, as `attr_list` reads them, and their start, including preceding spaces. */
function attributesOf(text: string): {inside: string; start: number} | undefined {
  const close = trimEnd(text, ' ').length - 1
  if (text[close] !== '}') return
  const open = text.indexOf(
    '{',
    Math.max(text.lastIndexOf('}', close - 1), text.lastIndexOf('\n', close)) + 1,
  )
  const inside = text.slice(open + 1, close)
  if (open < 0 || open > close || trimEnd(inside, ' ') === '') return
  return {inside: inside.replace(/^:? */, ''), start: trimEnd(text.slice(0, open), ' ').length}
}

/** The letter case of PyMdown's slugs. */
export type PymdownCase = 'none' | 'lower' | 'lower-ascii'

/**
 * The slug of `pymdownx.slugs`, which keeps letters of all scripts: `Größe & Maß` → `größe--maß`. Verified against
 * PyMdown itself.
 *
 * @param separator The option `separator` of `toc`, which replaces spaces.
 */
export function pymdownSlug(text: string, letters: PymdownCase, separator = '-'): string {
  const plain = without(text.normalize('NFC'), /</g, />/g).trim()
  return inCase(plain, letters)
    .replace(/[^\p{L}\p{N}_\- ]/gu, '')
    .replaceAll(' ', separator)
}

/**
 * The slug of `slugify_unicode` of Python-Markdown's `toc` extension: `Größe & Maß` → `größe-maß`. Verified against
 * Python-Markdown itself.
 */
export const unicodeSlug = (text: string, separator = '-'): string =>
  trimBoth(text.replace(/[^\p{L}\p{N}_\s-]/gu, ''), WHITE_SPACE)
    .toLowerCase()
    .replace(separator === '-' ? /[-\s]+/g : separator === '_' ? /[_\s]+/g : /\s+/g, separator)

function inCase(text: string, letters: PymdownCase): string {
  if (letters === 'none') return text
  return letters === 'lower' ? text.toLowerCase() : text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
}
