import {isDeepStrictEqual} from 'node:util'
import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {parseDocument} from 'yaml'
import {readFlatYaml} from '../src/page/front-matter/flat-yaml.ts'
import {readPage} from '../src/page/read-page.ts'
import {mask, restore} from '../src/page/template/mask.ts'
import {jekyllSyntax} from '../src/site/platforms/jekyll/syntax.ts'
import {normalizeLabel} from '../src/text/labels.ts'
import {lineStarts} from '../src/text/lines.ts'
import {amount} from './amount.ts'

const read = (text: string, liquid = false) =>
  readPage('page.md', text, liquid ? jekyllSyntax(true, false) : {})
const targets = async (text: string, liquid = false) =>
  (await read(text, liquid)).links.map(({url, target, kind}) => [
    kind,
    url,
    text.slice(target.start, target.end),
  ])

describe('places of URLs', () => {
  it.each([
    ['[a](b.md)', 'link', 'b.md', 'b.md'],
    ['[a]( <b c.md> "t")', 'link', 'b c.md', 'b c.md'],
    ['[a](b\\_c.md)', 'link', 'b_c.md', 'b\\_c.md'],
    ['[a](b.md?x=1&amp;y=2)', 'link', 'b.md?x=1&y=2', 'b.md?x=1&amp;y=2'],
    ['[a](b.md?x=1&not=2&#38x)', 'link', 'b.md?x=1&not=2&#38x', 'b.md?x=1&not=2&#38x'],
    ['[a](b(c).md)', 'link', 'b(c).md', 'b(c).md'],
    ['[`](`](b.md)', 'link', 'b.md', 'b.md'],
    ['![a [b](c) d](e.png "(f)")', 'image', 'e.png', 'e.png'],
    ['[a]: <b c.md> "t"', 'definition', 'b c.md', 'b c.md'],
    ['[a]:\n  b.md\n  "t"', 'definition', 'b.md', 'b.md'],
    ['> [a]:\n> b.md', 'definition', 'b.md', 'b.md'],
    ['> [a](\n> b.md)', 'link', 'b.md', 'b.md'],
    ['<https://e.org/>', 'autolink', 'https://e.org/', 'https://e.org/'],
    ['https://e.org/', 'autolink', 'https://e.org/', 'https://e.org/'],
    ['<a href=" b.md ">x</a>', 'html', 'b.md', 'b.md'],
    ["<img src='a.png?x=1&amp;y'>", 'html', 'a.png?x=1&y', 'a.png?x=1&amp;y'],
  ])('%s', async (text, kind, url, source) => {
    expect(await targets(text)).toEqual([[kind, url, source]])
  })

  it('finds every candidate of a srcset', async () => {
    expect(await targets('<img srcset="a.png, b.png 2x,c(1,2).png 3x, data:x,y">')).toEqual([
      ['html', 'a.png', 'a.png'],
      ['html', 'b.png', 'b.png'],
      ['html', 'c(1,2).png', 'c(1,2).png'],
      ['html', 'data:x,y', 'data:x,y'],
    ])
  })

  it('keeps the end of a link when the text before it holds its like', async () => {
    for (const text of ['[see `](x)` here](x)', '[![](x)](x)', '[a\\](x) ![b](x) c](x)']) {
      const {links} = await read(text)
      expect(links[0]).toMatchObject({kind: 'link', target: {start: text.length - 2, end: text.length - 1}})
    }
  })
})

describe('brackets', () => {
  it('are code between tags of code', async () => {
    const {references} = await read(
      '<code>[string, <a href="x">X</a>][]</code> [a][b] <kbd>[c][d]</kbd> [e][]\n',
    )
    expect(references.map(({label}) => label)).toEqual(['b', 'e'])
  })

  it('are placeholders right behind the scheme of a URL', async () => {
    const {references} = await read('keys://[NAME][URI]/[KEY], one: [c][d], //[e][f]\n')
    expect(references.map(({kind, label}) => `${kind} ${label}`)).toEqual([
      'shortcut KEY',
      'full d',
      'full f',
    ])
  })
})

