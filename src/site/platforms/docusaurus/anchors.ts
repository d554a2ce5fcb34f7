import type {Component, Page} from '../../../page/types.ts'
import {isBelow, joinPath} from '../../../text/paths.ts'
import {doubt} from '../../doubts.ts'
import {idsOfHtml, makeAnchors, mayAddIds, uncertainId} from '../../shared/anchors.ts'
import {record} from '../../shared/data.ts'
import {headingOf} from '../../shared/headings.ts'
import {modulePath} from '../../shared/javascript/local-module.ts'
import {withGaps} from '../../shared/uncertain-headings.ts'
import type {AnchorDoubt, Anchors} from '../../types.ts'
import {
  type ComponentIds,
  type ComponentImport,
  globalComponents,
  idsOfComponents,
  importOf,
} from './components.ts'
import type {DocusaurusContext} from './context.ts'
import {docusaurusIds} from './heading-ids.ts'
import type {Code} from './local-code.ts'
import {isOwned} from './sources.ts'

/** Beyond this number, the partials of a page are ignored. */
const MOST_PARTIALS = 100

/** Imports, which show nothing themselves, and the code of template languages, which is plain text here. */
const SHOWS_NOTHING = /^(?:import |\{[{%])/

/** What CommonMark shows for `\\&lt;`, in which the parser of MDX 1 does not know the escape, but the character reference. */
const REFERENCE = /&#?\w+;/

/** Ids that Docusaurus adds to pages, including those of footnotes. */
const GENERATED_IDS = /^(?:user-content-fn(?:ref)?-.+|footnote-label|__docusaurus.*|__blog-post-container)$/

/** Modules whose components add no ids, whatever names they are imported under. */
const MODULES_WITHOUT_IDS =
  /^@docusaurus\/(?!theme-)|^@theme(?:-original|-init)?\/(?:Tabs|TabItem|CodeBlock|Details|Admonition|Heading|IdealImage|ThemedImage|DocCardList|DocCard|TOCInline|Mermaid|Head)$|\.(?:svg|png|jpe?g|gif|webp)$/
/** Components without ids that need no import. */
const COMPONENTS_WITHOUT_IDS =
  /^(?:Head|Details|Tabs|TabItem|Link|CodeBlock|Admonition|BrowserOnly|React\.Fragment|Fragment)$/

/** The anchors of a page: of its headings, its HTML, and the pages that it includes as partials. */
export function docusaurusAnchors(context: DocusaurusContext, page: Page): Anchors {
  const {config, themeIds} = context
  const shown = shownOn(context, page)
  return makeAnchors({
    ofHeadings: idsOfHeadings(context, page),
    ids: [...shown].flatMap((each) => idsOn(context, each)),
    idOf: (text) => docusaurusIds([headingOf(text)], {maintainCase: config.maintainCase})[0],
    alsoHas: (fragment) => themeIds.has(fragment) || GENERATED_IDS.test(fragment),
    doubts: doubtsOn(context, shown),
  })
}

/** The page and its partials, also nested ones and those that components show; each counts once. */
function shownOn(context: DocusaurusContext, page: Page): Set<Page> {
  const shown = new Set([page])
  for (const each of shown) {
    if (shown.size > MOST_PARTIALS) break
    for (const component of each.components ?? [])
      for (const partial of partialsOf(context, component, each.path)) shown.add(partial)
  }
  return shown
}

/** The Markdown pages that a component consists of, or that its code imports. */
function partialsOf(context: DocusaurusContext, component: Component, importer: string): Page[] {
  const imported = importOf(context, component, importer)
  const partial = imported && partialOf(context, imported)
  if (partial) return [partial]
  const pages = codeOf(context, component, importer)?.pages ?? []
  return [...pages].flatMap((path) => context.page(path) ?? [])
}

/** The Markdown page that a component is imported from, if it was read. */
function partialOf(
  {marker: {root}, sources, page}: DocusaurusContext,
  {from, importer}: ComponentImport,
): Page | undefined {
  if (!/\.mdx?$/.test(from)) return
  const path = modulePath(from, importer, {'@site': root, '': root})
  if (path === undefined) return
  const isPartial =
    from.endsWith('.mdx') || isOwned(sources, root, path) || isBelow(path, joinPath(root, 'static'))
  return isPartial ? page(path) : undefined
}

function idsOn(context: DocusaurusContext, page: Page): (string | undefined)[] {
  // The theme renders no id on level 1 headings.
  const ofHeadings = idsOfHeadings(context, page).filter((_, index) => page.headings[index]!.depth > 1)
  const ofComponents = (page.components ?? []).flatMap(
    (component) => idsOfComponent(context, component, page.path).ids,
  )
  return [...ofHeadings, ...idsOfHtml(page), ...ofComponents]
}

const idsOfHeadings = ({config, sources}: DocusaurusContext, {headings, path}: Page) =>
  docusaurusIds(headings, {
    maintainCase: config.maintainCase,
    htmlComments: config.htmlComments && !config.mdx && path.endsWith('.md'),
    withoutTitle: sources.of(path)?.content.kind === 'blog',
  })

function doubtsOn(context: DocusaurusContext, shown: ReadonlySet<Page>): AnchorDoubt[] {
  const {otherIds} = context.config
  const found = [...shown].flatMap((page) => doubtsOnPage(context, page))
  if (otherIds !== undefined) found.push(otherIds)
  if (shown.size > MOST_PARTIALS) found.push(doubt('content-ids', 'one of many partials'))
  return found
}

function doubtsOnPage(context: DocusaurusContext, page: Page): AnchorDoubt[] {
  const found: AnchorDoubt[] = []
  const why = context.sources.of(page.path)?.content.otherIds
  if (why !== undefined) found.push(why)
  for (const content of page.opaqueContent) if (!SHOWS_NOTHING.test(content)) found.push(mayAddIds(content))
  if (record(record(page.frontMatter?.data).mdx).format !== undefined) found.push(doubt('front-matter-ids'))
  for (const heading of page.headings)
    if (REFERENCE.test(heading.text))
      found.push(withGaps(uncertainId(heading), heading.text.split(REFERENCE)))
  for (const component of page.components ?? [])
    if (idsOfComponent(context, component, page.path).mayBeMore)
      found.push(doubt('content-ids', `<${component.name}>`))
  return found
}

const NO_IDS: ComponentIds = {ids: [], mayBeMore: false}
const UNKNOWN_IDS: ComponentIds = {ids: [], mayBeMore: true}

/** The ids that a component adds, as its code shows if it is in the tree. */
function idsOfComponent(context: DocusaurusContext, component: Component, importer: string): ComponentIds {
  if (component.from === undefined && COMPONENTS_WITHOUT_IDS.test(component.name)) return NO_IDS
  const imported = importOf(context, component, importer)
  if (imported && (MODULES_WITHOUT_IDS.test(imported.from) || partialOf(context, imported))) return NO_IDS
  const code = codeOf(context, component, importer)
  return code && [...code.pages].every((path) => context.page(path)) ? idsOfComponents(code) : UNKNOWN_IDS
}

/** The code of a component; undefined if it is not in the tree. */
function codeOf(context: DocusaurusContext, component: Component, importer: string): Code | undefined {
  const {code, marker} = context
  const imported = importOf(context, component, importer)
  if (imported) {
    const file = code.moduleAt(imported.from, imported.importer)
    return file === undefined ? undefined : code.of(file)
  }
  // Without an import, a component may also be defined on the page.
  const file = globalComponents(marker.root, code)
  const found = file === undefined ? undefined : code.of(file)
  const [name] = component.name.split('.', 1)
  return found?.texts.some((text) => text.includes(name!)) ? found : undefined
}
