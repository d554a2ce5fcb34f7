import path from 'node:path'
import {pathToFileURL} from 'node:url'
import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {readPage} from '../src/page/read-page.ts'
import {fumadocsIds} from '../src/site/platforms/fumadocs/heading-ids.ts'
import {languagesOf} from '../src/site/platforms/fumadocs/loaders.ts'
import {publishedPages} from '../src/site/platforms/fumadocs/slugs.ts'
import {ObjectValue, type Value} from '../src/site/shared/javascript/values.ts'
import {PageTable} from '../src/site/shared/mdx-app/page-table.ts'
import {amount} from './amount.ts'
import {heading, pageOf} from './headings.ts'
import {ENGINE_PARTS, engineParts} from './needs.ts'

const isInstalled = engineParts('fumadocs-core', 'unified', 'remark-parse', 'remark-gfm', 'remark-mdx')

const part = (file: string) => import(pathToFileURL(path.join(ENGINE_PARTS, file)).href)

/** Names of folders and files: groups, indexes, names with dots, spaces and other scripts, and those of languages. */
const FOLDER = fc.constantFrom('guide', '(start)', '(more) ', 'api', 'v1.2', 'Ünï', '日本', 'fr', 'a b')
const FILE = fc.constantFrom(
  'index',
  'index.fr',
  'setup',
  'setup.fr',
  'setup.de',
  'guide',
  'api',
  'v1.2',
  'é è',
  '_x',
)

const tree = fc.uniqueArray(
  fc.tuple(fc.array(FOLDER, {maxLength: 3}), FILE, fc.constantFrom('.mdx', '.md')),
  {
    minLength: 1,
    maxLength: 20,
    // Fumadocs refuses two files at one URL.
    selector: ([folders, file]) => [...folders.filter((each) => !/^\(.+\)$/.test(each)), file].join('/'),
  },
)

const languages = fc.option(
  fc.record(
    {
      parser: fc.constantFrom('dot', 'dir'),
      hideLocale: fc.constantFrom('always', 'default-locale', 'never'),
    },
    {requiredKeys: []},
  ),
)

describe.skipIf(!isInstalled)('routes', () => {
  it('are those that the loader gives files of any tree', async () => {
    const {loader} = await part('fumadocs-core/dist/source/index.js')
    let compared = 0
    fc.assert(
      fc.property(
        tree,
        languages,
        fc.constantFrom('/', '/docs', 'docs/', '/a/b'),
        (entries, given, baseUrl) => {
          const paths = entries.map(([folders, file, end]) => [...folders, file + end].join('/'))
          const i18n = given && {languages: ['en', 'fr'], defaultLanguage: 'en', ...given}
          const files = paths.map((each) => ({type: 'page', path: each, data: {}}))
          let published: {path: string; url: string; locale?: string}[]
          try {
            published = loader({baseUrl, source: {files}, ...(i18n && {i18n})}).getPages()
          } catch {
            // Two files at one URL.
            return
          }
          compared++
          const found = i18n ? languagesOf(literal(i18n)) : undefined
          const ours = publishedPages(
            paths.map((each) => `content/${each}`),
            'content',
            baseUrl.replace(/^\/|\/$/g, ''),
            found,
          )
          const table = new PageTable(ours, found)
          const own = published.filter(
            ({path: file, locale}) => locale === undefined || locale === languageOf(file, i18n),
          )
          expect(
            new Map(paths.map((each) => [each, table.urlsOf(`content/${each}`).map((url) => `/${url}`)])),
          ).toEqual(new Map(own.map(({path: file, url}) => [file, [decodeURI(url)]])))
          for (const {path: file, url, locale} of published)
            if (locale === undefined || i18n?.hideLocale === 'never' || i18n?.hideLocale === undefined)
              expect(table.at(decodeURI(url).slice(1), '')?.file).toBe(`content/${file}`)
        },
      ),
      {numRuns: amount(100)},
    )
    expect(compared).toBeGreaterThan(amount(100) / 2)
  })
})

const literal = (json: unknown): Value =>
  typeof json !== 'object' || json === null
    ? (json as Value)
    : Array.isArray(json)
      ? json.map(literal)
      : new ObjectValue(new Map(Object.entries(json).map(([key, value]) => [key, literal(value)])), false)

const languageOf = (file: string, i18n: {parser?: string | undefined} | null) =>
  (i18n?.parser === 'dir' ? /^fr\/./ : /\.fr\.\w+$/).test(file) ? 'fr' : 'en'

describe.skipIf(!isInstalled)('ids', () => {
  it('are those of its remark plugin, for headings in twelve scripts', async () => {
    const [{unified}, {default: remarkParse}, {default: remarkGfm}, {default: remarkMdx}, {remarkHeading}] =
      await Promise.all([
        part('unified/index.js'),
        part('remark-parse/index.js'),
        part('remark-gfm/index.js'),
        part('remark-mdx/index.js'),
        part('fumadocs-core/dist/mdx-plugins/remark-heading.js'),
      ])
    const idsOf = async (text: string, mdx: boolean): Promise<string[]> => {
      const processor = unified().use(remarkParse).use(remarkGfm)
      if (mdx) processor.use(remarkMdx)
      const file = {data: {} as {toc?: {url: string}[]}}
      await unified().use(remarkHeading).run(processor.parse(text), file)
      return file.data.toc!.map(({url}) => url.slice(1))
    }
    await fc.assert(
      fc.asyncProperty(
        fc.array(heading([...HEADING_SYNTAX]), {minLength: 1, maxLength: 10}),
        fc.boolean(),
        fc.constantFrom('', '> ', '- '),
        async (headings, mdx, inside) => {
          const text = pageOf(headings).replaceAll(/^(?=##)/gm, inside)
          const page = await readPage(mdx ? 'a.mdx' : 'a.md', text, {mdx, tagsInHeadings: true})
          expect(fumadocsIds(page.headings)).toEqual(await idsOf(text, mdx))
        },
      ),
      {numRuns: amount(200)},
    )
  })
})

const HEADING_SYNTAX = [
  '![a lamp](x.png)',
  '<b>bold</b>',
  '<Badge />',
  '<Badge>new</Badge>',
  '~~old~~',
  ' https://x.dev ',
  '***both***',
  '[![img](x.png)](y.md)',
  '[`c`](x.md)',
  '<br />',
  '{1 + 1}',
  '{"x"}',
  '[^1]',
  'x\\[#y]',
  '*em*',
  '**strong**',
  '`code--x`',
  '`[#code]`',
  '[link](x.md)',
  '&amp;',
  '\\*',
  '[#own]',
  '[#Own Id]',
  '[toc]',
  '[!toc]',
] as const
