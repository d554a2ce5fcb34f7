import path from 'node:path'
import type {VFile} from 'vfile'
import {about} from './about.ts'
import {type Asks, check, type RemoteAnswer} from './check.ts'
import {addFinding} from './report/messages.ts'
import type {Rule} from './rule.ts'
import {diskTree, rootOf} from './tree/disk.ts'
import {withTexts} from './tree/overlay.ts'
import type {Tree} from './tree/tree.ts'

/** Asks as doccheck does without a configuration; what is remembered is its own. */
async function probe(asks: Asks): Promise<RemoteAnswer> {
  const {askRemote} = await import('./remote/remote.ts')
  return askRemote(asks, {config: {}, env: process.env, ...about()})
}

const trees = new Map<string, Promise<Tree>>()

/**
 * Run one rule on one file of a remark processor; the tree around it is read from the disk, listed once per root.
 *
 * @param fatal Report errors, not warnings.
 */
export async function checkFile(rule: Rule, options: object, file: VFile, fatal: boolean): Promise<void> {
  const absolute = path.resolve(file.cwd, file.path ?? 'page.md')
  const {root} = rootOf(path.dirname(absolute))
  if (!trees.has(root)) trees.set(root, diskTree(root))
  const name = path.relative(root, absolute).split(path.sep).join('/')
  const text = String(file.value ?? '').replace(/^\uFEFF/, '')
  const tree = withTexts(await trees.get(root)!, new Map([[name, text]]))
  const severity = fatal ? 'error' : 'warn'
  const {pages} = await check({
    tree,
    files: [name],
    rulesFor: () => [{rule, severity, options}],
    ...(rule.needs === 'remote' && {probe}),
  })
  const [result] = pages
  for (const finding of result?.findings ?? []) addFinding(file, result!.page!.lines, finding)
}
