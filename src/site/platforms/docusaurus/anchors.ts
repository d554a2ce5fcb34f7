import type {Component, Heading, Page} from '../../../page/types.ts'
import {record} from '../../shared/data.ts'
import type {Anchors} from '../../types.ts'
import type {Content, DocusaurusConfig} from './config.ts'
import {docusaurusIds} from './heading-ids.ts'

/** What the anchors of a page depend on, beside the page. */
export interface AnchorSettings {
  config: DocusaurusConfig
  /** The folder of pages that a page is in. */
  contentOf(page: Page): Content | undefined
  /** The page of Markdown that a component is, if it is one that was read. */
  partOf(component: Component, page: Page): Page | undefined
  /** Ids that the site's own parts of the theme may bring to every page. */
  themeIds: ReadonlySet<string>
}

/** More pages are not put together. */
const MOST_SHOWN = 100

/** The ids of a page: of its headings, of HTML, and of the pages that it shows as parts of itself. */
export function docusaurusAnchors(page: Page, settings: AnchorSettings): Anchors {
  const {config, contentOf, partOf, themeIds} = settings
  const ids = new Set<string>()
  let open = config.otherIds
  // Parts have parts; one that is shown several times, or shows itself, is read once.
  const shown = new Set([page])
  for (const each of shown) {
    if (shown.size > MOST_SHOWN) {
      open ??= 'it shows many pages'
      break
    }
    for (const [index, id] of idsOfHeadings(each, settings).entries())
      if (id !== undefined && each.headings[index]!.depth > 1) ids.add(id)
    for (const {id, from} of each.ids) if (from === 'html') ids.add(id)
    open ??= contentOf(each)?.otherIds ?? each.opaqueContent.find((text) => !text.startsWith('import '))
    if (record(record(each.frontMatter?.data).mdx).format !== undefined)
      open ??= 'the format of the page is its own'
    for (const component of each.components ?? []) {
      const part = partOf(component, each)
      if (part) shown.add(part)
      else if (!isPlain(component)) open ??= `<${component.name}> may bring ids`
    }
  }
  const found: Anchors = {
    ids,
    ofHeadings: idsOfHeadings(page, settings),
    idOf: (text) => docusaurusIds([{text, depth: 2} as Heading], {maintainCase: config.maintainCase})[0],
    has: (fragment) => ids.has(fragment) || themeIds.has(fragment) || OF_EVERY_PAGE.test(fragment),
  }
  if (open !== undefined) found.incompleteBecause = open
  return found
}

const idsOfHeadings = (page: Page, {config, contentOf}: AnchorSettings) =>
  docusaurusIds(page.headings, {
    maintainCase: config.maintainCase,
    htmlComments: config.htmlComments && !config.mdx && page.path.endsWith('.md'),
    withoutTitle: contentOf(page)?.kind === 'blog',
  })

/** Places that every page has, and those of footnotes. */
const OF_EVERY_PAGE =
  /^(?:|top|user-content-fn(?:ref)?-.+|footnote-label|__docusaurus.*|__blog-post-container)$/

/** Components of the theme that bring no ids, under whatever name. */
const PLAIN_SOURCE =
  /^@docusaurus\/(?!theme-)|^@theme(?:-original|-init)?\/(?:Tabs|TabItem|CodeBlock|Details|Admonition|Heading|IdealImage|ThemedImage|DocCardList|DocCard|TOCInline|Mermaid|Head)$|\.(?:svg|png|jpe?g|gif|webp)$/
/** Components that need no import, or seldom have one. */
const PLAIN_NAME =
  /^(?:Head|Details|Tabs|TabItem|Link|CodeBlock|Admonition|BrowserOnly|React\.Fragment|Fragment)$/

const isPlain = ({name, from}: Component) =>
  from === undefined ? PLAIN_NAME.test(name) : PLAIN_SOURCE.test(from)
