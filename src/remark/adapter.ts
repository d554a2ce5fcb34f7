import path from 'node:path'
import type {Nodes, Root} from 'mdast'
import {visit} from 'unist-util-visit'
import type {VFile} from 'vfile'
import {check} from '../engine/check.ts'
import type {RuleFinding} from '../engine/types.ts'
import {endOf, lastStartingBy, startOf} from '../page/node-positions.ts'
import type {RemoteFacts, RemoteUrls} from '../remote/types.ts'
import {addFinding, expectedOf} from '../report/finding-message.ts'
import {packageInfo, ruleUrl} from '../report/package-info.ts'
import {loadDocs} from '../rule/docs.ts'
import type {Rule} from '../rule/types.ts'
import {diskTree, rootOf} from '../tree/disk.ts'
import {withTexts} from '../tree/overlay.ts'
import type {Tree} from '../tree/tree.ts'

/** Asks as doccheck does without a configuration; what is remembered is its own. */
async function probe(asks: RemoteUrls): Promise<RemoteFacts> {
  const {checkRemoteUrls} = await import('../remote/check-urls.ts')
  return checkRemoteUrls(asks, {config: {}, env: process.env, ...packageInfo()})
}

/** What is known of the files around a page, by the page's syntax tree, which all rules of one run have in common. */
const treesOfRuns = new WeakMap<Root, Promise<Tree>>()

/** Listings by root: the one under way, and the one that begins when it ends. */
const underWay = new Map<string, Promise<Tree>>()
const waiting = new Map<string, Promise<Tree>>()

/**
 * The tree at a root as it is now: in an editor, files come and go between one run and the next. A listing that has begun
 * already may lack the newest, so that runs wait for the next one, which they share.
 */
function freshTree(root: string): Promise<Tree> {
  const before = underWay.get(root)
  if (!before) {
    const listing = diskTree(root).finally(() => underWay.delete(root))
    underWay.set(root, listing)
    return listing
  }
  let next = waiting.get(root)
  if (!next) {
    const list = () => {
      waiting.delete(root)
      return freshTree(root)
    }
    next = before.then(list, list)
    waiting.set(root, next)
  }
  return next
}

/**
 * Run one rule on one file of a remark processor; the tree around it is read from the disk.
 *
 * @param fatal Report errors, not warnings.
 */
export async function checkFile(
  rule: Rule,
  options: object,
  [syntax, file]: [Root, VFile],
  fatal: boolean,
): Promise<void> {
  const absolute = path.resolve(file.cwd, file.path ?? 'page.md')
  const {root} = rootOf(path.dirname(absolute))
  let around = treesOfRuns.get(syntax)
  if (!around) treesOfRuns.set(syntax, (around = freshTree(root)))
  const name = path.relative(root, absolute).split(path.sep).join('/')
  const text = String(file.value ?? '').replace(/^\uFEFF/, '')
  const tree = withTexts(await around, new Map([[name, text]]))
  const severity = fatal ? 'error' : 'warn'
  const {pages, mistakes} = await check({
    tree,
    files: [name],
    rulesFor: () => [{rule, severity, options}],
    ...(rule.needs === 'remote' && {probe}),
  })
  if (mistakes[0]) throw mistakes[0]
  const [result] = pages
  if (!result) return
  for (const words of result.unchecked ?? [])
    file.message(words, {ruleId: 'unchecked', source: 'doccheck'}).fatal = fatal
  // All rules of a run find it so.
  if (result.unreadable !== undefined && !file.messages.some(({ruleId}) => ruleId === 'unreadable'))
    file.message(result.unreadable, {ruleId: 'unreadable', source: 'doccheck'}).fatal = fatal
  if (!result.page || result.findings.length === 0) return
  const {lines} = result.page
  const moved = placer(syntax, text)
  const url = (await loadDocs()).has(rule.name) ? ruleUrl(rule.name) : rule.url
  for (const finding of result.findings) addFinding(file, lines, moved(finding), url)
}

/**
 * Puts findings where remark expects messages: a finding between a node's children, such as one on the URL of a link,
 * onto the whole node. What stands behind the last leaf of a syntax tree is generated to remark-lint, and messages there
 * are dropped: they go to the very end.
 */
function placer(syntax: Root, text: string): (finding: RuleFinding) => RuleFinding {
  let leavesEnd = 0
  visit(syntax, (node) => {
    leavesEnd = Math.max(leavesEnd, startOf(node), 'children' in node ? 0 : endOf(node))
  })
  return (finding) => {
    let node: Nodes = syntax
    for (let inner: Nodes | undefined = node; inner; inner = childAt(node, finding.start)) node = inner
    const isBetween = node !== syntax && 'children' in node && endOf(node) >= finding.end
    let {start, end} = isBetween ? {start: startOf(node), end: endOf(node)} : finding
    if (start >= leavesEnd) start = end = Math.min(endOf(syntax), text.length)
    if (start === finding.start && end === finding.end) return finding
    // Editors put what is expected in the message's place.
    const [before, behind] = [text.slice(start, finding.start), text.slice(finding.end, end)]
    const expected = end > start ? expectedOf(finding)?.map((words) => before + words + behind) : undefined
    const {expected: _, ...rest} = finding
    return {...rest, start, end, ...(expected && {expected})}
  }
}

/** The child of a node that is at an offset. */
function childAt(node: Nodes, offset: number): Nodes | undefined {
  if (!('children' in node)) return
  const child = node.children[lastStartingBy(node.children, offset)]
  return child && offset < endOf(child) ? child : undefined
}
