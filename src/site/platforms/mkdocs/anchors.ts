import type {Page} from '../../../page/types.ts'
import {makeAnchors} from '../../shared/anchors.ts'
import {headingOf} from '../../shared/headings.ts'
import {type IncludeFinder, shownPage} from '../../shared/shown-page.ts'
import type {Anchors} from '../../types.ts'
import type {MkdocsConfig} from './config.ts'
import {doubtsAboutContent} from './content-doubts.ts'
import {doubtsAboutHeadings} from './heading-doubts.ts'
import {pythonMarkdownIds} from './heading-ids.ts'
import {doubtsAboutTabs, tabIds} from './tabs.ts'

/** Footnotes, and ids of the themes of MkDocs and Material for MkDocs. */
const THEME_IDS = /^(?:fn(?:ref)?:.+|__[\w-]+|mkdocs[-_](?:search|keyboard)[\w-]*)$/

/** The anchors of a page on a MkDocs site, and of the snippets that it shows. */
export function mkdocsAnchors(page: Page, config: MkdocsConfig, finder: IncludeFinder): Anchors {
  const {pages, headings, ids: all, doubts, isPartial, ofOwn} = shownPage(page, finder)
  const written = all.filter(({from}) => from === 'html' || config.attributes).map(({id}) => id)
  const ofHeadings = pythonMarkdownIds(headings, written, config.attributes, config.slug)
  const other = [...ofHeadings, ...written].filter((id) => id !== undefined)
  const byHeading = new Map(headings.map((heading, at) => [heading, ofHeadings[at]]))
  const ofTabs = config.tabs ? tabIds(pages, (heading) => byHeading.get(heading), other, config.tabs) : []
  const ids = new Set([...other, ...ofTabs])
  return makeAnchors({
    ofHeadings: ofOwn(ofHeadings),
    ids,
    idOf: (text) => pythonMarkdownIds([headingOf(text)], [], false, config.slug)[0],
    alsoHas: (id) => THEME_IDS.test(id) || (isPartial && ids.has(id.replace(/_\d+$/, ''))),
    doubts: [
      ...doubts,
      ...doubtsAboutHeadings(headings, config),
      ...pages.flatMap((each) => [
        ...doubtsAboutContent(each, config),
        ...doubtsAboutTabs(each, config, pages.length > 1),
      ]),
      ...config.idDoubts,
    ],
  })
}
