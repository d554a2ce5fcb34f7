import type {Heading} from '../../page/types.ts'
import type {AnchorDoubt} from '../types.ts'
import {uncertainId} from './anchors.ts'
import {mapProse} from './headings.ts'
import {withGaps} from './uncertain-headings.ts'

/** The text between the first and the last dollar: mathematics, of which ids have another text, or none. */
const BETWEEN_DOLLARS = /\$.*\$/s

/** The doubts about headings that may have mathematics, each about the ids that the other text of one allows. */
export const mathHeadingDoubts = (headings: readonly Heading[]): AnchorDoubt[] =>
  headings
    .filter(mayHaveMath)
    .map((heading) => withGaps(uncertainId(heading), heading.text.split(BETWEEN_DOLLARS)))

const mayHaveMath = ({text, code}: Heading): boolean =>
  BETWEEN_DOLLARS.test(
    mapProse(
      text,
      code?.map((span) => ({...span, replacement: ''})),
      (prose) => prose,
    ),
  )
