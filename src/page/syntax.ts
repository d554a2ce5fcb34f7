import type {IncludePattern, ShortcodeUrl} from './include-pattern.ts'
import type {Pattern} from './pattern.ts'
import type {WikilinkSyntax} from './wikilink-syntax.ts'

/**
 * The Markdown syntax of a platform: plain JSON, since it is sent to worker threads. An empty object means CommonMark
 * with the GFM extensions.
 */
export interface Syntax {
  /**
   * The Markdown dialect, if it differs from that; `kramdown-gfm` is kramdown with its GFM parser, `mdc` has the components
   * of Nuxt Content.
   */
  dialect?: 'kramdown' | 'kramdown-gfm' | 'python-markdown' | 'myst' | 'mdc'
  /** Colons mark the directives of MyST, as backticks do. */
  colonFences?: true
  /** MDX: JavaScript and components among Markdown. */
  mdx?: boolean
  /**
   * The build fails for pages that `@mdx-js/mdx` 2 or later cannot parse; to be `compatible` with MDX 1, it removes HTML
   * comments before, and ids in braces.
   */
  mdxBuild?: 'plain' | 'compatible'
  /**
   * The template language whose code is masked: Liquid's tags, those of Nunjucks outside of code, shortcodes such as
   * `{{< name >}}`, or calls of Tera such as `{{ name() }}`. If absent, only `{{ … }}` and `{% … %}` on one line are.
   */
  templating?: 'liquid' | 'nunjucks' | 'shortcodes' | 'tera'
  /** The names of paired shortcodes whose content is not Markdown. */
  verbatimShortcodes?: string[]
  /** Delimiters of text that the Markdown parser passes through unchanged, such as math: `['$$', '$$']`. */
  passthrough?: [open: string, close: string][]
  /** Text between dollar signs is math, by the rule of Pandoc; math contains no links. */
  dollarMath?: true
  /**
   * Constructs that the platform renders and CommonMark does not recognize:
   * each match is added to {@link Page.opaqueContent}.
   */
  opaque?: Pattern[]
  /** Matches of {@link opaque} in fenced code do not count. */
  opaqueOutsideCode?: true
  /** The delimiters of an id at the end of a heading, if they are not braces: `['%{', '}%']`. */
  attributeDelimiters?: readonly [open: string, close: string]
  /** The titles of links and images hold their attributes: `[a](b ":ignore")`. */
  attributesInTitles?: true
  /** Destinations may contain spaces: `[a](b c.md)` is a link. */
  spacesInUrls?: true
  /** Images may have a size after their URL and title: `![a](b.png =300x200)`. */
  imageSizes?: true
  /** URLs without angle brackets end before a character that goldmark does not expect in one. */
  asciiAutolinks?: true
  /** Blocks of raw HTML contain Markdown. */
  markdownInHtml?: boolean
  /** The extensions of Python-Markdown whose blocks contain Markdown. */
  blocks?: readonly BlockExtension[]
  /** The platform derives ids from the source of headings: {@link Heading.source} is needed. */
  headingSource?: boolean
  /** The platform derives ids from text with character references as written: {@link Heading.text} has them so. */
  keepsReferences?: true
  /** The ids of headings contain the tags of raw HTML: {@link Heading.text} has them. */
  tagsInHeadings?: true
  /** {@link FrontMatter.places} are needed. */
  places?: boolean
  /** Properties of the components of MDX may be links: those whose names say so, with paths as their values. */
  jsxProps?: true
  /** The attributes that {@link Page.elements} are needed with. */
  elementAttributes?: readonly string[]
  /** {@link Page.exports} are needed: the components that pages of MDX define. */
  exports?: true
  /** HTML may have components of Vue, whose properties `href` and `src` may be links. */
  vueComponents?: true
  /** Further properties of such components that are links, as `component property` in lower case. */
  componentUrls?: readonly string[]
  /** Parameters of shortcodes that are URLs or names of files. */
  shortcodeUrls?: readonly ShortcodeUrl[]
  /** Constructs that show files. */
  includes?: readonly IncludePattern[]
  /** Double brackets are links. */
  wikilinks?: WikilinkSyntax
  /** Blocks may end in ids: `text ^id`. */
  blockIds?: true
  /** Text between `%%` is a comment. */
  percentComments?: true
  /** Front matter ends where a line begins with its fence; it starts so, too (`marker`), or may end with the text (`text`). */
  frontMatterEnd?: 'marker' | 'text'
  /** Values of front matter that the theme links to or shows. */
  frontMatterUrls?: readonly FrontMatterUrl[]
}

/** Extensions of Python-Markdown for blocks; `blocks` are those of `pymdownx.blocks`. */
export type BlockExtension = 'admonition' | 'details' | 'tabbed' | 'def_list' | 'blocks' | 'md_in_html'

/** A value of front matter that is a URL. */
export interface FrontMatterUrl {
  /** A JSON Pointer (RFC 6901), in which `*` is any item of a list: `/hero/actions/*\/link`. */
  pointer: string
  /**
   * A link or an image; an `asset` is the image in a file that the bundler finds, a `./asset` only if the value begins with
   * `./`, otherwise the URL of an image. With `html`, it has URLs in attributes.
   */
  as: 'link' | 'image' | 'asset' | './asset' | 'html'
}
