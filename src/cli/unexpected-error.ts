import {PluginError} from '../errors/errors.ts'
import {plural} from '../report/numbers.ts'
import {packageInfo} from '../report/package-info.ts'
import {safe} from '../text/safe.ts'
import type {Io} from './types.ts'

/** More stack frames are rarely needed to find a bug. */
const MOST_FRAMES = 8

/**
 * The lines printed for an unexpected error: its message, its stack, and a request to report it unless a plugin threw
 * it.
 *
 * @param heading The consequence of the error for the run; precedes the error's own message.
 */
export function describeUnexpectedError(heading: string, error: unknown): string {
  let cause = error
  while (cause instanceof Error && cause.cause !== undefined) cause = cause.cause
  const stack = (cause instanceof Error && cause.stack) || ''
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line))
  const lines = [
    `${heading}: ${error instanceof Error ? error.message : error}`,
    ...frames.slice(0, MOST_FRAMES),
    ...(error instanceof PluginError
      ? []
      : [
          `This is a bug in doccheck ${packageInfo().version} (Node ${process.version}); report it with these lines.`,
        ]),
  ]
  return lines.map((line, index) => `${index === 0 ? 'doccheck: ' : '  '}${safe(line.trim())}\n`).join('')
}

/** The same bug often occurs on many pages: this many errors are printed in full. */
const MOST_ERRORS = 3

/** Print the unexpected errors of a run to standard error. @returns the exit code */
export function printUnexpectedErrors(errors: readonly Error[], io: Io): number {
  for (const error of errors.slice(0, MOST_ERRORS)) io.err(describeUnexpectedError('unexpected error', error))
  const more = errors.length - MOST_ERRORS
  if (more > 0) io.err(`doccheck: ${plural(more, 'more unexpected error')}\n`)
  return 2
}
