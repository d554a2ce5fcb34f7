import {distance} from 'fastest-levenshtein'
import {firstNot} from './sorted.ts'

/**
 * So much is compared in all with one set of names, in pairs of short ones: thousands of wrong names among thousands of
 * right ones are some accident, and the first of them tell what it is.
 */
const MOST_COMPARISONS = 2_000_000
/** Names of so many characters, the product of both lengths, count as one pair. */
const SHORT = 512

/** One name, as it is compared. */
interface Candidate {
  name: string
  lower: string
  /** Its place among all; ties go to the first. */
  at: number
}

/** A set of names in which many others are looked up that are not among them. */
export class Names {
  readonly #names: readonly string[]
  /** By length, then by the numbers in them. */
  #byLength: Map<number, Map<string, Candidate[]>> | undefined
  /** In lower case and in order. */
  #sorted: Candidate[] | undefined
  #left = MOST_COMPARISONS

  constructor(names: Iterable<string>) {
    this.#names = [...names]
  }

  /**
   * The candidate that is most likely what was meant, by edit distance on lower-case text; ties go to the first. Where
   * none is near, the only one that begins with the name.
   *
   * @param most Let the best differ in so many characters.
   * @param mayBe Which of the candidates count.
   * @returns nothing when even the best differs in more than a quarter of its characters, and in more than one.
   */
  nearest(
    name: string,
    most?: number,
    mayBe: (candidate: string) => boolean = () => true,
  ): string | undefined {
    const wanted = name.toLowerCase()
    // Half of the letters of a short name may not differ: that would be another name.
    const least =
      (most ?? Math.min(Math.max(1, Math.floor(wanted.length / 4)), Math.max(0, wanted.length - 2))) + 1
    const best = this.#nearest(wanted, least, mayBe)
    return best !== undefined || wanted.length < 4 ? best : this.#onlyLonger(wanted, mayBe)
  }

  #nearest(wanted: string, most: number, mayBe: (candidate: string) => boolean): string | undefined {
    let best: Candidate | undefined
    let least = most
    for (const candidate of this.#ofSimilarLength(wanted, most)) {
      const {length} = candidate.name
      this.#left -= 1 + Math.floor((wanted.length * length) / SHORT)
      if (this.#left < 0) return
      // Of two candidates at the same distance, the first wins.
      const bound = best && candidate.at < best.at ? least + 1 : least
      if (Math.abs(length - wanted.length) >= bound || !mayBe(candidate.name)) continue
      const edits = editsBetween(wanted, candidate.lower)
      if (edits >= bound) continue
      best = candidate
      least = edits
    }
    return best?.name
  }

  *#ofSimilarLength(wanted: string, most: number): Generator<Candidate> {
    for (let length = wanted.length - most + 1; length < wanted.length + most; length++)
      for (const candidates of this.#alike(length, wanted)) yield* candidates
  }

  /**
   * The candidates of a length that have the same numbers: `v13` is not a misspelt `v12`. The number that tells twins apart,
   * as in `setup-1`, does not count.
   */
  #alike(length: number, wanted: string): Iterable<readonly Candidate[]> {
    if (!this.#byLength) {
      this.#byLength = new Map()
      for (const [at, name] of this.#names.entries()) {
        const lower = name.toLowerCase()
        const byNumbers = getOrSet(this.#byLength, name.length, () => new Map<string, Candidate[]>())
        getOrSet(byNumbers, digits(lower), () => []).push({name, lower, at})
      }
    }
    const byNumbers = this.#byLength.get(length)
    if (!byNumbers) return []
    const numbers = digits(wanted)
    return numbers === '' ? byNumbers.values() : [numbers, ''].map((key) => byNumbers.get(key) ?? [])
  }

  #onlyLonger(wanted: string, mayBe: (candidate: string) => boolean): string | undefined {
    this.#sorted ??= this.#names
      .map((name, at) => ({name, lower: name.toLowerCase(), at}))
      .sort((a, b) => (a.lower < b.lower ? -1 : a.lower === b.lower ? 0 : 1))
    let found: string | undefined
    const first = firstNot(this.#sorted, ({lower}) => lower < wanted)
    for (let at = first; this.#sorted[at]?.lower.startsWith(wanted) && this.#left-- > 0; at++) {
      const {name} = this.#sorted[at]!
      if (!mayBe(name)) continue
      if (found !== undefined) return
      found = name
    }
    return found
  }
}

/** The nearest of some names, as {@link Names} finds it. */
export const nearest = (name: string, candidates: Iterable<string>, most?: number): string | undefined =>
  new Names(candidates).nearest(name, most)

/**
 * The hint behind an unknown name: `Did you mean "rules"?`, or `Expected one of "files", "rules".` where none is near.
 *
 * @param known The names that there are; those beginning with `$` are not listed.
 */
export function didYouMean(name: string, known: readonly string[]): string {
  const near = nearest(name, known)
  if (near !== undefined) return `Did you mean "${near}"?`
  const listed = known.filter((each) => !each.startsWith('$'))
  return `Expected one of ${listed.map((each) => `"${each}"`).join(', ')}.`
}

function getOrSet<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key)
  if (value === undefined) map.set(key, (value = make()))
  return value
}

/** The edit distance, of what is between the common beginning and end: the names of a folder have much in common. */
function editsBetween(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length)
  let start = 0
  while (start < shorter && a[start] === b[start]) start++
  let end = 0
  while (end < shorter - start && a.at(-1 - end) === b.at(-1 - end)) end++
  return distance(a.slice(start, a.length - end), b.slice(start, b.length - end))
}

const digits = (name: string) => name.replace(/[-_]\d+$/, '').replace(/\D+/g, '')

/**
 * The words of a text run together, without marks, spaces and letter case. What separates the parts of a number stays
 * as a dot, and so do the signs of `C++` and `C#`: without them another thing would be meant.
 *
 * @param form The form of Unicode to compare in; with NFKD accents do not count, either.
 */
export function bareWords(text: string, form: 'NFKC' | 'NFKD'): string {
  const words = form === 'NFKC' ? /\p{N}+|[\p{L}\p{M}]+[+#]*/gu : /\p{N}+|\p{L}+[+#]*/gu
  let bare = ''
  let isBehindNumber = false
  for (const word of text.normalize(form).toLowerCase().match(words) ?? []) {
    const isNumber = /^\p{N}/u.test(word)
    bare += isBehindNumber && isNumber ? `.${word}` : word
    isBehindNumber = isNumber
  }
  return bare
}
