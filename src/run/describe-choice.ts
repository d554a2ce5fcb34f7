import {nearest} from '../text/nearest.ts'

/** The message about a value that an option does not accept, with the nearest one that it does. */
export function describeChoice(option: string, given: string, choices: readonly string[]): string {
  const suggestion = nearest(given, choices)
  const hint =
    suggestion === undefined ? `expected one of ${choices.join(', ')}` : `did you mean '${suggestion}'?`
  return `Invalid value '${given}' for --${option}, ${hint}`
}
