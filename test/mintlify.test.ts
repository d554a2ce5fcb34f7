import {readFileSync} from 'node:fs'
import path from 'node:path'
import {describe, expect, it} from 'vitest'
import {git, repository} from './repository.ts'
import {checkFolder, doccheck, folder, messagesOf} from './run-doccheck.ts'

const CONFIG = JSON.stringify({
  $schema: 'https://mintlify.com/docs.json',
  name: 'Lamps',
  navigation: {groups: [{group: 'Start', pages: ['index', 'guide/setup']}]},
})

/** A site of these pages, each with a heading. */
const site = (pages: Record<string, string>, config = CONFIG) => folder({'docs.json': config, ...pages})

const broken = async (root: string) => messagesOf(await checkFolder(root, 'no-broken-link'))

describe('links of Mintlify', () => {
  it('lead to pages by their paths from the configuration, with or without extension', async () => {
    const pages = {
      'index.mdx':
        '# Home\n\n[1](/guide/setup) [2](./guide/setup.mdx) [3](/guide/setup.md) [4](/guide) [5](/)\n\n' +
        '[6](/gone) [7](./guide/gone.md)\n',
      'guide/setup.mdx': '# Set up\n\n[1](../index) [2](./use) [3](use) [4](/guide/use/) [5](../gone)\n',
      'guide/use.md': '# Use\n',
    }
    expect(await broken(site(pages))).toEqual([
      'guide/setup.mdx 3:56-3:63 Unexpected link to missing file `../gone`',
      'index.mdx 5:5-5:10 Unexpected link to missing file `/gone`',
      'index.mdx 5:16-5:31 Unexpected link to missing file `./guide/gone.md`',
    ])
  })

  it('in README and in what is ignored are those of the host', async () => {
    const pages = {
      'docs/index.mdx': '# Home\n\n[1](/draft/a) [2](/README) [3](/snippets/a)\n',
      'docs/README.md': '# Read me\n\n[1](index.mdx) [2](index)\n',
      'docs/draft/a.mdx': '# A\n',
      'docs/snippets/a.mdx': 'Text\n',
      'docs/.mintignore': 'draft/\n',
    }
    const root = folder({'docs/docs.json': CONFIG, ...pages})
    expect(await broken(root)).toEqual([
      'docs/README.md 3:20-3:25 Unexpected link to missing file `index`, expected `index.mdx`',
      'docs/index.mdx 3:5-3:13 Unexpected link to unpublished file `/draft/a`',
      'docs/index.mdx 3:19-3:26 Unexpected link to unpublished file `/README`',
      'docs/index.mdx 3:32-3:43 Unexpected link to unpublished file `/snippets/a`',
    ])
  })
})

it('takes no element for what all objects of JavaScript have', async () => {
  const page =
    '# H\n\n<toString title="a" />\n\n<__proto__ title="b" />\n\n<constructor title="c" />\n\n[1](#gone)\n'
  expect(messagesOf(await checkFolder(site({'index.mdx': page}), 'no-missing-anchor'))).toEqual([
    expect.stringContaining('`#gone`'),
  ])
})

it('reads Markdown that the navigation of Mintlify lacks as the host shows it, too', async () => {
  const text = '# A\n\n## B / C\n\n[1](../../lib/a.ts) [2](#b--c) [3](gone.md) [4](#d) [5](#b-/-c)\n'
  const pages = {'docs/docs.json': CONFIG, 'docs/index.mdx': '# Home\n', 'lib/a.ts': ''}
  const found = async (page: string) => {
    const root = folder({...pages, [`docs/guide/${page}`]: text})
    const results = [await checkFolder(root, 'no-broken-link'), await checkFolder(root, 'no-missing-anchor')]
    return results.flatMap(messagesOf).map((message) => /`(.*?)`/.exec(message)?.[1])
  }
  expect(await found('plan.md')).toEqual(['gone.md', '#d'])
  expect(await found('setup.md')).toEqual(['../../lib/a.ts', 'gone.md', '#b--c', '#d'])
})

