import type {Heading, Page} from '../../page/types.ts'
import {lettersOf} from '../../text/nearest.ts'
import {type Doubt, doubt} from '../doubts.ts'
import type {AnchorDoubt} from '../types.ts'
import {uncertainId} from './anchors.ts'
import {headingImageFinder} from './heading-images.ts'

const CODE = /\{\{(?:(?!\}\})[^\n]){0,300}\}\}|\{%(?:(?!%\})[^\n]){0,300}%\}/
/** Code that may leave out the text that follows it. */
const CONDITION = /\{[{%]-?\s*(?:if|unless|case|for|range|with)\b/

/** The doubts about the ids of headings with template code, each about the ids that the other text of one allows. */
export const templateHeadingDoubts = (headings: readonly Heading[]): AnchorDoubt[] =>
  headings.filter(({template}) => template).map(doubtAbout)

function doubtAbout(heading: Heading): AnchorDoubt {
  const stretches = CONDITION.test(heading.text) ? [] : heading.text.split(CODE)
  return withGaps(doubt('template-heading', heading.text), stretches)
}

/**
 * The doubt about the id of a heading of which stretches of text are known, and the text between them is not: with `Use`
 * and `now`, it is about `use-it-now` and `use-now`, not about `use-it`.
 */
export function withGaps(about: Doubt, stretches: readonly string[]): AnchorDoubt {
  const known = stretches.map(lettersOf)
  if (known.every((text) => text === '')) return doubt('heading-id', about.about)
  return {...about, covers: (fragment) => containsAll(lettersOf(fragment), known)}
}

/** The doubt about ids that a loop repeats, with numbers: `use-1`, `use_1` */
export const repeatedIds = (about: Doubt, ids: ReadonlySet<string | undefined>): AnchorDoubt => ({
  ...about,
  covers: (fragment) => /[-_]\d+$/.test(fragment) && ids.has(fragment.replace(/[-_]\d+$/, '')),
})

/** The doubts about headings whose images have descriptions that may be part of the id. */
export const imageHeadingDoubts = (page: Page): AnchorDoubt[] => {
  const hasImage = headingImageFinder(page)
  return page.headings
    .filter(hasImage)
    .map((heading) => withGaps(uncertainId(heading), stretchesAround(heading)))
}

/** The stretches of a heading's text before, between and after its images. */
function stretchesAround({text, imageAlts = []}: Heading): string[] {
  const ends = imageAlts.map(({at}) => at)
  // Without offsets, all of the text may be on either side.
  if (ends.length === 0) return ['', text]
  return [0, ...ends].map((start, index) => text.slice(start, ends[index] ?? text.length))
}

/** Does a text begin with the first of several stretches, and contain the others in their order? */
function containsAll(text: string, [first, ...others]: readonly string[]): boolean {
  if (!text.startsWith(first!)) return false
  let at = first!.length
  for (const stretch of others) {
    const found = text.indexOf(stretch, at)
    if (found < 0) return false
    at = found + stretch.length
  }
  return true
}
