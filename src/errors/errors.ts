/** A failure that the user can mend: one line, no stack, exit code 2. */
export class UserError extends Error {
  override name = 'UserError'
}

/** One file that could not be read as text: a message on that file, and the run goes on. */
export class UnreadableError extends Error {
  override name = 'UnreadableError'
}

/** A mistake in a rule or plugin that is not doccheck's: its stack is of use to whoever wrote it. */
export class PluginError extends Error {
  override name = 'PluginError'
}

/** A mistake with what was being done when it showed, which is where to look for it. */
export function internalError(
  doing: string,
  error: unknown,
  Mistake: new (message: string, options: ErrorOptions) => Error = Error,
): Error {
  return new Mistake(`${doing}: ${error instanceof Error ? error.message : String(error)}`, {cause: error})
}

/**
 * Run something that may hold a mistake, of doccheck or of a rule or plugin of the user's own.
 *
 * @param doing What is being done, for the message.
 * @param Mistake What a mistake is thrown as.
 * @throws what it throws: a mistake with what was being done, errors for users as they are
 */
export function withErrorContext<T>(
  doing: string,
  run: () => T,
  Mistake: new (message: string, options: ErrorOptions) => Error = Error,
): T {
  const fail = (error: unknown): never => {
    if (error instanceof UserError || error instanceof UnreadableError) throw error
    throw internalError(doing, error, Mistake)
  }
  try {
    const result = run()
    return result instanceof Promise ? (result.catch(fail) as T) : result
  } catch (error) {
    return fail(error)
  }
}
