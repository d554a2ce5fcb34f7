import {readFileSync} from 'node:fs'
import path from 'node:path'
import {describe, expect, it} from 'vitest'
import {readVuepress} from '../src/site/platforms/vuepress/config.ts'
import {readCode} from '../src/site/shared/javascript/read.ts'
import {doccheck, folder} from './run-doccheck.ts'

const PLAIN = ['--offline', '--no-config', '--reporter', 'json']
const OF_1 = {'package.json': '{"devDependencies": {"vuepress": "^1.9.0"}}'}
const OF_2 = {'package.json': '{"devDependencies": {"vuepress": "2.0.0-rc.20"}}'}

/** What is found on a site, each as `severity url`, with the part of the message that says what is expected. */
async function found(files: Record<string, string>): Promise<string[]> {
  const {out} = await doccheck(folder(files), PLAIN)
  const pages: {messages: {reason: string; fatal: boolean | null}[]}[] = JSON.parse(out)
  return pages.flatMap(({messages}) =>
    messages.map(({reason, fatal}) => `${fatal ? 'error' : 'warning'} ${reason.replace(/^Unexpected /, '')}`),
  )
}

const config = async (code: string, versions: readonly (1 | 2)[] = [2], dependencies: string[] = []) =>
  readVuepress(await readCode(code), 'docs', {text: code, versions, dependencies})

describe('the configuration', () => {
  it('is read as far as it is known', async () => {
    const {base, home, permalink, locales, otherRoutes, versions} = await config(
      "export default {base: '/x', permalinkPattern: '/:slug', locales: {'/': {}, '/zh/': {}}, theme: t({hostname: 'https://a.example'})}",
    )
    expect({base, home, permalink, locales, otherRoutes, versions}).toEqual({
      base: '/x/',
      home: 'https://a.example/x',
      permalink: '/:slug',
      locales: ['/', '/zh/'],
      otherRoutes: undefined,
      versions: [2],
    })
  })

  it.each([
    ['export default {base: process.env.BASE}', 'the base of the site'],
    ['export default {permalinkPattern: pattern()}', 'where pages are published'],
    ["export default {pagePatterns: [...more, '**/*.md']}", 'the list of pages'],
    ['export default {title: name}', undefined],
  ])('raises a doubt where it is computed: %s', async (code, about) => {
    expect((await config(code)).otherRoutes?.about).toBe(about)
  })

  it.each([
    [
      "import x from 'vuepress-plugin-lamps'\nexport default {plugins: [x()]}",
      [],
      'the plugin vuepress-plugin-lamps',
    ],
    ["module.exports = {plugins: ['lamps']}", [], 'the plugin lamps'],
    ['module.exports = {plugins: {lamps: {}}}', [], 'the plugin lamps'],
    ["module.exports = {theme: 'lamps'}", [], 'the theme vuepress-theme-lamps'],
    ['module.exports = {}', ['vuepress-theme-lamps'], 'the theme vuepress-theme-lamps'],
    ['export default {onInitialized: (app) => createPage(app, {})}', [], 'the configuration'],
    ["module.exports = {additionalPages: [{path: '/x/'}]}", [], 'the configuration'],
    [
      "module.exports = {plugins: ['@vuepress/back-to-top', ['sitemap', {}]]}",
      ['vuepress-theme-hope', '@condorhero/vuepress-plugin-export-pdf-v2'],
      undefined,
    ],
  ])('tells what may add pages: %s', async (code, dependencies, about) => {
    expect((await config(code, [1], dependencies)).more.pages?.about).toBe(about)
  })

  it.each([
    ['export default {markdown: {slugify: mine}}', true],
    ['export default {markdown: {anchor: {slugify: mine}}}', true],
    ['export default {markdown: {anchor: {level: 2}, lineNumbers: true}}', false],
    ['export default {extendsMarkdown: (md) => md.use(anchor)}', true],
  ])('tells whether the slugs are its own: %s', async (code, isOther) => {
    expect((await config(code)).otherSlugs !== undefined).toBe(isOther)
  })
})

it('takes a missing source file for certain, and a route that a plugin may add for likely at most', async () => {
  const more = Object.fromEntries(Array.from({length: 30}, (_, at) => [`docs/guide/p${at}.md`, '# P\n']))
  const links = Array.from({length: 30}, (_, at) => `[x](/guide/p${at}.html)`).join(' ')
  const files = {
    ...OF_2,
    ...more,
    'docs/.vuepress/config.js': "import x from 'vuepress-plugin-lamps'\nexport default {plugins: [x()]}\n",
    'docs/README.md': `# H\n\n${links}\n\n[a](./gone.md) [b](/guide/gone-too.html)\n`,
  }
  expect(await found(files)).toEqual([
    'error link to missing file `./gone.md`',
    expect.stringMatching(/^warning link to missing file `\/guide\/gone-too\.html`/),
  ])
})

