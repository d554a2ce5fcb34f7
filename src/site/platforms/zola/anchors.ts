import type {Heading, Page} from '../../../page/types.ts'
import {doubt} from '../../doubts.ts'
import {makeAnchors, mayAddIds, uncertainId} from '../../shared/anchors.ts'
import {templateHeadingDoubts, withGaps} from '../../shared/uncertain-headings.ts'
import {mayBeWritten} from '../../shared/written-ids.ts'
import type {AnchorDoubt, Anchors} from '../../types.ts'
import type {ZolaConfig} from './config.ts'
import {idOfText, stretchesOf, textOf, zolaIds, zolaSlug} from './heading-ids.ts'
import {idsOfCall, type ZolaTemplates} from './templates.ts'

/** The anchors of a page on a Zola site. */
export function zolaAnchors(page: Page, config: ZolaConfig, templates: ZolaTemplates): Anchors {
  const {headings, ids, opaqueContent} = page
  const ofHeadings = zolaIds(headings, config)
  const calls = opaqueContent.map((code) => ({code, ids: idsOfCall(code, templates)}))
  const unknown = calls.find(({ids: written}) => written === undefined || written.any)
  return makeAnchors({
    ofHeadings,
    ids: [
      ...ofHeadings,
      ...ids.filter(({from}) => from === 'html').map(({id}) => id),
      ...calls.flatMap(({ids: written}) => [...(written?.literal ?? [])]),
    ],
    idOf: (text) => idOfText(text, config),
    alsoHas: (fragment) =>
      GENERATED.test(fragment) ||
      (config.bottomFootnotes && /^f[nr]-./.test(fragment)) ||
      templates.ids.literal.has(fragment) ||
      mayBeWritten({...templates.ids, any: false}, fragment),
    incompleteBecause: unknown && mayAddIds(unknown.code),
    doubts: [
      ...calls.flatMap(({code, ids: written}): AnchorDoubt[] =>
        written && written.patterns.length > 0
          ? [{...doubt('template-ids', code.split('\n', 1)[0]), covers: (id) => mayBeWritten(written, id)}]
          : [],
      ),
      ...templateHeadingDoubts(headings),
      ...headings.flatMap((heading, index) =>
        heading.html || ofHeadings[index] !== undefined ? [] : [doubtAbout(heading, config)],
      ),
    ],
  })
}

/** The end of a summary, and footnotes by their numbers. */
const GENERATED = /^continue-reading$|^\d+$/

/** The doubt about a heading of which it is not known what becomes of some characters. */
function doubtAbout(heading: Heading, config: ZolaConfig): AnchorDoubt {
  const slugs = stretchesOf(textOf(heading), config).map((text) => zolaSlug(text, config.anchors))
  const found = withGaps(uncertainId(heading), slugs)
  if (config.anchors !== 'on') return found
  return {...found, covers: (id) => /^[a-z\d-]*$/.test(id) && (found.covers?.(id) ?? true)}
}
