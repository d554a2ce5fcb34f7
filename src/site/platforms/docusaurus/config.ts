import type {Doubt} from '../../doubts.ts'
import type {Value} from '../../shared/javascript/values.ts'

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
  /** Code that generates the items of its sidebars, instead of the default one. */
  sidebarGenerator?: Value
  /** The remark and rehype plugins that run before the default ones, which read links, and all others. */
  markdownPlugins: {before: readonly Value[]; after: readonly Value[]}
  /** The reason why there may be URLs below its route that no file shows. */
  morePages?: Doubt
  /** The reason why links to files on its pages may be changed before they are read. */
  otherSources?: Doubt
  /** The reason why links to URLs on its pages may be changed. */
  otherUrls?: Doubt
  /** The reason why its pages may have other ids. */
  otherIds?: Doubt
}

/** Where pages and files may be that no source shows. */
export type Where =
  /** At any URL, as those of redirects. */
  | 'site'
  /** At any URL, and in any folder of sources. */
  | 'sources'
  /** At URLs outside the sections that sources fill. */
  | 'beside'
  /** At URLs with an extension. */
  | 'files'
  /** At URLs that end in `.txt` or `.md`. */
  | 'texts'
  /** At these paths below the base, and below them. */
  | {routes: readonly string[]}
  /** In these folders, from the tree's root. */
  | {folders: readonly string[]}

/** A reason why there may be pages and files that no source shows, and where they may be. */
export interface Addition {
  doubt: Doubt
  where: Where
}

/** A plugin, theme or preset whose pages are not known from its name. */
export interface UnlistedPlugin {
  /** Its package or file, or `local` for code of the configuration. */
  name: string
  /** The name in words. */
  about: string
  entry: Value
}

/** The settings of a `docusaurus.config.*` that determine URLs, links and ids. */
export interface DocusaurusConfig {
  home?: string
  /** The base path of the site, with a leading and a trailing slash; `/` if it is computed. */
  base: string
  isBaseComputed: boolean
  trailingSlash: boolean | undefined
  defaultLocale: string | undefined
  /** The locales that are named; those that are not are known by their folders of translations. */
  locales: readonly string[]
  contents: Content[]
  /** Folders of static files, from the tree's root. */
  statics: string[]
  /** Are `.md` files MDX, too? */
  mdx: boolean
  /** Is text parsed as MDX without further syntax, and only that of `.mdx` files unless {@link mdx} is set? */
  hasPlainMdx: boolean
  maintainCase: boolean
  /** May ids be set in HTML comments? These are removed in MDX 1 compatibility mode. */
  htmlComments: boolean
  /** Extensions that redirect to the path without them. */
  redirectedExtensions: string[]
  redirectedPaths: Set<string>
  /** The reasons why there may be pages and files that no source shows. */
  additions: Addition[]
  unlisted: UnlistedPlugin[]
  /** Folders, from the tree's root, by the names that a plugin lets modules begin with: `@components` → `src/components`. */
  aliases: Record<string, string>
  /** The reason why links on pages may be changed before they are read. */
  otherLinks?: Doubt
  /** The reason why links in Markdown may lead elsewhere than they say. */
  linkComponent?: Doubt
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
