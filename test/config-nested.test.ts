import {existsSync} from 'node:fs'
import path from 'node:path'
import {describe, expect, it} from 'vitest'
import {Doccheck} from '../src/api/doccheck.ts'
import {git, repository, write} from './repository.ts'
import {doccheck, folder} from './run-doccheck.ts'

const PAGE = '[x](gone.md)\n\n[y]: https://example.org\n'
const off = (...rules: string[]) =>
  JSON.stringify({rules: Object.fromEntries(rules.map((rule) => [rule, 'off']))})

/** A monorepo: pages at the top and in packages. */
const tree = (files: Record<string, string>) =>
  folder({'.git/HEAD': '', 'a.md': PAGE, 'pkg/b.md': PAGE, 'pkg/sub/c.md': PAGE, 'lib/d.md': PAGE, ...files})

/** The findings, as `path rule`. */
async function found(cwd: string, ...words: string[]) {
  const {out, err} = await doccheck(cwd, [...words, '--reporter', 'json'])
  expect(err).toBe('')
  const files = JSON.parse(out) as {path: string; messages: {ruleId: string}[]}[]
  return files.flatMap(({path: name, messages}) => messages.map(({ruleId}) => `${name} ${ruleId}`))
}

const BOTH = ['no-broken-link', 'no-unused-definition']

