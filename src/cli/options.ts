import type {Options} from 'yargs'
import {REPORTERS} from '../report/reporters.ts'
import {SORTS} from '../report/sort.ts'

/** The options of a check; `src/cli/help.ts` says which of them other commands have. */
export const OPTIONS = {
  config: {
    group: 'Configuration:',
    alias: 'c',
    type: 'string',
    requiresArg: true,
    describe: 'Use this configuration file (--no-config: use none)',
  },
  'config-code': {
    group: 'Configuration:',
    type: 'boolean',
    describe: 'Run configurations, plugins and reporters that are programs (--no-config-code: refuse them)',
  },
  'config-from': {
    group: 'Configuration:',
    type: 'string',
    requiresArg: true,
    describe: 'Read the configuration from a branch, tag or commit',
  },
  'allow-env': {
    group: 'Configuration:',
    type: 'string',
    array: true,
    nargs: 1,
    describe: 'Let headers in the configuration use this environment variable; repeatable',
  },
  rule: {
    group: 'Configuration:',
    type: 'string',
    array: true,
    nargs: 1,
    describe: "Set the severity of a rule, as 'name: severity'; repeatable",
  },
  site: {
    group: 'Configuration:',
    type: 'string',
    requiresArg: true,
    describe: 'Use this platform instead of detecting it; `other`, if doccheck has no rules for it',
  },
  'ignore-pattern': {
    group: 'Files:',
    type: 'string',
    array: true,
    nargs: 1,
    describe: 'Ignore files, as by a line of .gitignore; repeatable',
  },
  shard: {
    group: 'Files:',
    type: 'string',
    requiresArg: true,
    describe: 'Report one of several parts, such as 2/4; the blobs are merged by `doccheck merge-reports`',
  },
  'test-data': {
    group: 'Files:',
    type: 'boolean',
    describe: 'Check test data, too (--no-test-data: not even where it is named)',
  },
  stdin: {group: 'Files:', type: 'boolean', describe: 'Check the text on standard input'},
  'stdin-filename': {
    group: 'Files:',
    type: 'string',
    requiresArg: true,
    describe: 'With --stdin, check the text as if it were in this file',
  },
  staged: {
    group: 'Changes:',
    type: 'boolean',
    describe: 'Check staged files, and what they break in other files',
  },
  since: {
    group: 'Changes:',
    type: 'string',
    requiresArg: true,
    describe: 'Report only problems introduced since the merge base with this branch, tag or commit',
  },
  fetch: {
    group: 'Changes:',
    type: 'boolean',
    describe: 'Fetch history that --since or --config-from needs and the clone lacks (default: in CI)',
  },
  baseline: {
    group: 'Changes:',
    type: 'string',
    requiresArg: true,
    describe: 'Ignore the known problems recorded in this file',
  },
  watch: {group: 'Changes:', alias: 'w', type: 'boolean', describe: 'Check again whenever a file changes'},
  fix: {group: 'Fixes:', type: 'boolean', describe: 'Fix problems that have exactly one solution'},
  unsafe: {group: 'Fixes:', type: 'boolean', describe: 'With --fix or --diff, also apply suggestions'},
  'fix-rule': {
    group: 'Fixes:',
    type: 'string',
    array: true,
    nargs: 1,
    describe: 'With --fix or --diff, only fix problems of this rule; repeatable',
  },
  'localize-images': {
    group: 'Fixes:',
    type: 'boolean',
    describe: 'With --fix, download remote images and use the local copies',
  },
  diff: {group: 'Fixes:', type: 'boolean', describe: 'Print what --fix would change, without writing it'},
  offline: {group: 'Network:', type: 'boolean', describe: 'Request no remote links and images'},
  cache: {
    group: 'Network:',
    type: 'boolean',
    describe: 'Cache network results (--no-cache: ignore the cache)',
  },
  'cache-location': {
    group: 'Network:',
    type: 'string',
    requiresArg: true,
    describe: "Use this cache file instead of the one in the user's cache folder",
  },
  reporter: {
    group: 'Report:',
    alias: 'f',
    type: 'string',
    array: true,
    nargs: 1,
    describe: `Report as ${REPORTERS.join(', ')}, or by a vfile-reporter-* package; :file after the name writes a file; repeatable`,
  },
  'source-url': {
    group: 'Report:',
    type: 'string',
    requiresArg: true,
    describe: 'Link lines in HTML reports to this URL with {path}, {line}, {column}, {commit}',
  },
  'output-file': {
    group: 'Report:',
    type: 'string',
    requiresArg: true,
    alias: 'o',
    describe: 'Write the report to this file',
  },
  quiet: {group: 'Report:', alias: 'q', type: 'boolean', describe: 'Report errors only'},
  sort: {
    group: 'Report:',
    choices: SORTS,
    describe: 'Report in the order of positions (default), or errors before warnings',
  },
  color: {
    group: 'Report:',
    type: 'boolean',
    describe: 'Color the report (default: if it goes to a terminal)',
  },
  'max-warnings': {
    group: 'Exit code:',
    type: 'number',
    requiresArg: true,
    describe: 'Exit with 1 if there are more warnings than this',
  },
  'max-unknown': {
    group: 'Exit code:',
    type: 'number',
    requiresArg: true,
    describe: 'Exit with 1 if more links than this could not be judged',
  },
  'exit-zero': {group: 'Exit code:', type: 'boolean', describe: 'Exit with 0 even if there are errors'},
} as const satisfies Record<string, Options>

/** The option of `doccheck rules`. */
export const RULES_OPTIONS = {
  json: {type: 'boolean', describe: 'Print the rules as JSON'},
} as const satisfies Record<string, Options>

/** The further options of `doccheck sites`. */
export const SITES_OPTIONS = {
  explain: {
    type: 'boolean',
    describe: 'Show the evidence by section: targets of links that exist or not, and doubts about them',
  },
  json: {type: 'boolean', describe: 'Print the sites as JSON'},
} as const satisfies Record<string, Options>

/** The values of {@link SITES_OPTIONS} and {@link RULES_OPTIONS} on a command line. */
export interface SitesFlags {
  explain?: boolean
  json?: boolean
}
