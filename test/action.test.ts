import {chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {beforeEach, describe, expect, it} from 'vitest'
import {parse} from 'yaml'
import {splitWords} from '../scripts/action/words.js'
import {packageInfo} from '../src/report/package-info.ts'
import {actionOf, hasExpressions, Runner, type Step} from './action-runner.ts'
import {copyTracked} from './copy-tracked.ts'
import {writeReleaseTree} from './release-tree.ts'
import {ENV, git, repository, run} from './repository.ts'
import {folder} from './run-doccheck.ts'
import {faultsOfAction, faultsOfWorkflow, hasLinters} from './workflows.ts'

const source = readFileSync('action.yml', 'utf8')
const action = actionOf('.')
const recipe = readFileSync('test/recipes/github/.github/workflows/docs.yml', 'utf8')

describe('action.yml', () => {
  it.skipIf(!hasLinters)('is valid, and so is the workflow that uses it', async () => {
    expect(faultsOfAction(source)).toEqual([])
    expect(await faultsOfWorkflow(recipe)).toEqual([])
    // The linters do find what is wrong.
    expect(faultsOfAction(source.replace('using: composite', 'using: nothing'))).not.toEqual([])
    expect(await faultsOfWorkflow(recipe.replace('github.event_name', 'github.evnt_name'))).not.toEqual([])
  })

  it('has no expression in a script, and pins what it uses', () => {
    for (const {run: script, uses} of action.runs.steps) {
      expect(script ?? '').not.toContain('${{')
      if (uses) expect(source).toMatch(new RegExp(`uses: ${uses} # v\\d+\\.\\d+\\.\\d+\n`))
      if (uses) expect(uses).toMatch(/^actions\/[\w/-]+@[\da-f]{40}$/)
    }
  })

  it('is given only inputs that it has, at the version of this package', () => {
    const uses = Object.values(parse(recipe).jobs).flatMap((job) => (job as {steps: Step[]}).steps)
    const own = uses.filter((step) => step.uses?.includes('/doccheck@'))
    expect(own.map(({uses}) => uses)).toEqual(Array(2).fill(`OWNER/doccheck@v${packageInfo().version}`))
    for (const {with: given} of own)
      expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(given!)))
    const listed = [...readFileSync('docs/hooks-and-ci.md', 'utf8').matchAll(/^\| `([\w-]+)` \|.*\|$/gm)]
    expect(listed.map(([, name]) => name)).toEqual(expect.arrayContaining(Object.keys(action.inputs)))
  })
})

describe('the options of `args`', () => {
  it.each([
    ['--max-warnings 0', ['--max-warnings', '0']],
    ["--rule 'no-dead-link: error' --quiet\n", ['--rule', 'no-dead-link: error', '--quiet']],
    ['--rule="front-matter: off"\n\n  --quiet', ['--rule=front-matter: off', '--quiet']],
    ['--config docs\\ old/a.json', ['--config', 'docs old/a.json']],
    ['$(rm -rf keep) `x` $HOME *.md; #', ['$(rm', '-rf', 'keep)', '`x`', '$HOME', '*.md;', '#']],
    ['--config \'\' ""', ['--config', '', '']],
    ['', []],
  ])('are words: %s', (text, words) => {
    expect(splitWords(text)).toEqual(words)
  })

  it.each([
    ["--rule 'no-dead-link: error", 'the quote before no-dead-link: error is never closed'],
    ['--site "a\n--quiet', 'the quote before a is never closed'],
    ['--quiet \\', 'a backslash at the end escapes nothing'],
  ])('must be whole: %s', (text, told) => {
    expect(() => splitWords(text)).toThrow(told)
  })

  it('are split as Bash does', async () => {
    const pieces = [
      'a',
      '-',
      ' ',
      '  ',
      '\n',
      '\\',
      "'",
      '"',
      '\\"',
      "\\'",
      '\\ ',
      '\\\n',
      '\\\\',
      'b c',
      ':',
    ]
    let seed = 1
    const pick = () => pieces[(seed = (seed * 48_271) % 2_147_483_647) % pieces.length]
    const texts = Array.from({length: 400}, () => Array.from({length: 8}, pick).join('')).filter((text) => {
      try {
        return splitWords(text)
      } catch {
        return false
      }
    })
    expect(texts.length).toBeGreaterThan(100)
    // In Bash, too, lines separate the words of a list.
    const script = texts.map((text) => `words=(${text}); tell "\${words[@]}"`).join('\n')
    const tell = 'tell() { printf "<%s>" "$@"; printf "|"; }'
    const {out, err} = await run(folder(), 'bash', ['-c', `${tell}\n${script}`])
    expect(err).toBe('')
    // For no words, printf prints its format once.
    const told = (words: string[]) => words.map((word) => `<${word}>`).join('') || '<>'
    expect(out.split('|').slice(0, -1)).toEqual(texts.map((text) => told(splitWords(text))))
  })
})

