import {isProgram} from '../../config/reading.ts'
import {UserError} from '../../errors/errors.ts'
import {packageInfo} from '../../report/package-info.ts'
import {safe} from '../../text/safe.ts'
import {rootOf} from '../../tree/disk.ts'
import {githubWorkflow} from '../init/ci.ts'
import {type FileChange, type FilePlan, planChange, writeChange} from '../init/file-change.ts'
import {gitlabJob} from '../init/gitlab.ts'
import {hookFiles} from '../init/hooks.ts'
import {nextCommand} from '../init/next-steps.ts'
import {CIS, type Ci, HOOKS, type Hook, type InitFlags} from '../init/options.ts'
import {packageManagerOf, usesPlugAndPlay} from '../init/package-manager.ts'
import {detectProject, type Project} from '../init/project.ts'
import type {Prompts} from '../init/prompts.ts'
import type {Io} from '../types.ts'

/**
 * `doccheck init`: set up a configuration file, a Git hook and a CI job.
 *
 * @param prompts Asks the user. Without it the detected tools are used, and no file is overwritten.
 * @returns the exit code
 */
export async function init(
  positionals: readonly string[],
  flags: InitFlags,
  io: Io,
  prompts?: Prompts | undefined,
): Promise<number> {
  try {
    if (positionals.length > 0)
      throw new UserError('`doccheck init` takes no paths, it sets up the whole repository')
    const {root} = rootOf(io.cwd)
    const project = await detectProject(root, io.cwd)
    const asked = flags.yes ? undefined : prompts
    const hook = await choose(
      flags.hook,
      project.hook,
      HOOKS,
      'Which tool runs hooks before a commit?',
      asked,
    )
    const ci = await choose(flags.ci, project.ci, CIS, 'Which CI service checks pushed changes?', asked)
    const changes = plansFor(root, project, flags, hook, ci).map((plan) => planChange(plan, root))
    const kept = await filesToKeep(changes, flags, asked)
    // Nothing is written before all questions are answered: until then, the user may quit.
    const written = changes.filter((change) => change.after !== undefined && !kept.has(change))
    for (const change of written) await writeChange(change, root)
    if (project.config) io.out(`unchanged  ${safe(project.config)}\n`)
    for (const change of changes) io.out(`${stateOf(change, written).padEnd(9)}  ${change.file}\n`)
    io.out(manualSteps(changes))
    const next = nextCommand(root, hook, project, packageInfo().version)
    if (next !== '') io.out(`\nNext: ${next}\n`)
    if (hook === 'lint-staged') io.out('Run lint-staged in a git hook.\n')
    io.out('\n`doccheck baseline` records existing problems, so that only new ones are reported.\n')
    return 0
  } finally {
    prompts?.close()
  }
}

/** The value of an option, else the user's answer, else the detected value. */
async function choose<T extends string>(
  flag: T | undefined,
  detected: T,
  choices: readonly T[],
  question: string,
  prompts: Prompts | undefined,
): Promise<T> {
  return flag ?? (await prompts?.ask(question, choices, detected)) ?? detected
}

function plansFor(root: string, project: Project, flags: InitFlags, hook: Hook, ci: Ci): FilePlan[] {
  const {version} = packageInfo()
  const settings = {version, runsConfig: project.config !== undefined && isProgram(project.config)}
  return [
    project.config ? undefined : configuration(flags.preset ?? 'recommended', root, project),
    ...hookFiles(hook, root, version),
    ci === 'github' ? githubWorkflow(settings) : ci === 'gitlab' ? gitlabJob(settings) : undefined,
  ].filter((plan) => plan !== undefined)
}

/** The changes not to write: those that overwrite a file, unless the user agrees. */
async function filesToKeep(
  changes: readonly FileChange[],
  flags: InitFlags,
  prompts?: Prompts,
): Promise<Set<FileChange>> {
  const kept = new Set<FileChange>()
  for (const change of changes) {
    if (!isOverwritten(change) || flags.force) continue
    if (!prompts)
      throw new UserError(`${change.file} already exists, nothing was written; use --force to overwrite it`)
    if ((await prompts.ask(`Overwrite ${change.file}?`, ['yes', 'no'], 'no')) === 'no') kept.add(change)
  }
  return kept
}

/** Only the GitHub workflow is overwritten; all other files are extended. */
const isOverwritten = ({file, before, after}: FileChange) =>
  before !== undefined && after !== undefined && file.startsWith('.github/')

function stateOf(change: FileChange, written: readonly FileChange[]): string {
  if (change.manual) return 'by hand'
  return !written.includes(change) ? 'unchanged' : change.before === undefined ? 'created' : 'updated'
}

const configuration = (preset: string, root: string, {manifest}: Project): FilePlan => ({
  file: '.doccheckrc.yaml',
  make: () =>
    `${manifest && !usesPlugAndPlay(root, packageManagerOf(root, manifest)) ? '# yaml-language-server: $schema=./node_modules/doccheck-cli/schema.json\n' : ''}extends: ${preset}\n`,
})

/** The lines that the author of a file must add to it. */
const manualSteps = (changes: readonly FileChange[]): string =>
  changes
    .flatMap(({manual}) => (manual ? ['', manual.message, ...manual.lines.map((line) => `  ${line}`)] : []))
    .map((line) => `${safe(line)}\n`)
    .join('')
