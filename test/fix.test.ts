import {execFileSync, spawnSync} from 'node:child_process'
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {applyFixes} from '../src/fix/edits.ts'
import {sameBlocks} from '../src/page/same-blocks.ts'
import type {Fix} from '../src/rule/types.ts'
import {replaceFile} from '../src/tree/write.ts'
import {doccheck, folder} from './run-doccheck.ts'

const fix = (...edits: [start: number, end: number, text: string][]): Fix => ({
  edits: edits.map(([start, end, text]) => ({start, end, text})),
  safe: true,
})

describe('edits', () => {
  it('are applied in the order of the text, whatever theirs', () => {
    expect(applyFixes('abcdef', [fix([4, 5, 'E']), fix([0, 1, 'A'], [2, 3, 'C'])]).text).toBe('AbCdEf')
  })

  it('that overlap wait: the fix that begins earlier is applied, with all its edits', () => {
    const [early, late, apart] = [fix([0, 2, 'x'], [4, 5, 'y']), fix([1, 3, 'z']), fix([5, 6, 'w'])]
    expect(applyFixes('abcdef', [late, apart, early])).toEqual({text: 'xcdyw', applied: [early, apart]})
  })

  it('that insert at one place do not overlap, and keep their order', () => {
    expect(applyFixes('ab', [fix([1, 1, '1']), fix([1, 1, '2']), fix([1, 2, 'B'])]).text).toBe('a12B')
  })

  it('that insert within another overlap it', () => {
    expect(applyFixes('abcd', [fix([0, 3, 'x']), fix([2, 2, 'y'])]).text).toBe('xd')
  })

  it('beyond the text are not applied', () => {
    expect(applyFixes('ab', [fix([1, 9, 'x']), fix([-1, 1, 'x']), fix([2, 1, 'x']), fix()]).applied).toEqual(
      [],
    )
  })

  it.each([
    // Between others, where there is no line above, and in place of the last one.
    ['a\n\n[x]: y\n\nb\n', 'a\n\nb\n'],
    ['a\r\n\r\n[x]: y\r\n\r\nb\r\n', 'a\r\n\r\nb\r\n'],
    ['a\n \t\n[x]: y\n  \n\nb\n', 'a\n \t\nb\n'],
    ['[x]: y\n\nb\n', 'b\n'],
    ['a\n\n[x]: y\n', 'a\n'],
    ['a\n\n[x]: y', 'a\n'],
    ['a\n\n\n[x]: y\n\n\n', 'a\n'],
    ['[x]: y\n', ''],
    // Several that go together, and one of several.
    ['a\n\n[x]: y\n[x]: z\n\nb\n', 'a\n\nb\n'],
    ['a\n\n[x]: y\n\n[x]: z\n\nb\n', 'a\n\nb\n'],
    ['a\n\n[x]: y\n\n[x]: z\n', 'a\n'],
    ['a\n\n[x]: y\n[c]: z\n\nb\n', 'a\n\n[c]: z\n\nb\n'],
    ['a\n\n[c]: z\n[x]: y\n\nb\n', 'a\n\n[c]: z\n\nb\n'],
    // What stands beside them without a blank line between.
    ['# a\n[x]: y\n\nb\n', '# a\n\nb\n'],
    ['# a\n[x]: y\n', '# a\n'],
    ['a\n\n[x]: y\n# b\n', 'a\n\n# b\n'],
  ])('that take lines away leave no second blank line: %j', (text, after) => {
    const lines = [...text.matchAll(/^\[x\][^\n]*\n?/gm)].map(({index, 0: line}) =>
      fix([index, index + line.length, '']),
    )
    expect(applyFixes(text, lines).text).toBe(after)
  })

  it('and that take lines away leave blank lines in which another one puts something', () => {
    const text = 'a\n\n[x]: y\n\nb\n'
    const line = fix([3, 10, ''])
    expect(applyFixes(text, [line, fix([10, 10, '[z]: z\n'])]).text).toBe('a\n\n[z]: z\n\nb\n')
    expect(applyFixes(text, [line, fix([11, 11, 'c '])]).text).toBe('a\n\nc b\n')
    expect(applyFixes(text, [fix([2, 2, '# c\n']), line]).text).toBe('a\n# c\n\nb\n')
    expect(applyFixes('a\n\n[x]: y\n', [line, fix([10, 10, '[z]: z\n'])]).text).toBe('a\n\n[z]: z\n')
  })

  it('leave every byte outside of them as it was', () => {
    const edit = fc
      .tuple(fc.nat(40), fc.nat(5), fc.string({maxLength: 3}))
      .map(([start, length, text]) => ({start, end: start + length, text}))
    const fixes = fc.array(
      fc.record({edits: fc.array(edit, {minLength: 1, maxLength: 3}), safe: fc.constant(true)}),
      {maxLength: 8},
    )
    fc.assert(
      fc.property(fc.string({minLength: 20, maxLength: 50}), fixes, (text, given) => {
        const {text: after, applied} = applyFixes(text, given)
        const edits = applied
          .flatMap((each) => each.edits)
          .toSorted((a, b) => a.start - b.start || a.end - b.end)
        // What is between the edits stands, in order, around what they put.
        let at = 0
        let done = 0
        for (const {start, end, text: put} of edits) {
          expect(after.slice(at, at + start - done)).toBe(text.slice(done, start))
          at += start - done
          expect(after.slice(at, at + put.length)).toBe(put)
          at += put.length
          done = end
        }
        expect(after.slice(at)).toBe(text.slice(done))
        const length = edits.reduce(
          (sum, {start, end, text: put}) => sum + put.length - (end - start),
          text.length,
        )
        expect(after).toHaveLength(length)
      }),
      {numRuns: 500},
    )
  })
})

