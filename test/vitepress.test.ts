import path from 'node:path'
import {slugify} from '@mdit-vue/shared'
import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {readPage} from '../src/page/read-page.ts'
import {doubtWords} from '../src/site/doubts.ts'
import {readVitepress} from '../src/site/platforms/vitepress/config.ts'
import {vitepressIds} from '../src/site/platforms/vitepress/heading-ids.ts'
import {vitepressSyntax} from '../src/site/platforms/vitepress/syntax.ts'
import {readCode} from '../src/site/shared/javascript/read.ts'
import {mditVueSlug} from '../src/site/shared/slugs.ts'
import {amount} from './amount.ts'
import {ENGINES, engines} from './needs.ts'
import {checkFolder, folder, messagesOf} from './run-doccheck.ts'

const isInstalled = engines('vitepress')

describe('ids', () => {
  it('are those that VitePress makes of any text', () => {
    const letters = fc.constantFrom(
      ...'abcXYZ019 äöüßéñçøåÆŒ жЩщёЁ αβγΣςΩ אבגד عربي हिन्दी ไทย 日本語漢字 한국어 ქართ ½²Ⅷ①ﬁ🚀 ́̈-–—_.,:;!?()/+=~@$%^&*{}[]<>|\\"\'“”‘’ \t\u00a0\u2003'.split(
        '',
      ),
    )
    const text = fc.oneof(
      fc.array(letters, {maxLength: 16}).map((all) => all.join('')),
      fc.string({unit: 'binary', maxLength: 12}),
    )
    fc.assert(
      fc.property(text, (given) => {
        expect(mditVueSlug(given)).toBe(slugify(given))
      }),
      {numRuns: amount(3000)},
    )
  })

  it('are numbered where headings are the same', () => {
    const heading = (text: string, more: object = {}) => ({text, depth: 2, start: 0, end: 0, ...more})
    const headings = [
      heading('A'),
      heading('A'),
      heading('A', {id: 'own'}),
      heading('a!'),
      heading('x', {html: true}),
      heading('2nd'),
    ]
    expect(vitepressIds(headings as Parameters<typeof vitepressIds>[0])).toEqual([
      'a',
      'a-1',
      'own',
      'a-2',
      undefined,
      '_2nd',
    ])
  })
})

