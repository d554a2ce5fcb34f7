import yargs, {type Options} from 'yargs'
import {UserError} from '../errors/errors.ts'
import {describeChoice} from '../run/describe-choice.ts'
import {nearest} from '../text/nearest.ts'
import {CHECK, COMMANDS, commandIn, usageOf} from './help.ts'
import {OPTIONS} from './options.ts'
import {meantBy} from './peer-options.ts'
import type {Arguments} from './types.ts'

/**
 * Parse any command line.
 *
 * @param options The arguments before `--`.
 * @throws {@link UserError} for unknown options or invalid values
 */
export async function parseOptions(argv: readonly string[], options: readonly string[]): Promise<Arguments> {
  const parser = makeParser(argv, options)
  let help = ''
  const {
    _: positionals,
    '--': separated = [],
    ...flags
  } = (await parser.parse([...argv], {}, (_error: unknown, _argv: unknown, output: string) => {
    help = output
  })) as Arguments['flags'] & {_: (string | number)[]; '--'?: string[]}
  const words = positionals.map(String)
  const command = commandIn(argv)
  return {
    flags,
    ...(command !== undefined && {command}),
    positionals: words.slice(command === undefined ? 0 : 1),
    separated,
    ...(flags.help && {help: help || (await parser.getHelp())}),
  }
}

const EPILOGUE = `Exit code:
  0    no errors
  1    errors, or more than --max-warnings or --max-unknown allow
  2    doccheck could not finish
  130  interrupted`

function makeParser(argv: readonly string[], options: readonly string[]) {
  const command = commandIn(argv)
  const {options: known, examples} = command === undefined ? CHECK : COMMANDS[command]!
  const parser = yargs([...argv])
    .scriptName('doccheck')
    .locale('en')
    .usage(usageOf(command))
    .options(known)
    .help(false)
    .version(false)
    .option('help', {alias: 'h', type: 'boolean', describe: 'Show this help'})
    .option('version', {alias: 'v', type: 'boolean', describe: 'Show the version number'})
    .epilogue(command === undefined ? EPILOGUE : '')
    .wrap(80)
    .strictOptions()
    .parserConfiguration({
      'duplicate-arguments-array': true,
      'parse-positional-numbers': false,
      'camel-case-expansion': true,
      'populate--': true,
    })
    .exitProcess(false)
    .check((flags) => {
      for (const [name, option] of Object.entries(known)) refuseInvalid(name, option, flags[name], options)
      return true
    })
    .fail((message, error) => {
      // Errors of other classes are bugs in doccheck, not in the command line.
      if (error && error.name !== 'YError') throw error
      const help = command === undefined ? 'doccheck --help' : `doccheck ${command} --help`
      throw new UserError(`${describeFault(message, options, known, command)} (see \`${help}\`)`)
    })
  for (const [line, description] of examples) parser.example(line, description)
  return parser
}

/** Rephrase a yargs message in doccheck's terms. */
function describeFault(
  message: string,
  argv: readonly string[],
  known: Readonly<Record<string, Options>>,
  command: string | undefined,
): string {
  const [, valueless] = /^Not enough arguments following: (.*)$/.exec(message) ?? []
  if (valueless !== undefined) return `--${valueless} requires a value`
  const [, option, given] =
    /^Invalid values:\s+Argument: ([^,\s]+), Given: "(.*)", Choices: /.exec(message) ?? []
  if (option !== undefined) return describeChoice(option, given!, (known[option]?.choices ?? []).map(String))
  // yargs lists a multi-word option twice, in kebab and camel case.
  const [, unknown] = /^Unknown arguments?: ([^,\n]*)/.exec(message) ?? []
  if (unknown === undefined) return message.replace(/\s*\n\s*/g, ' ').replace(/\.$/, '')
  const dashes = unknown.length === 1 ? '-' : argv.includes(`--no-${unknown}`) ? '--no-' : '--'
  const written = `${dashes}${unknown}`
  if (command !== undefined && isOfCheck(unknown))
    return `${written} cannot be used with \`doccheck ${command}\``
  const suggestion = nearest(unknown, [...Object.keys(known), 'help', 'version'])
  const meant =
    meantBy(written.replace(/^--/, '')) ?? (suggestion === undefined ? undefined : `${dashes}${suggestion}`)
  return `Unknown option ${written}${meant === undefined ? '' : `, did you mean ${meant}?`}`
}

const isOfCheck = (name: string) =>
  Object.entries<Options>(OPTIONS).some(([long, {alias}]) => name === long || name === alias)

/** Reject values that yargs accepts: a repeated option that takes one value, an empty value, and an invalid number. */
function refuseInvalid(
  name: string,
  {type, array, alias}: Options,
  value: unknown,
  argv: readonly string[],
): void {
  if (Array.isArray(value) && !array) throw new UserError(`--${name} cannot be given more than once`)
  // Checked in the arguments, since yargs turns an empty number into 0.
  const isEmpty = (argument: string, at: number) =>
    [`--${name}`, ...(alias === undefined ? [] : [`-${alias}`])].some(
      (written) => argument === `${written}=` || (argument === written && argv[at + 1] === ''),
    )
  if (argv.some(isEmpty)) throw new UserError(`--${name} requires a value`)
  if (type !== 'boolean' && name !== 'config' && argv.includes(`--no-${name}`))
    throw new UserError(`Unknown option --no-${name}`)
  if (type === 'number' && value !== undefined && !(Number.isInteger(value) && (value as number) >= 0))
    throw new UserError(`--${name} requires a non-negative integer`)
}
