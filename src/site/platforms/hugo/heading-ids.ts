import type {Heading} from '../../../page/types.ts'
import {UniqueSlugs} from '../../shared/unique-slugs.ts'
import type {HugoConfig} from './config.ts'
import {withoutAccents} from './urls.ts'

/** An id, a class, or a key with its value in the braces after a heading. */
const ATTRIBUTE =
  /[\s,]*(?:([#.])([^\s!-,/;-@[-^`{-~]+)|([A-Za-z_:][\w:.-]*)=(?:"((?:\\.|[^"\\])*)"|([^\s"{},]+)))/y
const END_OF_ATTRIBUTES = /[\s,]*\}\s*$/y

/**
 * The slug of a heading's source by `autoHeadingIDType`: `Set Up & Run` → `set-up--run`. Verified against Hugo itself.
 */
export function hugoSlug(source: string, type: string): string {
  if (type === 'blackfriday') return blackfridaySlug(source)
  const ascii = type === 'github-ascii'
  const plain = ascii ? withoutAccents(source) : source
  const kept = plain.trim().replace(ascii ? /[^a-z\d_ -]/gi : /[^\p{L}\p{Nd}_ -]/gu, '')
  return lower(kept.replaceAll(' ', '-'))
}

function blackfridaySlug(source: string): string {
  return lower(source.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, ''))
}

/** Lowercase as Go does: letter by letter, each into exactly one. */
const lower = (text: string) => [...text].map((letter) => [...letter.toLowerCase()][0]).join('')

/**
 * Hugo's ids.
 *
 * @param plain Generate them from the plain text of headings, as of Hugo 0.145
 * (https://github.com/gohugoio/hugo/issues/13405), not from their source.
 *
 * @returns an id for each heading; undefined for one written in HTML
 */
export function hugoIds(
  headings: readonly Heading[],
  config: HugoConfig,
  plain = false,
): (string | undefined)[] {
  const slugs = new UniqueSlugs()
  return headings.map((heading) => {
    if (heading.html) return undefined
    const {text, own} = takeAttributes(heading.source ?? heading.text, config.titleAttributes)
    if (own !== undefined) {
      slugs.reserve(own)
      return own
    }
    if (config.idType === undefined) return undefined
    const shown = plain ? takeAttributes(heading.text, config.titleAttributes).text : text
    return slugs.give(hugoSlug(shown, config.idType) || 'heading')
  })
}

/** Remove attributes and hashes from the end of a heading's source, and extract the id. */
function takeAttributes(raw: string, attributes: boolean): {text: string; own?: string} {
  const unclosed = raw.replace(/(^|[ \t])#+[ \t]*$/, '').trimEnd()
  if (!attributes) return {text: unclosed}
  for (const text of [raw, unclosed])
    for (let start = text.indexOf('{'); start >= 0; start = text.indexOf('{', start + 1)) {
      const list = text[start - 1] === '\\' ? undefined : readAttributes(text, start + 1)
      if (list) return {text: text.slice(0, start).replace(/(^|[ \t])#+[ \t]*$/, ''), ...list}
    }
  return {text: unclosed}
}

/**
 * Find the last id in an attribute list at the end of a text.
 *
 * @param start The offset after its opening brace.
 * @returns undefined if it is not such a list
 */
function readAttributes(text: string, start: number): {own?: string} | undefined {
  let own: string | undefined
  ATTRIBUTE.lastIndex = start
  END_OF_ATTRIBUTES.lastIndex = start
  for (let found = ATTRIBUTE.exec(text); found; found = ATTRIBUTE.exec(text)) {
    const [, mark, name, key, quoted, plain] = found
    if (mark === '#') own = name!
    else if (key === 'id') own = quoted ?? plain!
    END_OF_ATTRIBUTES.lastIndex = ATTRIBUTE.lastIndex
  }
  if (!END_OF_ATTRIBUTES.test(text)) return
  return own === undefined ? {} : {own}
}
