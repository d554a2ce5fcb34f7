import type {Page} from '../../../page/types.ts'
import {doubt} from '../../doubts.ts'
import {idsOfHtml, makeAnchors, uncertainId} from '../../shared/anchors.ts'
import {record} from '../../shared/data.ts'
import {headingOf} from '../../shared/headings.ts'
import {type IncludeFinder, shownPage} from '../../shared/shown-page.ts'
import {imageHeadingDoubts, templateHeadingDoubts, withGaps} from '../../shared/uncertain-headings.ts'
import type {AnchorDoubt, Anchors} from '../../types.ts'
import {markdigIds} from './heading-ids.ts'
import type {DocfxSite} from './links.ts'

/** Footnotes, tabs, and ids of the templates. */
const TEMPLATE_IDS =
  /^(?:tabpanel_.+|tabgroup_.+|feedback|additional-resources|in-this-article|main|toc|breadcrumb|affix|article|fn:.+|fnref:.+)$/

/**
 * The anchors of a page, including those of the pages that it includes. Microsoft Learn matches fragments
 * case-insensitively.
 */
export function docfxAnchors(site: DocfxSite, finder: IncludeFinder, page: Page): Anchors {
  const {pages, headings, doubts, ofOwn} = shownPage(page, finder)
  const all = markdigIds(headings)
  const ids = [...all.filter((id) => id !== undefined), ...pages.flatMap(idsOfHtml)]
  const lowerIds = new Set(site.learn.isLearn ? ids.map((id) => id.toLowerCase()) : [])
  return makeAnchors({
    ofHeadings: ofOwn(all),
    ids,
    idOf: (text) => markdigIds([headingOf(text)])[0],
    alsoHas: (id) => TEMPLATE_IDS.test(id) || lowerIds.has(id.toLowerCase()),
    doubts: [...doubts, ...doubtsAboutPage(site, page), ...pages.flatMap(doubtsAboutHeadings)],
  })
}

function doubtsAboutPage({config}: DocfxSite, page: Page): AnchorDoubt[] {
  const {layout} = record(page.frontMatter?.data)
  const hasOwnLayout = typeof layout === 'string' && layout.toLowerCase() !== 'conceptual'
  return [
    ...(config.isContent(page.path) ? [] : [doubt('unknown-reader')]),
    ...(config.isConverted(page.path) ? [doubt('plugin-ids', 'MAML2Yaml')] : []),
    ...(config.otherIds ? [config.otherIds] : []),
    ...(hasOwnLayout ? [doubt('layout-ids', layout)] : []),
  ]
}

const EMOJI = /:[\w+-]+:/

/** Emoji are replaced before ids are generated, and the alt texts of images are part of them. */
const doubtsAboutHeadings = (page: Page): AnchorDoubt[] => [
  ...templateHeadingDoubts(page.headings),
  ...imageHeadingDoubts(page),
  ...page.headings
    .filter(({text}) => EMOJI.test(text))
    .map((heading) => withGaps(uncertainId(heading), heading.text.split(EMOJI))),
]
