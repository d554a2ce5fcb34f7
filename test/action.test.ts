import {chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {describe, expect, it} from 'vitest'
import {parse} from 'yaml'
import {packageInfo} from '../src/report/package-info.ts'
import {ENV, git, repository, run} from './repository.ts'
import {folder} from './run-doccheck.ts'
import {faultsOfAction, faultsOfWorkflow, hasLinters} from './workflows.ts'

interface Step {
  if?: string
  uses?: string
  shell?: string
  run?: string
  env?: Record<string, string>
  with?: Record<string, string>
}

const source = readFileSync('action.yml', 'utf8')
const action: {inputs: Record<string, {default: string}>; runs: {steps: Step[]}} = parse(source)
const scripts = action.runs.steps.filter((step) => step.run !== undefined)
const recipe = readFileSync('test/recipes/github/.github/workflows/docs.yml', 'utf8')

/** Run the shell steps as a runner does: inputs in the environment, each step a bash of its own. */
async function runAction(cwd: string, temp: string, inputs: Record<string, string>, env = ENV) {
  const said = {code: 0, out: '', err: ''}
  for (const step of scripts) {
    const given = Object.entries(step.env!).map(([name, value]) => {
      const input = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(value)?.[1]
      if (input && !(input in action.inputs)) throw new Error(`There is no input ${input}`)
      // Those defaults that ask for something of the event are empty outside of a pull request.
      const preset = () => action.inputs[input!]!.default.replace(/\$\{\{.*\}\}/, '')
      return [name, input ? (inputs[input] ?? preset()) : path.resolve('.')]
    })
    const file = path.join(temp, 'step.sh')
    writeFileSync(file, step.run!)
    const {code, out, err} = await run(cwd, 'bash', ['--noprofile', '--norc', '-eo', 'pipefail', file], {
      ...env,
      RUNNER_TEMP: temp,
      ...Object.fromEntries(given),
    })
    Object.assign(said, {code, out: said.out + out, err: said.err + err})
    if (code !== 0) break
  }
  return said
}

/** A program that prints its name and its words, a line each. */
const teller = (name: string) => `#!/usr/bin/env bash\nprintf '%s\\n' "<${name}>" "$@"\n`

/** A runner's folder where npm only tells what it would do, and doccheck was installed: that one, or one that tells. */
function runner(doccheck?: string) {
  const temp = path.join(folder(), 'temp of the runner')
  const bin = path.join(temp, 'doccheck/node_modules/.bin')
  mkdirSync(bin, {recursive: true})
  mkdirSync(path.join(temp, 'fake'))
  writeFileSync(path.join(temp, 'fake/npm'), teller('npm'))
  if (doccheck) symlinkSync(doccheck, path.join(bin, 'doccheck'))
  else writeFileSync(path.join(bin, 'doccheck'), teller('doccheck'))
  for (const file of ['fake/npm', ...(doccheck ? [] : ['doccheck/node_modules/.bin/doccheck'])])
    chmodSync(path.join(temp, file), 0o755)
  return {temp, env: {...ENV, PATH: `${path.join(temp, 'fake')}:${process.env.PATH}`}}
}

/** The words that the steps start npm and doccheck with. */
async function wordsOf(inputs: Record<string, string>) {
  const {temp, env} = runner()
  const cwd = folder({'keep/me.md': '# Me\n'})
  const {code, out, err} = await runAction(cwd, temp, inputs, env)
  expect({code, err}).toEqual({code: 0, err: ''})
  expect(existsSync(path.join(cwd, 'keep/me.md'))).toBe(true)
  const [npm, doccheck] = out.split('<npm>\n')[1]!.split('<doccheck>\n')
  const lines = (text: string) => text.split('\n').slice(0, -1)
  return {
    npm: lines(npm!).at(-1),
    doccheck: lines(doccheck!).map((word) => word.replace(temp, 'TEMP')),
  }
}

describe('action.yml', () => {
  it.skipIf(!hasLinters)('is valid, and so is the workflow that uses it', async () => {
    expect(faultsOfAction(source)).toEqual([])
    expect(await faultsOfWorkflow(recipe)).toEqual([])
    // The linters do find what is wrong.
    expect(faultsOfAction(source.replace('using: composite', 'using: nothing'))).not.toEqual([])
    expect(await faultsOfWorkflow(recipe.replace('github.event_name', 'github.evnt_name'))).not.toEqual([])
  })

  it('has no expression in a script, and is given only inputs that it has', () => {
    for (const {run: script, shell} of scripts) {
      expect(script).not.toContain('${{')
      expect(shell).toBe('bash')
    }
    const uses = Object.values(parse(recipe).jobs).flatMap((job) => (job as {steps: Step[]}).steps)
    const own = uses.filter((step) => step.uses?.includes('/doccheck@'))
    expect(own.map(({uses}) => uses)).toEqual(Array(2).fill(`OWNER/doccheck@v${packageInfo().version}`))
    for (const {with: given} of own)
      expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(given!)))
  })

  it('keeps the verdicts where they are written, also when there are findings', () => {
    const [restore, save] = action.runs.steps.filter((step) => step.uses)
    expect(restore!.uses).toMatch(/^actions\/cache\/restore@/)
    expect(save!.uses).toMatch(/^actions\/cache\/save@/)
    expect(save!.if).toContain('always()')
    expect(save!.with!.key).toBe(restore!.with!.key)
    for (const {with: given} of [restore!, save!])
      expect(given!.path).toBe('${{ runner.temp }}/doccheck-verdicts.json')
  })

  it('checks everything by default, with the version of the action', async () => {
    expect(await wordsOf({})).toEqual({
      npm: `doccheck-cli@${packageInfo().version}`,
      doccheck: [
        '--cache-location=TEMP/doccheck-verdicts.json',
        '--reporter=github',
        '--reporter=text',
        '--',
      ],
    })
  })

  it('hands its inputs on', async () => {
    const words = await wordsOf({
      version: '0.1.2',
      paths: 'docs\n\n  a folder/with spaces.md\n*.md\n',
      since: 'abc123',
      offline: 'true',
      configCode: 'false',
      reporters: 'text\njson:a report.json',
      args: '--rule=no-dead-link: error\n--quiet\n',
    })
    expect(words).toEqual({
      npm: 'doccheck-cli@0.1.2',
      doccheck: [
        '--cache-location=TEMP/doccheck-verdicts.json',
        '--offline',
        '--no-config-code',
        '--since=abc123',
        '--reporter=text',
        '--reporter=json:a report.json',
        '--rule=no-dead-link: error',
        '--quiet',
        '--',
        'docs',
        'a folder/with spaces.md',
        '*.md',
      ],
    })
  })

  it.each([
    '; rm -rf keep',
    '$(rm -rf keep)',
    '`rm -rf keep`',
    '"; rm -rf keep; "',
    "' && rm -rf keep '",
    '--fix',
  ])('runs no input as a command: %s', async (hostile) => {
    const {npm, doccheck} = await wordsOf({
      version: hostile,
      paths: hostile,
      since: hostile,
      reporters: hostile,
    })
    expect(npm).toBe(`doccheck-cli@${hostile}`)
    const trimmed = hostile.trim()
    expect(doccheck.slice(1)).toEqual([`--since=${hostile}`, `--reporter=${trimmed}`, '--', trimmed])
  })

  it('fails on what a pull request breaks, by the real doccheck', async () => {
    const root = await repository({
      'old.md': '[gone](gone.md)\n',
      'b.md': '# B\n',
      'my docs/a.md': '[b](../b.md)\n',
    })
    await git(root, 'commit', '-q', '-m', 'base')
    const since = (await git(root, 'rev-parse', 'HEAD')).trim()
    const {temp, env} = runner(path.resolve('bin/doccheck.js'))
    const inputs = {since, offline: 'true', paths: 'my docs\n'}
    expect((await runAction(root, temp, inputs, env)).code).toBe(0)
    await git(root, 'rm', '-q', 'b.md')
    const {code, out} = await runAction(root, temp, inputs, env)
    expect(out).toMatch(
      /^::error file=my docs\/a\.md,line=1,.*::Unexpected link to missing file `\.\.\/b\.md`/m,
    )
    expect(out).toContain('1:5-1:12 error Unexpected link to missing file `../b.md`')
    expect(out).not.toContain('gone.md')
    expect(code).toBe(1)
  })
})
