import picomatch from 'picomatch'
import {UserError} from '../errors/errors.ts'
import {automaton} from './automaton.ts'
import {globsOf} from './globs.ts'

/** Characters of a glob that picomatch has to read: more than people write. */
const MOST_CHARACTERS = 1000
/** Brackets of such a glob: more than people write, and few enough for V8, which ends the process where it cannot compile. */
const MOST_BRACKETS = 50

/**
 * Make globs of a configuration a test of paths: does one of them fit? Hidden files are files like others.
 *
 * All globs mean what they mean to picomatch, but its own expressions may try all ways to fit a path: they are not run.
 *
 * @param where What holds the globs, for messages.
 * @throws {@link UserError} for a glob that cannot be matched in linear time
 */
export function pathMatcher(globs: readonly string[], where: string): (path: string) => boolean {
  const linear = globsOf(globs, 'vitepress')
  if (linear) return (path) => linear.test(path)
  const tests = globs.map((glob) => {
    const own = globsOf([glob], 'vitepress')
    return own ? (path: string) => own.test(path) : unusual(glob, where)
  })
  return (path) => tests.some((test) => test(path))
}

/** A test for a glob with patterns in parentheses and the like. */
function unusual(glob: string, where: string): (path: string) => boolean {
  const fail = (why: string): never => {
    throw new UserError(`${where}: the glob \`${glob}\` ${why}`)
  }
  if (glob.length > MOST_CHARACTERS || glob.split(/[[({]/, MOST_BRACKETS + 2).length > MOST_BRACKETS + 1)
    fail(
      `may take very long to match, expected at most ${MOST_CHARACTERS} characters and ${MOST_BRACKETS} brackets in a glob with patterns in parentheses, \`!\` or slashes within braces; write several globs`,
    )
  const fits =
    automaton(picomatch.makeRe(glob, {dot: true, windows: false}).source) ??
    fail('cannot be matched: lookbehind, references and escapes such as `\\b` are not supported')
  return (path) => path === glob || fits(path)
}
