import type {Heading} from './types.ts'

/** Has a heading a brace other than in a code span or its id? */
export function hasBraceOutsideCode({text, textWithoutId = text, code = []}: Heading): boolean {
  let at = textWithoutId.indexOf('{')
  while (at >= 0) {
    const around = code.find(({start, end}) => start <= at && at < end)
    if (!around) return true
    at = textWithoutId.indexOf('{', around.end)
  }
  return false
}
