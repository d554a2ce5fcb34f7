import picomatch from 'picomatch'
import {UserError} from './errors.ts'
import {globsOf} from './site/globs.ts'

/** Wildcards of a glob that picomatch has to match, which tries each of them with the others. */
const MOST_WILDCARDS = 3
/** Brackets of such a glob: more than people write, and few enough for V8, which ends the process where it cannot compile. */
const MOST_BRACKETS = 50
/** What may stand for text of any length. */
const WILDCARD = /\\.|\*+|[?*+@!]\(|\?/gs

/**
 * Make globs of a configuration a test of paths: does one of them fit? Hidden files are files like others.
 *
 * The globs that most people write are matched in linear time; of the others, such as `!(a|b)`, only short ones are taken.
 *
 * @param where What holds the globs, for messages.
 * @throws {@link UserError} for a glob that could take very long
 */
export function pathMatcher(globs: readonly string[], where: string): (path: string) => boolean {
  const linear = globsOf(globs, 'vitepress')
  if (linear) return (path) => linear.test(path)
  const tests = globs.map((glob) => {
    const own = globsOf([glob], 'vitepress')
    if (own) return (path: string) => own.test(path)
    const wildcards = [...glob.matchAll(WILDCARD)].filter(
      ([found]) => !found.startsWith('\\') && found !== '?',
    )
    if (
      wildcards.length > MOST_WILDCARDS ||
      glob.split(/[[({]/, MOST_BRACKETS + 2).length > MOST_BRACKETS + 1
    )
      throw new UserError(
        `${where}: the glob \`${glob}\` may take very long to match, expected at most ${MOST_WILDCARDS} wildcards and ${MOST_BRACKETS} brackets in a glob with patterns in parentheses, \`!\` or slashes within braces; write several globs`,
      )
    return picomatch(glob, {dot: true})
  })
  return (path) => tests.some((test) => test(path))
}
