import {RE2JS} from 're2js'

/** A regular expression that is matched in linear time. */
export interface Pattern {
  test(text: string): boolean
  /** The groups of the first match; undefined if there is none. */
  groups(text: string): (string | undefined)[] | undefined
}

/** Longer expressions, and those with more repetitions, would take long even in linear time. */
const LONGEST = 50_000
const MOST_REPETITIONS = 1000

/**
 * Compile an expression in the syntax of RE2, which has no lookaround and no backreferences.
 *
 * @returns undefined if it is invalid or too large
 */
export function linear(source: string, {caseless = false} = {}): Pattern | undefined {
  if (source.length > LONGEST || source.split(/[*+]/, MOST_REPETITIONS + 2).length > MOST_REPETITIONS + 1)
    return
  try {
    const compiled = RE2JS.compile(source, RE2JS.DOTALL | (caseless ? RE2JS.CASE_INSENSITIVE : 0))
    return {
      test: (text) => compiled.test(text),
      groups: (text) => {
        const found = compiled.matcher(text)
        if (!found.find()) return
        return Array.from({length: compiled.groupCount()}, (_, index) => found.group(index + 1) ?? undefined)
      },
    }
  } catch {
    return
  }
}
