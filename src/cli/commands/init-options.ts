/** Who can start doccheck before a commit. */
export const HOOKS = ['pre-commit', 'husky', 'lefthook', 'lint-staged', 'none'] as const
/** Who can start it for a change that was pushed. */
export const CIS = ['github', 'gitlab', 'none'] as const
const PRESETS = ['recommended', 'strict'] as const

/** One of {@link HOOKS}. */
export type Hook = (typeof HOOKS)[number]
/** One of {@link CIS}. */
export type Ci = (typeof CIS)[number]

/** The options of `doccheck init`, for yargs. They stand alone, since the command line is read in every run. */
export const INIT_OPTIONS = {
  hook: {choices: HOOKS, describe: 'Who starts doccheck before a commit'},
  ci: {choices: CIS, describe: 'Who starts it for what was pushed'},
  preset: {choices: PRESETS, describe: 'The rules to begin with'},
  yes: {type: 'boolean', describe: 'Ask nothing, take what was found'},
  force: {type: 'boolean', describe: 'Replace a workflow that is there'},
} as const

/** What those options say. */
export interface InitFlags {
  hook?: Hook
  ci?: Ci
  preset?: (typeof PRESETS)[number]
  yes?: boolean
  force?: boolean
}
