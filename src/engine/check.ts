import type {Root} from 'mdast'
import {PluginError, UnreadableError, withErrorContext} from '../errors/errors.ts'
import {Mistakes} from '../errors/mistakes.ts'
import {DEFAULT_LIMIT_MS, eachLimited} from '../errors/time-limit.ts'
import {parse} from '../page/parser.ts'
import type {Page} from '../page/types.ts'
import {describeExpiry} from '../remote/signed-url.ts'
import type {RemoteFact, RemoteFacts} from '../remote/types.ts'
import type {Rule} from '../rule/types.ts'
import type {Tree} from '../tree/tree.ts'
import {readPages} from './read-pages.ts'
import type {ActiveRule, CheckInput, CheckResult, PageResult, ReadPages, RuleFinding} from './types.ts'

/**
 * One run: tree → pages → site → remote → rules → findings.
 *
 * Nothing on one page ends it, nor does a mistake of a rule there; anything else that goes wrong is thrown.
 */
export async function check(input: CheckInput): Promise<CheckResult> {
  const mistakes = new Mistakes()
  const {results, view, read} = await readPages(input, mistakes)
  const active = new Map(results.map((result) => [result, input.rulesFor(result.path)]))
  const {asks, asking} = remoteAsks(input, view, active)
  const answer = asks.image.size + asks.link.size > 0 ? await input.probe?.(asks) : undefined
  const prepared = await prepareRules([...active.values()].flat())
  const run = ({result, page, active: {rule, severity, options}, root}: Turn) => {
    const found: RuleFinding[] = []
    rule.check(page, {
      options,
      prepared: prepared.get(options),
      report: (finding) => found.push({...finding, rule: rule.name, ruleSeverity: severity}),
      tree: root,
      site: view(page),
      remote: (url) => factOf(answer, url, rule),
    })
    for (const finding of found) result.findings.push(finding)
  }
  const limit = {limit: input.limit ?? DEFAULT_LIMIT_MS, cpu: true}
  const runAll = (turns: readonly Turn[]) =>
    eachLimited(turns, run, limit, ({page, active: {rule, isPlugin}}, error) =>
      mistakes.add(page.path, `rule ${rule.name} on ${page.path}`, error, isPlugin ? PluginError : Error),
    )
  let turns: Turn[] = []
  for (const [result, rules] of active) {
    const {page} = result
    if (!page) continue
    const root = rules.some(({rule}) => rule.needs === 'mdast') ? await treeOf(input.tree, result) : undefined
    for (const active of rules) {
      const {rule} = active
      if ((rule.needs === 'mdast' && !root) || (rule.asks && !asking.has(result))) continue
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
    prepared.set(
      options,
      await withErrorContext(`rule ${rule.name}`, prepare, isPlugin ? PluginError : Error),
    )
  }
  return prepared
}

/** What is known of a URL; when it expires is known without asking. */
function factOf(answer: RemoteFacts | undefined, url: string, {kind = 'link'}: Rule): RemoteFact {
  const expires = describeExpiry(url)
  return {...answer?.fact(kind, url), ...(expires && {expires})}
}

/** Every remote address that an active rule wants to know of, each once, and the pages that have one. */
function remoteAsks(
  {asksOn}: CheckInput,
  view: ReadPages['view'],
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
