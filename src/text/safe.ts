/**
 * Control characters, invisible and bidirectional formatting characters, and lone surrogates. U+200D joins emoji, and
 * some formatting characters of Arabic and Syriac are visible.
 */
const HARMFUL =
  /(?![\u200D\u0600-\u0605\u06DD\u070F\u08E2])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}]|[\u{E0000}-\u{E0FFF}]/gu

/** Commands that GitHub, Azure and TeamCity recognize anywhere in a line of a log. */
const COMMAND = /##(?=\[|vso\[|teamcity\[)/gi

/** Text with control characters and invisible ones written as `\u{…}`; tabs stay. */
export const visible = (text: string): string =>
  text.replace(HARMFUL, (char) => (char === '\t' ? char : `\\u{${char.codePointAt(0)!.toString(16)}}`))

/**
 * Make text from pages, file names and servers harmless to terminals and CI logs. Idempotent.
 *
 * Line breaks become spaces. Control, bidirectional, zero-width and tag characters and lone surrogates become `\u{…}`.
 * Commands of GitHub, Azure and TeamCity (`##[…]`, `##vso[…]`, `##teamcity[…]`, and `::` at the start) are escaped. User
 * names and passwords in URLs are hidden.
 */
export const safe = (text: string): string =>
  visible(withoutCredentials(text).replace(/[\n\r\t\u0085\u2028\u2029]+/g, ' '))
    .replace(COMMAND, '#\\#')
    .replace(/^(\s*)::/, '$1\\::')

/** {@link safe} text for the message of a GitHub workflow command, which GitHub decodes. */
export const safeCommand = (text: string): string => safe(text).replaceAll('%', '%25')

/** {@link safe} text for a property of a GitHub workflow command. */
export const safeProperty = (text: string): string =>
  safeCommand(text).replaceAll(':', '%3A').replaceAll(',', '%2C')

/**
 * A value as JSON that is harmless to terminals and CI logs: harmful characters become JSON escapes, so that the
 * value is the same.
 *
 * @param indent Spaces of indentation; 0 for one line.
 */
export const safeJson = (value: unknown, indent = 2): string =>
  JSON.stringify(value, null, indent)
    // In JSON, line breaks occur only between values.
    .replace(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}\u{E0000}-\u{E0FFF}]/gu, jsonEscape)
    .replace(COMMAND, '#\\u0023')

/** A value as {@link safeJson}, for a `script` element of HTML. */
export const safeScript = (value: unknown): string => safeJson(value, 0).replace(/[<>&]/g, jsonEscape)

const jsonEscape = (char: string): string =>
  [...Array(char.length).keys()]
    .map((at) => `\\u${char.charCodeAt(at).toString(16).padStart(4, '0')}`)
    .join('')

/**
 * Text for an element or an attribute of XML. Characters that XML 1.0 forbids become U+FFFD. Whitespace that a parser
 * would normalize, harmful characters and commands become character references. https://www.w3.org/TR/xml/#charsets
 */
export const safeXml = (text: string): string =>
  text
    .replace(/[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]|\p{Surrogate}/gu, '\uFFFD')
    .replace(/[<>&"'\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u{E0000}-\u{E0FFF}]/gu, (char) => `&#${char.codePointAt(0)};`)
    .replace(COMMAND, '#&#35;')

/** Text for an element or a quoted attribute of HTML. */
export const safeHtml = (text: string): string =>
  visible(text)
    .replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)
    .replace(COMMAND, '#&#35;')

/** A text, cut off with `…` if it is longer. @param most UTF-16 code units. */
export const shortened = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '')}…`

// Browsers accept any number of slashes after these schemes, and backslashes for slashes. The backslash of `\u{…}` is
// from text that is safe already.
const BEFORE_CREDENTIALS =
  /\b(?:https?|wss?|ftp):(?:\/|\\(?!u\{))*|\b[a-z][a-z\d+.-]{0,30}:(?:\/|\\(?!u\{))+|(?<![\w.)/\\-])(?:\/|\\(?!u\{)){2,}/gi
/** A user name and password with the host after it. */
const AUTHORITY = /[^\s/\\?#]*/y

/** A text with `(hidden)` in place of user names and passwords in URLs. */
export const withoutCredentials = (text: string): string => replaceCredentials(text, () => '(hidden)')

/** A text with asterisks in place of user names and passwords in URLs; offsets stay the same. */
export const withCoveredCredentials = (text: string): string =>
  replaceCredentials(text, (secret) => '*'.repeat(secret.length))

function replaceCredentials(text: string, put: (secret: string) => string): string {
  if (!text.includes('@')) return text
  let out = ''
  let done = 0
  // Text without an at sign is scanned once, however many schemes it contains.
  let plainUntil = 0
  BEFORE_CREDENTIALS.lastIndex = 0
  for (let match = BEFORE_CREDENTIALS.exec(text); match; match = BEFORE_CREDENTIALS.exec(text)) {
    const start = BEFORE_CREDENTIALS.lastIndex
    if (start < plainUntil) continue
    AUTHORITY.lastIndex = start
    const [authority = ''] = AUTHORITY.exec(text) ?? []
    const at = authority.lastIndexOf('@')
    if (at <= 0) {
      plainUntil = start + authority.length
      BEFORE_CREDENTIALS.lastIndex = match.index + 1
      continue
    }
    out += text.slice(done, start) + put(authority.slice(0, at))
    done = BEFORE_CREDENTIALS.lastIndex = start + at
  }
  return out + text.slice(done)
}
