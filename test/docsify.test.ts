import {readFileSync} from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import type {Page as BrowserPage} from 'playwright-core'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {readPage} from '../src/page/read-page.ts'
import {detectSites} from '../src/site/detect.ts'
import {readDocsifyConfig} from '../src/site/platforms/docsify/config.ts'
import {docsifyIds} from '../src/site/platforms/docsify/heading-ids.ts'
import {resolveDocsifyLink} from '../src/site/platforms/docsify/links.ts'
import {contentFolder, type DocsifySite} from '../src/site/platforms/docsify/site.ts'
import {docsifySyntax} from '../src/site/platforms/docsify/syntax.ts'
import {hasBrowser, launch} from './browser.ts'
import {heading, pageOf, TEXTS} from './headings.ts'
import {ENGINE_PARTS, engineParts} from './needs.ts'
import {randomNumbers} from './random-numbers.ts'
import {git, repository} from './repository.ts'
import {checkFolder, doccheck, folder, messagesOf} from './run-doccheck.ts'
import {contextOf, virtualTree} from './virtual-tree.ts'

const isInstalled = engineParts('docsify', 'docsify4') && hasBrowser
const HOST = 'http://docs.test'

/** What runs in the browser: a part of Docsify. */
interface Docsify {
  compiler: {compile(text: string): string}
  router: {
    config: Record<string, unknown>
    getCurrentPath(): string
    getFile(path: string): string
    parse(url: string): {path: string; query: {id?: string}}
  }
}

/** An element, as far as it is used here. */
interface InPage {
  innerHTML: string
  id: string
  querySelector(selector: string): InPage | null
  querySelectorAll(selector: string): Iterable<InPage>
  getAttribute(name: string): string | null
}

/** The globals of the page. */
interface Globals {
  vm: Docsify
  location: {origin: string}
  document: {createElement(name: string): InPage}
}

describe.skipIf(!isInstalled).each([
  [4, 'docsify4/lib/docsify.js'],
  [5, 'docsify/dist/docsify.js'],
] as const)('version %i', (version, script) => {
  let browser: Awaited<ReturnType<typeof launch>>
  let page: BrowserPage

  beforeAll(async () => {
    browser = await launch()
    page = await browser.newPage()
    const html =
      '<div id="app"></div><script>window.$docsify = {plugins: [(hook, vm) => { window.vm = vm; hook.ready(() => { window.isReady = true }) }]}</script><script src="/docsify.js"></script>'
    const code = readFileSync(path.join(ENGINE_PARTS, script), 'utf8')
    await page.route('**/*', (route) => {
      const {pathname} = new URL(route.request().url())
      if (pathname === '/docsify.js') return route.fulfill({contentType: 'text/javascript', body: code})
      if (pathname === '/') return route.fulfill({contentType: 'text/html; charset=utf-8', body: html})
      return route.fulfill({contentType: 'text/plain', body: '# Start\n'})
    })
    await page.goto(`${HOST}/`)
    await page.waitForFunction(() => 'isReady' in globalThis)
  }, 60_000)

  afterAll(() => browser?.close())

  it('gives headings these ids', async () => {
    const pages = [
      ...fc.sample(fc.array(heading(), {minLength: 10, maxLength: 10}), {numRuns: 100, seed: 16}).map(pageOf),
      pageOf(TEXTS),
      pageOf([
        'Set up :id=start',
        'Set up :id=Start',
        'A {docsify-ignore}',
        'B <!-- {docsify-ignore} -->',
        'A',
        'A',
        'A-1',
        '`<b>` & "c"',
      ]),
    ]
    const expected = await page.evaluate((texts) => {
      const {vm, document} = globalThis as unknown as Globals
      return texts.map((text) => {
        const element = document.createElement('div')
        element.innerHTML = vm.compiler.compile(text)
        return [...element.querySelectorAll('h2')].map(({id}) => id)
      })
    }, pages)
    const found = await Promise.all(
      pages.map(async (text) => docsifyIds((await readPage('a.md', text, docsifySyntax)).headings, version)),
    )
    expect(found.flat().length).toBeGreaterThan(1000)
    const differences = found.flatMap((ids, at) =>
      ids.flatMap((id, index) =>
        id === expected[at]![index] ? [] : [[pages[at]!.split('\n\n')[index], id, expected[at]![index]]],
      ),
    )
    expect(differences.slice(0, 40)).toEqual([])
  })

  it('leads links and images there, on 100 sites', async () => {
    const sites = Array.from({length: 100}, (_, seed) => makeSite(seed + 1))
    const expected = await page.evaluate((all) => {
      const {vm, document, location} = globalThis as unknown as Globals
      const {router, compiler} = vm
      const current = router.getCurrentPath
      const found = all.map(({config, route, links}) => {
        Object.assign(router.config, {
          relativePath: false,
          homepage: 'README.md',
          ext: '.md',
          noCompileLinks: [],
          ...config,
        })
        router.getCurrentPath = () => route
        return links.map((link, at) => {
          const element = document.createElement('div')
          element.innerHTML = compiler.compile(`${link} <i>${route}${at}${JSON.stringify(config)}</i>`)
          const image = element.querySelector('img')
          if (image) return [new URL(image.getAttribute('src')!, location.origin).pathname]
          const href = element.querySelector('a')!.getAttribute('href')!
          if (!href.startsWith('#/')) return [new URL(href, location.origin).pathname]
          const {path: to, query} = router.parse(href)
          return [new URL(router.getFile(to), location.origin).pathname, query.id]
        })
      })
      router.getCurrentPath = current
      return found
    }, sites)
    const differences: unknown[] = []
    for (const [at, {config, files, from, links}] of sites.entries()) {
      const ctx = {
        ...contextOf(Object.fromEntries(files.map((file) => [file, '']))),
        host: undefined as never,
      }
      const settings = await readDocsifyConfig(`<script>window.$docsify = ${JSON.stringify(config)}</script>`)
      const site: DocsifySite = {ctx, config: settings, root: '', content: contentFolder(ctx, '', settings)}
      const facts = await readPage(from, links.join('\n\n'), docsifySyntax)
      for (const [index, link] of facts.links.entries()) {
        const [pathname, id] = expected[at]![index]!
        const file = decodeURIComponent(pathname!).slice(1)
        const right = files.includes(file) ? [file, id] : 'missing'
        const answer = resolveDocsifyLink(site, link, from)
        const own = answer.to === 'page' || answer.to === 'file' ? [answer.path, answer.fragment] : 'missing'
        if (JSON.stringify(own) !== JSON.stringify(right))
          differences.push([config, from, links[index], own, right, answer])
      }
    }
    expect(differences.slice(0, 20)).toEqual([])
  })
})