describe('blocks', () => {
  it.each([
    ['- a\n\n[x]: y\n\n- b\n', '- a\n\n- b\n', false],
    ['a\n\n[x]: y\n\nb\n', 'a\n\n\nb\n', true],
    ['# A\n', '## A\n', false],
    ['[a](b.md)\n', '[a](c.md)\n', true],
    ['---\na: 1\n---\nb\n', '---\na: 1\nb: 2\n---\nb\n', true],
    ['a\n', '---\nt: A\n---\n\na\n', true],
    ['`a`\n', '    a\n', false],
    ['- [ ] a\n', '- [x] a\n', false],
    ['<Step>\n\n    [a](/b)\n\n</Step>\n', '<Step>\n\n    [a](/long)\n\n</Step>\n', true],
    ['a\n\n    [a](/b)\n', 'a\n\n    [a](/b)\n    c\n', false],
    ['```md\n[a](/b)\n```\n', '```md\n[a](/c)\n```\n', false],
  ])('%j and %j: %s', (before, after, same) => {
    expect(sameBlocks(before, after)).toBe(same)
  })
})

/** Files before and after `--fix`, without `.git` and configuration. */
async function fixed(files: Record<string, string>, args: string[] = [], config: object = {}) {
  const cwd = folder({'.doccheckrc.json': JSON.stringify(config), ...files})
  const ran = await doccheck(cwd, ['--fix', '--offline', ...args])
  const after = Object.fromEntries(
    Object.keys(files).map((name) => [name, readFileSync(path.join(cwd, name), 'utf8')]),
  )
  const again = await doccheck(cwd, ['--fix', '--offline', ...args])
  for (const [name, text] of Object.entries(after))
    expect(readFileSync(path.join(cwd, name), 'utf8')).toBe(text)
  return {cwd, ran, after, again}
}

const SITE = {
  'docs/guide.md': '# Guide\n\n## Get started\n\n## Options\n\n### `--fix` it\n',
  'docs/My notes (old).md': '# Notes\n',
  'docs/why?.md': '# Why\n',
  'docs/c#.md': '# C#\n\n## Use\n',
  'docs/50%20off.md': '# Off\n',
  'install.md': '# Install\n',
  'img/Logo.png': '',
}

/** Fixes that are right where the platform is known, and would break what works elsewhere. */
const BY_PLATFORM: [before: string, after: string][] = [
  // Another form of the page, which Pelican and Lume have.
  ['[a](install.html)', '[a](install.md)'],
  ['[a](docs/guide#options)', '[a](docs/guide.md#options)'],
  ['[a](./install.mdx)', '[a](./install.md)'],
  // From the root, which may be another folder.
  ['[a](/Install.md)', '[a](/install.md)'],
  // Anchors as the platform would make them; Obsidian and Hexo make others.
  ['[a](docs/guide.md#Get%20Started)', '[a](docs/guide.md#get-started)'],
  ['[a](docs/guide.md#options-1)', '[a](docs/guide.md#options)'],
]

