import type {Root} from 'mdast'
import type {VFileMessage} from 'vfile-message'
import type {Syntax} from '../page/syntax.ts'
import type {Page} from '../page/types.ts'
import type {RemoteFacts, RemoteUrls} from '../remote/types.ts'
import type {Finding, Rule, Severity, SiteView, Target} from '../rule/types.ts'
import type {Doubt} from '../site/doubts.ts'
import type {SiteSettings} from '../site/find-markers.ts'
import type {Sites} from '../site/publish-sites.ts'
import type {Tree} from '../tree/tree.ts'

/** An enabled rule, with its severity and options. */
export interface ActiveRule {
  rule: Rule
  severity: Exclude<Severity, 'off'>
  options: object
  /** It comes from a plugin rather than from doccheck. */
  isPlugin?: boolean
}

/** Runs the remark plugins of the configuration on one page. */
export interface RunPlugins {
  (path: string, text: string, tree: Root): Promise<VFileMessage[]>
  /** The names of their rules; absent if one of the plugins may report under any name. */
  rules?: readonly string[]
}

/** The input of one run. */
export interface CheckInput extends SiteSettings {
  tree: Tree
  /** The branch that the pull request which is checked out is for, as CI says. */
  base?: string
  /** The paths of the pages to report on; other pages are read only if links lead to them. */
  files: readonly string[]
  /** Is a page test data, on which to report only if a site publishes it? If absent, no page is. */
  isTestData?(path: string): boolean
  /** The active rules of a page. */
  rulesFor(path: string): readonly ActiveRule[]
  /** Runs on every page to report on. */
  plugins?: RunPlugins
  /** The change under judgement: a target that it removes or renames is certainly missing. */
  history?: History
  /** Git's history, in which replacements for reported targets are looked up. It decides on no finding. */
  past?: Renames
  /** Check remote URLs, all at once; absent when offline, not called without URLs. */
  probe?(asks: RemoteUrls): Promise<RemoteFacts>
  /** Are remote URLs on a page checked? If absent, those on all pages are. */
  asksOn?(path: string): boolean
  /** Pages of an earlier run whose texts are unchanged; those with the same syntax are not read again. */
  known?: ReadonlyMap<string, KnownPage>
  /** The CPU time that each step on a page may take, in milliseconds; 10,000 by default. */
  limit?: number
  /** Only the part of a shard is to be reported, and only its URLs are requested. */
  shard?: Shard
  /** The URL that is requested for a URL; by default the same. */
  requested?(url: string): string
  /** Ends the run between two steps: {@link check} throws its reason. */
  signal?: AbortSignal
  /** Called with the number of pages read so far and the total. */
  progress?(done: number, total: number): void
}

/** A page that was read, with the syntax used to read it. */
export interface KnownPage extends Outcome {
  syntax: Syntax
}

/** The files and headings of a tree that were renamed. */
export interface Renames {
  /**
   * Current paths of renamed files, by their former ones.
   *
   * @param paths Paths of files or folders that may have been renamed, and of files that may have had other paths;
   * others may be left out.
   */
  moved(paths: Iterable<string>): Promise<ReadonlyMap<string, string>>
  /** Former texts of files, newest first, each read lazily: the same functions each time; perhaps those of others, too. */
  texts(paths: readonly string[]): Promise<ReadonlyMap<string, readonly FormerText[]>>
}

/** Reads a former text of a file; undefined if it is lost. */
export type FormerText = () => Promise<string | undefined>

/** The history of a tree. */
export interface History extends Renames {
  /** Former paths of files that were deleted. */
  removed(): Promise<ReadonlySet<string>>
  /** The change modifies nothing but pages and images, so that no program can have begun to generate what it deletes. */
  removesOnly: boolean
}

/** The results of all checks on one page. */
export interface PageResult {
  path: string
  /** The facts of the page; absent if it could not be read. */
  page?: Page
  /** The reason why it could not be read. */
  unreadable?: string
  /** The checks that failed on this page, with reasons. */
  unchecked?: string[]
  findings: RuleFinding[]
  /** The links that could not be judged. */
  skipped?: Skipped[]
  pluginMessages: VFileMessage[]
  /** The text, if comments on the page may disable rules. */
  text?: string
  /** The result is for the baseline rather than a page, and its messages are about entries. */
  isBaseline?: true
}

/** A link that a rule could not judge. */
export interface Skipped {
  rule: string
  doubt: Doubt
  /** The subject that a finding about it would have. */
  target?: Target
}

/** A finding with the rule that reported it. */
export interface RuleFinding extends Finding {
  rule: string
  ruleSeverity: 'warn' | 'error'
  /** The documentation URL of a plugin's rule. */
  ruleUrl?: string
  /** The remote URL that the rule had looked up last. */
  asked?: string
}

/** The results of one run. */
export interface CheckResult {
  pages: PageResult[]
  /** The paths of pages that were not checked because they are test data. */
  testData: readonly string[]
  /** The remote URLs that active rules wanted a verdict on. */
  asks: RemoteUrls
  /** Their verdicts; absent if none were requested. */
  answer?: RemoteFacts
  /** Create the view of a page that rules get. */
  view: ReadPages['view']
  /** Every page that was read, by its path. */
  read: ReadonlyMap<string, KnownPage>
  /** The part of the findings that a shard reports. */
  division?: Division
  /** Unexpected errors in doccheck, a rule or a plugin. */
  unexpectedErrors: readonly Error[]
  /** The reasons why site configurations could not be read, by path. */
  unread: ReadonlyMap<string, string>
}

/** The pages of a run, their sites, and the views that rules get. */
export interface ReadPages {
  results: PageResult[]
  /** How rules that follow includes see the pages that other pages include. */
  included: ReadonlyMap<PageResult, IncludedParts>
  /** The paths of pages that were left out because they are test data. */
  testData: readonly string[]
  sites: Sites
  /** Every page that was read, by its path. */
  read: ReadonlyMap<string, KnownPage>
  view(page: Page): SiteView
}

/** How rules that follow includes see a page that other pages include. */
export interface IncludedParts {
  /** The page as a part of each page that includes it: with the path of that one. */
  parts: readonly PageResult[]
  /** The facts of the page that are checked on the page itself. */
  rest: Page
}

/** The outcome of reading a page: its facts, or why it could not be read. */
export interface Outcome {
  page?: Page
  /** The text, if comments on the page may disable rules. */
  text?: string
  unreadable?: string
}

/** One of several runs that share the work: `2/4`. */
export interface Shard {
  /** From 1. */
  index: number
  count: number
}

/** Which shard reports what. All shards of a run find the same division, each by itself. */
export interface Division {
  /** Does this shard report what a page has, apart from its remote URLs? */
  ownsPage(path: string): boolean
  /** Does this shard request a URL, and report what it leads to, wherever its page is? */
  ownsUrl(url: string): boolean
  /** The same in all shards that have read the same pages. */
  digest: string
}