/** Without what a run of the action never reads. */
const ALL = ['.', ':!test', ':!fixtures', ':!docs']

describe.skipIf(!hasExpressions)('the action, as a runner runs it', () => {
  let runner: Runner
  let action: string
  let workspace: string
  beforeEach(() => {
    runner = new Runner()
    action = path.join(runner.root, 'action')
    mkdirSync(action)
    workspace = folder({'keep/me.md': '# Me\n', 'docs/a.md': '# A\n'})
  })

  /** The action of a release, with a doccheck that only tells the words it is given. */
  async function telling(): Promise<void> {
    await copyTracked(action, ['action.yml', 'bin', 'scripts/action'])
    mkdirSync(path.join(action, 'dist'))
    const main =
      "console.log(process.cwd() + '\\n' + JSON.stringify(process.argv.slice(2))); process.exitCode = 0"
    writeFileSync(path.join(action, 'dist/main.js'), main)
    const info = {name: 'x', version: '1.0.0', type: 'module'}
    writeFileSync(path.join(action, 'package.json'), JSON.stringify(info))
    writeFileSync(
      path.join(action, 'package-lock.json'),
      JSON.stringify({...info, lockfileVersion: 3, requires: true, packages: {'': info}}),
    )
  }

  /** The words that doccheck is started with. */
  async function wordsOf(inputs: Record<string, string>, event = {}): Promise<string[]> {
    const {code, out, err} = await runner.action(action, workspace, inputs, {event})
    expect({code, err}).toEqual({code: 0, err: ''})
    expect(existsSync(path.join(workspace, 'keep/me.md'))).toBe(true)
    const [first, ...words] = JSON.parse(out.trimEnd().split('\n').at(-1)!)
    expect(first).toBe(`--cache-location=${runner.temp}/doccheck-verdicts.json`)
    return words
  }

  it('checks everything by default, and what is new on a pull request', async () => {
    await telling()
    const all = ['--reporter=github', '--reporter=text', '--']
    expect(await wordsOf({})).toEqual(all)
    expect(await wordsOf({}, {pull_request: {base: {sha: 'abc'}}})).toEqual(['--since=abc', ...all])
    expect(await wordsOf({}, {merge_group: {base_sha: 'def'}})).toEqual(['--since=def', ...all])
    expect(await wordsOf({since: ''}, {pull_request: {base: {sha: 'abc'}}})).toEqual(all)
  })

  it('hands its inputs on', async () => {
    await telling()
    const words = await wordsOf({
      paths: 'docs\n\n  a folder/with spaces.md\n*.md\n',
      since: 'abc123',
      config: 'my config.json',
      offline: 'true',
      'config-code': 'false',
      reporters: 'text\njson:a report.json',
      args: "--max-warnings 0 --rule 'no-dead-link: error'\n--quiet\n",
    })
    expect(words).toEqual([
      '--offline',
      '--no-config-code',
      '--config=my config.json',
      '--since=abc123',
      '--reporter=text',
      '--reporter=json:a report.json',
      '--max-warnings',
      '0',
      '--rule',
      'no-dead-link: error',
      '--quiet',
      '--',
      'docs',
      'a folder/with spaces.md',
      '*.md',
    ])
  })

  it('runs no input as a command, and takes none for an option', async () => {
    await telling()
    for (const hostile of [
      '; rm -rf keep',
      '$(rm -rf keep)',
      '`rm -rf keep`',
      '" && rm -rf keep "',
      '--fix',
    ]) {
      const words = await wordsOf({paths: hostile, since: hostile, config: hostile, reporters: hostile})
      const given = ['config', 'since', 'reporter'].map((name) => `--${name}=${hostile}`)
      expect(words).toEqual([...given, '--', hostile])
    }
    expect(await wordsOf({args: '; $(rm -rf keep) `rm -rf keep`'})).toContain('$(rm')
  })

  it('works in the folder that is named', async () => {
    await telling()
    const {out} = await runner.action(action, workspace, {'working-directory': 'docs'})
    expect(out).toContain(`${path.join(workspace, 'docs')}\n`)
  })

  it('refuses inputs that it would have to guess', async () => {
    await telling()
    for (const [inputs, told] of [
      [{offline: 'yes'}, "The input 'offline' must be true or false, and is 'yes'"],
      [{'config-code': ''}, "The input 'config-code' must be true or false, and is ''"],
      [
        {args: "--rule 'x: error"},
        "The input 'args' cannot be split into words: the quote before x: error is never closed",
      ],
      [
        {'working-directory': 'gone'},
        "The input 'working-directory' names no folder of the checkout: 'gone'",
      ],
    ] as [Record<string, string>, string][]) {
      const {code, out} = await runner.action(action, workspace, inputs)
      expect(out).toContain(`::error title=doccheck::${told}\n`)
      expect(code).toBe(2)
    }
  })

  it('sets up Node where it is missing or old, and leaves the job its own', async () => {
    await telling()
    expect((await runner.action(action, workspace, {})).used.map(({name}) => name)).not.toContain(
      'actions/setup-node',
    )
    // Node as another step has set it up; the real one, which a second one is, takes its place for the scripts.
    const tool = path.join(runner.root, 'tools/node/18.20.0/x64/bin')
    mkdirSync(tool, {recursive: true})
    writeFileSync(
      path.join(tool, 'node'),
      `#!/bin/sh
case "$1 $2" in
  "-e "*) exit 1;;
  "-p "*) echo "${tool}";;
  *) exec "${process.execPath}" "$@";;
esac
`,
    )
    chmodSync(path.join(tool, 'node'), 0o755)
    const env = {...ENV, PATH: `${tool}:${process.env.PATH}`}
    const {code, used, paths} = await runner.action(action, workspace, {}, {env})
    expect(used[0]).toEqual({
      name: 'actions/setup-node',
      with: {'node-version': '24', 'package-manager-cache': 'false'},
    })
    expect(paths).toBe(`${tool}\n`)
    expect(code).toBe(0)
  })

  it('runs as released: what is built is installed with what it needs, without a cache', async () => {
    rmSync(action, {recursive: true})
    writeReleaseTree(action)
    const root = await repository({
      'old.md': '[gone](gone.md)\n',
      'b.md': '# B\n',
      'my docs/a.md': '[b](../b.md)\n',
      '.npmrc': 'registry=http://localhost:1/\n',
    })
    await git(root, 'commit', '-q', '-m', 'base')
    const since = (await git(root, 'rev-parse', 'HEAD')).trim()
    const inputs = {since, offline: 'true', paths: 'my docs\n', args: '--max-warnings 0'}
    const first = await runner.action(action, root, inputs)
    expect(first).toMatchObject({code: 0, outputs: {'exit-code': '0'}, used: []})
    await git(root, 'rm', '-q', 'b.md')
    const {code, out, outputs, used} = await runner.action(action, root, inputs)
    expect(out).toMatch(
      /^::error file=my docs\/a\.md,line=1,.*::Unexpected link to missing file `\.\.\/b\.md`/m,
    )
    expect(out).not.toContain('gone.md')
    expect({code, outputs, used}).toEqual({code: 1, outputs: {'exit-code': '1'}, used: []})
    expect(existsSync(path.join(action, 'node_modules'))).toBe(false)
  })

  it('runs at any commit: it is built once, and the next job takes it from the cache', async () => {
    await copyTracked(action, ALL)
    expect(existsSync(path.join(action, 'dist'))).toBe(false)
    const root = folder({'a.md': '[b](b.md)\n'})
    const first = await runner.action(action, root, {offline: 'true'})
    expect(first.out).toContain('Unexpected link to missing file `b.md`')
    expect(first.used.map(({name}) => name)).toEqual(['actions/cache/restore', 'actions/cache/save'])
    runner.renew()
    const second = await runner.action(action, root, {offline: 'true'})
    expect(second.out).toContain('Unexpected link to missing file `b.md`')
    expect(second.out).not.toContain('rolldown')
    expect(second.used.map(({name}) => name)).toEqual(['actions/cache/restore'])
    expect(second.used[0]!.with).toEqual(first.used[0]!.with)
    // The same ref may name something else tomorrow.
    writeFileSync(path.join(action, 'src/main.ts'), '\n', {flag: 'a'})
    const output = path.join(runner.root, 'output')
    const env = {...ENV, ACTION: action, RUNNER_TEMP: runner.temp, GITHUB_OUTPUT: output}
    await run(root, process.execPath, [path.join(action, 'scripts/action/locate.js')], env)
    const [, key] = /^key=(.+)$/m.exec(readFileSync(output, 'utf8'))!
    expect(key).not.toBe(first.used[0]!.with.key)
    expect(key!.slice(0, -64)).toBe(first.used[0]!.with.key!.slice(0, -64))
  })
})
