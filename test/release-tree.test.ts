import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {pathToFileURL} from 'node:url'
import {afterAll, beforeAll, expect, it} from 'vitest'
import {commitAll, writeReleaseTree} from './release-tree.ts'
import {run} from './repository.ts'
import {folder} from './run-doccheck.ts'

/** The files of a folder with their contents. */
const contents = (root: string) =>
  readdirSync(root, {withFileTypes: true, recursive: true})
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .map((file) => [path.relative(root, file), readFileSync(file, 'latin1')])
    .sort()

const tree = mkdtempSync(path.join(tmpdir(), 'doccheck-'))
beforeAll(() => {
  writeReleaseTree(tree)
  commitAll(tree)
})
afterAll(() => rmSync(tree, {recursive: true, force: true}))

it('is installed from git by npm without building anything, and without a warning', async () => {
  const prefix = folder()
  const address = `git+${pathToFileURL(tree)}#release`
  const installed = await run(prefix, 'npm', ['install', '--global', '--prefix', prefix, address])
  // npm may have news of itself.
  expect(installed).toMatchObject({code: 0, err: expect.not.stringContaining('npm warn')})
  const global = path.join(prefix, process.platform === 'win32' ? '' : 'lib')
  const {out} = await run(global, 'npm', ['ls', '--all', '--parseable'])
  // The package itself, the parser with its binary, and type definitions.
  const packages = out.trim().split('\n').slice(1)
  expect(packages.length).toBeGreaterThan(3)
  expect(packages.length).toBeLessThanOrEqual(10)
  const docs = folder({'a.md': '[x](gone.md)\n'})
  const bin = path.join(global, 'node_modules/doccheck-cli/bin/doccheck.js')
  const checked = await run(docs, process.execPath, [bin, '--offline'])
  expect(checked).toMatchObject({code: 1, out: expect.stringContaining('missing file `gone.md`')})
})

it('has what the hooks, the action and `npm ci` read, and links that hold', async () => {
  const names = contents(tree).map(([name]) => name)
  for (const name of [
    '.pre-commit-hooks.yaml',
    'action.yml',
    'scripts/action/check.js',
    'LICENSE',
    'Dockerfile',
  ])
    expect(names).toContain(name)
  const manifest = JSON.parse(readFileSync(path.join(tree, 'package.json'), 'utf8'))
  for (const name of ['scripts', 'devDependencies']) expect(manifest).not.toHaveProperty(name)
  expect(await run(tree, 'npm', ['ci', '--dry-run', '--ignore-scripts'])).toMatchObject({code: 0})
  const words = ['bin/doccheck.js', '--offline', '--no-config', tree]
  expect(await run(process.cwd(), process.execPath, words)).toMatchObject({code: 0})
})

it('is the same each time, and replaces nothing', async () => {
  const second = path.join(folder(), 'made/here')
  writeReleaseTree(second)
  expect(contents(second)).toEqual(contents(tree).filter(([name]) => !name!.startsWith('.git/')))
  writeFileSync(path.join(second, 'README.md'), 'mine')
  const again = await run(process.cwd(), process.execPath, ['scripts/release-tree.js', second])
  expect(again).toEqual({code: 1, out: '', err: `${second} is not empty\n`})
  expect(readFileSync(path.join(second, 'README.md'), 'utf8')).toBe('mine')
})
