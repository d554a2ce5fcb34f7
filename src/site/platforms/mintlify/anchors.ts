import type {Page} from '../../../page/types.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import {makeAnchors, mayAddIds} from '../../shared/anchors.ts'
import {record} from '../../shared/data.ts'
import {templateHeadingDoubts} from '../../shared/uncertain-headings.ts'
import type {Anchors} from '../../types.ts'
import {cleanId, mintlifySlug, SlugCounter} from './heading-ids.ts'
import type {MintlifyContext} from './links.ts'

/** The anchors of a page. */
export function mintlifyAnchors(_context: MintlifyContext, page: Page): Anchors {
  const counter = new SlugCounter()
  const ofHeadings = page.headings.map(({html, id, text, textWithoutId, depth}) => {
    if (html || depth > 4) return undefined
    return cleanId(id ?? counter.give(mintlifySlug(textWithoutId ?? text)))
  })
  return makeAnchors({
    ofHeadings,
    ids: [...ofHeadings, ...page.ids.map(({id}) => id)],
    idOf: (text) => cleanId(mintlifySlug(text)),
    doubts: [...templateHeadingDoubts(page.headings), ...doubtsOn(page)],
  })
}

/** Keys of front matter of pages that show the description of an API, with ids of its own. */
const API_KEYS = ['openapi', 'asyncapi', 'api', 'graphql']

function doubtsOn({frontMatter, opaqueContent, components = []}: Page): Doubt[] {
  const data = record(frontMatter?.data)
  return [
    ...API_KEYS.filter((key) => key in data).map((key) => doubt('content-ids', key)),
    ...opaqueContent.map(mayAddIds),
    ...components.map(({name}) => doubt('content-ids', `<${name}>`)),
  ]
}