describe('template code', () => {
  it('is a link where Liquid makes one, with its own text', async () => {
    expect(await targets('[z]({% link a b.md %}) [y]({{ "/c" | relative_url }}#d)', true)).toEqual([
      ['link', '{% link a b.md %}', '{% link a b.md %}'],
      ['link', '{{ "/c" | relative_url }}#d', '{{ "/c" | relative_url }}#d'],
    ])
  })

  it('hides what never reaches the converter', async () => {
    const page = await read(
      '{% comment %}\n[a](b.md)\n{% endcomment %}\n\n{% highlight md %}\n# no\n{% endhighlight %}\n\n# yes',
      true,
    )
    expect(page.links).toEqual([])
    expect(page.headings.map(({text}) => text)).toEqual(['yes'])
  })

  it('leaves raw blocks as they are', async () => {
    expect(await targets('{% raw %}[a](b.md) {{ x }}{% endraw %}', true)).toEqual([['link', 'b.md', 'b.md']])
  })

  it('keeps its lines in their item of a list', async () => {
    const {headings, links} = await read(
      '1. Build\n\n   ```yaml\n   a: {{% b\n      c %}}\n   ```\n\n   [d {{% e\n   f %}}](g{{% h %}}.md)\n\n## I\n',
    )
    expect(headings.map(({text}) => text)).toEqual(['I'])
    expect(links.map(({url}) => url)).toEqual(['g{{% h %}}.md'])
  })

  it('keeps lengths and can be put back, whatever the text', () => {
    const piece = fc.constantFrom(
      '\n  ',
      '{{',
      '}}',
      '{%',
      '%}',
      ' ',
      '\n',
      'a',
      'raw',
      'endraw',
      'comment',
      'endcomment',
      '[x](',
      ')',
    )
    fc.assert(
      fc.property(fc.array(piece, {maxLength: 40}), fc.boolean(), (pieces, liquid) => {
        const text = pieces.join('')
        const {text: masked, masks} = mask(text, liquid ? jekyllSyntax(true, false) : {})
        expect(masked.length).toBe(text.length)
        expect(masked.split('\n').length).toBe(text.split('\n').length)
        for (const {start, end, blank} of masks)
          if (!blank)
            expect(restore(masked.slice(start, end), text, masks, start)).toBe(text.slice(start, end))
      }),
    )
  })
})

it('keeps headings, their ids and what is code in them', async () => {
  const {headings, ids} = await read(
    '# A `--x` *b* <i>c</i> ![d](e) {#own}\n\n## B\n{: .x #below}\n\n<h3>C <b>d</b></h3>\n\nsetext\n===',
  )
  expect(headings.map(({depth, text, id, html}) => [depth, text, id, html])).toEqual([
    [1, 'A --x b c  {#own}', 'own', undefined],
    [2, 'B', 'below', undefined],
    [3, 'C d', undefined, true],
    [1, 'setext', undefined, undefined],
  ])
  expect(headings[0]!.code).toEqual([{start: 2, end: 5}])
  expect(ids.map(({id, from}) => [id, from])).toEqual([
    ['own', 'attributes'],
    ['below', 'attributes'],
  ])
})

it('keeps ids of attributes in braces', async () => {
  const {ids} = await read(
    '## A\n{id="below"}\n\n```js\n```\n{runnable="true" id=\'code.1\'}\n\n{id="%x%"} {grid=2}',
  )
  expect(ids.map(({id}) => id)).toEqual(['below', 'code.1'])
})

it('keeps the id of an element that is included from another file, with what else that may hold', async () => {
  const {ids, opaqueContent} = await read('<include from="other.topic" element-id="steps"/>')
  expect(ids.map(({id}) => id)).toEqual(['steps'])
  expect(opaqueContent).toEqual(['<include from>'])
})

it('keeps ids of tags that stand behind template code, whether or not they look like code', async () => {
  const text = '<div>\n{{ code }}\n\t</div>\n\t<div id="a">\n</div>\n'
  const {ids} = await read(text)
  expect(ids).toEqual([{id: 'a', from: 'html', start: text.indexOf('a">'), end: text.indexOf('">')}])
})

it('reads an HTML heading that is written over several blocks', async () => {
  const {headings} = await read('<h1 align="center">\n\nThe *title*\n\n</h1>')
  expect(headings.map(({text}) => text.trim())).toEqual(['The title'])
})

it('knows which definitions show pictures', async () => {
  const {links} = await read('![a][b] [c]\n\n[b]: b.png\n[c]: c.png')
  expect(links.map(({url, image}) => [url, image])).toEqual([
    ['b.png', true],
    ['c.png', undefined],
  ])
})

it('counts lines as CommonMark does', () => {
  expect([...lineStarts('a\nb\r\nc\rd')]).toEqual([0, 2, 5, 7])
  expect([...lineStarts('')]).toEqual([0])
})

it.each([
  ['Foo  Bar', ' foo\nbar '],
  ['ẞ', 'ss'],
  ['ΑΓΩ', 'αγω'],
])('matches the labels %j and %j', (one, other) => {
  expect(normalizeLabel(one)).toBe(normalizeLabel(other))
})

