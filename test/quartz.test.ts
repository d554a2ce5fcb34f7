import {readFileSync} from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {readPage} from '../src/page/read-page.ts'
import {headingIds} from '../src/site/platforms/quartz/anchors.ts'
import type {QuartzConfig} from '../src/site/platforms/quartz/config.ts'
import {QuartzPages} from '../src/site/platforms/quartz/pages.ts'
import {
  type LinkStrategy,
  slugOfFile,
  slugOfFragment,
  urlOfLink,
  urlOfSlug,
} from '../src/site/platforms/quartz/slugs.ts'
import {heading, pageOf} from './headings.ts'
import {ENGINE_PARTS, engineParts} from './needs.ts'
import {git, repository} from './repository.ts'
import {checkFolder, doccheck, folder, messagesOf} from './run-doccheck.ts'
import {virtualTree} from './virtual-tree.ts'

/** The functions of Quartz 5 for paths. */
interface QuartzPaths {
  slugifyFilePath(path: string): string
  splitAnchor(link: string): [path: string, anchor: string]
  transformLink(from: string, link: string, options: {strategy: LinkStrategy; allSlugs: string[]}): string
}

const isInstalled = engineParts('@quartz-community/utils')
const quartz = isInstalled
  ? ((await import(`${ENGINE_PARTS}/@quartz-community/utils/dist/path.js`)) as QuartzPaths)
  : undefined

const NAMES = ['a', 'B', 'index', '_index', 'C d', 'e & f', '100%', 'What?', 'x.y', 'Ärger', '灯泡', 'lamp']
const name = fc.constantFrom(...NAMES)
const file = fc
  .tuple(fc.array(name, {maxLength: 3}), name, fc.constantFrom('.md', '.png', '.html', '.pdf'))
  .map(([folders, last, extension]) => [...folders, last].join('/') + extension)
const link = fc
  .tuple(
    fc.array(fc.constantFrom('..', '.', ...NAMES), {maxLength: 3}),
    name,
    fc.constantFrom('', '', '.md', '.png', '/'),
  )
  .map(([folders, last, end]) => [...folders, last].join('/') + end)
const strategy = fc.constantFrom<LinkStrategy>('absolute', 'relative', 'shortest')

const CONFIG: QuartzConfig = {
  version: 5,
  content: 'content',
  home: undefined,
  base: '',
  ignored: {test: () => false},
  strategy: 'shortest',
  hidesBroken: false,
  obsidian: {wikilinks: true, comments: true, blockIds: true, arrows: true},
  smart: true,
  hasHeadingIds: true,
  publishes: 'all',
  lists: {folders: true, tags: true},
  hasAliases: true,
  doubts: [],
}

const pagesOf = (files: readonly string[]) =>
  new QuartzPages(
    virtualTree(Object.fromEntries(files.map((each) => [`content/${each}`, '']))),
    CONFIG,
    () => undefined,
  )

describe.skipIf(!quartz)('Quartz 5', () => {
  it('makes the same slugs of files', () => {
    fc.assert(
      fc.property(file, (path) => {
        expect(slugOfFile(path, {version: 5})).toBe(quartz!.slugifyFilePath(path))
      }),
      {numRuns: 1000},
    )
  })

  it('leads links to the same URLs in generated trees', () => {
    fc.assert(
      fc.property(
        fc.array(file, {minLength: 1, maxLength: 12}),
        fc.array(link, {minLength: 5, maxLength: 20}),
        strategy,
        (files, links, how) => {
          const pages = pagesOf(files)
          const allSlugs = [...new Set(files.map((each) => slugOfFile(each, {version: 5})))]
          for (const from of allSlugs)
            for (const each of links) {
              const target = quartz!.transformLink(from, each.replaceAll('%', '%25'), {
                strategy: how,
                allSlugs,
              })
              const shown = new URL(target, `https://x.test/${urlOfSlug(from)}`).pathname
              const url = urlOfLink(from, each, how, pages, {version: 5})
              const path = new URL(url, 'https://x.test/').pathname
              expect({from, link: each, path}).toEqual({from, link: each, path: shown})
            }
        },
      ),
      {numRuns: 200},
    )
  })

  it('makes the same slugs of fragments', () => {
    for (const text of ['My Heading', '^block-1', 'What’s new?', '灯泡 A'])
      expect(`#${slugOfFragment(text)}`).toBe(quartz!.splitAnchor(`a#${text}`)[1])
  })
})

const hasPipeline = engineParts('rehype-slug', 'remark-smartypants')

describe.skipIf(!hasPipeline)("the plugins of Quartz's GitHubFlavoredMarkdown", async () => {
  const load = async (name: string) =>
    (await import(`${ENGINE_PARTS}/${name}/${name === 'remark-smartypants' ? 'dist/plugin' : 'index'}.js`))
      .default
  const {unified} = hasPipeline ? await import(`${ENGINE_PARTS}/unified/index.js`) : {}
  const names = ['remark-parse', 'remark-gfm', 'remark-smartypants', 'remark-rehype', 'rehype-slug']
  const [parse, gfm, smartypants, rehype, slug] = hasPipeline ? await Promise.all(names.map(load)) : []

  /** The ids that they give the headings of a page. */
  async function theirs(text: string): Promise<string[]> {
    const processor = unified().use(parse).use(gfm).use(smartypants).use(rehype).use(slug)
    const {children} = await processor.run(processor.parse(text))
    return children.flatMap(({properties}: {properties?: {id?: string}}) => properties?.id ?? [])
  }

  it('give 1,000 headings in twelve scripts the same ids', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(heading(), {minLength: 50, maxLength: 50}), async (headings) => {
        const text = pageOf(headings)
        const {headings: read} = await readPage('a.md', text, {})
        const ids = headingIds(read, {...CONFIG, obsidian: undefined})
        expect(ids).toEqual(await theirs(text))
      }),
      {numRuns: 20},
    )
  })
})

