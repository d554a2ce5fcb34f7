import {describe, expect, it} from 'vitest'
import {readPage} from '../src/page/read-page.ts'
import {chaptersOf, readMdbook} from '../src/site/platforms/mdbook/config.ts'
import {mdbookIds} from '../src/site/platforms/mdbook/heading-ids.ts'
import {mdbookSyntax} from '../src/site/platforms/mdbook/syntax.ts'
import {checkFolder, folder, messagesOf} from './run-doccheck.ts'

// No mdBook is here to compare with: what is expected was worked out by hand from `id_from_content`, `unique_id` and
// `add_header_links` of mdbook-html 0.5.4, and from pulldown-cmark's rules for dashes and attributes.
const IDS: [heading: string, id: string, older?: string][] = [
  ['Hello, World!', 'hello-world'],
  ['API v2.0 (beta)', 'api-v20-beta'],
  ['C++ & C#', 'c--c'],
  ['snake_case and kebab-case', 'snake_case-and-kebab-case'],
  ['Über Café', 'über-café', 'Über-café'],
  ['你好 世界', '你好-世界'],
  ['Emoji 🚀 launch', 'emoji--launch'],
  ['`--fix` option', '--fix-option'],
  ['**Bold** _it_ and [link](x.md)', 'bold-it-and-link'],
  ['1\\. Numbered step', '1-numbered-step'],
  ['Foo -- bar', 'foo--bar'],
  ['Foo --- bar', 'foo--bar-1'],
  ['What\'s "new"?', 'whats-new'],
  ['Install <b>Tag</b>', 'install-tag'],
  ['A  B', 'a--b'],
  ['🎉', 'section'],
  ['CI/CD', 'cicd'],
  [':rocket: Launch', 'rocket-launch'],
  ['AT&amp;T &copy; 2024', 'att--2024'],
  ['A_*b*_ C', 'a_b_-c'],
  ['Foo', 'foo'],
  ['Foo', 'foo-1'],
  ['Foo 1', 'foo-1-1'],
  ['Straße ½ Ⅷ', 'straße-½-ⅷ'],
  ['!!!', 'section-1'],
  ['Own {#my-id}', 'my-id'],
  ['Own, twice {.wide #other}', 'other'],
  ['No id {.wide}', 'no-id'],
  ['In `{#code}`', 'in-code'],
  ['เสียง हिन्दी', 'เสียง-हिनदी'],
  ['![alt](x.png) picture', 'picture'],
]

describe('ids', () => {
  it('are those that the rules of mdBook make', async () => {
    const {headings} = await readPage(
      'page.md',
      IDS.map(([heading]) => `## ${heading}\n`).join('\n'),
      mdbookSyntax,
    )
    const expected = IDS.map(([, id]) => id)
    expect(mdbookIds(headings, {smart: true})).toEqual(expected)
  })

  it('keep capitals beyond ASCII, and hyphens, in older versions', async () => {
    const {headings} = await readPage('page.md', '# Über Café\n\n# Foo -- bar\n\n# 🎉\n\n# ÀB\n', {})
    expect(mdbookIds(headings, {smart: false, ascii: true})).toEqual([
      'Über-café',
      'foo----bar',
      undefined,
      'Àb',
    ])
  })
})

it('reads the chapters of a summary', () => {
  const summary =
    '# Summary\n\n[Start](./README.md)\n- [A `x`](a%20b.md)\n  - [B](<c d.md>)\n- [Draft]()\n<!-- - [No](no.md) -->\n- [P](p_(q).md#r)\n'
  expect(chaptersOf(summary)).toEqual(['README.md', 'a b.md', 'c d.md', 'p_(q).md'])
})

describe('a configuration', () => {
  it.each([
    [{}, '', {source: 'src', program: undefined, smart: undefined, indexes: true, base: undefined}],
    [{book: {src: './docs/'}}, 'x', {source: 'x/docs'}],
    [{book: {src: '.'}}, 'x', {source: 'x'}],
    [{book: {src: '../src'}}, 'x', {source: 'src'}],
    [{output: {html: {'curly-quotes': true, 'site-url': '/book'}}}, '', {smart: true, base: '/book/'}],
    [
      {output: {html: {'site-url': 'https://example.org/book/'}}},
      '',
      {home: 'https://example.org/book', base: '/book/'},
    ],
    [{output: {html: {'site-url': 'https://example.org'}}}, '', {home: 'https://example.org', base: '/'}],
    [{preprocessor: {links: {}, toc: {}}}, '', {program: undefined}],
    [{preprocessor: {own: {}}}, '', {program: 'own'}],
    [{build: {'use-default-preprocessors': false}}, '', {indexes: false}],
  ])('%j in %j', (data, root, expected) => {
    expect(readMdbook(data, root)).toMatchObject(expected)
  })

  it('of redirects tells pages from fragments', () => {
    const {redirects, fragments} = readMdbook(
      {output: {html: {redirect: {'/a.html#b': 'c.html', 'd.html': 'e.html'}}}},
      '',
    )
    expect([...redirects]).toEqual(['a.html', 'd.html'])
    expect([...fragments]).toEqual(['a.html#b'])
  })
})

