// What is read by an expression that backtracks, or counted from 1 for each double, would not end here.
import {describe, expect, it} from 'vitest'
import {readPage} from '../src/page/read-page.ts'
import type {Heading, Page} from '../src/page/types.ts'
import {describeSites} from '../src/site/describe-sites.ts'
import type {PageSource, SiteContext} from '../src/site/platform.ts'
import {markdigIds} from '../src/site/platforms/docfx/heading-ids.ts'
import {docfxSyntax} from '../src/site/platforms/docfx/syntax.ts'
import {docusaurusIds} from '../src/site/platforms/docusaurus/heading-ids.ts'
import {readHugo} from '../src/site/platforms/hugo/config.ts'
import {hugoIds} from '../src/site/platforms/hugo/heading-ids.ts'
import {kramdownGfmIds, kramdownIds} from '../src/site/platforms/jekyll/heading-ids.ts'
import {mdbookIds} from '../src/site/platforms/mdbook/heading-ids.ts'
import {pymdownSlug, pythonMarkdownIds} from '../src/site/platforms/mkdocs/heading-ids.ts'
import {docutilsId, mystSlugs} from '../src/site/platforms/myst/heading-ids.ts'
import {pandocIds} from '../src/site/platforms/quarto/heading-ids.ts'
import {starlightIds} from '../src/site/platforms/starlight/heading-ids.ts'
import {isPlainBuild} from '../src/site/platforms/starlight/more-pages.ts'
import {vitepressIds} from '../src/site/platforms/vitepress/heading-ids.ts'
import {githubIds} from '../src/site/shared/github-anchors.ts'
import {gitlabIds, olderGitlabIds} from '../src/site/shared/gitlab-anchors.ts'
import {importedModules} from '../src/site/shared/imported-modules.ts'
import {treeOf} from './growth/series.ts'

const MANY = 100_000
const context = {
  tree: {files: new Set(), folders: new Set(), beyond: () => undefined},
  isPage: () => false,
  marker: {platform: 'docfx', root: '', why: ''},
} as unknown as SiteContext
const noPages: PageSource = {page: () => undefined}

const heading = (text: string): Heading => ({depth: 2, text, source: text, start: 0, end: 0})
const hugo = (headings: readonly Heading[]) => hugoIds(headings, readHugo({}, '', context, new Map()))
const python = (headings: readonly Heading[]) => pythonMarkdownIds(headings, [], true)

const SLUGGERS: Record<string, (headings: readonly Heading[]) => (string | undefined)[]> = {
  github: githubIds,
  gitlab: gitlabIds,
  'gitlab before 17': olderGitlabIds,
  jekyll: kramdownGfmIds,
  kramdown: (headings) => kramdownIds(headings, {autoIds: true, prefix: '', stripping: false}),
  vitepress: vitepressIds,
  docusaurus: (headings) => docusaurusIds(headings, {maintainCase: false}),
  starlight: (headings) => starlightIds({path: 'a.md', headings} as Page, true),
  hugo,
  mdbook: (headings) => mdbookIds(headings, {smart: true}),
  docfx: markdigIds,
  myst: (headings) => mystSlugs(headings, 2),
  quarto: pandocIds,
}

describe('ids of many equal headings', () => {
  const many = Array.from({length: MANY}, () => heading('a'))

  it.each(Object.entries(SLUGGERS))('%s', (_, ids) => {
    const found = ids(many)
    expect(found.slice(0, 3)).toEqual(['a', 'a-1', 'a-2'])
    expect(found.at(-1)).toBe(`a-${MANY - 1}`)
    expect(new Set(found).size).toBe(MANY)
  })

  it('python-markdown', () => {
    expect(python(many).slice(0, 3)).toEqual(['a', 'a_1', 'a_2'])
    expect(python(many).at(-1)).toBe(`a_${MANY - 1}`)
    // Each of them counts on from a number that others have passed.
    const numbered = Array.from({length: MANY}, (_, at) => heading(`a_${at % 2 ? 1 : at}`))
    expect(new Set(python(numbered)).size).toBe(MANY)
    expect(python([heading('a'), heading('a_1'), heading('a'), heading('a_1')])).toEqual([
      'a',
      'a_1',
      'a_2',
      'a_3',
    ])
  })

  it('python-markdown: numbers beyond those that JavaScript tells apart', () => {
    const large = heading('a_9007199254740993')
    expect(python([large, large])).toEqual(['a_9007199254740993', 'a_9007199254740994'])
  })
})