describe('flat YAML', () => {
  const line = fc.oneof(
    fc
      .tuple(
        fc.constantFrom('a', 'b', 'key', 'two words', 'x-y', 'null', '__proto__'),
        fc.constantFrom(': ', ':', ':  '),
        value(),
      )
      .map((parts) => parts.join('')),
    fc.tuple(fc.constantFrom('- ', '  - ', ' -  '), value()).map((parts) => parts.join('')),
    fc.constantFrom('', '# note', '  more', 'a: b: c', 'x: [1, 2]', 'k: |', '---'),
  )
  function value() {
    const list = fc.array(scalar(), {maxLength: 3}).map((items) => `[${items.join(', ')}]`)
    return fc.oneof({arbitrary: scalar(), weight: 3}, {arbitrary: list, weight: 1})
  }
  function scalar() {
    return fc.oneof(
      fc.constantFrom(
        'true',
        'yes',
        'null',
        '~',
        '12',
        '-12',
        '007',
        '1.5',
        '1e3',
        '0x1f',
        '2026-01-02',
        '12:30',
        '.5',
        '.inf',
        '"q"',
        "'q'",
        '"a\\n"',
        'a # b',
        'a#b',
        'a: b',
        'a:b',
        '%x',
        '@x',
        '*x',
        '&x',
        '!x',
        '>x',
        'x,y',
        '[a',
        '{a',
        'C:\\x',
        'ü',
        'ünd: a',
        '日本 #1',
        '\u2028x',
        '\u00a0x',
        '✨ a',
        'https://e.org/?a=b#c',
        '-',
        '--',
        '<x>',
        '...',
        '.',
      ),
      fc.string({maxLength: 8}),
    )
  }

  // What the quick reader is sure of, the real YAML parser reads alike; the rest it leaves alone.
  it('agrees with the YAML parser on all it reads', () => {
    let read = 0
    fc.assert(
      fc.property(fc.array(line, {maxLength: 6}), fc.constantFrom('\n', '\r\n'), (lines, ending) => {
        const source = lines.join(ending) + ending
        const flat = readFlatYaml(source, 0, true)
        if (!flat) return
        read++
        const document = parseDocument(source, {logLevel: 'silent'})
        expect(document.errors).toEqual([])
        expect(isDeepStrictEqual(flat.data, document.toJS() ?? {}), JSON.stringify(source)).toBe(true)
      }),
      {numRuns: amount(20_000)},
    )
    expect(read).toBeGreaterThan(amount(1000))
  })

  it('knows the places of keys, values and items', () => {
    const source = 'title: Two words\ntags:\n  - one\nby: [ b, "b"]\n'
    const {places} = readFlatYaml(source, 4, true)!
    const shown = Object.entries(places).map(([pointer, {key, value: at}]) => [
      pointer,
      source.slice(key.start - 4, key.end - 4),
      source.slice(at.start - 4, at.end - 4),
    ])
    expect(shown).toEqual([
      ['/title', 'title', 'Two words'],
      ['/tags', 'tags', 'one'],
      ['/tags/0', 'one', 'one'],
      ['/by', 'by', '[ b, "b"]'],
      ['/by/0', 'b', 'b'],
      ['/by/1', '"b"', '"b"'],
    ])
  })
})

