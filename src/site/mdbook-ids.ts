import type {Heading} from '../page/facts.ts'

/** What depends on the version and the configuration of mdBook. */
export interface MdbookIdOptions {
  /** Two hyphens and more become dashes, which ids do not hold. */
  smart: boolean
  /** Only ASCII letters are made small, and a heading may have no id, as before mdBook 0.5. */
  ascii?: boolean
}

/** Attributes at the end of a heading, as pulldown-cmark reads them. */
const ATTRIBUTES = /\s*\{([^{}<>\\]*)\}\s*$/
const NOT_KEPT = /[^\p{Alphabetic}\p{N}_\-\p{White_Space}]/gu

/**
 * mdBook's ids (`id_from_content` and `unique_id` of mdbook-html): the author's own, else slugs, doubles with the next
 * number that is free; none for headings in HTML.
 */
export function mdbookIds(
  headings: readonly Heading[],
  {smart, ascii}: MdbookIdOptions,
): (string | undefined)[] {
  const used = new Set<string>()
  return headings.map((heading) => {
    if (heading.html) return undefined
    const {text, code} = heading
    const list = code?.some(({end}) => end === text.length) ? null : ATTRIBUTES.exec(text)
    const own = list && /(?:^|\s)#(\S+)/.exec(list[1]!)
    if (own) return own[1]!
    const whole = smart ? withDashes(heading) : text
    const plain = list ? whole.replace(ATTRIBUTES, '') : whole
    const kept = plain.replace(/^\p{White_Space}+|\p{White_Space}+$/gu, '')
    const small = ascii ? kept.replace(/[A-Z]+/g, (each) => each.toLowerCase()) : kept.toLowerCase()
    const slug = small.replace(NOT_KEPT, '').replace(/\p{White_Space}/gu, '-')
    if (slug === '' && ascii) return undefined
    let found = slug || 'section'
    for (let times = 1; used.has(found); times++) found = `${slug || 'section'}-${times}`
    used.add(found)
    return found
  })
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
