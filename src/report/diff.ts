import {createTwoFilesPatch} from 'diff'
import {safe} from '../text/safe.ts'

/** One page before and after, with its byte order mark, if it has one. */
export interface ChangedPage {
  path: string
  before: string
  after: string
}

/**
 * A unified diff, as `git apply` and `patch` take it.
 *
 * @param forPeople For a terminal or a log, not for a program: what a terminal obeys is written as its escape.
 */
export function diffReport(changed: readonly ChangedPage[], forPeople: boolean): string {
  const diff = changed
    .map(({path, before, after}) => {
      const name = safe(path)
      // GNU patch takes a name to end at its first space, unless a tab stands behind it, as git writes it.
      const header = name.includes(' ') ? '' : undefined
      return createTwoFilesPatch(`a/${name}`, `b/${name}`, before, after, header, header, {
        context: 3,
      }).replace(/^=+\n/, '')
    })
    .join('')
  return forPeople ? diff.split('\n').map(harmless).join('\n') : diff
}

/** A line with its indent and its tabs. */
const harmless = (line: string) => line.split('\t').map(safe).join('\t')
