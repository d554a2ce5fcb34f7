import {distance} from 'fastest-levenshtein'

/**
 * The candidate that is most likely what was meant, by edit distance on lower-case text; ties go to the first. Where
 * none is near, the only one that begins with the name.
 *
 * @param most Let the best differ in so many characters.
 * @returns nothing when even the best differs in more than a quarter of its characters, and in more than one.
 */
export function nearest(name: string, candidates: Iterable<string>, most?: number): string | undefined {
  const names = [...candidates]
  const wanted = name.toLowerCase()
  let best: string | undefined
  // Half of the letters of a short name may not differ: that would be another name.
  let least =
    (most ?? Math.min(Math.max(1, Math.floor(wanted.length / 4)), Math.max(0, wanted.length - 2))) + 1
  const count = digits(wanted)
  for (const candidate of names) {
    if (Math.abs(candidate.length - wanted.length) >= least) continue
    // Numbers count things: `v13` is no slip of `v12`; only those of twins come and go.
    const other = digits(candidate)
    if (count !== '' && other !== '' && count !== other) continue
    const away = editsBetween(wanted, candidate.toLowerCase())
    if (away < least) {
      best = candidate
      least = away
    }
  }
  if (best !== undefined || wanted.length < 4) return best
  const longer = names.filter((candidate) => candidate.toLowerCase().startsWith(wanted))
  return longer.length === 1 ? longer[0] : undefined
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
  for (const word of text.normalize(form).toLowerCase().match(words) ?? [])
    bare += /\p{N}$/u.test(bare) && /^\p{N}/u.test(word) ? `.${word}` : word
  return bare
}