it('books are found at their URLs on a host', async () => {
  const book = (name: string, url: string) => ({
    [`${name}/book.toml`]: `[output.html]\nsite-url = "${url}"\n`,
    [`${name}/src/SUMMARY.md`]: '- [A](index.md)\n- [B](b/chapter.md)\n',
    [`${name}/src/index.md`]: '# A\n',
    [`${name}/src/b/chapter.md`]: '# C\n',
  })
  const links = (url: string) =>
    `[a](${url}) [b](${url}/) [c](${url}/b/chapter.html) [d](${url}/b/chaper.html)\n`
  const root = folder({
    ...book('a', 'https://books.test/r/'),
    ...book('b', 'https://books.test/r/dev'),
    'README.md': links('https://books.test/r') + links('https://books.test/r/dev'),
  })
  expect(messagesOf(await checkFolder(root, 'no-broken-link'))).toEqual([
    'README.md 1:99-1:133 Unexpected link to missing file `https://books.test/r/b/chaper.html`, expected `https://books.test/r/b/chapter.html`',
    'README.md 2:111-2:149 Unexpected link to missing file `https://books.test/r/dev/b/chaper.html`, expected `https://books.test/r/dev/b/chapter.html`',
  ])
})

describe('a book', () => {
  const book = {
    'book.toml': '',
    'src/SUMMARY.md': '- [A](a.md)\n- [B](b/index.md)\n',
    'src/a.md': '# A\n',
    'src/b/index.md': '# B\n',
    'src/x.txt': '',
  }
  const check = async (text: string, more: Record<string, string> = {}) =>
    messagesOf(await checkFolder(folder({...book, 'src/a.md': text, ...more}))).map((each) =>
      each.replace(/^\S+ \S+ /, ''),
    )

  it.each([
    `${'b/index.md b/index.html b/ b x.txt a.md#y ../out.html /x.html print.html b/index.md#b mailto:x@y.z'
      .split(' ')
      .map((url) => `[L](${url})`)
      .join('\n')}\n\n# Y\n`,
    // The first chapter is the index of the book, too.
    '[L](index.html) [M](./)\n',
    '<img src="x.txt"> <a href="b/index.md">L</a>\n',
    '[L](book.js) [M](css/general.css)\n',
  ])('has what %j leads to', async (text) => {
    expect(await check(text)).toEqual([])
  })

  it('has the anchors that lead on to others', async () => {
    const more = {'book.toml': '[output.html.redirect]\n"/b/index.html#former" = "../a.html#y"\n'}
    expect(await check('[L](b/index.md#former)\n', more)).toEqual([])
  })

  it('is silent where a program may add to it', async () => {
    const more = {'book.toml': '[preprocessor.own]\n'}
    expect(await check('[L](c.md) [M](#x) [n][m]\n', more)).toEqual([])
  })

  it('is silent where a file may be a part of a chapter', async () => {
    expect(await check('', {'src/part.md': '[L](#heading-of-the-chapter) [M](lost.md)\n'})).toEqual([])
  })

  it('is silent where its summary is made later', async () => {
    const more = {'book.toml': '[book]\nsrc = "lib"\n', 'lib/a.md': '[L](c.md)\n'}
    expect(await check('', more)).toEqual([])
  })

  it.each([
    ['[L](c.md)\n', 'Unexpected link to missing file `c.md`'],
    ['[L](b/b.html)\n', 'Unexpected link to missing file `b/b.html`'],
    ['<img src="y.txt">\n', 'Unexpected missing image `y.txt`'],
    ['[L](#b)\n', 'Unexpected link to missing anchor `#b`'],
    ['[L](c.html)\n', 'Unexpected link to unpublished file `c.html`', {'src/c.md': ''}],
    ['[L](b/README.md)\n', 'Unexpected link to unpublished file `b/README.md`', {'src/b/README.md': ''}],
  ] as [string, string, Record<string, string>?][])('has nothing for %j', async (text, message, more) => {
    expect(await check(text, more)).toEqual([message])
  })
})

it('creates the chapters of SUMMARY.md that are missing, unless the configuration says no', async () => {
  const check = async (toml: string) =>
    messagesOf(
      await checkFolder(
        folder({
          'book.toml': toml,
          'src/SUMMARY.md': '- [A](a.md)\n- [B](b.md)\n- [Draft]()\n',
          'src/a.md': '# A\n\n[b](b.md) [c](c.md)\n',
        }),
      ),
    )
  const c = 'src/a.md 3:15-3:19 Unexpected link to missing file `c.md`'
  expect(await check('')).toEqual([c])
  expect(await check('[build]\ncreate-missing = false\n')).toEqual([
    'src/SUMMARY.md 2:7-2:11 Unexpected link to missing file `b.md`',
    c,
  ])
})

it.each([
  [
    '*.html\n',
    'src/guide/b.md 3:5-3:14 Unexpected link to missing file `gone.html` (likely: all 12 other targets in /guide/ exist)',
  ],
  ['/src/guide/gone.html\n'],
  ['*\n!*.md\n'],
])(
  'judges a page by the others if git ignores all files with its extension, as in %j',
  async (ignored, ...found) => {
    const names = Array.from({length: 12}, (_, at) => `guide/page-${at}`)
    const files = {
      '.gitignore': ignored,
      'book.toml': '',
      'src/SUMMARY.md': `${names.map((name) => `- [P](${name}.md)\n`).join('')}- [A](a.md)\n- [B](guide/b.md)\n`,
      'src/a.md': `# A\n\n${names.map((name) => `[p](${name}.html)\n`).join('')}`,
      'src/guide/b.md': '# B\n\n[g](gone.html)\n',
      ...Object.fromEntries(names.map((name) => [`src/${name}.md`, '# P\n'])),
    }
    expect(messagesOf(await checkFolder(folder(files)))).toEqual(found)
  },
)
