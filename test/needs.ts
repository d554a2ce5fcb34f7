import {spawnSync} from 'node:child_process'
import {existsSync} from 'node:fs'
import path from 'node:path'

/** The packages of `test/engines`, installed only where they are run. */
export const ENGINES = path.resolve('test/engines/node_modules')

/** The packages of `test/engine-parts`: parts of generators, without the frameworks that they are made for. */
export const ENGINE_PARTS = path.resolve('test/engine-parts/node_modules')

/**
 * What a test compares doccheck with. A test skips, and says why, unless everything it needs is there; CI has all of
 * it, so nothing skips there.
 *
 * @param what What is missing, and how to install it.
 * @throws in CI, where it must be there
 */
function missing(what: string): undefined {
  if (process.env.CI) throw new Error(`${what}, which CI must have`)
  console.warn(`${what}: tests that compare with it are skipped`)
}

/**
 * The first of some commands that does something without failing.
 *
 * @param install What to call it where it is missing: `pandoc (Debian: pandoc)`.
 * @param commands By preference.
 * @param proof Runs with all that the tests need.
 */
export function command(
  install: string,
  commands: readonly string[],
  proof: (command: string) => readonly [string, readonly string[]] = (each) => [each, ['--version']],
): string | undefined {
  const works = (each: string) => {
    const [program, words] = proof(each)
    return spawnSync(program, words).status === 0
  }
  return commands.find(works) ?? missing(`Not installed: ${install}`)
}

/** A Python that has some modules. Debian's are for Debian's Python, which need not be the first one. */
export const python = (install: string, modules: string): string | undefined =>
  command(install, ['python3', '/usr/bin/python3'], (each) => [each, ['-c', `import ${modules}`]])

/** A Ruby that has some libraries. Debian's are for Debian's Ruby, which need not be the first one. */
export const ruby = (install: string, ...libraries: string[]): string | undefined =>
  command(install, ['ruby', '/usr/bin/ruby'], (each) => [
    each,
    libraries.flatMap((library) => ['-r', library]).concat('-e', ''),
  ])

/** Are all of these packages installed in `test/engines`? */
export const engines = (...packages: string[]): boolean => areIn(ENGINES, packages)

/** Are all of these packages installed in `test/engine-parts`? */
export const engineParts = (...packages: string[]): boolean => areIn(ENGINE_PARTS, packages)

function areIn(folder: string, packages: readonly string[]): boolean {
  const absent = packages.filter((name) => !existsSync(path.join(folder, name)))
  if (absent.length === 0) return true
  missing(`Not installed: ${absent.join(', ')} (npm install in ${path.relative('', path.dirname(folder))})`)
  return false
}
