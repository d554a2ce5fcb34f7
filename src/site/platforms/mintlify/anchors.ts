import type {PageElement} from '../../../page/page-element.ts'
import type {Heading, Page} from '../../../page/types.ts'
import {doubt} from '../../doubts.ts'
import {makeAnchors, mayAddIds} from '../../shared/anchors.ts'
import {record} from '../../shared/data.ts'
import {mathHeadingDoubts} from '../../shared/math-headings.ts'
import {templateHeadingDoubts, withGaps} from '../../shared/uncertain-headings.ts'
import type {AnchorDoubt, Anchors} from '../../types.ts'
import {exportsOf, type SnippetCode} from './component-code.ts'
import {idsOfComponents, isBuiltIn, isTransliterated, writtenIds} from './component-ids.ts'
import {
  cleanId,
  customIdOf,
  hasOpeningQuotes,
  mintlifySlug,
  typeset,
  withClosingQuotes,
} from './heading-ids.ts'
import {idsOfShown} from './ids.ts'
import type {MintlifyContext} from './links.ts'
import {importedPath, type Shown, shownPage} from './shown.ts'

/** Ids of footnotes. */
const FOOTNOTE = /^(?:user-content-fn(?:ref)?-.+|footnote-label)$/

/** The anchors of a page, with those of the snippets that it shows. */
export function mintlifyAnchors(context: MintlifyContext, page: Page): Anchors {
  const {pages, items} = shownPage(context, page)
  const hasNoSlugs = hasNoHeadingIds(page)
  const typesetIds = idsOfShown(items, {hasNoSlugs, change: typeset})
  const ids = typesetIds.map((id, index) => (hasUncertainQuotes(items[index]!) ? undefined : id))
  // Mintlify's own checker knows the ids of text that is not typeset.
  const plainIds = idsOfShown(items, {hasNoSlugs})
  let accepted: Set<string> | undefined
  const elements = items.flatMap(({element}) => element ?? [])
  const byHeading = new Map(items.map(({heading}, index) => [heading, ids[index]]))
  const anchors = makeAnchors({
    ofHeadings: page.headings.map((heading) => byHeading.get(heading)),
    ids: [
      ...ids,
      ...idsOfComponents(elements),
      ...[...pages].flatMap(writtenIds),
      ...[...pages].flatMap((each) => idsOfCode(context, each)),
    ],
    idOf: (text) => cleanId(mintlifySlug(text)),
    // Mintlify takes the same marks out of fragments as out of ids.
    alsoHas: (fragment) => {
      accepted ??= new Set(
        [...anchors.ids, ...typesetIds, ...plainIds].map((id) => withClosingQuotes(id ?? '')),
      )
      return FOOTNOTE.test(fragment) || accepted.has(withClosingQuotes(cleanId(fragment)))
    },
    doubts: [
      ...doubtsAboutItems(items),
      ...elements.filter(isTransliterated).map(({attributes}) => ({
        ...doubt('heading-id', attributes.title ?? attributes.name ?? ''),
        covers: (fragment: string) => /^\p{ASCII}*$/u.test(fragment),
      })),
      ...[...pages].flatMap((each) => doubtsOn(context, each)),
    ],
  })
  return anchors
}

/** Is it uncertain which quotes of a heading's id are opening ones? */
const hasUncertainQuotes = ({heading, element}: Shown): boolean =>
  heading
    ? customIdOf(heading) === undefined && hasOpeningQuotes(heading.text)
    : element?.attributes.id === undefined && hasOpeningQuotes(element?.text ?? '')

/** Does the layout of a page render its headings without ids? */
function hasNoHeadingIds({frontMatter}: Page): boolean {
  const {mode} = record(frontMatter?.data)
  return mode === 'custom' || mode === 'frame'
}

function doubtsAboutItems(items: readonly Shown[]): AnchorDoubt[] {
  const headings = items.flatMap(({heading}) => heading ?? [])
  const isOdd = (heading: Heading) => customIdOf(heading) === undefined
  return [
    ...templateHeadingDoubts(headings.filter(isOdd)),
    ...mathHeadingDoubts(headings.filter(isOdd)),
    ...items.flatMap(({element}) => (element && hasMarkup(element) ? markupDoubt(element) : [])),
  ]
}

/** Content of a heading in HTML that its id may leave out. */
const MARKUP = /[*_`]*\]\([^()]*\)|\{[^{}]*\}|\$.*\$|&#?\w+;|[*_`[\]{}$&\\]+/s

/** Has a heading that is written as an element more than plain text in it? */
const hasMarkup = ({text = '', attributes}: PageElement): boolean =>
  attributes.id === undefined && MARKUP.test(text)

const markupDoubt = ({text = ''}: PageElement): AnchorDoubt =>
  withGaps(doubt('heading-id', text), text.split(MARKUP))

/** Keys of front matter of pages that show the description of an API, with ids of its own. */
const API_KEYS = ['openapi', 'asyncapi', 'api', 'graphql']

function doubtsOn(context: MintlifyContext, page: Page): AnchorDoubt[] {
  const data = record(page.frontMatter?.data)
  const opaque = page.opaqueContent.filter((content) => !content.startsWith('import '))
  return [
    ...API_KEYS.filter((key) => key in data).map((key) => doubt('content-ids', key)),
    ...opaque.map(mayAddIds),
    ...(page.components ?? [])
      .filter(({name}) => mayHaveIds(context, page, name))
      .map(({name}) => doubt('content-ids', `<${name}>`)),
  ]
}

/** The ids that the code of components on a page gives to elements. */
const idsOfCode = (context: MintlifyContext, page: Page): string[] =>
  (page.components ?? []).flatMap(({name}) => codeOf(context, page, name)?.ids ?? [])

/** The code of a component: in the file that it is imported from, or on the page itself. */
function codeOf(context: MintlifyContext, page: Page, name: string): SnippetCode | undefined {
  const [local] = name.split('.', 1)
  const path = importedPath(context, page, local!)
  if (path === undefined) return defines(page, local!) ? exportsOf(page) : undefined
  const snippet = context.page(path)
  return snippet ? exportsOf(snippet) : context.code.get(path)
}

const defines = ({exports = ''}: Page, name: string): boolean => exports.split(/[^\w$]+/).includes(name)

/** May a component add ids that are not known? */
function mayHaveIds(context: MintlifyContext, page: Page, name: string): boolean {
  const code = codeOf(context, page, name)
  if (code) return code.mayHaveIds
  const path = importedPath(context, page, name.replace(/\..*/s, ''))
  if (path === undefined) return !isBuiltIn(name)
  // The text of a snippet is known.
  return context.page(path) === undefined
}
