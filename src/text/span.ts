/** A stretch of a page's text: UTF-16 offsets from 0, `end` not included. */
export interface Span {
  start: number
  end: number
}

/** Replace a stretch of a page's text; an empty stretch is an insertion. */
export interface Edit extends Span {
  text: string
}
