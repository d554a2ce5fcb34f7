/** A folder of pages: a version of an instance of the docs plugin, a blog, or the pages of a pages plugin. */
export interface Content {
  kind: 'docs' | 'blog' | 'pages'
  /** The plugin and its instance, `docs default`; only files of the same one link to each other. */
  plugin: string
  /** The folder, from the tree's root. */
  folder: string
  /** The folder of its translations within each `i18n/<locale>/`. */
  translationFolder: string
  /** The beginning of its pages' URLs: empty, or with a slash in front and none at the end. */
  route: string
  include: readonly string[]
  exclude: readonly string[]
  /** Whether prefixes such as `01-` are removed from names. */
  stripsNumberPrefixes: boolean
  /** The routes below which lists of pages are generated. */
  listRoutes: readonly string[]
  /** The file of its sidebars, from the tree's root. */
  sidebars?: string
  /** Why there may be URLs that no file shows. */
  morePages?: string
  /** Why the links of its pages may be changed before they are read. */
  otherLinks?: string
  /** Why its pages may have other ids. */
  otherIds?: string
}

/** The settings of a `docusaurus.config.*` that decide about URLs, links and ids. */
export interface DocusaurusConfig {
  home?: string
  /** The path at which the site is published, with a slash at both ends. */
  base: string
  trailingSlash: boolean | undefined
  defaultLocale: string | undefined
  contents: Content[]
  /** Folders of files that are copied, from the tree's root. */
  statics: string[]
  /** Whether `.md` files are MDX, too. */
  mdx: boolean
  maintainCase: boolean
  /** Whether ids may stand in HTML comments, which are taken out where MDX 1 is imitated. */
  htmlComments: boolean
  /** Extensions that redirect to the path without them. */
  redirectedExtensions: string[]
  redirectedPaths: Set<string>
  /** Why there may be pages that no file shows. */
  morePages?: string
  /** Why there may be Markdown files that exist only when the site is built. */
  moreSources?: string
  /** Why the links of pages may be changed before they are read. */
  otherLinks?: string
  /** Why pages may have other ids. */
  otherIds?: string
}

/** The state in which the parts of a configuration are read. */
export interface ConfigContext {
  /** The folder of the configuration, from the tree's root. */
  root: string
  /** The versions that a file lists; undefined where there is no such file. */
  versionsOf(file: string): readonly string[] | undefined
  /** The configuration as far as it is read. */
  config: DocusaurusConfig
}