describe('front matter', () => {
  it.each([
    ['2024-02-28', '2024-02-28'],
    ['07:32:00', '07:32:00'],
    ['2024-02-28 07:32:00', '2024-02-28T07:32:00'],
    ['2024-02-28T07:32:00.5', '2024-02-28T07:32:00.5'],
    ['2024-02-28 07:32:00-08:00', '2024-02-28T07:32:00-08:00'],
    ['[{day = 2024-02-28T07:32:00Z}] # noted', [{day: '2024-02-28T07:32:00Z'}]],
  ])('keeps the date %s of TOML as it is written', async (written, date) => {
    const {frontMatter} = await read(`+++\nkey = ${written}\n+++\n`)
    expect(frontMatter?.data).toEqual({key: date})
  })

  const problems = async (text: string) =>
    (await read(text)).frontMatter?.problems.map(({start, end, message}) => [text.slice(start, end), message])

  it.each([
    '---\ntitle: a\n',
    '---\n# comment\ntitle: a\n',
    '---\r\n# one\r\n# two\r\n"title":\r\n',
    '+++\ntitle = 1',
  ])('tells that %j never ends', async (text) => {
    expect(await problems(text)).toMatchObject([
      [text.slice(0, 3), expect.stringContaining('unclosed front matter')],
    ])
  })

  it.each([
    '---\n\n# Title\n',
    '---\n# Title\n\ntext\n',
    '---\n# Title\n\nnote: text\n',
    '---\n# Title\nNote: text\n',
    '---\n\nnote: text\n',
    '+++\nTitle\n===\n',
  ])('takes no text of %j for front matter', async (text) => {
    expect((await read(text)).frontMatter).toBeUndefined()
  })

  it.each([
    ['{\n"a": {\n"b": "}"\n}\n}', {a: {b: '}'}}],
    ['{\r\n}', {}],
    ['{"a": "b",\n "c": {"d": 1}}', {a: 'b', c: {d: 1}}],
    ['{ "a": "\\"}" }', {a: '"}'}],
  ])('reads the JSON block %j to its end', async (block, data) => {
    for (const after of ['', '\n', ' \r\n\r\n# Text\n\n}\n']) {
      const {frontMatter} = await read(block + after)
      expect(frontMatter).toMatchObject({kind: 'json', end: block.length, data, problems: []})
    }
  })

  it('takes the first line that closes a brace for the end where braces are amiss', async () => {
    const {frontMatter} = await read('{\n"a": {\n"b": 1\n}\n\n# Text\n\n}\n')
    expect(frontMatter).toMatchObject({
      end: 17,
      problems: [{message: 'Unexpected JSON in the front matter: close brace expected'}],
    })
  })

  it('finds a key that JSON has twice from its first line on', async () => {
    expect(await problems('{"title": "a",\n "title": "b"}\n')).toEqual([
      ['"title"', 'Unexpected duplicate key `title` in the front matter'],
    ])
  })

  it.each([
    '{{ "a": 1 }}\n',
    '{% x "a" %}\n',
    '{: .a}\n',
    '{#id}\n',
    '{"a"}\n',
    '{"a" + b}\n',
    '{\n  "a"\n}\n',
    '{\n  "a" + b\n}\n',
    '{"a": 1} is an object\n',
    '{"a": …}\n',
    '{"a": {\n}\n',
  ])('takes no JSON for front matter in %j', async (text) => {
    expect((await read(text)).frontMatter).toBeUndefined()
  })

  it('finds the end of a million braces and quotes', async () => {
    for (const part of ['{"a":', '{\n', '"\\', '"{}']) await read(`{\n"a": ${part.repeat(1_000_000)}`)
  })

  it.each([
    '---\ntitle: {{ .Name }}\ntitle: b\n---\n',
    '---\ntitle: {{< a >}}\n---\n',
    '---\ntitle: "{{ replace .Name "-" " " | title }}"\ndate: {{ .Date }}\n---\n',
    '---\ntitle: "{{ .Get "" }}"\n---\n',
    '---\n{{- if x }}\na: "b"\n{{- else }}\na: "c"\n{{- end }}\n---\n',
    "---\na: it's {{ x }}, isn't it\n---\n",
    '---\na: |\n  "{{ x }}"\n---\n',
    '---\n# {% if x %}\na: 1\n# {% else %}\na: 2\n# {% endif %}\n---\n',
    '---\na: <% tp.file.title %>\n---\n',
    "+++\ntitle = '{{ replace .Name '-' ' ' }}'\n+++\n",
    '+++\ndate = {{ .Date }}\n+++\n',
    "+++\n# it's {{ if x }}\na = 1\n# it's {{ else }}\na = 2\n+++\n",
    '{\n"title": "{{ replace .Name "-" " " | title }}",\n"date": {{ .Date }}\n}\n',
  ])('knows nothing of the template %j', async (text) => {
    expect((await read(text)).frontMatter).toMatchObject({places: {}, problems: []})
    expect((await read(text)).frontMatter).not.toHaveProperty('data')
  })

  it.each([
    ['---\na: "Use {{ foo }} in Vue"\nb: \'<% x %>\'\n"{% c %}": 1\n---\n', ['a', 'b', '{% c %}']],
    ['---\na: "{{ an open one"\nb: "x"\n---\n', ['a', 'b']],
    ['---\na: {b: {c: d}}\n---\n', ['a']],
    ['+++\na = "{{ \\" }}"\nb = \'{{ x }}\'\nc = """\n"{{ y }}"\n"""\n+++\n', ['a', 'b', 'c']],
    ['{\n"a": "{{ x }}"\n}\n', ['a']],
    ["---\na: |\n  b '{{< c d >}}'\n  {{% e %}}\nf: g {{< h >}}\n---\n", ['a', 'f']],
  ])('reads template code in quotes, and shortcodes in texts, as text: %j', async (text, keys) => {
    const {frontMatter} = await read(text)
    expect(frontMatter?.problems).toEqual([])
    expect(Object.keys(frontMatter?.data as object)).toEqual(keys)
  })

  it('has no problem between the two characters of a line ending', async () => {
    const {frontMatter} = await read('---\n{title: \r\n---\n')
    expect(frontMatter!.problems).toMatchObject([
      {start: 12, end: 12, message: expect.stringContaining('flow map must end with a }')},
    ])
  })

  it.each([
    ['---\na: "{{ x }}"\nb: 1\nb: 2\n---\n', 'Unexpected duplicate key `b` in the front matter'],
    ['---\na: "{{ x }}"\nb: [\n---\n', expect.stringContaining('Unexpected YAML')],
    ['+++\na = "{{ x }}"\nb = c\n+++\n', expect.stringContaining('Unexpected TOML')],
    ['{\n"a": "{{ x }}",\n"b" 1\n}\n', expect.stringContaining('Unexpected JSON')],
  ])('finds what is wrong beside template code in quotes: %j', async (text, message) => {
    expect((await problems(text))?.map(([, each]) => each)).toContainEqual(message)
  })

  it('looks through many thousand pieces of template code once', async () => {
    for (const part of ['{{ ', '"{{" ', '{{ "', '"""\\', "'''{{"])
      await read(`+++\na = "{{"${part.repeat(30_000)}\n+++\n`)
    for (const part of ['{{ ', '"{{" ', '{{ "']) await read(`---\na: ["{{"${part.repeat(30_000)}\n---\n`)
  })

  it.each([
    ['title: a: b', 'a', 'Unexpected colon in a value of the front matter, expected quotes around the value'],
    [
      'title: "a": b',
      '"',
      'Unexpected colon in a value of the front matter, expected quotes around the value',
    ],
    ['title: @a', '@', 'Unexpected `@` before a value of the front matter, expected quotes around the value'],
    [
      'title: `a`',
      '`',
      'Unexpected backtick before a value of the front matter, expected quotes around the value',
    ],
  ])('asks for quotes around the value of %j', async (line, at, message) => {
    expect(await problems(`---\n${line}\n---\n`)).toEqual([[at, message]])
  })

  it('names no colon where a key stands below a value', async () => {
    const [[, message] = []] = (await problems('---\na: 1\n b: 2\n---\n'))!
    expect(message).toBe(
      'Unexpected key below a value of the front matter, expected the indentation of the key above',
    )
  })

  it('tells where an alias stands that is not defined', async () => {
    expect(await problems('---\na: &x 1\nb: *y\nc: [*x, *b*]\n---\n')).toEqual([
      ['*y', 'Unexpected alias `*y` in the front matter, expected an anchor `&y` before it'],
      ['*b*', 'Unexpected alias `*b*` in the front matter, expected an anchor `&b*` before it'],
    ])
    expect(await problems('---\na: *x\nb: &x 1\n---\n')).toMatchObject([['*x', expect.any(String)]])
  })
})

