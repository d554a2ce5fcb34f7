/** How source files become URLs. */
export interface DescribedRoutes {
  /**
   * The ending of a page's URL: `none` (`/guide`), `slash` (`/guide/`), `.html` (`/guide.html`); `any` if the site
   * serves all of them. Links may always name the source file. Defaults to `any`.
   */
  ending?: 'none' | 'slash' | '.html' | 'any'
  /** The names, without extension, of pages that are published at the URL of their folder. */
  index?: readonly string[]
  /** Numbers before names, as in `1.guide/02-setup.md`, are dropped. */
  dropsNumbers?: boolean
  /** Folders in parentheses, as in `(guides)/setup.md`, are dropped. */
  dropsGroups?: boolean
  /** URLs are in lower case, or match in any case. */
  ignoresCase?: boolean
  /** First segments of URLs, such as `en`, that lead to the same pages as without them. */
  optionalPrefixes?: readonly string[]
  /** A link from the root is resolved in the page's own `content` folder first, as on sites in several languages. */
  ownContentFirst?: boolean
  /** The base of relative links: the folder of the source `file`, the page's `url`, or `both`. */
  relativeTo?: 'file' | 'url' | 'both'
  /** A link may consist of a file's name alone, wherever the file is: `setup.md` for `guide/setup.md`. */
  byName?: boolean
  /** Such a name may be that of a file which the build brings from another repository. */
  namesFromElsewhere?: boolean
}

/** The algorithms by which headings get their ids, by the library or program that is known for each. */
export type IdRule =
  | 'github-slugger'
  | 'mdit-vue'
  | 'python-markdown'
  | 'kramdown'
  | 'markdown-it-anchor'
  | 'mdc'
  | 'slug-crate'
  | 'eleventy'
  | 'sindresorhus-slugify'
  | 'hexo'
  | 'svelte'
  | 'tanstack'

/**
 * A site written down as data. A description that is fitted to a tree, read from a generator's configuration, or
 * declared by the user has this one form, which `doccheck sites` prints and a configuration takes.
 */
export interface Description {
  /** The site's folder, from the tree's root; empty for the root itself. */
  root: string
  /** The platform, if it is known. */
  platform?: string
  /** Folders of pages, relative to `root`, with the URL below which each is published: `{'src/content': '/docs'}`. */
  content?: Readonly<Record<string, string>>
  /** Folders of files that are published as they are, in the same form: `{public: '/'}`. */
  assets?: Readonly<Record<string, string>>
  /** The path of the site on its host, without a trailing slash; empty at the top. */
  base?: string
  /** The absolute URL of the published site. */
  home?: string
  routes?: DescribedRoutes
  /**
   * How headings get their ids; several rules if the site's is one of them. Absent if that is not known, so that a page
   * may have those of any rule, and others.
   */
  ids?: IdRule | readonly IdRule[]
  /** URLs that lead elsewhere: `{'/old': '/new', '/blog/*': 'https://blog.example.org'}`. */
  redirects?: Readonly<Record<string, string>>
  /** URLs that the build or another program publishes, with `*` for any characters: `['/api/*']`. */
  generated?: readonly string[]
  /** Nothing else is published: what is neither in the tree nor `generated` is missing. */
  complete?: boolean
}

/** What a platform says about one of its sites. */
export type SiteData = Omit<Description, 'root' | 'platform'>
