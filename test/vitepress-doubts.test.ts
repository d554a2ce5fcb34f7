import {describe, expect, it} from 'vitest'
import {readPage} from '../src/page/read-page.ts'
import type {Page} from '../src/page/types.ts'
import {describeSites} from '../src/site/describe-sites.ts'
import {doubtWords} from '../src/site/doubts.ts'
import {contextOf} from './virtual-tree.ts'

async function siteOf(texts: Readonly<Record<string, string>>, of = 'a.md') {
  const pages = new Map<string, Page>()
  const context = {...contextOf(texts), page: (path: string) => pages.get(path)}
  const sites = await describeSites(context)
  for (const [path, text] of Object.entries(texts))
    if (path.endsWith('.md')) pages.set(path, await readPage(path, text, sites.of(path).syntax))
  const site = sites.publish(context).of(of)
  const anchors = () => site.anchorsOf(pages.get(of)!)
  return {
    leads: (url: string, image?: true) => {
      const found = site.resolve({url, kind: image ? 'image' : 'link', ...(image && {image})}, of)
      return found.to === 'unknown' ? doubtWords(found.doubt) : found.to
    },
    /** Whether a fragment exists; if not, the reasons for which it may. */
    fragment: (fragment: string) =>
      anchors().has(fragment) ||
      anchors()
        .doubts.filter(({covers}) => covers?.(fragment) ?? true)
        .map(doubtWords),
  }
}

const CONFIG = '.vitepress/config.ts'
const DEPENDS = (vitepress: string) => JSON.stringify({devDependencies: {vitepress}})

describe('the anchors of VitePress', () => {
  it('are uncertain only near a heading that is', async () => {
    const site = await siteOf({[CONFIG]: 'export default {}', 'a.md': '# Build &amp; run it\n\n## Other\n'})
    expect(site.fragment('build-amp-run-it')).toBe(true)
    expect(site.fragment('build-run-it')).toEqual(['the id of “Build &amp; run it” is uncertain'])
    expect(site.fragment('gone')).toEqual([])
    expect(site.fragment('other')).toBe(true)
  })

  it.each([
    ['<Note />', '<template><p id="own"><slot /></p></template>', []],
    ['<Note />', '<template><p :id="name" /></template>', ['<Note> may add ids']],
    ['<note-box />', '<template><p /></template>', ['<note-box> may add ids']],
    ['```vue\n<Other />\n```', '', []],
    ['{{ $frontmatter.title }}', '', []],
    ['{% if lamp %}\n\nText\n\n{% endif %}', '', []],
  ])('%j with %j', async (text, code, doubts) => {
    const site = await siteOf({
      [CONFIG]: 'export default {}',
      'a.md': `# A\n\n${text}\n`,
      '.vitepress/theme/Note.vue': code,
    })
    expect(site.fragment('gone')).toEqual(doubts)
    expect(site.fragment('own')).toEqual(code.includes('"own"') ? true : doubts)
  })

  it.each([
    [
      "import Icons from 'unplugin-icons/vite'\nexport default {plugins: [Icons({include: [/\\.(md|vue)$/]})]}",
      [],
    ],
    [
      "import Icons from 'unplugin-icons/vite'\nexport default {plugins: [Icons(), pages({include: [/\\.md$/]})]}",
      ['a Vite plugin may add or change ids'],
    ],
    [
      "import pages from './pages'\nexport default {plugins: [pages({include: [/\\.md$/]})]}",
      ['a Vite plugin may add or change ids'],
    ],
  ])('are uncertain where a plugin may change pages: %j', async (code, doubts) => {
    const site = await siteOf({[CONFIG]: 'export default {}', 'vite.config.ts': code, 'a.md': '# A\n'})
    expect(site.fragment('gone')).toEqual(doubts)
  })

  it('are those of components under the names that a theme gives them', async () => {
    const site = await siteOf({
      [CONFIG]: 'export default {}',
      'a.md': '# A\n\n<L href="/">x</L>\n',
      '.vitepress/theme/Link.vue': '<template><a :href="href"><slot/></a></template>',
      '.vitepress/theme/index.ts':
        "import Link from './Link.vue'\nexport default {enhanceApp({app}) { app.component('L', Link) }}",
    })
    expect(site.fragment('gone')).toEqual([])
  })

  it('include those of included pages', async () => {
    const site = await siteOf({
      [CONFIG]: 'export default {}',
      'a.md': '# A\n\n<!--@include: ./parts/b.md{3,}-->\n',
      'parts/b.md': '## Within\n',
    })
    expect(site.fragment('within')).toBe(true)
    expect(site.fragment('gone')).toEqual([])
  })

  it('depend on the level', async () => {
    const site = await siteOf({
      [CONFIG]: 'export default {markdown: {anchor: {level: 2}}}',
      'a.md': '# Top\n\n## Next\n',
    })
    expect(site.fragment('next')).toBe(true)
    expect(site.fragment('a-top')).toEqual([])
  })

  it('are not those that a slugger of its own may make of headings with other ids', async () => {
    const config = {[CONFIG]: 'export default {markdown: {anchor: {slugify}}}'}
    const all = await siteOf({
      ...config,
      'package.json': DEPENDS('1.6.4'),
      'a.md': '# _M {#m}\n\n## B {#b}\n',
    })
    expect(all.fragment('_m')).toEqual([])
    expect(all.fragment('c')).toEqual([])
    const some = await siteOf({
      ...config,
      'package.json': DEPENDS('^1.5'),
      'a.md': '# _M {#m}\n\n## B {#b}\n\n# B\n',
    })
    expect(some.fragment('_m')).toEqual([])
    for (const id of ['_b', 'c']) expect(some.fragment(id)).toEqual(['the ids of headings are configured'])
  })

  it.each([
    ['0.20.10', []],
    ['^1.6.4', []],
    ['2.0.0-alpha.17', true],
    ['catalog:docs', true],
  ])('are found by fragments in other spellings by version %s: %s', async (version, found) => {
    const site = await siteOf({
      [CONFIG]: 'export default {}',
      'package.json': DEPENDS(version),
      'a.md': '# Set up\n',
    })
    expect(site.fragment('Set-Up')).toEqual(found)
  })

  it('are those of the version of the site, not of the tree around it', async () => {
    const site = await siteOf(
      {
        [`docs/${CONFIG}`]: 'export default {}',
        'docs/package.json': DEPENDS('2.0.0-alpha.17'),
        'package.json': DEPENDS('1.6.4'),
        'docs/a.md': '# Set up\n',
      },
      'docs/a.md',
    )
    expect(site.fragment('Set-Up')).toBe(true)
  })
})

