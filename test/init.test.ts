import {spawn, spawnSync} from 'node:child_process'
import {chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync} from 'node:fs'
import path from 'node:path'
import {rolldown} from 'rolldown'
import {describe, expect, it} from 'vitest'
import {parse} from 'yaml'
import {init} from '../src/cli/commands/init.ts'
import type {InitFlags} from '../src/cli/init/options.ts'
import type {Prompts} from '../src/cli/init/prompts.ts'
import {UserError} from '../src/errors/errors.ts'
import {packageInfo} from '../src/report/package-info.ts'
import {command} from './needs.ts'
import {atHome, ENV, git, repository, run, write} from './repository.ts'
import {asNobody, doccheck, folder} from './run-doccheck.ts'
import {faultsOfWorkflow, hasLinters} from './workflows.ts'

const {version} = packageInfo()

/** Run `doccheck init` in a folder. @returns what it printed, its failure, and what it asked */
async function start(cwd: string, flags: InitFlags = {}, answers?: string[]) {
  const asked: string[] = []
  let out = ''
  const prompts: Prompts = {
    ask: async (question, choices, fallback) => {
      asked.push(`${question} ${choices.join('|')} ${fallback}`)
      return (answers!.shift() as typeof fallback | undefined) ?? fallback
    },
    close: () => {},
  }
  const io = {
    cwd,
    env: {},
    out: (text: string) => void (out += text),
    err: () => {},
    input: async () => new Uint8Array(),
    errIsTerminal: false,
    outIsTerminal: false,
    onInterrupt: () => () => {},
  }
  let failure: string | undefined
  try {
    expect(await init([], flags, io, answers && prompts)).toBe(0)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    failure = error.message
  }
  return {out, failure, asked, files: out.split('\n\n')[0]!.split('\n').filter(Boolean)}
}

const read = (root: string, name: string) => readFileSync(path.join(root, name), 'utf8')

