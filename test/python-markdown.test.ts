import {execFileSync} from 'node:child_process'
import fc from 'fast-check'
import {expect, it} from 'vitest'
import {parse} from 'yaml'
import {readPage} from '../src/page/read-page.ts'
import {readMkdocs} from '../src/site/platforms/mkdocs/config.ts'
import {pymdownSlug, pythonMarkdownIds} from '../src/site/platforms/mkdocs/heading-ids.ts'
import {mkdocsSyntax} from '../src/site/platforms/mkdocs/syntax.ts'
import {heading, pageOf, HEADINGS as SURVEY, TEXTS} from './headings.ts'
import {python} from './needs.ts'

const PYTHON = `
import json, re, sys, markdown
def ids(text):
    html = markdown.Markdown(extensions=['toc', 'tables', 'fenced_code', 'attr_list']).convert(text)
    return re.findall(r'<h[1-6][^>]* id="([^"]*)"', html)
print(json.dumps([ids(text) for text in json.load(sys.stdin)]))
`
const engine = python('Python-Markdown (Debian: python3-markdown)', 'markdown')

/** The ids of every heading of each page, as the real Python-Markdown makes them. */
const real = (pages: string[]): string[][] =>
  JSON.parse(
    execFileSync(engine!, ['-c', PYTHON], {
      input: JSON.stringify(pages),
      maxBuffer: 1 << 28,
      encoding: 'utf8',
      env: {...process.env, PYTHONIOENCODING: 'utf8'},
    }),
  )

async function ours(text: string): Promise<(string | undefined)[]> {
  const {headings, ids} = await readPage('page.md', text, mkdocsSyntax())
  return pythonMarkdownIds(
    headings,
    ids.map(({id}) => id),
    true,
  )
}

const HEADINGS = [
  ...TEXTS,
  '**Bold** and [link](x.md)',
  'Foo_1',
  'Custom {#my-id}',
  'Attributes {: #other .class }',
  'İstanbul ﬁne Å',
  'a <b>tag</b> b',
  '![img alt](x.png) t',
  '-dash- _under_',
  'Ends with hash #',
  'x_9',
  'x_9',
]

it.skipIf(!engine)('makes the same ids as Python-Markdown', async () => {
  const page = `${HEADINGS.map((heading) => `## ${heading}\n\ntext\n`).join('\n')}\nSetext\n======\n`
  const pages = [page, ...HEADINGS.map((heading) => `# ${heading}\n`)]
  const expected = real(pages)
  for (const [index, text] of pages.entries()) expect(await ours(text), text).toEqual(expected[index])
})

it.skipIf(!engine)('makes the same ids from generated headings in many scripts', async () => {
  const letters = fc.constantFrom(
    ...'abcXYZ019 äöüßéñçøåÆŒ жЩщёЁ αβγΣςΩ אבגד عربي हिन्दी ไทย 日本語漢字かな 한국어 ქართ հայ ½²Ⅷ①ﬁ ́̈ -–—_.,:;!?()/+=~@$%^ \u00a0\u2003'.split(
      '',
    ),
  )
  const heading = fc
    .array(letters, {minLength: 1, maxLength: 14})
    .map((all) => all.join('').replace(/\s+/g, ' ').trim())
    .filter((text) => text !== '' && !/^[-=_+\s]*$|^[=-]|[_~^]/.test(text))
  const pages = fc
    .sample(fc.array(heading, {minLength: 1, maxLength: 6}), {numRuns: 400, seed: 7})
    .map((all) => all.map((text) => `# x${text}\n`).join('\n'))
  const expected = real(pages)
  for (const [index, text] of pages.entries()) expect(await ours(text), text).toEqual(expected[index])
})

