import type {Link, Page, Syntax} from '../page/types.ts'

/** Where a link leads. Only `missing` is ever reported; `unknown` is silent. */
export type Resolution =
  /**
   * A page that doccheck reads, by its path from the tree's root, with the percent-decoded fragment, if there is one;
   * `published` where the link is the full URL of the page's site.
   */
  | {to: 'page'; path: string; fragment?: string; published?: true}
  /** Any other file, or a folder where the platform shows its files. */
  | {to: 'file'; path: string; fragment?: string}
  | {to: 'remote'; url: string}
  /** Something beyond the tree that is not looked up: `mailto:`, another repository, a part of the platform. */
  | {to: 'outside'; why: string}
  /** Nothing is there; `url` is the URL path that is asked for, where the link writes it in another way. */
  | {to: 'missing'; path: string; why: Missing; suggestion?: string; evidence?: Evidence; url?: string}
  | {to: 'unknown'; why: string}

/** Why the suggested file is the only one that can be meant. */
export type Evidence =
  /** Only letter case, Unicode form, kind of slash or a second percent-encoding differ, and no other file comes as near. */
  | 'spelling'
  /** It is the only page of that name, and the link has no extension, or one of another form of the page. */
  | 'extension'
  /** git's rename detection found that it moved there. */
  | 'renamed'

/** Why a target in the tree is missing. */
export type Missing =
  /** There is no file of that name. */
  | 'file'
  /** A file of that name exists in other letter case. */
  | 'case'
  /** A file of that name exists in another Unicode normalization form. */
  | 'unicode'
  /** The path leads above the repository. */
  | 'leaves'
  /** The file is there, but git ignores it, so it will be missing after a push. */
  | 'ignored'
  /** The folder is there, but nothing is published at its URL. */
  | 'index'
  /** A backslash stands where a URL needs a slash. */
  | 'backslash'
  /** The file is there, but the site does not publish it. */
  | 'unpublished'

/**
 * A link as a site sees it: some platforms rewrite links of Markdown, and leave those of HTML to the browser, for which
 * `/` is the root of the host.
 */
export type SiteLink = Pick<Link, 'url'> & Partial<Pick<Link, 'kind' | 'tag' | 'image'>>

/** What is known of a site before its pages are read: how it was recognised, and what its configuration says. */
export interface SiteFacts {
  platform: string
  /** The site's folder, from the tree's root; empty for the root itself. */
  root: string
  /** How the platform was recognised. */
  why: string
  /** How its pages are read; `.mdx` files are MDX on every site. */
  syntax: Syntax
  /**
   * Nothing says that no other program, with routes and ids of its own, publishes the pages: a link is known only if it
   * names a file.
   */
  assumed?: true
  /** It shows every file of the tree itself, with ids of its own, whatever site the file is also built for. */
  host?: true
  /** Front matter says where pages are published, so that all of them have to be read. */
  readsAll?: true
  /** Does a file belong to the site, in its folder or elsewhere? Without it, all files below its folder do. */
  owns?(path: string): boolean
  /** Where the site is published, such as `https://example.org/docs`, without a trailing slash, if that is known. */
  home?: string
  /** Of several definitions of a label the last one counts, not the first. */
  lastDefinition?: true
}

/** What a site says of its files, links and pages. */
export interface SiteAnswers {
  /** Why a page may have references that cannot be seen. */
  references?(page: Page): string | undefined
  /** Labels that are defined for a page where its definitions cannot be seen; or why there may be any. */
  definitions?(page: Page): Labels | string
  /** The URL paths at which a file is published, each with a leading slash; none for a file that is not published. */
  urlsOf(path: string): string[]
  resolve(link: SiteLink, from: string): Resolution
  anchorsOf(page: Page): Anchors
  /**
   * Write a link to a file in a form of the platform's own, such as `@site/docs/install.md`.
   *
   * @param like A URL in that form, without query and fragment: `@site/docs/instal.md`.
   * @param from The page that the link is on.
   * @returns nothing where `like` is in no such form; links are written as paths or URLs then
   */
  writeLink?(to: string, like: string, from: string): string | undefined
}

/** A link that was written for a page. */
export interface WrittenLink {
  url: string
  /** Whether the site resolves it to the file that it was written for. */
  leadsThere: boolean
}

/**
 * How a docs platform turns files into URLs and headings into anchors; its pages have been read.
 *
 * A site only answers; rules decide whether an answer is a problem.
 */
export interface Site extends SiteFacts, Omit<SiteAnswers, 'writeLink'> {
  /**
   * Write a link to a file in the form of another link, whose query and fragment are kept.
   *
   * @param like The other link's URL; with an empty one, the path from the page is written.
   * @param from The page that the link is on.
   */
  writeLink(to: string, like: string, from: string): WrittenLink
}

/** A set of labels. */
export type Labels = Pick<ReadonlySet<string>, 'has'>

/** The fragments that lead somewhere on a page. */
export interface Anchors {
  /** Does this fragment, percent-decoded and without `#`, lead to a place on the page? */
  has(fragment: string): boolean
  /** Every id that could be seen, for suggestions. */
  ids: ReadonlySet<string>
  /** The id of each heading of the page, in order. */
  ofHeadings: readonly (string | undefined)[]
  /** The id that the platform would give a heading of this text. */
  idOf(text: string): string | undefined
  /** Why the page may hold more ids than could be seen. */
  incompleteBecause?: string
  /** The platform is assumed, and another one would give other ids. */
  assumed?: true
}
