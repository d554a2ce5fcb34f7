import {readFile} from 'node:fs/promises'
import path from 'node:path'
import {describe, expect, it} from 'vitest'
import {checkFolder, doccheck, folder, messagesOf} from './run-doccheck.ts'

const CONFIG =
  "import {defineDocs} from 'fumadocs-mdx/config'\nexport const docs = defineDocs({dir: 'content/docs'})\n"

const loader = (more = '', source = 'docs.toFumadocsSource()') =>
  `import {loader} from 'fumadocs-core/source'\nimport {docs} from '@/.source'\nexport const source = loader({baseUrl: '/docs', source: ${source}, ${more}})\n`

const site = (text: string, more: Record<string, string> = {}) => ({
  'source.config.ts': CONFIG,
  'next.config.mjs': 'export default {}\n',
  'lib/source.ts': loader(),
  'app/docs/[[...slug]]/page.tsx': 'export default () => source.getPage()\n',
  'content/docs/index.mdx': `# Lamps\n\n${text}\n`,
  'content/docs/setup.mdx': '# Set up\n\n## Plug it in\n',
  'content/docs/guide/bulbs.mdx': '# Bulbs\n\n## Cold\n',
  ...more,
})

const found = async (text: string, more: Record<string, string> = {}) =>
  messagesOf(await checkFolder(folder(site(text, more))))
    .map((message) => message.replace(/^\S+ \S+ /, ''))
    .sort()

describe('links of a Fumadocs site', () => {
  it.each<[text: string, messages: string[]]>([
    ['[a](/docs/setup) [b](/docs/guide/bulbs#cold) [c](/docs) [d](/docs/setup/)', []],
    ['[a](/docs/setups)', ['Unexpected link to missing file `/docs/setups`, expected `/docs/setup`']],
    ['[a](/docs/guide)', ['Unexpected link to missing file `/docs/guide`']],
    // A browser resolves it against the URL `/docs`.
    ['[a](docs/setup)', []],
    // Hosts have more at their tops than an application knows.
    ['[a](/pricing) [b](/setup)', []],
    [
      '[a](/content/docs/setup)',
      ['Unexpected link to missing file `/content/docs/setup`, expected `/docs/setup`'],
    ],
  ])('%s', async (text, messages) => {
    expect(await found(text)).toEqual(messages)
  })

  it('follow source files only where the code makes them do so', async () => {
    const code = "import {createRelativeLink} from 'fumadocs-ui/mdx'\nsource.getPage()\n"
    const more = {
      'content/docs/guide/index.mdx': '# Guide\n\n[a](./bulbs.mdx#cold) [b](../setup.mdx) [c](./gone.mdx)\n',
      'app/docs/[[...slug]]/page.tsx': code,
    }
    expect(await found('', more)).toEqual(['Unexpected link to missing file `./gone.mdx`'])
  })

  it('lead to the pages of several collections, each below its own URL', async () => {
    const more = {
      'source.config.ts': `${CONFIG}export const posts = defineCollections({type: 'doc', dir: 'content/posts', files: ['**/*.mdx', '!drafts/**']})\n`,
      'lib/blog.ts':
        "import {loader} from 'fumadocs-core/source'\nimport {posts as all} from '@/.source'\nexport const blog = loader({baseUrl: '/blog', source: createMDXSource(all)})\n",
      'content/posts/first.mdx': '# First\n',
      'content/posts/drafts/second.mdx': '# Second\n',
    }
    expect(await found('[a](/blog/first) [b](/blog/drafts/second) [c](/docs/first)', more)).toEqual([
      'Unexpected link to missing file `/blog/drafts/second`',
      'Unexpected link to missing file `/docs/first`, expected `/blog/first`',
    ])
  })

  it('may lead to pages that other sources generate, such as those of an OpenAPI file', async () => {
    const more = {
      'lib/source.ts': loader(
        '',
        'multiple({docs: docs.toFumadocsSource(), openapi: await openapiSource(openapi)})',
      ),
    }
    expect(await found('[a](/docs/api/lamps)', more)).toEqual([])
  })

  it('may lead to other URLs where code makes the slugs of pages', async () => {
    const more = {'lib/source.ts': loader('slugs: (file) => file.data.slug.split("/")')}
    expect(await found('[a](/docs/lamps/setup)', more)).toEqual([])
  })

  it('lead to what the code of Next.js serves', async () => {
    const more = {
      'app/(home)/about/page.tsx': '',
      'app/docs/play/page.tsx': '',
      'app/docs/demo/[name]/page.tsx': '',
      'app/og/[...slug]/route.tsx': '',
      'app/sitemap.ts': '',
      'app/icon.png': '',
      'app/_parts/page.tsx': '',
      'public/manual.pdf': '',
    }
    expect(
      await found(
        '[a](/about) [b](/docs/play) [c](/docs/demo/lamp) [d](/og/x.png) [e](/sitemap.xml) [f](/icon.png) [g](/manual.pdf) [h](/docs/plays)',
        more,
      ),
    ).toEqual(['Unexpected link to missing file `/docs/plays`'])
  })

  it('are certain without Next.js, too, where the pages are', async () => {
    const {'next.config.mjs': _, ...files} = site('[a](/docs/gone) [b](/docs/setup) [c](/gone/too)')
    expect(messagesOf(await checkFolder(folder(files)))).toEqual([
      'content/docs/index.mdx 3:5-3:15 Unexpected link to missing file `/docs/gone`',
    ])
  })
})

