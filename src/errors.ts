/** A failure that the user can mend: one line, no stack, exit code 2. */
export class UserError extends Error {
  override name = 'UserError'
}

/** One file that could not be read as text: a message on that file, and the run goes on. */
export class UnreadableError extends Error {
  override name = 'UnreadableError'
}
