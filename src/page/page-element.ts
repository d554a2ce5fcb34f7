import type {Span} from '../text/span.ts'

/** An element or component of MDX, from its opening tag to its closing one. */
export interface PageElement extends Span {
  name: string
  /** Those of its attributes that were asked for and are strings. */
  attributes: Readonly<Record<string, string>>
  /** The text of a heading: `h1` to `h6`, or a component of that name. */
  text?: string
}
