import {cpSync, mkdirSync, readFileSync, symlinkSync} from 'node:fs'
import path from 'node:path'
import {describe, expect, it} from 'vitest'
import {ENGINES, engines} from './needs.ts'
import {ENV, git, repository, run, write} from './repository.ts'

const isInstalled = engines('husky', 'lint-staged', 'lefthook')

/** A repository of old debt and two good pages, with a recipe, and doccheck and others as npm would install them. */
async function project(recipe: string): Promise<string> {
  const root = await repository({
    'package.json': '{"name": "docs", "private": true}\n',
    '.gitignore': 'node_modules\n',
    'old.md': '[gone](gone.md)\n',
    'a.md': '# A\n\n[b](b.md)\n',
    'b.md': '# B\n',
    'notes.txt': 'x\n',
  })
  await git(root, 'commit', '-q', '-m', 'first')
  const bin = path.join(root, 'node_modules/.bin')
  mkdirSync(bin, {recursive: true})
  symlinkSync(path.resolve('bin/doccheck.js'), path.join(bin, 'doccheck'))
  for (const name of ['husky', 'lint-staged', 'lefthook']) {
    symlinkSync(path.join(ENGINES, name), path.join(root, 'node_modules', name))
    symlinkSync(path.join(ENGINES, '.bin', name), path.join(bin, name))
  }
  cpSync(path.join('test/recipes', recipe), root, {recursive: true})
  const install = recipe === 'lefthook' ? ['lefthook', 'install'] : ['husky']
  const {code, out, err} = await run(root, path.join(bin, install[0]!), install.slice(1))
  expect({code, told: code === 0 || out + err}).toEqual({code: 0, told: true})
  await git(root, 'add', '--all')
  const first = await commit(root)
  expect({code: first.code, told: first.code === 0 || first.told}).toEqual({code: 0, told: true})
  return root
}

/** What `git commit` says and returns: the hook decides. */
async function commit(root: string, ...words: string[]) {
  const {code, out, err} = await run(root, 'git', ['commit', '-m', 'x', ...words], ENV)
  return {code, told: out + err}
}

const missing = (name: string) => `Unexpected link to missing file \`${name}\``

// Only the built command can be started by others; `npm test` builds it first.
describe.skipIf(!isInstalled)('in a hook', () => {
  it.each(['husky', 'lefthook', 'lint-staged'])('%s refuses a commit of a broken link', async (recipe) => {
    const root = await project(recipe)
    write(root, {'a.md': '# A\n\n[c](c.md)\n'})
    const refused = await commit(root, '--all')
    expect(refused.told).toContain(missing('c.md'))
    expect(refused.told).not.toContain('gone.md')
    expect(refused.code).toBe(1)
    write(root, {'c.md': '# C\n'})
    await git(root, 'add', '--all')
    expect((await commit(root)).code).toBe(0)
    expect(await git(root, 'status', '--short')).toBe('')
  })

  it.each(['husky', 'lefthook', 'lint-staged'])('%s judges what is staged of a file', async (recipe) => {
    const root = await project(recipe)
    const [good, bad] = ['# A\n\n[b](b.md)\n\nMore.\n', '# A\n\n[b](b.md)\n\nMore.\n\n[later](later.md)\n']
    write(root, {'a.md': good})
    await git(root, 'add', 'a.md')
    write(root, {'a.md': bad})
    const passed = await commit(root)
    expect({code: passed.code, told: passed.code === 0 || passed.told}).toEqual({code: 0, told: true})
    expect(readFileSync(path.join(root, 'a.md'), 'utf8')).toBe(bad)
    await git(root, 'add', 'a.md')
    write(root, {'a.md': good})
    const refused = await commit(root)
    expect(refused.told).toContain(missing('later.md'))
    expect(refused.code).toBe(1)
    expect(readFileSync(path.join(root, 'a.md'), 'utf8')).toBe(good)
  })

  it.each(['husky', 'lefthook'])('%s refuses a deletion that breaks a page, and no other', async (recipe) => {
    const root = await project(recipe)
    await git(root, 'rm', '-q', 'b.md')
    const refused = await commit(root)
    expect(refused.told).toContain(missing('b.md'))
    expect(refused.code).toBe(1)
    await git(root, 'reset', '-q', '--hard')
    await git(root, 'rm', '-q', 'notes.txt')
    expect((await commit(root)).code).toBe(0)
  })

  it('lint-staged commits what --fix repaired', async () => {
    const root = await project('lint-staged')
    write(root, {'c.md': '# C\n\n[a](A.md)\n'})
    await git(root, 'add', '--all')
    expect((await commit(root)).code).toBe(0)
    expect(await git(root, 'show', 'HEAD:c.md')).toBe('# C\n\n[a](a.md)\n')
  })
})
