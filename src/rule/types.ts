import type {Root} from 'mdast'
import type {Link, Page} from '../page/types.ts'
import type {RemoteFact, RemoteUse} from '../remote/types.ts'
import type {Doubt} from '../site/doubts.ts'
import type {Anchors, FragmentAnswer, Published, Resolution, WrittenLink} from '../site/types.ts'
import type {Edit, Span} from '../text/span.ts'

/** Edits that resolve one finding, applied together or not at all. */
export interface Fix {
  edits: Edit[]
  /** Only this answer is possible, and there is evidence: `--fix` applies it. Otherwise it is a suggestion. */
  safe: boolean
}

/** The subject of a finding, independent of its words: findings of two runs are matched by it, not by their lines. */
export interface Target {
  /** The path, from the root of the tree, of a file that is missing or that lacks something. */
  file?: string
  /** The missing name: a fragment without `#`, a label's identifier, a URL. */
  name?: string
}

/** One problem that a rule reports on a page; the span is in UTF-16 offsets from the start of the text. */
export interface Finding extends Span {
  /** States the problem and, if known, the expected text: `Unexpected …, expected …`, one line, no full stop. */
  message: string
  /** Defaults to the message. */
  target?: Target
  /**
   * The paths, from the root of the tree, that the message contains, in order of appearance: reporters print them relative
   * to the working directory.
   */
  paths?: readonly string[]
  /** Replacements for the span that an editor can offer, best first; defaults to the text of the fix. */
  expected?: string[]
  fix?: Fix
  /** It is not certain but likely, for a reason in one clause: `all 118 other targets in /runtime/ exist`. */
  likely?: string
  /** When the verdict behind it was found, if that was in an earlier run: `40 minutes ago`. */
  seen?: string
  /** Overrides the severity of the rule; `info` never fails a run. */
  severity?: 'info' | 'warn' | 'error'
}

/** The questions about a page that a rule which needs the site may ask. */
export interface SiteView {
  /** Resolve a link of the page. */
  resolve(link: {url: string}): Resolution
  /**
   * Does a fragment exist on a page of the tree? A missing one is certain, or likely if the page may have further ids.
   *
   * @param published See {@link SiteView.anchorsOf}.
   * @param or Another page that the link may lead to: the fragment is missing only if neither page has it.
   * @returns undefined for a file that doccheck does not read as a page
   */
  fragment(path: string, fragment: string, published?: Published, or?: string): FragmentAnswer | undefined
  /**
   * The anchors of a page of the tree; `doubts` are the reasons why there may be more.
   *
   * @param published Ask the site that publishes the page instead of the site of the page that links to it.
   * @returns undefined for a file that doccheck does not read as a page
   */
  anchorsOf(path: string, published?: Published): Anchors | undefined
  /**
   * Write a link to a file, given by its path from the root of the tree, in the form of another link, whose query and
   * fragment are kept: like `@site/docs/instal.md#use`, it is `@site/docs/install.md#use`.
   *
   * @param like The other link's URL; left out, the path from the page is written.
   * @param kind The kind of the other link: of a module, it is the specifier.
   */
  writeLink(to: string, like?: string, kind?: Link['kind']): WrittenLink
  /** The URLs at which a file of the page's site is published, each beginning with `/`. */
  urlsOf(path: string): readonly string[]
  /**
   * The canonical URL of a page and the files published at it: `all` of them, a shared list, or the `others`. Undefined
   * for a page that its site does not publish.
   */
  samePlace(
    path: string,
  ): {url: string; all: readonly string[]; readonly others: readonly string[]} | undefined
  /** Of two definitions of a label the last one wins, not the first as in CommonMark. */
  lastDefinition: boolean
  /** The reason why the page may have references that doccheck cannot see; undefined if it has none. */
  references: Doubt | undefined
  /** May a page that includes this one, or is included in it, refer to a label? */
  mayBeUsedElsewhere(identifier: string): boolean
  /** May a label be defined outside of the definitions that doccheck can see? */
  mayBeDefined(identifier: string): boolean
  /** The file with this name, without its folder; undefined if there is none or more than one. */
  fileNamed(name: string): string | undefined
  /** The path that all definitions of a label lead to, on any page; undefined if they disagree. */
  targetOf(identifier: string): string | undefined
  /** The current id of a renamed heading, if Git's history is consulted and shows the rename. */
  renamedAnchor(path: string, fragment: string): string | undefined
}

/** The input of a rule: the facts of a page, its syntax tree, the whole site, or the site with remote verdicts. */
export type Needs = 'page' | 'mdast' | 'site' | 'remote'

/** The second argument of a rule: its options, the input that its `needs` names, and `report`. */
export interface RuleContext<O = unknown, N extends Needs = Needs, P = unknown> {
  options: O
  /** The result of the rule's `prepare`. */
  prepared: P
  report(finding: Finding): void
  /**
   * Count a link that cannot be judged, since its site does not know.
   *
   * @param target The subject that a finding about it would have.
   */
  skip(doubt: Doubt, target?: Target): void
  /** The syntax tree of the page, for rules that need `mdast`. */
  tree: N extends 'mdast' ? Root : undefined
  /** Answers questions about the site, for rules that need `site` or `remote`. */
  site: N extends 'site' | 'remote' ? SiteView : undefined
  /** Look up a remote URL, for rules that need `remote`. */
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
  /** The type of a list's items. */
  items?: {type: 'string' | 'number' | 'boolean' | 'object'}
}

/** The declaration of a rule: its name, its input, its options with their defaults. */
export interface RuleMeta<O extends object = object, N extends Needs = Needs, P = unknown> {
  name: string
  /** The documentation URL of the rule, which reports link to; doccheck's own rules are documented in `docs/rules/`. */
  url?: string
  needs: N
  /** Where other pages include the text of a page, these decide: the rule checks it once as a part of each. */
  followsIncludes?: true
  /** Defaults, whose types are the types of the options. */
  options: O
  /** More about each option, as JSON Schema. */
  schema?: {[K in keyof O]?: OptionSchema}
  /** The severity in the recommended preset. */
  severity: Severity
  /** Some of its findings have fixes. */
  fixable?: true
  /** For a rule that needs `remote`: the use of the URLs that it asks about; defaults to `link`. */
  kind?: RemoteUse
  /** For a rule that needs `remote`: does it ask about this link, provided that it leads to another host? */
  asks?(link: Link, options: O): boolean
  /** With these options, does the rule use the positions of values in the front matter? */
  needsPlaces?(options: O): boolean
  /**
   * Replaces the paths of files in the options by their content, once, when a configuration is read.
   *
   * @param load Reads JSON or YAML, given by its path from the configuration's folder.
   */
  loadFiles?(options: O, load: (file: string) => Promise<unknown>): Promise<void>
  /** Computes what all pages share, once for each set of options; throws a `UserError` for invalid options. */
  prepare?(options: O): Promise<P>
}

/** A rule in the form that the engine runs. */
export interface Rule extends RuleMeta {
  options: Record<string, OptionValue>
  schema?: Record<string, OptionSchema>
  check(page: Page, context: RuleContext): void
}

/** The severity of a rule, as in ESLint. */
export type Severity = 'off' | 'warn' | 'error'
