import type {Page} from '../../../page/types.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import type {PageSource} from '../../platform.ts'
import {makeAnchors} from '../../shared/anchors.ts'
import {headingOf} from '../../shared/headings.ts'
import type {AnchorDoubt, Anchors} from '../../types.ts'
import type {MkdocsConfig} from './config.ts'
import {doubtsAboutContent} from './content-doubts.ts'
import {doubtsAboutHeadings} from './heading-doubts.ts'
import {pythonMarkdownIds} from './heading-ids.ts'
import {type SnippetSource, withSnippets} from './snippets.ts'

/** Footnotes, and ids of the themes of MkDocs and Material for MkDocs. */
const THEME_IDS = /^(?:fn(?:ref)?:.+|__[\w-]+|mkdocs[-_](?:search|keyboard)[\w-]*)$/

/** The anchors of a page on a MkDocs site, and of the snippets that it shows. */
export function mkdocsAnchors(page: Page, config: MkdocsConfig, source: SnippetSource & PageSource): Anchors {
  const {pages, doubts} = withSnippets(page, config, source)
  const headings = pages.flatMap((each) => each.headings)
  const written = pages.flatMap(({ids}) =>
    ids.filter(({from}) => from === 'html' || config.attributes).map(({id}) => id),
  )
  const ofHeadings = pythonMarkdownIds(headings, written, config.attributes, config.slug)
  const ids = new Set([...ofHeadings, ...written])
  return makeAnchors({
    ofHeadings: ofHeadings.slice(0, page.headings.length),
    ids,
    idOf: (text) => pythonMarkdownIds([headingOf(text)], [], false, config.slug)[0],
    // Where snippets stand decides which of several equal ids gets which number.
    alsoHas: (id) => THEME_IDS.test(id) || (pages.length > 1 && ids.has(id.replace(/_\d+$/, ''))),
    doubts: [
      ...doubts,
      ...doubtsAboutHeadings(headings, config),
      ...pages.flatMap((each) => doubtsAboutContent(each, config)),
      ...config.idDoubts.flatMap((each) => byForm(each, config)),
    ],
  })
}

/**
 * A doubt about all ids, in two: that headings' ids are there says nothing about ids that no heading has, such as
 * `+toc.slugify`.
 */
const byForm = (about: Doubt, {slug}: MkdocsConfig): AnchorDoubt[] => [
  {...about, covers: (fragment) => slug(fragment) === fragment},
  {...doubt('content-ids', about.about), covers: (fragment) => slug(fragment) !== fragment},
]
