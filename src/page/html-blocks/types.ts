import type {Span} from '../../text/span.ts'

/** The HTML of a text that its Markdown dialect does not delimit as CommonMark does. */
export interface HtmlBlocks {
  /** Its spans, in order. */
  html: Span[]
  /** The elements that it belongs to, if headings in them have no ids of their own. */
  elements: Span[]
}
