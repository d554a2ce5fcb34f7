import {lstatSync} from 'node:fs'
import path from 'node:path'
import type {Options} from 'yargs'
import {UserError} from '../errors/errors.ts'
import {COMMANDS} from './help.ts'
import {OPTIONS} from './options.ts'
import type {Arguments} from './types.ts'

/**
 * Parse a command line.
 *
 * @param cwd An absolute path.
 * @throws {@link UserError} for unknown options or invalid values
 */
export async function parseArguments(argv: readonly string[], cwd: string): Promise<Arguments> {
  refuseFileNames(argv, cwd)
  const words = withPlainColor(argv)
  const switches = readSwitches(words)
  if (switches) return switches
  const {parseOptions} = await import('./option-parser.ts')
  return parseOptions(words, optionsIn(words))
}

/** The color options of git, ruff and Cargo: `--color=never` → `--no-color`; `auto` is the default. */
function withPlainColor(argv: readonly string[]): string[] {
  const ours: Readonly<Record<string, string[]>> = {always: ['--color'], never: ['--no-color'], auto: []}
  const isOption = (at: number) => at < optionsIn(argv).length
  return argv.flatMap((argument, at) => {
    const [, when = ''] = /^--colou?r=(always|never|auto)$/.exec(argument) ?? []
    return (isOption(at) && ours[when]) || [argument]
  })
}

/**
 * Reject a file name that would be parsed as an option: the shell may have expanded a `*` to it, or a hook may have
 * passed it, and an option can write a file or run a program.
 */
function refuseFileNames(argv: readonly string[], cwd: string): void {
  const exists = (name: string) => {
    try {
      return lstatSync(path.resolve(cwd, name), {throwIfNoEntry: false}) !== undefined
    } catch {
      // For example, it is too long for a file name.
      return false
    }
  }
  // `--` separates options from paths, unless a file has that name as well.
  if (argv.includes('--') && !exists('--')) return
  const name = optionsIn(argv).find((argument) => argument.startsWith('-') && exists(argument))
  if (name !== undefined)
    throw new UserError(
      `\`${name}\` is the name of a file, but would be parsed as an option; put \`--\` before file names`,
    )
}

/** The arguments before `--`. */
const optionsIn = (argv: readonly string[]): readonly string[] =>
  argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv

/**
 * Read a command line of paths and switches, such as `docs --offline --no-config`: loading the parser for all others
 * takes a tenth of the time of a small run.
 *
 * @returns undefined for any other command line
 */
function readSwitches(argv: readonly string[]): Arguments | undefined {
  const flags: Record<string, boolean> = {}
  const positionals: string[] = []
  for (const argument of argv) {
    const [, no, name] = /^--(no-)?(.+)$/.exec(argument) ?? []
    if (name !== undefined) {
      const key = name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
      if (!isSwitch(name, no !== undefined) || Object.hasOwn(flags, key)) return
      flags[key] = no === undefined
      // A parser could also read these as the value of a switch.
    } else if (/^(?:-.*|true|false|)$/s.test(argument)) return
    else positionals.push(argument)
  }
  const [command = ''] = positionals
  if (!Object.hasOwn(COMMANDS, command)) return {flags, positionals, separated: []}
  // Which options a command takes, the parser knows.
  if (Object.keys(flags).length > 0) return
  return {flags, command, positionals: positionals.slice(1), separated: []}
}

/** Is an option of all commands given without a value? */
const isSwitch = (name: string, isNegated: boolean) =>
  (Object.hasOwn(OPTIONS, name) && (OPTIONS as Record<string, Options>)[name]!.type === 'boolean') ||
  (isNegated && name === 'config')
