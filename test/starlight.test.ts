import path from 'node:path'
import {pathToFileURL} from 'node:url'
import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {readPage} from '../src/page/read-page.ts'
import {linear} from '../src/pattern/linear.ts'
import {doubtWords} from '../src/site/doubts.ts'
import {readAstro} from '../src/site/platforms/starlight/config.ts'
import {starlightIds} from '../src/site/platforms/starlight/heading-ids.ts'
import {whyLoaded} from '../src/site/platforms/starlight/more-pages.ts'
import {patternOf, slugOf} from '../src/site/platforms/starlight/routes.ts'
import {readCode} from '../src/site/shared/javascript/read.ts'
import {TEXTS} from './headings.ts'
import {ENGINES, engines} from './needs.ts'

const isInstalled = engines('@astrojs/mdx', '@astrojs/markdown-remark', '@astrojs/starlight')
const load = (name: string) => import(pathToFileURL(path.join(ENGINES, name)).href)

type Render = (text: string, data: object) => Promise<string[]>

/** The ids of headings as Astro makes them of Markdown. */
async function markdown(): Promise<Render> {
  const {createMarkdownProcessor} = await load('@astrojs/markdown-remark/dist/index.js')
  const processor = await createMarkdownProcessor({syntaxHighlight: false})
  return async (text) => {
    const {metadata} = await processor.render(text)
    return metadata.headings.map(({slug}: {slug: string}) => slug)
  }
}

/** The ids of headings as Astro makes them of MDX. */
async function mdx(): Promise<Render> {
  const {createMdxProcessor} = await load('@astrojs/mdx/dist/plugins.js')
  const options = {
    gfm: true,
    smartypants: true,
    remarkPlugins: [],
    rehypePlugins: [],
    recmaPlugins: [],
    remarkRehype: {},
    syntaxHighlight: false,
    optimize: false,
  }
  const processor = createMdxProcessor(options, {sourcemap: false, experimentalHeadingIdCompat: false})
  const {VFile} = await load('vfile/index.js')
  return async (text, data) => {
    const file = new VFile({
      value: text,
      path: '/page.mdx',
      data: {astro: {frontmatter: data}, applyFrontmatterExport: {srcDir: new URL('file:///')}},
    })
    await processor.process(file)
    return file.data.astro.headings.map(({slug}: {slug: string}) => slug)
  }
}

async function ours(text: string, name: string): Promise<(string | undefined)[]> {
  const page = await readPage(name, text, {mdx: name.endsWith('.mdx')})
  expect(page.opaqueContent, text).toEqual([])
  return starlightIds(page, true).filter((id) => id !== undefined)
}

const HEADINGS = [
  ...TEXTS,
  '**Bold** and [link](x.md)',
  'Foo--bar',
  '--foo and bar--',
  'Foo --- bar',
  'a ---- b -- c',
  'Foo-1',
  'Foo!',
  'İstanbul ﬁne Å',
  'a <b>tag</b> b',
  '![img alt](x.png) t',
  '-dash- _under_',
  'Ends with hash #',
  'Wait... what…',
  '“Quoted” ‘text’ – —',
  '`a -- b` -- `c`',
  'trailing - ',
  '~~struck~~ text',
  ':emoji: and 16:9 a:b',
  'https://example.org/x',
  '&#45;-x &lt;y&gt; &nbsp; z',
  '\\*escaped\\* \\-\\-x',
  "'80s rock 'n' roll",
]
const MARKDOWN_ONLY = ['Custom {#my-id}', 'Braces {a} `{b}` {', 'Comment <!-- x --> end', '<span>only</span>']
const MDX_ONLY = [
  'Is {frontmatter.word} x',
  'Is { frontmatter.deep.word } x',
  'Is {frontmatter.number}',
  'Is {frontmatter.none}',
  'Version {version}',
  'Sum {1 + 2} of {`a -- b`}',
  'Comment {/* my-id */}',
  'Code `{frontmatter.word}`',
  'With <Badge text="x" /> badge',
  'With <Kbd>Ctrl -- C</Kbd> key',
]
const DATA = {word: 'Filled -- in', number: 3, deep: {word: 'Deep'}}
const FRONT_MATTER = '---\nword: Filled -- in\nnumber: 3\ndeep:\n  word: Deep\n---\n\n'
const asPage = (headings: string[]) => headings.map((heading) => `## ${heading}\n\ntext\n`).join('\n')

