import type {Span} from '../text/span.ts'
import type {PossibleLink} from './possible-links.ts'
import type {Id} from './types.ts'

/** A URL in an HTML attribute. */
export interface HtmlLink extends Span {
  url: string
  tag: string
  attribute: string
  /** In MDX: the specifier of a module, from a call of `require`, or a URL that is resolved as those of Markdown are. */
  as?: 'module' | 'markdown'
  /** It is a property of a component, which decides whether it is a link. */
  isProp?: true
  /** Code of Vue adds the base of the site to it. */
  isBased?: true
}

/** An opening or closing tag of `h1` to `h6`. */
export interface HtmlHeadingTag extends Span {
  depth: number
  isOpening: boolean
}

/** The facts in a span of HTML. */
export interface HtmlFacts {
  links: HtmlLink[]
  /** Values of other attributes that look like paths. */
  possible: PossibleLink[]
  ids: Pick<Id, 'id' | 'start' | 'end' | 'isElement'>[]
  /** In order. */
  headings: HtmlHeadingTag[]
  /** A `<base href>` changes the base URL of every link. */
  hasBase: boolean
  /** An `<include from>`, as of Writerside, shows content from elsewhere. */
  includes: boolean
  /** Attribute values of MDX components, each of which may become an id. */
  componentProps: string[]
  /** The attributes of {@link Syntax.elementAttributes} that are strings, as far as the span is one tag. */
  attributes: Record<string, string>
}

/** The facts of a span without any. */
export const noFacts = (): HtmlFacts => ({
  links: [],
  possible: [],
  ids: [],
  headings: [],
  hasBase: false,
  includes: false,
  componentProps: [],
  attributes: {},
})
