import {distance} from 'fastest-levenshtein'

/**
 * May each word of a name be a slip for the one in its place in another name? No slip makes `log-file-name` of
 * `log-file-api`, though they share most letters. Words may be missing, joined or split.
 */
export function haveSimilarWords(a: string, b: string): boolean {
  const [left, right] = [wordsOf(a), wordsOf(b)]
  while (left.length > 0 && left.at(-1) === right.at(-1)) {
    left.pop()
    right.pop()
  }
  while (left.length > 0 && left[0] === right[0]) {
    left.shift()
    right.shift()
  }
  return left.length === right.length
    ? left.every((word, at) => areSimilar(word, right[at]!))
    : areSimilar(left.join(''), right.join(''))
}

const wordsOf = (name: string): string[] => name.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []

/** Does one word contain the other one, or share half of its letters with it? Different numbers are never similar. */
export const areSimilar = (a: string, b: string): boolean =>
  /^\d+$/.test(a) && /^\d+$/.test(b)
    ? a === b
    : a.includes(b) || b.includes(a) || 2 * distance(a, b) <= Math.max(a.length, b.length)