describe.skipIf(!isInstalled)('ids', () => {
  it('are those that Astro makes of Markdown', async () => {
    const render = await markdown()
    for (const text of [
      asPage([...HEADINGS, ...MARKDOWN_ONLY]),
      'Setext\n======\n\n<h2>Own</h2>\n\n<h3 id="x">Own</h3>\n\nOwn\n---\n',
    ])
      expect(await ours(text, 'page.md')).toEqual(await render(text, {}))
    for (const heading of [...HEADINGS, ...MARKDOWN_ONLY])
      expect(await ours(`# ${heading}\n`, 'page.md'), heading).toEqual(await render(`# ${heading}\n`, {}))
  })

  it('are those that Astro makes of MDX', async () => {
    const render = await mdx()
    const headings = [...HEADINGS, ...MDX_ONLY]
    for (const text of [
      asPage(headings),
      ...headings.map((heading) => `# ${heading}\n`),
      '<h2>Own</h2>\n\n<Aside>\n\n## Within\n\n</Aside>\n\n## Own\n\n<h3>\n  Block\n</h3>\n',
    ])
      expect(await ours(FRONT_MATTER + text, 'page.mdx'), text).toEqual(await render(text, DATA))
  })

  const letters = fc.constantFrom(
    ...'abcXYZ019 äöüßéñçøåÆŒ жЩщёЁ αβγΣςΩ אבגד عربي हिन्दी ไทย 日本語漢字かな 한국어 ქართ հայ ½²Ⅷ①ﬁ🚀 ́̈ -–—_.,:;!?()/+=@$%^\'" \u00a0\u2003',
    '--',
    ' -- ',
    '`a--b`',
    '*x*',
    '**y z**',
    '[l](u)',
    '&amp;',
    '&copy;',
    '😀',
  )
  const heading = fc.array(letters, {minLength: 1, maxLength: 14}).map((all) =>
    all
      .join('')
      .replace(/[ \t]+/g, ' ')
      .trim(),
  )
  it.each([
    ['page.md', markdown],
    ['page.mdx', mdx],
  ])('are the same for generated headings of %s', async (name, make) => {
    const render = await make()
    const pages = fc
      .sample(fc.array(heading, {minLength: 1, maxLength: 6}), {numRuns: 400, seed: 7})
      .map((all) => all.map((text) => `# x${text}\n`).join('\n'))
    for (const text of pages) expect(await ours(text, name), text).toEqual(await render(text, {}))
  })
})

describe('a configuration', () => {
  const starlight = "import starlight from '@astrojs/starlight'\n"
  it.each([
    [
      'export default {}',
      {
        hasStarlight: false,
        base: '/',
        sourceFolder: 'web/src',
        publicFolder: 'web/public',
        additions: [],
      },
    ],
    ["export default {site: 'https://a.test/', base: 'docs'}", {base: '/docs/', home: 'https://a.test/docs'}],
    [
      "export default {srcDir: './www', publicDir: './static', trailingSlash: 'never'}",
      {sourceFolder: 'web/www', publicFolder: 'web/static', trailingSlash: 'never'},
    ],
    ['export default {base: process.env.BASE}', {additions: ['a folder or the base is computed']}],
    ['export default make()', {additions: ['a part of the configuration is computed']}],
    ["export default {redirects: {'/a': '/b'}}", {redirects: ['/a'], additions: []}],
    ['export default {redirects: {...more}}', {additions: ['redirects are computed']}],
    [
      'export default {markdown: {rehypePlugins: [x]}}',
      {otherIds: ['the Markdown processor may add or change ids']},
    ],
    ["import x from 'rehype-x'\nexport default {markdown: {rehypePlugins: [x, [x, {}]]}}", {otherIds: []}],
    ['export default {markdown: {smartypants: false}}', {otherIds: [], smartypants: false}],
    [
      `${starlight}export default {integrations: [starlight({title: 'x'})]}`,
      {hasStarlight: true, locales: [], defaultLocale: ''},
    ],
    [
      `${starlight}export default {integrations: [starlight({defaultLocale: 'en', locales: {en: {}, fr: {}}})]}`,
      {locales: ['en', 'fr'], defaultLocale: 'en'},
    ],
    [
      `${starlight}export default {integrations: [starlight({locales: {root: {}, fr: {}}})]}`,
      {locales: ['fr'], defaultLocale: ''},
    ],
    [
      `${starlight}export default {integrations: [starlight({locales})]}`,
      {additions: ['the list of languages is computed']},
    ],
  ])('%s', async (code, read) => {
    const config = readAstro(await readCode(code), code, 'web')
    expect({
      ...config,
      additions: config.additions.map((each) => doubtWords(each.doubt)),
      otherIds: config.otherIds.map(doubtWords),
    }).toMatchObject(read)
  })

  it.each([
    ['docs: defineCollection({loader: docsLoader(), schema: docsSchema()})', undefined],
    ['docs: defineCollection({schema: docsSchema()})', undefined],
    ["docs: defineCollection({loader: glob({base: '../docs'})})", 'a custom loader may add pages or files'],
    ['docs: defineCollection({loader: docsLoader({generateId})})', 'a custom loader may add pages or files'],
    ['...others', 'the collection of pages is computed'],
  ])('of content: %s', (code, why) => {
    const found = whyLoaded(`export const collections = {${code}}`)
    expect(found && doubtWords(found)).toBe(why)
  })
})

describe('routes', () => {
  it.each([
    ['index.md', ''],
    ['guides/index.mdx', 'guides'],
    ['Mixed Case/Some Page.md', 'mixed-case/some-page'],
    ['v1.0/a_b.md', 'v10/a_b'],
  ])('%s', (name, slug) => {
    expect(slugOf(name)).toBe(slug)
  })

  it.each([
    ['/a', '/a', undefined],
    ['/[lang]/x', '/fr/x', true],
    ['/[lang]/x', '/fr/y', false],
    ['/[...slug]', '/', true],
    ['/a/[...slug]', '/a', true],
    ['/a/[...slug]', '/ab', false],
    ['/post-[id]', '/post-1', true],
    ['/v1.0/[id]', '/v1x0/1', false],
  ])('%s of %s', (route, given, matches) => {
    const pattern = patternOf(route)
    expect(pattern && linear(pattern)?.test(given)).toBe(matches)
  })
})
