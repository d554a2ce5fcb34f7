import {createRequire} from 'node:module'
import path from 'node:path'
import {pathToFileURL} from 'node:url'
import {describe, expect, it} from 'vitest'
import {readPage} from '../src/page/read-page.ts'
import type {Syntax} from '../src/page/syntax.ts'
import {ENGINES, engines} from './needs.ts'
import {checkFolder, folder, messagesOf} from './run-doccheck.ts'

type Build = NonNullable<Syntax['mdxBuild']>

async function problemIn(text: string, build: Build): Promise<string | undefined> {
  const {mdxProblem: problem} = await readPage('a.mdx', text, {mdx: true, mdxBuild: build})
  return problem && `${text.slice(problem.start, problem.end)}: ${problem.message}`
}

const NEVER_CLOSED = '{: Unexpected brace that is never closed'
const NOT_JAVASCRIPT = 'Unexpected braces around other text than a JavaScript expression'

/** Mistakes of both kinds of builds. */
const MISTAKES: Record<string, string> = {
  'lamps <5 watts\n': '<5: Unexpected `<`, expected a tag, or `\\<` for text',
  'See <https://example.org>.\n': '<https:: Unexpected `<`, expected a tag, or `\\<` for text',
  'one<br>two\n': '<br>: Unexpected `<br>` without a closing tag in its block',
  '<Tabs>\n\n{a}\n': '<Tabs>: Unexpected `<Tabs>` without a closing tag in its block',
  '- one\n  <Tabs>\n\ntwo\n\n</Tabs>\n': '<Tabs>: Unexpected `<Tabs>` without a closing tag in its block',
  '<Tabs>a</Tab>\n': '</Tab>: Unexpected closing tag `</Tab>`, expected `</Tabs>`',
  'a</p>\n': '</p>: Unexpected closing tag `</p>` without an opening tag',
  '<Note>\n\n*a</Note>*\n': '</Note>: Unexpected `</Note>` in another block than its opening tag',
  'a { b\n\nc\n': NEVER_CLOSED,
  '<Note>\n\na { and {\n\n</Note>\n': NEVER_CLOSED,
  '`{` <a b="{">x</a> {y\n': NEVER_CLOSED,
  'a {b\n\nc}\n': '{: Unexpected brace that is not closed in its block',
  'a {b c} d\n': `{b c}: ${NOT_JAVASCRIPT}`,
  'a {class} b\n': `{class}: ${NOT_JAVASCRIPT}`,
  '{% include a.md %}\n': `{% include a.md %}: ${NOT_JAVASCRIPT}`,
  '<Note a={b c} />\n': `{b c}: ${NOT_JAVASCRIPT}`,
  '[a](/b{c d}e)\n': `{c d}: ${NOT_JAVASCRIPT}`,
  'a <!-- b\n\nc\n': '<!--: Unexpected HTML comment, expected `{/* … */}`',
}

const RIGHT = [
  'a < b, `<5`, \\<5, \\{a and `{`\n',
  '{a +\n  b}\n\ntext {a ||\n  b} text\n',
  '> {a\n> + b}\n',
  '<A b={{\n  c: 1,\n\n  d: [2],\n}} {...{\n  e,\n}} f="{" />\n',
  '{`${a}`} {/* b */} {{c: 1}} {"}"} {}\n',
  '{list.map(({a}) => <b key={a}>{a}</b>)}\n',
  ':::note{title="a" b}\n\ntext\n\n:::\n',
  '<Tab>\n:::note\n- item\n:::\n</Tab>\n',
  '<Tab>\n\n:::tip\ntext\n\n````sh\ncode\n:::\n\n</Tab>\n',
  '1. one\n   ```js\n   if (a) {\n\n   ```\n',
  '~~~\n{ <5 <!--\n~~~\n',
  'https://example.org/{a b} www.example.org/{a\n',
  '[a](/b{c)\n',
  '<A b="c\n  d {e f}\n  g" />\n',
  'export const a = (b) => {\n\n  return <b>{b}</b>\n}\n\n# {a(1)}\n',
  "<A b={<>the item's {c('d')}</>} e={<b>it's {f('g')}</b>} />\n",
  "{\n  // don't {\n  a\n}\n\n{/[{']/.test(a)}\n\n{`${`}`}`}\n",
  "export const a = () => <b>it's {b('c')} </b>\n\n<A />\n",
]

