import type {Heading} from '../../../page/types.ts'
import type {AnchorDoubt} from '../../types.ts'
import {uncertainId} from '../anchors.ts'
import {mditVueSlug} from '../slugs.ts'

/**
 * Character references, emoji, interpolations and attributes other than an id, whose effect on ids depends on the version and its
 * options.
 */
const ODD = /&#?\w*;?|:\w+:|\{\{[^{}]*\}\}|\{[^{}]*\}\s*$/

const isOdd = ({text, id, template}: Heading): boolean => id === undefined && (template || ODD.test(text))

/** The id of a heading is known but for what stands between its beginning and its end: `Build & run` → `build-…run`. */
function oddHeading(heading: Heading): AnchorDoubt {
  const parts = heading.text.split(ODD)
  const start = mditVueSlug(parts[0]!)
  const end = mditVueSlug(parts.at(-1)!).replace(/^_/, '')
  return {
    ...uncertainId(heading),
    covers: (fragment) => fragment.startsWith(start) && fragment.replace(/-\d+$/, '').endsWith(end),
  }
}

/** The doubts about headings of a page whose ids are not known for certain. */
export const oddHeadings = (headings: readonly Heading[]): AnchorDoubt[] =>
  headings.filter(isOdd).map(oddHeading)