describe('the links of VitePress', () => {
  it.each([
    ["{ignoreDeadLinks: [/^\\/play/, '/repl/index']}", '/play/x', false, 'outside'],
    ["{ignoreDeadLinks: [/^\\/play/, '/repl/index']}", '/repl/', false, 'outside'],
    ['{ignoreDeadLinks: true}', '/play/x', false, 'missing'],
    ['{ignoreDeadLinks: [(url) => url]}', '/play/x', false, 'ignoreDeadLinks is computed'],
    ['{}', './files/x.pdf', false, 'missing'],
    ['{}', '/gone.pdf', false, 'the build may add pages or files'],
    ['{}', '/gone.png', true, 'missing'],
    ['{rewrites: make()}', '/gone', false, 'where pages are published is computed'],
    ['{}', '/pkg/one', false, 'a permalink, a route with parameters or a redirect may match it'],
  ])('%s: %s', async (config, url, image, leads) => {
    const site = await siteOf({
      [CONFIG]: `export default ${config}`,
      'a.md': '# A\n',
      'files/x.pdf': '',
      'pkg/[name].md': '# {{ $params.name }}\n',
    })
    expect(site.leads(url, image || undefined)).toBe(leads)
  })
})

describe('a missing page that the configuration links to', () => {
  const LISTED = 'the navigation lists it, or pages beside it, so that the build may create it'

  it.each([
    ['/api/config', LISTED],
    ['/api/config.html#lamp', LISTED],
    ['/api/other', LISTED],
    ['/api/deep/er', 'missing'],
    ['/guide/gone', LISTED],
    // There is a folder, so that other pages of it are in the tree.
    ['/guide/other', 'missing'],
    ['/', 'missing'],
  ])('may be created: %s', async (url, leads) => {
    const nav = "[{link: '/api/config#top'}, {link: '/guide/gone/'}, {link: `/`}]"
    const site = await siteOf({
      [CONFIG]: `export default {themeConfig: {nav: ${nav}}}`,
      'a.md': '# A\n',
      'guide/lamp.md': '# Lamp\n',
    })
    expect(site.leads(url)).toBe(leads)
  })
})

describe('a link with more ../ than its page has folders', () => {
  const pages = {'a.md': '# A\n', 'guide/lamp.md': '# Lamp\n'}

  it.each([
    ['../../guide/lamp.md', '', 'page'],
    ['../guide/lamp', '', 'page'],
    ['../guide/gone.md', '', 'missing'],
    // The base is left, too.
    ['../guide/lamp.md', "base: '/docs/'", 'missing'],
  ])('starts from the root in a browser: %s with %j', async (url, config, leads) => {
    const site = await siteOf({[CONFIG]: `export default {${config}}`, ...pages})
    expect(site.leads(url)).toBe(leads)
  })
})