describe('a configuration in a folder below', () => {
  it('replaces the one above for the files in its folder', async () => {
    const cwd = tree({
      '.doccheckrc.json': off(...BOTH),
      'pkg/.doccheckrc.yaml': 'rules: {no-broken-link: off}\n',
    })
    const own = ['pkg/b.md no-unused-definition', 'pkg/sub/c.md no-unused-definition']
    expect(await found(cwd)).toEqual(own)
    expect(await found(cwd, 'pkg/b.md')).toEqual([own[0]])
    // From within, it is the only one.
    expect(await found(path.join(cwd, 'pkg'))).toEqual(own.map((each) => each.replace('pkg/', '')))
    expect(await found(path.join(cwd, 'lib'))).toEqual([])
  })
  it('extends the one above if it says so', async () => {
    const cwd = tree({
      '.doccheckrc.json': off('no-broken-link'),
      'pkg/doccheck.config.mjs': `export default {extends: '../.doccheckrc.json', rules: {'no-unused-definition': 'off'}}`,
    })
    expect(await found(cwd)).toEqual(['a.md no-unused-definition', 'lib/d.md no-unused-definition'])
  })
  it('needs none above, and the nearest one wins', async () => {
    const cwd = tree({
      'pkg/.doccheckrc': off(...BOTH),
      'pkg/sub/.doccheckrc.toml': '[rules]\nno-broken-link = "off"\n',
      'lib/.doccheckrc.json': off(...BOTH),
    })
    expect(await found(cwd)).toEqual([
      ...BOTH.map((rule) => `a.md ${rule}`),
      'pkg/sub/c.md no-unused-definition',
    ])
  })
  it('has globs relative to its folder, and ignores files besides those ignored above', async () => {
    const cwd = tree({
      '.doccheckrc.json': JSON.stringify({ignore: ['pkg/b.md', 'a.md']}),
      'pkg/.doccheckrc.json': JSON.stringify({
        ignore: ['ignored/**'],
        overrides: [{files: 'sub/*.md', rules: {'no-broken-link': 'off'}}],
      }),
      'pkg/ignored/e.md': PAGE,
      'lib/.doccheckrc.json': off(...BOTH),
    })
    expect(await found(cwd)).toEqual(['pkg/sub/c.md no-unused-definition'])
    expect((await doccheck(cwd, ['sites'])).out).toContain('2 pages')
  })
  it('has rules of its own', async () => {
    const rule = `{name: 'own', needs: 'page', severity: 'error', options: {}, check: ({headings}, {report}) =>
      headings.forEach((heading) => report({...heading, message: 'Unexpected heading'}))}`
    const cwd = tree({
      'pkg/.doccheckrc.json': JSON.stringify({
        plugins: ['./own.mjs'],
        rules: {'no-broken-link': 'off', own: 'warn'},
      }),
      'pkg/own.mjs': `export default Object.assign(() => {}, {rule: ${rule}})`,
      'pkg/b.md': '# B\n',
      'pkg/sub/c.md': '<!-- lint disable own -->\n\n# C\n',
      'a.md': '# A\n',
      'lib/d.md': '# D\n',
    })
    expect(await found(cwd)).toEqual(['pkg/b.md own'])
  })
  it('is overridden by the command line', async () => {
    const cwd = tree({'pkg/.doccheckrc.json': '{"rules": {"no-broken-link": "error"}}'})
    expect(await found(cwd, ...BOTH.map((rule) => `--rule=${rule}: off`))).toEqual([])
  })
  it.each([['--no-config'], ['--config', 'own.json']])('does not count with %s', async (...words) => {
    const cwd = tree({'pkg/.doccheckrc.json': '{', 'own.json': off('no-broken-link')})
    expect((await found(cwd, 'pkg/b.md', ...words)).length).toBe(words.length === 1 ? 2 : 1)
  })
  it('is not read unless it applies to a page that is checked', async () => {
    const cwd = tree({
      '.doccheckrc.json': JSON.stringify({ignore: ['lib/**'], rules: JSON.parse(off(...BOTH)).rules}),
      'lib/.doccheckrc.json': '{',
      'tests/fixtures/.doccheckrc.json': '{',
      'tests/fixtures/e.md': PAGE,
      'empty/.doccheckrc.json': '{',
      'pkg/.doccheckrc.json': off('no-broken-link'),
    })
    expect((await found(cwd)).length).toBe(2)
    const {code, err} = await doccheck(cwd, ['tests/fixtures'])
    expect(err).toContain(`${path.join(cwd, 'tests/fixtures/.doccheckrc.json')}:1:2 cannot be read`)
    expect(code).toBe(2)
  })
  it('says which keys have no effect, and which file comes first', async () => {
    const remote = '{\n"remote": {"retries": 1},\n"baseline": "b.json",\n"rules": {}}'
    const cwd = tree({'pkg/.doccheckrc.json': remote})
    const file = path.join(cwd, 'pkg/.doccheckrc.json')
    const {err} = await doccheck(cwd, ['--offline'])
    expect(err).toBe(
      `doccheck: ${file}:2:1: "remote" has no effect in a run from ${cwd}, only in one from this folder\n` +
        `doccheck: ${file}:3:1: "baseline" has no effect in a run from ${cwd}, only in one from this folder\n`,
    )
  })
  it('has no plugin of remark but those of all pages', async () => {
    const plugin = path.resolve('node_modules/remark-lint-no-duplicate-headings')
    const cwd = tree({
      '.doccheckrc.json': JSON.stringify({plugins: ['./dup.mjs']}),
      'dup.mjs': `export {default} from ${JSON.stringify(`${plugin}/index.js`)}`,
      'pkg/.doccheckrc.json': '{"extends": "../.doccheckrc.json"}',
    })
    expect((await found(cwd)).length).toBe(8)
    write(cwd, {
      'lib/.doccheckrc.json': '{"plugins": ["./other.mjs"]}',
      'lib/other.mjs': 'export default () => () => {}',
    })
    const {code, err} = await doccheck(cwd, [])
    expect(err).toBe(
      `doccheck: ${path.join(cwd, 'lib/.doccheckrc.json')}:1:2: Plugins of remark run on all pages: name them in the configuration of ${cwd}\n`,
    )
    expect(code).toBe(2)
  })
  it('is shown by `doccheck config`, and to programs', async () => {
    const cwd = tree({'.doccheckrc.json': '{}', 'pkg/.doccheckrc.json': off('no-broken-link')})
    const shown = async (...words: string[]) => JSON.parse((await doccheck(cwd, ['config', ...words])).out)
    const files = [path.join(cwd, 'pkg/.doccheckrc.json')]
    const below = await shown('pkg/sub/c.md')
    expect(below).toMatchObject({files, for: 'pkg/sub/c.md'})
    expect(below.rules).not.toHaveProperty('no-broken-link')
    expect(await shown('a.md')).toMatchObject({files: [path.join(cwd, '.doccheckrc.json')]})
    expect(await new Doccheck({cwd}).configFor('pkg/new.md')).toMatchObject({files})
  })
  it('is no program with --no-config-code, nor a symlink out of the tree', async () => {
    const cwd = tree({})
    const ran = path.join(cwd, 'ran')
    const program = path.join(cwd, 'pkg/doccheck.config.mjs')
    write(cwd, {
      'pkg/doccheck.config.mjs': `import {writeFileSync} from 'node:fs'\nwriteFileSync(${JSON.stringify(ran)}, '')`,
    })
    const {code, err} = await doccheck(cwd, ['--no-config-code'])
    expect(err).toContain(`The configuration ${program} is a program, which --no-config-code does not run`)
    expect([code, existsSync(ran)]).toEqual([2, false])
    expect((await doccheck(cwd, ['a.md', '--no-config-code'])).code).toBe(1)
    write(cwd, {'lib/.doccheckrc.json': '{"extends": "../../x.json"}'})
    expect((await doccheck(cwd, ['lib'])).err).toMatch(/\.doccheckrc\.json:1:2: .* leads out of the tree/)
  })
  it('comes from the commit with --config-from', async () => {
    const root = await repository({
      'a.md': PAGE,
      'pkg/b.md': PAGE,
      'pkg/.doccheckrc.json': off('no-broken-link'),
      'fixtures/.doccheckrc.json': '{',
    })
    await git(root, 'commit', '-q', '-m', 'base')
    await git(root, 'branch', 'base')
    write(root, {
      'pkg/.doccheckrc.json': off(...BOTH),
      'new/.doccheckrc.json': off(...BOTH),
      'new/c.md': PAGE,
    })
    expect(await found(root, '--config-from', 'base')).toEqual([
      ...BOTH.map((rule) => `a.md ${rule}`),
      ...BOTH.map((rule) => `new/c.md ${rule}`),
      'pkg/b.md no-unused-definition',
    ])
    expect(await found(root, 'pkg')).toEqual([])
  })
})
