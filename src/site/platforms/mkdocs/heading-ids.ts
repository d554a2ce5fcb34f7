import type {Heading} from '../../../page/types.ts'
import {trimBoth, trimEnd, without} from '../../../text/trim.ts'

/** Python's ASCII whitespace. */
const PYTHON_SPACE = ' \t\n\v\f\r\x1c\x1d\x1e\x1f'
const NOT_IN_SLUG = new RegExp(`[^A-Za-z0-9_${PYTHON_SPACE}-]`, 'g')
const GAPS = new RegExp(`[${PYTHON_SPACE}-]+`, 'g')

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
  slug: (text: string) => string = pythonSlug,
): (string | undefined)[] {
  const ids = new CountedOnIds(written)
  return headings.map(({html, text}) => {
    if (html) return undefined
    const list = attributes ? attributesOf(text) : undefined
    const own = list && /(?:^| )(?:#|id=["']?)([^\s"'}]+)/.exec(list.inside)
    return own ? own[1]! : ids.give(slug(text.slice(0, list?.start)))
  })
}

/** Makes ids unique by incrementing the number at their end: `a`, `a`, `a_1` become `a`, `a_1`, `a_2`. */
class CountedOnIds {
  readonly #used: Set<string>
  /** The id that was given instead of one that was taken. */
  readonly #later = new Map<string, string>()

  constructor(used: Iterable<string>) {
    this.#used = new Set(used)
  }

  give(slug: string): string {
    let id = slug
    const passed: string[] = []
    while (id === '' || this.#used.has(id)) {
      passed.push(id)
      id = this.#later.get(id) ?? countedOn(id)
    }
    for (const each of passed) this.#later.set(each, id)
    this.#used.add(id)
    return id
  }
}

/** `a_1` → `a_2`, `a` → `a_1`. */
function countedOn(id: string): string {
  const numbered = /^(.*)_(\d+)$/.exec(id)
  return numbered ? `${numbered[1]}_${BigInt(numbered[2]!) + 1n}` : `${id}_1`
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

/** `Café & Bar` → `cafe-bar`. */
const pythonSlug = (text: string) =>
  trimBoth(text.normalize('NFKD').replace(NOT_IN_SLUG, ''), PYTHON_SPACE).toLowerCase().replace(GAPS, '-')

/** The letter case of PyMdown's slugs. */
export type PymdownCase = 'none' | 'lower' | 'lower-ascii'

/**
 * The slug of `pymdownx.slugs`, which keeps letters of all scripts: `Größe & Maß` → `größe--maß`. Verified against
 * PyMdown itself.
 */
export function pymdownSlug(text: string, letters: PymdownCase): string {
  const plain = without(text.normalize('NFC'), /</g, />/g).trim()
  return inCase(plain, letters)
    .replace(/[^\p{L}\p{N}_\- ]/gu, '')
    .replaceAll(' ', '-')
}

function inCase(text: string, letters: PymdownCase): string {
  if (letters === 'none') return text
  return letters === 'lower' ? text.toLowerCase() : text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
}