const FILES = [
  'README.md',
  'a.md',
  'b c.md',
  'guide/README.md',
  'guide/a.md',
  'guide/in/x.md',
  'doc.pdf',
  'guide/doc.pdf',
  'img.png',
  'guide/img.png',
  'old.html',
  'start.md',
  'a.markdown',
]
const LINKS = [
  ...[
    'a',
    'a.md',
    './a',
    './a.md',
    '/a',
    '/a.md',
    '../a',
    '../a.md',
    '../../a.md',
    'guide/',
    'guide',
    '/guide/',
    'guide/README',
    '/',
    './',
    'README.md',
    'start.md',
    'gone',
    'gone.md',
    'in/x.md',
    'guide/in/x',
    'b%20c',
    'old.html',
    'doc.pdf',
    '/doc.pdf',
    'a.markdown',
    '?id=up',
    '#up',
    '#Up',
    'a.md#Use-It',
    'a?id=Use-It',
    '/guide/a?id=é&x=1',
    'a#%C3%89t',
    'keep/a.md',
    '#/guide/a',
  ].map((url) => `[x](${url})`),
  ...['doc.pdf', '/doc.pdf', '../doc.pdf', 'a.md', '/guide/a.md'].map((url) => `[x](${url} ':ignore')`),
  "[x](a.md ':target=_blank')",
  '[x](a.md "A :class=b")',
  ...['img.png', '/img.png', '../img.png', './img.png', 'guide/img.png', '/guide/img.png', 'gone.png'].map(
    (url) => `![x](${url})`,
  ),
  "![x](img.png ':size=5')",
]

/** A site: some files, one of its pages with its route, and links on it. */
function makeSite(seed: number) {
  const below = randomNumbers(seed)
  const oneOf = <T>(list: readonly T[]): T => list[below(list.length)]!
  const files = FILES.filter(() => below(5) > 0)
  const [from, route] = oneOf([
    ['README.md', '/'],
    ['a.md', '/a'],
    ['guide/README.md', '/guide/'],
    ['guide/a.md', '/guide/a'],
    ['guide/in/x.md', '/guide/in/x?id=y'],
  ] as const)
  const config = {
    ...(below(2) === 0 && {relativePath: true}),
    ...(from !== 'README.md' && below(4) === 0 && {homepage: 'start.md'}),
    ...(below(6) === 0 && {noCompileLinks: ['/?keep/.*']}),
    ...(below(8) === 0 && {ext: '.markdown'}),
  }
  const page = 'ext' in config && from !== 'README.md' ? from.replace('.md', '.markdown') : from
  return {
    files: [...new Set([...files, page])],
    from: page,
    route,
    config,
    links: LINKS.filter(() => below(3) > 0),
  }
}

const page = (config: string) => `<script>window.$docsify = ${config}</script>\n`