describe('certain fixes', () => {
  it.each([
    // Letter case, with query, title and fragment kept.
    ['[a](docs/Guide.md)', '[a](docs/guide.md)'],
    ['[a](./DOCS/guide.md#options "t")', '[a](./docs/guide.md#options "t")'],
    ['![](img/logo.png?raw=true)', '![](img/Logo.png?raw=true)'],
    ['<img alt="" src="img/logo.png">', '<img alt="" src="img/Logo.png">'],
    ["[a][b]\n\n[b]:  docs/Guide.md  't'", "[a][b]\n\n[b]:  docs/guide.md  't'"],
    ['[a](<docs/Guide.md>)', '[a](<docs/guide.md>)'],
    // The kind of slash, percent-encoding, paths that are too long.
    ['[a](docs\\guide.md)', '[a](docs/guide.md)'],
    ['[a](docs/my%20notes%20%28old%29.md)', '[a](docs/My%20notes%20%28old%29.md)'],
    ['[a](docs/My%2520notes%2520(old).md)', '[a](docs/My%20notes%20%28old%29.md)'],
    // What ends the path of a URL, and is part of a name here.
    ['[a](docs/why?.md)', '[a](docs/why%3F.md)'],
    ["[a](./docs/c#.md#use 't')", "[a](./docs/c%23.md#use 't')"],
    ['[a](<docs/50%20off.md>)', '[a](<docs/50%2520off.md>)'],
    // Labels.
    [
      '[Get-started][]\n\n[get started]: install.md',
      '[Get-started][get started]\n\n[get started]: install.md',
    ],
    ['[x][get_started]\n\n[get started]: install.md', '[x][get started]\n\n[get started]: install.md'],
    // Definitions.
    ['[a]\n\n[a]: install.md\n[A]: install.md', '[a]\n\n[a]: install.md\n'],
    ['a\n\n[unused]: install.md\n\nb', 'a\n\nb'],
  ])('%s', async (before, after) => {
    const {after: files, again, ran} = await fixed({...SITE, 'page.md': `# Page\n\n${before}\n`})
    expect(files['page.md']).toBe(`# Page\n\n${after}\n`.replace(/\n\n$/, '\n'))
    expect(ran.out).toContain('1 problem fixed in 1 file\n')
    expect(again.out).toContain('no problems')
    expect(again.out).not.toContain('fixed')
    expect(ran.code).toBe(0)
  })

  it.each(BY_PLATFORM)('where the platform is known: %s', async (before, after) => {
    const files = {...SITE, 'page.md': `# Page\n\n${before}\n`}
    expect((await fixed(files, ['--site', 'github'])).after['page.md']).toBe(`# Page\n\n${after}\n`)
    const unknown = await fixed(files)
    expect(unknown.after).toEqual(files)
    expect(unknown.ran.out).toContain('1 with `--fix --unsafe`')
  })

  it.each([
    // Nearest names are only likely.
    '[a](instal.md)',
    '[a](docs/guide.md#get-startet)',
    // The file is there in other letter case, but its anchor is not.
    '[a](docs/Guide.md#nowhere)',
    // An image is no page.
    '![](install.html)',
    // Others might have been meant.
    '[Instalation][]\n\n[installation]: install.md',
    '[a]\n\n[a]: install.md\n[A]: docs/guide.md',
    // Template code is written in a way of its own.
    '[a](docs/{{ page }}.md)',
  ])('not %s', async (text) => {
    const page = `# Page\n\n${text}\n`
    const {after, ran} = await fixed({...SITE, 'page.md': page})
    expect(after['page.md']).toBe(page)
    expect(ran.out).not.toContain('fixed in')
  })

  it('choose nothing where two files differ in letter case only', async () => {
    const cwd = folder({'page.md': '[a](GUIDE.md)\n', 'guide.md': '', 'Guide.md': ''})
    // Some file systems keep one of them only.
    if (readdirSync(cwd).length < 3) return
    const {out} = await doccheck(cwd, ['--fix', '--offline', '--no-config'])
    expect(readFileSync(path.join(cwd, 'page.md'), 'utf8')).toBe('[a](GUIDE.md)\n')
    expect(out).toContain('1 with `--fix --unsafe`')
  })

  it('not of paths that were written from another place', async () => {
    const text = '[a](../../install.md) [b](docs/guide.md) [c](/../install.md) [d](../../../img/Logo.png)\n'
    const files = {...SITE, 'deep/page.md': text}
    expect((await fixed(files)).after).toEqual(files)
    expect((await fixed(files, ['--site', 'github'])).after).toEqual(files)
    expect((await fixed(files, ['--unsafe'])).after['deep/page.md']).toBe(
      '[a](../install.md) [b](../docs/guide.md) [c](/install.md) [d](../img/Logo.png)\n',
    )
  })

  it('keep a definition that something on the page may have meant', async () => {
    const page = '[Get it][instal]\n\n[install]: install.md\n'
    const {after} = await fixed({...SITE, 'page.md': page})
    expect(after['page.md']).toBe(page)
  })

  it.each(['- a\n\n[unused]: install.md\n\n- b\n', '    a\n\n[unused]: install.md\n\n    b\n'])(
    'do not join two blocks, and are not offered then: %j',
    async (page) => {
      const {after, ran} = await fixed({...SITE, 'page.md': page})
      expect(after['page.md']).toBe(page)
      expect(ran.out).toContain('Unexpected unused definition `unused`')
      expect(ran.out).not.toContain('Can be fixed')
    },
  )

  it('take definitions away with the blank lines that would be too many, and none out of lists and quotes', async () => {
    const unused = (label: string) => `[${label}]: install.md`
    const page = [
      '# Page',
      `${unused('a')}\n${unused('b')}`,
      '[see][c]',
      `${unused('c')}\n${unused('d')}`,
      `- one\n\n  ${unused('e')}\n\n  two`,
      `> one\n>\n> ${unused('f')}\n>\n> two`,
      unused('g'),
      unused('h'),
    ]
    const kept = [page[0], page[2], unused('c'), page[4], page[5]]
    const {after} = await fixed({
      ...SITE,
      'lf.md': `${page.join('\n\n')}\n`,
      'crlf.md': `${page.join('\n\n')}\n`.replaceAll('\n', '\r\n'),
    })
    expect(after['lf.md']).toBe(`${kept.join('\n\n')}\n`)
    expect(after['crlf.md']).toBe(`${kept.join('\n\n')}\n`.replaceAll('\n', '\r\n'))
  })

  it.each(['\n[x]: install.md\n', '\n\n[x]: install.md\n', '\r\n[x]: install.md\r\n'])(
    'take a definition away below blank lines that begin the page: %j',
    async (text) => {
      const {after} = await fixed({...SITE, 'page.md': `${text}\n# Page\n`})
      expect(after['page.md']).toMatch(/^\s*# Page\n$/)
    },
  )

  it('of a place within what another one may not take away', async () => {
    const {after, ran} = await fixed({
      ...SITE,
      'page.md': '- [a]\n\n  [a]: docs/guide.md\n\n[a]: docs/Guide.md\n\n- b\n',
    })
    expect(after['page.md']).toBe('- [a]\n\n  [a]: docs/guide.md\n\n[a]: docs/guide.md\n\n- b\n')
    expect(ran.out).toContain('1 problem fixed in 1 file\n')
    expect(ran.out).not.toContain('Can be fixed')
  })

  it('leave all else as it is: mark, line endings, spaces, tables', async () => {
    const page = (url: string) =>
      `\uFEFF---\r\ntitle:   "Page"  # a comment\r\n---\r\n\r\n| a   |  b |\r\n|:--|--:|\r\n| [x](${url})   | y  |\r\n\r\nend  \r\nwith \ttabs\t\r\n\r\n* * *`
    const {cwd, after} = await fixed({...SITE, 'page.md': page('docs/GUIDE.md')})
    expect(after['page.md']).toBe(page('docs/guide.md'))
    expect(readFileSync(path.join(cwd, 'page.md')).subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]))
  })

  it('heed comments on the page', async () => {
    const page = '<!-- lint disable no-broken-link -->\n\n[a](docs/Guide.md)\n'
    const {after} = await fixed({...SITE, 'page.md': page})
    expect(after['page.md']).toBe(page)
  })

  it('may follow one another', async () => {
    // First the file is found, then the anchor in it.
    const {after, ran} = await fixed({...SITE, 'page.md': '[a](docs/Guide.md#Get-Started-1)\n'}, ['--unsafe'])
    expect(after['page.md']).toBe('[a](docs/guide.md#get-started)\n')
    expect(ran.out).toContain('1 problem fixed in 1 file')
  })

  it.each(['<!-- never ends', '<pre>', '~~~'])('put no definition into what never ends: %s', async (end) => {
    const page = `[a][guide]\n\n${end}\n`
    const {after} = await fixed(
      {...SITE, 'b.md': '[x][guide]\n\n[guide]: docs/guide.md\n', 'page.md': page},
      ['--unsafe'],
    )
    expect(after['page.md']).toBe(page)
  })

  it('go on where one leads a second link to where the first one led', async () => {
    const page = '[a](docs/guide.md#optons)\n\n[b](docs/guid.md#optons)\n'
    const {after} = await fixed({...SITE, 'page.md': page}, ['--unsafe'])
    expect(after['page.md']).toBe('[a](docs/guide.md#options)\n\n[b](docs/guide.md#options)\n')
  })

  it('with --unsafe include what is near', async () => {
    const {after} = await fixed({...SITE, 'page.md': '[a](instal.md) [b](docs/guide.md#get-startet)\n'}, [
      '--unsafe',
    ])
    expect(after['page.md']).toBe('[a](install.md) [b](docs/guide.md#get-started)\n')
  })

  it('with --unsafe add a definition that the page beside, or another page, speaks for', async () => {
    const {after} = await fixed(
      {
        ...SITE,
        'page.md': '- [Install][]\n- ![Logo][]\n- [Nothing][]',
        'deep/other.md': '[Logo]\n\n[logo]: ../img/Logo.png\n',
      },
      ['--unsafe'],
    )
    expect(after['page.md']).toBe(
      '- [Install][]\n- ![Logo][]\n- [Nothing][]\n\n[Install]: install.md\n[Logo]: img/Logo.png\n',
    )
  })

  it('of front matter', async () => {
    const schema = {
      type: 'object',
      required: ['title', 'layout', 'tags'],
      properties: {
        layout: {default: 'page'},
        tags: {default: ['a b', 'c']},
        date: {type: 'string', format: 'date'},
      },
    }
    const config = {rules: {'front-matter': ['error', {schemas: [{files: '**/*.md', schema}]}]}}
    const {after, ran} = await fixed(
      {
        'yaml.md': '---\n# kept\ndate: "2026/3/5"   # too\n---\n\n# The *title*: all of it\n',
        'none.md': '# Only\r\n\r\ntext\r\n',
        'toml.md': '+++\nlayout = "x"\ntags = []\ndate = "5 March 2026"\n[extra]\na = 1\n+++\n\n# Toml\n',
        'doubt.md': '---\ntitle: T\nlayout: x\ntags: []\ndate: 03/05/2026\n---\n',
        'flow.md': '---\n{layout: x, tags: []}\n---\n\n# Flow\n',
        'two.md': '---\nlayout: x\ntags: []\n---\n\n# One\n\n# Two\n',
        'null.md': '---\n~ # nothing\n---\n\n# Null\n',
        'braces.md': '---\n{}\n---\n\n# Braces\n',
        'comment.md': '---\n# nothing\n---\n\n# Comment\n',
      },
      [],
      config,
    )
    expect(after).toEqual({
      'yaml.md':
        '---\n# kept\ndate: "2026-03-05"   # too\nlayout: page\ntags: ["a b","c"]\ntitle: "The title: all of it"\n---\n\n# The *title*: all of it\n',
      'none.md':
        '---\r\nlayout: page\r\ntags: ["a b","c"]\r\ntitle: Only\r\n---\r\n\r\n# Only\r\n\r\ntext\r\n',
      'toml.md':
        '+++\ntitle = "Toml"\nlayout = "x"\ntags = []\ndate = "2026-03-05"\n[extra]\na = 1\n+++\n\n# Toml\n',
      'doubt.md': '---\ntitle: T\nlayout: x\ntags: []\ndate: 03/05/2026\n---\n',
      'flow.md': '---\n{layout: x, tags: []}\n---\n\n# Flow\n',
      'two.md': '---\nlayout: x\ntags: []\n---\n\n# One\n\n# Two\n',
      'null.md': '---\n~ # nothing\n---\n\n# Null\n',
      'braces.md': '---\n{}\n---\n\n# Braces\n',
      'comment.md': '---\n# nothing\nlayout: page\ntags: ["a b","c"]\ntitle: Comment\n---\n\n# Comment\n',
    })
    expect(ran.out).toContain('Unexpected value of `date`, expected a date')
    expect(ran.code).toBe(1)
  })
})

