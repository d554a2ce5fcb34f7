import {UnreadableError} from '../errors/errors.ts'
import type {Repairs} from '../fix/repair.ts'
import type {World} from './types.ts'

/** The location of changed files, and their names for the user. */
export interface ChangePlace {
  /** The root of the tree, absolute. */
  root: string
  /** A path of the tree relative to the working directory. */
  display(file: string): string
}

/** Write new and changed files. @returns the files that could not be written; the user is told why */
export async function writeChanges(
  {changed, files}: Repairs,
  {root, display}: ChangePlace,
  {warn}: Pick<World, 'warn'>,
): Promise<Set<string>> {
  const unwritten = new Set<string>()
  if (changed.size === 0) return unwritten
  const {addFile, replaceFile} = await import('../tree/write.ts')
  const tryTo = async (file: string, write: () => Promise<void>) => {
    try {
      await write()
    } catch (error) {
      if (!(error instanceof UnreadableError)) throw error
      warn(`${display(file)}: ${error.message}`)
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
