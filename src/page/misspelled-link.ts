import type {Span} from '../text/span.ts'

/** Text that may have been meant as a link, and that Markdown shows with its brackets; or a link without a URL. */
export interface MisspelledLink extends Span {
  /** `[a](b c.md)`, `[a] (b.md)`, `(a)[b.md]`, `[a](b.md`, `[a]()` */
  form: 'spaces' | 'gap' | 'reversed' | 'unclosed' | 'empty'
  /** The text of the link in brackets, as written. */
  brackets: string
  /** The destination that was meant, as written. */
  url: string
  /** The span of the URL in the text. */
  target: Span
}
