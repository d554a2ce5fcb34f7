import {PluginError} from '../../errors/errors.ts'
import {packageInfo} from '../../report/package-info.ts'
import {plural} from '../../report/summary.ts'
import {safe} from '../../text/safe.ts'
import type {Io} from '../types.ts'

/**
 * What is said of an error that nobody foresaw, with what it takes to find its cause.
 *
 * @param words What it means.
 */
export function mistake(words: string, error: unknown): string {
  let cause = error
  while (cause instanceof Error && cause.cause !== undefined) cause = cause.cause
  const stack = (cause instanceof Error && cause.stack) || ''
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line))
  const lines = [
    `${words}: ${error instanceof Error ? error.message : error}`,
    ...frames.slice(0, 8),
    ...(error instanceof PluginError
      ? []
      : [`Please report this (doccheck ${packageInfo().version}, Node ${process.version}).`]),
  ]
  return lines.map((line, index) => `${index === 0 ? 'doccheck: ' : '  '}${safe(line.trim())}\n`).join('')
}

/** More of them say nothing new. */
const MOST_MISTAKES = 3

/** Say what went wrong on single pages, with what it takes to find the cause. @returns the exit code */
export function tellMistakes(mistakes: readonly Error[], io: Io): number {
  for (const error of mistakes.slice(0, MOST_MISTAKES)) io.err(mistake('unexpected error', error))
  const more = mistakes.length - MOST_MISTAKES
  if (more > 0) io.err(`doccheck: ${plural(more, 'more unexpected error')}\n`)
  return 2
}