describe('doccheck init', () => {
  it('writes a configuration that holds, a hook and a workflow', async () => {
    const root = await repository({'package.json': '{}\n', 'a.md': '# A\n'})
    const {files, out} = await start(root, {hook: 'husky', ci: 'github'})
    expect(files).toEqual([
      'created    .doccheckrc.yaml',
      'created    .husky/pre-commit',
      'updated    package.json',
      'created    .github/workflows/doccheck.yml',
    ])
    expect(out).toContain(`\nNext: npm install --save-dev doccheck-cli@${version} husky && npx husky\n`)
    expect(JSON.parse(read(root, 'package.json'))).toEqual({scripts: {prepare: 'husky'}})
    expect(read(root, '.doccheckrc.yaml')).toBe(
      '# yaml-language-server: $schema=./node_modules/doccheck-cli/schema.json\nextends: recommended\n',
    )
    // The hook is the recipe.
    expect(read(root, '.husky/pre-commit')).toBe(readFileSync('test/recipes/husky/.husky/pre-commit', 'utf8'))
    expect((await doccheck(root, ['--offline'])).code).toBe(0)
    expect((await doccheck(root, ['config'])).out).toContain('.doccheckrc.yaml')
    // Once more, nothing is to be done.
    expect((await start(root, {hook: 'husky', ci: 'github'})).files).toEqual([
      'unchanged  .doccheckrc.yaml',
      'unchanged  .husky/pre-commit',
      'unchanged  package.json',
      'unchanged  .github/workflows/doccheck.yml',
    ])
  })

  it('sets the strict preset', async () => {
    const root = folder({'a.md': '# A\n'})
    await start(root, {preset: 'strict', hook: 'none', ci: 'none'})
    expect(read(root, '.doccheckrc.yaml')).toBe('extends: strict\n')
    expect((await doccheck(root, ['--offline'])).code).toBe(0)
  })

  it('asks two questions, with what was found as their defaults', async () => {
    const root = folder({'lefthook.yml': '', '.gitlab-ci.yml': ''})
    const {asked, files} = await start(root, {}, [])
    expect(asked).toEqual([
      'Which tool runs hooks before a commit? pre-commit|husky|lefthook|lint-staged|none lefthook',
      'Which CI service checks pushed changes? github|gitlab|none gitlab',
    ])
    expect(files).toEqual([
      'created    .doccheckrc.yaml',
      'updated    lefthook.yml',
      'updated    .gitlab-ci.yml',
    ])
    expect((await start(root, {yes: true}, ['husky', 'github'])).asked).toEqual([])
    expect((await start(root, {hook: 'none', ci: 'none'}, [])).asked).toEqual([])
  })

  it.each<[string, string, Record<string, string | Uint8Array>]>([
    ['pre-commit', 'none', {'.pre-commit-config.yaml': 'repos: []\n'}],
    ['lefthook', 'none', {'.lefthook.yaml': 'output: false\n'}],
    ['lefthook', 'none', {'lefthook.toml': ''}],
    ['lefthook', 'none', {'.lefthook.jsonc': '{}'}],
    ['lefthook', 'none', {'.config/lefthook.yml': ''}],
    [
      'husky',
      'github',
      {'.husky/pre-commit': 'npm test\n', '.github/x': '', 'package.json': '{"lint-staged": {}}'},
    ],
    ['lint-staged', 'none', {'package.json': '{"lint-staged": {}}'}],
    ['lint-staged', 'gitlab', {'.lintstagedrc.json': '{}', '.gitlab-ci.yml': ''}],
    ['pre-commit', 'none', {'.git/hooks/pre-commit': '#!/bin/sh\n# File generated by pre-commit: x\n'}],
    ['lefthook', 'none', {'.git/hooks/pre-commit': '#!/bin/sh\ncall_lefthook run "pre-commit"\n'}],
    ['none', 'none', {'.git/hooks/pre-commit': new Uint8Array([0x7f, 0x45, 0xff, 0xfe, 0])}],
    ['none', 'none', {'package.json': 'not JSON', '.git/hooks/pre-commit.sample': 'lefthook'}],
  ])('finds %s and %s', async (hook, ci, files) => {
    const {asked} = await start(folder(files), {}, ['none', 'none'])
    expect(asked.map((question) => question.split(' ').at(-1))).toEqual([hook, ci])
  })

  it('keeps the configuration that is there', async () => {
    for (const files of [
      {'doccheck.config.js': 'export default {}\n'},
      {'package.json': '{"doccheck": {}}\n'},
    ]) {
      const root = folder(files)
      const name = Object.keys(files)[0]!
      expect((await start(root, {hook: 'none', ci: 'none'})).files).toEqual([`unchanged  ${name}`])
      expect(readdirSync(root)).toEqual([name])
    }
  })

  it('replaces another workflow only where it is told to, and otherwise writes nothing at all', async () => {
    const name = '.github/workflows/doccheck.yml'
    const root = folder({[name]: 'mine\n'})
    const flags = {hook: 'husky', ci: 'github'} as const
    expect((await start(root, flags)).failure).toBe(
      `${name} already exists, nothing was written; use --force to overwrite it`,
    )
    expect(readdirSync(root)).toEqual(['.github'])
    const no = await start(root, flags, [])
    expect(no.asked).toEqual([`Overwrite ${name}? yes|no no`])
    expect(no.files).toContain(`unchanged  ${name}`)
    expect(read(root, name)).toBe('mine\n')
    expect((await start(root, flags, ['yes'])).files).toContain(`updated    ${name}`)
    expect(read(root, name)).toMatch(/^name: doccheck\n/)
    write(root, {[name]: 'mine\n'})
    await start(root, {...flags, force: true})
    expect(read(root, name)).toMatch(/^name: doccheck\n/)
  })

  it('says of a folder that cannot be listed that it cannot', async () => {
    const root = folder()
    await start(root, {hook: 'none', ci: 'none'})
    chmodSync(root, 0o300)
    const {failure} = await asNobody(root, () => start(root, {hook: 'none', ci: 'none'}))
    chmodSync(root, 0o700)
    expect(failure).toMatch(/^Cannot read the folder \S+: EACCES/)
  })

  it('adds to a file of the repository behind a link, whatever its name', async () => {
    const root = folder({'..hooks.yml': 'pre-push:\n  parallel: true\n'})
    symlinkSync('..hooks.yml', path.join(root, 'lefthook.yml'))
    expect((await start(root, {hook: 'lefthook', ci: 'none'})).failure).toBeUndefined()
    expect(read(root, '..hooks.yml')).toMatch(/doccheck/)
  })

  it('writes nothing through a link that leads out of the repository', async () => {
    const outside = folder({'pre-commit': 'theirs\n'})
    const root = folder()
    symlinkSync(outside, path.join(root, '.github'))
    symlinkSync(outside, path.join(root, '.husky'))
    symlinkSync(path.join(outside, 'gone.yml'), path.join(root, 'lefthook.yml'))
    const leads = /^Cannot write \S+: \.(?:github|husky\/pre-commit) is a symlink to outside the repository$/
    expect((await start(root, {hook: 'none', ci: 'github'})).failure).toMatch(leads)
    expect((await start(root, {hook: 'husky', ci: 'none', force: true})).failure).toMatch(leads)
    expect((await start(root, {hook: 'lefthook', ci: 'none'})).failure).toBe(
      'Cannot write lefthook.yml: lefthook.yml is a broken symlink',
    )
    expect(readdirSync(outside)).toEqual(['pre-commit'])
    expect(read(outside, 'pre-commit')).toBe('theirs\n')
    expect(existsSync(path.join(root, '.doccheckrc.yaml'))).toBe(false)
  })
})