it('does not take a copy of the configuration beside translated pages for another site', async () => {
  const of = (pages: string[]) => CONFIG.replace('"guide/setup"', pages.map((page) => `"${page}"`).join())
  const pages = {
    'index.mdx': '# Home\n',
    'guide/setup.mdx': '# Set up\n',
    'ja/docs.json': CONFIG.replace(',"guide/setup"', ''),
    'ja/index.mdx': '# Home\n\n[1](/guide/setup) [2](/ja/gone)\n',
  }
  expect(await broken(site(pages, of(['guide/setup', 'ja/index'])))).toEqual([
    'ja/index.mdx 3:23-3:31 Unexpected link to missing file `/ja/gone`',
  ])
  expect(await broken(site(pages, of(['guide/setup'])))).toEqual([
    'ja/index.mdx 3:5-3:17 Unexpected link to missing file `/guide/setup`',
    'ja/index.mdx 3:23-3:31 Unexpected link to missing file `/ja/gone`',
  ])
})

it('does not read redirects of Mintlify from a copy of the configuration', async () => {
  const {out} = await doccheck(
    site({
      'index.mdx': '# Home\n\n[1](/old)\n',
      'guide/setup.mdx': '# Set up\n',
      'guide/docs.json': '{"redirects": [{"source": "/old", "destination": "/lost"}]}',
    }),
    ['--offline', '--no-config'],
  )
  expect(out).toContain('index.mdx:3:5  error  Unexpected link to missing file `/old`')
  expect(out).not.toContain('redirect')
})

it('shows README on the host beside the stale marker of a service without rules', async () => {
  const text = '# R\n\n[a](./nope/) [b](src/nope.js) [c](#nope) ![d](nope.png)\n'
  const root = folder({'.gitbook.yaml': 'structure:\n  readme: README.md\n', 'README.md': text})
  expect(messagesOf(await checkFolder(root))).toEqual([
    'README.md 3:5-3:12 Unexpected link to missing file `./nope/`',
    'README.md 3:18-3:29 Unexpected link to missing file `src/nope.js`',
    'README.md 3:47-3:55 Unexpected missing image `nope.png`',
    'README.md 3:35-3:40 Unexpected link to missing anchor `#nope`',
  ])
})

