import type {Span} from '../text/span.ts'

/**
 * The facts of one Markdown file: plain JSON. Offsets are in UTF-16 code units, from 0 at the beginning of the text
 * without its byte order mark; an `end` is behind the last one.
 */
export interface Page {
  /** From the tree's root, with `/`. */
  path: string
  /** The offset at which each line starts. */
  lines: Uint32Array
  /** The length of the text, in UTF-16 code units. */
  end: number
  /** The line ending of the file, which new lines get, too. */
  eol: '\n' | '\r\n'
  frontMatter?: FrontMatter
  headings: Heading[]
  /** Ids that the author set, in HTML or in attribute lists. */
  ids: Id[]
  definitions: Definition[]
  /** All references, and the brackets that may have been meant as one. */
  references: Reference[]
  /** All places with a URL; a reference's URL stands in its definition. */
  links: Link[]
  /**
   * Source whose rendered content is not known and may hold blocks, ids or links: template code, includes, directives,
   * HTML with Markdown in it.
   */
  opaqueContent: string[]
  /** Values of props of MDX components, which may make an id of each. */
  componentProps: string[]
  /** The MDX components that the page uses, each name once. */
  components?: Component[]
  /** The identifiers of all that looks like a definition, in dialects that find them where CommonMark has code. */
  labels?: string[]
  /** Whether the page may have comments such as `<!-- lint disable … -->`, and if so, how it is written. */
  hasLintComments: 'markdown' | 'mdx' | false
}

/** An MDX component: an element whose name is capitalised or a member, `<Tabs>` or `<my.tabs>`. */
export interface Component {
  name: string
  /** The module from which it is imported; left out for one that is not. */
  from?: string
}

/** A heading, in Markdown or HTML. */
export interface Heading extends Span {
  /** The level, from 1 to 6. */
  depth: number
  /** The rendered text: without markup, HTML tags and images, with `{#id}` or a comment at the end. */
  text: string
  /** Stretches of {@link text} from code spans, which smart punctuation leaves alone. */
  code?: Span[]
  /** The descriptions of images, and their offsets in {@link text}; some platforms make them part of ids. */
  imageAlts?: {at: number; text: string}[]
  /** The id that `{#id}` at its end sets, or an attribute list right below it. */
  id?: string
  /** Its text without that `{#id}`, or without the comment. */
  textWithoutId?: string
  /** The content of a comment at its end: `{/* text *\/}` or `<!-- text -->`. */
  comment?: string
  /** It is an HTML element. */
  html?: true
  /** It holds template code, so that its rendered text is not known. */
  template?: true
  /**
   * The last line of its source without markers, where {@link Syntax.headingSource} asks for it. For kramdown it is also
   * without closing hashes and id, and set only for headings that kramdown recognises.
   */
  source?: string
}

/** An id that the author set. */
export interface Id extends Span {
  id: string
  /** `attributes` is an attribute list such as `{#id}`, which is plain text on platforms without them. */
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
  listStart: number
}

/** A link, image, definition, autolink, or an HTML attribute with a URL. */
export interface Link extends Span {
  /** The URL with escapes and character references resolved, as CommonMark or HTML does. */
  url: string
  /** Where the URL stands in the text. */
  target: Span
  /** `definition` stands for the reference links of all kinds that lead to it. */
  kind: 'link' | 'image' | 'definition' | 'autolink' | 'html'
  /** For HTML: the name of the element. */
  tag?: string
  /** It is shown as an image; for a definition: at least one reference is an image. */
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
  /** What the platform renders and CommonMark does not recognise: each match is added to {@link Page.opaqueContent}. */
  opaque?: Pattern[]
  /** Blocks of raw HTML hold Markdown. */
  markdownInHtml?: boolean
  /** The platform makes ids of the source of headings: {@link Heading.source} is needed. */
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
  /** A kramdown attribute list stands right behind it. */
  hasAttributeList: boolean
  /** Words follow on its line, and its label has nothing in common with its text. */
  isFollowedByText?: true
  /** Where its label stands; for a shortcut or collapsed one, the place where one could be inserted. */
  labelSpan?: Span
}

/** The metadata block at the top of a page. */
export interface FrontMatter extends Span {
  kind: 'yaml' | 'toml' | 'json'
  /** The parsed value as plain JSON, null for an empty block; left out where it could not be parsed. */
  data?: unknown
  /** Where each value stands, by JSON Pointer (RFC 6901), if {@link Syntax.places} asks for it; the root is `''`. */
  places: Record<string, Place>
  /** The errors in its syntax. */
  problems: (Span & {message: string})[]
}

/** Where a key and its value stand in the page; for an item of a list, `key` is the item. */
export interface Place {
  key: Span
  value: Span
}
