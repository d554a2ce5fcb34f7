import picomatch from 'picomatch'
import {UserError} from '../errors/errors.ts'
import {automaton} from './automaton.ts'
import {globsOf} from './globs.ts'

/** The longest glob that is given to picomatch; people write shorter ones. */
const MOST_CHARACTERS = 1000
/**
 * The most brackets in such a glob: more than people write, and few enough for V8, which crashes on too complex
 * expressions.
 */
const MOST_BRACKETS = 50

/**
 * Compile globs of a configuration to a test of paths. Globs have the meaning that picomatch gives them with `dot`,
 * but its expressions, which may take exponential time, are not run as they are.
 *
 * @param where The place of the globs, for messages.
 * @returns whether a path matches one of the globs
 * @throws {@link UserError} for a glob that cannot be matched in linear time
 */
export function pathMatcher(globs: readonly string[], where: string): (path: string) => boolean {
  const linear = globsOf(globs, 'picomatch-dot')
  if (linear) return (path) => linear.test(path)
  const tests = globs.map((glob) => {
    const own = globsOf([glob], 'picomatch-dot')
    return own ? (path: string) => own.test(path) : unusual(glob, where)
  })
  return (path) => tests.some((test) => test(path))
}

/** A test for a glob with extglobs and the like. */
function unusual(glob: string, where: string): (path: string) => boolean {
  const fail = (why: string): never => {
    throw new UserError(`${where}: the glob \`${glob}\` ${why}`)
  }
  if (glob.length > MOST_CHARACTERS || glob.split(/[[({]/, MOST_BRACKETS + 2).length > MOST_BRACKETS + 1)
    fail(
      `is too complex: with extglobs, \`!\` or slashes in braces, a glob may have at most ${MOST_CHARACTERS} characters and ${MOST_BRACKETS} brackets; split it into several globs`,
    )
  const fits =
    automaton(picomatch.makeRe(glob, {dot: true, windows: false}).source) ??
    fail('is not supported: lookbehind, backreferences and escapes such as `\\b` cannot be matched')
  return (path) => path === glob || fits(path)
}
