import {readFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import path from 'node:path'
import {pathToFileURL} from 'node:url'
import {promisify} from 'node:util'
import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {readPage} from '../src/page/read-page.ts'
import {rspressIds} from '../src/site/platforms/rspress/anchors.ts'
import type {RspressConfig} from '../src/site/platforms/rspress/config.ts'
import {Routes, routeOfPath} from '../src/site/platforms/rspress/routes.ts'
import type {Tree} from '../src/tree/tree.ts'
import {heading, pageOf, TEXTS} from './headings.ts'
import {ENGINE_PARTS, engineParts} from './needs.ts'
import {checkFolder, doccheck, folder, messagesOf} from './run-doccheck.ts'

const hasRspack = engineParts('@rspack/core')

/** The errors of Rspack with the extensions that Rsbuild sets, when it bundles a file. */
async function unresolved(root: string, entry: string): Promise<string[]> {
  const {rspack} = createRequire(path.join(ENGINE_PARTS, 'x.js'))('@rspack/core')
  const resolve = {extensions: ['.ts', '.tsx', '.mjs', '.js', '.jsx', '.json']}
  const compiler = rspack({
    context: root,
    entry: path.join(root, entry),
    output: {path: path.join(root, 'out')},
    resolve,
    mode: 'none',
  })
  const stats = await promisify(compiler.run.bind(compiler))()
  await promisify(compiler.close.bind(compiler))()
  return stats.toJson({all: false, errors: true}).errors.map(({message}: {message: string}) => message)
}

const site = (config: string, files: Record<string, string>) => ({
  'rspress.config.ts': `import {defineConfig} from '@rspress/core'\nexport default defineConfig({${config}})\n`,
  'docs/public/lamp.png': '',
  ...files,
})
const LANGUAGES = "lang: 'en', locales: [{lang: 'en', label: 'English'}, {lang: 'zh', label: '中文'}]"

const found = async (files: Record<string, string>, rule: string) =>
  messagesOf(await checkFolder(folder(files), rule)).map((each) =>
    each.replace(/^(\S+) (\d+):\S+ Unexpected (?:link to )?/, '$1:$2 '),
  )
const broken = (files: Record<string, string>) => found(files, 'no-broken-link')
const anchors = (files: Record<string, string>) => found(files, 'no-missing-anchor')

it('is detected by its configuration', async () => {
  const {out} = await doccheck(folder(site('', {'docs/a.md': '# A\n'})), ['sites'])
  expect(out).toMatch(/^\. +rspress +1 page /)
})

describe('links', () => {
  it('lead to pages with and without extension, and to public files', async () => {
    const files = site("root: 'docs'", {
      'docs/guide/on.md':
        '[a](/api/config) [b](../api/config.mdx) [c](/api/config.html) [d](./off) [e](/lamp.png) [f](/guide/) [g](off.md)\n\n' +
        '[h](/api/confg)\n\n[i](./gone)\n\n![j](/gone.png) ![k](./gone.png)\n\n[l](./_part) [m](/guide/notes.txt)\n',
      'docs/guide/off.tsx': 'export default () => null',
      'docs/guide/index.md': '# Guide\n',
      'docs/guide/_part.md': '# Part\n',
      'docs/guide/notes.txt': '',
      'docs/api/config.mdx': '# Configuration\n',
    })
    expect(await broken(files)).toEqual([
      'docs/guide/on.md:3 missing file `/api/confg`, expected `/api/config`',
      'docs/guide/on.md:5 missing file `./gone`',
      'docs/guide/on.md:7 missing image `/gone.png`',
      'docs/guide/on.md:7 missing image `./gone.png`',
      'docs/guide/on.md:9 missing file `./_part`',
      'docs/guide/on.md:9 missing file `/guide/notes.txt`',
    ])
  })

  it('get the version and language of their page in Markdown, but not in HTML', async () => {
    const versions = "multiVersion: {default: 'v2', versions: ['v1', 'v2']}"
    const files = site(`${LANGUAGES}, ${versions}`, {
      'docs/v2/en/a.md': '[a](/b) [b](/zh/a) [c](/en/b) [d](/v1/b)\n\n[e](/c)\n',
      'docs/v2/en/b.md': '# B\n',
      'docs/v2/zh/a.md': '[a](/a) [b](/en/b) <a href="/b">x</a>\n\n[c](/b)\n',
      'docs/v1/en/b.md': '[a](/b) [b](/v2/en/a)\n\n[c](/a)\n',
    })
    expect(await broken(files)).toEqual([
      'docs/v1/en/b.md:3 missing file `/a`',
      'docs/v2/en/a.md:3 missing file `/c`',
      'docs/v2/zh/a.md:3 missing file `/b`',
    ])
  })

  it('begin at the root in version 1, which does not stop at those in another language', async () => {
    const pages = {
      'docs/en/guide/a.md': '[a](guide/a) [b](/guide/a)\n',
      'docs/zh/guide/b.md': '[a](guide/b)\n\n[b](/guide/a)\n\n[c](/guide/c)\n',
    }
    const dependency = {'package.json': '{"dependencies": {"rspress": "^1.40.0"}}'}
    const files = site(LANGUAGES, pages)
    expect(await broken({...files, ...dependency})).toEqual(['docs/zh/guide/b.md:5 missing file `/guide/c`'])
    expect(await broken(files)).toEqual([
      'docs/en/guide/a.md:1 missing file `guide/a`',
      'docs/zh/guide/b.md:1 missing file `guide/b`',
      'docs/zh/guide/b.md:3 missing file `/guide/a`',
      'docs/zh/guide/b.md:5 missing file `/guide/c`',
    ])
  })

  it('are relative to the URL of a home page in front matter', async () => {
    const page = (link: string) =>
      `---\npageType: home\nhero:\n  image:\n    src: /lamp.png\n  actions:\n    - link: ${link}\nfeatures:\n  - link: /zh/gone\n---\n`
    const files = site(LANGUAGES, {
      'docs/en/index.md': page('./guide/on'),
      'docs/zh/index.md': page('./guide/on'),
      'docs/zh/guide/on.md': '# On\n',
    })
    expect(await broken(files)).toEqual([
      'docs/en/index.md:7 missing file `./guide/on`',
      'docs/en/index.md:9 missing file `/zh/gone`',
      'docs/zh/index.md:9 missing file `/zh/gone`',
    ])
  })

  it('follow client redirects and the exceptions of the configuration', async () => {
    const config = `base: '/docs/', siteOrigin: 'https://lamps.test',
      markdown: {link: {checkDeadLinks: {excludes: ['/play']}}},
      plugins: [pluginClientRedirects({redirects: [{from: '/old', to: '/a'}, {from: ['/was'], to: 'https://b.test/'}]})]`
    const files = site(config, {
      'docs/a.md':
        '# A\n\n[a](/old#a) [b](/was) [c](/play) [d](https://lamps.test/docs/a)\n\n[e](/old#b) [f](/playing)\n',
    })
    files['rspress.config.ts'] =
      `import {pluginClientRedirects} from '@rspress/plugin-client-redirects'\n${files['rspress.config.ts']}`
    expect(await broken(files)).toEqual(['docs/a.md:5 missing file `/playing`'])
    expect(await anchors(files)).toEqual(['docs/a.md:5 missing anchor `#b`'])
  })

  it('are not judged where a plugin may add pages, or the configuration is computed', async () => {
    const pages = {'docs/a.md': '[a](/gone)\n'}
    expect(await broken(site("plugins: [other(), ({name: 'x'})]", pages))).toEqual([])
    expect(await broken(site("plugins: [{name: 'x', builderConfig: {}}]", pages))).toHaveLength(1)
    const theme = site('plugins: [pluginCallstackTheme()]', pages)
    theme['rspress.config.ts'] =
      `import {pluginCallstackTheme} from '@callstack/rspress-theme/plugin'\n${theme['rspress.config.ts']}`
    expect(await broken(theme)).toHaveLength(1)
    const computed = {
      ...site('', pages),
      'rspress.config.ts': "import {preset} from 'a'\nexport default preset({})\n",
    }
    expect(await broken(computed)).toEqual([])
  })

  it.skipIf(!hasRspack)(
    'to modules need a file that the bundler finds: a stylesheet has its full name',
    async () => {
      const pages = {
        'docs/a.mdx':
          "import A from '../components/Lamp'\nimport B from '../components/Wick'\nimport C from '../components/Oil'\n\n# A\n\n<A /><B /><C />\n",
        'components/Lamp.tsx': 'export default () => null',
        'components/Lamp.module.scss': '',
        'components/Wick.module.scss': '',
        'components/Oil.svg': '<svg/>',
      }
      // By its options, a bundler may add another extension.
      expect(await broken(site('', pages))).toEqual(['docs/a.mdx:2 missing file `../components/Wick`'])
      const root = folder({
        ...pages,
        'entry.js': "import '../components/Wick'",
        'docs/b.js': "import '../components/Wick'",
      })
      expect(await unresolved(root, 'docs/b.js')).toEqual([
        expect.stringContaining("Can't resolve '../components/Wick'"),
      ])
    },
  )

  // Rspress 2.0.22 builds a page with an unused import of a missing file, but none that uses what it imports.
  it('to modules count only if the page uses what it imports, since the build leaves out the others', async () => {
    const imports = [
      "import Lamp from '../parts/Lamp.mdx'",
      "import {Wick as Other, Oil} from '../parts/oil.js'",
      "import Used, {type Glass} from '../parts/used.js'",
      "import Tag from '../parts/tag.js'",
      "import Again from '../parts/again.js'",
      "import '../parts/side.css'",
    ]
    const files = site('', {
      'docs/a.mdx': `${imports.join('\n')}\n\nexport const x = Again\n\n# Lamp\n\nA Lamp {Used.x} <Tag.Head />\n`,
    })
    expect(await broken(files)).toEqual([
      'docs/a.mdx:3 missing file `../parts/used.js`',
      'docs/a.mdx:4 missing file `../parts/tag.js`',
      'docs/a.mdx:5 missing file `../parts/again.js`',
      'docs/a.mdx:6 missing file `../parts/side.css`',
    ])
  })

  it('of components are links by their names', async () => {
    const files = site('', {
      'docs/a.mdx':
        'import {Card} from "@theme"\n\n<Card href="/gone" />\n\n<Lamp to="/gone-2" />\n\n<Card href="/a" />\n',
    })
    expect(await broken(files)).toEqual(['docs/a.mdx:3 missing file `/gone`'])
  })
})

it('tests a configuration that a preset computes by the links of the site', async () => {
  const names = Array.from({length: 12}, (_, at) => `p${at}`)
  const pages = names.map((name) => [
    `src/guide/${name}.md`,
    `# P\n\n## Set up ${name}\n\n## Own {#own-${name}}\n`,
  ])
  const links = names.map((name) => `[x](/guide/${name}#set-up-${name}) [y](/guide/${name}#own-${name})`)
  const files = {
    'rspress.config.ts':
      "import {preset} from 'a'\nexport default preset({docs: {rootDir: 'src'}}, {outDir: 'build'})\n",
    'src/index.md': `# H\n\n${links.join('\n')}\n\n[a](/guide/p1#set-up-p2)\n\n[b](/guide/p77)\n`,
    ...Object.fromEntries(pages),
  }
  expect(await anchors(files)).toEqual([
    expect.stringMatching(/^src\/index\.md:16 missing anchor `#set-up-p2`.*likely/),
  ])
  expect(await broken(files)).toEqual([
    expect.stringMatching(/^src\/index\.md:18 missing file `\/guide\/p77`.*likely/),
  ])
})

it('writes repaired links as routes, without base, language and version of the page', async () => {
  const versions = "base: '/docs/', multiVersion: {default: 'v2', versions: ['v1', 'v2']}"
  const root = folder(
    site(`${LANGUAGES}, ${versions}`, {
      'docs/v1/zh/guide/on.md':
        '[a](/guide/lmps) [b](/guide/lmps.html) [c](/zh/guide/lmps) [d](/v1/zh/guide/lmps.md) [e](./lmps)\n',
      'docs/v1/zh/guide/lamps.mdx': '# Lamps\n',
    }),
  )
  await doccheck(root, ['--offline', '--fix', '--unsafe'])
  expect(readFileSync(path.join(root, 'docs/v1/zh/guide/on.md'), 'utf8')).toBe(
    '[a](/guide/lamps) [b](/guide/lamps.html) [c](/v1/zh/guide/lamps) [d](/v1/zh/guide/lamps.mdx) [e](./lamps)\n',
  )
})

describe('anchors', () => {
  it('are those of the page, of its partials and of the author', async () => {
    const files = site('', {
      'docs/a.mdx':
        'import Part from "./_part.mdx"\nimport {Lamp} from "./lamp"\n\n## Own {#mine}\n\n<Part /> <Lamp />\n\n' +
        '[a](#mine) [b](#in-part) [c](#lamp)\n\n[d](#own) [e](#gone)\n',
      'docs/_part.mdx': '## In part\n\n[a](#mine)\n',
      'docs/lamp.tsx': 'export const Lamp = () => <p id="lamp" />\n',
    })
    expect(await anchors(files)).toEqual([
      'docs/a.mdx:10 missing anchor `#own`',
      'docs/a.mdx:10 missing anchor `#gone`',
    ])
  })
})

const load = (name: string) => import(pathToFileURL(path.join(ENGINE_PARTS, name)).href)

describe.skipIf(!engineParts('@rspress/core', '@mdx-js/mdx', 'remark-gfm'))('compared with Rspress', () => {
  const node = '@rspress/core/dist/node'

  it('has its ids for 1,000 headings in twelve scripts', async () => {
    const {rehypeHeaderAnchor} = await load(`${node}/mdx/rehypePlugins/headerAnchor.js`)
    const {createProcessor} = await load('@mdx-js/mdx/index.js')
    const {default: remarkGfm} = await load('remark-gfm/index.js')
    const engineIds = (source: string): string[] => {
      const ids: string[] = []
      const collect = () => (tree: Element) => void ids.push(...idsIn(tree))
      createProcessor({
        format: 'md',
        remarkPlugins: [remarkGfm],
        rehypePlugins: [rehypeHeaderAnchor, collect],
      }).processSync(source)
      return ids
    }
    const samples = fc
      .sample(heading(), {numRuns: 1000, seed: 16})
      .filter((text) => !/^$|^[#=-]+$/.test(text))
    const own = ['A {#own}', 'A', '`b` {#with-code}', 'A {#A.b}', 'C {#x} d']
    for (const headings of [TEXTS, own, ...chunksOf(samples, 50)]) {
      const source = pageOf(headings)
      expect(rspressIds((await readPage('a.md', source, {})).headings)).toEqual(engineIds(source))
    }
  })

  it('has its routes and links in 100 generated trees', async () => {
    const {RouteService} = await load(`${node}/route/RouteService.js`)
    const {RoutePage} = await load(`${node}/route/RoutePage.js`)
    const {remarkLink} = await load(`${node}/mdx/remarkPlugins/link.js`)
    for (const {prefixes, files, links} of fc.sample(trees(), {numRuns: 100, seed: 16})) {
      const {lang, langs, version, versions} = prefixes
      const service = new RouteService(
        '/docs',
        {
          lang,
          locales: langs.map((each) => ({lang: each})),
          ...(version && {multiVersion: {default: version, versions}}),
        },
        [],
        '/tmp',
      )
      RouteService.__instance__ = service
      const routes = new Map<string, string>()
      for (const file of files) {
        const page = RoutePage.create(`/docs/${file}`, '/docs')
        const route: string = page.routeMeta.routePath
        if ([...routes.values()].includes(route)) continue
        await service.addRoute(page)
        routes.set(`docs/${file}`, route)
      }
      const config = {
        docs: 'docs',
        prefixes,
        extensions: ['.md', '.mdx', '.tsx'],
        excluded: {test: () => false},
      }
      const own = new Routes(
        {files: new Set(routes.keys())} as unknown as Tree,
        config as unknown as RspressConfig,
      )
      const normal = (route: string) => route.replace(/^\/|\/$/g, '')
      for (const [file, route] of routes) expect(own.of(file)).toBe(normal(route))
      for (const from of routes.keys())
        for (const url of links) {
          const tree = {type: 'root', children: [{type: 'link', url, children: []}]}
          const dead: string[] = []
          const page = {path: `/${from}`, message: (text: string) => dead.push(text)}
          remarkLink({cleanUrls: true, routeService: service, lint: true})(tree, page)
          const target = own.at(
            url.startsWith('/') ? own.withPrefixes(url, from) : relative(from, url, config),
          )
          expect([from, url, target === undefined]).toEqual([from, url, dead.length > 0])
          if (target !== undefined) expect(normal(tree.children[0]!.url)).toBe(own.of(target))
        }
    }
  })
})

/** The route of a relative link; nothing is published above the folder of pages. */
function relative(from: string, url: string, config: Parameters<typeof routeOfPath>[1]): string {
  const place = path.posix.join(path.posix.dirname(from), url)
  return place.startsWith('docs/') ? routeOfPath(place.slice('docs/'.length), config) : 'above'
}

/** Trees of pages with languages and versions, and links on them. */
function trees() {
  const name = fc.constantFrom('a', 'b', 'index', 'en', 'v1', 'Set-up', 'a.b')
  const inside = fc.array(name, {minLength: 1, maxLength: 3}).map((names) => names.join('/'))
  const extension = fc.constantFrom('.md', '.mdx', '.tsx')
  const langs = fc.constantFrom<[string, string[]]>(['', []], ['en', ['en', 'zh']], ['zh', ['en', 'zh']])
  const versions = fc.constantFrom<[string, string[]]>(['', []], ['v2', ['v1', 'v2']])
  return fc.tuple(langs, versions).chain(([[lang, allLangs], [version, allVersions]]) => {
    const prefix = fc.tuple(fc.constantFrom('', ...allVersions), fc.constantFrom('', ...allLangs))
    const place = fc.tuple(prefix, inside).map(([parts, rest]) => [...parts, rest].filter(Boolean).join('/'))
    const link = fc.tuple(
      fc.constantFrom('/', './', '../', ''),
      place,
      fc.constantFrom('', '.md', '.html', '.mdx'),
    )
    return fc.record({
      prefixes: fc.constant({lang, langs: allLangs, version, versions: allVersions}),
      files: fc.array(
        fc.tuple(place, extension).map((parts) => parts.join('')),
        {minLength: 2, maxLength: 10},
      ),
      links: fc.array(
        link.map((parts) => parts.join('')),
        {minLength: 3, maxLength: 10},
      ),
    })
  })
}

interface Element {
  tagName?: string
  properties?: {id?: string}
  children?: Element[]
}

const idsIn = ({tagName = '', properties, children = []}: Element): string[] => [
  ...(/^h\d$/.test(tagName) ? [properties!.id!] : []),
  ...children.flatMap(idsIn),
]

const chunksOf = <T>(list: readonly T[], size: number): T[][] =>
  Array.from({length: Math.ceil(list.length / size)}, (_, at) => list.slice(at * size, (at + 1) * size))
