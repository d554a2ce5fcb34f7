import type {Span} from '../text/span.ts'
import type {FrontMatter} from './front-matter/types.ts'
import type {MisspelledLink} from './misspelled-link.ts'
import type {PageElement} from './page-element.ts'
import type {PossibleLink} from './possible-links.ts'

/**
 * The facts of one Markdown file: plain JSON. Offsets are in UTF-16 code units, from 0 at the start of the text without
 * its byte order mark; an `end` is exclusive.
 */
export interface Page {
  /** From the tree's root, with `/`. */
  path: string
  /** The offset at which each line starts. */
  lines: Uint32Array
  /** The length of the text, in UTF-16 code units. */
  end: number
  /** The line ending of the file, which inserted lines use, too. */
  eol: '\n' | '\r\n'
  frontMatter?: FrontMatter
  headings: Heading[]
  /** Ids that the author set, in HTML or in attribute lists. */
  ids: Id[]
  definitions: Definition[]
  /** All references, and the brackets that may have been meant as one. */
  references: Reference[]
  /** Text that may have been meant as a link, and links without a URL. */
  misspelled?: MisspelledLink[]
  /** All occurrences of URLs; a reference's URL belongs to its definition. */
  links: Link[]
  /** Values that look like paths, where it is not known whether they are links. */
  possibleLinks?: PossibleLink[]
  /**
   * Source whose rendered content is unknown and may contain blocks, ids or links: template code, includes, directives,
   * HTML with Markdown in it.
   */
  opaqueContent: string[]
  /** Values of props of MDX components, which may use any of them as an id. */
  componentProps: string[]
  /** The MDX components that the page uses, each name once. */
  components?: Component[]
  /** The code of the statements of MDX that export something, if {@link Syntax.exports} is set. */
  exports?: string
  /** The elements and components of MDX in text order, if {@link Syntax.elementAttributes} is set. */
  elements?: PageElement[]
  /**
   * The identifiers of everything that looks like a definition, for dialects that find them where CommonMark has code; for
   * others, of definitions after a footnote, on pages with undefined references.
   */
  labels?: string[]
  /** The blocks of {@link Syntax.blocks} that have titles, in order. */
  blocks?: TitledBlock[]
  /** The first mistake in MDX, at which the build of the site stops; see {@link Syntax.mdxBuild}. */
  mdxProblem?: Span & {message: string}
  /** The syntax of comments such as `<!-- lint disable … -->`, if the page may have some. */
  hasLintComments: 'markdown' | 'mdx' | false
}

/** An MDX component: an element whose name is capitalized or a member, `<Tabs>` or `<my.tabs>`. */
export interface Component {
  name: string
  /** The module that it is imported from; absent if it is not imported. */
  from?: string
}

/** A heading, in Markdown or HTML. */
export interface Heading extends Span {
  /** The level, from 1 to 6. */
  depth: number
  /**
   * The rendered text: without markup, HTML tags and images, but with `{#id}` or a comment at the end. With
   * {@link Syntax.keepsReferences}, it has `&rarr;` where `→` is rendered.
   */
  text: string
  /** Spans of {@link text} from code spans, which smart punctuation leaves alone. */
  code?: Span[]
  /** The descriptions of images, and their offsets in {@link text}; some platforms make them part of ids. */
  imageAlts?: {at: number; text: string}[]
  /** The id set by `{#id}` at its end, or by an attribute list right below it. */
  id?: string
  /** Its text without that `{#id}`, or without the comment. */
  textWithoutId?: string
  /** The plain text behind all other inlines, if an id in brackets may be in it: `Text [#id]`. */
  lastText?: string
  /** The content of a comment at its end: `{/* text *\/}` or `<!-- text -->`. */
  comment?: string
  /** It is an HTML element. */
  html?: true
  /** It is Markdown in an HTML element whose content kramdown reads. */
  isInHtml?: true
  /** It contains template code, so its rendered text is unknown. */
  template?: true
  /**
   * The last line of its source without markers, if {@link Syntax.headingSource} is set. For kramdown also without
   * closing hashes and id, and only for headings that kramdown recognizes.
   */
  source?: string
}

