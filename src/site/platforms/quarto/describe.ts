import type {Heading, Page} from '../../../page/types.ts'
import type {SiteContext, SiteDescription} from '../../platform.ts'
import {bracketsInHtml, isHtmlWithoutIds} from '../../shared/html-blocks.ts'
import {resolvedInPartial} from '../../shared/partials.ts'
import {UniqueSlugs} from '../../shared/unique-slugs.ts'
import {unknownRouting} from '../../shared/unknown-routing.ts'
import type {Anchors} from '../../types.ts'

/** A Quarto site: ids are Pandoc's; of its routing only what every platform has in common is known. */
export async function describeQuarto(ctx: SiteContext): Promise<SiteDescription> {
  const other = unknownRouting(ctx)
  const {root} = other
  return {
    ...other,
    syntax: {markdownInHtml: true},
    publish: (pages) => {
      const answers = other.publish(pages)
      return {
        ...answers,
        references: bracketsInHtml,
        // https://quarto.org/docs/authoring/includes.html: names that begin with `_` are included, not rendered.
        resolve: (link, from) => {
          const found = answers.resolve(link, from)
          return /(?:^|\/)_/.test(from.slice(root.length)) ? resolvedInPartial(found, from) : found
        },
        anchorsOf: anchors,
      }
    },
  }
}

/** The page itself, footnotes, what Quarto's theme brings, and its cross-references. */
const BUILT_IN =
  /^(?:|top|refs|fn(?:ref)?\d+|title-block-header|TOC|toc-.+|quarto-.+|(?:sec|fig|tbl|lst|eq|thm|lem|cor|prp|cnj|def|exm|exr|ref)-.+)$/
/** What Pandoc's Markdown reads otherwise than CommonMark: math, citations, superscripts, spans, raw TeX. */
const OTHERWISE = /[$@^~\\[\]{}<|]/

function anchors(page: Page): Anchors {
  const ofHeadings = pandocIds(page.headings)
  const written = page.ids.map(({id}) => id)
  const ids = new Set([...ofHeadings.filter((id) => id !== undefined), ...written])
  const found: Anchors = {
    ids,
    ofHeadings,
    idOf: (text) => pandocIds([{text} as Heading])[0],
    has: (id) => ids.has(id) || BUILT_IN.test(id),
  }
  const odd = page.headings.find((heading) => OTHERWISE.test(heading.textWithoutId ?? heading.text))
  const template = page.opaqueContent.find((text) => !isHtmlWithoutIds(text))
  if (template !== undefined) found.incompleteBecause = `${template.split('\n')[0]} may bring ids`
  else if (odd) found.incompleteBecause = `the id of “${odd.text}” is not certain`
  return found
}

/**
 * Pandoc's `auto_identifiers` with its `smart` typography (`textToIdentifier` of its Text.Pandoc.Shared); checked
 * against the real one.
 *
 * @returns an id for each heading; none for one written in HTML.
 */
export function pandocIds(headings: readonly Heading[]): (string | undefined)[] {
  const slugs = new UniqueSlugs()
  return headings.map((heading) => {
    if (heading.html) return undefined
    if (heading.id === undefined) return slugs.give(slug(heading))
    slugs.reserve(heading.id)
    return heading.id
  })
}

const slug = (heading: Heading) => {
  const words = typographic(heading)
    // Haskell knows no final form of sigma.
    .replaceAll('Σ', 'σ')
    .toLowerCase()
    .replace(/[^\s\p{L}\p{N}_.-]/gu, '')
    .split(/\s+/)
    .filter(Boolean)
  return words.join('-').replace(/^[^\p{L}]+/u, '') || 'section'
}

/** Dashes and ellipses become characters that no id holds, except in code. */
function typographic({text, textWithoutId, code}: Heading): string {
  const whole = textWithoutId ?? text
  let out = ''
  let at = 0
  for (const {start, end} of [...(code ?? []), {start: whole.length, end: whole.length}]) {
    out += whole.slice(at, start).replace(/---?|\.\.\./g, '') + whole.slice(start, end)
    at = end
  }
  return out
}
