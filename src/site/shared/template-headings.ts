import type {Heading} from '../../page/types.ts'
import {doubt} from '../doubts.ts'
import type {AnchorDoubt} from '../types.ts'
import {uncertainId} from './anchors.ts'

const CODE = /\{\{(?:(?!\}\})[^\n]){0,300}\}\}|\{%(?:(?!%\})[^\n]){0,300}%\}/
/** Code that may leave out the text that follows it. */
const CONDITION = /\{[{%]-?\s*(?:if|unless|case|for|range|with)\b/

/** The doubts about the ids of headings with template code, each about the ids that the other text of one allows. */
export const templateHeadingDoubts = (headings: readonly Heading[]): AnchorDoubt[] =>
  headings.filter(({template}) => template).map(doubtAbout)

function doubtAbout(heading: Heading): AnchorDoubt {
  const stretches = heading.text.split(CODE).map(lettersOf)
  if (CONDITION.test(heading.text) || stretches.every((text) => text === '')) return uncertainId(heading)
  const covers = (fragment: string) => containsAll(lettersOf(fragment), stretches)
  return {...doubt('template-heading', heading.text), covers}
}

/** The letters and digits of a text, which every algorithm for ids keeps: `Set-up (v2)` → `setupv2`. */
export const lettersOf = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

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
