import type {Heading, Page} from '../../../page/types.ts'
import {UniqueSlugs} from '../../shared/unique-slugs.ts'
import type {Anchors} from '../../types.ts'
import type {HugoConfig} from './config.ts'
import {withoutAccents} from './urls.ts'

/** One of the ids, classes, and keys with values that may stand in the braces behind a heading. */
const ATTRIBUTE =
  /[\s,]*(?:([#.])([^\s!-,/;-@[-^`{-~]+)|([A-Za-z_:][\w:.-]*)=(?:"((?:\\.|[^"\\])*)"|([^\s"{},]+)))/y
const END_OF_ATTRIBUTES = /[\s,]*\}\s*$/y

/** Footnotes, and the page itself. */
const BUILT_IN = /^(?:|top)$|fn(?:ref)?\d*:./

/** Shortcodes of Hugo's own, which bring no ids, and those that are only shown. */
const OWN_SHORTCODES =
  /^\{\{[<%]\s*(?:\/\*|(?:\/\s*)?(?:comment|details|figure|gist|highlight|instagram|param|qr|ref|relref|tweet|vimeo|vimeo_simple|x|youtube)\b)/
const NAME = /^\{\{[<%]\s*(?:\/\s*)?([^\s>%/]+)/
/** The beginning of a definition. */
const DEFINITION = /^:\s/

/** Hugo's rule for the id of a heading (`autoHeadingIDType`), over its source; checked against the real one. */
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

/** Go changes letters one by one, and each into one. */
const lower = (text: string) => [...text].map((letter) => [...letter.toLowerCase()][0]).join('')

/**
 * Hugo's ids: the author's own, else slugs, doubles with the first number that is free; none for headings in HTML.
 *
 * @param plain Of the headings' plain text, as since Hugo 0.145
 * (https://github.com/gohugoio/hugo/issues/13405), not of their source.
 */
export function hugoIds(
  headings: readonly Heading[],
  config: HugoConfig,
  plain = false,
): (string | undefined)[] {
  const slugs = new UniqueSlugs()
  return headings.map((heading) => {
    if (heading.html) return undefined
    const {text, own} = takeAttributes(heading.raw ?? heading.text, config.titleAttributes)
    if (own !== undefined) {
      slugs.reserve(own)
      return own
    }
    if (config.idType === undefined) return undefined
    const shown = plain ? takeAttributes(heading.text, config.titleAttributes).text : text
    return slugs.give(hugoSlug(shown, config.idType) || 'heading')
  })
}

/** A heading's source without the attributes and hashes at its end, and the id among them. */
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

/** The last id in an attribute list that ends the text; nothing for what is none. @param start Behind its brace. */
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

/**
 * The fragments of a page.
 *
 * @param plain Shortcodes of the site that bring no ids.
 * @param otherIds Why headings may have other ids than Hugo's.
 */
export function hugoAnchors(
  page: Page,
  config: HugoConfig,
  plain: ReadonlySet<string>,
  otherIds: string | undefined,
): Anchors {
  const ofHeadings = hugoIds(page.headings, config, config.plainIds)
  const ids = new Set(ofHeadings.filter((id) => id !== undefined))
  for (const {id, from} of page.ids) if (from === 'html' ? config.unsafe : config.blockAttributes) ids.add(id)
  let plainIds: ReadonlySet<string | undefined> | undefined
  const isPlain = (id: string) => {
    if (config.plainIds !== undefined) return false
    plainIds ??= new Set(hugoIds(page.headings, config, true))
    return plainIds.has(id)
  }
  const found: Anchors = {
    ids,
    ofHeadings,
    idOf: (text) => (config.idType === undefined ? undefined : hugoSlug(text, config.idType)),
    has: (id) => ids.has(id) || BUILT_IN.test(id) || isPlain(id),
  }
  const template = page.opaqueContent.find((text) =>
    DEFINITION.test(text)
      ? config.termIds
      : !OWN_SHORTCODES.test(text) && !plain.has(NAME.exec(text)?.[1] ?? ''),
  )
  if (otherIds !== undefined) found.incompleteBecause = otherIds
  else if (template !== undefined) found.incompleteBecause = `${template.split('\n')[0]} may bring ids`
  else if (page.headings.some((heading) => heading.template))
    found.incompleteBecause = 'a heading holds a shortcode'
  return found
}
