import type {Options} from 'yargs'
import {REPORTERS} from '../report/reporters.ts'
import {SORTS} from '../report/sort.ts'

/** The usage text of `--help`. */
export const USAGE = `doccheck [paths..]        check Markdown files, folders or globs (default: this folder)
doccheck rules [name]     list the rules, or explain one
doccheck sites [paths..]  list the sites, why, and how each is described
doccheck inspect <file>   print how doccheck reads a page, as JSON
doccheck baseline         record all current problems in a file, to report only new ones
doccheck merge-reports    merge the reports of all shards, written with --reporter blob:file
doccheck init             set up a configuration file, a git hook and a CI job
doccheck config [file]    print the effective configuration, in general or for a file`

/** Command lines that `--help` shows, with what they do. */
export const EXAMPLES: ReadonlyArray<readonly [command: string, description: string]> = [
  ['doccheck', 'check this folder'],
  ['doccheck docs README.md --offline', 'check some paths, without network requests'],
  ["doccheck --rule 'no-unused-definition: off'", 'turn a rule off for this run'],
  ['doccheck --reporter text --reporter html:report.html', 'report to the terminal and to an HTML page'],
  ['doccheck --fix', 'fix what can be fixed, and report the rest'],
  ['doccheck --since origin/main', 'report what this branch breaks, in any file'],
  ['doccheck inspect docs/index.md', 'show where each link of a page leads, and why'],
]

/** The options of all commands; `init` and `sites` have more. */
export const OPTIONS = {
  config: {
    type: 'string',
    requiresArg: true,
    describe: 'Use this configuration file (--no-config: use none)',
  },
  'config-code': {
    type: 'boolean',
    describe: 'Run configurations, plugins and reporters that are programs (--no-config-code: refuse them)',
  },
  'config-from': {
    type: 'string',
    requiresArg: true,
    describe: 'Read the configuration from a branch, tag or commit',
  },
  'allow-env': {
    type: 'string',
    array: true,
    nargs: 1,
    describe: 'Let headers in the configuration use this environment variable; repeatable',
  },
  rule: {
    type: 'string',
    array: true,
    nargs: 1,
    describe: "Set the severity of a rule, as 'name: severity'; repeatable",
  },
  site: {
    type: 'string',
    requiresArg: true,
    describe: 'Use this platform instead of detecting it; `other`, if doccheck has no rules for it',
  },
  'test-data': {
    type: 'boolean',
    describe: 'Check test data, too (--no-test-data: not even where it is named)',
  },
  fix: {type: 'boolean', describe: 'Fix problems that have exactly one solution'},
  unsafe: {type: 'boolean', describe: 'With --fix or --diff, also apply suggestions'},
  'localize-images': {
    type: 'boolean',
    describe: 'With --fix, download remote images and use the local copies',
  },
  diff: {type: 'boolean', describe: 'Print what --fix would change, without writing it'},
  offline: {type: 'boolean', describe: 'Request no remote links and images'},
  cache: {
    type: 'boolean',
    describe: 'Cache network results (--no-cache: ignore the cache)',
  },
  'cache-location': {
    type: 'string',
    requiresArg: true,
    describe: "Use this cache file instead of the one in the user's cache folder",
  },
  reporter: {
    type: 'string',
    array: true,
    nargs: 1,
    describe: `Report as ${REPORTERS.join(', ')}, or with a vfile-reporter-* package; add :file to write a file; repeatable`,
  },
  'source-url': {
    type: 'string',
    requiresArg: true,
    describe: 'Link lines in HTML reports to this URL with {path}, {line}, {column}, {commit}',
  },
  staged: {type: 'boolean', describe: 'Check staged files, and what they break in other files'},
  since: {
    type: 'string',
    requiresArg: true,
    describe: 'Report only problems introduced since the merge base with this branch, tag or commit',
  },
  fetch: {
    type: 'boolean',
    describe: 'Fetch history that --since or --config-from needs and the clone lacks (default: in CI)',
  },
  baseline: {
    type: 'string',
    requiresArg: true,
    describe: 'Ignore the known problems recorded in this file',
  },
  shard: {
    type: 'string',
    requiresArg: true,
    describe: 'Report one of several parts, such as 2/4; the blobs are merged by `doccheck merge-reports`',
  },
  watch: {type: 'boolean', describe: 'Check again whenever a file changes'},
  quiet: {type: 'boolean', describe: 'Report errors only'},
  sort: {
    choices: SORTS,
    describe: 'Report in the order of positions (default), or errors before warnings',
  },
  'max-warnings': {
    type: 'number',
    requiresArg: true,
    describe: 'Exit with 1 if there are more warnings than this',
  },
  'max-unknown': {
    type: 'number',
    requiresArg: true,
    describe: 'Exit with 1 if more links than this could not be judged',
  },
  stdin: {type: 'boolean', describe: 'Check the text on standard input'},
  'stdin-filename': {
    type: 'string',
    requiresArg: true,
    describe: 'With --stdin, check the text as if it were in this file',
  },
  color: {type: 'boolean', describe: 'Color the report (default: if it goes to a terminal)'},
} as const satisfies Record<string, Options>

/** The further options of `doccheck sites`. */
export const SITES_OPTIONS = {
  explain: {
    type: 'boolean',
    describe: 'Show the evidence by section: targets of links that exist or not, and doubts about them',
  },
  json: {type: 'boolean', describe: 'Print the sites as JSON'},
} as const satisfies Record<string, Options>

/** The values of {@link SITES_OPTIONS} on a command line. */
export interface SitesFlags {
  explain?: boolean
  json?: boolean
}
