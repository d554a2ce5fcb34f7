/** What shows nothing, reorders what stands beside it, or is no text; emoji need U+200D between their parts. */
const UNSEEN = /(?![\t\u200D])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}]/gu

/** Text of anybody's as a person can read it: what cannot be seen is written as `\u{…}`. */
export const visible = (text: string): string =>
  text.replace(UNSEEN, (char) => `\\u{${char.codePointAt(0)!.toString(16)}}`)

/** Text of anybody's as HTML, for an element or a quoted attribute. */
export const escapeText = (text: string): string =>
  visible(text).replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)

/** A message: what stands between backticks is code. */
export function escapeMessage(message: string): string {
  const parts = message.split('`')
  // An odd one belongs to a text that is quoted, and nobody knows which.
  if (parts.length % 2 === 0) return escapeText(message)
  return parts.map((part, at) => (at % 2 ? `<code>${escapeText(part)}</code>` : escapeText(part))).join('')
}

/** A value as JSON that can stand in a `script` element, whatever its texts are. */
export const json = (value: unknown): string =>
  JSON.stringify(value).replace(/[<>&]|(?!\u200D)[\x7F-\x9F\p{Cf}\p{Zl}\p{Zp}]/gu, (char) =>
    Array.from(
      {length: char.length},
      (_, at) => `\\u${char.charCodeAt(at).toString(16).padStart(4, '0')}`,
    ).join(''),
  )

/** With a comma between thousands. */
export const digits = (value: number): string => String(value).replace(/\B(?=(?:\d{3})+$)/g, ',')

/** `1 page`, `2,000 pages`. */
export const plural = (value: number, noun: string): string =>
  `${digits(value)} ${noun}${value === 1 ? '' : 's'}`
