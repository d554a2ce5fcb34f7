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
    leads: (url: string, image?: true) => {
      const link = {url, kind: image ? 'image' : 'link', ...(image && {image})} as const
      const found = site.resolve(link, 'src/content/docs/a.md')
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
      '/fr/news/authors/x/',
      'starlight-blog may add pages or files',
    ],
    ["import blog from 'starlight-blog'", "blog({prefix: 'news'})", '/blog/', 'missing'],
    [
      "import blog from 'starlight-blog'",
      'blog()',
      '/fr/blog/tags/a/',
      'starlight-blog may add pages or files',
    ],
    ["import blog from 'starlight-blog'", 'blog()', '/blog/2/', 'starlight-blog may add pages or files'],
    // A post is a page of the site.
    ["import blog from 'starlight-blog'", 'blog()', '/blog/gone/', 'missing'],
    ["import x from 'starlight-unknown'", 'x()', '/gone/', 'starlight-unknown may add pages or files'],
    ["import x from './x.js'", 'x()', '/gone/', './x.js may add pages or files'],
    ["import math from 'remark-math'", '', '/gone/', 'missing'],
    [
      "// like require('other-plugin')\n/* import x from 'other-plugin'\n * or require('other-plugin') */",
      '',
      '/gone/',
      'missing',
    ],
    ["import odd from 'remark-odd'", '', '/gone/', 'remark-odd may change where links lead'],
  ])('%s, %s: %s', async (imports, plugins, url, leads) => {
    const site = await siteOf({...PAGES, 'astro.config.mjs': configured(imports, '', plugins)})
    expect(site.leads(url)).toBe(leads)
  })

  it('add no pages as the adapter, which serves those that there are', async () => {
    const imports = "import host from 'astro-unknown'"
    const asAdapter = await siteOf({...PAGES, 'astro.config.mjs': configured(imports, 'adapter: host(),')})
    expect(asAdapter.leads('/gone/')).toBe('missing')
    const other = await siteOf({...PAGES, 'astro.config.mjs': configured(imports)})
    expect(other.leads('/gone/')).toBe('astro-unknown may add pages or files')
  })

  it.each([
    ["import lunaria from '@lunariajs/starlight'", 'lunaria()', '/lunaria/', '/gone/'],
    [
      "import lunaria from '@lunariajs/starlight'",
      "lunaria({route: '/progress'})",
      '/progress/',
      '/lunaria/',
    ],
    ["import changes from 'starlight-changelogs'", 'changes()', '/versions/2/', '/gone/'],
    // The options of a call that is not found are not known.
    ["import blog from 'starlight-blog'", '', '/blog/', undefined],
  ])('%s, %s: in its folder', async (imports, plugins, added, gone) => {
    const site = await siteOf({
      ...PAGES,
      'astro.config.mjs': configured(imports, '', plugins),
      'src/content.config.ts':
        "import {changelogsLoader} from 'starlight-changelogs/loader'\nexport const collections = {docs: defineCollection({loader: docsLoader()}), more: defineCollection({loader: changelogsLoader([{base: 'versions'}])})}\n",
    })
    expect(site.leads(added)).toContain('may add pages or files')
    expect(site.leads(gone ?? '/gone/') === 'missing').toBe(gone !== undefined)
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

describe('a local plugin of an Astro site', () => {
  it.each([
    ["if (node.type === 'link') node.url = f(node.url)", false],
    ["if (node.type === 'link' || node.type === 'image') node.url = f(node.url)", true],
    ['if (node.url) node.url = f(node.url)', true],
    ['// node.url = 1\n', undefined],
  ])('may change links, and images: %s', async (code, changesImages) => {
    const site = await siteOf({
      ...PAGES,
      'astro.config.mjs': configured("import own from './own.js'", 'markdown: {remarkPlugins: [own]},'),
      'own.js': `export default () => (tree) => visit(tree, (node) => {\n${code}\n})\n`,
      'public/img/a.png': '',
    })
    const may = 'own.js may change where links lead'
    expect(site.leads('/gone/')).toBe(changesImages === undefined ? 'missing' : may)
    expect(site.leads('/img/b.png', true)).toBe(changesImages ? may : 'missing')
  })
})

describe('a build script of an Astro site', () => {
  const MAY = 'the build script may generate pages'
  const UNIGNORED = 'the build may generate pages that git does not ignore'

  it.each([
    [{}, MAY],
    [{'.gitignore': '# src/content/docs/\ndist/\n'}, MAY],
    [{'.gitignore': 'dist/\n/src/content/docs/releases.md\n'}, UNIGNORED],
    [{'src/content/docs/api/.gitignore': '*.md\n'}, UNIGNORED],
  ])('is known by what git ignores: %j', async (ignored, leads) => {
    const site = await siteOf({
      ...PAGES,
      'astro.config.mjs': configured(''),
      'package.json': '{"scripts": {"build": "node make-pages.js && astro build"}}',
      ...ignored,
    })
    expect(site.leads('/gone/')).toBe(leads)
  })

  it('may be code of the configuration', async () => {
    const texts = {
      ...PAGES,
      'astro.config.mjs': configured("import own from './own.js'"),
      'own.js': 'writeFileSync(output, text)\n',
    }
    expect((await siteOf(texts)).leads('/gone/')).toBe('own.js may add pages or files')
    const ignored = {'src/content/docs/api/.gitignore': '*.md\n'}
    expect((await siteOf({...texts, ...ignored})).leads('/gone/')).toBe(UNIGNORED)
  })
})

describe('middleware of an Astro site', () => {
  const MAY = 'middleware may serve more pages'
  const lists =
    "const old = ['/old/', '/fr/rules/']\nif (old.some((each) => path.startsWith(each))) return redirect('/')"

  it('may answer paths with all of a string', async () => {
    const site = await siteOf({
      ...PAGES,
      'astro.config.mjs': configured(''),
      'src/middleware.ts':
        "if (path.startsWith('/fr/rules/') || path.startsWith('/la') || first === 'ja') return Response.error()\n",
    })
    const isDoubted = (url: string) => site.leads(url) === MAY
    expect(['/fr/rules/a/', '/lamps/', '/ja/', '/ja/a/'].filter(isDoubted)).toHaveLength(4)
    expect(['/fr/a/', '/fr/rule/', '/jade/', '/a/ninja/', '/a/la/'].filter(isDoubted)).toEqual(['/a/la/'])
  })

  it.each([
    [lists, 'missing', MAY],
    [`// For those in /gone/.\n${lists}`, 'missing', MAY],
    [`import {find} from './redirects.js'\n${lists}`, MAY, MAY],
    [`if (/^.gone/.test(path)) return redirect('/')\n${lists}`, MAY, MAY],
    [`if (path.length > 3) return redirect('/')\n${lists}`, MAY, MAY],
    [lists.replace('redirect', 'next'), 'missing', 'missing'],
  ])('may answer the paths that its code tells apart: %s', async (code, gone, old) => {
    const site = await siteOf({
      ...PAGES,
      'astro.config.mjs': configured(''),
      'src/middleware.ts': `import {defineMiddleware} from 'astro:middleware'\n${code}\n`,
    })
    expect(site.leads('/gone/')).toBe(gone)
    expect(site.leads('/gold/')).toBe(gone)
    expect(site.leads('/old/a/')).toBe(old)
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
    ["<script>element.setAttribute('id', name)</script>", ['<C> may add ids']],
    ['<script is:inline>element.id = name</script>', ['<C> may add ids']],
    ['<script is:inline>element.insertAdjacentHTML(where, html)</script>', ['<C> may add ids']],
    // Neither a comparison nor a type, nor an attribute of another name.
    ["<script is:inline>if (item.id === 'a') item.setAttribute('role', 'tab')</script>", []],
    ['---\ninterface Props {id: string}\nconst all = a ? b.id : c\n---\n<p data-row-id={row}></p>', []],
    ["---\nimport D from './D.astro'\n---\n<D />", []],
    ["---\nimport {D} from 'some-package'\n---\n<D />", ['<C> may add ids']],
    // Modules show nothing, whatever they import, but may hand components on.
    ["---\nimport {name} from './names'\n---\n{name}", []],
    ["---\nimport {D} from '.'\n---\n<D />", []],
    ["---\nimport {E} from '../parts'\n---\n<E />", ['<C> may add ids']],
    ["---\nimport {F} from '../parts'\n---\n<F />", []],
    ["---\nimport {F, E} from '../parts'\n---\n<F />", ['<C> may add ids']],
    ["---\nimport * as all from '../parts'\n---\n<all.F />", ['<C> may add ids']],
    ["---\nimport {F} from '../parts/more'\n---\n<F />", ['<C> may add ids']],
    // The text around a value is known, and comments are no code.
    ['<p id={`tab-${name}`}></p>', ['template code adds ids of that form']],
    [
      '---\nconst name = `tab-${Astro.props.a}`\n---\n<p id={name}></p>',
      ['template code adds ids of that form'],
    ],
    ['<p id={`${a}-${b}`}></p>', ['<C> may add ids']],
    ['---\n/* <p id={id}> */\n// <p id={id}>\n---\n<!-- <p id={id}> -->', []],
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
      'src/components/index.ts': "export {default as D} from './D.astro'\n",
      'src/components/names.ts': "import {x} from 'some-package'\nexport const name = x\n",
      'src/parts/index.js':
        "// All parts\nexport {default as E} from './E.astro'\nimport F from './F.astro'\nexport {F}\n",
      'src/parts/more.js': "import {E} from '.'\nexport {F} from '.'\nexport const G = E\n",
      'src/parts/F.astro': '<b />',
      'src/parts/E.astro': '<p id={x}></p>',
    })
    expect(site.doubts('src/content/docs/b.mdx')).toEqual(doubts)
    expect(site.has('src/content/docs/b.mdx', 'own')).toBe(code.includes('id="own"'))
    expect(site.has('src/content/docs/b.mdx', 'deep')).toBe(/'\.\/D\.astro'|'\.'/.test(code))
  })

  it('are imported by name', async () => {
    const site = await siteOf({
      ...PAGES,
      'astro.config.mjs': configured(''),
      'src/content/docs/b.mdx':
        "import {D} from '../../parts'\n\n<D /> <Fragment>a</Fragment> <Fragment set:html={'<b>'} />\n",
      'src/content/docs/c.mdx': '<Fragment set:html={html} />\n',
      'src/parts/index.ts': "export {D} from './d'\nexport {default as E} from './E.astro'\n",
      'src/parts/d/index.ts': "export {default as D} from './D.astro'\n",
      'src/parts/d/D.astro': '<b id="deep"></b>',
      'src/parts/E.astro': '<p id={x}></p>',
    })
    expect(site.doubts('src/content/docs/b.mdx')).toEqual([])
    expect(site.has('src/content/docs/b.mdx', 'deep')).toBe(true)
    expect(site.doubts('src/content/docs/c.mdx')).toEqual(['an expression may add ids'])
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

describe('the layout of an entry that a page with parameters shows', () => {
  it.each([
    ['<main id="content"><slot /></main>', []],
    [
      '---\nconst {id} = Astro.props\n---\n<main id={id}><slot /></main>',
      ['the layout of its collection may add ids'],
    ],
  ])('%j', async (layout, doubts) => {
    const site = await siteOf({
      ...PAGES,
      'astro.config.mjs': configured(''),
      'src/layouts/Base.astro': layout,
      'src/pages/notes/[slug].astro': `---
import Base from '../../layouts/Base.astro'
const all = await getCollection('notes')
const {Content} = await render(all[0])
---
<Base><Content /></Base>
`,
      'src/content/notes/first.md': '# First\n',
    })
    expect(site.doubts('src/content/notes/first.md')).toEqual(doubts)
    expect(site.has('src/content/notes/first.md', 'content')).toBe(layout.includes('id="content"'))
  })
})

describe('content collections that pages with parameters show', () => {
  const texts = {
    'astro.config.mjs': 'export default {}\n',
    'src/content.config.ts': `import {defineCollection} from 'astro:content'
import {glob} from 'astro/loaders'
const guides = defineCollection({loader: glob({pattern: '**/*.md', base: './content/guides'})})
const news = defineCollection({})
export const collections = {guides, news}
`,
    'src/pages/[lang]/[...slug].astro':
      "---\nexport const getStaticPaths = async () => (await getCollection('guides')).map(pathOf)\n---\n",
    // A parameter is one segment.
    'src/pages/[lang]/index.astro': '',
    'src/pages/news/[slug].astro':
      "---\nconst all = await getCollection('news', ({data}) => !data.draft)\n---\n",
    'src/content/docs/a.md': '# A\n',
    'content/guides/en/v1/Set Up.md': '## Old\n',
    'content/guides/en/v2/Set Up.md': '## New\n',
    'content/guides/fr/v2/Set Up.md': '## Neuf\n',
    'content/guides/_part.md': '# Part\n',
    'src/content/news/first.md': '---\nslug: begin\n---\n',
  }
  const leads = async (url: string, from = 'src/content/docs/a.md') => {
    const pages = await pagesOf(texts)
    const context = {...contextOf(texts), page: (path: string) => pages.get(path)}
    const site = (await describeSites(context)).publish(context).of('src/content/docs/a.md')
    const found = site.resolve({url, kind: 'link'}, from)
    return found.to === 'page' ? found.path : found.to
  }

  it.each([
    ['/en/v1/set-up/', 'content/guides/en/v1/Set Up.md'],
    ['/fr/v2/set-up', 'content/guides/fr/v2/Set Up.md'],
    ['/news/begin', 'src/content/news/first.md'],
    // One of several has the heading.
    ['/en/set-up#new', 'content/guides/en/v2/Set Up.md'],
    ['/v2/set-up#neuf', 'content/guides/fr/v2/Set Up.md'],
    ['/en/set-down', 'unknown'],
    // Pages are no images.
    ['/en/set-up.png', 'missing'],
    ['/news/first', 'unknown'],
    ['/news/more/begin', 'unknown'],
    ['/_part', 'unknown'],
  ])('%s', async (url, expected) => expect(await leads(url)).toBe(expected))

  it('are those in the language and version of the page with the link', async () => {
    expect(await leads('/en/set-up', 'content/guides/en/v1/Set Up.md')).toBe('content/guides/en/v1/Set Up.md')
    expect(await leads('/v2/set-up', 'content/guides/fr/v2/Set Up.md')).toBe('content/guides/fr/v2/Set Up.md')
  })
})
