import {UnreadableError} from '../../errors/errors.ts'
import type {ChangedFiles, Repairs} from '../../fix/repair.ts'
import {safe} from '../../text/safe.ts'
import type {Io} from '../types.ts'

/** The location of changed files, and their names for the user. */
export interface ChangePlace {
  /** The root of the tree, absolute. */
  root: string
  /** A path of the tree relative to the working directory. */
  display(file: string): string
  io: Io
}

/** Write new and changed files. @returns the files that could not be written, which are reported to standard error */
export async function writeChanges(
  {changed, files}: Repairs,
  {root, display, io}: ChangePlace,
): Promise<Set<string>> {
  const unwritten = new Set<string>()
  if (changed.size === 0) return unwritten
  const {addFile, replaceFile} = await import('../../tree/write.ts')
  const tryTo = async (file: string, write: () => Promise<void>) => {
    try {
      await write()
    } catch (error) {
      if (!(error instanceof UnreadableError)) throw error
      io.err(`doccheck: ${safe(`${display(file)}: ${error.message}`)}\n`)
      unwritten.add(file)
    }
  }
  for (const [file, {bytes, pages}] of files) {
    await tryTo(file, () => addFile(root, file, bytes))
    // Pages must not link to an image that does not exist.
    if (unwritten.has(file)) for (const page of pages) unwritten.add(page)
  }
  for (const [file, {before, after}] of changed)
    if (!unwritten.has(file)) await tryTo(file, () => replaceFile({root, file, before, after}))
  return unwritten
}

/** Print the changes as a unified diff instead. @returns the exit code: 1 if there are any */
export async function showDiff(changed: ChangedFiles, {root, display, io}: ChangePlace): Promise<number> {
  if (changed.size === 0) return 0
  const [{diffReport}, {markOf}] = await Promise.all([
    import('../../report/diff.ts'),
    import('../../tree/write.ts'),
  ])
  const files = await Promise.all(
    [...changed].map(async ([file, {before, after}]) => {
      const mark = await markOf(root, file)
      return {path: display(file), before: mark + before, after: mark + after}
    }),
  )
  const inActions = io.env.GITHUB_ACTIONS === 'true'
  const diff = diffReport(files, io.outIsTerminal || inActions)
  const {stopCommands} = await import('../../report/text.ts')
  io.out(inActions ? `${stopCommands(diff)}\n` : diff)
  return 1
}
