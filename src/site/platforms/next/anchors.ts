import {slug as githubSlug} from 'github-slugger'
import type {Heading, Page} from '../../../page/types.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import {makeAnchors, mayAddIds} from '../../shared/anchors.ts'
import {idsByAnyRule} from '../../shared/id-rules.ts'
import {ownIdOf, variableIdDoubts} from '../../shared/own-ids.ts'
import type {Anchors} from '../../types.ts'

/**
 * The anchors of a page: known if every heading has an id that the author wrote, since code generates all others, which
 * the links of the site have to show to be those of a known rule.
 */
export function nextAnchors(page: Page): Anchors {
  const ofHeadings = page.headings.map(({comment, id}) => comment?.replace(/^#/, '') ?? id)
  const generated = page.headings.some(hasNoId(ofHeadings)) ? idsByAnyRule(page.headings) : []
  // `<Challenges>` has its own name as its id.
  const components = page.components?.map(({name}) => name.toLowerCase()) ?? []
  const possible = new Set(['_top', ...page.componentProps, ...components])
  return makeAnchors({
    ofHeadings,
    ids: [...ofHeadings, ...page.headings.map(ownIdOf), ...generated, ...page.ids.map(({id}) => id)],
    idOf: (text) => githubSlug(text),
    alsoHas: (fragment) => possible.has(fragment),
    doubts: doubtsOn(page, ofHeadings),
  })
}

/** Create the test of whether a heading has no id of its own. */
const hasNoId =
  (ofHeadings: readonly (string | undefined)[]) =>
  ({html}: Heading, index: number): boolean =>
    !html && ofHeadings[index] === undefined

function doubtsOn(
  {headings, opaqueContent: [content]}: Page,
  ofHeadings: readonly (string | undefined)[],
): Doubt[] {
  if (headings.length === 0) return [doubt('content-ids', 'code')]
  return [
    ...(headings.some(hasNoId(ofHeadings)) ? [doubt('id-setting')] : []),
    ...variableIdDoubts(headings),
    ...(content === undefined ? [] : [mayAddIds(content)]),
  ]
}
