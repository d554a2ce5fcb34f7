import type {Heading, Page} from '../../../page/types.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import {makeAnchors, mayAddIds, uncertainId} from '../../shared/anchors.ts'
import {record} from '../../shared/data.ts'
import {headingOf} from '../../shared/headings.ts'
import {isHtmlWithoutIds} from '../../shared/html-blocks.ts'
import {type IncludeFinder, shownPage} from '../../shared/shown-page.ts'
import {templateHeadingDoubts, withGaps} from '../../shared/uncertain-headings.ts'
import type {AnchorDoubt, Anchors} from '../../types.ts'
import {addsOnlyLabel, labelsOf} from './cells.ts'
import type {Filters} from './filters.ts'
import {pandocIds} from './heading-ids.ts'
import {idsOfRawHtml, isPlainHtml} from './raw-html.ts'

/** Footnotes, bibliography, and ids of Quarto's theme. */
const THEME_IDS =
  /^(?:refs|fn(?:ref)?\d+|title-block-header|TOC|toc-.+|quarto-.+|ref-.+|cb\d.*|tabset-.+|eq-.+)$/
/** Parts of headings that Pandoc reads in its own way: math, citations, spans, raw TeX, superscripts. */
const PANDOC_SYNTAX = /\$[^$]*\$|\[[^\]]*\]|\{[^}]*\}|<[^>]*>|@[\w:.-]+|\\[a-z]+|[$^~\\[\]{}<|]/
/** Braces that are text, escaped shortcodes, and those of Quarto that show text or media without ids. */
const WITHOUT_IDS =
  /^\{\{(?![<{])|^\{\{\{|^\{\{[<{]\s*\/?(?:meta|var|env|kbd|video|pagebreak|version|lipsum|placeholder|brand|git-rev|fa|bi|iconify)\b/

/** Shortcodes that show content of other files. */
const SHOWS_FILES = /^\{\{<\s*(?:include|embed)\b/

/**
 * The anchors of a page on a Quarto site.
 *
 * @param filters The filters and shortcodes of the project.
 */
export function quartoAnchors(page: Page, filters: Filters, finder: IncludeFinder): Anchors {
  const {pages, headings, ids, doubts, ofOwn} = shownPage(page, finder)
  const ofHeadings = pandocIds(headings)
  const opaqueContent = pages.flatMap((each) => each.opaqueContent)
  const content =
    opaqueContent.find((each) => SHOWS_FILES.test(each)) ??
    opaqueContent.find((each) => mayHaveIds(each) && !filters.isShortcodeWithoutIds(each))
  return makeAnchors({
    ofHeadings: ofOwn(ofHeadings),
    ids: [
      ...ofHeadings,
      ...ids.map(({id}) => id),
      ...pages.flatMap(labelsOf),
      ...idsOfRawHtml(opaqueContent),
      ...idsOfTitles(page),
    ],
    idOf: (text) => pandocIds([headingOf(text)])[0],
    alsoHas: (id) => THEME_IDS.test(id),
    incompleteBecause: content === undefined ? whyAdded(page, filters.addingTo(page)) : mayShowIds(content),
    doubts: [...doubts, ...templateHeadingDoubts(headings), ...headings.flatMap(doubtAbout)],
  })
}

/** The ids of the headings that a page shows, of included files, too. */
export const headingIdsOf = (page: Page, finder: IncludeFinder): (string | undefined)[] =>
  pandocIds(shownPage(page, finder).headings)

/** The ids of sections at the end of a page, whose titles it sets in `language`: `section-title-footnotes: Notes`. */
const idsOfTitles = ({frontMatter}: Page): (string | undefined)[] =>
  pandocIds(
    Object.entries(record(record(frontMatter?.data).language)).flatMap(([key, title]) =>
      key.startsWith('section-title-') && typeof title === 'string' ? [headingOf(title)] : [],
    ),
  )

const mayShowIds = (content: string): Doubt =>
  SHOWS_FILES.test(content) ? doubt('component-content', content) : mayAddIds(content)

/** The reason why more than the text of a page may have ids. */
function whyAdded({frontMatter}: Page, filter: string | undefined): Doubt | undefined {
  if (filter !== undefined) return doubt('plugin-ids', `the filter ${filter}`)
  // A listing may have a template of its own.
  const text = JSON.stringify(frontMatter?.data ?? {})
  return /"(?:include-(?:before|after)-body|listing|about)":/.test(text)
    ? doubt('front-matter-ids')
    : undefined
}

const mayHaveIds = (content: string): boolean =>
  !isHtmlWithoutIds(content) && !isPlainHtml(content) && !addsOnlyLabel(content) && !WITHOUT_IDS.test(content)

function doubtAbout(heading: Heading): AnchorDoubt[] {
  const text = heading.textWithoutId ?? heading.text
  const stretches = text.split(PANDOC_SYNTAX)
  return stretches.length === 1 || heading.id !== undefined ? [] : [withGaps(uncertainId(heading), stretches)]
}
