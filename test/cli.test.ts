import {execFileSync, spawnSync} from 'node:child_process'
import {existsSync, mkdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {describe, expect, it} from 'vitest'
import {check} from '../src/engine/check.ts'
import {UnreadableError} from '../src/errors/errors.ts'
import {diskTree} from '../src/tree/disk.ts'
import {doccheck, folder} from './run-doccheck.ts'

const PAGE = '# A\n\n[gone](gone.md)\n\n[unused]: b.md\n'
const docs = () =>
  folder({'docs/a.md': PAGE, 'docs/b.md': '# B\n', 'README.md': '[a](docs/a.md)\n', 'note.txt': 'x'})

describe('exit codes', () => {
  it('is 0 without findings', async () => {
    expect((await doccheck(docs(), ['README.md'])).code).toBe(0)
  })
  it('is 1 with an error', async () => {
    expect((await doccheck(docs(), [])).code).toBe(1)
  })
  it('is 0 with warnings alone, 1 when they are too many', async () => {
    const cwd = docs()
    const off = ['--rule', 'no-broken-link: off']
    expect((await doccheck(cwd, off)).code).toBe(0)
    const {code, err} = await doccheck(cwd, [...off, '--max-warnings', '0'])
    expect([code, err]).toEqual([1, 'doccheck: Too many warnings: 1 (maximum: 0)\n'])
  })
  it.each([
    [['--offlin'], /Unknown option --offlin, did you mean --offline\?/],
    [['--max-warning', '5'], /Unknown option --max-warning, did you mean --max-warnings\?/],
    [['--no-cach'], /Unknown option --no-cach, did you mean --no-cache\?/],
    [['--hlp'], /Unknown option --hlp, did you mean --help\?/],
    [['--no-baseline'], /Unknown option --no-baseline/],
    [['--nothing-like-it'], /Unknown option --nothing-like-it \(see `doccheck --help`\)/],
    ...[
      'config',
      'rule',
      'site',
      'cache-location',
      'reporter',
      'since',
      'baseline',
      'max-warnings',
      'max-unknown',
      'stdin-filename',
    ].map((name): [string[], RegExp] => [[`--${name}`], new RegExp(`--${name} requires a value`)]),
    [['--config='], /--config requires a value/],
    [['--max-warnings='], /--max-warnings requires a value/],
    [['--max-warnings', 'abc'], /--max-warnings requires a non-negative integer/],
    [['--max-warnings', '-1'], /--max-warnings requires a non-negative integer/],
    [['--max-unknown', '0', '--since', 'main'], /--max-unknown cannot be used with --since/],
    [['--max-unknown', '0', '--staged'], /--max-unknown cannot be used with --staged/],
    [['--max-unknown', '-1'], /--max-unknown requires a non-negative integer/],
    [['--max-warnings', '0', '--max-warnings', '5'], /--max-warnings cannot be given more than once/],
    [['--config', 'a.json', '--config', 'b.json'], /--config cannot be given more than once/],
    [['sites', '--site', 'github', '--site', 'hugo'], /--site cannot be given more than once/],
    [['nowhere'], /No such file or folder: nowhere/],
    [['docs/aa.md'], /did you mean docs[\\/]a\.md\?/],
    [['note.txt'], /No Markdown files found in note\.txt/],
    [['*.nothing'], /No Markdown files found in/],
    [['--site', 'gitlabb'], /Invalid value 'gitlabb' for --site, did you mean 'gitlab'\?/],
    [
      ['--site', 'nothing'],
      /Invalid value 'nothing' for --site, expected one of github, gitlab, hexo, jekyll/,
    ],
    [['--reporter', 'jason'], /Unknown reporter jason, did you mean json\?/],
    [['--rule', 'no-broken-links: off'], /Unknown rule "no-broken-links"\. Did you mean "no-broken-link"/],
    [['--rule', 'no-broken-link: eror'], /is "eror"\. Did you mean "error"/],
    [['--rule', 'no-broken-link'], /expected 'name: severity'/],
    [['--config', 'gone.json'], /Cannot find the configuration .*gone\.json/],
    [['--stdin-filename', 'x.md'], /--stdin-filename requires --stdin/],
    [['--stdin', 'x.md'], /--stdin cannot be used with paths/],
    [['--stdin', '--stdin-filename', 'x.txt'], /x\.txt does not have a Markdown extension/],
    [['--stdin', '--stdin-filename', '../x.md'], /\.\.\/x\.md is outside the current folder/],
    [['--reporter', 'json:note.txt/report.json'], /Cannot write the report .*note\.txt.report\.json/],
    [['inspect'], /requires exactly one file/],
    [['rules', 'no-brokn-link'], /Unknown rule `no-brokn-link`, did you mean `no-broken-link`\?/],
  ])('is 2 with one line for %j', async (args, line) => {
    const {code, err, out} = await doccheck(docs(), args)
    expect(err).toMatch(line)
    expect(err.trimEnd().split('\n')).toHaveLength(1)
    expect([code, out]).toEqual([2, ''])
  })
  it.skipIf(process.platform !== 'linux')('is 2 where the system makes no folder', async () => {
    const {code, err} = await doccheck(docs(), ['--offline', '--reporter', 'json:/proc/nope/report.json'])
    expect({code, err}).toEqual({
      code: 2,
      err: expect.stringMatching(/^doccheck: Cannot write the report .*: ENOENT[^\n]*\n$/),
    })
  })
  it('takes a flag that is repeated', async () => {
    expect((await doccheck(docs(), ['--offline', '--offline', 'README.md'])).code).toBe(0)
  })
  it('is 2 in an empty folder', async () => {
    expect(await doccheck(folder(), [])).toMatchObject({
      code: 2,
      err: 'doccheck: No Markdown files found in this folder\n',
    })
  })
  it.each([
    [
      'rule',
      'Object.assign(() => {}, {rule: {name: "odd", needs: "page", severity: "warn", options: {}, check: fail}})',
      'unexpected error: rule odd on b.md: no',
    ],
    [
      'rule',
      'Object.assign(() => {}, {rule: {name: "odd", needs: "page", severity: "warn", options: {}, check() {}, prepare: async () => fail()}})',
      'unexpected error, the run was not completed: rule odd: no',
    ],
    ['plugin', '() => fail', 'unexpected error: plugins on b.md: no'],
  ])('is 2 where a %s of the user has a mistake, and names it and the page', async (_, code, words) => {
    const cwd = folder({
      'b.md': '# B\n',
      '.doccheckrc': '{"plugins": ["./odd.mjs"]}',
      'odd.mjs': `const fail = () => { throw new Error('no') }\nexport default ${code}\n`,
    })
    const {code: exit, err} = await doccheck(cwd, [])
    expect(exit).toBe(2)
    expect(err.split('\n')[0]).toBe(`doccheck: ${words}`)
    expect(err).toContain('odd.mjs:1')
    expect(err).not.toContain('This is a bug in doccheck')
  })
})

describe('which files', () => {
  const checked = async (cwd: string, args: string[]) =>
    JSON.parse((await doccheck(cwd, [...args, '--reporter', 'json'])).out).map(
      (file: {path: string}) => file.path,
    )

  it('takes folders, files and globs, each file once', async () => {
    const cwd = docs()
    expect(await checked(cwd, [])).toEqual(['README.md', 'docs/a.md', 'docs/b.md'])
    expect(await checked(cwd, ['docs', 'docs/a.md', '*.md'])).toEqual(['README.md', 'docs/a.md', 'docs/b.md'])
    expect(await checked(cwd, ['docs/*.md', '!docs/b.md'])).toEqual(['docs/a.md'])
    expect(await checked(path.join(cwd, 'docs'), ['../README.md'])).toEqual(['../README.md'])
  })
  it('leaves out what git ignores, unless it is named', async () => {
    const cwd = folder({
      '.gitignore': 'build/\n',
      'a.md': '# a\n',
      'build/b.md': '# b\n',
      'node_modules/c/c.md': '# c\n',
    })
    expect(await checked(cwd, [])).toEqual(['a.md'])
    expect(await checked(cwd, ['build/b.md'])).toEqual(['build/b.md'])
    expect(await checked(cwd, ['**/*.md'])).toEqual(['a.md'])
  })
  it('leaves out packages that are committed', async () => {
    const cwd = folder({
      'a.md': '# a\n',
      'go/vendor/modules.txt': '',
      'go/vendor/example.test/lamp/b.md': '# b\n',
      'php/vendor/autoload.php': '',
      'php/vendor/lamp/c.md': '# c\n',
      'third/lamp/.cargo-checksum.json': '{}',
      'third/lamp/d.md': '# d\n',
      'third/own/e.md': '# e\n',
      'vendor/f.md': '# f\n',
    })
    expect(await checked(cwd, [])).toEqual(['a.md', 'third/own/e.md', 'vendor/f.md'])
    expect(await checked(cwd, ['php/vendor/lamp/c.md'])).toEqual(['php/vendor/lamp/c.md'])
  })
  it('leaves out what Quarto keeps of a page with code', async () => {
    const cwd = folder({
      'a.html.md': '# a\n',
      'a.qmd': '# a\n',
      'b.knit.md': '# b\n',
      'b.Rmd': '# b\n',
      'c.html.md': '# c\n',
      'c.md': '# c\n',
      'd.fr.md': '# d\n',
      'd.qmd': '# d\n',
    })
    expect(await checked(cwd, ['.'])).toEqual(['c.html.md', 'c.md', 'd.fr.md'])
    expect(await checked(cwd, ['a.html.md'])).toEqual(['a.html.md'])
  })
  it('takes globs where patterns of .gitignore could be tried for ever, and those above the current folder', async () => {
    const cwd = folder({
      '.git/HEAD': '',
      '.gitignore': `${'*a'.repeat(12)}*b\ndocs/old\n`,
      [`docs/${'a'.repeat(200)}.md`]: '# a\n',
      'docs/old/b.md': '# b\n',
      'docs/.gitignore': 'c.md\n',
      'docs/c.md': '# c\n',
    })
    expect(await checked(path.join(cwd, 'docs'), ['**/*.md'])).toEqual([`${'a'.repeat(200)}.md`])
  })
  it('never checks what the configuration ignores, even when it is named', async () => {
    const cwd = folder({'.doccheckrc': 'ignore: [old/**]', 'a.md': '# a\n', 'old/b.md': '[x](gone.md)\n'})
    expect(await checked(cwd, ['a.md', 'old/b.md'])).toEqual(['a.md'])
    expect((await doccheck(cwd, ['old/b.md'])).code).toBe(0)
  })
  it('resolves the links of named files in the whole tree', async () => {
    const cwd = folder({'a.md': '[b](b.md#part)\n[b](b.md#prat)\n', 'b.md': '## Part\n\n[gone](gone.md)\n'})
    const {out} = await doccheck(cwd, ['a.md'])
    expect(out).toContain('missing anchor `#prat`')
    expect(out).not.toContain('gone.md')
  })
})

describe('names of files that look like options', () => {
  const names = [
    '--reporter=html:README.md',
    '--reporter=html:docs/a.md',
    '--fix.md',
    '--no-fix',
    '-h',
    '--rule=',
  ]
  const files = {...Object.fromEntries(names.map((name) => [name, '[x](x.md)\n'])), 'README.md': '# A\n'}

  it.each(names)('are refused: %s', async (name) => {
    const root = folder(files)
    const {code, out, err} = await doccheck(root, ['--offline', name])
    expect({code, out, err}).toEqual({
      code: 2,
      out: '',
      err: `doccheck: \`${name}\` is the name of a file, but would be parsed as an option; put \`--\` before file names\n`,
    })
    expect(readFileSync(path.join(root, 'README.md'), 'utf8')).toBe('# A\n')
    const named = await doccheck(root, ['--offline', '--', 'README.md', name])
    // What is named and has no page's name is left alone.
    expect(named.out).toContain(/\.md$/.test(name) ? '2 files checked' : '1 file checked')
    // The words before `--` are options, but for a `*` of the shell that comes upon a file of this name.
    expect((await doccheck(folder({...files, '--': ''}), ['--offline', name, '--', 'README.md'])).code).toBe(
      2,
    )
    expect((await doccheck(folder({...files, '--offline': ''}), ['--offline', '--', 'README.md'])).code).toBe(
      0,
    )
    expect(readFileSync(path.join(root, 'README.md'), 'utf8')).toBe('# A\n')
  })

  it('may be those of commands, too', async () => {
    const root = folder({'config/a.md': '[x](x.md)\n'})
    expect((await doccheck(root, ['--offline', '--', 'config'])).out).toContain('missing file `x.md`')
    expect((await doccheck(root, ['config', '--', 'config/a.md'])).code).toBe(0)
  })
})

describe('standard input', () => {
  it('is checked in the place of its file', async () => {
    const cwd = docs()
    const {out, code} = await doccheck(cwd, ['--stdin', '--stdin-filename', 'docs/new.md'], {
      input: '\uFEFF[b](b.md) [c](c.md)',
    })
    expect(out).toMatch(/docs\/new\.md:1:15 +error +Unexpected link to missing file `c\.md`/)
    expect(code).toBe(1)
  })
  it.each([[], ['.git/HEAD']])(
    'follows the configuration for pages of the tree, by whichever name of it: %j',
    async (...made) => {
      const files = {'a.md': '[x](x.md)\n', 'b.md': '[x](x.md)\n', '.doccheckrc.json': '{"ignore": ["b.md"]}'}
      const cwd = folder({...files, ...Object.fromEntries(made.map((name) => [name, '']))})
      const link = path.join(folder(), 'link')
      symlinkSync(cwd, link)
      for (const words of [[path.join(link, 'a.md'), path.join(link, 'b.md')], [link]]) {
        const {out} = await doccheck(cwd, words)
        expect(out).toMatch(/^a\.md:/)
        expect(out).toContain('1 file checked')
      }
    },
  )
  it('has its place within the repository, by whichever name of it', async () => {
    const cwd = folder({'docs/a.md': '# A\n', 'c.md': '# C\n'})
    mkdirSync(path.join(cwd, '.git'))
    const other = folder()
    symlinkSync(cwd, path.join(other, 'link'))
    for (const name of ['../new.md', path.join(cwd, 'new.md'), path.join(other, 'link', 'new.md')]) {
      const args = ['--stdin', '--stdin-filename', name]
      const {out, code} = await doccheck(path.join(cwd, 'docs'), args, {input: '[c](c.md) [d](d.md)\n'})
      expect(out).toMatch(/^\.\.\/new\.md:1:15 +error /)
      expect(out).toContain('1 error')
      expect(code).toBe(1)
    }
    const {err, code} = await doccheck(path.join(cwd, 'docs'), ['--stdin', '--stdin-filename', '../../x.md'])
    expect(err).toBe(`doccheck: --stdin-filename ../../x.md is outside the repository ${cwd}\n`)
    expect(code).toBe(2)
  })
  it.each([
    ['UTF-16', Buffer.from('\uFEFF# a', 'utf16le'), 'Cannot be read: it is UTF-16, expected UTF-8'],
    [
      'Latin-1',
      Buffer.from('# one\ncaf\xe9 x', 'latin1'),
      'it is not UTF-8 (invalid byte in line 2, column 4)',
    ],
    ['binary', Buffer.from('a\0b'), 'Cannot be read: it is binary, expected Markdown text'],
    ['huge', Buffer.alloc(33_000_000, 'a'), 'Cannot be read: it is too large (33 MB'],
  ])('that is %s is judged like a file', async (_, input, message) => {
    const {out, code} = await doccheck(docs(), ['--stdin'], {input})
    expect(out).toContain('stdin.md:1:1 ')
    expect(out).toContain(message)
    expect(code).toBe(1)
  })
})

describe('reports', () => {
  it('writes several, each to its own file', async () => {
    const cwd = docs()
    const {out} = await doccheck(cwd, [
      '--reporter',
      'text',
      '--reporter',
      'json:out.json',
      '--reporter',
      'text:out.txt',
    ])
    expect(JSON.parse(readFileSync(path.join(cwd, 'out.json'), 'utf8'))).toHaveLength(3)
    expect(readFileSync(path.join(cwd, 'out.txt'), 'utf8').replace(/\d\.\d s/, '')).toBe(
      out.replace(/\d\.\d s/, ''),
    )
  })
  it('gives places and what was expected in JSON', async () => {
    const cwd = folder({'a.md': '[b](c.md)\n', 'C.md': '# c\n'})
    const [, page] = JSON.parse((await doccheck(cwd, ['--reporter', 'json'])).out)
    expect(page.messages).toEqual([
      expect.objectContaining({
        fatal: true,
        ruleId: 'no-broken-link',
        source: 'doccheck',
        expected: ['C.md'],
        place: {start: {line: 1, column: 5, offset: 4}, end: {line: 1, column: 9, offset: 8}},
      }),
    ])
  })
  it('shows errors only when asked to be quiet', async () => {
    const {out} = await doccheck(docs(), ['--quiet'])
    expect(out).toContain('no-broken-link')
    expect(out).not.toContain('no-unused-definition')
  })
  it('colors on a terminal, unless told otherwise', async () => {
    const cwd = docs()
    expect((await doccheck(cwd, [])).out).not.toContain('\x1b[')
    expect((await doccheck(cwd, [], {terminal: true})).out).toContain('\x1b[')
    expect((await doccheck(cwd, [], {terminal: true, env: {NO_COLOR: '1'}})).out).not.toContain('\x1b[')
    expect((await doccheck(cwd, ['--no-color'], {terminal: true})).out).not.toContain('\x1b[')
    expect((await doccheck(cwd, ['--color'])).out).toContain('\x1b[')
  })
  it('says what was not checked offline', async () => {
    const cwd = folder({'a.md': '![x](https://example.org/a.png) ![x](https://example.org/a.png)\n'})
    expect((await doccheck(cwd, ['--offline'])).out).toContain('1 remote image not checked (--offline)')
  })
  it('keeps its lines from being taken for commands by GitHub', async () => {
    const {out} = await doccheck(docs(), [], {env: {GITHUB_ACTIONS: 'true'}})
    const token = /^::stop-commands::([\w-]+)\n/.exec(out)?.[1]
    expect(token).toBeTruthy()
    expect(out).toContain(`\n::${token}::\n`)
  })
})

describe('commands', () => {
  it('explains rules', async () => {
    expect((await doccheck(folder(), ['rules'])).out).toMatch(/^front-matter +error +Reports front matter/)
    const {out} = await doccheck(folder(), ['rules', 'no-undefined-reference'])
    expect(out).toContain('shortcuts: "evidence"')
    expect(out).toContain('Example, not ok')
  })
  it('shows what it sees on a page', async () => {
    const cwd = folder({'a.md': '# A\n\n[b](b.md#x) [c](c.md)\n', 'b.md': '# x\n'})
    const seen = JSON.parse((await doccheck(cwd, ['inspect', 'a.md'])).out)
    expect(seen.site).toMatchObject({platform: 'github'})
    expect(seen.anchors.ids).toEqual(['a'])
    expect(seen.links.map((link: {at: string; leads: object}) => [link.at, link.leads])).toEqual([
      ['3:5', {to: 'page', path: 'b.md', fragment: 'x'}],
      ['3:17', {to: 'missing', path: 'c.md', why: 'file'}],
    ])
  })
  it('shows what is on a page harmlessly', async () => {
    const {out} = await doccheck(folder({'a.md': '[a](<b\x9b31m\u202Ec.md>)\n'}), ['inspect', 'a.md'])
    expect(out).not.toMatch(/[\x7F-\x9F\u202E]/)
    expect(JSON.parse(out).links[0].url).toBe('b\x9b31m\u202Ec.md')
  })
  it('shows its help and version', async () => {
    expect((await doccheck(folder(), ['--help'])).out).toContain('doccheck inspect <file>')
    expect((await doccheck(folder(), ['--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/)
  })
})

describe('bad input', () => {
  it.each([
    ['UTF-16', Buffer.from('\uFEFF# a', 'utf16le'), 'Cannot be read: it is UTF-16, expected UTF-8'],
    [
      'Latin-1',
      Buffer.from('# one\ncaf\xe9 x', 'latin1'),
      'it is not UTF-8 (invalid byte in line 2, column 4)',
    ],
    ['binary', Buffer.from([35, 0, 1, 2]), 'Cannot be read: it is binary, expected Markdown text'],
  ])('%s gets a message on its file, and the rest is checked', async (_, bytes, message) => {
    const cwd = folder({'bad.md': bytes, 'z.md': '[gone](gone.md)\n'})
    const {out, code} = await doccheck(cwd, [])
    expect(out).toContain(message)
    expect(out).toContain('gone.md')
    expect(code).toBe(1)
  })
  it('a file too large, a dangling link, a loop and a folder get theirs', async () => {
    const cwd = folder({'large.md': '', 'z.md': '# z\n'})
    truncateSync(path.join(cwd, 'large.md'), 100 * 1024 * 1024)
    symlinkSync('nowhere.md', path.join(cwd, 'dangling.md'))
    symlinkSync('loop.md', path.join(cwd, 'loop.md'))
    mkdirSync(path.join(cwd, 'folder.md'))
    writeFileSync(path.join(cwd, 'folder.md', 'in.md'), '# in a folder named like a page\n')
    const {out, code} = await doccheck(cwd, [])
    expect(out).toMatch(/large\.md:.*Cannot be read: it is too large \(105 MB/)
    expect(out).toMatch(/dangling\.md:.*a broken symlink/)
    expect(out).toMatch(/loop\.md:.*a symlink to itself/)
    expect(out).toContain('5 files checked')
    expect(code).toBe(1)
    expect((await doccheck(cwd, ['dangling.md'])).out).toContain('a broken symlink')
  })
  it('a file that vanishes or may not be read gets its message', async () => {
    const tree = await diskTree(folder({'a.md': '# a\n', 'b.md': '[c](c.md)\n'}))
    const read = (file: string) =>
      file === 'a.md' ? Promise.reject(new UnreadableError('Cannot be read: no permission')) : tree.read(file)
    const {pages} = await check({
      tree: {...tree, onDisk: false, read},
      files: ['a.md', 'b.md'],
      rulesFor: () => [],
    })
    expect(pages.map(({unreadable}) => unreadable)).toEqual(['Cannot be read: no permission', undefined])
  })
  it('names that would do harm are printed harmlessly', async () => {
    const names = [
      '::error file=a::x.md',
      'line\nbreak.md',
      'esc\x1b[31m.md',
      'emoji 🚀.md',
      'bidi\u202Efdp.md',
      '##[error]x.md',
      'with space.md',
    ]
    const cwd = folder(
      Object.fromEntries(names.map((name) => [name, `[${name}](<gone ${name.replace(/[\n<>]/g, '')}>)\n`])),
    )
    const {out, code} = await doccheck(cwd, [])
    expect(code).toBe(1)
    expect(out).not.toMatch(/^\s*::|##\[|\x1b|\u202E/mu)
    for (const shown of [
      '\\::error file=a::x.md',
      'line break.md',
      'esc\\u{1b}[31m.md',
      'emoji 🚀.md',
      'bidi\\u{202e}fdp.md',
      '#\\#[error]x.md',
    ])
      expect(out).toContain(shown)
  })
})

const git = (cwd: string, ...words: string[]) =>
  execFileSync(
    'git',
    ['-c', 'user.name=x', '-c', 'user.email=x@example.org', '-c', 'protocol.file.allow=always', ...words],
    {cwd, stdio: 'pipe'},
  )

const hasGit = spawnSync('git', ['--version']).status === 0
if (!hasGit) console.warn('git is not installed: what it decides is not tested')

describe('git', () => {
  it.runIf(hasGit)('decides what is there', async () => {
    const cwd = folder({
      '.gitignore': 'secret.md\nbuild/\nforced.md\n',
      'a.md':
        '[1](secret.md) [2](build/x.md) [3](forced.md) [4](deleted.md) [5](new.md) [6](empty) [7](sub/x.md) [8](link/b.md) [9](A.md)\n',
      'secret.md': '# s\n',
      'build/x.md': '# x\n',
      'forced.md': '# f\n',
      'deleted.md': '# d\n',
      'real/b.md': '# b\n',
    })
    const other = folder({'x.md': '# x\n'})
    for (const root of [other, cwd]) git(root, 'init', '-q')
    git(other, 'add', '.')
    git(other, 'commit', '-qm', 'x')
    git(cwd, 'submodule', '--quiet', 'add', other, 'sub')
    git(cwd, 'add', '-f', 'a.md', 'forced.md', 'deleted.md', 'real')
    execFileSync('rm', ['deleted.md'], {cwd})
    mkdirSync(path.join(cwd, 'empty'))
    symlinkSync('real', path.join(cwd, 'link'))
    writeFileSync(path.join(cwd, 'new.md'), '# n\n')
    const {out} = await doccheck(cwd, ['a.md'])
    const lines = out.split('\n').filter((line) => line.includes('Unexpected'))
    expect(
      lines.map((line) => /Unexpected (.*?)(?:, expected.*)? +\[no-broken/.exec(line)?.[1]?.trim()),
    ).toEqual([
      'link to git-ignored file `secret.md`',
      'link to git-ignored file `build/x.md`',
      'link to missing file `deleted.md`',
      'link to missing file `empty`',
      'letter case in link `A.md`',
    ])
  })
  it.runIf(hasGit)(
    'gives the root: a link may lead out of the folder that is checked, not out of the repository',
    async () => {
      const cwd = folder({'README.md': '# r\n', 'docs/a.md': '[r](../README.md) [s](../../x.md)\n'})
      git(cwd, 'init', '-q')
      const {out} = await doccheck(path.join(cwd, 'docs'), [])
      expect(out).toMatch(/a\.md:1:23 +error +Unexpected link to a path outside the tree/)
      expect(out).toContain('1 error')
    },
  )
  it('is done without where it is not there', async () => {
    const cwd = folder({
      '.gitignore': 'secret.md\n',
      'a.md': '[1](secret.md) [2](b.md)\n',
      'secret.md': '# s\n',
      'b.md': '# b\n',
    })
    mkdirSync(path.join(cwd, '.git'))
    const {out} = await doccheck(cwd, [])
    expect(out).toContain('git-ignored')
    expect(out).toContain('1 error')
    expect(existsSync(path.join(cwd, 'secret.md'))).toBe(true)
  })
})
