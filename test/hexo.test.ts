import {rmSync} from 'node:fs'
import {createRequire} from 'node:module'
import path from 'node:path'
import fc from 'fast-check'
import {afterAll, describe, expect, it} from 'vitest'
import {stringify} from 'yaml'
import {readPage} from '../src/page/read-page.ts'
import {detectSites} from '../src/site/detect.ts'
import {readHexoConfig} from '../src/site/platforms/hexo/config.ts'
import {hexoIds, readIdOptions} from '../src/site/platforms/hexo/heading-ids.ts'
import {HexoRoutes} from '../src/site/platforms/hexo/routes.ts'
import {hexoSyntax} from '../src/site/platforms/hexo/syntax.ts'
import {canonicalUrl} from '../src/site/shared/canonical-url.ts'
import {hexoSlug} from '../src/site/shared/hexo-slug.ts'
import {heading, pageOf} from './headings.ts'
import {ENGINE_PARTS, engineParts} from './needs.ts'
import {randomNumbers} from './random-numbers.ts'
import {checkFolder, folder, messagesOf} from './run-doccheck.ts'
import {virtualTree} from './virtual-tree.ts'

const isInstalled = engineParts('hexo', 'hexo-renderer-marked', 'hexo-renderer-markdown-it')
const load = createRequire(path.join(ENGINE_PARTS, 'hexo/index.js'))

/** The parts of Hexo that are needed here. */
interface Hexo {
  config: Record<string, unknown>
  init(): Promise<void>
  load(): Promise<void>
  exit(): Promise<void>
  route: {list(): string[]}
  post: {render(source: null, data: {content: string; engine: string}): Promise<{content: string}>}
  extend: {
    renderer: {
      register(from: string, to: string, render: (data: {text: string}) => string, sync: boolean): void
    }
  }
}

const makeHexo = (root: string): Hexo => new (load('hexo'))(root, {silent: true})

const folders: string[] = []
const emptyFolder = (files: Record<string, string>) => {
  const root = folder(files)
  folders.push(root)
  return root
}
afterAll(() => {
  for (const root of folders) rmSync(root, {recursive: true, force: true})
})

it.skipIf(!isInstalled)('writes slugs as hexo-util does, of every character', () => {
  const {slugize} = load('hexo-util')
  for (let code = 0; code < 0x10000; code++) {
    const text = `a${String.fromCharCode(code)}b`
    if (hexoSlug(text) !== slugize(text))
      expect([code.toString(16), hexoSlug(text)]).toEqual([code.toString(16), slugize(text)])
  }
})

