import type {Syntax} from '../page/syntax.ts'
import type {Link, Page} from '../page/types.ts'
import type {DeclaredUrls} from './declared-urls.ts'
import type {Description} from './description.ts'
import type {Doubt} from './doubts.ts'

/** The target of a link. Only `missing` is ever reported; `unknown` is counted. */
export type Resolution =
  /**
   * A page that doccheck reads, by its path from the tree's root, with the percent-decoded fragment, if there is one;
   * `published` if the link is the absolute URL of the page on its site; `or` is a page that it may lead to instead, such as
   * a translation.
   */
  | {to: 'page'; path: string; fragment?: string; published?: Published; or?: string}
  /**
   * Any other file, or a folder where the platform shows its files; `lines` is the number of its lines if the fragment
   * names one beyond them.
   */
  | {to: 'file'; path: string; fragment?: string; lines?: number}
  | {to: 'remote'; url: string}
  /** Something outside the tree that is not looked up: `mailto:`, another repository, a part of the platform. */
  | {to: 'outside'; why: string}
  | MissingTarget
  /**
   * The site cannot know; `otherwise` holds if the tree's own links refute the doubt. Without it, no evidence counts.
   * `unless` is the resolution of a URL that is hardly one of the site unless they do; `refutedBy` the clause that refutes
   * the doubt, if something else than such links does.
   */
  | {
      to: 'unknown'
      doubt: Doubt
      otherwise?: MissingTarget
      unless?: Resolution & {to: 'remote'}
      refutedBy?: string
    }

/**
 * A page is published at an absolute URL: `true` if that is certain; `on-host` if the host of the repository shows it
 * there.
 */
export type Published = true | 'likely' | 'on-host'

/** There is nothing at the target of a link. */
export interface MissingTarget {
  to: 'missing'
  path: string
  why: Missing
  suggestion?: string
  evidence?: Evidence
  /** The link names a file wherever that is: the path is one that it may have. */
  byName?: true
  /** Readers see the name in a wikilink without text: a repair keeps it as the text, as in `[[ip-address|IP address]]`. */
  isShown?: true
  /** The requested URL path, if the link spells it differently. */
  url?: string
  /** It is not certain but likely, for a reason in one clause: `all 118 other targets in /runtime/ exist`. */
  likely?: string
}

/** The evidence that only the suggested file can be meant. */
export type Evidence =
  /** Only letter case, Unicode form, kind of slash or double percent-encoding differ, and no other file is as close. */
  | 'spelling'
  /** It is the only page of that name, and the link has no extension, or that of another form of the page. */
  | 'extension'
  /** Git's rename detection found that it moved there. */
  | 'renamed'

/** The reason why a target in the tree is missing. */
export type Missing =
  /** No file of that name exists. */
  | 'file'
  /** A file of that name exists in other letter case. */
  | 'case'
  /** A file of that name exists in another Unicode normalization form. */
  | 'unicode'
  /** The path leaves the repository. */
  | 'leaves'
  /** The file exists, but Git ignores it, so it will be missing after a push. */
  | 'ignored'
  /** The folder exists, but nothing is published at its URL. */
  | 'index'
  /** It contains a backslash instead of a slash. */
  | 'backslash'
  /** The file exists, but the site does not publish it. */
  | 'unpublished'
  /** The file exists, but readers are shown its source text. */
  | 'source'
  /** No page of the site defines a label of that name. */
  | 'label'

/**
 * A link as a site sees it: some platforms rewrite links in Markdown, and leave those in HTML to the browser, which
 * resolves `/` against the root of the host.
 */
export type SiteLink = Pick<Link, 'url'> &
  Partial<
    Pick<
      Link,
      'kind' | 'tag' | 'prop' | 'image' | 'embed' | 'isBased' | 'attributes' | 'as' | 'likely' | 'isUnused'
    >
  > & {
    /** No page contains it: it is a URL in the browser. */
    isInBrowser?: true
  }