/** A block with a title, such as an admonition or a tab, with its body. */
export interface TitledBlock extends Span {
  /** The rendered text of the title. */
  text: string
  isTab: boolean
}

/** An id that the author set. */
export interface Id extends Span {
  id: string
  /**
   * `attributes` is an attribute list such as `{#id}`, which is plain text on platforms without them; `block` the id of a
   * block at its end, with its sign: `^id`.
   */
  from: 'html' | 'attributes' | 'block'
  /** It is the `id` of an HTML element, rather than a name or a property of a component. */
  isElement?: true
}

/** A link reference definition. */
export interface Definition extends Span {
  /** The label, normalized for comparison. */
  identifier: string
  /** The label as written. */
  label: string
  url: string
  /** The offset of the shortcode that it is in, if that is rendered without the rest of the page. */
  scope?: number
}

/** A reference to a definition, or a bracket that may have been meant as one. */
export interface Reference extends Bracket {
  /** The label, normalized for comparison. */
  identifier: string
  /** A definition matches it. */
  defined: boolean
  /** The start of the list that it leads an item of; -1 if it leads none. */
  listStart: number
}

/**
 * A link, image, definition, autolink, wikilink, HTML attribute or value of front matter with a URL; a module; or the
 * destination of a redirect.
 */
export interface Link extends Span {
  /** The URL with escapes and character references resolved, as CommonMark or HTML does. */
  url: string
  /** The span of the URL in the text. */
  target: Span
  /**
   * `definition` represents all reference links and images that use it. The URL of a `module` is the specifier of one, that
   * of an `include` the name of the file that is shown, that of a `role` the page, file or label that a role or directive
   * refers to, that of a `wikilink` the name or path of a page, perhaps with a fragment: none is encoded, or relative to the
   * URL of the page.
   */
  kind:
    | 'link'
    | 'image'
    | 'definition'
    | 'autolink'
    | 'html'
    | 'front-matter'
    | 'module'
    | 'include'
    | 'redirect'
    | 'role'
    | 'wikilink'
  /** For an include: the part of the file that is shown, as written, such as `:10:20` or `#region`. */
  part?: string
  /** For an include: it shows the file as code, or as a document with its own labels and links. */
  as?: 'code' | 'document'
  /**
   * For HTML: the name of the element; for a tag of Liquid or Nunjucks outside of links: `template`; for a role: its name, or that of the
   * directive; for an include: that of the construct, if it decides where the file is.
   */
  tag?: string
  /** The list of attributes that follows it, or is in its title: `target="_self"` for `[a](b){target="_self"}`. */
  attributes?: string
  /** For a component: the property that gets it, if only the component decides whether it is a link. */
  prop?: string
  /** Code of the page adds the base of the site to it. */
  isBased?: true
  /** It is shown as an image; for a definition: at least one reference is an image. */
  image?: true
  /** For a wikilink: the page shows what it leads to, `![[page]]`. */
  embed?: true
  /** For a module: no code of the page uses what it imports. */
  isUnused?: true
  /** Only other links show that it is one: the clause that says so. */
  likely?: string
}

/** A bracket that has the shape of a reference. */
export interface Bracket extends Span {
  kind: 'full' | 'collapsed' | 'shortcut'
  image: boolean
  /** The label as written, on one line. */
  label: string
  /** A kramdown attribute list follows directly. */
  hasAttributeList: boolean
  /** Words follow on its line, and its label has nothing in common with its text. */
  isFollowedByText?: true
  /** Its text, if its label has nothing in common with that; in a {@link Reference} normalized like a label. */
  tag?: string
  /** The span of its label; for a shortcut or collapsed one, the position at which one could be inserted. */
  labelSpan?: Span
}