it('reads ten thousand levels of nesting', async () => {
  const deep = `${'> '.repeat(10_000)}[a](b.md)\n\n${'*_'.repeat(5000)}[c](d.md)${'_*'.repeat(5000)}\n\n${'['.repeat(10_000)}${']'.repeat(10_000)}`
  const page = await read(deep)
  expect(page.links.map(({url}) => url)).toContain('d.md')
})

it.each([
  ['yaml', (value: string) => `---\nkey: ${value}\n---\n`],
  ['toml', (value: string) => `+++\nkey = ${value}\n+++\n`],
  ['json', (value: string) => `{\n"key": ${value}\n}\n`],
])('survives lists in lists a hundred thousand deep in %s', async (kind, block) => {
  const lists = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
  const page = await read(`${block(lists)}\n[a](b.md)\n`)
  expect(page.frontMatter?.kind).toBe(kind)
  expect(page.frontMatter?.problems).toMatchObject([{message: expect.stringContaining('deep')}])
  expect(page.links.map(({url}) => url)).toEqual(['b.md'])
})

it('reads a page with much template code, and much that never ends', async () => {
  const many = `{% if [a][b] %}`.repeat(20_000)
  const page = await read(`# A\n\n${many}\n${'{% '.repeat(100_000)}\n`)
  expect(page.opaqueContent).toHaveLength(20_000)
  expect([page.references, page.headings.map(({text}) => text)]).toEqual([[], ['A']])
})

it('takes no bracket around a link for a reference', async () => {
  const {references} = await readPage('a.md', '([a[b]]) [x ![i](u) y] [z [l](u)][]\n\n[b]: c\n', {})
  expect(references.filter(({defined}) => !defined)).toEqual([])
})