it('leaves lists of a blog to it', async () => {
  const files = {
    ...OF_2,
    'docs/.vuepress/config.ts':
      "import {hopeTheme} from 'vuepress-theme-hope'\nexport default {theme: hopeTheme({plugins: {blog: true}})}\n",
    'docs/README.md': '# H\n\n[a](/tag/oil/) [b](/article/) [c](/zh/category/x/) [d](/lamps/)\n',
  }
  expect(await found(files)).toEqual(['error link to missing file `/lamps/`'])
})

it('reads permalinks, patterns of them, and the pages that patterns leave out', async () => {
  const files = {
    ...OF_1,
    'docs/.vuepress/config.js':
      "module.exports = {permalink: '/p/:slug', patterns: ['**/*.md', '!drafts']}\n",
    'docs/README.md':
      '---\npermalink: /\n---\n\n# H\n\n[a](/p/lamp/) [b](lamp.md) [c](/lamp.html) [d](/p/gone/) [e](drafts/x.md)\n',
    'docs/lamp.md': '# Lamp\n',
    'docs/drafts/x.md': '# X\n',
    'docs/.parts/y.md': '[a](beside-the-page-that-shows-it.md)\n',
  }
  expect(await found(files)).toEqual([
    'error link to missing file `/p/gone/`',
    'error link to unpublished file `drafts/x.md`',
  ])
})

it('leaves pages at the top that no pattern names to the host', async () => {
  const files = {
    ...OF_1,
    '.vuepress/config.js': "module.exports = {base: process.env.BASE, patterns: ['docs/**/*.md']}\n",
    'README.md': '# R\n\n[a](lamp.js) [b](docs/guide/README.md) [c](gone.js)\n',
    'lamp.js': '',
    'docs/guide/README.md': '# G\n\n[a](./none/) [b](/none/)\n',
  }
  // Whatever the base is, relative links do not depend on it.
  expect(await found(files)).toEqual([
    'error link to missing file `gone.js`',
    'error link to missing file `./none/`',
  ])
})

it('asks only code about Markdown, and pages with such includes, whether there may be other ids', async () => {
  const files = {
    'package.json': '{"devDependencies": {"vuepress": "^1.9.0", "markdown-it-include": "^2.0.0"}}',
    'docs/.vuepress/config.js':
      "module.exports = {markdown: {extendMarkdown: (md) => md.use(require('markdown-it-include'), options)}}\n",
    'docs/.vuepress/enhanceApp.js': 'export default () => { document.body.attrs = [`id="${name}"`] }\n',
    'docs/README.md': '# H\n\n[a](#nope) [b](other.md#nope)\n',
    'docs/other.md': '# O\n\n!!!include(parts/x.md)!!!\n',
  }
  expect(await found(files)).toEqual(['error link to missing anchor `#nope`'])
})

it('shows the files that markdown-it-include puts into the text, by paths from the folder of the build and then their own', async () => {
  const files = {
    'package.json': '{"devDependencies": {"vuepress": "^1.9.0", "markdown-it-include": "^2.0.0"}}',
    'docs/.vuepress/config.js':
      "module.exports = {markdown: {extendMarkdown: (md) => md.use(require('markdown-it-include'))}}\n",
    'docs/README.md': '# H\n\n[a](guide/oil.md#lamp) [b](guide/oil.md#wick) [c](guide/oil.md#nope)\n',
    'docs/guide/oil.md': '# Oil\n\n!!!include(docs/.parts/lamp.md)!!!\n',
    'docs/.parts/lamp.md':
      '## Lamp\n\n!!! INCLUDE ( sub/wick.md ) !!!\n\n[d](oil.md) [e](#lamp) [f](none.md)\n',
    'docs/.parts/sub/wick.md': '## Wick\n\n[g](/guide/oil.html) [h](#lump)\n',
    'docs/broken.md': '# B\n\n!!!include(docs/.parts/gone.md)!!!\n',
  }
  expect(await found(files)).toEqual([
    'error link to missing file `none.md` (included in `docs/guide/oil.md`)',
    'error link to missing anchor `#lump`, expected `#lamp` (included in `docs/guide/oil.md`)',
    'error link to missing anchor `#nope` in `docs/guide/oil.md`',
    'error include of missing file `docs/.parts/gone.md`',
  ])
})

