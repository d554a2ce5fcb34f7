import type {Heading, Page} from '../../page/types.ts'
import type {IdRule} from '../description.ts'
import {unknownAnchors} from '../guarded.ts'
import {makeAnchors, mayAddIds, uncertainId} from '../shared/anchors.ts'
import type {Anchors} from '../types.ts'
import {idsBy, ownIdOf, slugBy} from './id-rules.ts'

/** Footnotes of any generator. */
const FOOTNOTE = /^(?:user-content-)?fn(?:ref)?[-:]?.+$|^footnote/

/** The anchors of a page by a rule; without one, any fragment may exist. */
export function describedAnchors(page: Page, rule: IdRule | undefined): Anchors {
  if (rule === undefined) return unknownAnchors('how headings get their ids is not known')
  const generated = idsBy(rule, page.headings)
  const own = page.headings.map(ownIdOf)
  return makeAnchors({
    ofHeadings: generated.map((id, index) => own[index] ?? id),
    ids: [
      ...generated,
      ...own,
      ...page.headings.flatMap((heading) => otherIds(heading, rule)),
      ...page.ids.map(({id}) => id),
    ],
    idOf: (text) => slugBy(rule, text),
    alsoHas: (fragment) => FOOTNOTE.test(fragment),
    incompleteBecause: whyIncomplete(page, rule),
  })
}

/** The further ids that a heading with an id of its own may have, since few generators know all forms of them. */
function otherIds(heading: Heading, rule: IdRule): string[] {
  if (ownIdOf(heading) === undefined) return []
  const {text, textWithoutId = text.replace(/\s*\[#[\w-]+\]$/, '')} = heading
  return [slugBy(rule, text), slugBy(rule, textWithoutId)]
}

function whyIncomplete({headings, opaqueContent, components}: Page, rule: IdRule): string | undefined {
  if (opaqueContent[0] !== undefined) return mayAddIds(opaqueContent[0])
  const [component] = components ?? []
  if (component) return `<${component.name}> may add ids`
  if (headings.some(({template}) => template)) return 'a heading contains template code'
  // The crate writes other scripts in Latin letters.
  const odd =
    rule === 'slug-crate'
      ? headings.find(({text}) =>
          /[^\p{ASCII}\p{P}\p{S}]/u.test(text.normalize('NFKD').replace(/\p{M}/gu, '')),
        )
      : undefined
  return odd && uncertainId(odd)
}
