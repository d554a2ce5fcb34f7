import type {Span} from '../text/span.ts'
import {limitsOf, type WrittenRedirect} from './types.ts'

/** A redirect in a line of a file, and the span of its destination. */
export interface RedirectLine extends WrittenRedirect {
  to: string
  span: Span
}

/**
 * The redirects of a `_redirects` file, as Netlify and Cloudflare read it: `from to status condition` per line, with
 * comments after `#`.
 */
export function* redirectLines(text: string): Generator<RedirectLine> {
  for (const {0: line, index: start} of text.matchAll(/[^\r\n]+/g)) {
    const [from, ...rest] = wordsOf(line)
    const to = rest.find(({word}) => /^(?:\/|https?:)/.test(word))
    if (!from || !to) continue
    const words = rest.map(({word}) => word)
    const status = Number.parseInt(words.find((word) => /^\d{3}!?$/.test(word)) ?? '301', 10)
    const isConditional = words.some((word) => /^\w+=/.test(word))
    if (status >= 400) continue
    const span = {start: start + to.at, end: start + to.at + to.word.length}
    yield {from: from.word, to: to.word, limits: limitsOf(isConditional, status === 200), span}
  }
}

/** The words of a line before its comment. */
function wordsOf(line: string): {word: string; at: number}[] {
  const words = [...line.matchAll(/\S+/g)].map(({0: word, index}) => ({word, at: index}))
  const comment = words.findIndex(({word}) => word.startsWith('#'))
  return comment < 0 ? words : words.slice(0, comment)
}