it('follows aliases, whose expressions match whole routes', async () => {
  const aliases =
    "{'.*?/news': 'https://x.test/NEWS.md', '/de/(.*)': 'https://x.test/de/$1', '/old': '/new', '/.*/_navbar.md': '/_navbar.md'}"
  const links = ['news', 'guide/news.md', 'de/setup', 'old', 'newsletter']
    .map((url) => `[x](${url})`)
    .join(' ')
  const root = folder({
    'docs/index.html': page(`{alias: ${aliases}}`),
    'docs/README.md': links,
    'docs/new.md': '# New\n',
  })
  expect(messagesOf(await checkFolder(root)).map((each) => /`([^`]*)`/.exec(each)?.[1])).toEqual([
    'newsletter',
  ])
})

it('reads the configuration in scripts that are not run', async () => {
  const read = (html: string) => readDocsifyConfig(html)
  expect(await read(page("{relativePath: true, basePath: '/x/'}"))).toMatchObject({
    relativePath: true,
    basePath: '/x/',
  })
  const before = "<script>const base = '/y/'; window.$docsify = {basePath: base, plugins: [f]}; f()</script>"
  expect(await read(before)).toMatchObject({basePath: '/y/', relativePath: false, version: undefined})
  expect(await read("<script>if (a) { window.$docsify = {homepage: 'a.md'} }</script>")).toMatchObject({
    homepage: 'README.md',
  })
  expect(await read('<script>window.$docsify = load("relativePath")</script>')).toMatchObject({
    relativePath: undefined,
  })
  const attributes =
    '<script src="//cdn.test/npm/docsify@4.1/lib/docsify.min.js" data-base-path="/z/" data-relative-path></script>'
  expect(await read(attributes)).toMatchObject({basePath: '/z/', relativePath: true, version: 4})
  expect(await read("<!-- <script>window.$docsify = {basePath: '/no/'}</script> -->")).toMatchObject({
    basePath: '',
  })
})

it('is where a page loads it in a folder with Markdown', async () => {
  const sitesOf = async (files: Record<string, string>) =>
    (await detectSites({tree: virtualTree(files), isPage: () => true})).sites.map(
      ({platform, root}) => `${platform} ${root}`,
    )
  const script = '<script src="//cdn.jsdelivr.net/npm/docsify/lib/docsify.min.js"></script>'
  expect(await sitesOf({'docs/index.html': page('{}'), 'docs/README.md': ''})).toEqual(['docsify docs'])
  expect(await sitesOf({'index.html': script, 'a.md': ''})).toEqual(['docsify '])
  expect(await sitesOf({'index.html': script, 'docs/a.md': ''})).toEqual(['docsify '])
  expect(await sitesOf({'public/index.html': script, 'docs/a.md': ''})).toEqual([])
  expect(await sitesOf({'index.html': '<p>Not docsify</p>', 'a.md': ''})).toEqual([])
})

it('has paths as URLs if it is told so, which HTML names, too', async () => {
  const root = folder({
    'docs/index.html': page("{routerMode: 'history', homepage: './de/start.md'}"),
    'docs/de/start.md':
      '[here](./de/start.md) <a href="/de/setup">a</a> <img src="../img/lamp.png"> [gone](./de/gone.md)\n',
    'docs/de/setup.md': '<a href="start">a</a> <a href="/de/start#wires">a</a>\n',
    'docs/img/lamp.png': '',
  })
  expect(messagesOf(await checkFolder(root))).toEqual([
    expect.stringContaining('de/setup.md 1:32-1:47 Unexpected link to missing anchor `#wires`'),
    expect.stringContaining('missing file `./de/gone.md`'),
  ])
})

it('shows the index of a folder that is included, as the host does', async () => {
  const root = folder({
    'docs/index.html': page('{relativePath: true}'),
    'docs/guide/a.md': "[x](demo ':include :type=iframe') [y](none ':include :type=iframe') [z]()\n",
    'docs/guide/demo/index.html': '<p>Demo</p>',
    'docs/guide/none/x.js': '',
  })
  expect(messagesOf(await checkFolder(root, 'no-broken-link'))).toEqual([
    expect.stringContaining('folder `none`'),
  ])
})

it('repairs links that the browser follows in their own form', async () => {
  const root = await repository({
    'docs/index.html': page('{relativePath: true}'),
    'docs/img/lamp.png': 'lamp',
    'docs/guide/old.md': '# A page that is moved\n\nIts text stays as it was.\n',
    'docs/in/a.md': '<img src="img/lamp.png"> [b](../guide/old.md)\n',
  })
  await git(root, 'commit', '-qm', 'x')
  await git(root, 'mv', 'docs/img/lamp.png', 'docs/img/light.png')
  await git(root, 'mv', 'docs/guide/old.md', 'docs/guide/new.md')
  await doccheck(root, ['--offline', '--fix'])
  expect(readFileSync(path.join(root, 'docs/in/a.md'), 'utf8')).toBe(
    '<img src="img/light.png"> [b](../guide/new.md)\n',
  )
})
