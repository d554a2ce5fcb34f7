import type {Heading} from '../../page/types.ts'
import {trimBoth, trimEnd, without} from '../../text/trim.ts'

/** Gives each heading of one page its id, in order. */
export type Slugger = (heading: Heading) => string | undefined

const NOT_KEPT = /[^\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\- \t]/gu

/**
 * Jekyll's default: kramdown-parser-gfm's rule over the rendered text, after kramdown's typography.
 * Doubles are numbered by a plain counter that does not look for collisions.
 */
export function kramdownGfmSlugger(): Slugger {
  const seen = new Map<string, number>()
  return (heading) => {
    if (heading.id !== undefined) return heading.id
    // Ruby knows no final form of sigma.
    const text = typographic(heading).replaceAll('Σ', 'σ').toLowerCase()
    const slug = text.replace(NOT_KEPT, '').replace(/[ \t]/g, '-')
    const times = seen.get(slug) ?? 0
    seen.set(slug, times + 1)
    return times === 0 ? slug || undefined : `${slug}-${times}`
  }
}

/** The heading's text as kramdown sets it: two or three hyphens become a dash, except in code. */
function typographic({text, textWithoutId, code}: Heading): string {
  const whole = textWithoutId ?? text
  let out = ''
  let at = 0
  for (const {start, end} of [...(code ?? []), {start: whole.length, end: whole.length}]) {
    out += whole.slice(at, start).replace(/---?/g, '–') + whole.slice(start, end)
    at = end
  }
  return out
}

/** White space as Python counts it in ASCII. */
const PYTHON_SPACE = ' \t\n\v\f\r\x1c\x1d\x1e\x1f'
const NOT_IN_PYTHON_SLUG = new RegExp(`[^A-Za-z0-9_${PYTHON_SPACE}-]`, 'g')
const PYTHON_GAPS = new RegExp(`[${PYTHON_SPACE}-]+`, 'g')

/**
 * Python-Markdown's `toc` extension: ASCII after decomposition, and doubles that count on from their own number.
 * Checked against the real one. Ids that the author wrote are taken first.
 *
 * @param attributes The `attr_list` extension is on: braces at a heading's end are its attributes.
 * @param slug Another slug than the default one, if one is configured.
 * @returns an id for each heading; none for one written in HTML.
 */
export function pythonMarkdownIds(
  headings: readonly Heading[],
  written: readonly string[],
  attributes: boolean,
  slug: (text: string) => string = pythonSlug,
): (string | undefined)[] {
  const used = new Set(written)
  /** What an id that is used was given up for. */
  const later = new Map<string, string>()
  const idOf = ({text}: Heading): string => {
    const list = attributes ? attributesOf(text) : undefined
    const own = list && /(?:^| )(?:#|id=["']?)([^\s"'}]+)/.exec(list.inside)
    if (own) return own[1]!
    let found = slug(text.slice(0, list?.start))
    const passed: string[] = []
    while (found === '' || used.has(found)) {
      passed.push(found)
      found = later.get(found) ?? countedOn(found)
    }
    for (const each of passed) later.set(each, found)
    used.add(found)
    return found
  }
  return headings.map((heading) => (heading.html ? undefined : idOf(heading)))
}

/** The attributes at the end of a heading, as `attr_list` reads them, and where they start with the spaces before. */
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

/** `a_2` of `a_1`, `a_1` of `a`. */
function countedOn(id: string): string {
  const numbered = /^(.*)_(\d+)$/.exec(id)
  return numbered ? `${numbered[1]}_${BigInt(numbered[2]!) + 1n}` : `${id}_1`
}

const pythonSlug = (text: string) =>
  trimBoth(text.normalize('NFKD').replace(NOT_IN_PYTHON_SLUG, ''), PYTHON_SPACE)
    .toLowerCase()
    .replace(PYTHON_GAPS, '-')

/** The letter case of pymdownx's slugs. */
export type PymdownCase = 'none' | 'lower' | 'lower-ascii'

/** The slug of `pymdownx.slugs`, which keeps letters of all scripts; checked against the real one. */
export function pymdownSlug(text: string, letters: PymdownCase): string {
  const plain = without(text.normalize('NFC'), /</g, />/g).trim()
  const cased =
    letters === 'lower'
      ? plain.toLowerCase()
      : letters === 'lower-ascii'
        ? plain.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
        : plain
  return cased.replace(/[^\p{L}\p{N}_\- ]/gu, '').replaceAll(' ', '-')
}