describe('what doccheck init adds to files that are there', () => {
  const added = async (files: Record<string, string>, flags: InitFlags) => {
    const root = folder(files)
    const {failure} = await start(root, flags)
    expect(failure).toBeUndefined()
    const text = read(root, Object.keys(files)[0]!)
    await start(root, flags)
    // The second time, it is there.
    expect(read(root, Object.keys(files)[0]!)).toBe(text)
    return text
  }

  it("pre-commit's configuration keeps its comments and its style", async () => {
    const before =
      '# Ours\nrepos:\n- repo: https://example.org/x  # pinned\n  rev: "1.0"\n  hooks:\n  - id: x\n    args: [--a, \'b\']\n'
    const text = await added({'.pre-commit-config.yaml': before}, {hook: 'pre-commit', ci: 'none'})
    expect(text.startsWith(before)).toBe(true)
    expect(parse(text).repos[1]).toEqual({
      repo: 'local',
      hooks: [
        {
          id: 'doccheck',
          name: 'doccheck',
          entry: 'doccheck --staged --offline',
          language: 'node',
          additional_dependencies: [`doccheck-cli@${version}`],
          pass_filenames: false,
          always_run: true,
        },
      ],
    })
  })

  it('lefthook has it in whichever of its two ways the file has', async () => {
    const flags = {hook: 'lefthook', ci: 'none'} as const
    const recipe = readFileSync('test/recipes/lefthook/lefthook.yml', 'utf8')
    const root = folder({'package.json': '{}'})
    await start(root, flags)
    expect(read(root, 'lefthook.yml')).toBe(recipe)
    const run = 'doccheck --staged --offline'
    expect(
      parse(await added({'lefthook.yml': 'pre-commit:\n  commands:\n    a: {run: a}\n'}, flags)),
    ).toEqual({
      'pre-commit': {commands: {a: {run: 'a'}, doccheck: {run}}},
    })
    expect(parse(await added({'.lefthook.yml': 'pre-commit:\n  jobs:\n    - run: a\n'}, flags))).toEqual({
      'pre-commit': {jobs: [{run: 'a'}, {name: 'doccheck', run}]},
    })
  })

  it('lefthook has it in the file that it goes by; what is no YAML is left to its author', async () => {
    const flags = {hook: 'lefthook', ci: 'none'} as const
    const run = 'doccheck --staged --offline'
    expect(parse(await added({'.config/lefthook.yml': ''}, flags))).toEqual({
      'pre-commit': {jobs: [{name: 'doccheck', run}]},
    })
    for (const name of ['lefthook.toml', '.lefthook.json', '.config/lefthook.jsonc']) {
      const root = folder({[name]: ''})
      const {out, files} = await start(root, flags)
      expect(files).toContain(`by hand    ${name}`)
      expect(out).toContain(
        `doccheck does not edit ${name}; add a job to \`pre-commit\` that runs\n  ${run}\n`,
      )
      expect(read(root, name)).toBe('')
      write(root, {[name]: `"${run}"`})
      expect((await start(root, flags)).files).toEqual(['unchanged  .doccheckrc.yaml', `unchanged  ${name}`])
    }
  })

  it('lint-staged has it in package.json or in its own file; a program is left to its author', async () => {
    const flags = {hook: 'lint-staged', ci: 'none'} as const
    const root = folder()
    await start(root, flags)
    const recipe = readFileSync('test/recipes/lint-staged/.lintstagedrc.json', 'utf8')
    expect(JSON.parse(read(root, '.lintstagedrc.json'))).toEqual(JSON.parse(recipe))
    const text = await added({'package.json': '{\n\t"lint-staged": {\n\t\t"*.js": "x"\n\t}\n}\n'}, flags)
    const [pages] = Object.keys(JSON.parse(recipe))
    expect(text).toBe(
      `{\n\t"lint-staged": {\n\t\t"*.js": "x",\n\t\t"${pages}": "doccheck --fix --offline --no-test-data --"\n\t}\n}\n`,
    )
    const program = folder({'lint-staged.config.js': 'export default {}\n'})
    expect((await start(program, flags)).out).toContain(
      `doccheck does not edit lint-staged.config.js; add to it\n  "${pages}": "doccheck --fix`,
    )
  })

  it('husky has a line more', async () => {
    expect(await added({'.husky/pre-commit': 'npm test'}, {hook: 'husky', ci: 'none'})).toBe(
      'npm test\ndoccheck --staged --offline\n',
    )
  })

  it.each([
    ['npm test\nexit 0\n', true],
    ['#!/bin/sh\nexec npx lint-staged \\\n  --quiet', true],
    ['npm test; exit 0 # done\n\n# The end\n', true],
    ['npm test || exit 1\n', false],
    ['npm test || { echo no; exit 1; }\n', false],
    ['npm test || \\\n  exit 1\n', false],
    ['if test -n "$CI"; then\n  exit 0\nfi\n', false],
  ])('husky runs it where nothing would run behind the last command: %j', async (before, isBefore) => {
    const text = await added({'.husky/pre-commit': before}, {hook: 'husky', ci: 'none'})
    expect(text.replace('doccheck --staged --offline\n', '')).toBe(before)
    // What a shell makes of it, with the commands noted that are run.
    const commands = 'doccheck() { echo doccheck; }; npm() { echo npm; }'
    const place = folder({npx: '#!/bin/sh\necho npx\n'})
    chmodSync(path.join(place, 'npx'), 0o755)
    const env = {...ENV, PATH: `${place}:${process.env.PATH}`}
    const {stdout} = spawnSync('sh', ['-ec', `${commands}\n${text}`], {encoding: 'utf8', env})
    expect(stdout).toContain('doccheck\n')
    expect(text.endsWith('doccheck --staged --offline\n')).toBe(!isBefore)
  })

  it("GitLab's pipeline has a job, in a stage that it has", async () => {
    const flags = {hook: 'none', ci: 'gitlab'} as const
    const before =
      'stages: [lint, deploy]\r\n\r\n# Ours\r\nx:\r\n  script:\r\n    - !reference [.a, script]\r\n'
    const text = await added({'.gitlab-ci.yml': before}, flags)
    expect(text.startsWith(before)).toBe(true)
    expect(text.replaceAll('\r\n', '')).not.toContain('\n')
    expect(text).toContain('stage: lint\r\n')
    const root = folder()
    await start(root, flags)
    const {doccheck: job} = parse(read(root, '.gitlab-ci.yml'))
    expect(job).not.toHaveProperty('stage')
    // The shell of the runner makes these words of it.
    const words = (env: NodeJS.ProcessEnv) =>
      spawnSync(
        'sh',
        ['-ec', `npm() { :; }\ndoccheck() { printf '%s\\n' "$@"; }\n${job.script.join('\n')}`],
        {
          encoding: 'utf8',
          env: {...ENV, ...env},
        },
      ).stdout.split('\n')
    const rest = ['--reporter', 'text', '--reporter', 'gitlab:gl-code-quality-report.json', '']
    expect(job.script).toHaveLength(4)
    expect(job.script[2]).toBe(`npm install --global --ignore-scripts doccheck-cli@${version}`)
    const first = ['--offline', '--no-config-code']
    expect(words({})).toEqual([...first, ...rest])
    const inMain = {CI_DEFAULT_BRANCH: 'main', CI_COMMIT_BRANCH: 'main'}
    expect(words(inMain)).toEqual([...first, ...rest])
    expect(words({...inMain, CI_COMMIT_BRANCH: 'x'})).toEqual([...first, '--since=origin/main', ...rest])
    const ofRequest = {CI_DEFAULT_BRANCH: 'main', CI_MERGE_REQUEST_DIFF_BASE_SHA: 'abc'}
    expect(words(ofRequest)).toEqual([...first, '--since=abc', ...rest])
  })

  it("GitLab's job tells what a merge request breaks, and leaves a report of it", async () => {
    const root = await repository({'a.md': '[b](b.md) [gone](gone.md)\n', 'b.md': '# B\n'})
    await start(root, {hook: 'none', ci: 'gitlab'})
    await git(root, 'commit', '-q', '-m', 'x')
    const script = parse(read(root, '.gitlab-ci.yml')).doccheck.script.join('\n')
    // The built command stands in for what npm would install; `npm test` builds it first.
    const npm = `npm() { :; }\ndoccheck() { '${process.execPath}' '${path.resolve('bin/doccheck.js')}' "$@"; }`
    const base = (await git(root, 'rev-parse', 'HEAD')).trim()
    const env = {...ENV, CI_MERGE_REQUEST_DIFF_BASE_SHA: base}
    const job = () => run(root, 'sh', ['-ec', `${npm}\n${script}`], env)
    expect((await job()).code).toBe(0)
    await git(root, 'rm', '-q', 'b.md')
    expect((await job()).code).toBe(1)
    const report: {description: string}[] = JSON.parse(read(root, 'gl-code-quality-report.json'))
    expect(report).toHaveLength(1)
    expect(report[0]!.description).toContain('missing file `b.md`')
  })

  it('nothing is changed in what is not understood', async () => {
    for (const text of [
      '- a\n',
      'repos: [\n',
      'repos: x\n',
      'a: &a []\nrepos: *a\n',
      'repos: []\n---\nb: [\n',
    ]) {
      const root = folder({'.pre-commit-config.yaml': text})
      const {out, files} = await start(root, {hook: 'pre-commit', ci: 'none'})
      expect({text, files}).toEqual({
        text,
        files: ['created    .doccheckrc.yaml', 'by hand    .pre-commit-config.yaml'],
      })
      expect(out).toContain('\n  repos:\n    - repo: local\n      hooks:\n        - id: doccheck\n')
      expect(read(root, '.pre-commit-config.yaml')).toBe(text)
    }
    for (const [name, text] of [
      ['.lintstagedrc.json', '[]\n'],
      ['.lintstagedrc.json', ''],
      ['package.json', '{"lint-staged": "x"}\n'],
    ] as const) {
      const root = folder({[name]: text})
      expect((await start(root, {hook: 'lint-staged', ci: 'none'})).out).toContain(
        `${name} has no object of globs and commands; add\n  "*.{md,`,
      )
      expect(read(root, name)).toBe(text)
    }
  })
})