describe('snippets of Mintlify', () => {
  const pages = {
    'index.mdx':
      "import Steps from '/snippets/steps.mdx'\nimport {Lamp} from './lamp.jsx'\n\n# Home\n\n<Steps />\n\n<Lamp />\n\n" +
      '<Snippet file="old.mdx" />\n\n[1](#in-steps) [2](#in-old) [3](#of-code) [4](#gone) [5](#steps-2)\n\n## Steps\n',
    'guide/setup.mdx': "import Steps from '../snippets/steps.mdx'\n\n<Steps />\n",
    'guide/use.mdx': '# Use\n',
    'snippets/steps.mdx':
      '## Steps\n\n### In steps\n\n[1](./use) [2](/guide/use) [3](/gone) [4](#in-steps) [5](#missing)\n',
    '_snippets/old.mdx': '## In old\n',
    'lamp.jsx': 'export const Lamp = () => <div id="of-code">{1}</div>\n',
  }

  it('are a part of the pages that show them: their links, and their headings in their places', async () => {
    expect(messagesOf(await checkFolder(site(pages)))).toEqual([
      'index.mdx 12:47-12:52 Unexpected link to missing anchor `#gone`',
      'snippets/steps.mdx 5:32-5:37 Unexpected link to missing file `/gone` (included in `guide/setup.mdx`)',
      'snippets/steps.mdx 5:5-5:10 Unexpected link to missing file `./use`, expected `./guide/use` (included in `index.mdx`)',
      'snippets/steps.mdx 5:58-5:66 Unexpected link to missing anchor `#missing` (included in `guide/setup.mdx`)',
    ])
  })

  it('add the ids that are written in the components that they define', async () => {
    const text =
      'import {Badge, Box as Lamp} from \'/snippets/badge.mdx\'\n\nexport const Own = () => <b id="own">{1}</b>\n\n' +
      '# Home\n\n<Badge />\n\n<Lamp />\n\n<Own />\n\n[1](#of-badge) [2](#own) [3](#gone)\n'
    const badge = 'export const Badge = ({n}) => (\n  <Note id="x"><b id="of-badge">{n}</b></Note>\n)\n'
    const found = async (more: string) =>
      messagesOf(await checkFolder(site({'index.mdx': text, 'snippets/badge.mdx': badge + more})))
    expect(await found('')).toEqual(['index.mdx 13:30-13:35 Unexpected link to missing anchor `#gone`'])
    for (const box of [
      '<b id={t}>{t}</b>',
      '<Accordion title={t}>{t}</Accordion>',
      '<h2>{t}</h2>',
      '<Other />',
    ])
      expect(await found(`\nexport const Box = ({t}) => ${box}\n`)).toEqual([])
  })

  it('are missing where there is no file of that path or name', async () => {
    const text = 'import A from \'/snippets/gone.mdx\'\n\n<A />\n\n<Snippet file="gone.mdx" />\n\n[a](#any)\n'
    const found = messagesOf(await checkFolder(site({'index.mdx': text, 'snippets/b.mdx': '[a](./any)\n'})))
    expect(found).toEqual([
      'index.mdx 1:16-1:34 Unexpected include of missing file `/snippets/gone.mdx`',
      'index.mdx 5:16-5:24 Unexpected include of missing file `gone.mdx`',
    ])
  })
})

describe('pages that Mintlify generates from descriptions of APIs', () => {
  const api = {openapi: '3.1.0', info: {}, paths: {'/lamps': {get: {tags: ['Lamps'], summary: 'List lamps'}}}}
  const text =
    '[1](/lamps/list-lamps) [2](/api-reference/lamps/list-lamps) [3](/remote/any) [4](/other/any)\n'
  const configured = (more: object) => JSON.stringify({...JSON.parse(CONFIG), ...more})

  it('are known from files in the tree; others are in doubt in the folder that the configuration names', async () => {
    const tabs = [
      {tab: 'A', openapi: {source: '/openapi.json', directory: 'lamps'}, pages: ['GET /lamps']},
      {
        tab: 'B',
        groups: [
          {group: 'C', openapi: {source: 'https://api.example.org/openapi.json', directory: 'remote'}},
        ],
      },
    ]
    const files = {'index.mdx': text, 'openapi.json': JSON.stringify(api)}
    expect(await broken(site(files, configured({navigation: {tabs}})))).toEqual([
      'index.mdx 1:5-1:22 Unexpected link to missing file `/lamps/list-lamps`',
      'index.mdx 1:28-1:59 Unexpected link to missing file `/api-reference/lamps/list-lamps`',
      'index.mdx 1:82-1:92 Unexpected link to missing file `/other/any`',
    ])
    const flat = {...files, 'index.mdx': '[1](/lamps/lamps/list-lamps)\n'}
    expect(await broken(site(flat, configured({navigation: {tabs}})))).toEqual([])
  })

  it('are below the URLs of tabs in the older form of the configuration', async () => {
    const config = JSON.stringify({
      navigation: [{group: 'Start', pages: ['index']}],
      tabs: [{name: 'API', url: 'remote', openapi: 'https://api.example.org/openapi.json'}],
    })
    const root = folder({'mint.json': config, 'index.mdx': text})
    expect(await broken(root)).toEqual([
      'index.mdx 1:5-1:22 Unexpected link to missing file `/lamps/list-lamps`',
      'index.mdx 1:82-1:92 Unexpected link to missing file `/other/any`',
    ])
  })

  it('have ids that are not known, as do components that the page defines', async () => {
    const pages = {
      'index.mdx': '[1](/a#any) [2](/b#any) [3](/c#any)\n',
      'a.mdx': '---\nopenapi: GET /lamps\n---\n',
      'b.mdx': 'export const Lamp = () => <i id={x} />\n\n<Lamp />\n',
      'c.mdx': '<Note>Text</Note>\n',
    }
    expect(messagesOf(await checkFolder(site(pages), 'no-missing-anchor'))).toEqual([
      'index.mdx 1:29-1:35 Unexpected link to missing anchor `#any` in `c.mdx`',
    ])
  })
})

