import path from 'node:path'
import type {VFile} from 'vfile'
import {effective} from '../config/effective.ts'
import type {Settings} from '../config/types.ts'
import type {CheckInput, CheckResult} from '../engine/types.ts'
import {UnreadableError, UserError} from '../errors/errors.ts'
import {type MessageOptions, toVFile} from '../report/messages.ts'
import type {Tree} from '../tree/tree.ts'
import type {ChangeToCheck} from './change.ts'
import {CONFIGURED, type IgnoreTest, ignoreTest, namedButIgnored} from './ignored.ts'
import {allowedVariables, remoteChecker} from './network.ts'
import {loadNested, settingsFor} from './settings.ts'
import {inputFrom, pathFrom, treeOf} from './setup.ts'
import {pagesOf, type Targets} from './targets.ts'
import {testDataTest} from './test-data.ts'
import type {Progress, RunOptions, World} from './types.ts'

/** The part of the command line that selects the files to check. */
export interface Request {
  targets: Targets
  /** The paths as the user typed them. */
  positionals: readonly string[]
  /** The absolute path of the file whose text is on standard input. */
  stdin?: string | undefined
  change?: ChangeToCheck | undefined
}

/** The input and the services of a run. */
export interface Prepared {
  settings: Settings
  input: CheckInput
  /** A path of the tree relative to the working directory, as the user would type it. */
  display(path: string): string
  /** Do options, files or the configuration exclude a path of the tree? */
  isIgnored(path: string): boolean
  /** The number of pages that are excluded, by what excludes them. */
  ignoredPages: ReadonlyMap<string, number>
  /** Nothing is staged. */
  isIdle: boolean
  /** Create the VFiles with the messages to report, one for each page of a run. */
  toVFiles(result: CheckResult): Promise<VFile[]>
}

/**
 * Load the configuration and list the tree.
 *
 * @throws {@link UserError} if there is nothing to check
 */
export async function prepare(
  request: Request,
  flags: RunOptions,
  io: World,
  progress: Progress,
): Promise<Prepared> {
  const {targets, stdin, change} = request
  const [settings, tree] = await Promise.all([
    settingsFor(flags, io, targets.root),
    change?.tree ?? treeOf(targets, stdin, io),
  ])
  // Checked before pages are read, so that a refusal does not come only when the network is used.
  if (!flags.offline) allowedVariables(settings, flags, io)
  const toConfigured = pathsOfConfiguration(settings, targets)
  const display = (file: string) => path.relative(io.cwd, path.join(targets.root, file)) || file
  const isTestData = testDataTest(targets, settings)
  const isIdle = Boolean(flags.staged && change && isEmpty(change))
  const pages = isIdle ? [] : pagesToCheck(request, tree)
  const top = await effective(settings)
  const why = await ignoreTest(top, settings, tree, flags, io)
  const checked = pages.filter((file) => !isTestData?.(file) && why(file) === undefined)
  await loadNested(settings, flags, io, {root: targets.root, names: tree.files, pages: checked})
  const rules = settings.nested.length > 0 ? await effective(settings) : top
  const whyIgnored = (file: string) =>
    why(file) ?? (rules.ignored(toConfigured(file)) ? CONFIGURED : undefined)
  const isIgnored = (file: string) => whyIgnored(file) !== undefined
  const input: CheckInput = {
    ...(await inputFrom(settings, flags, tree, io)),
    files: pages.filter((file) => !isIgnored(file)),
    ...(isTestData && {isTestData}),
    rulesFor: (file) => rules.rulesFor(toConfigured(file)),
    progress: progress.pages,
    ...(!flags.offline && {probe: remoteChecker(settings, flags, io, progress)}),
    ...(flags.part && {shard: flags.part, requested: await remapper(settings)}),
    // Remote URLs on pages outside the change do not concern it.
    ...(change && {history: change.history, asksOn: (file) => change.changes.changed.has(file)}),
  }
  const warning = namedButIgnored(namedFiles(targets), whyIgnored)
  if (warning !== undefined) io.warn(warning)
  return {
    settings,
    display,
    isIdle,
    isIgnored,
    ignoredPages: countBy(pages, whyIgnored),
    toVFiles: messageMaker(settings, input, flags, display),
    input,
  }
}

