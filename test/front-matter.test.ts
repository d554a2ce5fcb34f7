import {execFileSync} from 'node:child_process'
import {load} from 'js-yaml'
import {describe, expect, it} from 'vitest'
import {readPage} from '../src/page/read-page.ts'
import type {Syntax} from '../src/page/syntax.ts'
import {python, ruby} from './needs.ts'

const frontMatterOf = async (text: string, syntax: Syntax = {}) =>
  (await readPage('page.md', text, syntax)).frontMatter
const problems = async (text: string, syntax?: Syntax) =>
  (await frontMatterOf(text, syntax))?.problems.map(({start, message}) => [start, message])

it('takes an alias for the content of a page in the files of Docfx', async () => {
  for (const line of [
    'summary: *content',
    'example: [*content]',
    'example: [ *content ]',
    'example:\n- *content',
  ])
    expect(await problems(`---\nuid: Lamp\n${line}\n---\nText\n`), line).toEqual([])
  expect(await problems('---\nsummary: *content\n---\n')).toHaveLength(1)
})

const VALUES = [
  ...[
    'a',
    '"a"',
    "'a'",
    '[a, b]',
    '{a: b}',
    '2020-01-01',
    '~',
    '|\n  x',
    '>-\n x\n y',
    '# c',
    'a # c',
    'a#c',
  ],
  ...[
    '"a\nb"',
    "'a\nb'",
    '"a\n  b"',
    '"a\n\nb"',
    '"a\\\nb"',
    '"a\n# b"',
    '[a,\nb]',
    '[a,\n b]',
    '{a: b,\nc: d}',
  ],
  ...['[a, # c\nb]', '[a,#c\nb]', '["a" "b"]', '[a,,b]', '[,]', '[a', '{a: b', '"a', "'a", '"a" b', '"it"s"'],
  ...[
    "it's",
    'a: b',
    'a:',
    'http://x: y',
    '[a]: b',
    '[a]b',
    '[a](b)',
    '{a}c',
    '{a: b}: c',
    '\\x',
    '"\\x"',
    '"\\q"',
  ],
  ...[
    '`x`',
    '@x',
    '%x',
    '&x y',
    '*x',
    '!',
    '|x',
    '- x',
    '-',
    '? x',
    ': x',
    '}x',
    ',x',
    'a\n- b',
    '\n- a\n- b',
  ],
  ...[
    '\n  - a\n - b',
    '\n a: b\n  c: d',
    '\n  a: b\n c: d',
    '\n\ta: b',
    'a\tb',
    '\ta',
    'a\nb',
    'a\n  b',
    'a\n b: c',
  ],
  ...[
    'a\u0007',
    '\u200b',
    '\u00e9',
    '"\\u00e9"',
    '<<',
    '"a: b"',
    'x\n# c\n  y',
    'x\n\t\n  y',
    '1_000',
    '-\ta',
  ],
]
const CONTEXTS = [
  (value: string) => `k: ${value}\n`,
  (value: string) => `k:${value}\nz: 1\n`,
  (value: string) => `k: ${value}\nz: 1\n`,
  (value: string) => `k: ${value}\r\nz: 1\r\n`,
  (value: string) => `a:\n  k: ${value}\n  z: 1\n`,
  (value: string) => `l:\n  - ${value}\n  - z\n`,
  (value: string) => `k:\n- ${value}\nz: 1\n`,
  (value: string) => `l: [${value}, z]\n`,
  (value: string) => `m: {a: ${value}, z: 1}\n`,
]
const BLOCKS = CONTEXTS.flatMap((context) => VALUES.map(context))

const PYTHON = `
import json, sys, yaml
def reads(text):
    try:
        yaml.load(text, Loader=yaml.BaseLoader)
        return True
    except yaml.YAMLError:
        return False
print(json.dumps([reads(text) for text in json.load(sys.stdin)]))
`
const RUBY = `
def reads(text)
  Psych.parse(text)
  true
rescue Psych::SyntaxError
  false
end
puts JSON.dump(JSON.parse($stdin.read).map { |text| reads(text) })
`
const pyyaml = python('PyYAML (Debian: python3-yaml)', 'yaml')
const psych = ruby('Psych (Debian: ruby)', 'psych', 'json')
const run = (program: string, ...words: string[]): boolean[] =>
  JSON.parse(
    execFileSync(program, words, {
      input: JSON.stringify(BLOCKS),
      encoding: 'utf8',
      env: {...process.env, PYTHONIOENCODING: 'utf8', LANG: 'C.UTF-8'},
    }),
  )
