/**
 * Make text from pages, file names and servers harmless to terminals and CI logs.
 *
 * Line breaks become spaces; control, bidirectional, zero-width and tag characters and lone surrogates become
 * `\u{…}`; the commands that GitHub and Azure find anywhere in a line (`##[…]`, `##vso[…]`) and TeamCity's, and `::`
 * at the start, are taken apart; user names and passwords in URLs are hidden. Idempotent.
 */
export function safe(text: string): string {
  return withoutCredentials(text)
    .replace(/[\n\r\t\u0085\u2028\u2029]+/g, ' ')
    .replace(HARMFUL, (char) => `\\u{${char.codePointAt(0)!.toString(16)}}`)
    .replace(/##(?=\[|vso\[|teamcity\[)/gi, '#\\#')
    .replace(/^(\s*)::/, '$1\\::')
}

// Emoji need U+200D between their parts and U+FE0F behind them, so those two stay.
const HARMFUL =
  /[\0-\x1F\x7F-\x9F\u061C\u200B\u200C\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF\uFFF9-\uFFFB]|[\u{E0000}-\u{E0FFF}]|\p{Surrogate}/gu

/**
 * A value as JSON that a terminal or a CI log may print: what is harmful is written as JSON's own escapes, which keep
 * it what it is.
 */
export const safeJson = (value: unknown): string =>
  JSON.stringify(value, null, 2)
    .replace(/[\x7F-\x9F\u{E0000}-\u{E0FFF}]|\p{Cf}|\p{Surrogate}|\p{Zl}|\p{Zp}/gu, (char) =>
      [...Array(char.length).keys()]
        .map((at) => `\\u${char.charCodeAt(at).toString(16).padStart(4, '0')}`)
        .join(''),
    )
    .replace(/##(?=\[|vso\[|teamcity\[)/gi, '#\\u0023')

// Browsers take any number of slashes behind these schemes, and backslashes for slashes.
const CREDENTIALS =
  /((?:\b(?:https?|wss?|ftp):[/\\]*|\b[a-z][a-z\d+.-]{0,30}:[/\\]+|(?<![\w.)/\\-])[/\\]{2,}))([^\s/\\?#]+)@/gi

/** A text whose URLs show no user names and passwords. */
export const withoutCredentials = (text: string): string => text.replace(CREDENTIALS, '$1(hidden)@')

/** The same, every place where it was. */
export const withCoveredCredentials = (text: string): string =>
  text.replace(CREDENTIALS, (_, start: string, secret: string) => `${start}${'*'.repeat(secret.length)}@`)
