import {lstatSync, realpathSync} from 'node:fs'
import path from 'node:path'
import {UnreadableError, UserError} from '../../errors/errors.ts'
import {isInside} from '../../tree/inside.ts'
import {readerOf} from '../../tree/read.ts'
import {addFile, replaceFile} from '../../tree/write.ts'
import {ManualEdit} from './manual-edit.ts'

/** A file that `doccheck init` sets up. */
export interface FilePlan {
  /** Relative to the root, separated by `/`. */
  file: string
  /**
   * Create the new text from the current one, if the file exists.
   *
   * @returns undefined if doccheck is already set up in it
   * @throws {@link ManualEdit} if its author must add to it
   */
  make(before?: string): string | undefined
}

/** The text of a file before and after; without `before` it does not exist, without `after` it stays unchanged. */
export interface FileChange {
  file: string
  before?: string
  after?: string
  /** The lines that its author must add. */
  manual?: ManualEdit
}

/**
 * Read a file and create its new text, without writing it.
 *
 * @throws {@link UserError} if it cannot be read or written
 */
export function planChange({file, make}: FilePlan, root: string): FileChange {
  const absolute = path.join(root, file)
  refuseOutside(absolute, root, file)
  if (!lstatSync(absolute, {throwIfNoEntry: false})) return {file, after: make()!}
  try {
    const before = readerOf(root)(file)
    const after = make(before)
    return {file, before, ...(after !== undefined && after !== before && {after})}
  } catch (error) {
    if (error instanceof ManualEdit) return {file, manual: error}
    throw asUserError(error, file)
  }
}

/** Nothing is created through a symlink that leads out of the repository, not even a folder. */
function refuseOutside(absolute: string, root: string, file: string): void {
  let existing = absolute
  while (!lstatSync(existing, {throwIfNoEntry: false})) existing = path.dirname(existing)
  const name = path.relative(root, existing)
  let real: string
  try {
    real = realpathSync(existing)
  } catch {
    throw new UserError(`Cannot write ${file}: ${name} is a broken symlink`)
  }
  if (!isInside(realpathSync(root), real))
    throw new UserError(`Cannot write ${file}: ${name} is a symlink to outside the repository`)
}

/** Write the new text of a file. @throws {@link UserError} if that fails */
export async function writeChange({file, before, after}: FileChange, root: string): Promise<void> {
  try {
    if (before === undefined) await addFile(root, file, Buffer.from(after!))
    else await replaceFile({root, file, before, after: after!})
  } catch (error) {
    throw asUserError(error, file)
  }
}

const asUserError = (error: unknown, file: string): unknown =>
  error instanceof UnreadableError ? new UserError(`${file}: ${error.message}`) : error
