import type {Page} from '../../../page/types.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import {makeAnchors, mayAddIds} from '../../shared/anchors.ts'
import {headingOf} from '../../shared/headings.ts'
import type {Anchors} from '../../types.ts'
import type {MkdocsConfig} from './config.ts'
import {pymdownSlug, pythonMarkdownIds} from './heading-ids.ts'
import {isIndentedBlock} from './syntax.ts'

/** Footnotes, and ids of the themes of MkDocs and Material for MkDocs. */
const THEME_IDS = /^(?:fn(?:ref)?:.+|__[\w-]+|mkdocs[-_](?:search|keyboard)[\w-]*)$/

/** The anchors of a page on a MkDocs site. */
export function mkdocsAnchors(page: Page, config: MkdocsConfig): Anchors {
  const {pymdown} = config
  const written = page.ids.filter(({from}) => from === 'html' || config.attributes).map(({id}) => id)
  const slug = pymdown && ((text: string) => pymdownSlug(text, pymdown))
  const ofHeadings = pythonMarkdownIds(page.headings, written, config.attributes, slug)
  return makeAnchors({
    ofHeadings,
    ids: [...ofHeadings, ...written],
    idOf: (text) => pythonMarkdownIds([headingOf(text)], [], false, slug)[0],
    alsoHas: (id) => THEME_IDS.test(id),
    incompleteBecause: whyIncomplete(page, config),
  })
}

/** A symbol at the start or end of a heading, with a space beside it. */
const EDGES = /^[^\p{L}\p{N}_\-\s]+\s|\s[^\p{L}\p{N}_\-\s]+$/u

function whyIncomplete({headings, opaqueContent}: Page, config: MkdocsConfig): Doubt | undefined {
  if (config.otherIds !== undefined) return config.otherIds
  if (config.tabIds && opaqueContent.some((text) => text.startsWith('===')))
    return doubt('content-ids', 'a group of tabs')
  const content = opaqueContent.find((text) => !isIndentedBlock(text))
  if (content !== undefined) return mayAddIds(content)
  if (headings.some((heading) => heading.template)) return doubt('heading-id', 'a heading with template code')
  // `&copy; 2024` loses its first space, `© 2024` does not, and only the source tells them apart.
  if (config.pymdown && headings.some(({text}) => EDGES.test(text)))
    return doubt('heading-id', 'a heading with a symbol at its start or end')
  return
}
