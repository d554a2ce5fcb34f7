import {describe, expect, it} from 'vitest'
import {describeSites} from '../src/site/describe-sites.ts'
import {doubtWords} from '../src/site/doubts.ts'
import {contextOf, pagesOf} from './virtual-tree.ts'

const PAGES = {
  'src/content/docs/a.md': '# A\n',
  'src/content/docs/b.mdx': "import C from '../../components/C.astro'\n\n## Head\n\n<C />\n",
}

/** A configuration of Astro with Starlight that imports something more. */
const configured = (imports: string, more = '', plugins = '') =>
  `import starlight from '@astrojs/starlight'\n${imports}\nexport default {${more} integrations: [starlight({title: 'x', plugins: [${plugins}]})]}\n`

async function siteOf(texts: Readonly<Record<string, string>>) {
  const pages = await pagesOf(texts)
  const context = {...contextOf(texts), page: (path: string) => pages.get(path)}
  const sites = (await describeSites(context)).publish(context)
  const site = sites.of('src/content/docs/a.md')
  return {
    /** Where a link leads: the reason for which that is not known, if it is not. */
    leads: (url: string) => {
      const found = site.resolve({url, kind: 'link'}, 'src/content/docs/a.md')
      return found.to === 'unknown' ? doubtWords(found.doubt) : found.to
    },
    doubts: (path: string) => site.anchorsOf(pages.get(path)!).doubts.map(doubtWords),
    has: (path: string, fragment: string) => site.anchorsOf(pages.get(path)!).has(fragment),
  }
}

describe('packages of a Starlight site', () => {
  it.each([
    [
      "import llms from 'starlight-llms-txt'",
      '',
      '/llms-full.txt',
      'starlight-llms-txt may add pages or files',
    ],
    ["import llms from 'starlight-llms-txt'", '', '/gone/', 'missing'],
    ["import blog from 'starlight-blog'", 'blog()', '/blog/', 'starlight-blog may add pages or files'],
    [
      "import blog from 'starlight-blog'",
      "blog({prefix: 'news'})",
      '/fr/news/x/',
      'starlight-blog may add pages or files',
    ],
    ["import blog from 'starlight-blog'", "blog({prefix: 'news'})", '/blog/', 'missing'],
    ["import x from 'starlight-unknown'", 'x()', '/gone/', 'starlight-unknown may add pages or files'],
    ["import x from './x.js'", 'x()', '/gone/', './x.js may add pages or files'],
    ["import math from 'remark-math'", '', '/gone/', 'missing'],
    ["import odd from 'remark-odd'", '', '/gone/', 'remark-odd may change where links lead'],
  ])('%s, %s: %s', async (imports, plugins, url, leads) => {
    const site = await siteOf({...PAGES, 'astro.config.mjs': configured(imports, '', plugins)})
    expect(site.leads(url)).toBe(leads)
  })

  it('are told apart by what they may do to ids', async () => {
    const none = await siteOf({...PAGES, 'astro.config.mjs': configured("import s from 'rehype-slug'")})
    expect(none.doubts('src/content/docs/a.md')).toEqual([])
    const some = await siteOf({...PAGES, 'astro.config.mjs': configured("import o from 'remark-odd'")})
    expect(some.doubts('src/content/docs/a.md')).toEqual(['remark-odd may add or change ids'])
  })

  it('may be local integrations with known routes', async () => {
    const site = await siteOf({
      ...PAGES,
      'astro.config.mjs': configured("import tags from './tags.js'"),
      'tags.js':
        "export default () => ({name: 'tags', hooks: {'astro:config:setup': ({injectRoute}) => injectRoute({pattern: '/tags/[tag]', entrypoint: './t.astro'})}})",
    })
    expect(site.leads('/tags/one/')).toBe('tags.js may add pages or files')
    expect(site.leads('/other/')).toBe('missing')
  })
})

describe('redirects of an Astro site', () => {
  it('lead elsewhere, also from another module', async () => {
    const site = await siteOf({
      ...PAGES,
      'astro.config.mjs': configured("import redirects from './redirects.js'", 'redirects: {...redirects},'),
      'redirects.js': "export default {'/old': '/a/'}",
    })
    expect(site.leads('/old/')).toBe('outside')
    expect(site.leads('/older/')).toBe('missing')
  })
})

describe('components of an Astro site', () => {
  it.each([
    ['<p><slot /></p>', []],
    ['<p id="own"><slot /></p>', []],
    ['---\nconst {id} = Astro.props\n---\n<p id={id}></p>', ['<C> may add ids']],
    ["---\nimport D from './D.astro'\n---\n<D />", []],
    ["---\nimport {D} from 'some-package'\n---\n<D />", ['<C> may add ids']],
    [
      "---\nimport fs from 'node:fs'\nconst html = fs.readFileSync('x')\n---\n<Fragment set:html={html} />",
      ['<C> shows content from elsewhere'],
    ],
  ])('%j', async (code, doubts) => {
    const site = await siteOf({
      ...PAGES,
      'astro.config.mjs': configured(''),
      'src/components/C.astro': code,
      'src/components/D.astro': '<b id="deep"></b>',
    })
    expect(site.doubts('src/content/docs/b.mdx')).toEqual(doubts)
    expect(site.has('src/content/docs/b.mdx', 'own')).toBe(code.includes('id="own"'))
    expect(site.has('src/content/docs/b.mdx', 'deep')).toBe(code.includes('./D.astro'))
  })

  it('may be pages, whose ids they have', async () => {
    const site = await siteOf({
      'astro.config.mjs': configured(''),
      'tsconfig.json': '{"compilerOptions": {"paths": {"@parts/*": ["./src/parts/*"]}}}',
      'src/content/docs/a.md': '# A\n',
      'src/content/docs/b.mdx': "import P from '@parts/p.mdx'\n\n<P />\n",
      'src/parts/p.mdx': '## From a part\n',
    })
    expect(site.doubts('src/content/docs/b.mdx')).toEqual([])
    expect(site.has('src/content/docs/b.mdx', 'from-a-part')).toBe(true)
  })
})
