import type {Heading} from '../../../page/types.ts'
import {trimBoth, WHITE_SPACE} from '../../../text/trim.ts'
import {UniqueSlugs} from '../../shared/unique-slugs.ts'

/** What depends on the version and the configuration of mdBook. */
export interface MdbookIdOptions {
  /** Two hyphens and more become dashes, which ids do not hold. */
  smart: boolean
  /** Only ASCII letters are made small, and a heading may have no id, as before mdBook 0.5. */
  ascii?: boolean
}

const NOT_KEPT = /[^\p{Alphabetic}\p{N}_\-\p{White_Space}]/gu

/**
 * mdBook's ids (`id_from_content` and `unique_id` of mdbook-html): the author's own, else slugs, doubles with the next
 * number that is free; none for headings in HTML.
 */
export function mdbookIds(
  headings: readonly Heading[],
  {smart, ascii}: MdbookIdOptions,
): (string | undefined)[] {
  const slugs = new UniqueSlugs()
  return headings.map((heading) => {
    if (heading.html) return undefined
    const {text, code} = heading
    const hasList = !code?.some(({end}) => end === text.length)
    const own = hasList && /(?:^|\s)#(\S+)/.exec(takeAttributes(text).inside)
    if (own) return own[1]!
    const whole = smart ? withDashes(heading) : text
    const kept = trimBoth(hasList ? takeAttributes(whole).rest : whole, WHITE_SPACE)
    const small = ascii ? kept.replace(/[A-Z]+/g, (each) => each.toLowerCase()) : kept.toLowerCase()
    const slug = small.replace(NOT_KEPT, '').replace(/\p{White_Space}/gu, '-')
    if (slug === '' && ascii) return undefined
    return slugs.give(slug || 'section')
  })
}

/** Takes the attributes off the end of a heading, as pulldown-cmark reads them. */
function takeAttributes(text: string): {inside: string; rest: string} {
  const trimmed = text.trimEnd()
  const open = text.lastIndexOf('{')
  const inside = trimmed.slice(open + 1, -1)
  return open < 0 || !trimmed.endsWith('}') || /[}<>\\]/.test(inside)
    ? {inside: '', rest: text}
    : {inside, rest: text.slice(0, open).trimEnd()}
}

/** The text with runs of hyphens as dashes, except in code. */
function withDashes({text, code}: Heading): string {
  let out = ''
  let at = 0
  for (const {start, end} of [...(code ?? []), {start: text.length, end: text.length}]) {
    out += text.slice(at, start).replace(/-{2,}/g, '–') + text.slice(start, end)
    at = end
  }
  return out
}