describe('--diff', () => {
  it('shows what would be done, as git applies it, and does nothing', async () => {
    const page = '# A\n\n[a](docs/Guide.md)\n'
    const cwd = folder({...SITE, 'sub/page.md': page.replace('docs', '../docs'), 'page.md': page})
    const {out, code} = await doccheck(cwd, ['--diff', '--offline', '--no-config'])
    expect(code).toBe(1)
    expect(readFileSync(path.join(cwd, 'page.md'), 'utf8')).toBe(page)
    expect(out).toBe(
      '--- a/page.md\n+++ b/page.md\n@@ -1,3 +1,3 @@\n # A\n \n-[a](docs/Guide.md)\n+[a](docs/guide.md)\n' +
        '--- a/sub/page.md\n+++ b/sub/page.md\n@@ -1,3 +1,3 @@\n # A\n \n-[a](../docs/Guide.md)\n+[a](../docs/guide.md)\n',
    )
    execFileSync('git', ['apply'], {cwd, input: out})
    expect(readFileSync(path.join(cwd, 'page.md'), 'utf8')).toBe(page.replace('Guide', 'guide'))
    const after = await doccheck(cwd, ['--diff', '--offline', '--no-config'])
    expect([after.out, after.code]).toEqual(['', 0])
  })

  it.each([
    ['git', ['apply']],
    ['patch', ['-p1', '--silent']],
  ])('is applied by %s where names hold spaces and files begin with a mark', async (program, args) => {
    if (spawnSync(program, ['--version']).error) return
    const page = '\uFEFF[a](docs/Guide.md)\r\n'
    const cwd = folder({...SITE, 'my docs/a page.md': page.replace('docs', '../docs'), 'page.md': page})
    const {out} = await doccheck(cwd, ['--diff', '--offline', '--no-config'])
    execFileSync(program, args, {cwd, input: out})
    expect(readFileSync(path.join(cwd, 'page.md'), 'utf8')).toBe('\uFEFF[a](docs/guide.md)\r\n')
    expect(readFileSync(path.join(cwd, 'my docs/a page.md'), 'utf8')).toBe('\uFEFF[a](../docs/guide.md)\r\n')
  })

  it('gives a terminal and a log of GitHub nothing to obey', async () => {
    const cwd = folder({...SITE, 'page.md': '::error::x\n\u001b[31m\u202e\t##[error]y\n[a](docs/Guide.md)\n'})
    const terminal = await doccheck(cwd, ['--diff', '--offline', '--no-config'], {terminal: true})
    expect(terminal.out).not.toMatch(/\u001b|\u202e/)
    const log = await doccheck(cwd, ['--diff', '--offline', '--no-config'], {env: {GITHUB_ACTIONS: 'true'}})
    expect(log.out).toMatch(/^::stop-commands::([\w-]+)\n[\s\S]*\n::\1::\n$/)
    expect(log.out).not.toContain('##[error]')
  })
})

