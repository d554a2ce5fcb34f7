import type {Page} from '../page/facts.ts'
import type {Span} from '../rule.ts'

/** Make what tells whether a picture stands in a heading of a page. */
export function pictureFinder({links, references}: Page): (heading: Span) => boolean {
  const pictures = [...links, ...references].filter(({image}) => image).sort((a, b) => a.start - b.start)
  return ({start, end}) => {
    let low = 0
    let high = pictures.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (pictures[middle]!.start < start) low = middle + 1
      else high = middle
    }
    for (let at = low; at < pictures.length && pictures[at]!.start < end; at++)
      if (pictures[at]!.end <= end) return true
    return false
  }
}
