/** A range of a page's text: offsets in UTF-16 code units from 0, `end` not included. */
export interface Span {
  start: number
  end: number
}

/** The replacement of a range of a page's text; an empty range makes it an insertion. */
export interface Edit extends Span {
  text: string
}
