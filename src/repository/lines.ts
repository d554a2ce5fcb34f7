/** `#L10`, `#L10-L20`, `#L10C5-L20C7`; GitLab's `#L10-20`; Bitbucket's `#lines-10:20`. */
const LINES = /^(?:L(\d+)(?:C\d+)?(?:-L?(\d+)(?:C\d+)?)?|lines-(\d+)(?::(\d+))?)$/

/**
 * The last line that a fragment names: `L10-L20` → 20.
 *
 * @returns undefined for any other fragment
 */
export function lastLineOf(fragment: string): number | undefined {
  const match = LINES.exec(fragment)
  return match
    ? Math.max(...match.slice(1).flatMap((line) => (line === undefined ? [] : Number(line))))
    : undefined
}

/** The number of lines of a text. */
export const countLines = (text: string): number => text.replace(/\n$/, '').split('\n').length
