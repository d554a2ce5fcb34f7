import {isProgram} from '../../config/reading.ts'
import {UserError} from '../../errors/errors.ts'
import {packageInfo} from '../../report/package-info.ts'
import {safe} from '../../text/safe.ts'
import {rootOf} from '../../tree/disk.ts'
import {githubWorkflow, gitlabJob} from '../init/ci.ts'
import {findOut, type Project} from '../init/found.ts'
import {hookFile} from '../init/hooks.ts'
import {type Drawn, draw, type Planned, put} from '../init/plan.ts'
import type {Io} from '../types.ts'
import {CIS, type Ci, HOOKS, type Hook, type InitFlags} from './init-options.ts'
import type {Prompts} from './prompts.ts'

/**
 * `doccheck init`: write a configuration, a hook and a job for CI.
 *
 * @param prompts Whom to ask; nobody: what was found is taken, and what is there is not replaced.
 * @returns the exit code
 */
export async function init(
  words: string[],
  flags: InitFlags,
  io: Io,
  prompts?: Prompts | undefined,
): Promise<number> {
  try {
    if (words.length > 0)
      throw new UserError('`doccheck init` sets up the whole repository, expected no paths')
    const {root} = rootOf(io.cwd)
    const found = findOut(root)
    const asked = flags.yes ? undefined : prompts
    const hook =
      flags.hook ?? ((await asked?.ask('Check before each commit?', HOOKS, found.hook)) as Hook) ?? found.hook
    const ci = flags.ci ?? ((await asked?.ask('Check in CI?', CIS, found.ci)) as Ci) ?? found.ci
    const {version} = packageInfo()
    const settings = {version, runsConfig: found.config !== undefined && isProgram(found.config)}
    const drawn = [
      found.config ? undefined : configuration(flags.preset ?? 'recommended', found),
      hookFile(hook, root, version),
      ci === 'github' ? githubWorkflow(settings) : ci === 'gitlab' ? gitlabJob(settings) : undefined,
    ]
      .filter((planned) => planned !== undefined)
      .map((planned) => draw(planned, root))
    const kept = await keepOf(drawn, flags, asked)
    // Nothing is written before everything is known, so that whoever leaves has changed nothing.
    const writing = drawn.filter((file) => file.after !== undefined && !kept.has(file))
    for (const file of writing) await put(file, root)
    if (found.config) io.out(`kept     ${safe(found.config)}\n`)
    for (const file of drawn)
      io.out(
        `${!writing.includes(file) ? 'kept   ' : file.before === undefined ? 'written' : 'changed'}  ${file.file}\n`,
      )
    io.out(`\nNext:\n${nextSteps(hook, found).join('')}`)
    return 0
  } finally {
    prompts?.close()
  }
}

/** The files that are to stay as they are: those that would lose something, unless the user says otherwise. */
async function keepOf(drawn: Drawn[], flags: InitFlags, asked?: Prompts): Promise<Set<Drawn>> {
  const kept = new Set<Drawn>()
  for (const file of drawn) {
    if (!isReplaced(file) || flags.force) continue
    if (!asked) throw new UserError(`${file.file} is there already: --force replaces it; nothing was written`)
    if ((await asked.ask(`Replace ${file.file}?`, ['yes', 'no'], 'no')) === 'no') kept.add(file)
  }
  return kept
}

/** Only the workflow is a file of doccheck's own; to all others something is added. */
const isReplaced = ({file, before, after}: Drawn) =>
  before !== undefined && after !== undefined && file.startsWith('.github/')

const configuration = (preset: string, {hasPackage}: Project): Planned => ({
  file: '.doccheckrc.yaml',
  make: () =>
    `${hasPackage ? '# yaml-language-server: $schema=./node_modules/doccheck-cli/schema.json\n' : ''}extends: ${preset}\n`,
})

function nextSteps(hook: Hook, {hasPackage}: Project): string[] {
  const line = (command: string, what: string) => `  ${command.padEnd(48)} ${what}\n`
  const install = (more: string) => `npm install --save-dev doccheck-cli@${packageInfo().version}${more}`
  const steps: Record<Hook, string[]> = {
    'pre-commit': [line('pre-commit install', 'so that git starts it')],
    husky: [line(install(' husky'), ''), line('npx husky', 'so that git starts it')],
    lefthook: [
      ...(hasPackage ? [line(install(' lefthook'), '')] : []),
      line(hasPackage ? 'npx lefthook install' : 'lefthook install', 'so that git starts it'),
    ],
    'lint-staged': [line(install(' lint-staged'), 'and have a hook of git run it')],
    none: [],
  }
  return [
    ...steps[hook].map((step) => step.replace(/ +\n$/, '\n')),
    line('doccheck', 'what is there to mend today?'),
    line('doccheck baseline', 'note what is to stay for now'),
  ]
}
