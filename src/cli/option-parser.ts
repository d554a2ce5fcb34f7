import yargs, {type Options} from 'yargs'
import {UserError} from '../errors/errors.ts'
import {describeChoice} from '../run/describe-choice.ts'
import {nearest} from '../text/nearest.ts'
import {INIT_OPTIONS} from './init/options.ts'
import {EXAMPLES, OPTIONS, SITES_OPTIONS, USAGE} from './options.ts'
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
  return {
    flags,
    positionals: positionals.map(String),
    separated,
    ...(flags.help && {help: help || (await parser.getHelp())}),
  }
}

function makeParser(argv: readonly string[], options: readonly string[]) {
  const known: Record<string, Options> = {
    ...OPTIONS,
    ...(argv[0] === 'init' && INIT_OPTIONS),
    ...(argv[0] === 'sites' && SITES_OPTIONS),
  }
  const parser = yargs([...argv])
    .scriptName('doccheck')
    .locale('en')
    .usage(USAGE)
    .options(known)
    .help(false)
    .version(false)
    .option('help', {alias: 'h', type: 'boolean', describe: 'Show this help'})
    .option('version', {type: 'boolean', describe: 'Show the version number'})
    .epilogue(
      'Exit code: 0 no errors, 1 errors, or more than --max-warnings or --max-unknown allow, 2 doccheck could not finish.',
    )
    .wrap(100)
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
      throw new UserError(`${describeFault(message, options, known)} (see \`doccheck --help\`)`)
    })
  for (const [command, description] of EXAMPLES) parser.example(command, description)
  return parser
}

/** Rephrase a yargs message in doccheck's terms. */
function describeFault(message: string, argv: readonly string[], known: Record<string, Options>): string {
  const [, valueless] = /^Not enough arguments following: (.*)$/.exec(message) ?? []
  if (valueless !== undefined) return `--${valueless} requires a value`
  const [, option, given] =
    /^Invalid values:\s+Argument: ([^,\s]+), Given: "(.*)", Choices: /.exec(message) ?? []
  if (option !== undefined) return describeChoice(option, given!, (known[option]?.choices ?? []).map(String))
  // yargs lists a multi-word option twice, in kebab and camel case.
  const [, unknown] = /^Unknown arguments?: ([^,\n]*)/.exec(message) ?? []
  if (unknown === undefined) return message.replace(/\s*\n\s*/g, ' ').replace(/\.$/, '')
  const dashes = unknown.length === 1 ? '-' : argv.includes(`--no-${unknown}`) ? '--no-' : '--'
  const suggestion = nearest(unknown, [...Object.keys(known), 'help', 'version'])
  return `Unknown option ${dashes}${unknown}${suggestion === undefined ? '' : `, did you mean ${dashes}${suggestion}?`}`
}

/** Reject values that yargs accepts: a repeated option that takes one value, an empty value, and an invalid number. */
function refuseInvalid(name: string, {type, array}: Options, value: unknown, argv: readonly string[]): void {
  if (Array.isArray(value) && !array) throw new UserError(`--${name} cannot be given more than once`)
  // Checked in the arguments, since yargs turns an empty number into 0.
  const isEmpty = (argument: string, at: number) =>
    argument === `--${name}=` || (argument === `--${name}` && argv[at + 1] === '')
  if (argv.some(isEmpty)) throw new UserError(`--${name} requires a value`)
  if (type !== 'boolean' && name !== 'config' && argv.includes(`--no-${name}`))
    throw new UserError(`Unknown option --no-${name}`)
  if (type === 'number' && value !== undefined && !(Number.isInteger(value) && (value as number) >= 0))
    throw new UserError(`--${name} requires a non-negative integer`)
}
