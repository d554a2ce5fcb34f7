import {createRequire} from 'node:module'
import path from 'node:path'
import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {readPage} from '../src/page/read-page.ts'
import {vuepressIds} from '../src/site/platforms/vuepress/heading-ids.ts'
import {permalinkOf} from '../src/site/platforms/vuepress/permalinks.ts'
import {regularUrl} from '../src/site/platforms/vuepress/routes.ts'
import {vuepressSyntax} from '../src/site/platforms/vuepress/syntax.ts'
import {type Version, versionsOf} from '../src/site/platforms/vuepress/versions.ts'
import {vuepress1Slug} from '../src/site/shared/slugs.ts'
import {amount} from './amount.ts'
import {heading, pageOf, HEADINGS as SURVEY} from './headings.ts'
import {ENGINE_PARTS, engineParts} from './needs.ts'
import {checkFolder, folder, messagesOf} from './run-doccheck.ts'

const has2 = engineParts('@vuepress/markdown', '@vuepress/shared')
const has1 = engineParts('@vuepress/shared-utils', 'vuepress-markdown-1')

/** A module of the second version. */
const of2 = (name: string) => import(path.join(ENGINE_PARTS, name, 'dist/index.js'))
const require = createRequire(import.meta.url)
/** A function of the first version. */
const of1 = (name: string) => require(path.join(ENGINE_PARTS, '@vuepress/shared-utils/lib', name))
/** The parts of the first version's renderer that links and ids depend on; as a whole it needs the hoisting of old packages. */
function markdown1(): {render(text: string, env: object): string} {
  const part = createRequire(path.join(ENGINE_PARTS, 'vuepress-markdown-1/index.js'))
  const markdown = part('markdown-it')({html: true})
    .use(part('./lib/component'))
    .use(part('./lib/link'), {})
    .use(part('markdown-it-emoji'))
    .use(part('markdown-it-anchor'), {slugify: of1('slugify')})
  return Object.assign(markdown, {$data: {}})
}

const settings = {attributes: false, withoutEmoji: true, hasId: () => true}

async function idsOf(text: string, version: Version) {
  const page = await readPage(
    'a.md',
    text,
    vuepressSyntax({versions: [version], includesPages: false, marks: undefined, hasComponents: false}),
  )
  return vuepressIds(page.headings, {...settings, version})
}

