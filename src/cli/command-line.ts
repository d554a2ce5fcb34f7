import {lstatSync} from 'node:fs'
import path from 'node:path'
import yargs, {type Options} from 'yargs'
import {UserError} from '../errors/errors.ts'
import {packageInfo} from '../report/package-info.ts'
import {REPORTERS} from '../report/reporters.ts'
import {PLATFORMS} from '../site/registry.ts'
import {nearest} from '../text/nearest.ts'
import {safe} from '../text/safe.ts'
import {checkPaths} from './commands/check.ts'
import {INIT_OPTIONS, type InitFlags} from './commands/init-options.ts'
import {mistake} from './commands/mistake.ts'
import type {Flags, Io} from './types.ts'

// What only some runs need (reporters, docs, the network) is imported where it is used: the start stays short.

/** Run the command line. @returns the exit code: 0 clean, 1 findings, 2 could not run */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  try {
    return await run(argv, io)
  } catch (error) {
    io.err(
      error instanceof UserError
        ? `doccheck: ${safe(error.message)}\n`
        : mistake('unexpected error, nothing was checked to its end', error),
    )
    return 2
  }
}

const WORDS = ['rules', 'sites', 'inspect', 'config', 'baseline', 'init']

async function run(argv: readonly string[], io: Io): Promise<number> {
  refuseFileNames(argv, io.cwd)
  const parser = commandLine(argv)
  let help = ''
  const flags = (await parser.parse([...argv], {}, (_error: unknown, _argv: unknown, output: string) => {
    help = output
  })) as Flags & InitFlags & {_: (string | number)[]; '--'?: string[]; help?: boolean; version?: boolean}
  if (flags.version) return say(io, `${packageInfo().version}\n`)
  if (flags.help) return say(io, `${help || (await parser.getHelp())}\n`)
  const words = flags._.map(String)
  const command = WORDS.includes(words[0] ?? '') ? words.shift() : undefined
  // Behind `--`, a folder may be called as a command is.
  words.push(...(flags['--'] ?? []))
  if (command === 'baseline') return (await import('./commands/baseline.ts')).noteBaseline(words, flags, io)
  if (command === 'init') {
    const [{init}, {terminalPrompts}] = await Promise.all([
      import('./commands/init.ts'),
      import('./commands/prompts.ts'),
    ])
    return init(words, flags, io, io.outIsTerminal ? terminalPrompts() : undefined)
  }
  if (command !== undefined) {
    const {describeRules, inspectFile, listSites, showConfig} = await import('./commands/show.ts')
    if (command === 'rules') return say(io, await describeRules(words[0]))
    if (command === 'sites') return say(io, await listSites(words, flags, io))
    return say(
      io,
      await (command === 'inspect' ? inspectFile(words, flags, io) : showConfig(words[0], flags, io)),
    )
  }
  if (flags.watch) return (await import('./commands/watch.ts')).watch(words, flags, io)
  return checkPaths(words, flags, io)
}

/**
 * Refuse the name of a file that would be taken as an option: a `*` of the shell, or a hook, may have put it there, and an
 * option may write a file or run a program.
 */
function refuseFileNames(argv: readonly string[], cwd: string): void {
  const isThere = (word: string) => {
    try {
      return lstatSync(path.resolve(cwd, word), {throwIfNoEntry: false}) !== undefined
    } catch {
      // Such as a word that is too long for a name.
      return false
    }
  }
  // Whoever writes `--` says what is an option, unless that is a file's name as well.
  if (argv.includes('--') && !isThere('--')) return
  const name = optionsOf(argv).find((word) => word.startsWith('-') && isThere(word))
  if (name !== undefined)
    throw new UserError(
      `\`${name}\` is the name of a file, and would be taken as an option: write \`--\` before file names`,
    )
}

/** The words of a command line before `--`. */
const optionsOf = (argv: readonly string[]): readonly string[] =>
  argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv

function say(io: Io, text: string): number {
  io.out(text)
  return 0
}

const OPTIONS = {
  config: {
    type: 'string',
    requiresArg: true,
    describe: 'Use this configuration file (--no-config: none)',
  },
  'config-code': {
    type: 'boolean',
    describe: 'Run configuration, plugins and reporters that are programs (--no-config-code: none)',
  },
  'config-from': {
    type: 'string',
    requiresArg: true,
    describe: 'Read the configuration from this branch, tag or commit',
  },
  'allow-env': {
    type: 'string',
    array: true,
    nargs: 1,
    describe: 'Let headers of the configuration hold this environment variable; repeatable',
  },
  rule: {type: 'string', array: true, nargs: 1, describe: "Set a rule: 'name: severity'; repeatable"},
  site: {choices: PLATFORMS, requiresArg: true, describe: 'Take this platform, do not look for one'},
  fix: {type: 'boolean', describe: 'Repair what has one possible answer'},
  unsafe: {type: 'boolean', describe: 'With --fix or --diff: apply suggestions, too'},
  'localize-images': {
    type: 'boolean',
    describe: 'With --fix: download remote images, and use them from there',
  },
  diff: {type: 'boolean', describe: 'Show what --fix would do, and write nothing'},
  offline: {type: 'boolean', describe: 'Ask nothing of the network'},
  cache: {
    type: 'boolean',
    describe: 'Remember what remote addresses answered (--no-cache: ask them all)',
  },
  'cache-location': {
    type: 'string',
    requiresArg: true,
    describe: "Remember it in this file, not in the user's cache folder",
  },
  reporter: {
    type: 'string',
    array: true,
    nargs: 1,
    describe: `${REPORTERS.join(', ')}, or a vfile-reporter-* package; with :file to write there; repeatable`,
  },
  staged: {type: 'boolean', describe: 'Check what is staged, and what that breaks elsewhere'},
  since: {
    type: 'string',
    requiresArg: true,
    describe: 'Report what is new since this branch, tag or commit was left',
  },
  baseline: {
    type: 'string',
    requiresArg: true,
    describe: 'Leave out the known problems that this file notes',
  },
  watch: {type: 'boolean', describe: 'Check again whenever a file changes'},
  quiet: {type: 'boolean', describe: 'Report errors only'},
  'max-warnings': {
    type: 'number',
    requiresArg: true,
    describe: 'Exit with 1 for more warnings than this',
  },
  stdin: {type: 'boolean', describe: 'Check standard input'},
  'stdin-filename': {type: 'string', requiresArg: true, describe: 'Where that text belongs'},
  color: {type: 'boolean', describe: 'Color the report (default: on a terminal)'},
} as const satisfies Record<string, Options>

