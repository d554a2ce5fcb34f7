import {execFileSync} from 'node:child_process'
import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {readPage} from '../src/page/read-page.ts'
import type {HostContext} from '../src/site/platform.ts'
import {describeGithub} from '../src/site/platforms/github/describe.ts'
import {readJekyllConfig} from '../src/site/platforms/jekyll/config.ts'
import {jekyllSite} from '../src/site/platforms/jekyll/describe.ts'
import {Lookup} from '../src/site/shared/lookup.ts'
import type {Tree} from '../src/tree/tree.ts'
import {HEADINGS, heading, pageOf} from './headings.ts'
import {ruby} from './needs.ts'

const RUBY = `
require 'json'
require 'kramdown'
given = JSON.parse(STDIN.read)
options = given['options'].transform_keys(&:to_sym)
puts given['pages'].map { |text|
  Kramdown::Document.new(text, options).to_html.scan(/<h[1-6](?: id="([^"]*)")?[^>]*>/).map { |found| found[0] }
}.to_json
`
const engine = ruby('kramdown (Debian: ruby-kramdown)', 'kramdown')

const RUNS = Number(process.env.RUNS ?? 2000)
const SEED = Number(process.env.SEED ?? 5)

type Options = Record<string, unknown>

/** The ids of every heading of each page, as the real kramdown makes them. */
const kramdown = (pages: string[], options: Options): (string | null)[][] =>
  JSON.parse(
    execFileSync(engine!, ['-W0', '-e', RUBY], {
      input: JSON.stringify({pages, options: {input: 'kramdown', ...options}}),
      maxBuffer: 1 << 28,
      encoding: 'utf8',
    }),
  )

const tree: Tree = {
  root: '',
  files: new Set(['page.md']),
  folders: new Set(['']),
  beyond: () => undefined,
  onDisk: false,
  read: async () => '',
  whole: async () => '',
}

/** The anchors of a page on a Jekyll site with these options. */
async function anchors(text: string, options: Options) {
  const config = readJekyllConfig({kramdown: {input: 'kramdown', ...options}})
  const marker = {platform: 'jekyll', root: '', why: ''}
  const context: HostContext = {tree, isPage: () => true, lookup: new Lookup(tree), marker}
  const site = jekyllSite({...context, host: await describeGithub(context)}, config, {
    frontMatter: new Map(),
    plugins: {additions: [], includes: undefined, ids: undefined},
    templates: {includes: new Map(), layouts: new Map()},
  })
  const page = await readPage('page.md', text, site.syntax)
  return site.publish({page: () => page}).anchorsOf(page)
}

/** The ids of all headings; of a page that is open, why it is. */
async function ours(text: string, options: Options) {
  const {ofHeadings, doubts} = await anchors(text, options)
  return doubts.length > 0 ? 'open' : ofHeadings!.filter((id) => id !== undefined)
}

const SPECIAL = [
  ...[
    '3 Steps to go',
    '42',
    '!!!',
    'Foo ##',
    'Foo##',
    'Foo \\#',
    'Foo \\##',
    'Foo # #',
    '#',
    '##',
    'Tab\there',
  ],
  ...['Own {#my-id}', 'Own{#my-id}', 'Own {#ünder.1}', 'Own {#id} ##', 'Own ## {#id}', '{#id}', 'Own {#1}'],
  ...[
    'Own {#my-id}  ',
    'Attributes {: #other .x}',
    '*a* b <!-- c --> d',
    '![alt](x.png) t',
    '~~gone~~',
    'Foo----bar',
  ],
  ...[
    '`a--b`--c',
    'a -- b --- c ...',
    'a\\_b\\*',
    '<https://example.org/x>',
    'A [b] c',
    'A^b^',
    'Foo\u00a0bar',
    'x | y',
  ],
  ...['Section', 'section', 'Foo-1', 'foo', 'foo', 'Foo', 'İI', 'ſK', 'https://example.org/x'],
]
/** How many of these are open with stripping. */
const OPEN = 7
/** What may stand in a heading, and is not always read in the same way. */
const MORE = [
  ...[
    '`a`',
    '``b ` c``',
    '`',
    '<b>T</b>',
    '<br/>',
    '<',
    '>',
    '<i',
    '<!-- c -->',
    '![alt](x.png)',
    '![alt][r]',
    '|',
  ],
  ...[
    '[text](a_(b).md "title x")',
    '[text](<a b>)',
    '[a',
    ']',
    '[ref]',
    '[x][y]',
    '[x][]',
    '&amp;',
    '&lt;',
    '&#65;',
  ],
  ...[
    '&nbsp;',
    '&hellip;',
    '&zwj;',
    '&x;',
    '& b',
    '$$',
    '$x$',
    '$$a b$$',
    '<<',
    '>>',
    '<<x>>',
    '<https://e.org/A>',
  ],
  ...[
    '<a@b.co>',
    '\\-',
    '\\`',
    '\\--',
    '\\[',
    '[^1]',
    '{:.x}',
    '{: #q}',
    '*a*{:.x}',
    '{',
    '}',
    '*',
    '_',
    '__b__',
  ],
  ...[
    '***c***',
    'a*b*c',
    '~~d~~',
    "'90s",
    '"\'q\'"',
    '{::nomarkdown}x{:/}',
    ':',
    '\\\\',
    '----',
    '. . .',
    '....',
  ],
  ...['[link](x.md){:.y}', '<kbd>K</kbd>', '<span markdown="1">*s*</span>', 'https://e.org/?a-b&c=d'],
]
const generated = (of: fc.Arbitrary<string>) =>
  fc.sample(fc.array(of, {minLength: 1, maxLength: 5}), {numRuns: 500, seed: SEED}).map(pageOf)

