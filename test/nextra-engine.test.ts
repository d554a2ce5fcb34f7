import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {pathToFileURL} from 'node:url'
import fc from 'fast-check'
import {afterAll, describe, expect, it} from 'vitest'
import {readPage} from '../src/page/read-page.ts'
import {nextraIds} from '../src/site/platforms/nextra/heading-ids.ts'
import {pageOf as nextraPage} from '../src/site/platforms/nextra/pages.ts'
import {amount} from './amount.ts'
import {heading, pageOf} from './headings.ts'
import {ENGINE_PARTS, engineParts} from './needs.ts'

const isInstalled = engineParts('nextra', 'unified', 'remark-parse', 'remark-gfm', 'remark-mdx')

const fileOf = (file: string) => path.join(ENGINE_PARTS, file)
const part = (file: string) => import(pathToFileURL(fileOf(file)).href)

const scratch = mkdtempSync(path.join(tmpdir(), 'doccheck-'))
afterAll(() => rmSync(scratch, {recursive: true}))

/** Nextra's table of pages, without the function of Next.js that it calls for files of the app router. */
async function pageMap() {
  const code = readFileSync(fileOf('nextra/dist/server/page-map/to-page-map.js'), 'utf8')
  const file = path.join(scratch, 'to-page-map.mjs')
  writeFileSync(
    file,
    code.replace(/^import \{ normalizeAppPath \}.*$/m, 'const normalizeAppPath = (route) => route'),
  )
  return (await import(pathToFileURL(file).href)).convertToPageMap
}

const FOLDER = fc.constantFrom('guide', '(start)', 'api', 'v1.2', 'Ünï', '日本', 'a b')
const FILE = fc.constantFrom('index', 'setup', 'guide', 'api', 'v1.2', 'é è', '_x')
const tree = fc.uniqueArray(
  fc
    .tuple(fc.array(FOLDER, {maxLength: 3}), FILE, fc.constantFrom('.mdx', '.md'))
    .map(([folders, file, end]) => [...folders, file + end].join('/')),
  {
    minLength: 1,
    maxLength: 20,
    // Of two files at one URL, either may win.
    selector: (file) => file.replace(/\.\w+$/, '').replace(/(?:^|\/)index$/, ''),
  },
)

describe.skipIf(!isInstalled)('routes', () => {
  it('are those that Nextra gives files of any content folder', async () => {
    const convertToPageMap = await pageMap()
    fc.assert(
      fc.property(
        tree,
        fc.constantFrom('content', 'src/content'),
        fc.constantFrom('', 'docs', 'a/b'),
        fc.constantFrom('', 'fr'),
        (paths, content, contentUrl, locale) => {
          const files = paths.map((each) => [content, locale, each].filter(Boolean).join('/'))
          const {pageMap} = convertToPageMap({filePaths: files, basePath: contentUrl, locale})
          const languages = locale
            ? ({all: new Set(['en', 'fr']), main: 'en', fallsBack: false, hidden: 'none'} as const)
            : undefined
          const ours = files.map((file) => nextraPage(file, {prefix: '', content, contentUrl, languages})!)
          expect(new Map(ours.map(({file, url}) => [file, `/${url}`]))).toEqual(new Map(routesIn(pageMap)))
          expect(new Set(ours.map(({language}) => language))).toEqual(new Set([locale || undefined]))
        },
      ),
      {numRuns: amount(100)},
    )
  })
})

interface Block {
  type: string
  data?: {hProperties?: {id?: string}}
}

interface Item {
  route: string
  __pagePath?: string
  children?: Item[]
}

const routesIn = (items: readonly Item[]): [file: string, route: string][] =>
  items.flatMap(({route, __pagePath, children = []}) => [
    ...(__pagePath === undefined ? [] : [[__pagePath, route.replace(/(?<=.)\/$/, '')] as [string, string]]),
    ...routesIn(children),
  ])

describe.skipIf(!isInstalled)('ids', () => {
  it('are those of its remark plugins, for headings in twelve scripts', async () => {
    const plugins = 'nextra/dist/server/remark-plugins'
    const [{unified}, {default: remarkParse}, {default: remarkGfm}, {default: remarkMdx}, custom, own] =
      await Promise.all([
        part('unified/index.js'),
        part('remark-parse/index.js'),
        part('remark-gfm/index.js'),
        part('remark-mdx/index.js'),
        part(`${plugins}/remark-custom-heading-id.js`),
        part(`${plugins}/remark-headings.js`),
      ])
    const idsOf = async (text: string): Promise<(string | undefined)[]> => {
      const processor = unified().use(remarkParse).use(remarkGfm).use(remarkMdx)
      const plugged = unified().use(custom.remarkCustomHeadingId).use(own.remarkHeadings, {})
      const {children}: {children: Block[]} = await plugged.run(processor.parse(text))
      return children.filter(({type}) => type === 'heading').map(({data}) => data?.hProperties?.id)
    }
    await fc.assert(
      fc.asyncProperty(fc.array(heading([...SYNTAX]), {minLength: 1, maxLength: 10}), async (headings) => {
        const text = pageOf(headings).replace('##', '#')
        const page = await readPage('a.mdx', text, {mdx: true})
        expect(nextraIds(page.headings)).toEqual(await idsOf(text))
      }),
      {numRuns: amount(200)},
    )
  })
})

const SYNTAX = [
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
] as const
