import type {Page} from '../../../page/types.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import {makeAnchors, mayAddIds, uncertainId} from '../../shared/anchors.ts'
import {headingOf} from '../../shared/headings.ts'
import type {Anchors} from '../../types.ts'
import {MAY_BE_INCLUDED, type MystContext} from './context.ts'
import {docutilsId, mystSlugs} from './heading-ids.ts'
import {mayHaveIds, targetsOn} from './targets.ts'

/** Ids that docutils, Sphinx and its themes generate, including those of footnotes and equations. */
const SPHINX_IDS =
  /^(?:id\d+|footnote-.*|module-.*|index-\d+|equation-.+|cite.*|main-content|content|furo-.*|searchbox|sd-.*|toctree.*|__.*)$/
/** Text that the extensions `replacements`, `smartquotes` and `linkify` change. */
const CHANGED_BY_TYPOGRAPHY = /--|\.\.|\+-|\((?:c|r|tm|p)\)|\w\.\w/i

/** The anchors of a page: MyST's slugs, docutils' ids, and targets. */
export function mystAnchors(context: Omit<MystContext, 'anchorsOf'>, page: Page): Anchors {
  const ofHeadings = mystSlugs(page.headings, context.config.anchorDepth)
  const targets = targetsOn(page)
  const targetsInLowerCase = new Set(targets.map((name) => name.toLowerCase()))
  // Older versions support only MyST's anchors, newer ones leave others to the browser.
  const ids = new Set([
    ...ofHeadings,
    ...page.ids.map(({id}) => id),
    ...page.headings.filter(({html}) => !html).map(({text}) => docutilsId(text)),
    ...targets.flatMap((name) => [name, docutilsId(name)]),
  ])
  return makeAnchors({
    ofHeadings,
    ids,
    idOf: (text) => mystSlugs([headingOf(text)], Number.POSITIVE_INFINITY)[0],
    alsoHas: (fragment) => {
      // Some versions look up the fragment in lower case.
      const inLowerCase = fragment.toLowerCase()
      return ids.has(inLowerCase) || targetsInLowerCase.has(inLowerCase) || SPHINX_IDS.test(fragment)
    },
    incompleteBecause: whyIncomplete(context, page),
  })
}

function whyIncomplete(
  {config, isPublished}: Pick<MystContext, 'config' | 'isPublished'>,
  page: Page,
): Doubt | undefined {
  if (config.otherIds !== undefined) return config.otherIds
  if (!isPublished(page.path)) return MAY_BE_INCLUDED
  const content = page.opaqueContent.find(mayHaveIds)
  if (content !== undefined) return mayAddIds(content)
  if (page.headings.some(({template}) => template)) return doubt('heading-id', 'a heading with a template')
  const odd = config.hasTypography && page.headings.find(({text}) => CHANGED_BY_TYPOGRAPHY.test(text))
  if (odd) return uncertainId(odd)
  const keys = Object.keys(page.frontMatter?.data ?? {})
  return keys.some((key) => /^(?:myst|title)\b/.test(key)) ? doubt('front-matter-ids') : undefined
}