/** Create the function that tells which URL is requested for a URL. */
async function remapper({remote}: Settings): Promise<NonNullable<CheckInput['requested']>> {
  const {makePolicy} = await import('../remote/policy.ts')
  return makePolicy(remote, {}).remap
}

/** Create the function that turns paths of the tree into those that the configuration's globs match. */
function pathsOfConfiguration({folder}: Settings, {root}: Targets): (file: string) => string {
  // In most trees the configuration is at the root.
  if (folder === root) return (file) => file
  const toConfigured = pathFrom(folder)
  return (file) => toConfigured(path.join(root, file))
}

/** The files that the user named, rather than a glob that matches them. */
const namedFiles = ({root, files, matched}: Targets) =>
  files.filter((file) => !matched.has(file)).map(pathFrom(root))

function countBy(files: readonly string[], why: IgnoreTest): Map<string, number> {
  const counts = new Map<string, number>()
  for (const file of files) {
    const reason = why(file)
    if (reason !== undefined) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  }
  return counts
}

const isEmpty = ({changes: {changed, deleted}}: ChangeToCheck) => changed.size + deleted.size === 0

function pagesToCheck({targets, positionals, change}: Request, tree: Tree): string[] {
  // A change may break pages that a sparse checkout leaves out.
  const pages = pagesOf(targets, tree).filter((file) => change || !tree.absent?.has(file))
  if (pages.length > 0 || change) return pages
  throw new UserError(
    `No Markdown files found ${positionals.length > 0 ? `in ${positionals.join(' ')}` : 'in this folder'}`,
  )
}

function messageMaker(
  settings: Settings,
  input: CheckInput,
  flags: RunOptions,
  display: Prepared['display'],
): Prepared['toVFiles'] {
  const {unusedDisables} = settings
  const {limit} = input
  return async ({pages, division}) => {
    const hasComments = pages.some(({text}) => text !== undefined)
    const rules = hasComments ? await rulesOfComments(settings, input, flags) : {}
    const options = {display, ...(unusedDisables && {unusedDisables}), ...rules, ...(limit && {limit})}
    const files = await Promise.all(pages.map((page) => toVFile(page, options)))
    if (division)
      for (const [index, {path}] of pages.entries()) {
        const {ownsPage, ownsUrl} = division
        files[index]!.messages = files[index]!.messages.filter(({asked}) =>
          asked === undefined ? ownsPage(path) : ownsUrl(asked),
        )
      }
    return files
  }
}

/** The rules that comments on pages may name, and those of them that have reported everything they can. */
async function rulesOfComments(
  settings: Settings,
  {plugins, tree}: Pick<CheckInput, 'plugins' | 'tree'>,
  {offline, part}: RunOptions,
): Promise<Pick<MessageOptions, 'rules' | 'complete'>> {
  const known = new Map([settings, ...settings.nested].flatMap(({known}) => [...known]))
  const all = [...known.keys(), ...(plugins?.rules ?? [])]
  const complete = new Set(all.filter((name) => !(offline || part) || known.get(name)?.needs !== 'remote'))
  // If remark is used beside doccheck, only its own configuration determines its rules.
  const hasUnknown = (plugins && !plugins.rules) || (await usesRemark(tree))
  return {complete, ...(!hasUnknown && {rules: new Set(all)})}
}

/** Does a tree have a remark configuration, or a package that depends on remark? */
async function usesRemark({files, read}: Tree): Promise<boolean> {
  for (const file of files) if (/(?:^|\/)\.remarkrc(?:\.\w+)?$/.test(file)) return true
  if (!files.has('package.json')) return false
  try {
    return /"remark(?:Config"|-)/.test(await read('package.json'))
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error
    return false
  }
}
