import type {Page} from '../../../page/types.ts'
import {doubt} from '../../doubts.ts'
import {makeAnchors} from '../../shared/anchors.ts'
import {headingOf} from '../../shared/headings.ts'
import {type IncludeFinder, shownPage} from '../../shared/shown-page.ts'
import type {Anchors} from '../../types.ts'
import type {DocsifyConfig} from './config.ts'
import {docsifyIds} from './heading-ids.ts'

/** Ids of the elements around a page. */
const AROUND = /^(?:app|main|__.+|cover.*|sidebar.*)$/

/** The anchors of a page, including those of the pages that it includes. */
export function docsifyAnchors(page: Page, config: DocsifyConfig, finder: IncludeFinder): Anchors {
  const {headings, ids: written, doubts, ofOwn} = shownPage(page, finder)
  // Without a version, the latest one is loaded, now or when the page was written.
  const versions = config.version === undefined ? [4, 5] : [config.version]
  const [first, other = []] = versions.map((version) => docsifyIds(headings, version))
  const ofOther = new Set(other)
  return makeAnchors({
    ofHeadings: ofOwn(first!),
    ids: [...first!, ...written.filter(({from}) => from === 'html').map(({id}) => id)],
    idOf: (text) => docsifyIds([{...headingOf(text), source: text}], versions[0]!)[0],
    alsoHas: (id) => ofOther.has(id) || AROUND.test(id),
    doubts: [
      ...doubts,
      ...(config.ids ? [config.ids] : []),
      ...(headings.some(({template}) => template) ? [doubt('heading-id', 'template code')] : []),
    ],
  })
}
