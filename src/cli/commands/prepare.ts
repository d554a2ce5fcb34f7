import path from 'node:path'
import type {VFile} from 'vfile'
import {effective} from '../../config/effective.ts'
import type {Settings} from '../../config/types.ts'
import type {CheckInput, CheckResult} from '../../engine/types.ts'
import {UnreadableError, UserError} from '../../errors/errors.ts'
import {type MessageOptions, toVFile} from '../../report/messages.ts'
import type {ProgressLine} from '../../report/progress.ts'
import type {Tree} from '../../tree/tree.ts'
import {pagesOf, type Targets} from '../targets.ts'
import type {Flags, Io} from '../types.ts'
import type {Change} from './change.ts'
import {allowedVariables, inputFrom, prober, settingsFor, treeOf} from './setup.ts'

/** What was asked for. */
export interface Order {
  targets: Targets
  words: readonly string[]
  /** The file that standard input stands in for. */
  stdin?: string | undefined
  change?: Change | undefined
}

/** All that a run needs. */
export interface Prepared {
  settings: Settings
  input: CheckInput
  /** A path of the tree as the user would type it. */
  display(path: string): string
  /** Is a path of the tree never checked? */
  ignored(path: string): boolean
  /** Nothing is staged that could be checked. */
  isIdle: boolean
  /** The messages of what was found. */
  tell(result: CheckResult): Promise<VFile[]>
}

/**
 * Read the configuration and list the tree.
 *
 * @throws {@link UserError} where there is nothing to check.
 */
export async function prepare(
  {targets, words, stdin, change}: Order,
  flags: Flags,
  io: Io,
  progress: ProgressLine,
): Promise<Prepared> {
  const [settings, tree] = await Promise.all([
    settingsFor(flags, io.cwd, targets.root),
    change?.tree ?? treeOf(targets, stdin, io),
  ])
  // Before anything is read: to say it when the network is asked would be late.
  if (!flags.offline) allowedVariables(settings, flags, io)
  const {ignored, rulesFor} = await effective(settings)
  // Globs are relative to the configuration's folder, which mostly is the tree's root.
  const own = (file: string) =>
    settings.folder === targets.root
      ? file
      : path.relative(settings.folder, path.join(targets.root, file)).split(path.sep).join('/')
  // What a sparse checkout leaves out may break all the same.
  const pages = pagesOf(targets, tree).filter((file) => change || !tree.absent?.has(file))
  const changes = change?.changes
  const isIdle = (flags.staged && changes && changes.changed.size + changes.deleted.size === 0) ?? false
  if (pages.length === 0 && !change)
    throw new UserError(
      `No Markdown file ${words.length > 0 ? `among ${words.join(' ')}` : 'in this folder'}`,
    )
  const display = (file: string) => path.relative(io.cwd, path.join(targets.root, file)) || file
  const {unusedDisables} = settings
  const input = await inputFrom(settings, flags, tree, io)
  const tell = async (result: CheckResult) => {
    const isControlled = result.pages.some(({text}) => text !== undefined)
    const rules = isControlled ? await knownRules(settings, input, flags) : {}
    const {limit} = input
    const options = {display, ...(unusedDisables && {unusedDisables}), ...rules, ...(limit && {limit})}
    return Promise.all(result.pages.map((page) => toVFile(page, options)))
  }
  return {
    settings,
    display,
    isIdle,
    ignored: (file) => ignored(own(file)),
    tell,
    input: {
      ...input,
      files: isIdle ? [] : pages.filter((file) => !ignored(own(file))),
      rulesFor: (file) => rulesFor(own(file)),
      progress: progress.pages,
      ...(!flags.offline && {probe: prober(settings, flags, io, progress)}),
      // Addresses on pages that nobody touched are no matter of this change.
      ...(changes && {history: change.history, asksOn: (file) => changes.changed.has(file)}),
    },
  }
}

/** Which rules comments can be about, and which of them have been asked for all that they have to say. */
async function knownRules(
  {known}: Settings,
  {plugins, tree}: Pick<CheckInput, 'plugins' | 'tree'>,
  {offline}: Flags,
): Promise<Pick<MessageOptions, 'rules' | 'complete'>> {
  const all = [...known.keys(), ...(plugins?.rules ?? [])]
  const complete = new Set(all.filter((name) => !offline || known.get(name)?.needs !== 'remote'))
  // Where remark runs beside doccheck, only its own configuration knows its rules.
  const isOpen = (plugins && !plugins.rules) || (await usesRemark(tree))
  return {complete, ...(!isOpen && {rules: new Set(all)})}
}

/** Is there a configuration of remark, or a package that needs it? */
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