describe.skipIf(!isInstalled)('ids of headings with character references', () => {
  it('are those that VitePress makes', async () => {
    const headings = [
      'A &rarr; B',
      'C&rarr;D',
      '&rarr; E',
      'F &#8594; G &#x41;',
      'H &nosuch; I',
      'J [k &lt; l](z.md) &gt;',
      'M `&rarr;` **n &rarr; o** p',
      '&lt;div&gt;',
      '**&lt;q**',
      'R \\* &gt; \\# s',
      'T \\& U \\&amp;',
      'V &amp &lt W',
      'X &copy; ##',
      'Y {{ z }} &amp; \\* a',
      'B &copy; {#own}',
    ]
    const {createMarkdownRenderer} = await import(path.join(ENGINES, 'vitepress/dist/node/index.js'))
    const markdown = await createMarkdownRenderer('.', {}, '/')
    const text = headings.map((heading) => `## ${heading}\n`).join('\n')
    const html: string = await markdown.render(text)
    const page = await readPage('a.md', text, vitepressSyntax)
    expect(vitepressIds(page.headings)).toEqual([...html.matchAll(/<h2 id="([^"]*)"/g)].map(([, id]) => id))
  })

  it.skipIf(!isInstalled)('stand between the delimiters that are configured', async () => {
    const headings = ['A {#own}', 'B %{#own}%', 'C %{#two} %', 'F {#g}%', '%{#only}%']
    const {createMarkdownRenderer, disposeMdItInstance} = await import(
      path.join(ENGINES, 'vitepress/dist/node/index.js')
    )
    // There is one renderer, with the options that it was first created with.
    disposeMdItInstance()
    const options = {attrs: {leftDelimiter: '%{', rightDelimiter: '}%'}}
    const text = headings.map((heading) => `## ${heading}\n`).join('\n')
    const html: string = await (await createMarkdownRenderer('.', options, '/')).render(text)
    const page = await readPage('a.md', text, {...vitepressSyntax, attributeDelimiters: ['%{', '}%']})
    expect(vitepressIds(page.headings)).toEqual([...html.matchAll(/<h2 id="([^"]*)"/g)].map(([, id]) => id))
  })
})

describe('a configuration', () => {
  it.each([
    ['export default {}', 'docs', {source: 'docs', base: '/', otherRoutes: undefined, otherIds: []}],
    ["export default defineConfig({srcDir: './src', cleanUrls: true})", 'docs', {source: 'docs/src'}],
    ["// srcDir: 'x'\n/* rewrites: {} */\nexport default {}", '', {source: '', otherRoutes: undefined}],
    [
      "export default withPwa(defineConfig({pwa: {srcDir: '.vitepress/'}}))",
      'packages',
      {source: 'packages'},
    ],
    ['export default {srcDir: folder}', '', {otherRoutes: 'the folder of pages is computed'}],
    ['export default {rewrites: (id) => id}', '', {otherRoutes: 'where pages are published is computed'}],
    [
      "export default {rewrites: {'a/:b(\\\\d+)': ':b'}}",
      '',
      {otherRoutes: 'where pages are published is computed'},
    ],
    [
      "export default {rewrites: {':pkg(.*)/a': ':pkg/a'}}",
      '',
      {otherRoutes: 'where pages are published is computed'},
    ],
    [
      "export default {rewrites: {':lang?/a': 'a'}}",
      '',
      {otherRoutes: 'where pages are published is computed'},
    ],
    ["export default {rewrites: {'a/:b': ':c'}}", '', {otherRoutes: 'where pages are published is computed'}],
    ["export default {rewrites: {'en/:rest*': ':rest*', 'a/(.*)': 'b/(.*)'}}", '', {otherRoutes: undefined}],
    ["export default {...shared, base: '/x'}", '', {base: '/x/', otherRoutes: undefined}],
    [
      'export default {...shared, rewrites: computed()}',
      '',
      {otherRoutes: 'where pages are published is computed'},
    ],
    [
      "export default {base: '/x/', sitemap: {hostname: 'https://example.org'}}",
      '',
      {home: 'https://example.org/x'},
    ],
    ['export default {markdown: {anchor: {level: 2, callback}}}', '', {otherSlugs: undefined}],
    [
      'export default {markdown: {anchor: {slugify}}}',
      '',
      {otherSlugs: 'the ids of headings are configured'},
    ],
    ['export default {markdown: {attrs: {disable: true}}}', '', {attributeDelimiters: ['{', '}']}],
    [
      "export default {markdown: {attrs: {leftDelimiter: '%{', rightDelimiter: '}%'}}}",
      '',
      {attributeDelimiters: ['%{', '}%'], otherSlugs: undefined},
    ],
    ['export default {markdown: {attrs: {leftDelimiter: left}}}', '', {attributeDelimiters: undefined}],
  ])('%s', async (code, root, read) => {
    const {otherRoutes, otherSlugs, otherIds, ...config} = readVitepress(await readCode(code), root, code)
    expect({
      ...config,
      otherRoutes: otherRoutes && doubtWords(otherRoutes),
      otherSlugs: otherSlugs && doubtWords(otherSlugs),
      otherIds: otherIds.map(doubtWords),
    }).toMatchObject(read)
  })
})

it('makes ids of letters with accents as the version of VitePress does', async () => {
  const check = async (vitepress: string) =>
    messagesOf(
      await checkFolder(
        folder({
          '.vitepress/config.js': 'export default {}',
          'package.json': JSON.stringify({devDependencies: {vitepress}}),
          'index.md': '## Мой “déjà”\n\n[a](#мой-“deja”) [b](#мои-deja) [c](#мой-deja)\n',
        }),
      ),
    ).map((each) => /`([^`]*)`/.exec(each)?.[1])
  expect(await check('^1.6.0')).toEqual(['#мой-“deja”', '#мой-deja'])
  expect(await check('^0.20.10')).toEqual(['#мой-deja'])
})
