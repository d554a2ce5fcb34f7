import type {severityOf} from './finding-message.ts'

type Severity = ReturnType<typeof severityOf>

/** The ANSI codes of red, yellow and blue. */
const COLORS: Record<Severity, number> = {error: 31, warning: 33, info: 34}

/** The word for a severity, in its color if the terminal has colors. */
export const severityWord = (severity: Severity, color: boolean): string =>
  color ? `\x1b[${COLORS[severity]}m${severity}\x1b[39m` : severity

/** A text that stands back, if the terminal has colors. */
export const dim = (text: string, color: boolean): string => (color ? `\x1b[2m${text}\x1b[22m` : text)

/**
 * A text that links to a web page: https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda.
 *
 * @param url Unchanged text is returned for anything but a web address.
 */
export function linked(text: string, url: string | undefined): string {
  if (url === undefined || !/^https?:/.test(url) || !URL.canParse(url)) return text
  return `\x1b]8;;${new URL(url).href}\x1b\\${text}\x1b]8;;\x1b\\`
}

/** Values of `TERM_PROGRAM` and `TERM` for terminals that show hyperlinks. */
const LINKING = /^(?:iTerm\.app|WezTerm|vscode|ghostty|zed|xterm-ghostty|xterm-kitty|alacritty|foot(?:-.*)?)$/
/** VTE 0.50.1; version 0.50.0 crashed on hyperlinks. */
const LEAST_VTE = 5001

/** Does a terminal show hyperlinks? Others may print their codes. */
export function showsHyperlinks(env: Readonly<Record<string, string | undefined>>): boolean {
  const {FORCE_HYPERLINK, TERM_PROGRAM = '', TERM = '', VTE_VERSION, WT_SESSION, TMUX, STY} = env
  if (FORCE_HYPERLINK !== undefined) return FORCE_HYPERLINK !== '0'
  // These stand between doccheck and the terminal, and older versions of them print the codes.
  if (TMUX || STY) return false
  return LINKING.test(TERM_PROGRAM) || LINKING.test(TERM) || Number(VTE_VERSION) >= LEAST_VTE || !!WT_SESSION
}