describe.skipIf(!isInstalled)('ids of headings', () => {
  /** The ids of the headings of pages, as a renderer makes them. */
  async function render(renderer: string, pages: readonly string[], options: object): Promise<string[][]> {
    const hexo = makeHexo(emptyFolder({'_config.yml': 'title: x\n'}))
    Object.assign(hexo.config, options)
    const globals = globalThis as {hexo?: Hexo}
    globals.hexo = hexo
    const file = load.resolve(renderer)
    delete load.cache[file]
    load(file)
    delete globals.hexo
    const found: string[][] = []
    for (const content of pages) {
      const {content: html} = await hexo.post.render(null, {content, engine: 'md'})
      found.push([...html.matchAll(/<h[1-6](?: id="([^"]*)")?/g)].map(([, id]) => decoded(id ?? '')))
    }
    return found
  }

  const decoded = (text: string) =>
    text
      .replace(/&quot;/g, '"')
      .replace(/&lt;/g, '<')
      .replace(/&gt;/g, '>')
      .replace(/&amp;/g, '&')

  const pages = [
    ...fc.sample(fc.array(heading(), {minLength: 10, maxLength: 10}), {numRuns: 100, seed: 16}).map(pageOf),
    pageOf([
      'constructor',
      'constructor',
      'constructor',
      'toString()',
      '`<div>` in `a < b`',
      'x < y',
      '&lt;b&gt; c',
    ]),
    pageOf([
      '`a & b` & c',
      'AT&amp;T &copy;',
      '`&lt;` d',
      '"q" a "r"',
      "What's `'new'`",
      'A',
      'a',
      'A',
      'A-1',
      'A',
    ]),
  ]

  const CASES = [
    ['hexo-renderer-marked', {marked: {}}],
    ['hexo-renderer-marked', {marked: {modifyAnchors: 1, smartypants: false}}],
    ['hexo-renderer-marked', {marked: {headerIds: false}}],
    ['hexo-renderer-markdown-it', {markdown: {render: {typographer: false}}}],
    [
      'hexo-renderer-markdown-it',
      {markdown: {anchors: {level: 3, case: 2, collisionSuffix: 'v'}, render: {typographer: false}}},
    ],
  ] as const

  it.each(CASES)('are those of %s with %j', async (renderer, options) => {
    const expected = await render(renderer, pages, structuredClone(options))
    const name = 'marked' in options ? 'marked' : 'markdown-it'
    const {marked = {}, markdown = {}} = options as Record<string, Record<string, unknown>>
    const idOptions = readIdOptions(name, marked, markdown)
    const idsOf = async (text: string) =>
      hexoIds((await readPage('a.md', text, hexoSyntax(name))).headings, idOptions)
    const found = await Promise.all(pages.map(idsOf))
    expect(found.flat().length).toBeGreaterThan(1000)
    const differences = found.flatMap((ids, at) =>
      ids.flatMap((id = '', index) =>
        id === expected[at]![index] ? [] : [[pages[at]!.split('\n\n')[index], id, expected[at]![index]]],
      ),
    )
    expect(differences.slice(0, 20)).toEqual([])
  })
})

const FOLDERS = ['', 'docs/', 'Docs/', 'a b/', '_hidden/', '.well-known/', '_data/', 'docs/_part/']
const POSTS = ['_posts/', '_posts/', '_posts/sub/', '_drafts/', '_posts/_off/']
const NAMES = [
  'index',
  'README',
  'Some_Page',
  'what is it',
  'v1.2',
  "What's",
  'été',
  'x+y',
  '.htaccess',
  'tmp~',
]
const ENDS = ['.md', '.md', '.markdown', '.html', '.txt', '.css', '.yml', '.json', '.png', '.js']
const ENDS_OF_POSTS = ['.md', '.md', '.md', '.markdown', '.html', '.txt', '.png']
const PERMALINKS = [
  undefined,
  ':year/:month/:day/:title/',
  ':title.html',
  'p/:category/:name/',
  ':i_month-:i_day/:post_title',
  ':layout/:lang/:title',
  'at/:hour:minute/:id/',
]
const POST_NAMES = [undefined, ':year-:month-:day-:title.md', ':lang/:title.md']

/** A site: its configuration, and the front matter of its files. */
function makeSite(seed: number) {
  const below = randomNumbers(seed)
  const oneOf = <T>(list: readonly T[]): T => list[below(list.length)]!
  const files = new Map<string, Record<string, unknown>>()
  for (let count = 0; count < 14; count++) {
    const isPost = below(2) === 0
    const dated = isPost && below(2) === 0 ? `20${10 + below(15)}-0${1 + below(9)}-1${below(9)}-` : ''
    const file = `${oneOf(isPost ? POSTS : FOLDERS)}${dated}${oneOf(NAMES)}${oneOf(isPost ? ENDS_OF_POSTS : ENDS)}`
    files.set(`source/${file}`, {
      title: oneOf(['Plain', "What's New?", 'Été ½']),
      date: oneOf([
        '2024-02-03 04:05:06',
        '2024-02-03',
        '2024-12-31T23:30:00Z',
        '2024-01-01 01:00:00 +08:00',
      ]),
      id: 7,
      ...(below(4) === 0 && {permalink: `${oneOf(['p', 'Q/r', 's t'])}${count}${oneOf(['/', '.html', ''])}`}),
      ...(below(3) === 0 && {categories: oneOf([['Foo Bar', 'x_y'], 'News', [['a', 'B c']], []])}),
      ...(below(12) === 0 && {published: false}),
    })
    if (isPost && below(3) === 0) files.set(`source/${file.replace(/\.[^.]*$/, '')}/lamp.png`, {})
  }
  const config = {
    permalink: oneOf(PERMALINKS),
    new_post_name: oneOf(POST_NAMES),
    post_asset_folder: below(3) === 0,
    render_drafts: below(6) === 0,
    default_category: oneOf([undefined, 'none']),
    category_map: oneOf([undefined, {News: 'novelties'}]),
    filename_case: oneOf([0, 1]),
    permalink_defaults: {lang: 'en'},
    skip_render: oneOf([undefined, 'docs/*', ['**/*.html', 'README.md']]),
    include: oneOf([undefined, ['.well-known/*'], ['_hidden/**']]),
    exclude: oneOf([undefined, ['Docs/**'], '*.txt']),
    theme: false,
  }
  const text = (file: string, front: object) =>
    /\.(?:md|markdown|html)$/.test(file)
      ? `---\n${stringify(front)}---\nText\n`
      : /\.(?:json|yml)$/.test(file)
        ? '{}'
        : ''
  const texts = Object.fromEntries([...files].map(([file, front]) => [file, text(file, front)]))
  return {config: JSON.parse(JSON.stringify(config)) as Record<string, unknown>, files, texts}
}

it.skipIf(!isInstalled)(
  'publishes files where Hexo does',
  async () => {
    let compared = 0
    for (let seed = 1; seed <= 100; seed++) {
      const {config, files, texts} = makeSite(seed)
      const hexo = makeHexo(
        emptyFolder({...texts, '_config.yml': stringify(config), 'package.json': '{"hexo": {}}'}),
      )
      await hexo.init()
      for (const extension of ['md', 'markdown'])
        hexo.extend.renderer.register(extension, 'html', ({text}) => text, true)
      await hexo.load()
      const published = hexo.route.list().map((url) => canonicalUrl(`/${url}`))
      await hexo.exit()
      const tree = virtualTree(texts)
      const routes = new HexoRoutes(tree, '', readHexoConfig(config, ''), (file) =>
        texts[file]!.startsWith('---') ? files.get(file) : undefined,
      )
      const found = [...tree.files].flatMap((file) => routes.urlsOf(file)).map(canonicalUrl)
      compared += published.length
      expect([seed, [...new Set(found)].sort()]).toEqual([seed, [...new Set(published)].sort()])
    }
    expect(compared).toBeGreaterThan(500)
  },
  600_000,
)

it.skipIf(!isInstalled).each(['Asia/Taipei', 'America/New_York', 'UTC'])(
  'finds posts at the dates that the time zone %s makes of theirs',
  async (timezone) => {
    const dates = ['2024/04/30 03:08:11', '2024-04-30 22:00:00', '2024-07-01', '2024-12-31 23:59:59']
    const texts = Object.fromEntries(
      dates.map((date, at) => [`source/_posts/p${at}.md`, `---\ndate: ${date}\n---\nText\n`]),
    )
    const hexo = makeHexo(
      emptyFolder({
        ...texts,
        '_config.yml': stringify({timezone, theme: false}),
        'package.json': '{"hexo": {}}',
      }),
    )
    await hexo.init()
    hexo.extend.renderer.register('md', 'html', ({text}) => text, true)
    await hexo.load()
    const published = hexo.route.list().filter((url) => url.includes('/p'))
    await hexo.exit()
    const routes = new HexoRoutes(virtualTree(texts), '', readHexoConfig({timezone}, ''), (file) => ({
      date: dates[Number(/\d/.exec(file)![0])],
    }))
    expect(published).toHaveLength(dates.length)
    for (const url of published) expect([url, routes.fileAt(`/${url}`)]).toEqual([url, expect.any(String)])
    expect(routes.fileAt('/2024/05/02/p0/')).toBeUndefined()
  },
  60_000,
)

it('resolves links of drafts as those of posts, and of files that are copied as the host does, too', async () => {
  const files = {
    '_config.yml': 'new_post_name: ":title.md"\nskip_render: README.md\n',
    'source/_posts/news.md': '---\ndate: 2024-02-03\n---\nText\n',
    'source/images/a.png': '',
    'source/_drafts/draft.md':
      '![1](/images/a.png) [2](/2024/02/03/news/) [3](/gone/) [4](gone.html) ![5](/../../images/a.png)\n',
    'source/_drafts/dated.md': '---\ndate: 2024-02-03\n---\n[5](../news/) [6](../lost/)\n',
    'source/_old/part.md': '![11](/images/a.png) [12](/2024/02/03/news/)\n',
    'source/README.md': '![7](images/a.png) [8](_posts/news.md) [9](lost.md) ![10](/images/a.png)\n',
  }
  const lines = messagesOf(await checkFolder(emptyFolder(files)))
  expect(lines.map((line) => /`([^`]*)`/.exec(line)![1])).toEqual(['lost.md', '../lost/', '/gone/'])
})

it('knows the ids of tabs by their names, and that other tags of NexT have none', async () => {
  const tags =
    '{% label primary@a %} {% btn /, b %}\n\n{% tabs  "Set up" -%}\n<!-- tab -->\nx\n<!-- endtab -->\n{% endtabs %}\n'
  const files = {
    '_config.yml': 'new_post_name: ":title.md"\n',
    'package.json': '{"dependencies": {"hexo-renderer-marked": "7.0.0", "hexo": "8.0.0"}}',
    'source/a.md': `${tags}\n[1](#set-up-1) [2](#gone)\n`,
    'source/b.md': `${tags}\n{% other %}\n\n[3](#gone)\n`,
  }
  const lines = messagesOf(await checkFolder(emptyFolder(files)))
  expect(lines).toEqual([expect.stringContaining('`#gone`')])
})

it('knows the tags that scripts of the site define, and that ids of themes are in lower case', async () => {
  const tag = (name: string, html: string) => `hexo.extend.tag.register('${name}', () => '${html}')\n`
  const files = {
    '_config.yml': 'new_post_name: ":title.md"\n',
    'package.json': '{"dependencies": {"hexo-renderer-marked": "7.0.0", "hexo": "8.0.0"}}',
    'scripts/tags.js': tag('my-note', '<p class="note">A</p>'),
    'scripts/more.js': tag('place', '<p id="b">A</p>'),
    'source/a.md': '# A\n\n{% my-note %}\n\n[1](#gone) [2](#Site-Variables) [3](#site-nav)\n',
    'source/b.md': '# B\n\n{% place %}\n\n[1](#gone)\n',
  }
  const lines = messagesOf(await checkFolder(emptyFolder(files)))
  expect(lines.map((line) => /`([^`]*)`/.exec(line)![1])).toEqual(['#gone', '#Site-Variables'])
})

it('takes no setting or value for what all objects of JavaScript have', async () => {
  const files = {
    '_config.yml':
      'new_post_name: ":constructor-:title.md"\npermalink: ":toString/:category/:title/"\ncategory_map: {a: {toString: 1}}\nmarkdown: {anchors: 1, render: x}\n',
    'package.json': '{"dependencies": {"hexo": {"toString": 1}, "hexo-renderer-markdown-it": "^7.0.0"}}',
    'source/_posts/x-a.md':
      '---\ntitle: {toString: 1}\ncategories: [constructor]\n---\n[1](/undefined/constructor/a/)\n',
    'source/_posts/x-b.md': '---\ncategories: [{toString: 1}]\n---\n[2](/gone/)\n',
    'source/b.constructor': '',
    'source/c.md': '[3](/b.constructor) [4](/b.other)\n',
  }
  const lines = messagesOf(await checkFolder(emptyFolder(files)))
  expect(lines.map((line) => /`([^`]*)`/.exec(line)![1])).toEqual(['/gone/', '/b.other'])
})

it('knows the pages that scripts generate if these name all of them', async () => {
  const generator = (path: string) =>
    `hexo.extend.generator.register('x', () => ({path: ${path}, data: {}}))\n`
  const found = async (path: string) => {
    const lines = await checkFolder(
      emptyFolder({
        '_config.yml': 'new_post_name: ":title.md"\n',
        'scripts/pages.js': generator(path),
        'source/a.md': '[1](/404.html) [2](/gone.html) [3](/b.html)\n',
        'source/b.md': '',
      }),
    )
    return messagesOf(lines).map((line) => /`([^`]*)`/.exec(line)![1])
  }
  expect(await found("'404.html'")).toEqual(['/gone.html'])
  for (const path of ['name', '`${name}.html`', "'a' + name"]) expect(await found(path)).toEqual([])
})

it('takes neither Hexo nor its themes for Jekyll, and a theme for no site', async () => {
  const theme = {
    'layout/index.ejs': '',
    'languages/en.yml': '',
    '_config.yml': 'menu: {}\n',
    'README.md': '[a](b.html)\n',
  }
  const inSite = Object.fromEntries(Object.entries(theme).map(([name, text]) => [`themes/x/${name}`, text]))
  const sitesOf = async (files: Record<string, string>) =>
    (await detectSites({tree: virtualTree(files), isPage: () => true})).sites.map(
      ({platform, root}) => `${platform} ${root}`,
    )
  expect(await sitesOf(theme)).toEqual([])
  expect(await sitesOf({...inSite, '_config.yml': 'new_post_name: a\n'})).toEqual(['hexo '])
  expect(await sitesOf({'_config.yml': 'a: b\n', 'scaffolds/post.md': '', 'source/a.md': ''})).toEqual([
    'hexo ',
  ])
  expect(
    await sitesOf({'_config.yml': 'a: b\n', 'package.json': '{"dependencies": {"hexo": "^8.0.0"}}'}),
  ).toEqual(['hexo '])
  expect(await sitesOf({'_config.yml': 'a: b\n', '_layouts/a.html': '', 'layout/b.html': ''})).toEqual([
    'jekyll ',
  ])
})
