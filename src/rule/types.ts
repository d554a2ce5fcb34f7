import type {Root} from 'mdast'
import type {Link, Page} from '../page/types.ts'
import type {RemoteFact, RemoteUse} from '../remote/types.ts'
import type {Anchors, Resolution, WrittenLink} from '../site/types.ts'
import type {Edit, Span} from '../text/span.ts'

/** Edits that mend one finding, applied together or not at all. */
export interface Fix {
  edits: Edit[]
  /** There is one possible answer, with proof: `--fix` applies it. Any other is a suggestion. */
  safe: boolean
}

/** What a finding is about, however it is said: two runs' findings are told apart by it, not by lines. */
export interface Target {
  /** A file of the tree that should be there, or that lacks something; by its path from the root. */
  file?: string
  /** What there should be: a fragment without `#`, a label's identifier, a URL. */
  name?: string
}

/** One thing a rule reports on a page. */
export interface Finding extends Span {
  /** What is wrong and, where known, what was expected; one line, no period at the end. */
  message: string
  /** What it is about; left out, the message says it. */
  target?: Target
  /**
   * The files of the tree that the message names by their paths from the root, in order of appearance: reports can name them
   * relative to the working directory.
   */
  paths?: readonly string[]
  /** What could stand in the span's place, best first, for editors; taken from the fix where there is one. */
  expected?: string[]
  fix?: Fix
  /** Overrides the rule's severity; `info` is for what is only worth knowing. */
  severity?: 'info' | 'warn' | 'error'
}

/** What a rule that needs the site may ask about a page. */
export interface SiteView {
  /** Where a link on the page leads, and why. */
  resolve(link: {url: string}): Resolution
  /**
   * The fragments that work on a page of the tree; `open` says why there may be more.
   * @param published Ask the site that publishes the page, not the one that the link stands on.
   * @returns nothing when the file is not a page that doccheck reads.
   */
  anchorsOf(path: string, published?: boolean): Anchors | undefined
  /**
   * Write a link to a file, given by its path from the root of the tree, in the form of another link, whose query and
   * fragment are kept: like `@site/docs/instal.md#use`, it is `@site/docs/install.md#use`.
   *
   * @param like The other link's URL; left out, the path from the page is written.
   */
  writeLink(to: string, like?: string): WrittenLink
  /** The URLs at which a file of the page's site is published, each beginning with `/`. */
  urlsOf(path: string): readonly string[]
  /**
   * The URL at which a page is published before all, and the files that are to be published there: `all`, which is one
   * list for all of them, or the `others`.
   */
  samePlace(
    path: string,
  ): {url: string; all: readonly string[]; readonly others: readonly string[]} | undefined
  /** Of two definitions of a label the last one counts, not the first. */
  lastDefinition: boolean
  /** Why the page may have references that cannot be seen. */
  references: string | undefined
  /** May a label be defined where the page's definitions cannot be seen? */
  mayBeDefined(identifier: string): boolean
  /** The one file of the tree that has a name, be it in another folder. */
  fileNamed(name: string): string | undefined
  /** The one target that the definitions of a label on all pages lead to: a page or file of the tree. */
  targetOf(identifier: string): string | undefined
  /** The id that a heading has today that had another one before, where history is asked and tells. */
  renamedAnchor(path: string, fragment: string): string | undefined
}

/** What a rule reads: this page's facts alone, its syntax tree, all pages, or all pages and remote verdicts. */
export type Needs = 'page' | 'mdast' | 'site' | 'remote'

/** What a rule may read, by its `needs`, and where its findings go. */
export interface RuleContext<O = unknown, N extends Needs = Needs, P = unknown> {
  options: O
  /** What the rule's `prepare` returned. */
  prepared: P
  report(finding: Finding): void
  /** The page's syntax tree, for rules that need the `mdast`. */
  tree: N extends 'mdast' ? Root : undefined
  /** The site's answers, for rules that need the `site` or `remote`. */
  site: N extends 'site' | 'remote' ? SiteView : undefined
  /** What is known of a remote URL, for rules that need `remote`. */
  remote: N extends 'remote' ? (url: string) => RemoteFact : undefined
}

/** The values that a rule's option may take. */
export type OptionValue = boolean | number | string | string[] | Record<string, unknown>[]

/** An option in terms of JSON Schema, for checks, help and editors; its type follows from its default. */
export interface OptionSchema {
  /** One sentence in Markdown. */
  description?: string
  /** The values of an option that takes one word of several. */
  enum?: readonly string[]
  /** For a list, of what kind its items are. */
  items?: {type: 'string' | 'number' | 'boolean' | 'object'}
}

/** What describes a rule: its name, what it reads, its options with their defaults. */
export interface RuleMeta<O extends object = object, N extends Needs = Needs, P = unknown> {
  name: string
  /** The page about the rule, which reports link to; doccheck's own rules have theirs in `docs/rules/`. */
  url?: string
  needs: N
  /** Defaults, whose types are the types of the options. */
  options: O
  /** More about each option, as JSON Schema. */
  schema?: {[K in keyof O]?: OptionSchema}
  /** The severity in the recommended preset. */
  severity: Severity
  /** For a rule that needs `remote`: what the addresses are to it. */
  kind?: RemoteUse
  /** For a rule that needs `remote`: does it want to know of a link, should it lead to another host? */
  asks?(link: Link, options: O): boolean
  /** Will the rule, with these options, ask where values of front matter stand? */
  needsPlaces?(options: O): boolean
  /**
   * Replaces the paths of files in the options by their content, once, when a configuration is read.
   *
   * @param load Reads JSON or YAML, given by its path from the configuration's folder.
   */
  loadFiles?(options: O, load: (file: string) => Promise<unknown>): Promise<void>
  /** Makes once for each set of options what all pages share; throws a `UserError` for options that make no sense. */
  prepare?(options: O): Promise<P>
}

/** A rule as the engine runs it. */
export interface Rule extends RuleMeta {
  options: Record<string, OptionValue>
  schema?: Record<string, OptionSchema>
  check(page: Page, context: RuleContext): void
}

/** How much a finding weighs. */
export type Severity = 'off' | 'warn' | 'error'
