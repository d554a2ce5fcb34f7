import type {Span} from '../text/span.ts'

/** What one Markdown file says: plain JSON, every offset UTF-16 into the text without its byte order mark. */
export interface Page {
  /** Path from the tree's root, with `/`. */
  path: string
  /** The offset at which each line starts. */
  lines: Uint32Array
  /** The length of the text. */
  end: number
  /** The line ending that new lines are to have. */
  eol: '\n' | '\r\n'
  frontMatter?: FrontMatter
  headings: Heading[]
  /** Ids that the author wrote, in HTML or in attribute lists. */
  ids: Id[]
  definitions: Definition[]
  /** Every bracket that is, or may have been meant as, a reference. */
  references: Reference[]
  /** Every place with a URL. A reference's URL stands in its definition. */
  links: Link[]
  /** Template code that may put whole blocks on the page: all tags, and outputs that have a line to themselves. */
  opaqueContent: string[]
  /** Words that components of MDX are given, any of which they may make an id. */
  componentProps: string[]
  /** The components of MDX that the page uses, each name once. */
  components?: Component[]
  /** The identifiers of definitions anywhere, where platforms read what CommonMark takes for code. */
  labels?: string[]
  /** A comment such as `<!-- lint disable … -->` may be on the page, and how pages of its kind are written. */
  hasLintComments: 'markdown' | 'mdx' | false
}

/** A component of MDX: an element whose name is no HTML element's. */
export interface Component {
  name: string
  /** What it is imported from; nothing for one that is not imported. */
  from?: string
}

/** One heading. */
export interface Heading extends Span {
  depth: number
  /** What a reader sees: no markup, no HTML tags, no image texts. */
  text: string
  /** Stretches of {@link text} that stood in code spans, which typography leaves alone. */
  code?: Span[]
  /** The texts of images, and where in {@link text} each of them stands; some platforms make them part of ids. */
  alts?: {at: number; text: string}[]
  /** The id of an attribute list right below the heading, or of `{#id}` at its end. */
  id?: string
  /** Its text with that `{#id}`, or the comment, taken off. */
  textWithoutId?: string
  /** What a comment at its end says: `{/* text *\/}` or `<!-- text -->`. */
  comment?: string
  /** Written as an HTML element. */
  html?: true
  /** Holds template code, so its text is not known. */
  template?: true
  /**
   * The last line of its source, without the marks before it, where the platform asks for it. For kramdown it is without
   * hashes and id behind it, too, and only headings that are some for kramdown have it.
   */
  raw?: string
}

/** An id that the author wrote. */
export interface Id extends Span {
  id: string
  /** `attributes`: a kramdown attribute list or `{#id}`, plain text to platforms without them. */
  from: 'html' | 'attributes'
}

/** A link reference definition. */
export interface Definition extends Span {
  /** The label, normalised for comparison. */
  identifier: string
  /** The label as written. */
  label: string
  url: string
}

/** A reference to a definition, or a bracket that may have been meant as one. */
export interface Reference extends Bracket {
  /** The label, normalised for comparison. */
  identifier: string
  /** A definition matches it. */
  defined: boolean
  /** Where the list starts of which it leads an item; -1 if it leads none. */
  list: number
}

/** A place with a URL. */
export interface Link extends Span {
  /** The URL as CommonMark or HTML reads it: escapes and character references resolved. */
  url: string
  /** Where the URL stands in the text. */
  target: Span
  /** What holds it; `definition` for reference links of all kinds. */
  kind: 'link' | 'image' | 'definition' | 'autolink' | 'html'
  /** The element, for HTML. */
  tag?: string
  /** A picture is shown from it; for a definition: at least one reference is an image. */
  image?: true
}

/**
 * How the pages of a platform are written: plain JSON, since it is sent to worker threads. An empty object stands for
 * CommonMark with GFM's extensions.
 */
export interface Syntax {
  /** The Markdown dialect, if it is another one; `kramdown-gfm` is kramdown with its GFM parser. */
  dialect?: 'kramdown' | 'kramdown-gfm' | 'python-markdown' | 'myst'
  /** MDX: JavaScript and components among Markdown. */
  mdx?: boolean
  /**
   * The template language whose code is masked: Liquid's tags, or shortcodes such as `{{< name >}}`. Left out, only
   * `{{ … }}` and `{% … %}` on one line are.
   */
  templating?: 'liquid' | 'shortcodes'
  /** The names of paired shortcodes whose content is not Markdown. */
  verbatimShortcodes?: string[]
  /** Delimiters of text that the Markdown parser passes through unchanged, such as math: `['$$', '$$']`. */
  passthrough?: [open: string, close: string][]
  /** Where something begins that the platform renders and CommonMark does not recognise. */
  opaque?: Pattern[]
  /** Blocks of raw HTML hold Markdown. */
  markdownInHtml?: boolean
  /** Ids are made of the source of headings: {@link Heading.raw} is needed. */
  headingSource?: boolean
  /** {@link FrontMatter.places} are needed. */
  places?: boolean
}

/** A regular expression as JSON; it must match in time linear in the text. */
export interface Pattern {
  source: string
  flags: string
}

/** A bracket that has the shape of a reference. */
export interface Bracket extends Span {
  kind: 'full' | 'collapsed' | 'shortcut'
  image: boolean
  /** The label as written, on one line. */
  label: string
  /** It is the first thing in its block. */
  lead: boolean
  /** A kramdown attribute list stands right behind it. */
  attributes: boolean
  /** Words follow on its line, and its label has nothing in common with its text. */
  followed?: true
  /** Where its label stands; for a shortcut or collapsed one, the place where one could be inserted. */
  labelAt?: Span
}

/** The metadata block at the top of a page. */
export interface FrontMatter extends Span {
  kind: 'yaml' | 'toml' | 'json'
  /** The parsed value, plain JSON: an object, or null for an empty block; undefined where it could not be parsed. */
  data?: unknown
  /** Where each value stands, by JSON Pointer (RFC 6901), if that was asked for; the root's pointer is empty. */
  places: Record<string, Place>
  /** What is wrong with its syntax. */
  problems: (Span & {message: string})[]
}

/** Where a key and its value stand. */
export interface Place {
  key: Span
  value: Span
}
