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
import {messageAsShown} from '../report/shown-paths.ts'
import {loadDocs} from '../rule/docs.ts'
import type {Rule} from '../rule/types.ts'
import {diskTree, rootOf} from '../tree/disk.ts'
import {withTexts} from '../tree/overlay.ts'
import type {Tree} from '../tree/tree.ts'

/** Check remote URLs as doccheck does without a configuration; verdicts are not shared with its cache. */
async function probe(asks: RemoteUrls): Promise<RemoteFacts> {
  const {checkRemoteUrls} = await import('../remote/check-urls.ts')
  return checkRemoteUrls(asks, {config: {}, env: process.env, ...packageInfo()})
}

/** The trees around pages, by the syntax tree of the page, which all rules of one remark run share. */
const treesOfRuns = new WeakMap<Root, Promise<Tree>>()

/** For each root, the listing in progress, and the one that begins when it ends. */
const inProgress = new Map<string, Promise<Tree>>()
const next = new Map<string, Promise<Tree>>()

/**
 * List the tree at a root as it is now: in an editor, files come and go between runs. A listing in progress may lack
 * the newest files, so runs wait for the next one, which they share.
 */
function freshTree(root: string): Promise<Tree> {
  const current = inProgress.get(root)
  if (!current) {
    const listing = diskTree(root).finally(() => inProgress.delete(root))
    inProgress.set(root, listing)
    return listing
  }
  let listing = next.get(root)
  if (!listing) {
    const list = () => {
      next.delete(root)
      return freshTree(root)
    }
    listing = current.then(list, list)
    next.set(root, listing)
  }
  return listing
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
  const {pages, unexpectedErrors} = await check({
    tree,
    files: [name],
    rulesFor: () => [{rule, severity, options}],
    ...(rule.needs === 'remote' && {probe}),
  })
  if (unexpectedErrors[0]) throw unexpectedErrors[0]
  const [result] = pages
  if (!result) return
  for (const reason of result.unchecked ?? [])
    file.message(reason, {ruleId: 'unchecked', source: 'doccheck'}).fatal = fatal
  // Every rule of the run finds it unreadable; one message is enough.
  if (result.unreadable !== undefined && !file.messages.some(({ruleId}) => ruleId === 'unreadable'))
    file.message(result.unreadable, {ruleId: 'unreadable', source: 'doccheck'}).fatal = fatal
  if (!result.page || result.findings.length === 0) return
  const {lines} = result.page
  const placed = placerFor(syntax, text)
  const url = (await loadDocs()).has(rule.name) ? ruleUrl(rule.name) : rule.url
  const display = (named: string) => path.relative(file.cwd, path.join(root, named))
  for (const finding of result.findings) {
    const message = addFinding(file, lines, placed(finding), url)
    const {reason} = messageAsShown(message, display)
    Object.assign(message, {reason, message: reason})
  }
}

/**
 * Create the function that moves findings to where remark expects messages. A finding between the children of a node,
 * such as one on the URL of a link, covers the node. One after the last leaf goes to the very end of the text:
 * remark-lint treats that part of a syntax tree as generated, and drops messages in it.
 */
function placerFor(syntax: Root, text: string): (finding: RuleFinding) => RuleFinding {
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
    // Editors replace the text at a message's position with the expected text.
    const [before, after] = [text.slice(start, finding.start), text.slice(finding.end, end)]
    const expected = end > start ? expectedOf(finding)?.map((part) => before + part + after) : undefined
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