it('says what can be fixed, for people and for programs', async () => {
  const cwd = folder({...SITE, 'page.md': '[a](docs/Guide.md) [b](instal.md)\n'})
  const text = await doccheck(cwd, ['--offline', '--no-config'])
  expect(text.out).toContain('Can be fixed: 1 with `--fix`, 1 more with `--fix --unsafe`')
  const {out} = await doccheck(cwd, ['--offline', '--no-config', '--reporter', 'json'])
  const messages = JSON.parse(out).flatMap((file: {messages: object[]}) => file.messages)
  expect(messages).toMatchObject([
    {expected: ['docs/guide.md'], fix: {safe: true, edits: [{start: 4, end: 17, text: 'docs/guide.md'}]}},
    {expected: ['install.md'], fix: {safe: false, edits: [{start: 23, end: 32, text: 'install.md'}]}},
  ])
})

it.each<[string, string, (string[] | undefined)[]]>([
  [
    'hugo.toml',
    '[a]({{< ref "b.md#setu" >}}) [b]({{% relref `b.md#setu` %}}) [c]({{< ref "b.md" >}}#setu) [d]({{< ref "b.md#s%65tu" >}})',
    [['{{< ref "b.md#setup" >}}'], ['{{% relref `b.md#setup` %}}'], ['{{< ref "b.md" >}}#setup'], undefined],
  ],
  [
    '_config.yml',
    '[a]({{ "/b.html#setu" | relative_url }}) [b]({% link b.md %}#setu) [c]({{ "/bb.html#setup" | relative_url }})',
    [['{{ "/b.html#setup" | relative_url }}'], ['{% link b.md %}#setup'], undefined],
  ],
])('expects template code with its end, in a site of %s', async (file, line, expected) => {
  const content = file === 'hugo.toml' ? 'content/' : ''
  const files = {[file]: '', [`${content}b.md`]: '---\ntitle: B\n---\n# Setup\n'}
  const cwd = folder({...files, [`${content}a.md`]: `---\ntitle: A\n---\n${line}\n`})
  const {out} = await doccheck(cwd, ['--offline', '--no-config', '--reporter', 'json'])
  const found: {messages: {expected?: string[]}[]}[] = JSON.parse(out)
  expect(found.flatMap(({messages}) => messages.map((each) => each.expected))).toEqual(expected)
})

it('takes flags that make sense together only', async () => {
  const cwd = folder({'a.md': ''})
  const alone = await doccheck(cwd, ['--unsafe'])
  expect(alone.code).toBe(2)
  expect(alone.err).toMatch(/--unsafe requires --fix or --diff/)
  const input = await doccheck(cwd, ['--fix', '--localize-images', '--stdin'])
  expect(input.code).toBe(2)
  expect(input.err).toMatch(/--localize-images cannot be used with --stdin/)
})

