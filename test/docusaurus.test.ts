import {createRequire} from 'node:module'
import path from 'node:path'
import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {readPage} from '../src/page/read-page.ts'
import {docusaurusIds} from '../src/site/platforms/docusaurus/heading-ids.ts'
import {publishedAt} from '../src/site/platforms/docusaurus/page-urls.ts'
import {readDocusaurus} from '../src/site/platforms/docusaurus/read-config.ts'
import {readCode} from '../src/site/shared/javascript/read.ts'
import {TEXTS} from './headings.ts'
import {ENGINES, engines} from './needs.ts'
import {checkFolder, folder, messagesOf} from './run-doccheck.ts'

const isInstalled = engines('@docusaurus/mdx-loader')

/** A node of mdast as far as it counts here. */
interface Node {
  type: string
  data?: {id?: string}
  children?: Node[]
}

/** The ids that Docusaurus itself gives to the headings of each page; nothing for a page that it does not take. */
async function real(pages: readonly string[], format: 'md' | 'mdx'): Promise<(string[] | undefined)[]> {
  const require = createRequire(path.join(ENGINES, 'index.js'))
  const {createProcessorUncached} = require('@docusaurus/mdx-loader/lib/processor.js')
  const {default: preprocess} = require('@docusaurus/mdx-loader/lib/preprocessor.js')
  let seen: string[] = []
  const collect = () => (root: Node) => {
    seen = []
    const walk = (node: Node) => {
      if (node.type === 'heading') seen.push(node.data!.id!)
      for (const child of node.children ?? []) walk(child)
    }
    walk(root)
  }
  const markdownConfig = {
    format,
    mermaid: false,
    emoji: true,
    mdx1Compat: {comments: true, admonitions: true, headingIds: true},
    anchors: {maintainCase: false},
    remarkRehypeOptions: {},
    hooks: {onBrokenMarkdownLinks: 'ignore', onBrokenMarkdownImages: 'ignore'},
  }
  const none = {
    rehypePlugins: [],
    beforeDefaultRemarkPlugins: [],
    beforeDefaultRehypePlugins: [],
    recmaPlugins: [],
  }
  const options = {
    admonitions: true,
    staticDirs: [],
    siteDir: '/',
    markdownConfig,
    remarkPlugins: [collect],
    ...none,
  }
  const processor = await createProcessorUncached({options, format})
  const found: (string[] | undefined)[] = []
  for (const text of pages) {
    const content = preprocess({fileContent: text, filePath: '/page.mdx', markdownConfig, admonitions: true})
    const taken = await processor
      .process({content, filePath: '/page.mdx', frontMatter: {}, compilerName: 'client'})
      .then(
        () => true,
        () => false,
      )
    found.push(taken ? seen : undefined)
  }
  return found
}

async function ours(text: string, isMdx: boolean): Promise<(string | undefined)[]> {
  const {headings} = await readPage('page.md', text, {mdx: isMdx})
  return docusaurusIds(headings, {maintainCase: false})
}

const HEADINGS = [
  ...TEXTS,
  'Custom {#my-id}',
  'Custom {#My Id}',
  '**Bold {#inner}**',
  'Within {#not-last} it',
  '`{#in-code}`',
  '{#only}',
  'node:fs module',
  'a:b:c',
  'x::y and 12:30',
  'foo :bar[baz] x',
  '`a:b` c',
  'a:b-c- d',
  '(x:y)',
  'key: value',
  'see http://a.b:80/x y',
  'x <!-- note --> y',
  'Ends with a comment <!-- note -->',
  'Ends with an id <!-- #comment-id -->',
  '[a:b](c) d',
  '*a:b*',
  'Foo[^1]',
  '![alt text](http://x.test/x.png) t',
  'Über:uns',
  'a:über',
]
const MDX_HEADINGS = [
  'Comment {/* #by-comment */}',
  'Comment {/* by-comment */}',
  'Comment { /*#stage-0:-spaced*/ }',
  'Comment {/*#tight*/}',
  'Two {/* #a */ /* #b */}',
  'Comment {/* #first second */}',
  'x {props.name} y',
  'x {/* within */} y',
  'A <Foo>in a *component*</Foo> B',
]

