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
