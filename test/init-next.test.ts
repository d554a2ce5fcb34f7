import {readFileSync} from 'node:fs'
import path from 'node:path'
import {expect, it} from 'vitest'
import {parse} from 'yaml'
import {packageInfo} from '../src/report/package-info.ts'
import {git, repository} from './repository.ts'
import {doccheck, folder} from './run-doccheck.ts'

const OWN = `doccheck-cli@${packageInfo().version}`

/** The command that `doccheck init` ends with; undefined if there is nothing to do. */
async function next(root: string, ...words: string[]): Promise<string | undefined> {
  const {out, err, code} = await doccheck(root, ['init', '--yes', ...words])
  expect({err, code}).toEqual({err: '', code: 0})
  return /^Next: (.*)$/m.exec(out)?.[1]
}

const MANIFEST = {'package.json': '{"private": true}\n'}

it.each<[Record<string, string>, string]>([
  [{}, `npm install --save-dev ${OWN} husky && npx husky`],
  [{'package-lock.json': '{}'}, `npm install --save-dev ${OWN} husky && npx husky`],
  [{'pnpm-lock.yaml': ''}, `pnpm add --save-dev ${OWN} husky && pnpm exec husky`],
  [
    {'pnpm-lock.yaml': '', 'pnpm-workspace.yaml': ''},
    `pnpm add --save-dev --workspace-root ${OWN} husky && pnpm exec husky`,
  ],
  [{'yarn.lock': '# yarn lockfile v1\n'}, `yarn add --dev ${OWN} husky && yarn husky`],
  [
    {'yarn.lock': '', 'package.json': '{"workspaces": ["a"]}'},
    `yarn add --dev --ignore-workspace-root-check ${OWN} husky && yarn husky`,
  ],
  [{'yarn.lock': '__metadata:\n  version: 8\n'}, `yarn add --dev ${OWN} husky && yarn husky`],
  [{'bun.lock': '{}'}, `bun add --dev ${OWN} husky && bunx husky`],
  [
    {'package.json': '{"packageManager": "pnpm@10.1.0+sha512.ab"}', 'package-lock.json': '{}'},
    `pnpm add --save-dev ${OWN} husky && pnpm exec husky`,
  ],
  [
    {'package.json': '{"devDependencies": {"husky": "^8.0.0"}}'},
    `npm install --save-dev ${OWN} && npx husky`,
  ],
  [
    {'package.json': '{"devDependencies": {"husky": "^8.0.0", "doccheck-cli": "1"}}', 'pnpm-lock.yaml': ''},
    'pnpm exec husky',
  ],
])('installs what is missing by the package manager in use: %j', async (files, command) => {
  expect(await next(folder({...MANIFEST, ...files}), '--hook=husky', '--ci=none')).toBe(command)
})

it('installs other tools, and the package where the configuration names it', async () => {
  const none = ['--hook=none', '--ci=none']
  // The configuration that it writes names the schema.
  expect(await next(folder(MANIFEST), ...none)).toBe(`npm install --save-dev ${OWN}`)
  expect(await next(folder(), ...none)).toBeUndefined()
  expect(await next(folder({'.doccheckrc.yaml': '{}\n', ...MANIFEST}), ...none)).toBeUndefined()
  expect(await next(folder(), '--hook=pre-commit', '--ci=none')).toBe('pre-commit install')
  expect(await next(folder(), '--hook=lefthook', '--ci=none')).toBe('lefthook install')
  expect(await next(folder(MANIFEST), '--hook=lefthook', '--ci=none')).toBe(
    `npm install --save-dev ${OWN} lefthook && npx lefthook install`,
  )
  const site = {
    'my docs/package.json': '{}',
    'my docs/doccheck.config.js': "import {defineConfig} from 'doccheck-cli'\n",
    'web/.doccheckrc.json': '{"$schema": "./node_modules/doccheck-cli/schema.json"}',
    'web/package.json': '{"devDependencies": {"doccheck-cli": "1"}}',
  }
  const root = await repository({...site, ...MANIFEST, '.doccheckrc.yaml': '{}\n'})
  expect(await next(root, ...none)).toBe(`(cd 'my docs' && npm install --save-dev ${OWN})`)
})

