import GithubSlugger from 'github-slugger'
import type {Heading} from '../page/facts.ts'

/** Gives each heading of one page its id, in order. */
export type Slugger = (heading: Heading) => string | undefined

/** GitHub's rule and its numbering of doubles; checked against GitHub's own output in github-slugger's fixtures. */
export function githubSlugger(): Slugger {
  const slugger = new GithubSlugger()
  return (heading) => slugger.slug(heading.text)
}

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
const PYTHON_SPACE = ' \\t-\\r\\x1c-\\x1f'
const NOT_IN_PYTHON_SLUG = new RegExp(`[^A-Za-z0-9_${PYTHON_SPACE}-]`, 'g')
const PYTHON_EDGES = new RegExp(`^[${PYTHON_SPACE}]+|[${PYTHON_SPACE}]+$`, 'g')
/** Attributes at the end of a heading, as `attr_list` reads them. */
const ATTRIBUTES = / *\{:? *([^}\n ][^}\n]*)\} *$/
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
  const idOf = ({text}: Heading): string => {
    const list = attributes ? ATTRIBUTES.exec(text) : null
    const own = list && /(?:^| )(?:#|id=["']?)([^\s"'}]+)/.exec(list[1]!)
    if (own) return own[1]!
    let found = slug(text.slice(0, list?.index))
    while (found === '' || used.has(found)) {
      const numbered = /^(.*)_(\d+)$/.exec(found)
      found = numbered ? `${numbered[1]}_${Number(numbered[2]) + 1}` : `${found}_1`
    }
    used.add(found)
    return found
  }
  return headings.map((heading) => (heading.html ? undefined : idOf(heading)))
}

const pythonSlug = (text: string) =>
  text
    .normalize('NFKD')
    .replace(NOT_IN_PYTHON_SLUG, '')
    .replace(PYTHON_EDGES, '')
    .toLowerCase()
    .replace(PYTHON_GAPS, '-')

/** The letter case of pymdownx's slugs. */
export type PymdownCase = 'none' | 'lower' | 'lower-ascii'

/** The slug of `pymdownx.slugs`, which keeps letters of all scripts; checked against the real one. */
export function pymdownSlug(text: string, letters: PymdownCase): string {
  const plain = text
    .normalize('NFC')
    .replace(/<\/?[^>]*>/g, '')
    .trim()
  const cased =
    letters === 'lower'
      ? plain.toLowerCase()
      : letters === 'lower-ascii'
        ? plain.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
        : plain
  return cased.replace(/[^\p{L}\p{N}_\- ]/gu, '').replaceAll(' ', '-')
}

/** What VitePress makes a hyphen of: white space and the marks of a keyboard, with typographic quotes. */
const VITEPRESS_MARKS = /[\s~`!@#$%^&*()\-_+=[\]{}|\\;:"'“”‘’<>,.?/]+/g

/** VitePress's default slug (`slugify` of `@mdit-vue/shared`), checked against the real one. */
export const vitepressSlug = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]|[\0-\x1f]/g, '')
    .replace(VITEPRESS_MARKS, '-')
    .replace(/-{2,}/g, '-')
    .replace(/^-+|-+$/g, '')
    .replace(/^(?=\d)/, '_')
    .toLowerCase()

/** VitePress's ids: the author's own, else slugs, doubles with a number behind; none for headings in HTML. */
export function vitepressIds(headings: readonly Heading[]): (string | undefined)[] {
  const used = new Set<string>()
  return headings.map(({html, id, text, textWithoutId}) => {
    if (html) return undefined
    const slug = id ?? vitepressSlug(textWithoutId ?? text)
    let found = slug
    for (let times = 1; used.has(found) && id === undefined; times++) found = `${slug}-${times}`
    used.add(found)
    return found
  })
}