describe('files that moved', () => {
  /** A repository, and what runs git in it. */
  function repository(files: Record<string, string>) {
    const cwd = folder(files)
    const git = (...words: string[]) =>
      execFileSync(
        'git',
        ['-c', 'user.name=t', '-c', 'user.email=t@t', '-c', 'commit.gpgsign=false', ...words],
        {
          cwd,
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'ignore'],
        },
      )
    git('init', '-q', '-b', 'main')
    const commit = () => {
      git('add', '-A')
      git('commit', '-q', '-m', 'x')
    }
    const move = (from: string, to: string) => {
      mkdirSync(path.dirname(path.join(cwd, to)), {recursive: true})
      renameSync(path.join(cwd, from), path.join(cwd, to))
    }
    commit()
    const read = (name: string) => readFileSync(path.join(cwd, name), 'utf8')
    return {cwd, git, commit, move, read}
  }
  const long = (name: string) => `# ${name}\n\n${`Some words about ${name}. `.repeat(20)}\n\n## Part\n`

  it('are found again over several moves, with their anchors, from wherever they are linked', async () => {
    const files = {
      'a.md': long('a'),
      'b.md': long('b'),
      'gone.md': long('gone'),
      'img/x.png': 'x'.repeat(300),
      'index.md': '[a](a.md#part) [b](b.md "t") ![](img/x.png) [gone](gone.md)\n\n[ref]\n\n[ref]: a.md\n',
      'deep/page.md': '[a](../a.md) <a href="/b.md#part">b</a>\n',
    }
    const {cwd, commit, move, read, git} = repository(files)
    move('a.md', 'guide/a.md')
    commit()
    move('guide/a.md', 'guide/new/alpha.md')
    move('b.md', 'beta.md')
    commit()
    git('rm', '-q', 'gone.md')
    commit()
    // One move is staged only, and git has not been told of another.
    git('mv', 'img/x.png', 'img/y.png')
    move('beta.md', 'last/beta.md')
    const status = git('status', '--porcelain')
    const {out, code} = await doccheck(cwd, ['--fix', '--offline', '--no-config', '--site', 'github'])
    expect(read('index.md')).toBe(
      '[a](guide/new/alpha.md#part) [b](last/beta.md "t") ![](img/y.png) [gone](gone.md)\n\n[ref]\n\n[ref]: guide/new/alpha.md\n',
    )
    expect(read('deep/page.md')).toBe('[a](../guide/new/alpha.md) <a href="/last/beta.md#part">b</a>\n')
    expect(out).toContain('6 problems fixed in 2 files')
    // Nothing but the two pages changed, for git neither.
    const lines = (text: string) => text.split('\n').filter(Boolean).sort()
    expect(lines(git('status', '--porcelain'))).toEqual(lines(`${status} M deep/page.md\n M index.md\n`))
    expect(out).toContain('1 error')
    expect(code).toBe(1)
  })

  it('are not mistaken for others of their old name', async () => {
    const {cwd, commit, move, read, git} = repository({'a.md': long('a'), 'index.md': '[a](a.md)\n'})
    move('a.md', 'b.md')
    commit()
    // Another file had the name since, and is gone.
    writeFileSync(path.join(cwd, 'a.md'), 'something else altogether\n')
    commit()
    git('rm', '-q', 'a.md')
    commit()
    const {out} = await doccheck(cwd, ['--fix', '--offline', '--no-config'])
    expect(read('index.md')).toBe('[a](a.md)\n')
    expect(out).toContain('Unexpected link to missing file `a.md`')
  })

  it("are not another version of a page, nor another project's licence", async () => {
    const files = {
      'v1/a.md': long('a'),
      'v1/index.md': '[a](a.md)\n',
      'vendor/menu/LICENSE': long('licence'),
      'vendor/menu/README.md': '[MIT](LICENSE)\n',
      'README.md': '[a](v1/a.md) [MIT](vendor/menu/LICENSE)\n',
    }
    const {cwd, commit, move, read} = repository(files)
    move('v1/a.md', 'v2/a.md')
    move('vendor/menu/LICENSE', 'LICENSE')
    commit()
    await doccheck(cwd, ['--fix', '--unsafe', '--offline', '--no-config'])
    expect(read('v1/index.md')).toBe(files['v1/index.md'])
    expect(read('vendor/menu/README.md')).toBe(files['vendor/menu/README.md'])
    // A page that is for no version goes on to where the page is now.
    expect(read('README.md')).toBe('[a](v2/a.md) [MIT](vendor/menu/LICENSE)\n')
  })

  it('are not linked where their anchor is gone', async () => {
    const {cwd, commit, move, read} = repository({'a.md': long('a'), 'index.md': '[a](a.md#part)\n'})
    move('a.md', 'b.md')
    writeFileSync(path.join(cwd, 'b.md'), long('a').replace('## Part', '## Other'))
    commit()
    await doccheck(cwd, ['--fix', '--offline', '--no-config'])
    expect(read('index.md')).toBe('[a](a.md#part)\n')
  })

  it('and headings that were renamed, with their section as it was, are followed', async () => {
    const section = (title: string, about: string) =>
      `## ${title}\n\n${`This tells of ${about}.\n`.repeat(9)}\n`
    const rest = ['x', 'y', 'z'].map((name) => section(`Rest ${name}`, name)).join('')
    const text = (...titles: string[]) =>
      `# Page\n\n${titles.map((title, index) => section(title, `thing ${index}`)).join('')}${rest}`
    const {cwd, commit, move, read} = repository({
      'page.md': text('Alpha', 'Beta', 'Gamma', 'Delta'),
      'index.md': '[a](page.md#alpha) [b](page.md#beta) [c](page.md#gamma) [d](page.md#delta)\n',
    })
    writeFileSync(path.join(cwd, 'page.md'), text('First', 'Beta', 'Gamma', 'Delta'))
    commit()
    move('page.md', 'guide/page.md')
    // Renamed again; Gamma's section is another now; Delta is gone.
    const later = text('The very first', 'Second', 'Third').replace('thing 2', 'something else')
    writeFileSync(path.join(cwd, 'guide/page.md'), later)
    commit()
    // Not committed yet.
    writeFileSync(path.join(cwd, 'guide/page.md'), later.replace('## Second', '## The second'))
    const {out} = await doccheck(cwd, ['--fix', '--offline', '--no-config'])
    expect(read('index.md')).toBe(
      '[a](guide/page.md#the-very-first) [b](guide/page.md#the-second) [c](page.md#gamma) [d](page.md#delta)\n',
    )
    expect(out).toContain('2 problems fixed in 1 file')
    expect(out).toContain('2 errors')
  })

  it('all of them, in a tree in which every page and every heading was renamed', async () => {
    const names = Array.from({length: 12}, (_, index) => `page-${index}`)
    const body = (name: string, part: number) =>
      `${name} tells in part ${part} of what it alone knows.\n`.repeat(4)
    const page = (name: string, title: (part: number) => string, links: string) =>
      `# ${name}\n\n${[1, 2, 3].map((part) => `## ${title(part)}\n\n${body(name, part)}\n`).join('')}## Links\n\n${links}`
    const links = (path: (name: string) => string, anchor: (name: string, part: number) => string) =>
      names
        .map(
          (name, index) =>
            `- [${name}](${path(name)}#${anchor(name, 1 + (index % 3))})\n- <a href="${path(name)}">${name}</a>\n`,
        )
        .join('')
    const old = links(
      (name) => `${name}.md`,
      (name, part) => `${name}-part-${part}`,
    )
    const {cwd, commit, move, read} = repository(
      Object.fromEntries(
        names.map((name) => [`${name}.md`, page(name, (part) => `${name} part ${part}`, old)]),
      ),
    )
    for (const [index, name] of names.entries()) move(`${name}.md`, `guide/${index % 3}/${name}-new.md`)
    commit()
    for (const [index, name] of names.entries())
      writeFileSync(
        path.join(cwd, `guide/${index % 3}/${name}-new.md`),
        page(name, (part) => `Chapter ${part} of ${name}`, old),
      )
    commit()
    const {out} = await doccheck(cwd, ['--fix', '--offline', '--no-config'])
    expect(out).toMatch(/^12 files checked in [\d.]+ s: no problems\n288 problems fixed in 12 files\n$/)
    for (const [index, name] of names.entries()) {
      const from = String(index % 3)
      const right = links(
        (to) => {
          const folder = String(names.indexOf(to) % 3)
          return `${folder === from ? '' : `../${folder}/`}${to}-new.md`
        },
        (to, part) => `chapter-${part}-of-${to}`,
      )
      expect(read(`guide/${from}/${name}-new.md`)).toBe(
        page(name, (part) => `Chapter ${part} of ${name}`, right),
      )
    }
  })

  it('are left alone without git', async () => {
    const cwd = folder({'b.md': long('a'), 'index.md': '[a](a.md)\n'})
    const {code} = await doccheck(cwd, ['--fix', '--offline', '--no-config'])
    expect(readFileSync(path.join(cwd, 'index.md'), 'utf8')).toBe('[a](a.md)\n')
    expect(code).toBe(1)
  })
})

