import {spawnSync} from 'node:child_process'
import {cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {globbySync} from 'globby'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {ENV, run} from './repository.ts'
import {folder} from './run-doccheck.ts'

/** The programs that the docs show, apart from those that use doccheck as a library, which have a test of their own. */
const EXAMPLES = globbySync(['README.md', 'docs/**/*.md', '!docs/api.md']).flatMap((page) =>
  [...readFileSync(page, 'utf8').matchAll(/^```[cm]?[jt]sx?\n((?:\/\/ (\S+))?[\s\S]*?)^```$/gm)].map(
    ([, text, name]) => ({page, name: name ?? '', text: text!}),
  ),
)

const MODULES = Object.fromEntries(
  EXAMPLES.filter(({name}) => !name.startsWith('doccheck.config')).map(({name, text}) => [name, text]),
)

it('each program in the docs says which file it is', () => {
  expect(EXAMPLES.map(({name}) => name).sort()).toEqual([
    '.remarkrc.mjs',
    'doccheck.config.mjs',
    'doccheck.config.mjs',
    'handbook.mjs',
    'rules/no-shouting.mjs',
  ])
})

/** A folder for what is installed, once for all tests. */
const home = mkdtempSync(path.join(tmpdir(), 'doccheck-'))
afterAll(() => rmSync(home, {recursive: true, force: true}))
const at = (...names: string[]) => path.join(home, ...names)
const npm = (...words: string[]) => {
  const {status, stderr, stdout} = spawnSync(
    'npm',
    [...words, '--no-audit', '--no-fund', '--prefer-offline'],
    {
      cwd: home,
      encoding: 'utf8',
      env: ENV,
      shell: process.platform === 'win32',
    },
  )
  if (status !== 0) throw new Error(stderr)
  return stdout
}
let tarball = ''

/** Without the words of an npx that runs these tests. */
const OWN_ENV = {...ENV, npm_config_call: undefined, npm_config_package: undefined}

// The package as it is published, and a checkout as a CI job has it, apart from the docs.
beforeAll(() => {
  tarball = at(npm('pack', '--silent', '--ignore-scripts', process.cwd()).trim())
  npm('install', '--global', '--prefix', at('global'), tarball)
  npm('install', '--prefix', at('local'), tarball)
  for (const name of ['bin', 'dist', 'package.json']) cpSync(name, at('checkout', name), {recursive: true})
  symlinkSync(at('local', 'node_modules'), at('checkout', 'node_modules'), 'junction')
})

const installed = () => at('global', 'lib', 'node_modules')

/** How each install runs doccheck. */
const INSTALLS: [name: string, command: () => string[], env?: () => NodeJS.ProcessEnv][] = [
  ['a dependency of the tree', () => [process.execPath, 'node_modules/doccheck-cli/bin/doccheck.js']],
  ['a global install', () => [at('global', 'bin', 'doccheck')]],
  ['npx', () => ['npx', '--yes', '--prefer-offline', `--package=${tarball}`, 'doccheck']],
  ["an action's checkout", () => [process.execPath, at('checkout', 'bin', 'doccheck.js')]],
  // https://github.com/pre-commit/pre-commit/blob/main/pre_commit/languages/node.py
  ['pre-commit', () => [at('global', 'bin', 'doccheck')], () => ({NODE_PATH: installed()})],
]

describe.each(INSTALLS)('%s runs the programs of the docs', (install, command, env = () => ({})) => {
  /** A tree with the programs, and what they need. */
  const tree = (files: Record<string, string>) => {
    const root = folder({
      ...MODULES,
      'posts/a.md': '---\ntitle: A\n---\n',
      'guide/b.md': '# SHOUTING\n',
      'web/index.md': '# Web\n',
      'post.schema.json': '{"required": ["title"]}',
      ...files,
    })
    mkdirSync(path.join(root, 'node_modules'))
    const link = (name: string, place: string) => symlinkSync(place, path.join(root, 'node_modules', name))
    link('remark-lint-no-duplicate-headings', path.resolve('node_modules/remark-lint-no-duplicate-headings'))
    if (install === 'a dependency of the tree')
      link('doccheck-cli', at('local', 'node_modules', 'doccheck-cli'))
    return root
  }
  const doccheck = (root: string, ...words: string[]) => {
    const [program, ...first] = command()
    return run(root, program!, [...first, ...words], {...OWN_ENV, ...env()})
  }

  it.each(EXAMPLES.filter(({name}) => name.startsWith('doccheck.config')))(
    'the configuration of $page',
    async ({name, text}) => {
      const root = tree({[name]: text})
      const {code, out, err} = await doccheck(root, 'config')
      expect({code, err}).toEqual({code: 0, err: ''})
      expect(JSON.parse(out).files).toEqual([path.join(root, name)])
    },
  )

  it('rules and platforms, from modules and from CommonJS', async () => {
    const required = `module.exports = require('doccheck-cli').defineRule(
      {name: 'no-headings', needs: 'page', severity: 'warn', options: {}},
      ({headings}, {report}) => headings.forEach((heading) => report({...heading, message: 'Unexpected heading'})),
    )`
    const root = tree({
      '.doccheckrc.json': '{"plugins": ["./rules/no-shouting.mjs", "./handbook.mjs", "./required.cjs"]}',
      'required.cjs': required,
      'manual/handbook.json': '{"folder": "text"}',
      'manual/text/c.md': '[d](/d/)\n',
    })
    const {code, out} = await doccheck(root, '--offline', '--reporter', 'json')
    const files = JSON.parse(out) as {messages: {ruleId: string; reason: string}[]}[]
    expect(files.flatMap(({messages}) => messages.map(({ruleId, reason}) => `${ruleId}: ${reason}`))).toEqual(
      [
        'no-headings: Unexpected heading',
        'no-shouting: Unexpected shouting',
        'no-broken-link: Unexpected link to missing file `/d/`',
        'no-headings: Unexpected heading',
      ],
    )
    expect(code).toBe(1)
  })
})

it("uses the tree's own doccheck in its programs, and its rules, whichever doccheck runs", async () => {
  const root = folder({
    'a.md': '# A\n',
    'doccheck.config.mjs': `import {defineConfig, defineRule, UserError} from 'doccheck-cli'
      const rule = defineRule(
        {
          name: 'own',
          needs: 'page',
          severity: 'warn',
          options: {},
          prepare() {
            throw new UserError(import.meta.resolve('doccheck-cli'))
          },
        },
        () => {},
      )
      export default defineConfig({plugins: [rule]})`,
  })
  mkdirSync(path.join(root, 'node_modules'))
  symlinkSync(at('local', 'node_modules', 'doccheck-cli'), path.join(root, 'node_modules/doccheck-cli'))
  const {code, err} = await run(root, at('global', 'bin', 'doccheck'), ['--offline'])
  expect(err).toContain(at('local', 'node_modules', 'doccheck-cli', 'dist', 'index.js'))
  expect([code, err.trimEnd().split('\n').length]).toEqual([2, 1])
})

it('lets programs import nothing else that is not installed', async () => {
  const root = folder({'a.md': '# A\n', 'doccheck.config.mjs': `import 'satteri'\nexport default {}`})
  const {code, err} = await run(root, at('global', 'bin', 'doccheck'), ['--offline'])
  expect(err).toMatch(/doccheck\.config\.mjs:1:8 cannot be read: Cannot find package 'satteri'\n$/)
  expect(code).toBe(2)
})

it('remark runs the configuration of the docs for it', () => {
  const root = folder({'.remarkrc.mjs': MODULES['.remarkrc.mjs']!, 'a.md': '[b](b.md) [c](/api/c)\n'})
  mkdirSync(path.join(root, 'node_modules'))
  for (const name of ['remark-lint', 'remark-cli'])
    symlinkSync(path.resolve('node_modules', name), path.join(root, 'node_modules', name))
  symlinkSync(at('local', 'node_modules', 'doccheck-cli'), path.join(root, 'node_modules/doccheck-cli'))
  const {status, stderr} = spawnSync(
    process.execPath,
    ['node_modules/remark-cli/cli.js', '.', '--no-color'],
    {
      cwd: root,
      encoding: 'utf8',
      env: ENV,
    },
  )
  expect(stderr.match(/Unexpected [^`]*`[^`]*`/g)).toEqual(['Unexpected link to missing file `b.md`'])
  expect(status).toBe(1)
})
