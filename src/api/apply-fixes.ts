import {applyHarmless} from '../fix/harmless.ts'
import type {FindingFix} from './results.ts'

/** A text with fixes applied. */
export interface FixedText {
  text: string
  /** The fixes that were applied. */
  applied: FindingFix[]
  /** The others: they overlap an applied one, or would turn text into other blocks of Markdown. */
  refused: FindingFix[]
}

/**
 * Apply fixes to the text that they were found in, without writing it.
 *
 * @param text With or without a byte order mark, which stays.
 */
export function applyFixes(text: string, fixes: readonly FindingFix[]): FixedText {
  // Offsets do not count it.
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : ''
  const fixed = applyHarmless(text.slice(mark.length), fixes)
  const applied = new Set<FindingFix>(fixed.applied)
  return {
    text: mark + fixed.text,
    applied: fixes.filter((fix) => applied.has(fix)),
    refused: fixes.filter((fix) => !applied.has(fix)),
  }
}
