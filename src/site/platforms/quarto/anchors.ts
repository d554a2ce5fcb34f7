import type {Page} from '../../../page/types.ts'
import {makeAnchors, mayAddIds, uncertainId} from '../../shared/anchors.ts'
import {headingOf} from '../../shared/headings.ts'
import {isHtmlWithoutIds} from '../../shared/html-blocks.ts'
import type {Anchors} from '../../types.ts'
import {pandocIds} from './heading-ids.ts'

/** Footnotes, cross-references, and ids of Quarto's theme. */
const THEME_IDS =
  /^(?:refs|fn(?:ref)?\d+|title-block-header|TOC|toc-.+|quarto-.+|(?:sec|fig|tbl|lst|eq|thm|lem|cor|prp|cnj|def|exm|exr|ref)-.+)$/
/** Pandoc's Markdown syntax beyond CommonMark: math, citations, superscripts, spans, raw TeX. */
const PANDOC_SYNTAX = /[$@^~\\[\]{}<|]/

/** The anchors of a page on a Quarto site. */
export function quartoAnchors({headings, ids, opaqueContent}: Page): Anchors {
  const ofHeadings = pandocIds(headings)
  const content = opaqueContent.find((text) => !isHtmlWithoutIds(text))
  const uncertain = headings.find(({text, textWithoutId}) => PANDOC_SYNTAX.test(textWithoutId ?? text))
  return makeAnchors({
    ofHeadings,
    ids: [...ofHeadings, ...ids.map(({id}) => id)],
    idOf: (text) => pandocIds([headingOf(text)])[0],
    alsoHas: (id) => THEME_IDS.test(id),
    incompleteBecause: content === undefined ? uncertain && uncertainId(uncertain) : mayAddIds(content),
  })
}