/** Text that only Docusaurus allows. */
const COMPATIBLE: Record<string, string> = {
  'a <!-- b --> c\n': '<!-- b -->: Unexpected HTML comment, expected `{/* … */}`',
  '<!--\na\n-->\n': '<!--\na\n-->: Unexpected HTML comment, expected `{/* … */}`',
  '## Lamps {#lamps-of-all-kinds}\n': `{#lamps-of-all-kinds}: ${NOT_JAVASCRIPT}`,
}

describe('mistakes in MDX', () => {
  it.each(Object.entries(MISTAKES))('%j', async (text, problem) => {
    expect(await problemIn(text, 'plain')).toBe(problem)
    expect(await problemIn(text, 'compatible')).toBe(problem)
  })

  it.each(RIGHT)('none in %j', async (text) => {
    expect(await problemIn(text, 'plain')).toBeUndefined()
    expect(await problemIn(text, 'compatible')).toBeUndefined()
  })

  it.each(Object.entries(COMPATIBLE))('%j, but not in Docusaurus', async (text, problem) => {
    expect(await problemIn(text, 'plain')).toBe(problem)
    expect(await problemIn(text, 'compatible')).toBeUndefined()
  })

  it('are positions in the text, whatever precedes them', async () => {
    expect(await problemIn('---\r\ntitle: 💡\r\n---\r\n\r\n💡 {a b}\r\n', 'plain')).toBe(
      `{a b}: ${NOT_JAVASCRIPT}`,
    )
  })

  it('of which the first one is told', async () => {
    expect(await problemIn('{a b}\n\n<5\n', 'plain')).toBe(`{a b}: ${NOT_JAVASCRIPT}`)
    expect(await problemIn('<!-- a -->\n\n{a b}\n', 'plain')).toMatch(/^<!-- a -->/)
  })

  it('leave the code of a page unread', async () => {
    const page = await readPage(
      'a.mdx',
      'import A from "./a.mdx"\n\nexport const b = "[b](b.md)"\n\n<A c={"/c"} /> {`[d](d.md)`} [e](e.md)\n\n{\n  <a href="/f">f</a>\n}\n\n<5\n',
      {mdx: true, mdxBuild: 'plain'},
    )
    expect(page.mdxProblem).toMatchObject({message: 'Unexpected `<`, expected a tag, or `\\<` for text'})
    expect(page.links.map(({url}) => url)).toEqual(['e.md'])
    expect(page.opaqueContent).toContain('import ./a.mdx')
  })

  it('are not looked for in code that is long or deep', async () => {
    const [open, close] = ['('.repeat(100_000), ')'.repeat(100_000)]
    expect(await problemIn(`a {${open}\n`, 'plain')).toBe(NEVER_CLOSED)
    expect(await problemIn(`{${open}${close}}\n`, 'plain')).toBeUndefined()
  })
})

const PACKAGES = ['@mdx-js/mdx', 'remark-gfm', 'remark-frontmatter', 'remark-directive', '@docusaurus/utils']