describe('languages of a Fumadocs site', () => {
  const languages = (more: string) => ({
    'lib/i18n.ts': `export const i18n = defineI18n({languages: ['en', 'fr'], defaultLanguage: 'en', ${more}})\n`,
    'lib/source.ts': `import {i18n} from './i18n'\n${loader('i18n')}`,
    'app/[lang]/docs/[[...slug]]/page.tsx': 'export default () => source.getPage()\n',
    'app/[lang]/about/page.tsx': '',
  })

  it.each<[parser: string, file: string]>([
    ['', 'content/docs/setup.fr.mdx'],
    ["parser: 'dir'", 'content/docs/fr/setup.mdx'],
  ])('are those of files, %s', async (parser, file) => {
    const more = {
      ...languages(parser),
      [file]: '# Installer\n\n## Brancher\n\n[a](/docs/setup#brancher) [b](/docs/gone)\n',
    }
    expect(
      await found(
        '[a](/docs/setup#plug-it-in) [b](/fr/docs/setup#brancher) [c](/fr/docs/setup#plug-it-in) [d](/en/about) [e](/about) [f](/fr/docs/guide/bulbs)',
        more,
      ),
    ).toEqual([
      `Unexpected link to missing anchor \`#plug-it-in\` in \`${file}\``,
      'Unexpected link to missing file `/docs/gone`',
    ])
  })

  it('show no pages of the main one if they do not fall back to it', async () => {
    expect(await found('[a](/fr/docs/setup)', languages('fallbackLanguage: null'))).toEqual([
      'Unexpected link to missing file `/fr/docs/setup`',
    ])
  })
})

describe('ids of a Fumadocs page', () => {
  it.each<[text: string, more: Record<string, string>, messages: string[]]>([
    ['<Lamp />\n\n[a](#on) [b](#off)', {}, []],
    [
      "import {Lamp} from '@/components/lamp'\n\n<Lamp />\n\n[a](#on) [b](#off)",
      {'components/lamp.tsx': 'export const Lamp = () => <p id="on" />\n'},
      ['Unexpected link to missing anchor `#off`'],
    ],
    [
      '<Lamp />\n\n[a](#on) [b](#off)',
      {
        'mdx-components.tsx': "import {Lamp} from './components/lamp'\nexport const all = {Lamp}\n",
        'components/lamp.tsx': 'export const Lamp = () => <p id="on" />\n',
      },
      ['Unexpected link to missing anchor `#off`'],
    ],
    [
      "import {Lamp} from '@/components/lamp'\n\n<Lamp />\n\n[a](#on)",
      {'components/lamp.tsx': 'export const Lamp = ({name}) => <p id={name} />\n'},
      [],
    ],
    [
      '## 1. Plug it in\n\n[a](#1-plug-it-in) [b](#plug-it-in)',
      {},
      ['Unexpected link to missing anchor `#plug-it-in`, expected `#1-plug-it-in`'],
    ],
    [
      '## 1. Plug it in\n\n[a](#1-plug-it-in) [b](#plug-it-in)',
      {'lib/plugins.ts': "import {remarkSteps} from 'fumadocs-core/mdx-plugins'\n"},
      [],
    ],
    [
      '## Plug it in\n\n[a](#plug)',
      {
        'source.config.ts': `${CONFIG}import {remarkIds} from './lib/ids'\nexport default defineConfig({mdxOptions: {remarkPlugins: (v) => [remarkIds, ...v]}})\n`,
        'lib/ids.ts':
          'export const remarkIds = () => (tree) => { tree.children[0].data = {hProperties: {id: 1}} }\n',
      },
      [],
    ],
    [
      '## Plug it in\n\n[a](#plug)',
      {
        'source.config.ts': `${CONFIG}export default defineConfig({mdxOptions: {remarkHeadingOptions: {slug}}})\n`,
      },
      [],
    ],
  ])('%s %j', async (text, more, messages) => {
    expect(await found(text, more)).toEqual(messages)
  })
})

it('repairs of a Fumadocs site keep the form of the link', async () => {
  const at = folder(
    site('[a](/docs/guide/setups) [b](/docs/guide/bulb#cold)', {
      'content/docs/guide/setup.mdx': '# Set up\n',
    }),
  )
  await doccheck(at, ['--offline', '--no-config', '--fix', '--unsafe'])
  expect(await readFile(path.join(at, 'content/docs/index.mdx'), 'utf8')).toBe(
    '# Lamps\n\n[a](/docs/guide/setup) [b](/docs/guide/bulbs#cold)\n',
  )
})