it('does not take the name that a page shares with a draft for one in other letter case', async () => {
  const root = folder({
    'quartz.config.ts':
      "const config = {configuration: {ignorePatterns: []}, plugins: {transformers: [Plugin.ObsidianFlavoredMarkdown(), Plugin.CrawlLinks({markdownLinkResolution: 'shortest'})], filters: [Plugin.RemoveDrafts()], emitters: []}}\nexport default config\n",
    'content/index.md': '[[lamp]] [[Bulb]]\n',
    'content/a/lamp.md': '',
    'content/b/lamp.md': '---\ndraft: true\n---\n',
    'content/a/bulb.md': '',
  })
  expect(messagesOf(await checkFolder(root, 'no-broken-link'))).toEqual([
    'content/index.md 1:3-1:7 Unexpected link to missing file `lamp`, expected `a/lamp`',
    'content/index.md 1:12-1:16 Unexpected letter case in link `Bulb`, expected `bulb`',
  ])
})

it('takes double brackets for links only if its expression for them matches', async () => {
  const root = folder({
    'quartz.config.ts':
      "const config = {configuration: {ignorePatterns: []}, plugins: {transformers: [Plugin.ObsidianFlavoredMarkdown(), Plugin.CrawlLinks({markdownLinkResolution: 'shortest'})], filters: [], emitters: []}}\nexport default config\n",
    'content/index.md':
      'A = [[1,1],[1,0]]ⁿ [[a|text [1]]] [[a#b#c]] [[Gone]] [[Lost#b|text]]\n\n| A |\n| - |\n| [[None\\|text]] |\n',
  })
  const found = messagesOf(await checkFolder(root, 'no-broken-link'))
  expect(found.map((line) => /`([^`]*)`/.exec(line)![1])).toEqual(['Gone', 'Lost#b', 'None'])
})

it('keeps the text that readers see where the spelling of a name is repaired', async () => {
  const text = 'A [[IP address]], [[IP Address|one]] ![[IP address]]\n\n| A |\n| - |\n| [[IP address]] |\n'
  const root = folder({
    'quartz.config.ts':
      "const config = {configuration: {ignorePatterns: []}, plugins: {transformers: [Plugin.ObsidianFlavoredMarkdown(), Plugin.CrawlLinks({markdownLinkResolution: 'shortest'})], filters: [], emitters: []}}\nexport default config\n",
    'content/index.md': text,
    'content/ip-address.md': '',
  })
  await doccheck(root, ['--offline', '--fix'])
  expect(readFileSync(path.join(root, 'content/index.md'), 'utf8')).toBe(
    'A [[ip-address|IP address]], [[ip-address|one]] ![[ip-address]]\n\n| A |\n| - |\n| [[IP address]] |\n',
  )
})

it('repairs follow the renames of pages that links name without a folder', async () => {
  const text = Array.from({length: 20}, (_, at) => `Line ${at} of this note.`).join('\n')
  const root = await repository({
    'quartz.config.ts':
      "const config = {configuration: {ignorePatterns: []}, plugins: {transformers: [Plugin.ObsidianFlavoredMarkdown(), Plugin.CrawlLinks({markdownLinkResolution: 'shortest'})], filters: [], emitters: []}}\nexport default config\n",
    'content/index.md': '[[old]] [[notes/old|two]] [three](old.md)\n',
    'content/notes/old.md': text,
  })
  await git(root, 'commit', '-qm', 'x')
  await git(root, 'mv', 'content/notes/old.md', 'content/notes/new.md')
  await git(root, 'commit', '-qm', 'y')
  await doccheck(root, ['--offline', '--fix'])
  expect(readFileSync(path.join(root, 'content/index.md'), 'utf8')).toBe(
    '[[new]] [[notes/new|two]] [three](notes/new.md)\n',
  )
})

it('knows ids on a page whose headings have single dollars, and those without formulas', async () => {
  const root = folder({
    'quartz.config.ts':
      "const config = {configuration: {ignorePatterns: []}, plugins: {transformers: [Plugin.GitHubFlavoredMarkdown(), Plugin.ObsidianFlavoredMarkdown(), Plugin.Latex(), Plugin.CrawlLinks({markdownLinkResolution: 'shortest'})], filters: [], emitters: []}}\nexport default config\n",
    'content/index.md':
      '## Use $ORIGIN\n\n## The `$a` and `$b`\n\n## Energy $e = mc^2$ now\n\n[[#Use $ORIGIN]] [[#Gone]] [[#Energy here now]]\n',
  })
  const found = messagesOf(await checkFolder(root, 'no-missing-anchor'))
  expect(found.map((line) => /`([^`]*)`/.exec(line)![1])).toEqual(['#gone'])
})
