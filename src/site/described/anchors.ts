import type {Heading, Page} from '../../page/types.ts'
import type {Description, IdRule} from '../description.ts'
import {type Doubt, doubt} from '../doubts.ts'
import {unknownAnchors} from '../guarded.ts'
import {makeAnchors, mayAddIds, uncertainId} from '../shared/anchors.ts'
import type {AnchorDoubt, Anchors} from '../types.ts'
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
    incompleteBecause: whyIncomplete(page),
    doubts: headingDoubts(page, rules),
  })
}

/** The further ids that a heading with an id of its own may have, since few generators know all forms of them. */
function otherIds(heading: Heading, rules: readonly IdRule[]): string[] {
  if (ownIdOf(heading) === undefined) return []
  const {text, textWithoutId = text.replace(/\s*(?:\[#|\{id=|:id=)[^\s[\]{}]+[\]}]?$/, '')} = heading
  return rules.flatMap((rule) => [slugBy(rule, text), slugBy(rule, textWithoutId)])
}

function whyIncomplete({headings, opaqueContent, components}: Page): Doubt | undefined {
  if (opaqueContent[0] !== undefined) return mayAddIds(opaqueContent[0])
  const [component] = components ?? []
  if (component) return doubt('content-ids', `<${component.name}>`)
  return headings.some(({template}) => template)
    ? doubt('heading-id', 'a heading with template code')
    : undefined
}

/** An emoji by its name, which some generators replace before the id is made. */
const EMOJI = /:[\w+-]+:/

/** The doubts about headings with emoji, and by the crate `slug` with other scripts, which it writes in Latin letters. */
function headingDoubts({headings}: Page, rules: readonly IdRule[]): AnchorDoubt[] {
  const [rule] = rules as [IdRule]
  return headings.flatMap((heading): AnchorDoubt[] => {
    const [before, after] = heading.text.split(EMOJI, 2).map((text) => slugBy(rule, text)) as [
      string,
      string?,
    ]
    if (after === undefined)
      return rules.includes('slug-crate') && hasOtherScript(heading.text) ? [uncertainId(heading)] : []
    return [{...uncertainId(heading), covers: (id) => id.startsWith(before) && id.endsWith(after)}]
  })
}

const hasOtherScript = (text: string) =>
  /[^\p{ASCII}\p{P}\p{S}]/u.test(text.normalize('NFKD').replace(/\p{M}/gu, ''))