const hasPreCommit = command('pre-commit (Debian: pre-commit)', ['pre-commit']) !== undefined
it.skipIf(!hasPreCommit)('pre-commit takes the configuration for its own', async () => {
  const root = folder()
  await start(root, {hook: 'pre-commit', ci: 'none'})
  expect(await run(root, 'pre-commit', ['validate-config'])).toMatchObject({code: 0, out: ''})
})

// The package comes from a file here, not from the registry; the build is that of the checkout.
it.skipIf(!hasPreCommit)(
  'the real pre-commit installs the package, and refuses what a deletion breaks',
  async () => {
    const root = await repository({'a.md': '[b](b.md)\n', 'b.md': '# B\n'})
    await start(root, {hook: 'pre-commit', ci: 'none'})
    const place = folder()
    const words = ['pack', '--silent', '--ignore-scripts', '--pack-destination', place]
    const packed = (await run('.', 'npm', words)).out.trim()
    const name = '.pre-commit-config.yaml'
    write(root, {[name]: read(root, name).replace(/doccheck-cli@\S+/, path.join(place, packed))})
    await git(root, 'add', '--all')
    const env = atHome(place)
    expect(await run(root, 'pre-commit', ['install'], env)).toMatchObject({code: 0})
    const commit = () => run(root, 'git', ['commit', '-m', 'x'], env)
    const first = await commit()
    expect({code: first.code, told: first.code === 0 || first.err}).toEqual({code: 0, told: true})
    await git(root, 'rm', '-q', 'b.md')
    const refused = await commit()
    expect(refused.err).toContain('Unexpected link to missing file `b.md`')
    expect(refused.code).toBe(1)
  },
  300_000,
)