const reads = (text: string): boolean => {
  try {
    load(text, {json: true})
    return true
  } catch {
    return false
  }
}

it.skipIf(!pyyaml || !psych)('agrees with js-yaml, PyYAML and Psych where they agree', async () => {
  const answers = [
    BLOCKS.map(reads),
    run(pyyaml!, '-c', PYTHON),
    run(psych!, '-r', 'psych', '-r', 'json', '-e', RUBY),
  ]
  for (const [index, block] of BLOCKS.entries()) {
    const [first, ...others] = answers.map((answer) => answer[index])
    if (others.some((other) => other !== first)) continue
    expect((await problems(`---\n${block}---\n`))!.length, block).toBe(first ? 0 : 1)
  }
})

describe('YAML that generators read', () => {
  it('may continue a quoted value or a list without indentation', async () => {
    const text = '---\ntitle: "Set\nup"\ntags: [a,\nb]\n---\n'
    expect(await frontMatterOf(text)).toMatchObject({data: {title: 'Set up', tags: ['a', 'b']}, problems: []})
  })

  it('reports one problem for one mistake', async () => {
    expect(await problems('---\ntitle: "Set up\ntags: [a]\nlayout: page\n---\n')).toEqual([
      [11, 'Unexpected unclosed quote in the front matter'],
    ])
  })

  it.each(['title: [RFC]: lamps', "title: 'What's new'", 'author: [Jo](https://example.org)'])(
    'has no text after a closing quote or bracket: %s',
    async (line) => {
      const message =
        'Unexpected text after a closing quote or bracket in the front matter, expected quotes around the whole value'
      expect((await problems(`---\n${line}\n---\n`))?.map(([, each]) => each)).toEqual([message])
    },
  )
})

describe('the end of front matter', () => {
  const unclosed = [[0, 'Unexpected unclosed front matter, expected a line `---`']]

  it('is a line that begins with the fence, for Hugo and gray-matter', async () => {
    const text = '---\ntitle: Lamps\n-----\n\n# Lamps\n'
    expect(await problems(text)).toEqual(unclosed)
    for (const frontMatterEnd of ['marker', 'text'] as const) {
      const page = await readPage('page.md', text, {frontMatterEnd})
      expect(page.frontMatter).toMatchObject({data: {title: 'Lamps'}, end: 20, problems: []})
      expect(page.headings.map((heading) => heading.text)).toEqual(['Lamps'])
    }
  })

  it.each([
    ['\n \n---\ntitle: Lamps\n---\n\n# Lamps\n', [3, 23]],
    ['+++ title = "Lamps"\n+++\n\n# Lamps\n', [0, 23]],
    ['\r\n{"title": "Lamps"}\r\n\r\n# Lamps\r\n', [2, 20]],
  ])('is found below blank lines, and on the line of the fence, for Hugo: %j', async (text, [start, end]) => {
    const page = await readPage('page.md', text, {frontMatterEnd: 'marker'})
    expect(page.frontMatter).toMatchObject({data: {title: 'Lamps'}, start, end, problems: []})
    expect(page.headings.map((heading) => heading.text)).toEqual(['Lamps'])
    expect((await readPage('page.md', text, {})).frontMatter?.data).toBeUndefined()
  })

  it('may be the end of the page for gray-matter', async () => {
    const text = '---\nlayout: home\nhero:\n  name: Lamps\n'
    expect(await frontMatterOf(text, {frontMatterEnd: 'text'})).toMatchObject({
      data: {layout: 'home', hero: {name: 'Lamps'}},
      problems: [],
    })
    for (const syntax of [{}, {frontMatterEnd: 'marker'}] satisfies Syntax[])
      expect(await problems(text, syntax)).toEqual(unclosed)
  })

  it.each(['\n# Lamps\n', '\nText with [a](b).\n'])(
    'is not the end of a page with text: %j',
    async (rest) => {
      expect(await problems(`---\ntitle: Lamps\n${rest}`, {frontMatterEnd: 'text'})).toEqual(unclosed)
    },
  )
})
