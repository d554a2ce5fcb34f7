import type {Page} from '../../page/types.ts'
import {firstNot} from '../../text/sorted.ts'
import type {Span} from '../../text/span.ts'

/** Create a test of whether a heading of the page contains an image. */
export function headingImageFinder({links, references}: Page): (heading: Span) => boolean {
  const images = [...links, ...references].filter(({image}) => image).sort((a, b) => a.start - b.start)
  return ({start, end}) => {
    const first = firstNot(images, (image) => image.start < start)
    for (let at = first; at < images.length && images[at]!.start < end; at++)
      if (images[at]!.end <= end) return true
    return false
  }
}
