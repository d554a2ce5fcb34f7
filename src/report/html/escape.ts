import {safeHtml} from '../../text/safe.ts'

/** A message as HTML: text between backticks becomes `<code>`. */
export function messageHtml(message: string): string {
  const parts = message.split('`')
  // An unpaired backtick belongs to quoted text, and it is unknown which one it is.
  if (parts.length % 2 === 0) return safeHtml(message)
  return parts.map((part, at) => (at % 2 ? `<code>${safeHtml(part)}</code>` : safeHtml(part))).join('')
}

/** A link to the documentation of a rule; plain text if a plugin's URL is not an HTTP one. */
export function ruleHtml(name: string, url: string | undefined): string {
  const text = safeHtml(name)
  return url !== undefined && /^https?:/i.test(url)
    ? `<a class="rule" href="${safeHtml(url)}">${text}</a>`
    : `<span class="rule">${text}</span>`
}
