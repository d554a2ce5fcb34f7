import type {Root} from 'mdast'
import type {VFileMessage} from 'vfile-message'
import {during, PluginError, UnreadableError} from './errors.ts'
import {eachLimited, LIMIT} from './limit.ts'
import {Mistakes} from './mistakes.ts'
import type {Page, Syntax} from './page/facts.ts'
import {parse} from './page/parse.ts'
import type {Outcome} from './read-texts.ts'
import {sayExpiry} from './remote/signed.ts'
import type {Finding, Kind, RemoteFact, Rule, Severity} from './rule.ts'
import type {PlatformName} from './site/platforms.ts'
import type {Tree} from './tree/tree.ts'
import {type Reading, readWorld} from './world.ts'

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
  probe?(asks: Asks): Promise<RemoteAnswer>
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

/** Remote URLs that somebody wants to know about, each once, by what they are used as. */
export type Asks = Readonly<Record<Kind, ReadonlySet<string>>>

/** What is known of a tree's past. */
export interface History {
  /** Where files are today, by where they were. */
  moved(): Promise<ReadonlyMap<string, string>>
  /** The texts that a file had, newest first, each read when it is asked for. */
  texts(path: string): Promise<(() => Promise<string | undefined>)[]>
}

/** What a probe brings back. */
export interface RemoteAnswer {
  /** What is known of a URL; nothing for one that nobody asked about. */
  fact(kind: Kind, url: string): RemoteFact | undefined
  /** Why not everything was asked: the network is down, the time is over, somebody pressed Ctrl-C. */
  stopped?: string
  /** Somebody pressed Ctrl-C. */
  interrupted?: boolean
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
  weight: 'warn' | 'error'
}

/** What a run brings back. */
export interface CheckResult {
  pages: PageResult[]
  /** The remote addresses that active rules wanted to know of. */
  asks: Asks
  /** What was found out about them; nothing when nobody was asked. */
  answer?: RemoteAnswer
  /** What the site knows of a page. */
  view: Reading['view']
  /** Every page that was read, by its path. */
  read: ReadonlyMap<string, KnownPage>
  /** Checks that failed because of a bug in doccheck, a rule or a plugin. */
  mistakes: readonly Error[]
  /** Configurations of sites that cannot be read, by their paths, and why. */
  unread: ReadonlyMap<string, string>
}

/**
 * One run: tree → pages → site → remote → rules → findings.
 *
 * Nothing on one page ends it, nor does a mistake of a rule there; anything else that goes wrong is thrown.
 */
export async function check(input: CheckInput): Promise<CheckResult> {
  const mistakes = new Mistakes()
  const {results, view, read} = await readWorld(input, mistakes)
  const active = new Map(results.map((result) => [result, input.rulesFor(result.path)]))
  const {asks, asking} = remoteAsks(input, view, active)
  const answer = asks.image.size + asks.link.size > 0 ? await input.probe?.(asks) : undefined
  const prepared = await prepareRules([...active.values()].flat())
  const run = ({result, page, active: {rule, severity, options}, root}: Turn) => {
    const found: RuleFinding[] = []
    rule.check(page, {
      options,
      prepared: prepared.get(options),
      report: (finding) => found.push({...finding, rule: rule.name, weight: severity}),
      tree: root,
      site: view(page),
      remote: (url) => factOf(answer, url, rule),
    })
    for (const finding of found) result.findings.push(finding)
  }
  const limit = {limit: input.limit ?? LIMIT, cpu: true}
  const runAll = (turns: readonly Turn[]) =>
    eachLimited(turns, run, limit, ({page, active: {rule, isPlugin}}, error) =>
      mistakes.add(page.path, `rule ${rule.name} on ${page.path}`, error, isPlugin ? PluginError : Error),
    )
  let turns: Turn[] = []
  for (const [result, rules] of active) {
    const {page} = result
    if (!page) continue
    const root = rules.some(({rule}) => rule.needs === 'tree') ? await treeOf(input.tree, result) : undefined
    for (const active of rules) {
      const {rule} = active
      if ((rule.needs === 'tree' && !root) || (rule.asks && !asking.has(result))) continue
      turns.push({result, page, active, root})
    }
    // Syntax trees take much memory.
    if (!root && turns.length < MOST_TURNS) continue
    runAll(turns)
    turns = []
  }
  runAll(turns)
  for (const result of results) {
    const unchecked = mistakes.on(result.path)
    if (unchecked.length > 0) result.unchecked = unchecked
  }
  return {
    pages: results,
    asks,
    view,
    read,
    mistakes: mistakes.unforeseen,
    unread: mistakes.unread,
    ...(answer && {answer}),
  }
}

/** One rule's turn on one page. */
interface Turn {
  result: PageResult
  page: Page
  active: ActiveRule
  root: Root | undefined
}

const MOST_TURNS = 10_000

/** The result of each rule's `prepare`, by its options. */
async function prepareRules(active: readonly ActiveRule[]): Promise<Map<object, unknown>> {
  const prepared = new Map<object, unknown>()
  for (const {rule, options, isPlugin} of active) {
    if (prepared.has(options)) continue
    const prepare = () => rule.prepare?.(options) ?? Promise.resolve()
    prepared.set(options, await during(`rule ${rule.name}`, prepare, isPlugin ? PluginError : Error))
  }
  return prepared
}

/** What is known of a URL; when it expires is known without asking. */
function factOf(answer: RemoteAnswer | undefined, url: string, {kind = 'link'}: Rule): RemoteFact {
  const expires = sayExpiry(url)
  return {...answer?.fact(kind, url), ...(expires && {expires})}
}

/** Every remote address that an active rule wants to know of, each once, and the pages that have one. */
function remoteAsks(
  {asksOn}: CheckInput,
  view: Reading['view'],
  active: Map<PageResult, readonly ActiveRule[]>,
) {
  const asks = {image: new Set<string>(), link: new Set<string>()}
  const asking = new Set<PageResult>()
  for (const [result, rules] of active) {
    const {page} = result
    if (!page) continue
    for (const {rule, options} of rules) {
      if (!rule.asks) continue
      for (const link of page.links) {
        // Most links lead to the site's own pages.
        if (!link.url.includes('//') || !rule.asks(link, options)) continue
        const found = view(page).resolve(link)
        if (found.to !== 'remote') continue
        if (!asksOn || asksOn(page.path)) asks[rule.kind ?? 'link'].add(found.url)
        asking.add(result)
      }
    }
  }
  return {asks, asking}
}

/** A page's syntax tree, for rules that need it. */
async function treeOf(tree: Tree, result: PageResult): Promise<Root | undefined> {
  try {
    return parse(await tree.read(result.path))
  } catch (error) {
    // It was there a moment ago.
    if (!(error instanceof UnreadableError)) throw error
    result.unreadable = error.message
  }
}
