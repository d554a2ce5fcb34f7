/**
 * What a terminal obeys, what shows nothing or reorders what stands beside it, and what is no text. Emoji need U+200D
 * between their parts, and Arabic and Syriac have signs of this class that show.
 */
const HARMFUL =
  /(?![\u200D\u0600-\u0605\u06DD\u070F\u08E2])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}]|[\u{E0000}-\u{E0FFF}]/gu

/** What GitHub, Azure and TeamCity take for a command wherever it stands in a line of a log. */
const COMMAND = /##(?=\[|vso\[|teamcity\[)/gi

/** Text of anybody's as a person can read it: what cannot be seen is written as `\u{…}`. */
export const visible = (text: string): string =>
  text.replace(HARMFUL, (char) => (char === '\t' ? char : `\\u{${char.codePointAt(0)!.toString(16)}}`))

/**
 * Make text from pages, file names and servers harmless to terminals and CI logs.
 *
 * Line breaks become spaces; control, bidirectional, zero-width and tag characters and lone surrogates become
 * `\u{…}`; the commands that GitHub and Azure find anywhere in a line (`##[…]`, `##vso[…]`) and TeamCity's, and `::`
 * at the start, are taken apart; user names and passwords in URLs are hidden. Idempotent.
 */
export const safe = (text: string): string =>
  visible(withoutCredentials(text).replace(/[\n\r\t\u0085\u2028\u2029]+/g, ' '))
    .replace(COMMAND, '#\\#')
    .replace(/^(\s*)::/, '$1\\::')

/** The same for what stands behind the second `::` of a workflow command of GitHub's, which decodes it. */
export const safeCommand = (text: string): string => safe(text).replaceAll('%', '%25')

/** The same for the value of a property of such a command. */
export const safeProperty = (text: string): string =>
  safeCommand(text).replaceAll(':', '%3A').replaceAll(',', '%2C')

/**
 * A value as JSON that a terminal or a CI log may print: what is harmful is written as JSON's own escapes, which keep
 * it what it is.
 *
 * @param indent How many spaces; 0 for one line.
 */
export const safeJson = (value: unknown, indent = 2): string =>
  JSON.stringify(value, null, indent)
    // Of line breaks there are only those between values.
    .replace(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}\u{E0000}-\u{E0FFF}]/gu, jsonEscape)
    .replace(COMMAND, '#\\u0023')

/** The same for a `script` element of HTML. */
export const safeScript = (value: unknown): string => safeJson(value, 0).replace(/[<>&]/g, jsonEscape)

const jsonEscape = (char: string): string =>
  [...Array(char.length).keys()]
    .map((at) => `\\u${char.charCodeAt(at).toString(16).padStart(4, '0')}`)
    .join('')

/**
 * Text for an element or an attribute of XML. What XML 1.0 forbids becomes U+FFFD; what a parser would turn into a space,
 * what a terminal obeys, and what a log's reader takes for a command is written as a reference.
 * https://www.w3.org/TR/xml/#charsets
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

/** The beginning of a text that is longer than so many UTF-16 units. */
export const shortened = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '')}…`

// Browsers take any number of slashes behind these schemes, and backslashes for slashes; that of `\u{…}` stands for what
// cannot be seen, in a text that was made safe before.
const BEFORE_CREDENTIALS =
  /\b(?:https?|wss?|ftp):(?:\/|\\(?!u\{))*|\b[a-z][a-z\d+.-]{0,30}:(?:\/|\\(?!u\{))+|(?<![\w.)/\\-])(?:\/|\\(?!u\{)){2,}/gi
/** What may be a user's name and password, and the name of a host behind an at sign. */
const AUTHORITY = /[^\s/\\?#]*/y

/** A text whose URLs show no user names and passwords. */
export const withoutCredentials = (text: string): string => replaceCredentials(text, () => '(hidden)')

/** The same, every place where it was. */
export const withCoveredCredentials = (text: string): string =>
  replaceCredentials(text, (secret) => '*'.repeat(secret.length))

function replaceCredentials(text: string, put: (secret: string) => string): string {
  if (!text.includes('@')) return text
  let out = ''
  let done = 0
  // A run of characters without an at sign is looked at once, however many schemes it holds.
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
