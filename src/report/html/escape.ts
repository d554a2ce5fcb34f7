import {safeHtml} from '../../text/safe.ts'

/** A message: what stands between backticks is code. */
export function messageHtml(message: string): string {
  const parts = message.split('`')
  // An odd one belongs to a text that is quoted, and nobody knows which.
  if (parts.length % 2 === 0) return safeHtml(message)
  return parts.map((part, at) => (at % 2 ? `<code>${safeHtml(part)}</code>` : safeHtml(part))).join('')
}

/** With a comma between thousands. */
export const digits = (value: number): string => String(value).replace(/\B(?=(?:\d{3})+$)/g, ',')

/** `1 page`, `2,000 pages`. */
export const plural = (value: number, noun: string): string =>
  `${digits(value)} ${noun}${value === 1 ? '' : 's'}`