it.each([
  ['pre-commit', 'none', 'pre-commit/.pre-commit-config.yaml'],
  ['lint-staged', 'none', 'lint-staged/.lintstagedrc.json'],
  ['none', 'github', 'github/.github/workflows/doccheck.yml'],
  ['none', 'gitlab', 'gitlab/.gitlab-ci.yml'],
] as const)('writes what the recipe says: %s, %s', async (hook, ci, recipe) => {
  const root = folder()
  await start(root, {hook, ci})
  await expect(read(root, recipe.replace(/^[^/]+\//, ''))).toMatchFileSnapshot(`recipes/${recipe}`)
})

it('the workflow starts the package by its own name, and not what is called doccheck on the registry', async () => {
  const root = folder()
  await start(root, {hook: 'none', ci: 'github'})
  const {jobs} = parse(read(root, '.github/workflows/doccheck.yml'))
  const scripts = [jobs.change, jobs.remote].map(({steps}) =>
    steps.flatMap(({run}: {run?: string}) => run ?? []).join('\n'),
  )
  const words = scripts.map(
    (script) =>
      spawnSync('bash', ['-euc', `npm() { printf '%s\\n' "$@"; }\ndoccheck() { npm "$@"; }\n${script}`], {
        encoding: 'utf8',
        env: {...ENV, BASE: 'a b'},
      }).stdout,
  )
  const install = `install\n--global\n--ignore-scripts\ndoccheck-cli@${version}\n`
  const reporters = '--reporter\ngithub\n--reporter\ntext\n'
  expect(words).toEqual([
    `${install}--offline\n--no-config-code\n--since\na b\n${reporters}`,
    `${install}--rule\nno-dead-link: error\n${reporters}`,
  ])
})

it('what CI installs comes from where no checkout says', async () => {
  const root = folder({'.npmrc': 'registry=http://127.0.0.1:9/\n', 'package.json': '{"name": "x"}'})
  const registry = (...words: string[]) => run(root, 'npm', ['config', 'get', 'registry', ...words])
  expect((await registry()).out).toBe('http://127.0.0.1:9/\n')
  expect((await registry('--global')).out).not.toContain('127.0.0.1:9')
})

it('what CI checks a change with runs a configuration that is a program', async () => {
  for (const [ci, file] of [
    ['github', '.github/workflows/doccheck.yml'],
    ['gitlab', '.gitlab-ci.yml'],
  ] as const) {
    const root = folder({'doccheck.config.js': 'export default {}'})
    await start(root, {hook: 'none', ci})
    expect(read(root, file)).toContain('doccheck --offline ')
    expect(read(root, file)).not.toContain('--no-config-code')
  }
})

it.skipIf(!hasLinters)('the workflow has no faults', async () => {
  const root = folder()
  await start(root, {hook: 'none', ci: 'github'})
  expect(await faultsOfWorkflow(read(root, '.github/workflows/doccheck.yml'))).toEqual([])
})

describe('at a terminal', () => {
  /** `doccheck init`, as far as it is about questions, started by `script` at a terminal of its own. */
  async function atTerminal(root: string, typed: string[]) {
    const place = folder({
      'package.json': readFileSync('package.json', 'utf8'),
      'entry.ts': `import {init} from '${path.resolve('src/cli/commands/init.ts')}'
import {terminalPrompts} from '${path.resolve('src/cli/init/prompts.ts')}'
const io = {cwd: process.cwd(), out: (text: string) => process.stdout.write(text)}
await init([], {}, io as never, terminalPrompts()).catch((error) => {
  console.error(error.message)
  process.exitCode = 2
})
`,
    })
    const alias = {'jsonc-parser': path.resolve('node_modules/jsonc-parser/lib/esm/main.js')}
    const bundle = await rolldown({input: path.join(place, 'entry.ts'), platform: 'node', resolve: {alias}})
    await bundle.write({dir: path.join(place, 'dist'), format: 'esm', entryFileNames: '[name].js'})
    await bundle.close()
    const command = `'${process.execPath}' '${path.join(place, 'dist/entry.js')}'`
    const child = spawn('script', ['-qec', command, '/dev/null'], {cwd: root, env: ENV})
    let [screen, seen] = ['', 0]
    child.stdout.on('data', (text) => {
      screen += text
      // What is typed comes when a question is asked, not before.
      const end = screen.indexOf('] ', seen)
      if (end < 0 || typed.length === 0) return
      seen = end + 2
      child.stdin.write(typed.shift()!)
    })
    const status = await new Promise((resolve) => child.on('close', resolve))
    return {screen, status}
  }

  it('takes answers and their beginnings, asks again for others, and takes nothing for the default', async () => {
    const root = folder()
    mkdirSync(path.join(root, '.github'))
    const {screen, status} = await atTerminal(root, ['perhaps\n', 'hu\n', '\n'])
    expect(screen.match(/Which tool runs hooks before a commit\? \(/g)!.length).toBeGreaterThanOrEqual(2)
    expect(screen).toContain('Which CI service checks pushed changes? (github, gitlab, none) [github]')
    expect(screen).toContain('created    .husky/pre-commit')
    expect(screen).toContain('created    .github/workflows/doccheck.yml')
    expect(status).toBe(0)
  })

  it.each(['\u0004', '\u0003'])('writes nothing when the user leaves', async (key) => {
    const root = folder()
    const {screen, status} = await atTerminal(root, ['hu\n', key])
    expect(screen).toContain('Interrupted: nothing was written')
    expect(status).toBe(2)
    expect(readdirSync(root)).toEqual([])
  })
})
