import type {Page} from '../../page/types.ts'
import {firstNot} from '../../text/sorted.ts'
import type {Span} from '../../text/span.ts'

/** Make what tells whether a picture stands in a heading of a page. */
export function pictureFinder({links, references}: Page): (heading: Span) => boolean {
  const pictures = [...links, ...references].filter(({image}) => image).sort((a, b) => a.start - b.start)
  return ({start, end}) => {
    const first = firstNot(pictures, (picture) => picture.start < start)
    for (let at = first; at < pictures.length && pictures[at]!.start < end; at++)
      if (pictures[at]!.end <= end) return true
    return false
  }
}