const PYMDOWNX = `
import json, re, sys, markdown, pymdownx.slugs
given = json.load(sys.stdin)
def ids(text):
    toc = {'slugify': pymdownx.slugs.slugify(case=given['case'])}
    html = markdown.Markdown(extensions=['toc', 'attr_list'], extension_configs={'toc': toc}).convert(text)
    return re.findall(r'<h[1-6][^>]* id="([^"]*)"', html)
print(json.dumps(ids(given['text'])))
`
const pymdown = python('pymdownx (Debian: python3-pymdownx)', 'markdown, pymdownx')

it.skipIf(!pymdown).each(['none', 'lower', 'lower-ascii'] as const)(
  'makes the same ids as pymdownx, letter case: %s',
  async (letters) => {
    const sample = fc.sample(
      heading(['**strong**', '`code--x`', '[link](x.md)']).filter((text) => !/[\\_~^{}]/.test(text)),
      {numRuns: 700, seed: 11},
    )
    const text = pageOf([
      ...SURVEY.map(([source]) => source).filter((source) => !/_/.test(source)),
      ...sample,
    ])
    const {headings} = await readPage('page.md', text, mkdocsSyntax())
    const found = pythonMarkdownIds(headings, [], true, (each) => pymdownSlug(each, letters))
    const expected = execFileSync(pymdown!, ['-c', PYMDOWNX], {
      input: JSON.stringify({case: letters, text}),
      encoding: 'utf8',
      env: {...process.env, PYTHONIOENCODING: 'utf8'},
    })
    expect(found).toEqual(JSON.parse(expected))
  },
)

it.each([
  [
    'toc:\n      slugify: !!python/object/apply:pymdownx.slugs.slugify\n        kwds:\n          case: lower\n',
    'lower',
  ],
  [
    'toc: {slugify: !!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower-ascii}}}\n',
    'lower-ascii',
  ],
  ['toc:\n      slugify: !!python/name:pymdownx.slugs.uslugify\n', 'lower'],
  ['toc:\n      slugify: !!python/name:pymdownx.slugs.uslugify_encoded\n', undefined],
  ['toc:\n      slugify: !!python/name:slugs.mine\n', undefined],
  [
    'toc: {slugify: !!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower, percent_encode: true}}}\n',
    undefined,
  ],
])('reads which slugs are configured: %j', (extension, letters) => {
  const text = `site_name: x\nmarkdown_extensions:\n  - ${extension}`
  const config = readMkdocs(parse(text, {logLevel: 'silent'}), text, '')
  expect(config.pymdown).toBe(letters)
  expect(config.idDoubts.length === 0).toBe(letters !== undefined)
})

it('takes the slugs of headings from toc, and none from another extension', () => {
  const tabs =
    'pymdownx.tabbed:\n      # ids of tabs\n      combine_header_slug: true\n      slugify: !!python/name:pymdownx.slugs.gfm\n'
  const toc = 'toc:\n      permalink: true\n\n      slugify: !!python/name:pymdownx.slugs.uslugify\n'
  const read = (...extensions: string[]) => {
    const text = `site_name: x\nmarkdown_extensions:\n${extensions.map((each) => `  - ${each}`).join('')}`
    const {pymdown, idDoubts, tabs} = readMkdocs(parse(text, {logLevel: 'silent'}), text, '')
    return {pymdown, isKnown: idDoubts.length === 0, tabIds: tabs !== undefined}
  }
  expect(read(tabs)).toEqual({pymdown: undefined, isKnown: true, tabIds: true})
  expect(read('toc\n', tabs)).toEqual({pymdown: undefined, isKnown: true, tabIds: true})
  expect(read(tabs, toc)).toEqual({pymdown: 'lower', isKnown: true, tabIds: true})
  expect(read(toc, tabs)).toEqual({pymdown: 'lower', isKnown: true, tabIds: true})
  expect(read(toc, 'pymdownx.tabbed:\n      alternate_style: true\n')).toMatchObject({tabIds: false})
  // Whose slugs these are is not known.
  expect(read('mine:\n      slugify: !!python/name:pymdownx.slugs.uslugify\n')).toMatchObject({
    isKnown: false,
  })
})