describe.skipIf(!isInstalled)('ids', () => {
  it.each(['mdx', 'md'] as const)('are those of the engine for %s', async (format) => {
    const all = format === 'mdx' ? [...HEADINGS, ...MDX_HEADINGS] : HEADINGS
    const pages = [
      ...all.map((heading) => `## ${heading}\n\n[^1]: note\n`),
      all.map((heading) => `## ${heading}\n`).join('\n'),
      'Setext\n======\n\nSetext\n------\n\n:::note[Title]\n\n## Within\n\n:::\n\n> ## Quoted\n\n- ## Listed\n',
    ]
    const expected = await real(pages, format)
    for (const [index, text] of pages.entries())
      expect(await ours(text, format === 'mdx'), text).toEqual(expected[index])
  })

  it('are those of the engine for generated headings in many scripts', async () => {
    const letters = fc.constantFrom(
      ...[
        ...'abcXYZ019 äöüßéñçøåÆŒ жЩщёЁ αβγΣςΩ אבגד عربي हिन्दी ไทย 中文漢字 日本語かなカナ 한국어 ქართულ ՀայՀ ½²Ⅷ①ﬁ🚀👍🏽 ́̈-–—.,;:!?()/+=@$%^\'"“”‘’#~& \u00a0\u2003',
      ],
    )
    const plain = fc.array(letters, {minLength: 1, maxLength: 14}).map((all) => all.join(''))
    const part = fc.oneof(
      {weight: 6, arbitrary: plain},
      fc.constantFrom(
        '`code`',
        '**bold**',
        '*it*',
        '[link](x.md)',
        '&amp;',
        '&copy;',
        '<b>tag</b>',
        ':smile:',
        ' {#own}',
      ),
    )
    const heading = fc.array(part, {minLength: 1, maxLength: 4}).map((all) => all.join(' '))
    const pages = fc
      .sample(fc.array(heading, {minLength: 1, maxLength: 5}), {numRuns: 500, seed: 11})
      .map((all) => all.map((text) => `## x${text}\n`).join('\n'))
    const expected = await real(pages, 'mdx')
    expect(expected.filter((ids) => ids === undefined).length).toBeLessThan(50)
    for (const [index, text] of pages.entries())
      if (expected[index]) expect(await ours(text, true), text).toEqual(expected[index])
  })
})

describe('a configuration', () => {
  const read = async (code: string, versions?: string[]) =>
    readDocusaurus(await readCode(code), 'site', () => versions)

  it('names folders and routes', async () => {
    const config = await read(`
      import math from 'remark-math'
      export default {
        url: 'https://example.org/', baseUrl: '/x/', trailingSlash: true,
        presets: [['classic', {docs: {path: '../docs', routeBasePath: '/', remarkPlugins: [math]}, blog: false}]],
        plugins: [['@docusaurus/plugin-content-docs', {id: 'api', path: 'api', routeBasePath: 'api'}]],
      }`)
    expect(config).toMatchObject({home: 'https://example.org/x', base: '/x/', trailingSlash: true})
    expect([config!.additions, config!.unlisted]).toEqual([[], []])
    expect(config!.contents.map(({plugin, folder, route}) => [plugin, folder, route])).toEqual([
      ['docs default', 'docs', ''],
      ['pages default', 'site/src/pages', ''],
      ['docs api', 'site/api', '/api'],
    ])
  })

  it('gives the latest version no name in its URLs', async () => {
    const config = await read(
      `module.exports = {baseUrl: '/', presets: [['classic', {blog: false, pages: false}]]}`,
      ['2', '1'],
    )
    expect(config!.contents.map(({folder, route}) => [folder, route])).toEqual([
      ['site/docs', '/docs/next'],
      ['site/versioned_docs/version-2', '/docs'],
      ['site/versioned_docs/version-1', '/docs/1'],
    ])
  })

  it('has all versions where only a preview has fewer', async () => {
    const config = await read(
      `const docs = {onlyIncludeVersions: process.env.PREVIEW ? ['current'] : undefined}
      export default {baseUrl: '/', presets: [['classic', {docs, blog: false, pages: false}]]}`,
      ['2'],
    )
    expect(config!.contents.map(({route}) => route)).toEqual(['/docs/next', '/docs'])
  })

  it.each([
    [`plugins: ['./plugin.js']`, ['the plugin ./plugin.js']],
    [`plugins: [require('./plugin')]`, ['the plugin ./plugin']],
    [`plugins: [process.env.X && './plugin.js']`, ['the plugin ./plugin.js']],
    [`plugins: [...(process.env.X ? ['@docusaurus/plugin-pwa'] : [])]`, []],
    [`plugins: [() => ({})]`, ['a local plugin']],
    [`presets: [['some-preset', {docs: {}}]]`, ['the preset some-preset']],
    [`plugins: [false, '@docusaurus/plugin-pwa', ['@docusaurus/theme-mermaid', {}]]`, []],
  ])('%s has the plugins that no list names', async (code, names) => {
    const {unlisted} = (await read(`export default {baseUrl: '/', ${code}}`))!
    expect(unlisted.map(({about}) => about)).toEqual(names)
  })

  it('may have a base that is computed', async () => {
    expect(await read(`export default {baseUrl: process.env.BASE}`)).toMatchObject({isBaseComputed: true})
  })

  it('is nothing where it is not written out', async () => {
    expect(await read('export default make()')).toBe(undefined)
  })
})