describe('writing', () => {
  const change = (root: string, file = 'a.md') => ({root, file, before: 'old\n', after: 'new\n'})

  it('keeps mode and mark, and writes through a link', async () => {
    const root = folder({'real/a.md': '\uFEFFold\n'})
    chmodSync(path.join(root, 'real/a.md'), 0o640)
    symlinkSync('real/a.md', path.join(root, 'a.md'))
    await replaceFile(change(root))
    expect(readFileSync(path.join(root, 'real/a.md'), 'utf8')).toBe('\uFEFFnew\n')
    expect(statSync(path.join(root, 'real/a.md')).mode & 0o777).toBe(0o640)
    expect(readlinkSync(path.join(root, 'a.md'))).toBe('real/a.md')
    expect(readdirSync(path.join(root, 'real'))).toEqual(['a.md'])
  })

  it('writes where names begin with two dots', async () => {
    const root = folder({'..d/a.md': 'old\n', '..b.md': 'old\n'})
    symlinkSync('..b.md', path.join(root, 'b.md'))
    for (const file of ['..d/a.md', '..b.md']) {
      await replaceFile(change(root, file))
      expect(readFileSync(path.join(root, file), 'utf8')).toBe('new\n')
    }
    await replaceFile({...change(root, 'b.md'), before: 'new\n', after: 'newer\n'})
    expect(readFileSync(path.join(root, '..b.md'), 'utf8')).toBe('newer\n')
  })

  it('fixes a page with several paths for its own, and reports what the others lack', async () => {
    const cwd = folder({'Bb.md': '', 'sub/bb.md': '', 'page.md': '[b](Bb.md) [c](BB.md)\n'})
    symlinkSync('../page.md', path.join(cwd, 'sub/link.md'))
    symlinkSync('page.md', path.join(cwd, 'first.md'))
    for (const fixed of [true, false]) {
      const {out, err, code} = await doccheck(cwd, ['--fix', '--offline', '--no-config'])
      expect(readFileSync(path.join(cwd, 'page.md'), 'utf8')).toBe('[b](Bb.md) [c](Bb.md)\n')
      expect(out.includes('1 problem fixed in 1 file')).toBe(fixed)
      expect(new Set(out.match(/^.*\.md(?=:)/gm))).toEqual(new Set(['sub/link.md']))
      expect(out).not.toContain('Can be fixed')
      expect(err).toBe('')
      expect(code).toBe(1)
    }
  })

  it('fixes a file that only links lead to for the first of them', async () => {
    const cwd = folder({'Bb.md': '', 'sub/bb.md': '', text: '[b](BB.md)\n'})
    symlinkSync('text', path.join(cwd, 'page.md'))
    symlinkSync('../text', path.join(cwd, 'sub/page.md'))
    const {out, code} = await doccheck(cwd, ['--fix', '--offline', '--no-config'])
    expect(readFileSync(path.join(cwd, 'text'), 'utf8')).toBe('[b](Bb.md)\n')
    expect(readlinkSync(path.join(cwd, 'page.md'))).toBe('text')
    expect(out).toContain('1 problem fixed in 1 file')
    expect(out).toMatch(/^sub\/page\.md:/)
    expect(code).toBe(1)
  })

  it.each([
    ['it has changed since', (root: string) => writeFileSync(path.join(root, 'a.md'), 'other\n')],
    ['it is read-only', (root: string) => chmodSync(path.join(root, 'a.md'), 0o444)],
    ['it no longer exists', (root: string) => renameSync(path.join(root, 'a.md'), path.join(root, 'b.md'))],
    [
      'it is a symlink to outside the tree',
      (root: string) => {
        renameSync(path.join(root, 'a.md'), path.join(folder({x: ''}), 'a.md'))
        symlinkSync(path.join(folder({'a.md': 'old\n'}), 'a.md'), path.join(root, 'a.md'))
      },
    ],
  ])('leaves a file as it is: %s', async (why, spoil) => {
    const root = folder({'a.md': 'old\n'})
    spoil(root)
    const before = lstatSync(path.join(root, 'a.md'), {throwIfNoEntry: false})?.mtimeMs
    await expect(replaceFile(change(root))).rejects.toThrow(`Cannot be fixed: ${why}`)
    expect(lstatSync(path.join(root, 'a.md'), {throwIfNoEntry: false})?.mtimeMs).toBe(before)
    expect(readdirSync(root).filter((name) => name.endsWith('.tmp'))).toEqual([])
  })

  it('says which file it could not write, reports what is left on it, and exits with 2', async () => {
    const page = '[a](docs/Guide.md) [b](img/logo.png)\n'
    const cwd = folder({...SITE, 'a.md': page, 'b.md': page, 'sub/c.md': page.replaceAll('](', '](../')})
    chmodSync(path.join(cwd, 'a.md'), 0o444)
    const {out, err, code} = await doccheck(cwd, ['--fix', '--offline', '--no-config'])
    expect(err).toBe('doccheck: a.md: Cannot be fixed: it is read-only\n')
    expect(readFileSync(path.join(cwd, 'a.md'), 'utf8')).toBe(page)
    expect(readFileSync(path.join(cwd, 'b.md'), 'utf8')).toBe('[a](docs/guide.md) [b](img/Logo.png)\n')
    expect(out).toMatch(/^a\.md:.*`docs\/Guide\.md`.*\na\.md:.*`img\/logo\.png`.*\n\n/)
    expect(out).toContain(': 2 errors\n4 problems fixed in 2 files\n')
    expect(out).not.toContain('Can be fixed')
    expect(code).toBe(2)
    const {out: json} = await doccheck(cwd, ['--fix', '--offline', '--no-config', '--reporter', 'json'])
    expect(JSON.parse(json).flatMap((file: {messages: object[]}) => file.messages)).toHaveLength(2)
  })

  it.each([
    ['before it is fixed', 1, '', 1],
    [
      'before it is written',
      2,
      'doccheck: b.md: Cannot be fixed: it no longer exists\ndoccheck: c.md: Cannot be fixed: it is a folder now\n',
      2,
    ],
  ])('goes on when a page vanishes or becomes a folder %s', async (_, round, said, status) => {
    const page = '[a](docs/Guide.md)\n'
    const cwd = folder({...SITE, 'a.md': page, 'b.md': page, 'c.md': page, 'd.md': page})
    writeFileSync(
      path.join(cwd, 'doccheck.config.mjs'),
      `import {mkdirSync, rmSync} from 'node:fs'
let round = 0
export default {
  plugins: [
    () => (tree, {path}) => {
      if (path !== 'd.md' || ++round !== ${round}) return
      for (const name of ['b.md', 'c.md']) rmSync(${JSON.stringify(`${cwd}/`)} + name)
      mkdirSync(${JSON.stringify(`${cwd}/c.md`)})
    },
  ],
}
`,
    )
    const {out, err, code} = await doccheck(cwd, ['--fix', '--offline'])
    expect({err, code}).toEqual({err: said, code: status})
    for (const name of ['a.md', 'd.md'])
      expect(readFileSync(path.join(cwd, name), 'utf8')).toBe('[a](docs/guide.md)\n')
    expect(out).toMatch(/^b\.md:1:1 +error +Cannot be read: it does not exist/)
    expect(out).toMatch(/\nc\.md:1:1 +error +Cannot be read: it is a folder/)
    expect(out).toContain('2 problems fixed in 2 files')
  })
})
