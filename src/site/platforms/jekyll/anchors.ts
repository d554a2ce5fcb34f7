import type {Page} from '../../../page/types.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import {makeAnchors, mayAddIds} from '../../shared/anchors.ts'
import {record} from '../../shared/data.ts'
import {headingOf} from '../../shared/headings.ts'
import {isHtmlWithoutIds} from '../../shared/html-blocks.ts'
import type {Anchors} from '../../types.ts'
import type {JekyllConfig} from './config.ts'
import {isUnclear, kramdownGfmIds, kramdownIds} from './heading-ids.ts'

/** Liquid tags that add no elements to a page. */
const TAGS_WITHOUT_IDS =
  /^\{%-?\s*(?:link|post_url|raw|endraw|comment|highlight|if|elsif|else|endif|unless|endunless|case|when|endcase|assign|capture|endcapture|increment|decrement|endfor|break|continue|seo|feed_meta|gist|octicon)\b/
/** kramdown's footnotes and its table of contents. */
const KRAMDOWN_IDS = /^(?:fn(?:ref)?:.+|markdown-toc.*)$/
/** Common ids of theme layouts. */
const THEME_IDS =
  /^_?(?:main|content|page|site|top|header|footer|nav|navigation|menu|sidebar|search|toc|comments?|disqus)(?:[-_]\w+(?:-\w+)*)?$/i

/** The anchors of a page on a Jekyll site. */
export function jekyllAnchors(page: Page, config: JekyllConfig): Anchors {
  const {kramdown} = config
  const idsOf = kramdown ? (headings: Page['headings']) => kramdownIds(headings, kramdown) : kramdownGfmIds
  const ofHeadings = idsOf(page.headings)
  return makeAnchors({
    ofHeadings,
    ids: [...ofHeadings, ...page.ids.map(({id}) => id)],
    idOf: (text) => idsOf([{...headingOf(text), source: text}])[0],
    alsoHas: (id) => KRAMDOWN_IDS.test(id) || THEME_IDS.test(id),
    incompleteBecause: whyIncomplete(page, config),
  })
}

function whyIncomplete(
  {frontMatter, headings, opaqueContent}: Page,
  config: JekyllConfig,
): Doubt | undefined {
  if (record(frontMatter?.data).redirect_to) return doubt('layout-ids', 'of a redirect')
  if (!config.gfm && !config.kramdown) return doubt('id-setting')
  const content = opaqueContent.find((text) => !TAGS_WITHOUT_IDS.test(text) && !isHtmlWithoutIds(text))
  if (content !== undefined) return mayAddIds(content)
  if (headings.some(({template}) => template)) return doubt('heading-id', 'a heading with Liquid')
  if (config.kramdown?.stripping && headings.some(isUnclear)) return doubt('heading-id', 'a heading')
  return
}
