import path from 'node:path'
import type {Effective} from '../config/effective.ts'
import type {Settings} from '../config/types.ts'
import {UnreadableError, UserError} from '../errors/errors.ts'
import {folderOf, folderPrefix, nameOf} from '../text/paths.ts'
import {shortened} from '../text/safe.ts'
import type {Tree} from '../tree/tree.ts'
import {pathFrom} from './setup.ts'
import type {RunOptions, World} from './types.ts'

/** The name of files that list what is not checked, in the syntax of `.gitignore`. */
export const IGNORE_FILE = '.doccheckignore'

/** Longer patterns are cut in warnings, in UTF-16 units. */
const LONGEST_PATTERN = 100

/** What ignores a file by the configuration. */
export const CONFIGURED = '`ignore` in the configuration'

/** Tells what ignores a path of the tree: an option, a file, or a key of the configuration; undefined if nothing does. */
export type IgnoreTest = (file: string) => string | undefined

/**
 * Create the test of whether a run leaves out a page, by `--ignore-pattern`, the `.doccheckignore` files of the tree
 * that is checked, and the configuration.
 *
 * @throws {@link UserError} for an invalid value of `--ignore-pattern`
 */
export async function ignoreTest(
  {ignored}: Effective,
  {folder}: Settings,
  tree: Tree,
  {ignorePattern = []}: RunOptions,
  {cwd, warn}: Pick<World, 'cwd' | 'warn'>,
): Promise<IgnoreTest> {
  const files = [...tree.files].filter((file) => file.endsWith(IGNORE_FILE) && nameOf(file) === IGNORE_FILE)
  const {byOption, byFile} =
    ignorePattern.length + files.length > 0
      ? await compiled(ignorePattern, await linesOf(files, tree, warn), warn)
      : {byOption: () => false, byFile: () => false}
  const [toConfigured, toCwd] = [folder, cwd].map((base) =>
    base === tree.root
      ? (file: string) => file
      : (file: string) => pathFrom(base)(path.join(tree.root, file)),
  ) as [(file: string) => string, (file: string) => string]
  return (file) => {
    const fromCwd = toCwd(file)
    if (byOption(fromCwd.startsWith('../') ? file : fromCwd)) return '--ignore-pattern'
    if (byFile(file)) return IGNORE_FILE
    return ignored(toConfigured(file)) ? CONFIGURED : undefined
  }
}

/** Compile patterns; the compiler is loaded only if there are any. */
async function compiled(
  options: readonly string[],
  byFolder: ReadonlyMap<string, readonly string[]>,
  warn: World['warn'],
) {
  const {gitIgnored, ignoredBy, isInvalidPattern} = await import('../pattern/gitignore.ts')
  const invalid = options.find(isInvalidPattern)
  if (invalid !== undefined)
    throw new UserError(`Invalid value '${invalid}' for --ignore-pattern, expected a line of .gitignore`)
  for (const [folder, lines] of byFolder) {
    // One warning says enough: a file may be anything.
    const at = lines.findIndex(isInvalidPattern)
    if (at < 0) continue
    const place = `${folderPrefix(folder)}${IGNORE_FILE}:${at + 1}`
    warn(`${place}: \`${shortened(lines[at]!, LONGEST_PATTERN)}\` is not supported, it ignores nothing`)
  }
  return {byOption: gitIgnored(options), byFile: ignoredBy(byFolder)}
}

/** The lines of `.doccheckignore` files, by folder. */
async function linesOf(
  files: readonly string[],
  tree: Tree,
  warn: World['warn'],
): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>()
  for (const file of files)
    try {
      found.set(folderOf(file), (await tree.read(file)).split(/\r?\n/))
    } catch (error) {
      if (!(error instanceof UnreadableError)) throw error
      warn(`${file} cannot be read, it ignores nothing: ${error.message}`)
    }
  return found
}

/** The number of named files in a warning. */
const MOST_NAMED = 3

/** The warning about files that the user named, although they are ignored. */
export function namedButIgnored(named: readonly string[], why: IgnoreTest): string | undefined {
  const ignored = named.filter((file) => why(file) !== undefined)
  if (ignored.length === 0) return
  const shown = ignored.slice(0, MOST_NAMED).map((file) => `${file} (${why(file)})`)
  if (ignored.length > MOST_NAMED) shown.push('…')
  return `Not checked, since ignored: ${shown.join(', ')}`
}
