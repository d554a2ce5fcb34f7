import type {VFileMessage} from 'vfile-message'
import {UserError} from '../errors/errors.ts'
import type {Outcome, Session} from '../run/session.ts'
import type {CheckResults, FileFinding, FileResult} from './results.ts'

/** The change to one file, as it was checked. */
export interface FileChange {
  root: string
  /** Relative to the root, with `/`. */
  path: string
  before: string
  after: string
}

/** The run behind results, whose data is too large for plain objects. */
export interface Origin {
  session: Session
  outcome: Outcome
  /** The index of each file among the pages; a baseline that has only shrunk is not among them. */
  indexes: ReadonlyMap<FileResult, number>
  messages: ReadonlyMap<FileFinding, VFileMessage>
  changes: ReadonlyMap<FileResult, FileChange>
}

const origins = new WeakMap<CheckResults, Origin>()

/** Remember what results were made from, for as long as they are used. */
export const remember = (results: CheckResults, origin: Origin): void => void origins.set(results, origin)

/**
 * The run behind results.
 *
 * @param caller The method that was given them, for the message.
 * @throws {@link UserError} for other objects, such as copies
 */
export function originOf(results: CheckResults, caller: string): Origin {
  const origin = origins.get(results)
  if (origin) return origin
  throw new UserError(
    `${caller}: expected the object that checkFiles() or checkText() returned, not a copy; remove files or findings from its lists to leave them out`,
  )
}
