import {existsSync, rmSync, symlinkSync} from 'node:fs'
import path from 'node:path'
import {describe, expect, it} from 'vitest'
import {git, repository, write} from './repository.ts'
import {doccheck, folder} from './run-doccheck.ts'

const off = (...rules: string[]) =>
  JSON.stringify({rules: Object.fromEntries(rules.map((rule) => [rule, 'off']))})

/** A repository whose branch `base` has these files; the folder, and what is committed later, are another matter. */
async function changed(base: Record<string, string>, later: Record<string, string>): Promise<string> {
  const root = await repository({'a.md': '[x](gone.md)\n', ...base})
  await git(root, 'commit', '-q', '-m', 'base')
  await git(root, 'branch', 'base')
  write(root, later)
  return root
}

/** The severities of rules that hold. */
async function rulesFrom(root: string, ...words: string[]) {
  const {out, err} = await doccheck(root, ['config', '--config-from', 'base', ...words])
  expect(err).toBe('')
  const {files, rules} = JSON.parse(out) as {files: string[]; rules: Record<string, [string, object]>}
  return {files, names: Object.keys(rules), rules}
}

describe('--config-from', () => {
  it.each([
    ['.doccheckrc', off('no-broken-link')],
    ['.doccheckrc.json', off('no-broken-link')],
    ['.doccheckrc.yaml', 'rules: {no-broken-link: off}\n'],
    ['.doccheckrc.json', `\uFEFF${off('no-broken-link')}`],
    ['package.json', `{"doccheck": ${off('no-broken-link')}}`],
  ])('reads what the commit has, and nothing of the folder: %s', async (name, text) => {
    const evil = `{"rules": {"no-broken-link": "off", "no-missing-anchor": "off"}}`
    const root = await changed({[name]: text}, {[name]: evil, 'package.json': `{"doccheck": ${evil}}`})
    const {files, names} = await rulesFrom(root)
    expect(files).toEqual([`base:${name}`])
    expect(names).toContain('no-missing-anchor')
    expect(names).not.toContain('no-broken-link')
    expect((await doccheck(root, ['--config-from', 'base'])).code).toBe(0)
    write(root, {[name]: text})
    expect((await doccheck(root, [])).code).toBe(0)
    rmSync(path.join(root, name))
    expect((await doccheck(root, ['--config-from', 'base'])).code).toBe(0)
  })

  it('goes without one that the commit does not have, as in a folder without', async () => {
    const root = await changed(
      {'package.json': '{"doccheck": null}', '.doccheckrc.yaml': '\n', '.doccheckrc.yml': '# x\n'},
      {'.doccheckrc.json': off('no-broken-link'), 'doccheck.config.js': 'throw new Error("runs")'},
    )
    const {files, names} = await rulesFrom(root)
    expect(files).toEqual([])
    expect(names).toContain('no-broken-link')
    expect((await doccheck(root, ['--config-from', 'base'])).code).toBe(1)
  })

  it('says what it does not read, or ignores', async () => {
    const root = await changed({'doccheck.json': off('no-broken-link')}, {})
    const {err} = await doccheck(root, ['--config-from', 'base'])
    expect(err).toBe(
      'doccheck: The file base:doccheck.json is not read as a configuration. Did you mean ".doccheckrc.json"?\n',
    )
    const two = await changed({'.doccheckrc': '{}', 'doccheck.config.json': '{}'}, {})
    expect((await doccheck(two, ['--config-from', 'base'])).err).toBe(
      'doccheck: The configuration base:doccheck.config.json is ignored, since .doccheckrc beside it comes first\n',
    )
  })

  it('does not let .gitmodules of the folder hide it', async () => {
    const root = await changed(
      {'.doccheckrc.json': off('no-missing-anchor')},
      {'.gitmodules': '[submodule "x"]\n\tpath = .doccheckrc.json\n'},
    )
    expect((await rulesFrom(root)).files).toEqual(['base:.doccheckrc.json'])
  })

  it('looks from the current folder upwards, and globs are relative to its folder', async () => {
    const root = await changed(
      {
        'docs/b.md': '[x](gone.md)\n',
        'docs/.doccheckrc.json': '{"overrides": [{"files": "b.md", "rules": {"no-broken-link": "off"}}]}',
        'docs/deep/c.md': '# C\n',
      },
      {},
    )
    const {out, code} = await doccheck(path.join(root, 'docs/deep'), ['..', '--config-from', 'base'])
    expect(out).toContain('2 files checked')
    expect(out).toContain('no problems')
    expect(code).toBe(0)
    expect((await rulesFrom(root)).files).toEqual([])
  })

  it('takes from the commit what the configuration names: others, schemas, the baseline', async () => {
    const root = await changed(
      {
        'conf/rc.json': JSON.stringify({
          extends: ['recommended', './more.yaml'],
          rules: {'front-matter': ['error', {schemas: [{files: '**', schema: 'schema.json'}]}]},
          baseline: '../known.json',
        }),
        'conf/more.yaml': 'extends: ../more\n',
        'more.json': off('no-missing-anchor'),
        'conf/schema.json': '{"required": ["title"]}',
        'known.json': JSON.stringify({
          version: 1,
          problems: {'a.md': {'no-broken-link': ['gone.md', 'another.md']}},
        }),
      },
      {
        'conf/more.yaml': '[',
        'more.json': '[',
        'conf/schema.json': '{}',
        'known.json': '{"version": 1, "problems": {}}',
        'a.md': '[x](gone.md) [y](new.md) [z](#nowhere)\n',
      },
    )
    const words = ['--config-from', 'base', '--config', 'conf/rc.json']
    const expectFindings = async () => {
      const {out, code} = await doccheck(root, words)
      expect(out.match(/Unexpected[^\n]*?`[^`]*`/g)).toEqual([
        'Unexpected page without front matter, expected `title`',
        'Unexpected link to missing file `new.md`',
      ])
      expect(code).toBe(1)
    }
    await expectFindings()
    const {files} = await rulesFrom(root, '--config', 'conf/rc.json')
    expect(files).toEqual(['base:conf/rc.json', 'base:conf/more.yaml', 'base:more.json'])
    // The file of the folder is the one that is named.
    expect((await doccheck(root, [...words, '--baseline', 'known.json'])).out).toContain('`gone.md`')
    rmSync(path.join(root, 'known.json'))
    await expectFindings()
  })

  it('judges a change by the configuration that was there before', async () => {
    const root = await changed(
      {'.doccheckrc.json': '{"rules": {"no-broken-link": "error"}}'},
      {'.doccheckrc.json': off('no-broken-link'), 'b.md': '[y](new.md)\n'},
    )
    expect((await doccheck(root, ['--since', 'base'])).code).toBe(0)
    const {code, out} = await doccheck(root, ['--since', 'base', '--config-from', 'base'])
    expect(out).toContain('`new.md`')
    expect(out).not.toContain('`gone.md`')
    expect(code).toBe(1)
  })

  it('works in every command that takes a configuration', async () => {
    const root = await changed(
      {'.doccheckrc.json': '{"site": "jekyll", "ignore": ["a.md"]}', 'b.md': '# B\n'},
      {},
    )
    write(root, {'.doccheckrc.json': '{"plugins": ["./x.js"]}'})
    const from = ['--config-from', 'base']
    expect((await doccheck(root, ['sites', ...from])).out).toMatch(/jekyll +1 page/)
    expect((await doccheck(root, ['inspect', 'b.md', ...from])).out).toContain('"jekyll"')
    expect((await doccheck(root, ['baseline', ...from])).out).toContain('no baseline needed')
    expect((await doccheck(root, ['--stdin', ...from], {input: '# B\n'})).code).toBe(0)
    expect((await doccheck(root, ['--staged', ...from])).code).toBe(0)
  })

  it('works in a bare repository', async () => {
    const root = await changed({'.doccheckrc.json': off('no-broken-link')}, {})
    await git(root, 'commit', '-q', '--allow-empty', '-m', 'later')
    const bare = path.join(folder(), 'bare.git')
    await git(root, 'clone', '-q', '--bare', root, bare)
    const {out, err} = await doccheck(bare, ['config', '--config-from', 'base'])
    expect(err).toBe('')
    expect(JSON.parse(out).files).toEqual(['base:.doccheckrc.json'])
  })

  it('takes no configuration for missing that a partial clone only has not fetched', async () => {
    const root = await changed({'.doccheckrc.json': off('no-broken-link')}, {})
    await git(root, 'config', 'uploadpack.allowFilter', 'true')
    const bare = path.join(folder(), 'bare.git')
    await git(root, 'clone', '-q', '--bare', '--filter=blob:none', `file://${root}`, bare)
    const {code, err} = await doccheck(bare, ['config', '--config-from', 'base'])
    expect(err).toBe('doccheck: base:.doccheckrc.json: Cannot be read: git does not have its content\n')
    expect(code).toBe(2)
  })

  it('follows symlinks within the commit only', async () => {
    const root = await repository({'real/rc.json': off('no-broken-link'), 'a.md': '# A\n'})
    const secret = folder({'rc.json': off('no-missing-anchor')})
    symlinkSync('real/rc.json', path.join(root, '.doccheckrc.json'))
    symlinkSync(path.join(secret, 'rc.json'), path.join(root, 'out.json'))
    symlinkSync('real', path.join(root, 'dir'))
    await git(root, 'add', '--all')
    await git(root, 'commit', '-q', '-m', 'base')
    await git(root, 'branch', 'base')
    expect((await rulesFrom(root)).names).not.toContain('no-broken-link')
    expect((await rulesFrom(root, '--config', 'dir/rc.json')).names).not.toContain('no-broken-link')
    const {err, code} = await doccheck(root, ['--config-from', 'base', '--config', 'out.json'])
    expect({err, code}).toEqual({err: 'doccheck: Cannot find the configuration base:out.json\n', code: 2})
  })

  const config = (value: object) => ({'.doccheckrc.json': JSON.stringify(value)})
  const schema = (file: string) =>
    config({rules: {'front-matter': ['error', {schemas: [{files: '**', schema: file}]}]}})

  it.each<[string, Record<string, string>, RegExp, string[]?]>([
    [
      'a program',
      {'doccheck.config.js': 'throw new Error("runs")'},
      /^The configuration base:doccheck\.config\.js is a program, which --config-from does not run/,
    ],
    [
      'a program that is extended',
      {...config({extends: './x.cjs'}), 'x.cjs': 'throw new Error("runs")'},
      /^The configuration base:x\.cjs is a program, which --config-from does not run/,
    ],
    [
      'a plugin',
      config({plugins: ['./x.js']}),
      /^base:\.doccheckrc\.json:1:2: The plugins "\.\/x\.js" are programs, which --config-from does not run/,
    ],
    [
      'a package',
      config({extends: 'pkg'}),
      /"pkg" in "extends" is a package, but --config-from only reads files of base/,
    ],
    [
      'what is not there',
      config({extends: './no.json'}),
      /Cannot find "\.\/no\.json" in "extends": there is no such file in base/,
    ],
    [
      'a preset that is misspelt',
      config({extends: 'strikt'}),
      /Unknown preset "strikt" in "extends"\. Did you mean "strict"\?/,
    ],
    ['a file outside', config({extends: '/etc/hostname'}), /leads out of the tree/],
    ['a file above', config({extends: '../x.json'}), /leads out of the tree/],
    ['a schema above', schema('../x.json'), /"\.\.\/x\.json" of "front-matter" leads out of the tree/],
    [
      'a schema that is not there',
      schema('x.json'),
      /^base:x\.json, which "front-matter" names, cannot be read: there is no such file/,
    ],
    ['a baseline above', config({baseline: '../x.json'}), /"baseline" leads out of the tree/],
    ['a baseline that is not there', config({baseline: 'x.json'}), /^No such baseline: base:x\.json/],
    [
      'broken JSON',
      {'.doccheckrc.json': '{'},
      /^The configuration base:\.doccheckrc\.json:1:2 cannot be read: Close/,
    ],
    [
      'broken YAML',
      {'.doccheckrc': 'a: ['},
      /^The configuration base:\.doccheckrc:1:6 cannot be read: unexpected end/,
    ],
    [
      'a broken manifest',
      {'package.json': '{"doccheck": {}'},
      /^The configuration base:package\.json:1:16 cannot/,
    ],
    [
      'an unknown key of a manifest',
      {'package.json': '{"doccheck": {"import": "x"}}'},
      /^base:package\.json:1:15: Unknown key/,
    ],
    [
      'an unknown key',
      config({rule: {}}),
      /^base:\.doccheckrc\.json:1:2: Unknown key "rule"\. Did you mean "rules"/,
    ],
    [
      'a name that is not read',
      {'.doccheckrc.json5': '{}'},
      /^The file base:\.doccheckrc\.json5 is not read as a configuration\. Did you mean "\.doccheckrc\.json"\?/,
    ],
    [
      'one in .config',
      {'.config/doccheckrc': '{}'},
      /^The configuration base:\.config\/doccheckrc is not read: move it to the folder above/,
    ],
    ['a circle', config({extends: './.doccheckrc.json'}), /^base:\.doccheckrc\.json extends itself/],
    ['a file named', {}, /^Cannot find the configuration base:no\.json/, ['--config', 'no.json']],
    [
      'one of another format',
      {'x.ini': ''},
      /^The configuration base:x\.ini has the unknown extension "\.ini"\. Expected one of "\.json", /,
      ['--config', 'x.ini'],
    ],
    ['an empty one', {'x.json': ''}, /^The configuration base:x\.json is empty/, ['--config', 'x.json']],
    ['one outside', {}, /is outside the tree, so base has no such file/, ['--config', '../x.json']],
    ['none', {}, /--config-from cannot be used with --no-config/, ['--no-config']],
  ])('says what is wrong with %s', async (_, base, line, words = []) => {
    const root = await changed(base, {'node_modules/pkg/index.json': '{}', 'x.js': 'throw new Error("runs")'})
    const {code, err} = await doccheck(root, ['--config-from', 'base', ...words])
    expect(err.replace(/^doccheck: /, '')).toMatch(line)
    expect([code, err.trimEnd().split('\n').length]).toEqual([2, 1])
  })

  it('says what to do where there is no such commit', async () => {
    const root = await changed({}, {})
    const {code, err} = await doccheck(root, ['--config-from', 'no'])
    expect(err).toBe('doccheck: --config-from no: no such branch, tag or commit\n')
    expect(code).toBe(2)
    // What looks like an option is none of git's.
    const odd = await doccheck(root, [`--config-from=--output=${path.join(root, 'written')}`])
    expect([odd.code, existsSync(path.join(root, 'written'))]).toEqual([2, false])
    const none = await doccheck(folder({'a.md': ''}), ['--config-from', 'main'])
    expect(none.err).toMatch(/^doccheck: --config-from requires a git repository, and /)
    expect(none.code).toBe(2)
  })
})
