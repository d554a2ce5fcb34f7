/** The tools that can run doccheck before each commit. */
export const HOOKS = ['pre-commit', 'husky', 'lefthook', 'lint-staged', 'none'] as const
/** The CI services that can run doccheck for pushed changes. */
export const CIS = ['github', 'gitlab', 'none'] as const
const PRESETS = ['recommended', 'strict'] as const

/** One of {@link HOOKS}. */
export type Hook = (typeof HOOKS)[number]
/** One of {@link CIS}. */
export type Ci = (typeof CIS)[number]

/** The options of `doccheck init`, for yargs. */
export const INIT_OPTIONS = {
  hook: {choices: HOOKS, describe: 'Use this tool to run doccheck before each commit'},
  ci: {choices: CIS, describe: 'Use this CI service to run doccheck for pushed changes'},
  preset: {choices: PRESETS, describe: 'Extend this preset in the configuration'},
  yes: {type: 'boolean', describe: 'Skip the questions and accept the defaults'},
  force: {type: 'boolean', describe: 'Overwrite an existing workflow'},
} as const

/** The values of {@link INIT_OPTIONS} on a command line. */
export interface InitFlags {
  hook?: Hook
  ci?: Ci
  preset?: (typeof PRESETS)[number]
  yes?: boolean
  force?: boolean
}
