import {distance} from 'fastest-levenshtein'
import {haveSimilarWords} from './similar-words.ts'
import {firstNot} from './sorted.ts'

/**
 * The number of pairs of short names that are compared per set. Thousands of unknown names have a common cause, and the
 * first ones are enough to show it.
 */
const MOST_COMPARISONS = 2_000_000
/** Pairs with a greater product of lengths count as several pairs. */
const SHORT = 512

/** A name to compare with. */
interface Candidate {
  name: string
  lower: string
  /** Its index among all names; of equally near names, the first one wins. */
  at: number
}

/** A set of names in which misspelled ones are looked up. */
export class Names {
  readonly #names: readonly string[]
  /** By length, then by the digits they contain. */
  #byLength: Map<number, Map<string, Candidate[]>> | undefined
  /** Sorted by lower-case form. */
  #sorted: Candidate[] | undefined
  #left = MOST_COMPARISONS

  constructor(names: Iterable<string>) {
    this.#names = [...names]
  }

  /**
   * The name that was most likely meant, by the edit distance of it and of its words, regardless of letter case. If none
   * is near, the only one that begins with the given name.
   *
   * @param most The maximum edit distance; by default a quarter of the length, but at least 1.
   * @param mayBe Filters the names.
   * @returns undefined if no name is near enough
   */
  nearest(
    name: string,
    most?: number,
    mayBe: (candidate: string) => boolean = () => true,
  ): string | undefined {
    const wanted = name.toLowerCase()
    // A two-letter name must match exactly, and a three-letter name may differ in one letter.
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
      if (edits >= bound || !areAlike(wanted, candidate.lower, edits)) continue
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
   * The candidates of a length that contain the same numbers: `v13` is not a misspelling of `v12`. A number that
   * distinguishes duplicates, as in `setup-1`, is ignored.
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
    const endsInDigit = isDigit(wanted.at(-1))
    const first = firstNot(this.#sorted, ({lower}) => lower < wanted)
    for (let at = first; this.#sorted[at]?.lower.startsWith(wanted) && this.#left-- > 0; at++) {
      const {name, lower} = this.#sorted[at]!
      // `ubuntu-2204` is another number than `ubuntu-22`.
      if (!mayBe(name) || (endsInDigit && isDigit(lower[wanted.length]))) continue
      if (found !== undefined) return
      found = name
    }
    return found
  }
}

/** The nearest of some names, as in {@link Names}. */
export const nearest = (name: string, candidates: Iterable<string>, most?: number): string | undefined =>
  new Names(candidates).nearest(name, most)

/**
 * The hint after an unknown name: `Did you mean "rules"?`, or `Expected one of "files", "rules".` if none is near.
 *
 * @param known The known names; those that begin with `$` are not listed.
 */
export function didYouMean(name: string, known: readonly string[]): string {
  const near = nearest(name, known)
  if (near !== undefined) return `Did you mean "${near}"?`
  const listed = known.filter((each) => !each.startsWith('$'))
  return `Expected one of ${listed.map((each) => `"${each}"`).join(', ')}.`
}

/**
 * Names with another word are alike if little else differs: `using-mariner-based-images`, `use-mariner-based-images`. The
 * share was chosen on suggestions in eight trees: those with one edit in six letters or fewer were wrong.
 */
const areAlike = (a: string, b: string, edits: number): boolean =>
  8 * edits <= a.length || haveSimilarWords(a, b)

function getOrSet<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key)
  if (value === undefined) map.set(key, (value = make()))
  return value
}

/** The edit distance. Common prefixes and suffixes, which names in a folder often have, are skipped first for speed. */
function editsBetween(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length)
  let start = 0
  while (start < shorter && a[start] === b[start]) start++
  let end = 0
  while (end < shorter - start && a.at(-1 - end) === b.at(-1 - end)) end++
  return distance(a.slice(start, a.length - end), b.slice(start, b.length - end))
}

const isDigit = (character: string | undefined) => character !== undefined && /\d/.test(character)

const digits = (name: string) => name.replace(/[-_]\d+$/, '').replace(/\D+/g, '')

/**
 * Remove spaces, punctuation and letter case from a text, for comparison: `Set-up in C++ 1.2` → `setupinc++1.2`. The
 * dot between numbers and the signs of `C++` and `C#` are kept, since they change the meaning.
 *
 * @param form The Unicode normalization form; NFKD also removes accents.
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

/** The letters and digits of a text, in lower case and without accents: `Set-up (v1.2)` → `setupv12`. */
export const lettersOf = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')

/**
 * Do two words differ only by one letter inserted, deleted or replaced, or by two adjacent letters swapped? A different
 * ending, such as `s`, is grammar, not a typo.
 */
export function isOneSlip(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false
  let start = 0
  while (start < a.length && a[start] === b[start]) start++
  let end = 0
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++
  const [left, right] = [a.slice(start, a.length - end), b.slice(start, b.length - end)]
  if (end === 0 && left.length !== right.length) return false
  return (
    (left.length <= 1 && right.length <= 1) || (left.length === 2 && left === [...right].reverse().join(''))
  )
}

/**
 * Is a name one slip off another one, long enough and with the same digits, so that it is a misspelling? Names that differ
 * only in punctuation or letter case are not: two programs may write one name so.
 */
export const isMisspelling = (name: string, of: string): boolean =>
  name.length >= SHORTEST_MISSPELLED &&
  digitsOf(name) === digitsOf(of) &&
  bareWords(name, 'NFKD') !== bareWords(of, 'NFKD') &&
  (isOneSlip(name, of) || doublesLastLetter(name, of) || doublesLastLetter(of, name))

/** Is a name another one with its last letter twice, which no ending makes of a word? */
const doublesLastLetter = (name: string, of: string): boolean => name === of + of.at(-1)

/** In shorter names, one letter makes another word. */
const SHORTEST_MISSPELLED = 5

const digitsOf = (name: string) => name.replace(/\D+/g, ' ')