describe('ids of long headings', () => {
  it.each([
    ['attributes that do not end', `{${'.a'.repeat(MANY)}!}`, `x-${'a'.repeat(MANY)}`],
    ['quotes that do not end', `{a="${'\\"'.repeat(MANY)}`, 'x-a'],
    ['braces', '{'.repeat(MANY), 'x-'],
  ])('hugo: %s', (_, text, id) => {
    expect(hugo([heading(`x ${text}`)])).toEqual([id])
  })

  it('hugo: attributes', () => {
    expect(hugo([heading(`x {${'.a '.repeat(MANY)}#b}`)])).toEqual(['b'])
    expect(hugo([heading('x {a="#no" #b,id=c}')])).toEqual(['c'])
    expect(hugo([heading('x {title="#no"}')])).toEqual(['x'])
  })

  it('python-markdown', () => {
    expect(python([heading(`a${' '.repeat(MANY)}b`)])).toEqual(['a-b'])
    expect(python([heading(`a ${'{'.repeat(MANY)}`)])).toEqual(['a'])
    expect(python([heading('a {b} {: #c .d } ')])).toEqual(['c'])
    expect(python([heading('a } {#c}'), heading('a {: }'), heading('a { }')])).toEqual(['c', 'a', 'a_1'])
    expect(pymdownSlug('<'.repeat(MANY), 'none')).toBe('')
    expect(pymdownSlug('a <b>c</b> <', 'none')).toBe('a-c-')
  })

  it('docusaurus', () => {
    const ids = (text: string) => docusaurusIds([heading(text)], {maintainCase: false})
    expect(ids('a'.concat('{#'.repeat(MANY)))).toEqual(['a'])
    expect(ids(`a${' '.repeat(MANY)}{#b}`)).toEqual(['b'])
    expect(ids('<!--'.repeat(MANY))).toEqual([`${'--'.repeat(MANY)}`])
    expect(ids(':a{'.repeat(MANY))).toEqual([''])
    expect(ids('x :a{b} y :c{')).toEqual(['x--y-'])
  })

  it('mdbook', () => {
    const ids = (text: string) => mdbookIds([heading(text)], {smart: true})
    expect(ids(`a${' '.repeat(MANY)}b`)).toEqual([`a${'-'.repeat(MANY)}b`])
    expect(ids('a { .b #c } ')).toEqual(['c'])
    expect(ids('a {.b}')).toEqual(['a'])
    expect(ids('a {b} c')).toEqual(['a-b-c'])
    expect(ids('\u0085a\u3000')).toEqual(['a'])
  })

  it('myst', () => {
    expect(mystSlugs([heading(`a${' '.repeat(MANY)}b`)], 2)).toEqual([`a${'-'.repeat(MANY)}b`])
    expect(docutilsId(`1a${'-'.repeat(MANY)}b--`)).toBe('a-b')
  })
})

describe('what configurations and pages say', () => {
  it('reads the build of a Starlight site', () => {
    expect(isPlainBuild('FOO=1 astro check --a --b=c d && NODE="x" npx astro build')).toBe(true)
    expect(isPlainBuild('astro build && node more.js')).toBe(false)
    expect(isPlainBuild(`${"A='B=' ".repeat(MANY)}!`)).toBe(false)
    expect(isPlainBuild(`astro build${' -a'.repeat(MANY)}!`)).toBe(false)
  })

  it.each([`[!include[a](${' '.repeat(MANY)}]`, `[!include[a](${'<'.repeat(MANY)})]`])(
    'reads an include of Docfx',
    async (text) => {
      const {links} = await readPage('a.md', text, docfxSyntax)
      expect(links.length).toBeLessThanOrEqual(1)
    },
  )
})

describe('modules of code', () => {
  it.each([
    ['import \'a\'\nimport "b"', ['a', 'b']],
    ["import a from 'a'\n\nimport {\n  b,\n  c,\n} from 'b'", ['a', 'b']],
    ["export * from 'a'\n  import b from './b.js'", ['a', './b.js']],
    ["import type {A} from 'a'\nexport type {B} from 'b'", []],
    ["const a = require('a'); await import( 'b' )", ['a', 'b']],
    ["const text = 'import'\nx from 'a'", []],
    ["let a; import b from 'b'\nfoo(); from 'c'", ['b']],
    ["// don't\nimport a from 'a'", ['a']],
    [`${'import\n'.repeat(MANY)}'a'`, ['a']],
    [`import ${' '.repeat(MANY)} from`, []],
    ["import a from 'a'\n".repeat(3), ['a', 'a', 'a']],
  ])('%#', (code, names) => {
    expect(importedModules(code)).toEqual(names)
  })
})

describe('trees with very many of one thing', () => {
  const many = (count: number, file: (at: number) => string, text = ''): Record<string, string> =>
    Object.fromEntries(Array.from({length: count}, (_, at) => [file(at), text]))
  const sitesIn = (files: Record<string, string>) =>
    describeSites({tree: treeOf(files), isPage: (path) => path.endsWith('.md')})

  it('reads the outermost of many sites, and says nothing of what is in others', async () => {
    const sites = await sitesIn({
      ...many(1000, (at) => `s${at}/mkdocs.yml`),
      'a/b/c/mkdocs.yml': '',
      'a/b/c/docs/a.md': '',
      's1/docs/a.md': '',
    })
    expect(sites.all.filter(({platform}) => platform === 'mkdocs')).toHaveLength(1000)
    expect(sites.of('s1/docs/a.md').platform).toBe('mkdocs')
    const {resolverFor} = sites.publish(noPages)
    expect(resolverFor('a/b/c/docs/a.md')({url: 'gone.md'}).to).toBe('unknown')
    expect(resolverFor('s1/docs/a.md')({url: 'gone.md'}).to).toBe('missing')
  })

  it('takes what one more table of redirects may redirect for unknown', async () => {
    const from = 'docs/a.md'
    const site = {'mkdocs.yml': '', [from]: ''}
    const to = async (files: Record<string, string>) =>
      (await sitesIn({...site, ...files})).publish(noPages).resolverFor(from)({url: 'gone.md'}).to
    expect(await to(many(200, (at) => `t${at}/_redirects`, '/a /b'))).toBe('missing')
    expect(await to(many(201, (at) => `t${at}/_redirects`, '/a /b'))).toBe('outside')
  })

  it('finds the first of many patterns that fits', async () => {
    const sites = await sitesIn({
      'mkdocs.yml': 'site_url: https://a.org/\n',
      'docs/a.md': '',
      'docs/b.md': '',
      _redirects: `${Array.from({length: 5000}, (_, at) => `/x${at}/* /b/\n`).join('')}/x4999/y/* /a/\n`,
    })
    const resolve = sites.publish(noPages).resolverFor('docs/a.md')
    expect(resolve({url: '../x4999/y/z.md'})).toMatchObject({to: 'page', path: 'docs/b.md'})
    expect(resolve({url: '../y4999/y/z.md'}).to).toBe('missing')
  })
})
