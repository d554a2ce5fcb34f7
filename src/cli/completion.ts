import type {Options} from 'yargs'
import {builtIn} from '../../rules/index.ts'
import {UserError} from '../errors/errors.ts'
import {REPORTERS} from '../report/reporters.ts'
import {PLATFORMS} from '../site/registry.ts'
import {CHECK, COMMANDS, commandIn} from './help.ts'
import type {Io} from './types.ts'

const SHELLS = ['bash', 'zsh']

/** `doccheck completion [shell]`: the script by which Bash or Zsh, by default the user's, completes command lines. */
export async function completionScript(shell: string | undefined, {env}: Io): Promise<string> {
  const {default: yargs} = await import('yargs')
  const wanted = shell ?? (env.SHELL?.endsWith('zsh') ? 'zsh' : 'bash')
  if (!SHELLS.includes(wanted))
    throw new UserError(`Unknown shell ${wanted}, expected one of ${SHELLS.join(', ')}`)
  let script = ''
  const before = {SHELL: process.env.SHELL, ZSH_NAME: process.env.ZSH_NAME}
  // Yargs looks for the shell here, and nowhere else.
  Object.assign(process.env, {SHELL: wanted})
  delete process.env.ZSH_NAME
  try {
    await yargs(['completion'])
      .scriptName('doccheck')
      .completion('completion', false)
      .exitProcess(false)
      .parse(['completion'], {}, (_error: unknown, _argv: unknown, output: string) => {
        script = output
      })
  } finally {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
  }
  return `${script}\n`
}

/**
 * List the words that complete the last one of a command line.
 *
 * @param words The words so far, with the name of the program; Bash makes `=` a word of its own.
 * @returns nothing where a file is expected, which shells complete themselves
 */
export function completionsOf(words: readonly string[]): string[] {
  const line = words.slice(1)
  const current = line.at(-1) ?? ''
  const before = line.slice(0, -1)
  const command = commandIn(before)
  const {options} = command === undefined ? CHECK : COMMANDS[command]!
  const previous = (before.at(-1) === '=' || current === '=' ? before.at(-2) : before.at(-1)) ?? ''
  const values = valuesOf(previous, options)
  if (values) return values
  if (current.startsWith('-')) return Object.entries(options).flatMap(namesOf).concat('--help')
  if (command === 'rules') return [...builtIn.keys()]
  if (command === 'completion') return SHELLS
  return before.length === 0 ? Object.keys(COMMANDS) : []
}

/** The switches of which `--help` mentions the negation. */
const namesOf = ([name, {hidden, describe = ''}]: [string, Options]): string[] =>
  hidden ? [] : [`--${name}`, ...(describe?.includes(`--no-${name}`) ? [`--no-${name}`] : [])]

/** The values of an option: an empty list if it takes any text, undefined if it takes none or is unknown. */
function valuesOf(written: string, options: Readonly<Record<string, Options>>): string[] | undefined {
  const [name, option] =
    Object.entries(options).find(
      ([long, {alias}]) => written === `--${long}` || (alias !== undefined && written === `-${alias}`),
    ) ?? []
  if (name === undefined || option?.type === 'boolean') return
  const rules = [...builtIn.keys()]
  if (name === 'reporter') return [...REPORTERS]
  if (name === 'site') return [...PLATFORMS]
  if (name === 'fix-rule') return rules
  if (name === 'rule')
    return rules.flatMap((rule) => ['off', 'warn', 'error'].map((severity) => `${rule}: ${severity}`))
  return (option?.choices ?? []).map(String)
}
