import {RE2JS} from 're2js'

/** A regular expression that takes time in proportion to the text, whatever it says. */
export interface Pattern {
  test(text: string): boolean
  /** What its groups stand for in the first match; nothing for a text that does not match. */
  groups(text: string): (string | undefined)[] | undefined
}

/** Longer expressions, and those with more repetitions, would take long all the same. */
const LONGEST = 50_000
const MOST_REPETITIONS = 1000

/**
 * An expression in RE2's syntax, which has no lookaround and no references back.
 *
 * @returns nothing for one that is invalid or very large.
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