it('follows the links of the cards of vuepress-plugin-components', async () => {
  const cards =
    '<VPCard\n  title="a"\n  link="./guide/"\n  logo="/lamp.png"\n/>\n\n<VPCard title="b" link="./gone/" logo="/gone.png" />\n\n' +
    '<VPCard title="c" link="https://lamps.example/" />\n\n<VPCard title="d" link="" />\n\n<Other link="./gone/" />\n'
  const files = {
    'docs/.vuepress/config.js': 'module.exports = {base: "/lamps/"}\n',
    'docs/.vuepress/public/lamp.png': '',
    'docs/README.md': `# H\n\n${cards}`,
    'docs/guide/README.md': '# Guide\n',
  }
  const manifest = (theme: string) => ({
    'package.json': `{"devDependencies": {"vuepress": "2.0.0-rc.20", "${theme}": "2.0.0-rc.20"}}`,
  })
  expect(await found({...files, ...manifest('vuepress-theme-hope')})).toEqual([
    'error link to missing file `./gone/`',
    'error link to missing file `/gone.png`',
  ])
  expect(await found({...files, ...manifest('@vuepress/theme-default')})).toEqual([])
})

it('follows the properties that components of the site hand on', async () => {
  const files = {
    ...OF_2,
    'docs/.vuepress/config.js': 'module.exports = {}\n',
    'docs/.vuepress/components/Card.vue':
      '<template><RouterLink v-if="isInternal" :to="link"><img :src="icon" /></RouterLink><a v-else :href="link">x</a></template>\n',
    'docs/.vuepress/components/Odd.vue': '<template><a :href="\'/x/\' + link">x</a></template>\n',
    'docs/README.md':
      '# H\n\n<Card link="./guide/" icon="none" /> <Card link="https://lamps.example/" />\n\n<Card link="./gone/" icon="/gone.png" />\n\n<Odd link="./gone/" />\n',
    'docs/guide/README.md': '# Guide\n',
  }
  expect(await found(files)).toEqual([
    'error link to missing file `./gone/`',
    'error link to missing file `/gone.png`',
  ])
})

it('lets letter case decide only where the router does', async () => {
  const pages = {
    'docs/README.md': '# H\n\n[a](Lamp.md)\n',
    'docs/lamp.md': '# Lamp\n',
    'docs/.vuepress/config.js': '',
  }
  expect(await found({...OF_1, ...pages})).toEqual([])
  expect(await found({...OF_2, ...pages})).toEqual([
    'error letter case in link `Lamp.md`, expected `lamp.md`',
  ])
})

it('reads a configuration of data, which only the first version does', async () => {
  const files = {
    'docs/.vuepress/config.yml': 'base: /lamps/\nthemeConfig:\n  nav: []\n',
    'docs/README.md': '# H\n\n## A\n\n## A\n\n[a](/lamp.html) [b](/gone.html) [c](#a-2) [d](#a-1)\n',
    'docs/lamp.md': '# Lamp\n',
  }
  expect(await found(files)).toEqual([
    'error link to missing file `/gone.html`',
    'error link to missing anchor `#a-1`',
  ])
})

it('accepts the ids of both versions where neither is known', async () => {
  const files = {
    'docs/.vuepress/config.js': 'module.exports = {}\n',
    'docs/README.md':
      '# H\n\n## A\n\n## A\n\n## On — off\n\n[a](#a-1) [b](#a-2) [c](#on-off) [d](#on-—-off) [e](#nope)\n',
  }
  expect(await found(files)).toEqual(['error link to missing anchor `#nope`'])
})

it.each([
  ['/guide/lamp/', '/guide/lamp.html'],
  ['./Wick.md', './wick.md'],
  ['/guide/Wick.html', '/guide/wick.html'],
])('repairs a link in its form: %s', async (broken, right) => {
  const root = folder({
    ...OF_2,
    'docs/.vuepress/config.js': '',
    'docs/guide/README.md': `# G\n\n[a](${broken}#a)\n`,
    'docs/guide/lamp.md': '# A\n',
    'docs/guide/wick.md': '# A\n',
  })
  expect((await doccheck(root, ['--offline', '--no-config', '--fix'])).code).toBe(0)
  expect(readFileSync(path.join(root, 'docs/guide/README.md'), 'utf8')).toBe(`# G\n\n[a](${right}#a)\n`)
})

