import {lstatSync, realpathSync} from 'node:fs'
import path from 'node:path'
import {UnreadableError, UserError} from '../../errors/errors.ts'
import {isInside} from '../../tree/inside.ts'
import {readerOf} from '../../tree/read.ts'
import {addFile, replaceFile} from '../../tree/write.ts'

/** A file that is to say something. */
export interface Planned {
  /** From the root, with `/`. */
  file: string
  /**
   * Its text, made from what it holds so far.
   *
   * @returns nothing where doccheck is in it already
   */
  make(before?: string): string | undefined
}

/** What a file holds, and what it is to hold. */
export interface Drawn {
  file: string
  before?: string
  after?: string
}

/** Read what is there, and see what is to be written. @throws {@link UserError} where it may not be */
export function draw({file, make}: Planned, root: string): Drawn {
  const absolute = path.join(root, file)
  refuseOutside(absolute, root, file)
  if (!lstatSync(absolute, {throwIfNoEntry: false})) return {file, after: make()!}
  try {
    const before = readerOf(root)(file)
    const after = make(before)
    return {file, before, ...(after !== undefined && after !== before && {after})}
  } catch (error) {
    throw error instanceof UnreadableError ? new UserError(`${file}: ${error.message}`) : error
  }
}

/** Nothing is made behind a link that leads out of the repository, not even a folder. */
function refuseOutside(absolute: string, root: string, file: string): void {
  let there = absolute
  while (!lstatSync(there, {throwIfNoEntry: false})) there = path.dirname(there)
  let real: string
  try {
    real = realpathSync(there)
  } catch {
    throw new UserError(`${file} cannot be written: ${path.relative(root, there)} is a link to nowhere`)
  }
  if (!isInside(realpathSync(root), real))
    throw new UserError(
      `${file} cannot be written: ${path.relative(root, there)} leads out of the repository`,
    )
}

/** Write it. @throws {@link UserError} saying why it is not */
export async function put({file, before, after}: Drawn, root: string): Promise<void> {
  try {
    if (before === undefined) await addFile(root, file, Buffer.from(after!))
    else await replaceFile({root, file, before, after: after!})
  } catch (error) {
    throw error instanceof UnreadableError ? new UserError(`${file}: ${error.message}`) : error
  }
}
