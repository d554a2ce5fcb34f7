import type {Root} from 'mdast'
import type {VFileMessage} from 'vfile-message'
import type {Page, Syntax} from '../page/types.ts'
import type {RemoteFacts, RemoteUrls} from '../remote/types.ts'
import type {Finding, Rule, Severity, SiteView} from '../rule/types.ts'
import type {Sites} from '../site/publish-sites.ts'
import type {PlatformName} from '../site/registry.ts'
import type {Tree} from '../tree/tree.ts'

/** A rule that is on, with its severity and options. */
export interface ActiveRule {
  rule: Rule
  severity: Exclude<Severity, 'off'>
  options: object
  /** It is not one of doccheck's own. */
  isPlugin?: boolean
}

/** Runs the remark plugins of the configuration over one page. */
export interface RunPlugins {
  (path: string, text: string, tree: Root): Promise<VFileMessage[]>
  /** The names of their rules; left out where some may report under any name. */
  rules?: readonly string[]
}

/** What one run checks, and with what. */
export interface CheckInput {
  tree: Tree
  /** The pages to report on; the rest of the tree is the world their links lead into. */
  files: readonly string[]
  /** The rules that are on for a page. */
  rulesFor(path: string): readonly ActiveRule[]
  /** Runs over every page to report on. */
  plugins?: RunPlugins
  /** Take this platform for the whole tree. */
  platform?: PlatformName
  /** What git knows of the past, asked where links lead nowhere. */
  history?: History
  /** Asks for remote addresses, all at once; left out when offline, and not called when there are none. */
  probe?(asks: RemoteUrls): Promise<RemoteFacts>
  /** Of remote addresses, only those on these pages are asked for; left out, on all. */
  asksOn?(path: string): boolean
  /** Pages of another run whose texts are the same in this one; they are taken over where they are read in one way. */
  known?: ReadonlyMap<string, KnownPage>
  /** The CPU time that each page may take, in milliseconds. */
  limit?: number
  /** Told how many pages of how many are read. */
  progress?(done: number, total: number): void
}

/** A page as it was read. */
export interface KnownPage extends Outcome {
  syntax: Syntax
}

/** What is known of a tree's past. */
export interface History {
  /** Where files are today, by where they were. */
  moved(): Promise<ReadonlyMap<string, string>>
  /** The texts that a file had, newest first, each read when it is asked for. */
  texts(path: string): Promise<(() => Promise<string | undefined>)[]>
}

/** What was found on one page. */
export interface PageResult {
  path: string
  /** Nothing for a file that could not be read; `unreadable` says why. */
  page?: Page
  unreadable?: string
  /** The checks that failed on this page, and why. */
  unchecked?: string[]
  findings: RuleFinding[]
  pluginMessages: VFileMessage[]
  /** The text, where comments on the page decide what is reported. */
  text?: string
  /** It is no page that was checked, but the baseline, and its messages are about entries. */
  isBaseline?: true
}

/** A finding with the rule it comes from. */
export interface RuleFinding extends Finding {
  rule: string
  ruleSeverity: 'warn' | 'error'
  /** The page about a rule of a plugin. */
  ruleUrl?: string
}

/** What a run brings back. */
export interface CheckResult {
  pages: PageResult[]
  /** The remote addresses that active rules wanted to know of. */
  asks: RemoteUrls
  /** What was found out about them; nothing when nobody was asked. */
  answer?: RemoteFacts
  /** What the site knows of a page. */
  view: ReadPages['view']
  /** Every page that was read, by its path. */
  read: ReadonlyMap<string, KnownPage>
  /** Checks that failed because of a bug in doccheck, a rule or a plugin. */
  mistakes: readonly Error[]
  /** Configurations of sites that cannot be read, by their paths, and why. */
  unread: ReadonlyMap<string, string>
}

/** The pages of a run with their site, and what each rule may ask of it. */
export interface ReadPages {
  results: PageResult[]
  sites: Sites
  /** Every page that was read, by its path. */
  read: ReadonlyMap<string, KnownPage>
  view(page: Page): SiteView
}

/** What became of a job: its facts, or why there are none; the text where a comment on the page needs it later. */
export interface Outcome {
  page?: Page
  text?: string
  unreadable?: string
}