/** The facts of a site before its pages are read: how it was detected, and what its configuration says. */
export interface SiteFacts {
  platform: string
  /** The site's folder, from the tree's root; empty for the root itself. */
  root: string
  /** The reason for recognizing the platform, for reports. */
  why: string
  /** The syntax of its pages; `.mdx` files are MDX on every site. */
  syntax: Syntax
  /** Another program, with its own routes and ids, may publish the pages: a link is only certain if it names a file. */
  assumed?: true
  /** The generator of its pages is not known, so that a description has to be fitted to its links. */
  hasUnknownGenerator?: true
  /** It shows pages that a program which is not known publishes: the other links of these have to bear out its answers. */
  hasUnknownReader?: true
  /** It leaves files to other sites that publish them, and its folder to other platforms that are detected in it. */
  yields?: true
  /** It shows every file of the tree itself, with its own ids, even files that another site publishes. */
  host?: true
  /** Front matter determines where pages are published, so all of them have to be read. */
  readsAll?: true
  /** Its generator reads Markdown with code, such as `.qmd` files, as pages. */
  readsComputedMarkdown?: true
  /** Its pages are published at URLs in lower case, in whatever letter case their files are named. */
  hasLowerCaseUrls?: true
  /** Does a file belong to the site, in its folder or elsewhere? Without it, all files below its folder do. */
  owns?(path: string): boolean
  /** Does the navigation leave a page out, so that readers see it only where others include it, if they do? */
  isPart?(path: string): boolean
  /** It is at the top of a host, where other repositories may be published in folders: `/name/` on GitHub Pages. */
  sharesHost?: true
  /** The URL of the published site without a trailing slash, such as `https://example.org/docs`, if it is known. */
  home?: string
  /** Of several definitions of a label, the last one wins, not the first. */
  lastDefinition?: true
  /** The folder that the source files in its configuration of redirects are in. */
  sourceFolder?: string
  /** Names of files in text that a page includes begin at that page, as those of links do. */
  filesFromIncluder?: true
  /** The folders that specifiers of modules may begin with, by their aliases: `@site` → `website`. */
  moduleAliases?: Readonly<Record<string, string>>
  /** Its build leaves out imports whose names no code of the page uses, so that it does not miss their files. */
  dropsUnusedImports?: true
  /** What its description in the configuration says about URLs. */
  declared?: DeclaredUrls
  /** The description that holds; absent for a host that is assumed, and for a part of another site. */
  description?: Description
}

/** The answers of a site about its files, links and pages. */
export interface SiteAnswers {
  /** The reason why a page may have references that doccheck cannot see. */
  references?(page: Page): Doubt | undefined
  /** Labels defined for a page outside of its visible definitions; or the reason why there may be any. */
  definitions?(page: Page): Labels | Doubt
  /** The URL paths at which a file is published, each with a leading slash; empty if it is not published. */
  urlsOf(path: string): string[]
  resolve(link: SiteLink, from: string): Resolution
  /** Find the file that an include of a page names; needed if {@link Syntax.includes} is set. */
  include?(link: SiteLink, from: string): Resolution
  anchorsOf(page: Page): Anchors
  /**
   * Write a link to a file in a form specific to the platform, such as `@site/docs/install.md`.
   *
   * @param like A URL in that form, without query and fragment: `@site/docs/instal.md`.
   * @param from The page that contains the link.
   * @returns undefined if `like` is not in such a form; links are then written as paths or URLs
   */
  writeLink?(to: string, like: string, from: string): string | undefined
  /**
   * Write a link with its query and fragment, where these hold the route, or where the browser follows a link of that kind
   * otherwise than the platform.
   *
   * @returns undefined if neither is so; a URL that does not lead to the file if it cannot be written
   */
  writeWhole?(to: string, like: string, kind: Link['kind'] | undefined): string | undefined
}

/** A link written for a page. */
export interface WrittenLink {
  url: string
  /** Does the link resolve to the intended file? */
  leadsThere: boolean
}

/**
 * The routing and ids of a site whose pages have been read: how files become URLs, and headings anchors.
 *
 * A site only answers; rules decide whether an answer is a problem.
 */
export interface Site extends SiteFacts, Omit<SiteAnswers, 'writeLink'> {
  /**
   * Write a link to a file in the form of another link, whose query and fragment are kept.
   *
   * @param like The other link's URL; if it is empty, the path from the page is written.
   * @param from The page that contains the link.
   * @param kind The kind of the other link.
   */
  writeLink(to: string, like: string, from: string, kind?: Link['kind']): WrittenLink
}

/** A set of labels. */
export type Labels = Pick<ReadonlySet<string>, 'has'>

/** The fragments that exist on a page. */
export interface Anchors {
  /** Does a fragment, percent-decoded and without `#`, lead to a place on the page? */
  has(fragment: string): boolean
  /** Every id found on the page, for suggestions. */
  ids: ReadonlySet<string>
  /** The id of each heading of the page, in order. */
  ofHeadings: readonly (string | undefined)[]
  /** The id that the platform would give a heading with this text. */
  idOf(text: string): string | undefined
  /** The reasons why the page may have more ids than were found; a fragment that none concerns is missing for certain. */
  doubts: readonly AnchorDoubt[]
  /** The platform is assumed; another one would generate other ids. */
  assumed?: true
}

/** A reason why a page may have more ids than were found. */
export interface AnchorDoubt extends Doubt {
  /** Can it be about a fragment? Without it, it is about all fragments. */
  covers?(fragment: string): boolean
  /** It is about links on the page itself, not about those that name the page. */
  withinPage?: true
  /** The clause that refutes it, if something else than the fragments of the site does. */
  refutedBy?(fragment: string): string | undefined
}

/** The answer of a page about a fragment. */
export type FragmentAnswer =
  | {is: 'present'}
  /** `likely` is set if it is not certain, to the reason in one clause. */
  | {is: 'missing'; likely?: string}
  | {is: 'unknown'; doubt: Doubt}