const OPTIONS: Options[] = [
  {},
  {auto_id_prefix: 'x-'},
  {auto_id_stripping: true},
  {auto_id_stripping: true, auto_id_prefix: 'Ä_'},
  {auto_ids: false},
]

describe.skipIf(!engine)("kramdown's own input", () => {
  describe.each(OPTIONS)('%j', (options) => {
    /** All pages whose ids are not those of the real kramdown, and how many are open. */
    async function compare(pages: string[]) {
      const real = kramdown(pages, options)
      const different = []
      let open = 0
      for (const [at, page] of pages.entries()) {
        const found = await ours(page, options)
        const expected = real[at]!.filter((id) => id !== null)
        if (typeof found === 'string') open++
        else if (found.join('\n') !== expected.join('\n')) different.push({page, found, expected})
      }
      return {different, open}
    }

    it('gives the ids of the headings that differ among platforms', async () => {
      const texts = HEADINGS.map(([text]) => text)
      const pages = [pageOf(texts), ...[...texts, ...SPECIAL].map((text) => `## ${text}\n`)]
      // With stripping, text in brackets may be a reference, braces a list of attributes.
      expect(await compare(pages)).toEqual({different: [], open: options.auto_id_stripping ? OPEN : 0})
    })

    it('gives the ids of generated headings', async () => {
      const {different, open} = await compare(generated(heading()))
      expect(different).toEqual([])
      expect(open).toBeLessThan(options.auto_id_stripping ? 10 : 1)
    })

    it('gives the ids of generated headings with all that may stand in them', async () => {
      const {different, open} = await compare(generated(heading(MORE)))
      expect(different).toEqual([])
      expect(open).toBeLessThan(options.auto_id_stripping ? 300 : 20)
    })
  })

  // Blocks of all kinds in any order: what CommonMark has no heading for, and what only CommonMark has one for.
  it('knows every id, or is open, whatever blocks are on the page', async () => {
    const lines = [
      ...[
        '',
        '',
        '',
        '',
        'text',
        'text',
        '# A',
        '## B',
        '## B',
        '#C',
        '####### D',
        '  # E',
        '    # F',
        '\t# G',
        '#',
      ],
      ...[
        '---',
        '===',
        '-',
        '=',
        '* * *',
        '> q',
        '> # H',
        '>',
        '> ---',
        '- item',
        '- # L',
        '-',
        '  # M',
        '1. one',
      ],
      ...[
        '1. # N',
        '  ---',
        '~~~',
        '~~~ ruby',
        '~~~~',
        '```',
        '``` ruby',
        '<div>',
        '<div markdown="1">',
        '</div>',
      ],
      ...[
        '<div markdown="1"># O',
        '<b>x</b>',
        '<!-- c -->',
        '<!--',
        '-->',
        '{: .x}',
        '{: #y}',
        '{:z: #w}',
        '{: z}',
      ],
      ...[
        '{: id="v"}',
        '^',
        ': def',
        ': # P',
        '| a | b |',
        '|---|---|',
        '[l]: u',
        '*[AB]: x',
        '[^1]: fn',
        '[^1]: # Q',
      ],
      ...[
        'ref[^1]',
        '$$',
        '* {:.x}',
        '# R {#r}',
        'S {#s}',
        '*S*',
        '# A\n{: #t}',
        'two\nlines',
        '* one',
        '+ two',
      ],
    ]
    const pages = fc
      .sample(fc.array(fc.constantFrom(...lines), {minLength: 2, maxLength: 9}), {numRuns: RUNS, seed: SEED})
      .map((list) => `${list.join('\n')}\n`)
      // Front matter, which Jekyll takes off.
      .filter((text) => !text.startsWith('---'))
    const real = kramdown(pages, {})
    const wrong = []
    let sure = 0
    for (const [at, text] of pages.entries()) {
      const {ids, doubts} = await anchors(text, {})
      if (doubts.length > 0) continue
      sure++
      const missing = real[at]!.filter((id) => id !== null && !ids.has(id))
      if (missing.length > 0) wrong.push({text, missing, ids: [...ids]})
    }
    expect(wrong).toEqual([])
    expect(sure).toBeGreaterThan(pages.length / 10)
  })
})

describe('anchors of a Jekyll page', () => {
  it.each(['kramdown', 'GFM'])('are open where ids cannot be seen, with the input %s', async (input) => {
    for (const text of [
      '# A\n{: id="x"}\n',
      '{% if x %}# A{% endif %}\n',
      '{%- if x -%}\n\n    # A\n{% endif %}\n',
      '---\nredirect_to: /x/\n---\n# A\n',
    ])
      expect((await anchors(text, {input})).doubts, text).not.toEqual([])
    expect((await anchors('# A\n{: .x #y}\n\n{% if x %}\n# B\n{% endif %}\n', {input})).doubts).toEqual([])
  })

  it.each([
    {input: 'kramdown', transliterated_header_ids: true},
    {input: 'kramdown', html_to_native: true},
    {input: 'kramdown', auto_ids: 'no'},
    {input: 'Other'},
  ])('are open with %j', async (options) => {
    expect((await anchors('# A\n', options)).doubts).not.toEqual([])
  })
})
