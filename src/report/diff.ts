import {createTwoFilesPatch} from 'diff'
import {safe} from '../text/safe.ts'

/** The text of a page before and after a change, with its byte order mark, if any. */
export interface ChangedPage {
  path: string
  before: string
  after: string
}

/**
 * A unified diff that `git apply` and `patch` accept.
 *
 * @param forPeople Escape control characters, for a terminal or a log; leave them alone for programs.
 */
export function diffReport(changed: readonly ChangedPage[], forPeople: boolean): string {
  const diff = changed
    .map(({path, before, after}) => {
      const name = safe(path)
      // GNU patch ends a name at its first space, unless a tab follows it, as in Git's output.
      const header = name.includes(' ') ? '' : undefined
      return createTwoFilesPatch(`a/${name}`, `b/${name}`, before, after, header, header, {
        context: 3,
      }).replace(/^=+\n/, '')
    })
    .join('')
  return forPeople ? diff.split('\n').map(safeLine).join('\n') : diff
}

/** A line with its control characters escaped, except for tabs. */
const safeLine = (line: string) => line.split('\t').map(safe).join('\t')
