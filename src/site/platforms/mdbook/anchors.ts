import type {Heading, Page} from '../../../page/types.ts'
import {pathBelow} from '../../../text/paths.ts'
import {doubt} from '../../doubts.ts'
import {idsOfHtml, makeAnchors} from '../../shared/anchors.ts'
import {headingOf} from '../../shared/headings.ts'
import {type IncludeFinder, shownPage} from '../../shared/shown-page.ts'
import {templateHeadingDoubts} from '../../shared/uncertain-headings.ts'
import type {Anchors} from '../../types.ts'
import {preprocessor} from './config.ts'
import {mdbookIds} from './heading-ids.ts'
import type {Book} from './links.ts'
import {urlOf} from './routes.ts'

/** Footnotes, and ids of the theme. */
const THEME_IDS =
  /^(?:(?:footnote|fr)-.+|mdbook-.+|sidebar.*|content|body-container|menu-bar.*|page-wrapper|search.*|theme-.+)$/

/** The anchors of a chapter, including those of the pages that it includes. */
export function mdbookAnchors(book: Book, finder: IncludeFinder, page: Page): Anchors {
  const {config, routes} = book
  const {pages, headings, doubts, isPartial, ofOwn} = shownPage(page, finder)
  const [first, ...others] = idsOfAllVersions(headings, config.smart)
  const alsoHas = new Set([...others.flat(), ...(isPartial ? first! : [])])
  const url = urlOf(pathBelow(page.path, config.source) ?? page.path, config).slice(1)
  return makeAnchors({
    ofHeadings: ofOwn(first!),
    ids: [...first!, ...pages.flatMap(idsOfHtml)],
    idOf: (text) => mdbookIds([headingOf(text)], {smart: config.smart ?? true})[0],
    alsoHas: (id) =>
      alsoHas.has(id) ||
      (isPartial && alsoHas.has(id.replace(/-\d+$/, ''))) ||
      THEME_IDS.test(id) ||
      config.fragments.has(`${url}#${id}`),
    doubts: [
      ...doubts,
      ...pages.flatMap(({opaqueContent}) => (opaqueContent.length > 0 ? [DEFINITION_LIST] : [])),
      ...(config.program === undefined ? [] : [doubt('plugin-ids', preprocessor(config.program))]),
      ...(routes.isChapter(page.path) ? [] : [doubt('included-elsewhere')]),
      ...templateHeadingDoubts(headings),
    ],
  })
}

const DEFINITION_LIST = doubt('content-ids', 'a definition list')

/** The ids of all mdBook versions: their algorithms differ, and the version that builds the book is unknown. */
const idsOfAllVersions = (headings: readonly Heading[], smart: boolean | undefined) =>
  [smart ?? true, smart ?? false].flatMap((each) => [
    mdbookIds(headings, {smart: each}),
    mdbookIds(headings, {smart: each, ascii: true}),
  ])
