import {describe, expect, it} from 'vitest'
import {checkFolder, folder, messagesOf} from './run-doccheck.ts'

const site = (config: string, files: Record<string, string>) => ({
  'next.config.mjs': `import nextra from 'nextra'\nconst withNextra = nextra({${config}})\n`,
  ...files,
})

const found = async (files: Record<string, string>) =>
  messagesOf(await checkFolder(folder(files)))
    .map((message) => message.replace(/^(\S+) \S+ Unexpected /, '$1 '))
    .sort()

describe('links of a Nextra site', () => {
  it('are URLs below that of the content folder, without the extension of a source file', async () => {
    const files = site("contentDirBasePath: '/docs'", {
      'app/docs/[[...mdxPath]]/page.jsx': 'export default () => importPage()\n',
      'content/index.mdx':
        '# Lamps\n\n[a](/docs/setup.mdx) [b](/docs/guide/bulbs) [c](/docs/gone) [d](docs/setup)\n',
      'content/setup.mdx':
        '# Set up\n\n[a](./guide/bulbs.mdx#cold) [b](guide/bulbs) [c](./index) [d](./gone.mdx)\n',
      'content/guide/bulbs.mdx': '# Bulbs\n\n## Cold\n\n[a](../setup) [b](../docs/setup) [c](./shades)\n',
    })
    expect(await found(files)).toEqual([
      'content/guide/bulbs.mdx link to missing file `../docs/setup`, expected `../setup`',
      'content/guide/bulbs.mdx link to missing file `./shades`',
      'content/index.mdx link to missing file `/docs/gone`',
      'content/setup.mdx link to missing file `./gone.mdx`',
      'content/setup.mdx link to missing file `./index`',
    ])
  })

  it('end in a slash where the configuration says so, so that relative ones begin at the page', async () => {
    const files = {
      ...site("contentDirBasePath: '/docs'", {
        'app/docs/[[...mdxPath]]/page.jsx': 'export default () => importPage()\n',
        'content/setup.mdx': '# Set up\n\n[a](../guide/bulbs/) [b](./guide/bulbs/)\n',
        'content/guide/bulbs.mdx': '# Bulbs\n',
      }),
      'next.config.mjs':
        "import nextra from 'nextra'\nexport default nextra({contentDirBasePath: '/docs'})({trailingSlash: true})\n",
    }
    expect(await found(files)).toEqual([
      'content/setup.mdx link to missing file `./guide/bulbs/`, expected `../guide/bulbs/`',
    ])
  })

  it('may lead to pages of code with parameters, such as those of another repository', async () => {
    const files = site('', {
      'app/[[...mdxPath]]/page.jsx': 'export default () => importPage()\n',
      'app/remote/[...slug]/page.jsx': 'export default () => fetchPage()\n',
      'content/guide/setup.mdx': '# Set up\n\n[a](/remote/lamps) [b](/guide/gone)\n',
      'content/guide/bulbs.mdx': '# Bulbs\n',
    })
    expect(await found(files)).toEqual(['content/guide/setup.mdx link to missing file `/guide/gone`'])
  })

  it.each<[name: string, files: Record<string, string>]>([
    [
      'version 2',
      {'pages/setup.en.mdx': '# Set up\n\n## Cold\n', 'pages/setup.fr.mdx': '# Installer\n\n## Froid\n'},
    ],
    [
      'version 3',
      {'pages/en/setup.mdx': '# Set up\n\n## Cold\n', 'pages/fr/setup.mdx': '# Installer\n\n## Froid\n'},
    ],
    [
      'version 4',
      {'content/en/setup.mdx': '# Set up\n\n## Cold\n', 'content/fr/setup.mdx': '# Installer\n\n## Froid\n'},
    ],
  ])('name the language or leave it to the middleware, %s', async (_, files) => {
    const links = '[a](/setup#cold) [b](/fr/setup#froid) [c](/fr/setup#cold) [d](/en/setup) [e](/de/setup)'
    const texts = Object.entries(files).map(([file, text]) => [
      file,
      /\ben\b/.test(file) ? `${text}\n${links}\n` : text,
    ])
    const i18n = "i18n: {locales: ['en', 'fr'], defaultLocale: 'en'}"
    const all = {
      ...Object.fromEntries(texts),
      'next.config.mjs': `import nextra from 'nextra'\nexport default nextra({})({${i18n}})\n`,
      'app/[lang]/[[...mdxPath]]/page.jsx': 'export default () => importPage()\n',
    }
    const [english, french] = Object.keys(files)
    expect(await found(all)).toEqual([`${english} link to missing anchor \`#cold\` in \`${french}\``])
  })

  it('name the language or leave it, where the configuration computes the list of languages', async () => {
    const links = '[a](/guide/wick) [b](/fr/setup) [c](/guide/gone)'
    const files = {
      'next.config.mjs':
        "import nextra from 'nextra'\nimport {main, texts} from './dist/texts.js'\nexport default nextra({})({i18n: {locales: Object.keys(texts), defaultLocale: main}})\n",
      'pages/en/setup.mdx': `# Set up\n\n${links}\n`,
      'pages/en/guide/wick.mdx': '# Wick\n',
      'pages/fr/setup.mdx': '# Installer\n\n[a](/guide/wick) [b](/setup)\n',
    }
    expect(await found(files)).toEqual(['pages/en/setup.mdx link to missing file `/guide/gone`'])
    // With pages elsewhere, folders do not tell.
    expect(await found({...files, 'pages/guide/oil.mdx': '# Oil\n'})).toContain(
      'pages/en/setup.mdx link to missing file `/guide/wick`',
    )
  })

  it('are missing where only the page of what is not found has a route', async () => {
    const page = (name: string) => ({
      'next.config.mjs': "import nextra from 'nextra'\nexport default nextra({})({})\n",
      'pages/guide/setup.mdx': '# Set up\n\n[a](/guide/gone)\n',
      'pages/guide/wick.mdx': '# Wick\n',
      [`pages/${name}.mdx`]: '# None\n',
    })
    const missing = 'pages/guide/setup.mdx link to missing file `/guide/gone`'
    expect(await found(page('[...404]'))).toEqual([missing])
    expect(await found(page('[...slug]'))).toEqual([])
  })

  it.each<[plugins: string, more: Record<string, string>, isDoubted: boolean]>([
    ['remarkPlugins: [remarkMath]', {}, false],
    [
      'remarkPlugins: [remarkBox]',
      {'plugins/box.js': "visit(tree, 'code', (node) => { node.lang = 'x' })\n"},
      false,
    ],
    [
      'remarkPlugins: [remarkBox]',
      {'plugins/box.js': "visit(tree, 'link', (node) => { node.url = '/x' })\n"},
      true,
    ],
    [
      'remarkPlugins: [remarkMade]',
      {'src/plugins/made.ts': "visit(tree, 'code', (node) => { node.lang = 'x' })\n"},
      false,
    ],
    ['remarkPlugins: [remarkMade]', {}, true],
    // Built from code that is elsewhere.
    ['rehypePlugins: [[remarkBox, {}]]', {}, true],
    ["rehypePlugins: ['rehype-rewrite']", {}, true],
    ["rehypePlugins: ['rehype-katex']", {}, false],
    ['remarkPlugins: [() => (tree) => visit(tree, (node) => { node.url = 1 })]', {}, true],
    ['remarkPlugins: [own]', {}, true],
  ])('may be changed by plugins of Markdown: %s %j', async (plugins, more, isDoubted) => {
    const files = {
      'next.config.mjs':
        "import nextra from 'nextra'\nimport remarkMath from 'remark-math'\nimport remarkBox from './plugins/box.js'\nimport remarkMade from './dist/plugins/made.js'\n" +
        `const own = () => (tree) => {\n  visit(tree, 'link', (node) => {\n    node.url = '/x'\n  })\n}\nexport default nextra({mdxOptions: {${plugins}}})({})\n`,
      'content/guide/setup.mdx': '# Set up\n\n[a](/guide/gone)\n',
      'content/guide/bulbs.mdx': '# Bulbs\n',
      ...more,
    }
    expect(await found(files)).toEqual(
      isDoubted ? [] : ['content/guide/setup.mdx link to missing file `/guide/gone`'],
    )
  })
})
