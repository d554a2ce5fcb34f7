import {safe, shortened} from '../text/safe.ts'

/** Longer pieces of text are cut: nobody reads them, and a report has only so much room. */
export const MAX_LENGTH = 300

/**
 * Text as a code span, which neither ends within it nor makes a link, a mention or HTML.
 *
 * Line breaks become spaces, control characters their escapes; what is longer than 300 characters is cut.
 */
export function codeSpan(text: string): string {
  const shown = shortened(safe(text), MAX_LENGTH)
  const runs = new Set([...shown.matchAll(/`+/g)].map(([run]) => run.length))
  let length = 1
  while (runs.has(length)) length++
  const fence = '`'.repeat(length)
  // One space on either side is dropped where there are two, unless there is nothing else.
  const isPadded = /^[` ]|[` ]$/.test(shown) && /[^ ]/.test(shown)
  const pad = isPadded ? ' ' : ''
  return shown === '' ? '(empty)' : `${fence}${pad}${shown}${pad}${fence}`
}

/**
 * What in prose might be taken for more than words: markup, the dot of an address, the number of a ticket or an issue,
 * the id of a commit.
 */
const ODD = /[^\p{L}\p{M}\p{N} ,;()'’"….:-]|[.:](?![ )]|$)|-(?!\p{L})|[\da-f]{7,}/iu

/**
 * A message as Markdown: what it says in backticks is code, and all of it is where anything else might be taken for
 * markup, a link or a mention.
 */
export function messageMarkdown(text: string): string {
  const parts = text.split(/`([^`]*)`/)
  const isCode = (index: number) => index % 2 === 1
  const isPlain = (part: string, index: number) =>
    // Two spans of code that touch would be one, and an empty one is none.
    part === ''
      ? !isCode(index) && (index === 0 || index === parts.length - 1)
      : isCode(index) || !ODD.test(part)
  return parts.every(isPlain)
    ? parts.map((part, index) => (isCode(index) ? codeSpan(part) : part)).join('')
    : codeSpan(text)
}
