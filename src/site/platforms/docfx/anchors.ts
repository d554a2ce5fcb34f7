import type {Page} from '../../../page/types.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import type {PageSource} from '../../platform.ts'
import {idsOfHtml, makeAnchors, mayAddIds, uncertainId} from '../../shared/anchors.ts'
import {record} from '../../shared/data.ts'
import {headingOf} from '../../shared/headings.ts'
import {includedPages} from '../../shared/included-pages.ts'
import {splitUrl} from '../../shared/local-url.ts'
import {imageHeadingDoubts, templateHeadingDoubts, withGaps} from '../../shared/uncertain-headings.ts'
import type {AnchorDoubt, Anchors} from '../../types.ts'
import {markdigIds} from './heading-ids.ts'
import {type DocfxSite, sourceOf} from './links.ts'

/** Footnotes, tabs, and ids of the templates. */
const TEMPLATE_IDS =
  /^(?:tabpanel_.+|tabgroup_.+|feedback|additional-resources|in-this-article|main|toc|breadcrumb|affix|article|fn:.+|fnref:.+)$/

/**
 * The anchors of a page, including those of the pages that it includes. Microsoft Learn matches fragments
 * case-insensitively.
 */
export function docfxAnchors(site: DocfxSite, source: PageSource, page: Page): Anchors {
  const {pages, incompleteBecause} = includedPages(page, (content, from) =>
    includedBy(content, from, site, source),
  )
  const all = markdigIds(pages.flatMap((each) => each.headings))
  const ids = [...all.filter((id) => id !== undefined), ...pages.flatMap(idsOfHtml)]
  const lowerIds = new Set(site.learn.isLearn ? ids.map((id) => id.toLowerCase()) : [])
  return makeAnchors({
    ofHeadings: all.slice(0, page.headings.length),
    ids,
    idOf: (text) => markdigIds([headingOf(text)])[0],
    alsoHas: (id) => TEMPLATE_IDS.test(id) || lowerIds.has(id.toLowerCase()),
    incompleteBecause,
    doubts: [...doubtsAboutPage(site, page), ...pages.flatMap(doubtsAboutHeadings)],
  })
}

function doubtsAboutPage({config}: DocfxSite, page: Page): AnchorDoubt[] {
  const {layout} = record(page.frontMatter?.data)
  const hasOwnLayout = typeof layout === 'string' && layout.toLowerCase() !== 'conceptual'
  return [
    ...(config.isContent(page.path) ? [] : [doubt('not-published')]),
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

/** The page that `[!include[title](url)]` includes. */
function includedBy(
  content: string,
  from: Page,
  site: DocfxSite,
  source: PageSource,
): Page | Doubt | undefined {
  const url = urlOfInclude(content)
  if (url === undefined) return
  const parts = splitUrl(url)
  return ('to' in parts ? undefined : source.page(sourceOf(site, parts, from.path))) ?? mayAddIds(content)
}

function urlOfInclude(content: string): string | undefined {
  if (!content.endsWith(')]')) return
  const inside = content.slice(content.indexOf('](') + 2, -2).trim()
  const url = inside.replace(/^<|>$/g, '').trim()
  return url === '' || /[)>]/.test(url) ? undefined : url
}
