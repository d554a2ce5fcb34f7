import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {coverMdx} from '../src/page/mdx.ts'
import {readPage} from '../src/page/read-page.ts'
import {amount} from './amount.ts'
import {checkFolder, folder, messagesOf} from './run-doccheck.ts'

const read = (text: string) => readPage('x.mdx', text, {mdx: true})

describe('MDX', () => {
  it('reads what stands in a component on one line', async () => {
    const page = await read(
      '<Tip>See [a](a.md), **[b][r]** and [c][none] <img src="i.png" /></Tip>\n\n' +
        '<A><B>[d](d.md)</B></A>\n\n<Tab>\n  <B>[e](e.md)</B>\n</Tab>\n\n## <C>Head [f](f.md)</C>\n\n[r]: r.md\n',
    )
    expect(page.links.map(({url}) => url)).toEqual(['a.md', 'i.png', 'd.md', 'e.md', 'f.md', 'r.md'])
    expect(page.references.map(({label, defined}) => [label, defined])).toEqual([
      ['r', true],
      ['none', false],
    ])
    expect(page.headings.map(({text}) => text)).toEqual(['Head f'])
  })

  it('has links and ids in components and elements, and Markdown within them', async () => {
    const page = await read(
      [
        "import Note from './note.js'",
        'export const site = {name: "x", links: ["](y.md)"]}',
        '',
        '# {site.name} and *more*',
        '',
        '<Note title={<b>x</b>} href="/a">',
        '',
        '    See [b](b.md) or <Link to="/c">c</Link>.',
        '',
        '</Note>',
        '',
        '<div id="here"><img src="d.png" alt={alt} /><a href={e}>e</a></div>',
        '',
        "{list.map((x) => <a href='/f'>{x}</a>)}",
        '',
        '`{` [g](g.md) `}` \\{ [h](h.md)',
        '',
        '```jsx',
        '<a href="/i">{j}</a> [k](k.md)',
        '```',
      ].join('\n'),
    )
    expect(page.links.map(({kind, tag, url}) => [kind, tag, url])).toEqual([
      ['module', undefined, './note.js'],
      ['html', 'note', '/a'],
      ['link', undefined, 'b.md'],
      ['html', 'link', '/c'],
      ['html', 'img', 'd.png'],
      ['link', undefined, 'g.md'],
      ['link', undefined, 'h.md'],
    ])
    expect(page.ids.map(({id}) => id)).toEqual(['here'])
    expect(page.headings).toMatchObject([{text: '{site.name} and more', template: true}])
    expect(page.opaqueContent).toEqual([])
  })

  it('has links in the properties that components hand to elements by convention', async () => {
    const page = await read(
      '<Card to="/a" icon="/b" />\n\n<Card link={"/c"} /> <NavLink to="/d" /> <Image src="e.png" /> <Lamp to="/f" />\n',
    )
    expect(page.links.map(({url}) => url)).toEqual(['/a', '/c', '/d', 'e.png'])
  })

  it('has ids in comments and braces behind headings', async () => {
    const {headings} = await read(
      '# One {#one}\n\n## Two {/* #two */}\n\n## Three {/*three*/}\n\n## Four <!-- #four -->\n\n## Five\n',
    )
    expect(
      headings.map(({text, textWithoutId, id, comment}) => [textWithoutId ?? text, id, comment]),
    ).toEqual([
      ['One', 'one', undefined],
      ['Two', undefined, '#two'],
      ['Three', undefined, 'three'],
      ['Four', undefined, '#four'],
      ['Five', undefined, undefined],
    ])
  })

  it('names the pages that it imports', async () => {
    const {opaqueContent} = await read(
      "import A from './a.mdx'\nimport B from '../b.md';\nimport c from './c.js'\n\ntext\n",
    )
    expect(opaqueContent).toEqual(['import ./a.mdx', 'import ../b.md'])
  })

  it('is read as Markdown where it is none', async () => {
    const page = await read('# A\n\n[a](a.md) {unclosed <b\n')
    expect(page.links.map(({url}) => url)).toEqual(['a.md'])
    expect(page.opaqueContent).toEqual([])
  })

  it('has its components and all ids where it is none', async () => {
    const page = await read(
      'import C from "./c.mdx"\n\n`<D>`, `E<F>` <C a={b} g="h" />\n\n```\n<I>\n```\n\n    <p id="j">\n\n{unclosed <K.L\n',
    )
    expect(page.components).toEqual([{name: 'C', from: './c.mdx'}, {name: 'K.L'}])
    expect(page.componentProps).toEqual(['h'])
    expect(page.ids.map(({id}) => id)).toEqual(['j'])
    expect(page.opaqueContent).toEqual(['import ./c.mdx'])
  })

  it.each(['<div>\n## A\n</div>\n\n{unclosed', '    ## A\n\n{unclosed'])(
    'may have headings that Markdown does not: %j',
    async (text) => {
      expect((await read(text)).opaqueContent).toEqual(['MDX that cannot be parsed'])
    },
  )

  it('keeps the braces of headings where it is none', async () => {
    const {headings} = await read('# A {b + c} d\n\n{unclosed\n')
    expect(headings).toMatchObject([{text: 'A {b + c} d', template: true}])
  })

  it('has the ids of headings where it is none', async () => {
    const {headings} = await read('# A {id="b"}\n\n## C {#d}\n\n[a](a.md) {unclosed <b\n')
    expect(headings.map(({text, id}) => [text, id])).toEqual([
      ['A {id="b"}', undefined],
      ['C {#d}', 'd'],
    ])
  })

  it('is covered at its length, line by line, whatever it holds', () => {
    const part = fc.constantFrom(
      ...[
        '{',
        '}',
        '{/* x */}',
        '`',
        '```',
        '\n',
        '\n\n',
        '<!--',
        '-->',
        'import a',
        'export ',
        "'",
        '"',
        '\\',
        '...x',
        '<A b={',
        '/>',
        '# h',
        ' ',
      ],
    )
    fc.assert(
      fc.property(fc.array(part, {maxLength: 30}), (parts) => {
        const whole = parts.join('')
        const {text, unclosed} = coverMdx(whole, 0)
        const source = whole.slice(0, unclosed)
        expect(text).toHaveLength(source.length)
        expect(text.split('\n').map(({length}) => length)).toEqual(
          source.split('\n').map(({length}) => length),
        )
      }),
      {numRuns: amount(3000)},
    )
  })

  it.each([
    '{',
    '`',
    '``` `` ` ',
    '<!--',
    "import 'a",
    '<A b={',
    'export const a = {\n\n',
    "{'",
    '{`',
    '{/*',
  ])('never takes long: %s', async (part) => {
    // In quadratic time it would outlast the test.
    expect((await read(part.repeat(100_000))).end).toBe(part.length * 100_000)
  })

  it('has line endings of any kind', async () => {
    const page = await read(
      "import A from './a.md'\r\n\r\n# H {/*x*/}\r\n\r\n```\r\n{\r\n```\r\n\r\n[a](b.md)\r\n",
    )
    expect(page.opaqueContent).toEqual(['import ./a.md'])
    expect(page.headings).toMatchObject([{comment: 'x', textWithoutId: 'H'}])
    expect(page.links.map(({url}) => url)).toEqual(['./a.md', 'b.md'])
  })

  it('is checked as any page is', async () => {
    const root = folder({
      'a.mdx': '# A\n\n<Card>\n  [b](b.mdx#b) [c](c.mdx) [d][] <a href="e.md">e</a> [f](#g)\n</Card>\n',
      'b.mdx': '# B\n',
    })
    expect(messagesOf(await checkFolder(root))).toEqual([
      'a.mdx 4:20-4:25 Unexpected link to missing file `c.mdx`',
      'a.mdx 4:42-4:46 Unexpected link to missing file `e.md`',
      'a.mdx 4:58-4:60 Unexpected link to missing anchor `#g`',
      'a.mdx 4:27-4:32 Unexpected reference to undefined label `d`',
    ])
  })
})
