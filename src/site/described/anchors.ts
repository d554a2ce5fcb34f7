import type {Heading, Page} from '../../page/types.ts'
import type {Description, IdRule} from '../description.ts'
import {type Doubt, doubt} from '../doubts.ts'
import {unknownAnchors} from '../guarded.ts'
import {makeAnchors, mayAddIds, uncertainId} from '../shared/anchors.ts'
import type {Anchors} from '../types.ts'
import {idsBy, ownIdOf, slugBy} from './id-rules.ts'

/** Footnotes of any generator. */
const FOOTNOTE = /^(?:user-content-)?fn(?:ref)?[-:]?.+$|^footnote/

/** The anchors of a page by one of some rules; without a rule, any fragment may exist. */
export function describedAnchors(page: Page, ids: Description['ids']): Anchors {
  const rules = ids === undefined ? [] : [ids].flat()
  const [rule] = rules
  if (rule === undefined) return unknownAnchors(doubt('id-setting'))
  const generated = rules.map((each) => idsBy(each, page.headings))
  const own = page.headings.map(ownIdOf)
  return makeAnchors({
    ofHeadings: own.map((id, index) => id ?? generated[0]![index]),
    ids: [
      ...generated.flat(),
      ...own,
      ...page.headings.flatMap((heading) => otherIds(heading, rules)),
      ...page.ids.map(({id}) => id),
    ],
    idOf: (text) => slugBy(rule, text),
    alsoHas: (fragment) => FOOTNOTE.test(fragment),
    incompleteBecause: whyIncomplete(page, rules),
  })
}

/** The further ids that a heading with an id of its own may have, since few generators know all forms of them. */
function otherIds(heading: Heading, rules: readonly IdRule[]): string[] {
  if (ownIdOf(heading) === undefined) return []
  const {text, textWithoutId = text.replace(/\s*\[#[\w-]+\]$/, '')} = heading
  return rules.flatMap((rule) => [slugBy(rule, text), slugBy(rule, textWithoutId)])
}

function whyIncomplete(
  {headings, opaqueContent, components}: Page,
  rules: readonly IdRule[],
): Doubt | undefined {
  if (opaqueContent[0] !== undefined) return mayAddIds(opaqueContent[0])
  const [component] = components ?? []
  if (component) return doubt('content-ids', `<${component.name}>`)
  if (headings.some(({template}) => template)) return doubt('heading-id', 'a heading with template code')
  // The crate writes other scripts in Latin letters.
  const odd = rules.includes('slug-crate')
    ? headings.find(({text}) => /[^\p{ASCII}\p{P}\p{S}]/u.test(text.normalize('NFKD').replace(/\p{M}/gu, '')))
    : undefined
  return odd && uncertainId(odd)
}
