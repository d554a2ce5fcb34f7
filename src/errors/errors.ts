/** An error that the user can fix: printed in one line without a stack; exit code 2. */
export class UserError extends Error {
  override name = 'UserError'

  /** A plugin may have been written with another copy of doccheck, and thus throw errors of another class. */
  static override [Symbol.hasInstance](error: unknown): boolean {
    return error instanceof Error && error.name === 'UserError'
  }
}

/** A clone lacks something that its remote has; the message says how to fetch it. */
export class IncompleteCloneError extends UserError {}

/** A file that could not be read as text: reported on that file, and the run continues. */
export class UnreadableError extends Error {
  override name = 'UnreadableError'
}

/** A bug in a rule or plugin that is not part of doccheck: printed with its stack, for the author. */
export class PluginError extends Error {
  override name = 'PluginError'
}

/** Create an error that names the step in which another one, its cause, was thrown. */
export function internalError(
  doing: string,
  error: unknown,
  ErrorClass: new (message: string, options: ErrorOptions) => Error = error instanceof PluginError
    ? PluginError
    : Error,
): Error {
  return new ErrorClass(`${doing}: ${error instanceof Error ? error.message : String(error)}`, {cause: error})
}

/**
 * Run a function, and name the step in unexpected errors.
 *
 * @param doing The step, such as `rule no-broken-link on a.md`.
 * @param ErrorClass The class of the error that is thrown.
 * @throws {@link UserError} and {@link UnreadableError} unchanged, all others wrapped by {@link internalError}
 */
export function withErrorContext<T>(
  doing: string,
  run: () => T,
  ErrorClass: new (message: string, options: ErrorOptions) => Error = Error,
): T {
  const fail = (error: unknown): never => {
    if (error instanceof UserError || error instanceof UnreadableError) throw error
    throw internalError(doing, error, ErrorClass)
  }
  try {
    const result = run()
    return result instanceof Promise ? (result.catch(fail) as T) : result
  } catch (error) {
    return fail(error)
  }
}