describe.skipIf(!has2)('the second version', () => {
  it('makes the same ids of a thousand headings', async () => {
    const {createMarkdown} = await of2('@vuepress/markdown')
    const markdown = createMarkdown()
    for (const text of headingPages())
      expect([text, await idsOf(text, 2)]).toEqual([text, idsIn(markdown.render(text, {}))])
  })

  it('gives source files the same routes', async () => {
    const {inferRoutePath} = await of2('@vuepress/shared')
    for (const file of FILES) expect([file, regularUrl(file)]).toEqual([file, inferRoutePath(`/${file}`)])
  })

  it('renders links to the pages that they are found to lead to, on a hundred sites', async () => {
    const {createMarkdown} = await of2('@vuepress/markdown')
    const {inferRoutePath} = await of2('@vuepress/shared')
    const markdown = createMarkdown()
    for (const {files, from, urls, base} of fc.sample(site, {numRuns: amount(100), seed: 9})) {
      const routes = new Set(files.map((file) => decodeURI(inferRoutePath(`/${file}`))))
      const isBroken = urls.map((url) => {
        const html: string = markdown.render(`[x](${url})`, {base, filePathRelative: from})
        const to = /<RouteLink to="([^"]*)"/.exec(html)?.[1]
        return to === undefined ? undefined : !routes.has(decodeURI(to.replace(/[?#].*/, '')))
      })
      const reported = await reportedOf({files, from, urls, base}, 2)
      const differing = urls.filter((_, at) => isBroken[at] !== undefined && isBroken[at] !== reported[at])
      expect({files, from, base, differing}).toEqual({files, from, base, differing: []})
    }
  })
})

describe.skipIf(!has1)('the first version', () => {
  it('makes the same ids of a thousand headings', async () => {
    const markdown = markdown1()
    for (const text of headingPages())
      expect([text, await idsOf(text, 1)]).toEqual([text, idsIn(markdown.render(text, {}))])
  })

  it('renders links to the pages that they are found to lead to, on a hundred sites', async () => {
    const fileToPath = of1('fileToPath')
    const markdown = markdown1()
    for (const {files, from, urls, base} of fc.sample(site, {numRuns: amount(100), seed: 10})) {
      const paths: string[] = files.map((each) => fileToPath(each))
      const routes = new Set(
        paths
          .flatMap((each) => (each.endsWith('/') ? [each, `${each}index.html`] : each))
          .map((each) => each.toLowerCase()),
      )
      // Its client redirects clean URLs (`redirect.js` of @vuepress/core), and vue-router 3 ignores letter case.
      const isRoute = (to: string) => routes.has(to) || routes.has(to.replace(/\/$/, '.html'))
      const leads = (to: string) => isRoute(to.toLowerCase())
      const isBroken = urls.map((url) => {
        const html = markdown.render(`[x](${url})`, {relativePath: from})
        const to = /<RouterLink to="([^"]*)"/.exec(html)?.[1]
        return to === undefined ? undefined : !leads(to.replace(/[?#].*/, ''))
      })
      const reported = await reportedOf({files, from, urls, base}, 1)
      const differing = urls.filter((_, at) => isBroken[at] !== undefined && isBroken[at] !== reported[at])
      expect({files, from, base, differing}).toEqual({files, from, base, differing: []})
    }
  })

  it('makes the same slugs of any text', () => {
    const slugify = of1('slugify')
    const text = fc.oneof(heading(), fc.string({unit: 'binary', maxLength: 12}))
    fc.assert(
      fc.property(text, (given) => {
        expect(vuepress1Slug(given)).toBe(slugify(given))
      }),
      {numRuns: amount(3000)},
    )
  })

  it('gives source files the same routes', () => {
    const fileToPath = of1('fileToPath')
    for (const file of [...FILES, 'INDEX.md', 'a/Readme.md', 'parts/lamp.vue'])
      expect([file, regularUrl(file, true)]).toEqual([file, fileToPath(file)])
  })

  it('fills in the patterns of permalinks', () => {
    const [getPermalink, slugify] = [of1('getPermalink'), of1('slugify')]
    const config = {locales: ['/', '/zh/'], permalink: undefined} as unknown as Parameters<
      typeof permalinkOf
    >[1]
    for (const pattern of ['/:year/:month/:day/:slug/', ':i_month-:i_day', '/x/:regular', '/own', 'own/'])
      for (const file of ['_posts/2018-4-1-Evan You.md', 'zh/2018-04-09-hi there.md', 'a/2020-12-31-x.md']) {
        const [, date, name] = /(\d{4}-\d{1,2}(?:-\d{1,2})?)-(.*)\.md$/.exec(file)!
        const regular = regularUrl(file, true)
        const real = getPermalink({
          pattern,
          slug: slugify(name),
          date,
          regularPath: regular,
          localePath: file.startsWith('zh/') ? '/zh/' : '/',
        })
        const page = {frontMatter: {data: {permalink: pattern}}} as unknown as Parameters<
          typeof permalinkOf
        >[0]['page']
        expect(permalinkOf({path: file, regular, page}, config, 1)).toBe(real)
      }
  })

  it('numbers equal headings from two, and counts no emoji by its name', async () => {
    expect(await idsOf('## A\n\n## a!\n\n## A :tada:\n\n## 2 — b\n', 1)).toEqual(['a', 'a-2', 'a-3', '_2-b'])
    expect(await idsOf('## A\n\n## a!\n\n## 2 — b\n', 2)).toEqual(['a', 'a-1', '_2-—-b'])
  })
})

it('knows its version by packages, else by what the configuration has', () => {
  const of = (dependencies: object, code?: string) => versionsOf([{devDependencies: dependencies}], code)
  expect(of({vuepress: '^1.9.10'}, '')).toEqual([1])
  expect(of({vuepress: '^0.14'}, '')).toEqual([1])
  expect(of({vuepress: '2.0.0-rc.20'}, 'themeConfig:')).toEqual([2])
  expect(of({vuepress: 'next'}, '')).toEqual([2])
  expect(of({vuepress: '^1.8.2', '@vuepress/bundler-vite': 'next'}, '')).toEqual([2])
  expect(of({'vuepress-theme-hope': '1.21.0'}, '')).toEqual([1])
  expect(of({}, "import {defineUserConfig} from 'vuepress'")).toEqual([2])
  expect(of({}, 'module.exports = {themeConfig: {}}')).toEqual([1])
  expect(of({})).toEqual([1])
  expect(of({}, 'module.exports = {}')).toEqual([2, 1])
  expect(versionsOf([{}, {dependencies: {vuepress: '1.x'}}], '')).toEqual([1])
})

/** Which links of a page doccheck reports. */
async function reportedOf({files, from, urls, base}: GeneratedSite, version: Version): Promise<boolean[]> {
  const root = folder({
    'package.json': `{"devDependencies": {"vuepress": "${version}.0.0"}}`,
    'docs/.vuepress/config.ts': `export default {base: '${base}'}\n`,
    ...Object.fromEntries(files.map((file) => [`docs/${file}`, '# A\n'])),
    [`docs/${from}`]: urls.map((url) => `[x](${url})\n`).join('\n'),
  })
  const found = messagesOf(await checkFolder(root, 'no-broken-link'))
  return urls.map((_, at) => found.some((each) => each.startsWith(`docs/${from} ${2 * at + 1}:`)))
}

/** The ids of the headings of the second level. */
const idsIn = (html: string) => [...html.matchAll(/<h2 id="([^"]*)"/g)].map(([, id]) => id)

/** Pages with the headings of the survey and a thousand generated ones. */
function headingPages(): string[] {
  const generated = fc.sample(
    heading([
      '*em*',
      '**strong**',
      ' _under_ ',
      '`code--x`',
      '[link](x.md)',
      '&amp;',
      '&copy;',
      '\\*',
      ':tada:',
      '{#own}',
    ]),
    {numRuns: 1000, seed: 5},
  )
  return [pageOf(SURVEY.map(([source]) => source)), ...pagesOf(generated)]
}

/** Pages of at most ten headings. */
const pagesOf = (headings: readonly string[]) =>
  Array.from({length: Math.ceil(headings.length / 10)}, (_, at) =>
    pageOf(headings.slice(10 * at, 10 * at + 10)),
  )

const names = fc.constantFrom('README', 'readme', 'index', 'lamp', 'Wick', 'a b', 'ламpa', 'v1.2', 'x-y_z')
const folders = fc.constantFrom('', 'guide/', 'guide/deep/', 'дом/', 'a b/')
const file = fc.tuple(folders, names).map(([at, name]) => `${at}${name}.md`)

/** Source files in all forms. */
const FILES = [...new Set(fc.sample(file, {numRuns: 300, seed: 1}))]

const url = fc
  .tuple(
    fc.constantFrom('', './', '../', '../../', '/', '/site/', 'guide/', '/guide/', '../guide/deep/'),
    fc.constantFrom(
      'README.md',
      'index.md',
      'lamp.md',
      'lamp.html',
      'Wick.md',
      'wick.md',
      'lamp/',
      '',
      'a%20b.md',
      'gone.md',
      'index.html',
      'ламpa.md',
      'v1.2.md',
    ),
    fc.constantFrom('', '', '#a', '?q=1#a'),
  )
  .map((parts) => parts.join(''))
  .filter((each) => /^[^#?]*(?:\/|\.md|\.html)/.test(each))

/** A site with a page that has links. */
interface GeneratedSite {
  files: string[]
  from: string
  urls: string[]
  base: string
}

const site: fc.Arbitrary<GeneratedSite> = fc.record({
  files: fc.uniqueArray(file, {minLength: 2, maxLength: 8, selector: (each) => each.toLowerCase()}),
  from: folders.map((at) => `${at}from.md`),
  urls: fc.uniqueArray(url, {minLength: 4, maxLength: 10}),
  base: fc.constantFrom('/', '/', '/site/'),
})
