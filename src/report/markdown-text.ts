import {safe, shortened} from '../text/safe.ts'

/** The longest text of a page or message in a report, in UTF-16 units: space is limited. */
export const MAX_LENGTH = 300

/**
 * Text as a code span that cannot end early and makes no link, mention or HTML: `` a`b `` → ``` ``a`b`` ```
 *
 * Line breaks become spaces and control characters their escapes; longer text is cut.
 */
export function codeSpan(text: string): string {
  const shown = shortened(safe(text), MAX_LENGTH)
  const runs = new Set([...shown.matchAll(/`+/g)].map(([run]) => run.length))
  let length = 1
  while (runs.has(length)) length++
  const fence = '`'.repeat(length)
  // CommonMark strips one space on either side of a code span that is not all spaces.
  const isPadded = /^[` ]|[` ]$/.test(shown) && /[^ ]/.test(shown)
  const pad = isPadded ? ' ' : ''
  return shown === '' ? '(empty)' : `${fence}${pad}${shown}${pad}${fence}`
}

/** A code span that links to a page about it; only the code span if the URL is not an HTTP one. */
export function linkedCode(text: string, url: string | undefined): string {
  if (url === undefined || !URL.canParse(url) || !/^https?:/i.test(url)) return codeSpan(text)
  // A parsed URL contains neither spaces nor `<` and `>`.
  return `[${codeSpan(text)}](<${new URL(url).href}>)`
}

/**
 * Text in prose that a renderer could take for more than words: markup, the dot of a host name, the number of an issue,
 * the id of a commit.
 */
const NOT_PROSE = /[^\p{L}\p{M}\p{N} ,;()'’"….:-]|[.:](?![ )]|$)|-(?!\p{L})|[\da-f]{7,}/iu

/**
 * A message as Markdown: its backticks make code spans. Where its prose could be taken for markup, a link or a mention,
 * all of it becomes one code span.
 */
export function messageMarkdown(text: string): string {
  const parts = text.split(/`([^`]*)`/)
  const isCode = (index: number) => index % 2 === 1
  const isPlain = (part: string, index: number) =>
    // Adjacent code spans would merge, and there are no empty ones.
    part === ''
      ? !isCode(index) && (index === 0 || index === parts.length - 1)
      : isCode(index) || !NOT_PROSE.test(part)
  return parts.every(isPlain)
    ? parts.map((part, index) => (isCode(index) ? codeSpan(part) : part)).join('')
    : codeSpan(text)
}
