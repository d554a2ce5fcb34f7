/** A failure that the user can mend: one line, no stack, exit code 2. */
export class UserError extends Error {
  override name = 'UserError'
}

/** One file that could not be read as text: a message on that file, and the run goes on. */
export class UnreadableError extends Error {
  override name = 'UnreadableError'
}

/**
 * Run something that may hold a mistake, of doccheck or of a rule or plugin of the user's own.
 *
 * @param doing What is being done, for the message.
 * @throws what it throws: a mistake with what was being done, errors for users as they are
 */
export function during<T>(doing: string, run: () => T): T {
  try {
    const result = run()
    return result instanceof Promise ? (result.catch((error) => fail(doing, error)) as T) : result
  } catch (error) {
    return fail(doing, error)
  }
}

function fail(doing: string, error: unknown): never {
  if (error instanceof UserError || error instanceof UnreadableError) throw error
  throw new Error(`${doing}: ${error instanceof Error ? error.message : String(error)}`, {cause: error})
}