it.each([
  ['^1.9.0', '<a href="/x/instalation.html">', '/x/installation.html'],
  ['^1.9.0', '[a](/instalation.html)', '/installation.html'],
  ['2.0.0-rc.20', '<a href="/x/instalation.html">', '/x/installation.html'],
  ['2.0.0-rc.20', '[a](/x/instalation.html)', '/x/installation.html'],
])('writes the base of the site if the link has it: %s, %s', async (version, broken, right) => {
  const files = {
    'package.json': JSON.stringify({devDependencies: {vuepress: version}}),
    'docs/.vuepress/config.js': "module.exports = {base: '/x/'}\n",
    'docs/README.md': `# H\n\n${broken}\n`,
    'docs/installation.md': '# I\n',
  }
  expect(await found(files)).toEqual([expect.stringContaining(`expected \`${right}\``)])
})

// `handleRedirectTo` of @vuepress/plugin-redirect adds the fragment to the URL that it replaces the location with.
it('finds fragments on the page that another one redirects to', async () => {
  const files = {
    ...OF_2,
    'docs/.vuepress/config.js': '',
    'docs/README.md': '# H\n\n[a](a.md#bulbs) [b](a.md#bulb) [c](loop.md#loop)\n',
    'docs/a.md': '---\nredirectTo: b.html\n---\n',
    'docs/b.md': '---\nredirectTo: /c.html\n---\n',
    'docs/c.md': '# C\n\n## Bulbs\n',
    'docs/loop.md': '---\nredirectTo: loop.html\n---\n\n# Loop\n',
  }
  expect(await found(files)).toEqual([
    'error link to missing anchor `#bulb` in `docs/a.md`, expected `#bulbs`',
  ])
})

it('finds code from the folder in which VuePress is run, which is not where a path leaves the tree', async () => {
  const files = {
    'packages/docs/package.json': OF_1['package.json'],
    'packages/docs/src/.vuepress/config.js': 'module.exports = {}\n',
    'packages/docs/src/README.md':
      '# H\n\n<<< @/../lamps/a.js\n\n<<< @/../lamps/gone.js\n\n<<< @/../../../none/gone.js\n',
    'packages/lamps/a.js': '',
    'README.md': '# Lamps\n',
  }
  expect(await found(files)).toEqual(['error include of missing file `@/../lamps/gone.js`'])
})

// Only `code` is followed by a space, braces or the bracket in what @vuepress/markdown imports (its SYNTAX_RE).
it('leaves to plugins what they embed', async () => {
  const embedded = ['codepen', 'code-tree title="x"', 'youtube', 'demo vue'].map(
    (name) => `@[${name}](lamps/x)\n`,
  )
  const files = {
    ...OF_2,
    'docs/.vuepress/config.js': '',
    'docs/README.md': `# H\n\n${embedded.join('\n')}\n@[code{1-2} js](gone.js)\n\n@[code](gone-2.js)\n`,
  }
  expect(await found(files)).toEqual([
    'error include of missing file `gone.js`',
    'error include of missing file `gone-2.js`',
  ])
})

it('is of the version that the nearest package asks for', async () => {
  const files = {
    'a/package.json': OF_1['package.json'],
    'a/b/package.json': OF_2['package.json'],
    'a/b/docs/.vuepress/config.js': '',
    'a/b/docs/README.md': '# H\n\n## 2 — b\n\n[1](#_2-—-b) [2](#_2-b)\n',
  }
  expect(await found(files)).toEqual([expect.stringContaining('`#_2-b`')])
})

it('accepts sizes of images, which CommonMark shows as text', async () => {
  const files = {
    ...OF_2,
    'docs/.vuepress/config.js': '',
    'docs/README.md': '# H\n\n![a](/a.png =20x30) ![b](/a.png "B" =20x) [c](/a b.png)\n',
    'docs/.vuepress/public/a.png': '',
  }
  expect((await found(files)).filter((each) => each.includes('20x'))).toEqual([])
})

it('reads attributes of Vue whose code is a string, and components that link to routes', async () => {
  const files = {
    ...OF_2,
    'docs/.vuepress/config.js': "export default {base: '/x/'}\n",
    'docs/.vuepress/public/a.png': '',
    'docs/README.md': `# H

<img :src="$withBase('/a.png')"> <img :src="$withBase('/gone.png')"> <img :src="image">

<RouteLink to="/lamp.html">x</RouteLink> <RouterLink to="/gone.html">x</RouterLink> <RouterLink :to="'/none.html'">x</RouterLink>
`,
    'docs/lamp.md': '# Lamp\n',
  }
  expect(await found(files)).toEqual([
    'error missing image `/gone.png`',
    'error link to missing file `/gone.html`',
    'error link to missing file `/none.html`',
  ])
})