describe('URLs', async () => {
  const config = readDocusaurus(
    await readCode(`export default {presets: [['classic', {}]]}`),
    '',
    () => undefined,
  )!
  const [docs, blog, pages] = config.contents
  it.each([
    [docs, 'a.md', {}, '/docs/a'],
    [docs, '01-guide/02-start.md', {}, '/docs/guide/start'],
    [docs, '01-guide/02-start.md', {parse_number_prefixes: false}, '/docs/01-guide/02-start'],
    [docs, '2021-11-foo.md', {}, '/docs/2021-11-foo'],
    [docs, 'guide/index.mdx', {}, '/docs/guide'],
    [docs, 'guide/README.md', {}, '/docs/guide'],
    [docs, 'guide/Guide.md', {}, '/docs/guide'],
    [docs, 'index.md', {}, '/docs'],
    [docs, 'guide/a.md', {id: 'b'}, '/docs/guide/b'],
    [docs, 'guide/a.md', {slug: '/c'}, '/docs/c'],
    [docs, 'guide/a.md', {slug: '../d'}, '/docs/d'],
    [docs, 'guide/index.md', {slug: 'e'}, '/docs/guide/e'],
    [docs, 'a.md', {slug: '/'}, '/docs'],
    [blog, '2021-01-02-news.md', {}, '/blog/2021/01/02/news'],
    [blog, '2021/01/02-news/index.mdx', {}, '/blog/2021/01/02/news'],
    [blog, 'old/2021-01-02-news.md', {}, '/blog/2021/01/02/old/news'],
    [blog, 'plain/index.md', {}, '/blog/plain'],
    [blog, '2021-01-02-news.md', {slug: 'short'}, '/blog/short'],
    [pages, 'index.tsx', {}, ''],
    [pages, 'a/index.js', {}, '/a'],
    [pages, 'a/b.mdx', {}, '/a/b'],
    [pages, 'a/b.mdx', {slug: '/c'}, '/c'],
  ])('%# %s', (content, file, data, url) => {
    expect(publishedAt(file, data, content!)).toBe(url)
  })
})

describe('a locale that has no translations', () => {
  it('has the pages of the default one', async () => {
    const config = `export default {
      url: 'https://lamps.test', baseUrl: '/', presets: [['classic', {}]],
      i18n: {defaultLocale: 'en', locales: ['en', 'de']},
    }`
    const page = '# A\n\n[x](/de/docs/a) [y](/de/docs/gone) [z](/fr/docs/a)\n'
    const files = {'docusaurus.config.js': config, 'docs/a.md': page}
    expect(messagesOf(await checkFolder(folder(files), 'no-broken-link'))).toEqual([
      'docs/a.md 3:21-3:34 Unexpected link to missing file `/de/docs/gone`',
      'docs/a.md 3:40-3:50 Unexpected link to missing file `/fr/docs/a`',
    ])
  })
})