it('starts from any folder, and keeps the configuration that holds there', async () => {
  const root = await repository({'docs/.doccheckrc.yaml': '{}\n', 'docs/a/b.md': '# B\n'})
  const {out} = await doccheck(path.join(root, 'docs/a'), ['init', '--yes', '--ci=none'])
  expect(out).toContain('unchanged  docs/.doccheckrc.yaml\n')
  expect(out).not.toContain('created')
})

it.each([
  ['git@github.com:a/b.git', '.github/workflows/doccheck.yml'],
  ['https://token@github.com/a/b', '.github/workflows/doccheck.yml'],
  ['ssh://git@gitlab.example.org:2222/a/b.git', '.gitlab-ci.yml'],
  ['https://gitlab.com/a/b.git', '.gitlab-ci.yml'],
  ['https://notgithub.com/a/b', undefined],
  ['../gitlab.git', undefined],
])('--yes sets up CI where the remote is: %s', async (url, file) => {
  const root = await repository({'a.md': '# A\n'})
  await git(root, 'remote', 'add', 'origin', url)
  const {out} = await doccheck(root, ['init', '--yes'])
  const created = [...out.matchAll(/^created {4}(\S+)$/gm)].map(([, name]) => name)
  expect(created).toEqual(['.doccheckrc.yaml', ...(file === undefined ? [] : [file])])
})

const scriptsIn = (root: string) => JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).scripts

it('husky is set up by each install', async () => {
  const start = (root: string) => doccheck(root, ['init', '--yes', '--hook=husky', '--ci=none'])
  const before = '{\r\n\t"name": "x",\r\n\t"scripts": {\r\n\t\t"test": "a"\r\n\t}\r\n}\r\n'
  const root = folder({'package.json': before})
  await start(root)
  const after = readFileSync(path.join(root, 'package.json'), 'utf8')
  expect(after).toBe(before.replace('"a"', '"a",\r\n\t\t"prepare": "husky"'))
  expect((await start(root)).out).toContain('unchanged  package.json')
  const other = folder({'package.json': '{"scripts": {"prepare": "build"}}'})
  expect((await start(other)).out).toContain(
    'package.json already has the script prepare, which should run husky as well\n  "prepare": "build && husky"\n',
  )
  expect(scriptsIn(other)).toEqual({prepare: 'build'})
  // Yarn 2 and later runs no `prepare`.
  const yarn = folder({...MANIFEST, 'yarn.lock': '__metadata:\n'})
  await start(yarn)
  expect(scriptsIn(yarn)).toEqual({postinstall: 'husky'})
})

it('commands are run by Yarn where there is no node_modules', async () => {
  const files = {...MANIFEST, 'yarn.lock': '__metadata:\n'}
  const root = folder(files)
  for (const hook of ['husky', 'lefthook', 'lint-staged'])
    await doccheck(root, ['init', '--yes', `--hook=${hook}`, '--ci=none'])
  const text = (name: string) => readFileSync(path.join(root, name), 'utf8')
  expect(text('.husky/pre-commit')).toBe('yarn doccheck --staged --offline\n')
  expect(parse(text('lefthook.yml'))['pre-commit'].jobs[0].run).toBe('yarn doccheck --staged --offline')
  expect(Object.values(JSON.parse(text('.lintstagedrc.json')))).toEqual([
    'yarn doccheck --fix --offline --no-test-data --',
  ])
  const linked = folder({...files, '.yarnrc.yml': 'nodeLinker: node-modules\n'})
  await doccheck(linked, ['init', '--yes', '--hook=husky', '--ci=none'])
  expect(readFileSync(path.join(linked, '.husky/pre-commit'), 'utf8')).toBe('doccheck --staged --offline\n')
})