it('follows redirects of Mintlify, with parameters and from other files', async () => {
  const redirects = [
    {source: '/old/:slug*', destination: '/guide/:slug*'},
    {source: '/was/:name/x', destination: '/guide/:name'},
    {source: '/part-*', destination: '/guide/*'},
    {source: '/away', destination: 'https://example.org'},
  ]
  const text = '[1](/old/use) [2](/old/gone) [3](/was/use/x) [4](/part-use) [5](/away) [6](/was/use)\n'
  const files = {'index.mdx': text, 'guide/use.mdx': 'Text\n'}
  const expected = [
    'index.mdx 1:19-1:28 Unexpected link to missing file `/old/gone`',
    'index.mdx 1:76-1:84 Unexpected link to missing file `/was/use`, expected `/guide/use`',
  ]
  const config = {...JSON.parse(CONFIG), redirects}
  expect(await broken(site(files, JSON.stringify(config)))).toEqual(expected)
  const parts = {...files, 'parts/moved.json': JSON.stringify(redirects)}
  const referring = {...JSON.parse(CONFIG), redirects: {$ref: './parts/moved.json'}}
  expect(await broken(site(parts, JSON.stringify(referring)))).toEqual(expected)
})

it('knows the URL of a Mintlify site that its configuration says', async () => {
  const config = {...JSON.parse(CONFIG), seo: {metatags: {canonical: 'https://lamps.example.org/docs'}}}
  const text =
    '[1](https://lamps.example.org/docs/guide/use) [2](https://lamps.example.org/docs/guide/gone)\n'
  const root = site(
    {'index.mdx': text, 'guide/use.mdx': 'Text\n', 'guide/b.mdx': 'Text\n'},
    JSON.stringify(config),
  )
  expect(await broken(root)).toEqual([
    'index.mdx 1:51-1:92 Unexpected link to missing file `https://lamps.example.org/docs/guide/gone`',
  ])
})

it('writes links to pages of Mintlify without extension', async () => {
  const pages = {'index.mdx': '[1](/guide/instal) [2](./guide/instal)\n', 'guide/install.mdx': 'Text\n'}
  expect(await broken(site(pages))).toEqual([
    'index.mdx 1:5-1:18 Unexpected link to missing file `/guide/instal`, expected `/guide/install`',
    'index.mdx 1:24-1:38 Unexpected link to missing file `./guide/instal`, expected `./guide/install`',
  ])
})

it('repairs links in lines that only Markdown takes for code', async () => {
  const text = Array.from({length: 20}, (_, at) => `Line ${at} of this page.`).join('\n\n')
  const steps = '# A\n\n<Steps>\n  <Step title="B">\n\n    Text [b](/guide/old)\n\n  </Step>\n</Steps>\n'
  const root = await repository({'docs.json': CONFIG, 'a.mdx': steps, 'guide/old.mdx': `# Old\n\n${text}\n`})
  await git(root, 'commit', '-qm', 'x')
  await git(root, 'mv', 'guide/old.mdx', 'guide/new.mdx')
  await git(root, 'commit', '-qm', 'y')
  await doccheck(root, ['--offline', '--fix'])
  expect(readFileSync(path.join(root, 'a.mdx'), 'utf8')).toBe(steps.replace('old', 'new'))
})
