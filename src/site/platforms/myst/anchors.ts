import type {Heading, Page} from '../../../page/types.ts'
import {lettersOf} from '../../../text/nearest.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import {makeAnchors, mayAddIds, uncertainId} from '../../shared/anchors.ts'
import {record} from '../../shared/data.ts'
import {headingOf} from '../../shared/headings.ts'
import {shownPage} from '../../shared/shown-page.ts'
import {templateHeadingDoubts} from '../../shared/uncertain-headings.ts'
import type {AnchorDoubt, Anchors, SiteLink} from '../../types.ts'
import {MAY_BE_INCLUDED, type MystContext} from './context.ts'
import {docutilsId, mystSlugs} from './heading-ids.ts'
import {whyNameIsMissing} from './labels.ts'
import {resolveMystInclude} from './roles.ts'
import {addedIds, directiveIn, includedFile, targetsOn} from './targets.ts'

/** Ids that docutils, Sphinx and its themes generate, including those of footnotes and equations. */
const SPHINX_IDS =
  /^(?:id\d+|footnote-.*|module-.*|index-\d+|equation-.+|cite.*|main-content|content|furo-.*|searchbox|sd-.*|toctree.*|__.*)$/
/** Text that the extensions `replacements`, `smartquotes` and `linkify` change. */
const CHANGED_BY_TYPOGRAPHY = /--|\.\.|\+-|\((?:c|r|tm|p)\)|\w\.\w/i

/** The anchors of a page: MyST's slugs, docutils' ids, and targets; and those of the pages that it includes. */
export function mystAnchors(context: MystContext, page: Page): Anchors {
  const include = (link: SiteLink, from: string) => resolveMystInclude(context, link, from)
  const {pages, headings, doubts, isPartial, ofOwn} = shownPage(page, {page: context.page, include})
  const ofHeadings = mystSlugs(headings, context.config.anchorDepth)
  const targets = pages.flatMap(targetsOn)
  const targetsInLowerCase = new Set(targets.map((name) => name.toLowerCase()))
  // Older versions support only MyST's anchors, newer ones leave others to the browser.
  const ids = new Set([
    ...ofHeadings,
    ...pages.flatMap((each) => each.ids.map(({id}) => id)),
    ...headings.filter(({html}) => !html).map(({text}) => docutilsId(text)),
    ...targets.flatMap((name) => [name, docutilsId(name)]),
  ])
  return makeAnchors({
    ofHeadings: ofOwn(ofHeadings),
    ids,
    idOf: (text) => mystSlugs([headingOf(text)], Number.POSITIVE_INFINITY)[0],
    alsoHas: (fragment) => {
      // Some versions look up the fragment in lower case.
      const inLowerCase = fragment.toLowerCase()
      if (isPartial && ids.has(inLowerCase.replace(/-\d+$/, ''))) return true
      return ids.has(inLowerCase) || targetsInLowerCase.has(inLowerCase) || SPHINX_IDS.test(fragment)
    },
    doubts: [
      ...doubts,
      ...(context.isPublished(page.path) ? [] : [MAY_BE_INCLUDED]),
      ...pages.flatMap((each) => doubtsOf(each, context)),
    ],
  })
}

function doubtsOf(page: Page, context: MystContext): AnchorDoubt[] {
  const {config} = context
  const ofContent = page.opaqueContent.flatMap((content) => {
    // Without a program that renders sources, tags of templates are text.
    if (includedFile(content) !== undefined || (content.startsWith('{%') && !config.rendersSources)) return []
    const added = addedIds(content)
    // All uses of a directive have the same cause, whatever its fence and arguments are.
    return added ? [{...mayAddIds(directiveIn(content) ?? content), ...added}] : []
  })
  const odd = config.hasTypography ? page.headings.filter(({text}) => CHANGED_BY_TYPOGRAPHY.test(text)) : []
  const others = [config.otherIds, whyFrontMatterAddsIds(page)]
  return [
    ...ofContent,
    ...(config.hasSubstitutions ? templateHeadingDoubts(page.headings) : []),
    ...odd.map((heading) => ({...uncertainId(heading), covers: coversWordsOf(heading)})),
    ...others.filter((each) => each !== undefined),
    ...labelDoubts(context),
  ]
}

/** The doubts about labels anywhere: `#install` may lead to one, but `use.md#install` only to an id of that page. */
const labelDoubts = (context: MystContext): AnchorDoubt[] =>
  [...(context.config.moreTargets ? [context.config.moreTargets] : []), ...context.targets.doubts()].map(
    (each) => ({
      ...each,
      withinPage: true,
      refutedBy: (name) => whyNameIsMissing(context, name),
    }),
  )

/** The ids of a heading consist of its words, whatever becomes of the marks between them; `(c)` may be one. */
function coversWordsOf({text}: Heading): (fragment: string) => boolean {
  const words = [text, text.replace(/\((?:c|r|tm|p)\)/gi, '')].map(withoutNumber)
  return (fragment) => words.includes(withoutNumber(fragment))
}

/** The letters of a text, without a number at the end that tells its id from others. */
const withoutNumber = (text: string): string => lettersOf(text).replace(/\d+$/, '')

/** The settings of MyST in front matter that determine ids. */
function whyFrontMatterAddsIds({frontMatter}: Page): Doubt | undefined {
  const {myst} = record(frontMatter?.data)
  return Object.keys(record(myst)).some((key) => /^heading/.test(key)) ? doubt('front-matter-ids') : undefined
}
