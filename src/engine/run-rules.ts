import type {Root} from 'mdast'
import {PluginError, UnreadableError, withErrorContext} from '../errors/errors.ts'
import type {RunErrors} from '../errors/run-errors.ts'
import {eachLimited} from '../errors/time-limit.ts'
import {parse} from '../page/parser.ts'
import type {Page} from '../page/types.ts'
import {describeExpiry} from '../remote/signed-url.ts'
import type {RemoteFact, RemoteFacts} from '../remote/types.ts'
import type {Finding, Rule} from '../rule/types.ts'
import type {Tree} from '../tree/tree.ts'
import type {ActiveRule, PageResult, ReadPages, RuleFinding, Skipped} from './types.ts'

/** The active rules of each page. */
export type ActiveRules = ReadonlyMap<PageResult, readonly ActiveRule[]>

/** The input for running rules. */
export interface RuleRun {
  active: ActiveRules
  /** How rules that follow includes see the pages that other pages include. */
  included: ReadPages['included']
  view: ReadPages['view']
  /** The pages with a remote URL that a rule wants a verdict on. */
  asking: ReadonlySet<PageResult>
  /** The verdicts; absent if none were requested. */
  answer?: RemoteFacts
  tree: Tree
  /** The CPU time that one rule may take on one page, in milliseconds. */
  limit: number
  errors: RunErrors
}

/** One run of a rule on a page. */
interface Turn {
  result: PageResult
  page: Page
  active: ActiveRule
  root: Root | undefined
  /** The page that includes this one, as a part of which it is checked. */
  partOf?: string
  /** Links that cannot be judged are not counted, since they are on another turn. */
  isUncounted?: boolean
}

/** Turns that are timed together: starting the clock for each page takes longer than most turns do. */
const MOST_TURNS = 10_000

/** Run the active rules on every page that was read, and add their findings to its result. */
export async function runRules(run: RuleRun): Promise<void> {
  const prepared = await prepareRules([...run.active.values()].flat())
  const takeAll = (turns: readonly Turn[]) =>
    eachLimited(
      turns,
      (turn) => take(turn, run, prepared),
      {limit: run.limit, cpu: true},
      ({page, active: {rule, isPlugin}}, error) =>
        run.errors.add(page.path, `rule ${rule.name} on ${page.path}`, error, isPlugin ? PluginError : Error),
    )
  let turns: Turn[] = []
  for (const [result, rules] of run.active) {
    const root = rules.some(({rule}) => rule.needs === 'mdast') ? await treeOf(run.tree, result) : undefined
    turns.push(...turnsOn(result, rules, root, run))
    // Syntax trees take much memory, so none is kept while others are built.
    if (!root && turns.length < MOST_TURNS) continue
    takeAll(turns)
    turns = []
  }
  takeAll(turns)
}

/** The turns of the rules that apply to something on a page. */
function turnsOn(
  result: PageResult,
  rules: readonly ActiveRule[],
  root: Root | undefined,
  {asking, included}: RuleRun,
): Turn[] {
  const {page} = result
  if (!page) return []
  const inOthers = included.get(result)
  return rules
    .filter(({rule}) => (rule.needs !== 'mdast' || root) && (!rule.asks || asking.has(result)))
    .flatMap((active): Turn[] => {
      if (!inOthers || !active.rule.followsIncludes) return [{result, page, active, root}]
      const parts = inOthers.parts.flatMap((each, at): Turn[] =>
        each.page ? [{result, page: each.page, active, root, partOf: each.path, isUncounted: at > 0}] : [],
      )
      return [{result, page: inOthers.rest, active, root, isUncounted: inOthers.rest === page}, ...parts]
    })
}

function take(
  {result, page, active: {rule, severity, options}, root, partOf, isUncounted}: Turn,
  {view, answer}: RuleRun,
  prepared: ReadonlyMap<object, unknown>,
): void {
  const found: RuleFinding[] = []
  const skipped: Skipped[] = []
  let asked: string | undefined
  rule.check(page, {
    options,
    prepared: prepared.get(options),
    report: (finding) => {
      checkFinding(finding)
      if (partOf !== undefined && result.findings.some((known) => isSame(known, finding, rule))) return
      const rated = rate(partOf === undefined ? finding : inPage(finding, partOf), severity, options)
      if (!rated) return
      found.push({
        ...rated,
        rule: rule.name,
        ...(rule.url && {ruleUrl: rule.url}),
        ...(asked !== undefined && {asked}),
      })
    },
    skip: (doubt, target) => {
      if (!isUncounted) skipped.push({rule: rule.name, doubt, ...(target && {target})})
    },
    tree: root,
    site: view(page),
    remote: (url) => {
      asked = url
      return factOf(answer, url, rule)
    },
  })
  // All or nothing: a rule that fails on a page reports nothing there.
  for (const finding of found) result.findings.push(finding)
  if (skipped.length > 0) result.skipped = [...(result.skipped ?? []), ...skipped]
}

/** A plugin's rule may report by line and column, as in ESLint. @throws TypeError for what no reporter could place */
function checkFinding({start, end, message}: Finding): void {
  if (Number.isInteger(start) && Number.isInteger(end) && start <= end && typeof message === 'string') return
  throw new TypeError(
    'report() expects a `message`, and `start` and `end` as offsets in the text of the page',
  )
}

/** Was the same finding reported already, on another page that includes the text? */
const isSame = (known: RuleFinding, {start, end}: Finding, {name}: Rule): boolean =>
  known.rule === name && known.start === start && known.end === end

/** A finding about text that is included in a page. Others may include it, too, so that no repair is certain. */
const inPage = ({fix, ...finding}: Finding, page: string): Finding => ({
  ...finding,
  message: `${finding.message} (included in \`${page}\`)`,
  paths: [...(finding.paths ?? []), page],
  ...(fix && {fix: {...fix, safe: false}}),
})

/**
 * Rate a finding by the severity of its rule. A likely one is a warning unless the rule's option `likely` says
 * otherwise, it says why, and its fix is a suggestion. A remembered one says how old it is.
 *
 * @returns undefined if likely findings are off
 */
function rate(
  finding: Finding,
  severity: ActiveRule['severity'],
  options: {likely?: unknown},
): (Finding & Pick<RuleFinding, 'ruleSeverity'>) | undefined {
  const {likely, fix, seen} = finding
  const message = seen === undefined ? finding.message : `${finding.message} (seen ${seen})`
  if (likely === undefined) return {...finding, message, ruleSeverity: severity}
  if (options.likely === 'off') return
  return {
    ...finding,
    message: `${message} (likely: ${likely})`,
    ...(fix && {fix: {...fix, safe: false}}),
    ruleSeverity: options.likely === 'error' ? severity : 'warn',
  }
}

/** The result of each rule's `prepare`, by the rule's options. */
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

/** The verdict on a URL; whether it expires is known without a request. */
function factOf(answer: RemoteFacts | undefined, url: string, {kind = 'link'}: Rule): RemoteFact {
  const expires = describeExpiry(url)
  return {...answer?.fact(kind, url), ...(expires && {expires})}
}

/** The syntax tree of a page that was read; undefined if the file can no longer be read. */
async function treeOf(tree: Tree, result: PageResult): Promise<Root | undefined> {
  if (!result.page) return
  try {
    return parse(await tree.read(result.path))
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error
    result.unreadable = error.message
  }
}
