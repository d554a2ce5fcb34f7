import type {Options} from 'yargs'
import {INIT_OPTIONS} from './init/options.ts'
import {OPTIONS, RULES_OPTIONS, SITES_OPTIONS} from './options.ts'

/** What `--help` says about a command. */
interface CommandHelp {
  /** The arguments, as in `doccheck rules [name]`. */
  usage: string
  description: string
  options: Readonly<Record<string, Options>>
  /** Command lines, with what they do. */
  examples: ReadonlyArray<readonly [command: string, description: string]>
}

const pick = (...names: (keyof typeof OPTIONS)[]): Record<string, Options> =>
  Object.fromEntries(names.map((name) => [name, OPTIONS[name]]))

/** The options that select a configuration. */
const CONFIGURATION = pick(
  'config',
  'config-code',
  'config-from',
  'fetch',
  'allow-env',
  'rule',
  'site',
  'ignore-pattern',
  'test-data',
)

/** Options that make no difference to a command that requests, caches and colors nothing. */
const HARMLESS = Object.fromEntries(
  Object.entries(pick('offline', 'cache', 'color', 'quiet')).map(([name, option]) => [
    name,
    {...option, hidden: true},
  ]),
)

/** The check, which runs without a command. */
export const CHECK: CommandHelp = {
  usage: '[paths..]',
  description: 'check files, folders or globs (this folder)',
  options: OPTIONS,
  examples: [
    ['doccheck docs README.md --offline', 'check some paths, no network'],
    ['doccheck --fix', 'fix what can be fixed'],
    ['doccheck --since origin/main', 'what this branch breaks'],
    ["doccheck --rule 'front-matter: off'", 'turn a rule off'],
    ['doccheck -f text -f html:report.html', 'terminal and HTML page'],
    ['doccheck inspect docs/index.md', 'where the links of a page lead'],
  ],
}

/** All commands by name. */
export const COMMANDS: Readonly<Record<string, CommandHelp>> = {
  rules: {
    usage: '[name]',
    description: 'list the rules, or explain one',
    options: {...RULES_OPTIONS, ...HARMLESS},
    examples: [
      ['doccheck rules no-broken-link', 'explain a rule, and how to turn it off'],
      ['doccheck rules --json', 'all rules with their options'],
    ],
  },
  sites: {
    usage: '[paths..]',
    description: 'list the sites and how each is described',
    options: {...SITES_OPTIONS, ...CONFIGURATION, ...HARMLESS},
    examples: [['doccheck sites docs --explain', 'what is known of its links, and what not']],
  },
  inspect: {
    usage: '<file>',
    description: 'print how doccheck reads a page, as JSON',
    options: {...CONFIGURATION, ...HARMLESS},
    examples: [['doccheck inspect docs/index.md', 'show where each link of a page leads, and why']],
  },
  baseline: {
    usage: '[paths..]',
    description: 'record all problems, to report only new ones',
    options: {
      ...CONFIGURATION,
      ...pick('baseline', 'offline', 'cache', 'cache-location'),
      color: HARMLESS.color!,
    },
    examples: [['doccheck baseline docs', 'record the problems of a folder']],
  },
  'merge-reports': {
    usage: '<paths..>',
    description: 'merge the reports of shards',
    options: pick(
      'reporter',
      'output-file',
      'source-url',
      'quiet',
      'sort',
      'color',
      'cache-location',
      'max-warnings',
      'max-unknown',
      'exit-zero',
    ),
    examples: [['doccheck merge-reports shards', 'one report of all in a folder']],
  },
  init: {
    usage: '',
    description: 'set up a configuration, a git hook and CI',
    options: {...INIT_OPTIONS, color: HARMLESS.color!},
    examples: [['doccheck init --hook husky --ci github', 'choose the hook and the CI']],
  },
  config: {
    usage: '[file]',
    description: 'print the configuration, or that for a file',
    options: {...CONFIGURATION, ...pick('baseline'), ...HARMLESS},
    examples: [['doccheck config docs/a.md', 'which rules apply, and whether it is ignored']],
  },
  completion: {
    usage: '[bash|zsh]',
    description: 'print a script that completes command lines',
    options: {},
    examples: [
      ['doccheck completion >> ~/.bashrc', 'in Bash'],
      ['doccheck completion >> ~/.zshrc', 'in Zsh'],
    ],
  },
}

/** The usage text of a command, or of the check with a list of all commands. */
export function usageOf(name: string | undefined): string {
  if (name !== undefined) {
    const {usage, description} = COMMANDS[name]!
    return `doccheck ${name}${usage && ` ${usage}`}\n\n${description[0]!.toUpperCase()}${description.slice(1)}`
  }
  const rows = [['', CHECK], ...Object.entries(COMMANDS)] as const
  const lines = rows.map(([command, {usage, description}]) => [
    ['doccheck', command, usage].filter(Boolean).join(' '),
    description,
  ])
  const width = Math.max(...lines.map(([line]) => line!.length))
  return lines.map(([line, description]) => `${line!.padEnd(width)}  ${description}`).join('\n')
}

/** The command that a command line names: its first argument that is neither an option nor the value of one. */
export function commandIn(argv: readonly string[]): string | undefined {
  for (let at = 0; at < argv.length; at++) {
    const argument = argv[at]!
    if (argument === '--') return
    if (!argument.startsWith('-')) return Object.hasOwn(COMMANDS, argument) ? argument : undefined
    if (takesNext(argument)) at++
  }
  return
}

/** Is the argument after this one its value? */
function takesNext(argument: string): boolean {
  const [, name, letters = ''] = /^(?:--([^=]+)|-(\w*))$/.exec(argument) ?? []
  const all: Record<string, Options> = {...OPTIONS, ...SITES_OPTIONS, ...INIT_OPTIONS}
  const option =
    name === undefined
      ? Object.values(all).find(({alias}) => alias !== undefined && alias === letters.at(-1))
      : all[name]
  return option !== undefined && option.type !== 'boolean'
}