function commandLine(argv: readonly string[]) {
  // The others only where they mean something.
  const known: Record<string, Options> = {...OPTIONS, ...(argv[0] === 'init' && INIT_OPTIONS)}
  return yargs([...argv])
    .scriptName('doccheck')
    .locale('en')
    .usage(
      'doccheck [paths..]       check Markdown files, folders or globs (default: this folder)\n' +
        'doccheck rules [name]    list the rules, or explain one\n' +
        'doccheck sites           list the sites that were found, and why\n' +
        'doccheck inspect <file>  print what doccheck sees on a page, as JSON\n' +
        'doccheck baseline        note all known problems in a file, to be fixed later\n' +
        'doccheck init            set up a configuration, a hook and a job for CI\n' +
        'doccheck config [file]   print the configuration that holds, here or for a file',
    )
    .options(known)
    .help(false)
    .version(false)
    .option('help', {alias: 'h', type: 'boolean', describe: 'Show this help'})
    .option('version', {type: 'boolean', describe: 'Show the version'})
    .example('doccheck', 'check this folder')
    .example('doccheck docs README.md --offline', 'check some of it, without the network')
    .example("doccheck --rule 'no-unused-definition: off'", 'leave a rule out this time')
    .example('doccheck --reporter text --reporter html:report.html', 'report to the terminal and to a page')
    .example('doccheck --fix', 'repair what is certain, and report the rest')
    .example('doccheck --since origin/main', 'what does this branch break, and where?')
    .example('doccheck inspect docs/index.md', 'see where each link leads, and why')
    .epilogue('Exit code: 0 nothing found, 1 errors found, 2 could not run.')
    .wrap(100)
    .strictOptions()
    .parserConfiguration({
      'duplicate-arguments-array': true,
      'parse-positional-numbers': false,
      'camel-case-expansion': true,
      'populate--': true,
    })
    .exitProcess(false)
    .check((flags) => refuseOdd(flags, optionsOf(argv), known))
    .fail((message, error) => {
      // What yargs itself finds wrong with the words of the command line is no mistake in doccheck.
      if (error && error.name !== 'YError') throw error
      throw new UserError(
        `${faultOf(message, optionsOf(argv), known)}; \`doccheck --help\` lists the options`,
      )
    })
}

/** What yargs says, in our words. */
function faultOf(message: string, argv: readonly string[], known: Record<string, Options>): string {
  const [, valueless] = /^Not enough arguments following: (.*)$/.exec(message) ?? []
  if (valueless !== undefined) return `--${valueless} takes a value`
  // Of an option of several words, both spellings are unknown.
  const [, unknown] = /^Unknown arguments?: ([^,\n]*)/.exec(message) ?? []
  if (unknown === undefined) return message.replace(/\s*\n\s*/g, ' ').replace(/\.$/, '')
  const dashes = unknown.length === 1 ? '-' : argv.includes(`--no-${unknown}`) ? '--no-' : '--'
  const near = nearest(unknown, [...Object.keys(known), 'help', 'version'])
  return `Unknown option ${dashes}${unknown}${near === undefined ? '' : `, expected ${dashes}${near}`}`
}

/** Refuse what yargs lets pass: a value too many, one without anything in it, and a number that is none. */
function refuseOdd(
  flags: Record<string, unknown>,
  argv: readonly string[],
  known: Record<string, Options>,
): true {
  for (const [name, {type, array}] of Object.entries(known)) {
    const value = flags[name]
    if (Array.isArray(value) && !array) throw new UserError(`--${name} is given more than once`)
    // Looked for in the words: yargs makes 0 of both where it expects a number.
    const isEmpty = (word: string, at: number) =>
      word === `--${name}=` || (word === `--${name}` && argv[at + 1] === '')
    if (argv.some(isEmpty)) throw new UserError(`--${name} takes a value`)
    if (type !== 'boolean' && name !== 'config' && argv.includes(`--no-${name}`))
      throw new UserError(`Unknown option --no-${name}`)
    if (type === 'number' && value !== undefined && !(Number.isInteger(value) && (value as number) >= 0))
      throw new UserError(`--${name} takes a whole number from 0 on`)
  }
  return true
}
