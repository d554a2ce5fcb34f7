import type {Heading, Page} from '../../../page/types.ts'
import {folderOf, joinPath, pathBelow} from '../../../text/paths.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import type {PageSource} from '../../platform.ts'
import {idsOfHtml, makeAnchors, mayAddIds} from '../../shared/anchors.ts'
import {headingOf} from '../../shared/headings.ts'
import {includedPages} from '../../shared/included-pages.ts'
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
export function mdbookAnchors(book: Book, source: PageSource, page: Page): Anchors {
  const {config, routes} = book
  const {pages, incompleteBecause} = includedPages(page, (content, from) => includedBy(content, from, source))
  const headings = pages.flatMap((each) => each.headings)
  const variants = idsOfAllVersions(headings, config.smart)
  const ofHeadings = variants[0]!.slice(0, page.headings.length)
  const others = new Set(variants.flat())
  const url = urlOf(pathBelow(page.path, config.source) ?? page.path, config).slice(1)
  return makeAnchors({
    ofHeadings,
    ids: [...ofHeadings, ...pages.flatMap(idsOfHtml)],
    idOf: (text) => mdbookIds([headingOf(text)], {smart: config.smart ?? true})[0],
    alsoHas: (id) => others.has(id) || THEME_IDS.test(id) || config.fragments.has(`${url}#${id}`),
    incompleteBecause,
    doubts: [
      ...(config.program === undefined ? [] : [doubt('plugin-ids', preprocessor(config.program))]),
      ...(routes.isChapter(page.path) ? [] : [doubt('included-elsewhere')]),
      ...templateHeadingDoubts(headings),
    ],
  })
}

/** The ids of all mdBook versions: their algorithms differ, and the version that builds the book is unknown. */
const idsOfAllVersions = (headings: readonly Heading[], smart: boolean | undefined) =>
  [smart ?? true, smart ?? false].flatMap((each) => [
    mdbookIds(headings, {smart: each}),
    mdbookIds(headings, {smart: each, ascii: true}),
  ])

const INCLUDE = /^\{\{ *#include ([^}]*)\}\}$/
/** Source code files, which have no ids; a range of lines may follow. */
const CODE = /\.(?:rs|toml|sh|js|ts|json|py|c|h|cpp|go|txt|ya?ml|css|console)(?::|$)/

function includedBy(content: string, from: Page, source: PageSource): Page | Doubt | undefined {
  if (content.startsWith(':')) return doubt('content-ids', 'a definition list')
  const file = INCLUDE.exec(content)?.[1]?.trim()
  if (file === undefined || CODE.test(file)) return
  return source.page(joinPath(folderOf(from.path), file)) ?? mayAddIds(content)
}
