import type {Span} from '../text/span.ts'
import {javascriptTokens, type NextToken} from './mdx-javascript.ts'

/** A string in code, and its span without quotes. */
interface CodeString {
  value: string
  span: Span
}

/** A string with the code between it and the token before. */
interface StringToken extends CodeString {
  before: string
}

/** A setting `redirects`, up to its value: `redirects: {`, `async redirects() {`, `redirects: async () => [`. */
const SETTING =
  /\bredirects\b["']?\s*(?:[:=]\s*(?:(?:async\b\s*)?\(\s*\)\s*=>\s*(?:\(\s*)?)?|\(\s*\)\s*)(?=[[{])/g
/** Code between a key in quotes and its value. */
const BEFORE_VALUE = /^\s*:\s*$/
const BEFORE_DESTINATION = /\b(?:to|destination)["']?\s*:\s*$/
/** A line of code that is a comment so far. */
const COMMENTED = /^(?:\s*\/\/|.*[^:'"`\\]\/\/)/

/**
 * The destinations of redirects in the configuration of a generator, as far as they are written as strings:
 * `redirects: {'/old': '/new'}`, `redirects: [{from: '/old', to: '/new'}]`.
 */
export function* destinationsInCode(text: string): Generator<CodeString> {
  const next = javascriptTokens(text)
  let done = 0
  for (const setting of text.matchAll(SETTING)) {
    const start = setting.index + setting[0].length
    if (start < done || isCommented(text, setting.index)) continue
    const strings = [...stringsIn(text, next, start)]
    done = strings.at(-1)?.span.end ?? start
    yield* destinationsAmong(strings).filter(({span}) => !isCommented(text, span.start))
  }
}

/** The destinations of redirects in a module that contains nothing else. */
export function* destinationsInModule(text: string): Generator<CodeString> {
  const strings = [...stringsIn(text, javascriptTokens(text), 0, Number.POSITIVE_INFINITY)]
  yield* destinationsAmong(strings).filter(({span}) => !isCommented(text, span.start))
}

/** The strings that are values of a key for destinations, or of a key that is a path. */
const destinationsAmong = (strings: readonly StringToken[]): StringToken[] =>
  strings.filter(
    ({before}, index) =>
      BEFORE_DESTINATION.test(before) ||
      (BEFORE_VALUE.test(before) && strings[index - 1]?.value.startsWith('/')),
  )

/**
 * The strings without escapes in the brackets that begin at an offset.
 *
 * @param depth The number of brackets around them.
 */
function* stringsIn(text: string, next: NextToken, start: number, depth = 0): Generator<StringToken> {
  let end = start
  for (let found = next(start); found; found = next(found.end)) {
    const {token, index} = found
    if (/[[{(]/.test(token)) depth++
    else if (/[\]})]/.test(token) && --depth === 0) return
    else if (/['"]/.test(token)) {
      const span = {start: index + 1, end: found.end - 1}
      const value = text.slice(span.start, span.end)
      if (!value.includes('\\')) yield {value, span, before: text.slice(end, index)}
    }
    end = found.end
  }
}

const isCommented = (text: string, index: number): boolean =>
  COMMENTED.test(text.slice(text.lastIndexOf('\n', index) + 1, index))
