import type {Heading} from '../../../page/types.ts'
import {mapProse} from '../../shared/headings.ts'

/** The part of `slugify` of `@sindresorhus/slugify` 2 that ASCII needs. */
function asciiSlug(text: string, others: RegExp): string {
  return text
    .replace(others, '-')
    .replace(/(?<=[a-zA-Z\d])-([ts])(-|$)/g, '$1$2')
    .replace(/-{2,}/g, '-')
    .replace(/^-|-$/g, '')
}

/** `getUnicodeId` of `@mintlify/common`: `2. What's new?` → `2.-what's-new%3F`. */
export const encodedTitle = (text: string): string =>
  encodeURIComponent(wellFormed(text.toLowerCase().trim().replace(/\s+/g, '-')))

/** `slugify` of `@mintlify/common`: `2. What's new?` → `2-whats-new`, `A/B` → `a%2Fb`. */
export function mintlifySlug(text: string): string {
  const encoded = encodedTitle(text)
  return /%[0-9A-F]{2}/.test(encoded)
    ? asciiSlug(encoded, /[^a-zA-Z\d%_]+/g)
    : asciiSlug(encoded.toLowerCase(), /[^a-z\d_]+/g)
}

/** Text without halves of characters, which cannot be encoded. */
const wellFormed = (text: string) => text.replace(/\p{Surrogate}/gu, '\uFFFD')

/** Numbers equal slugs as `slugifyWithCounter` does: `a`, `a` become `a`, `a-2`. */
export class SlugCounter {
  readonly #times = new Map<string, number>()

  give(slug: string): string {
    if (slug === '') return ''
    const key = slug.toLowerCase()
    const withoutNumber = this.#times.get(withoutNumbers(key)) ?? 0
    const number = (this.#times.get(key) ?? 0) + 1
    this.#times.set(key, number)
    return number >= 2 || withoutNumber > 2 ? `${slug}-${number}` : slug
  }
}

const withoutNumbers = (slug: string) => slug.replace(/(?:-\d+)+$/, '')

const EMOJI =
  /\p{Emoji_Modifier}|\p{Emoji_Modifier_Base}|\p{Emoji_Presentation}|\p{Extended_Pictographic}|[\u200D\uFE0E\uFE0F]/gu

/** `cleanHeadingId` of `@mintlify/common`: the id that a heading gets from a slug. */
export function cleanId(id: string): string {
  try {
    return decodeURIComponent(id.replace(/%(?![0-9A-Fa-f]{2})/g, '%25'))
      .replace(/[?,;:!'"()[\]{}]/g, '')
      .replace(EMOJI, '')
  } catch {
    return id
  }
}

/** An id at the end of a heading: `Set up {#start}`. */
const CUSTOM_ID = /\{\s*#([^{}]+)\}\s*$/

/** The id that the author wrote at the end of a heading, as it is rendered. */
export function customIdOf({text}: Heading): string | undefined {
  const raw = CUSTOM_ID.exec(text)?.[1]
  return raw
    ?.trim()
    .replace(/[<>"&?,;:!'()[\]{}]/g, '')
    .replace(EMOJI, '')
    .replace(/\s+/g, '-')
}

/** Mathematics as `remark-math` reads it: between equal numbers of dollars. */
const MATH = /(?<!\$)(\$+)(?!\$).*?[^$]\1(?!\$)/g
const EXPRESSION = /\{[^{}]*\}/g

/**
 * The text of a heading that its id is made of: without expressions and mathematics, unless they are code, and without the marks
 * at its end.
 *
 * @param change Transforms the text outside of code.
 */
export const titleOf = (
  {text, textWithoutId, code}: Heading,
  change = (prose: string): string => prose,
): string =>
  mapProse(textWithoutId ?? text, code, (prose) => change(prose.replace(MATH, '').replace(EXPRESSION, '')))

/**
 * Text as `remark-smartypants` sets it, which Mintlify uses before it gives ids: `Don't -- wait...` → `Don’t — wait…`. All
 * quotes are closing ones, since which of them open depends on the text around them, that of other blocks included.
 */
export const typeset = (text: string): string =>
  text
    .replaceAll("'", '’')
    .replaceAll('"', '”')
    .replace(/(?<!-)--(?!-)/g, '—')
    .replace(/\.{3,}/g, '…')

/** A typeset id with closing quotes only. */
export const withClosingQuotes = (id: string): string => id.replaceAll('‘', '’').replaceAll('“', '”')

/** A quote that may be an opening one. */
const OPENING = /(?<![\p{L}\p{N}])['"]|['"](?=['"])/u

/** May quotes in the text of a heading be opening ones? */
export const hasOpeningQuotes = (text: string): boolean => OPENING.test(text)
