import {readFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import path from 'node:path'
import {pathToFileURL} from 'node:url'
import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {readPage} from '../src/page/read-page.ts'
import {mdcIds} from '../src/site/platforms/nuxt-content/anchors.ts'
import {patternOfRoute, routeOfPath, slugOf} from '../src/site/platforms/nuxt-content/slugs.ts'
import {heading, pageOf, TEXTS} from './headings.ts'
import {ENGINE_PARTS, engineParts} from './needs.ts'
import {checkFolder, doccheck, folder, messagesOf} from './run-doccheck.ts'

const NUXT = {
  'nuxt.config.ts': "export default defineNuxtConfig({modules: ['@nuxt/content']})\n",
  'pages/[...slug].vue':
    '<script setup>\nconst a = queryCollection("content").path(route.path).first()\n</script>\n',
}
const DOCUS = {'nuxt.config.ts': "export default defineNuxtConfig({extends: ['docus']})\n"}
const UNDOCS = {
  'docs/.config/docs.yaml': 'url: https://lamps.test\nredirects:\n  /old: /guide\n  /lamps/**: /guide/**\n',
  'docs/package.json': '{"devDependencies": {"undocs": "^0.4.0"}}',
}

const found = async (files: Record<string, string>, rule: string) =>
  messagesOf(await checkFolder(folder(files), rule)).map((each) =>
    each.replace(/^(\S+) (\d+):\S+ Unexpected (?:link to )?/, '$1:$2 '),
  )
const broken = (files: Record<string, string>) => found(files, 'no-broken-link')
const anchors = (files: Record<string, string>) => found(files, 'no-missing-anchor')

const factsOf = (source: string) => readPage('a.md', source, {dialect: 'mdc'})

describe('detection', () => {
  it.each([
    ['a module of the configuration', NUXT],
    ['a layer', DOCUS],
    [
      'a dependency',
      {'nuxt.config.js': 'export default {}', 'package.json': '{"dependencies": {"@nuxt/content": "^3"}}'},
    ],
  ])('by %s', async (_by, files) => {
    const {out} = await doccheck(folder({...files, 'content/a.md': '# A\n'}), ['sites'])
    expect(out).toMatch(/^\. +nuxt-content +1 page /)
  })

  it('by the configuration of undocs', async () => {
    const {out} = await doccheck(folder({...UNDOCS, 'docs/1.guide/1.index.md': '# A\n'}), ['sites'])
    expect(out).toMatch(/^docs +nuxt-content +1 page /)
  })

  it('by the dependency on Docus or undocs, which need no configuration', async () => {
    const files = {
      'package.json': '{"dependencies": {"docus": "^5"}}',
      'content/1.a.md': '[a](/a) [b](/b)\n',
      'docs/package.json': '{"devDependencies": {"undocs": "^0.4.0"}}',
      'docs/1.guide/1.on.md': '[a](/guide/on) [b](/guide/off)\n',
    }
    expect(await broken(files)).toEqual([
      'content/1.a.md:1 missing file `/b`',
      'docs/1.guide/1.on.md:1 missing file `/guide/off`',
    ])
  })

  it('not of other projects with Nuxt', async () => {
    const files = {'nuxt.config.ts': 'export default {}', 'package.json': '{"dependencies": {"nuxt": "^4"}}'}
    const {out} = await doccheck(folder({...files, 'content/a.md': '# A\n'}), ['sites'])
    expect(out).not.toContain('nuxt-content')
  })
})

describe('links', () => {
  it('drop numbers, and lead to pages, code and static files', async () => {
    const files = {
      ...NUXT,
      'content/index.md':
        '[a](/guide/set-up) [b](/guide/) [c](/about) [d](/lamp.png) [e](/guide/1.2/x)\n\n' +
        '[f](/guide/setup)\n\n[g](/gone)\n\n![h](/gone.png)\n',
      'content/1.guide/1.index.md': '# Guide\n',
      'content/1.guide/2.Set up.md': '# Set up\n',
      'content/1.guide/1.2/x.md': '# X\n',
      'pages/about.vue': '',
      'public/lamp.png': '',
    }
    expect(await broken(files)).toEqual([
      'content/index.md:3 missing file `/guide/setup`, expected `/guide/set-up`',
      'content/index.md:5 missing file `/gone`',
      'content/index.md:7 missing image `/gone.png`',
    ])
  })

  it('are relative to the URL of the page, with names of source files as routes', async () => {
    const files = {
      ...NUXT,
      'content/1.guide/2.on.md':
        '[a](./off) [b](3.off.md) [c](../2.lamps/1.index.md) [d](/guide/off) [e](/../guide/off)\n\n[e](gone.md) [f](./gone)\n',
      'content/1.guide/3.off.md': '# Off\n',
      'content/2.lamps/1.index.md': '[a](../guide/off) [b](./guide/off)\n',
    }
    expect(await broken(files)).toEqual([
      'content/1.guide/2.on.md:3 missing file `gone.md`',
      'content/1.guide/2.on.md:3 missing file `./gone`',
    ])
  })

  it('follow the path of front matter, and the redirects and base of the configuration', async () => {
    const files = {
      'nuxt.config.ts': `export default defineNuxtConfig({
        modules: ['@nuxt/content'],
        app: {baseURL: '/docs/'},
        site: {url: 'https://lamps.test'},
        routeRules: {'/old': {redirect: '/new'}, '/was/**': {redirect: {to: '/lamps/**'}}, '/x': {prerender: true}},
      })`,
      'content/a.md':
        '---\npath: /new\n---\n\n# New\n\n[a](/old#new) [b](/was/on) [c](/new) [d](https://lamps.test/docs/lamps/on)\n\n[e](/a) [f](/was/off) [g](https://lamps.test/docs/off)\n',
      'content/lamps/on.md': '[a](/old#off)\n',
      'public/lamp.png': '',
      'content/b.md': '![a](/docs/lamp.png) ![b](/lamp.png)\n',
    }
    expect(await broken(files)).toEqual([
      'content/a.md:9 missing file `/a`',
      'content/a.md:9 missing file `/was/off`',
      'content/a.md:9 missing file `https://lamps.test/docs/off` (likely: no other page at the top of the host is missing)',
    ])
    expect(await anchors(files)).toEqual(['content/lamps/on.md:1 missing anchor `#off` in `content/a.md`'])
  })

  it('lead to the collections of the configuration', async () => {
    const files = {
      ...NUXT,
      'content.config.ts': `import {defineCollection, defineContentConfig} from '@nuxt/content'
        export default defineContentConfig({collections: {
          guide: defineCollection({type: 'page', source: {include: 'docs/**', prefix: '/guide', exclude: ['docs/drafts/**']}}),
          blog: defineCollection({type: 'page', source: 'blog/*.md'}),
          team: defineCollection({type: 'data', source: 'team/*.md'}),
          more: defineCollection({type: 'page', source: {cwd: '../more', include: '**', prefix: '/more'}}),
        }})`,
      'content/docs/1.on.md':
        '[a](/guide/on) [b](/blog/news)\n\n[c](/docs/on) [d](/guide/drafts/x) [e](/team/jo)\n',
      'content/docs/drafts/x.md': '# X\n',
      'content/blog/news.md': '# News\n',
      'content/team/jo.md': '# Jo\n',
    }
    expect(await broken(files)).toEqual([
      'content/docs/1.on.md:3 missing file `/docs/on`, expected `/guide/on`',
      'content/docs/1.on.md:3 missing file `/guide/drafts/x`',
      'content/docs/1.on.md:3 missing file `/team/jo`',
    ])
  })

  it('are not judged where the source of a collection is elsewhere, or code has parameters', async () => {
    const files = {
      ...NUXT,
      'pages/lamps/[id].vue': '<script setup>\nuseFetch("/api/lamps")\n</script>\n',
      'content/a.md': '[a](/lamps/1)\n\n[b](/b)\n',
    }
    expect(await broken(files)).toEqual(['content/a.md:3 missing file `/b`'])
    const elsewhere = `export const collections = {a: defineCollection({type: 'page', source: {repository: 'https://a.test/a', include: '**'}})}`
    expect(await broken({...files, 'content.config.ts': elsewhere})).toEqual([])
  })

  it('have a language where a collection leaves it out', async () => {
    const files = {
      'nuxt.config.ts': `export default {modules: ['@nuxt/content', '@nuxtjs/i18n'], i18n: {locales: ['en', {code: 'fr'}], defaultLocale: 'en'}}`,
      'pages/[...slug].vue': NUXT['pages/[...slug].vue'],
      'content.config.ts': `export default defineContentConfig({collections: {
        en: defineCollection({type: 'page', source: {include: 'en/**', prefix: ''}}),
        fr: defineCollection({type: 'page', source: {include: 'fr/**', prefix: ''}}),
      }})`,
      'content/en/a.md': '# A\n\n[a](/a#a) [f](/fr/a#la) [g](/fr/b)\n',
      'content/fr/a.md': '# La\n\n[a](/a#la) [b](/fr/a#la)\n',
    }
    expect(await broken(files)).toEqual(['content/en/a.md:3 missing file `/fr/b`'])
    expect(await anchors(files)).toEqual([])
    expect(await found(files, 'unique-permalink')).toEqual([])
  })

  it('lead to the pages of Docus, in `docs` or not', async () => {
    const at = (place: string) => ({
      ...DOCUS,
      'content/index.md': '[a](/docs/on) [b](/on)\n',
      [`content/${place}1.on.md`]: '# On\n',
    })
    expect(await broken(at('docs/'))).toEqual(['content/index.md:1 missing file `/on`, expected `/docs/on`'])
    expect(await broken(at(''))).toEqual(['content/index.md:1 missing file `/docs/on`, expected `/on`'])
  })

  it('lead to the pages, redirects and public files of undocs', async () => {
    const files = {
      ...UNDOCS,
      'docs/1.guide/1.index.md':
        '[a](/) [b](/old) [c](/lamps/on) [d](/icon.svg) [e](/blog) [f](/guide/Off)\n\n[g](/lamps/gone)\n',
      'docs/1.guide/2.on.md': '# On\n',
      'docs/1.guide/3.Off.md': '# Off\n',
      'docs/.docs/public/icon.svg': '',
      'README.md': '[a](https://lamps.test/guide/on) [b](https://lamps.test/gone)\n',
    }
    expect(await broken(files)).toEqual([
      'README.md:1 missing file `https://lamps.test/gone` (likely: no other page at the top of the host is missing)',
      'docs/1.guide/1.index.md:3 missing file `/lamps/gone`',
    ])
  })

  it('leave what others publish to the host', async () => {
    const files = {...NUXT, 'README.md': '[a](gone.md)\n', 'content/a.md': '# A\n'}
    expect(await broken(files)).toEqual(['README.md:1 missing file `gone.md`'])
  })
})

it('writes repaired links as routes, and relative ones as source files or routes, as they were', async () => {
  const root = folder({
    'nuxt.config.ts': "export default {modules: ['@nuxt/content'], app: {baseURL: '/docs'}}",
    'content/1.guide/1.on.md':
      '[a](/guide/set-upp) [b](./3.offf.md) [c](/guide/set-upp#set-up) [d](#on-of)\n\n## On off\n',
    'content/1.guide/2.Set up.md': '# Set up\n',
    'content/1.guide/3.off.md': '# Off\n',
  })
  await doccheck(root, ['--offline', '--fix', '--unsafe'])
  expect(readFileSync(path.join(root, 'content/1.guide/1.on.md'), 'utf8')).toBe(
    '[a](/guide/set-up) [b](./3.off.md) [c](/guide/set-up#set-up) [d](#on-off)\n\n## On off\n',
  )
})

it('doubts only the signs in slugs of undocs since version 0.5', async () => {
  const page = '# A\n\n## Set up: lamps (1)\n\n[a](#set-up-lamps-1) [b](#set_up-lamps1)\n\n[c](#gone)\n'
  const files = {...UNDOCS, 'docs/1.guide/1.index.md': page}
  const later = {...files, 'docs/package.json': '{"devDependencies": {"undocs": "^0.10.0"}}'}
  expect(await anchors(later)).toEqual(['docs/1.guide/1.index.md:7 missing anchor `#gone`'])
  expect(await anchors(files)).toEqual([
    'docs/1.guide/1.index.md:5 missing anchor `#set_up-lamps1`, expected `#set-up-lamps-1`',
    'docs/1.guide/1.index.md:7 missing anchor `#gone`',
  ])
})

describe('components of MDC', () => {
  it('have links in their properties', async () => {
    const page = `# A

::card{to="/gone-1" title="A"}
::

::card
---
to: /gone-2
links:
  - to: "/gone-3"
    label: x
---
#title
[x](/gone-4)
::

:button[Text]{to="/gone-5"} [x](/gone-6){.c target="_blank"} \`:button{to="/code"}\`

\`\`\`md
::card{to="/code"}
::
\`\`\`

:own{to="/own"}
`
    const files = {...NUXT, 'content/a.md': page}
    expect((await broken(files)).map((each) => each.replace(/ missing file/, ''))).toEqual([
      'content/a.md:3 `/gone-1`',
      'content/a.md:8 `/gone-2`',
      'content/a.md:10 `/gone-3`',
      'content/a.md:17 `/gone-5`',
      'content/a.md:14 `/gone-4`',
      'content/a.md:17 `/gone-6`',
    ])
  })

  it('show what is indented with them as a part of the page', async () => {
    const source =
      '::a\n  :::b\n    ::::c\n    ## In\n\n    - [x](/x)\n      [y](/y)\n\n    ```md\n    ## Code\n    ```\n    ::::\n  :::\n::\n\n## After\n'
    const {headings, links} = await factsOf(source)
    expect(headings.map(({text, start}) => [text, source.slice(start, start + 2)])).toEqual([
      ['In', '##'],
      ['After', '##'],
    ])
    expect(links.map(({url, target}) => [url, source.slice(target.start, target.end)])).toEqual([
      ['/x', '/x'],
      ['/y', '/y'],
    ])
  })

  it('give ids of their own, and their properties may be ids', async () => {
    const page =
      '::note{#own}\n::\n\n::tabs-item{label="Set up"}\n::\n\n[a](#own) [b](#set-up)\n\n[c](#gone)\n'
    expect(await anchors({...NUXT, 'content/a.md': page})).toEqual(['content/a.md:9 missing anchor `#gone`'])
  })

  it('may add ids, unless their code shows that they do not', async () => {
    const page = '::lamp-list\n::\n\n[a](#gone)\n'
    const files = {...NUXT, 'content/a.md': page}
    expect(await anchors(files)).toEqual([])
    const code = {'components/content/LampList.vue': '<template><div id="on"><slot /></div></template>'}
    expect(await anchors({...files, ...code})).toEqual(['content/a.md:4 missing anchor `#gone`'])
  })

  it('are none in fenced code, whatever its line ends are', async () => {
    const source = '```md\n::card{to="/code"}\n::\n```\n\n::card{to="/x"}\n::\n'
    for (const text of [source, source.replaceAll('\n', '\r\n')])
      expect((await factsOf(text)).links.map(({url}) => url)).toEqual(['/x'])
  })

  it('take time linear in the length of a page', async () => {
    for (const part of ['::a\n---\n', ':a[', ':a{b="', ']{', '::a{', '    ::a\n', '#a\n', '::a[', '[a]{.b}'])
      expect(await factsOf(part.repeat(20_000))).toBeDefined()
  })
})

const load = (name: string) => import(pathToFileURL(path.join(ENGINE_PARTS, name)).href)

describe.skipIf(!engineParts('@nuxtjs/mdc', 'remark-emoji'))('ids', () => {
  // As Nuxt Content has it: with `remark-emoji`, and a parser for each page.
  const engineIds = async (source: string): Promise<string[]> => {
    const {createMarkdownParser} = await load('@nuxtjs/mdc/dist/runtime/parser/index.js')
    const {default: instance} = await load('remark-emoji/index.js')
    const parse = await createMarkdownParser({remark: {plugins: {'remark-emoji': {instance}}}})
    return idsIn((await parse(source)).body)
  }

  it.each([
    '## Hello {#own}',
    '## 6. Pure CSS\n\n## 6. Pure CSS',
    '## Use :icon in text :badge[New]{color="red"}',
    '## [Foo]{.bar} baz `x`{lang=ts} *b*{.c} [d](/e){.f}',
    '## a:b (:c) .:d e:f: \\:g',
    '<h2 id="Foo--Bar">x</h2>\n\n<h3>Hi there</h3>\n',
    '::a\n---\nb: c\n---\n#slot\n## In\n::\n\n## In',
    '::a\n  :::b\n    ## Deep\n  :::\n::',
    'Set\nup\n---\n\n# --x--',
  ])('are those of MDC in %j', async (source) => {
    expect(mdcIds(await factsOf(source))).toEqual(await engineIds(source))
  })

  it('are those of MDC for 1,000 headings in twelve scripts', async () => {
    const samples = fc
      .sample(heading(), {numRuns: 1000, seed: 16})
      .filter((text) => !/^$|^[#=-]+$/.test(text))
    for (const headings of [TEXTS, ...chunksOf(samples, 25)]) {
      const source = pageOf(headings)
      const {headings: facts, ids} = await factsOf(source)
      const own = mdcIds({headings: facts, ids})
      const replaced = mdcIds({headings: facts, ids}, false)
      const engine = await engineIds(source)
      expect(own.map((id, at) => (replaced[at] === engine[at] ? replaced[at] : id))).toEqual(engine)
    }
  })
})

interface Node {
  tag?: string
  props?: {id?: string}
  children?: Node[]
}

/** The ids of headings in a tree of MDC. */
const idsIn = ({tag, props, children = []}: Node): string[] => [
  ...(tag && /^h\d$/.test(tag) ? [props!.id!] : []),
  ...children.flatMap(idsIn),
]

const chunksOf = <T>(list: readonly T[], size: number): T[][] =>
  Array.from({length: Math.ceil(list.length / size)}, (_, at) => list.slice(at * size, (at + 1) * size))

describe.skipIf(!engineParts('slugify'))('routes', () => {
  const slugify: (text: string, options: object) => string = createRequire(import.meta.url)(
    path.join(ENGINE_PARTS, 'slugify'),
  )
  const engine = (text: string) => slugify(text, {lower: true})
  const pattern = (slug: string) => new RegExp(patternOfRoute(slug))

  it('have the slugs of all characters that are the same in Latin letters', () => {
    const differing: string[] = []
    for (let code = 32; code < 0x3000; code++) {
      const name = `a${String.fromCodePoint(code)}b`
      const own = slugOf(name)
      if (own.includes('*') ? !pattern(own).test(`/${engine(name)}`) : own !== engine(name))
        differing.push(name)
    }
    expect(differing).toEqual([])
  })

  it('are those of 100 generated trees', () => {
    const names = [
      'guide',
      'Set up',
      'C & D',
      'a--b',
      ' x',
      'été',
      '50%',
      'a_b',
      "don't",
      'v1.2',
      'Straße',
      'лампа',
      '灯',
      'a.b',
      'I/O'.replace('/', '|'),
    ]
    const segment = fc.oneof(
      fc.constantFrom(...names).map((name): [string, string] => [name, engine(name)]),
      fc
        .tuple(fc.nat(120), fc.constantFrom(...names))
        .map(([n, name]): [string, string] => [`${n}.${name}`, engine(name)]),
      fc.constantFrom<[string, string]>(
        ['1.2', '1.2'],
        ['2.x', '2.x'],
        ['3', '3'],
        ['10.index', ''],
        ['1.lamp.draft', 'lamp'],
        ['1.index.draft', ''],
      ),
    )
    const trees = fc.array(fc.array(segment, {minLength: 1, maxLength: 4}), {minLength: 1, maxLength: 12})
    for (const tree of fc.sample(trees, {numRuns: 100, seed: 16}))
      for (const segments of tree) {
        const file = segments.map(([name]) => name).join('/')
        const expected = segments
          .map(([, slug]) => slug)
          .filter(Boolean)
          .join('/')
        const own = routeOfPath(file)
        if (own.includes('*')) expect(`/${expected}`).toMatch(pattern(own))
        else expect(own).toBe(expected)
      }
  })
})
