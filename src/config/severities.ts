import {didYouMean} from '../text/nearest.ts'

/** The severities of a rule. */
export const SEVERITIES = ['off', 'warn', 'error'] as const

/** Other ways to write a severity, in ESLint and remark among others. */
const SYNONYMS: ReadonlyMap<unknown, string> = new Map<unknown, string>([
  [0, 'off'],
  [1, 'warn'],
  [2, 'error'],
  ['0', 'off'],
  ['1', 'warn'],
  ['2', 'error'],
  [false, 'off'],
  [true, 'error'],
  ['warning', 'warn'],
  ['none', 'off'],
])

/** A wrong severity with the right one: `is 2. Did you mean "error"?` */
export function severityFault(given: unknown): string {
  const meant = SYNONYMS.get(given)
  const hint = meant === undefined ? didYouMean(String(given), SEVERITIES) : `Did you mean "${meant}"?`
  return `is ${JSON.stringify(given)}. ${hint}`
}