describe.skipIf(!engines(...PACKAGES))('@mdx-js/mdx, as Docusaurus and Starlight call it,', async () => {
  const require = createRequire(path.join(ENGINES, 'here.js'))
  const load = async (name: string) => await import(pathToFileURL(require.resolve(name)).href)
  const [{createProcessor}, gfm, frontMatter, directive, comment, docusaurus] = await Promise.all(
    [...PACKAGES.slice(0, 4), '@slorber/remark-comment', '@docusaurus/utils'].map(load),
  )
  const plugins = [gfm, frontMatter, directive].map((plugin) => plugin.default)
  const processors = {
    plain: createProcessor({remarkPlugins: plugins}),
    compatible: createProcessor({remarkPlugins: [...plugins, comment.default]}),
  }
  const isParsed = (text: string, build: Build) => {
    try {
      const prepared = docusaurus.escapeMarkdownHeadingIds(docusaurus.unwrapMdxCodeBlocks(text))
      processors[build].parse(build === 'plain' ? text : prepared)
      return true
    } catch {
      return false
    }
  }
  const texts = [...Object.keys(MISTAKES), ...RIGHT, ...Object.keys(COMPATIBLE)]

  it.each(['plain', 'compatible'] as const)('stops where a mistake is told: %s', async (build) => {
    for (const text of texts)
      expect([text, isParsed(text, build)]).toEqual([text, (await problemIn(text, build)) === undefined])
  })
})

describe('no-invalid-mdx', () => {
  const found = async (files: Record<string, string>) =>
    messagesOf(await checkFolder(folder(files), 'no-invalid-mdx'))
  const packageFile = (version: string) =>
    JSON.stringify({dependencies: {'@docusaurus/core': version}}, undefined, 2)
  const docs = 'module.exports = {baseUrl: "/", presets: [["classic", {docs: {OPTIONS}}]]}'
  const site = (version: string, options = '') => ({
    'docusaurus.config.js': docs.replace('OPTIONS', options),
    'package.json': packageFile(version),
    'docs/a.md': '# A\n\n1 <2\n',
    'docs/b.mdx': '# B\n\n{c d}\n',
    'docs/c.md': '---\nmdx:\n  format: md\n---\n\n1 <2\n',
    'docs/d.md': '---\ndraft: true\n---\n\n1 <2\n',
    'docs/_part.mdx': '1 <2\n',
    'README.md': '1 <2\n',
  })
  const BOTH = [
    'docs/a.md 3:3-3:5 Unexpected `<`, expected a tag, or `\\<` for text',
    `docs/b.mdx 3:1-3:6 ${NOT_JAVASCRIPT}`,
  ]

  it('reports the pages at which Docusaurus 3 stops', async () => {
    expect(await found(site('^3.9.2'))).toEqual(BOTH)
  })

  it('is silent about earlier versions, whose MDX takes mistakes for text, and about those that are not known', async () => {
    expect(await found(site('2.4.3'))).toEqual([])
    expect(await found(site('workspace:*'))).toEqual([])
  })

  it('knows which pages are MDX', async () => {
    const files = site('~3.0.1')
    const config = files['docusaurus.config.js'].replace('baseUrl', 'markdown: {format: "detect"}, baseUrl')
    expect(await found({...files, 'docusaurus.config.js': config})).toEqual(BOTH.slice(1))
  })

  it('is silent if a plugin extends the syntax, or may', async () => {
    expect(await found(site('3.9.2', 'remarkPlugins: [require("remark-math")]'))).toEqual([])
    expect(await found(site('3.9.2', 'remarkPlugins: [require("remark-lamps")]'))).toEqual([])
    expect(await found(site('3.9.2', 'rehypePlugins: [require("rehype-katex")]'))).toEqual(BOTH)
    expect(await found(site('3.9.2', 'remarkPlugins: [require("remark-gfm"), () => (tree) => {}]'))).toEqual(
      BOTH,
    )
  })

  const astro = (config: string) => ({
    'astro.config.mjs': `${config}\nexport default {integrations: []}`,
    'package.json': '{}',
    'src/content/docs/a.mdx': '---\ntitle: A\n---\n\n<!-- a -->\n',
    'src/content/docs/b.md': '---\ntitle: B\n---\n\n1 <2\n',
  })

  it('reports the pages at which Starlight stops', async () => {
    const starlight = "import starlight from '@astrojs/starlight'"
    expect(await found(astro(starlight))).toEqual([
      'src/content/docs/a.mdx 5:1-5:11 Unexpected HTML comment, expected `{/* … */}`',
    ])
    expect(await found(astro(`${starlight}\nimport math from 'remark-math'`))).toEqual([])
  })
})
