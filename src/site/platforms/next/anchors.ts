import {slug as githubSlug} from 'github-slugger'
import type {Heading, Page} from '../../../page/types.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import {makeAnchors, mayAddIds} from '../../shared/anchors.ts'
import {githubIds} from '../../shared/github-anchors.ts'
import type {Anchors} from '../../types.ts'

/**
 * The anchors of a page: known if every heading has an id in a comment or in braces, since code generates all others.
 */
export function nextAnchors(page: Page): Anchors {
  const ofHeadings = page.headings.map(({comment, id}) => comment?.replace(/^#/, '') ?? id)
  // Most code uses this library; whether this site's does is for its links to show.
  const generated = page.headings.some(hasNoId(ofHeadings)) ? githubIds(page.headings) : []
  // `<Challenges>` has its own name as its id.
  const components = page.components?.map(({name}) => name.toLowerCase()) ?? []
  const possible = new Set(['_top', ...page.componentProps, ...components])
  return makeAnchors({
    ofHeadings,
    ids: [...ofHeadings, ...generated, ...page.ids.map(({id}) => id)],
    idOf: (text) => githubSlug(text),
    alsoHas: (fragment) => possible.has(fragment),
    incompleteBecause: whyIncomplete(page, ofHeadings),
  })
}

/** Create the test of whether a heading has no id of its own. */
const hasNoId =
  (ofHeadings: readonly (string | undefined)[]) =>
  ({html}: Heading, index: number): boolean =>
    !html && ofHeadings[index] === undefined

function whyIncomplete(
  {headings, opaqueContent}: Page,
  ofHeadings: readonly (string | undefined)[],
): Doubt | undefined {
  if (headings.length === 0) return doubt('content-ids', 'code')
  if (headings.some(hasNoId(ofHeadings))) return doubt('id-setting')
  return opaqueContent[0] === undefined ? undefined : mayAddIds(opaqueContent[0])
}
