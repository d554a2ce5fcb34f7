import type {Doubt} from '../../doubts.ts'
/** A folder of pages: a version of a docs plugin instance, a blog, or the pages of a pages plugin. */
export interface Content {
  kind: 'docs' | 'blog' | 'pages'
  /** The plugin and its instance, `docs default`; only files of the same instance link to each other. */
  plugin: string
  /** The folder, from the tree's root. */
  folder: string
  /** The folder of its translations within each `i18n/<locale>/`. */
  translationFolder: string
  /** The prefix of its pages' URLs: empty, or with a leading and no trailing slash. */
  route: string
  include: readonly string[]
  exclude: readonly string[]
  /** Are prefixes such as `01-` removed from names? */
  stripsNumberPrefixes: boolean
  /** The routes below which lists of pages are generated. */
  listRoutes: readonly string[]
  /** The file of its sidebars, from the tree's root. */
  sidebars?: string
  /** The reason why there may be URLs that no file shows. */
  morePages?: Doubt
  /** The reason why links on its pages may be changed before they are read. */
  otherLinks?: Doubt
  /** The reason why its pages may have other ids. */
  otherIds?: Doubt
}

/** The settings of a `docusaurus.config.*` that determine URLs, links and ids. */
export interface DocusaurusConfig {
  home?: string
  /** The base path of the site, with a leading and a trailing slash. */
  base: string
  trailingSlash: boolean | undefined
  defaultLocale: string | undefined
  contents: Content[]
  /** Folders of static files, from the tree's root. */
  statics: string[]
  /** Are `.md` files MDX, too? */
  mdx: boolean
  maintainCase: boolean
  /** May ids be set in HTML comments? These are removed in MDX 1 compatibility mode. */
  htmlComments: boolean
  /** Extensions that redirect to the path without them. */
  redirectedExtensions: string[]
  redirectedPaths: Set<string>
  /** The reason why there may be pages that no file shows. */
  morePages?: Doubt
  /** The reason why there may be Markdown files that exist only at build time. */
  moreSources?: Doubt
  /** The reason why links on pages may be changed before they are read. */
  otherLinks?: Doubt
  /** The reason why pages may have other ids. */
  otherIds?: Doubt
}

/** The state while the parts of a configuration are read. */
export interface ConfigContext {
  /** The folder of the configuration, from the tree's root. */
  root: string
  /** The versions listed in a file; undefined if the file does not exist. */
  versionsOf(file: string): readonly string[] | undefined
  /** The configuration read so far. */
  config: DocusaurusConfig
}
