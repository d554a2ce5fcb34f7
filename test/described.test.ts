import {describe, expect, it} from 'vitest'
import {readPage} from '../src/page/read-page.ts'
import {describedSite} from '../src/site/described/describe.ts'
import type {Description, IdRule} from '../src/site/description.ts'
import {idsBy} from '../src/site/shared/id-rules.ts'
import {linkWriter} from '../src/site/shared/write-link.ts'
import {contextOf, pagesOf} from './virtual-tree.ts'

const NOTHING = {page: () => undefined}

const siteOf = (description: Omit<Description, 'root'> & {root?: string}, ...files: string[]) => {
  const site = describedSite(contextOf(Object.fromEntries(files.map((file) => [file, '']))), {
    root: '',
    ...description,
  })
  return {...site, ...site.publish(NOTHING)}
}

/** Where a link leads, in short: the path of a page or file, else the kind, with the path that is missing. */
const target = (site: ReturnType<typeof siteOf>, url: string, from: string): string => {
  const found = site.resolve({url}, from)
  if (found.to === 'page' || found.to === 'file') return found.path
  if (found.to !== 'missing') return found.to
  return `missing ${found.path}${found.suggestion === undefined ? '' : ` (${found.suggestion})`}`
}

describe('links from the root', () => {
  it.each<[string, Description & {files: string[]; from: string; links: Record<string, string>}]>([
    [
      'lead below the content folder, with the extension, the index and the slash at the end optional',
      {
        root: '',
        content: {'src/content': '/'},
        assets: {public: '/'},
        files: [
          'src/content/a.md',
          'src/content/guide/index.mdx',
          'src/content/guide/setup.md',
          'public/a.png',
        ],
        from: 'src/content/a.md',
        links: {
          '/': 'unknown',
          '/a': 'src/content/a.md',
          '/a/': 'src/content/a.md',
          '/a.html': 'src/content/a.md',
          '/a.md#x': 'src/content/a.md',
          '/guide': 'src/content/guide/index.mdx',
          '/guide/': 'src/content/guide/index.mdx',
          '/guide/index.html': 'src/content/guide/index.mdx',
          '/guide/setup?a=b': 'src/content/guide/setup.md',
          '/guide/setups': 'missing src/content/guide/setups.md (src/content/guide/setup.md)',
          '/a.png': 'public/a.png',
          '/gone.png': 'missing public/gone.png',
          '/guide/setting.png': 'missing public/guide/setting.png',
          '/src/content/a.md': 'src/content/a.md',
          'https://example.org/a': 'remote',
          'mailto:a@b.example': 'outside',
        },
      },
    ],
    [
      'lead below the URL of the content folder, and nowhere else',
      {
        root: 'website',
        content: {docs: '/docs', blog: '/blog'},
        files: ['website/docs/a.md', 'website/blog/b.md', 'docs/c.md'],
        from: 'website/docs/a.md',
        links: {
          '/docs/a': 'website/docs/a.md',
          '/blog/b': 'website/blog/b.md',
          '/docs/b': 'missing website/docs/b.md (website/blog/b.md)',
          '/other/b': 'outside',
          '/docs/c.md': 'docs/c.md',
        },
      },
    ],
    [
      'may be written with the base or without',
      {
        root: '',
        base: '/project',
        content: {docs: '/'},
        files: ['docs/a.md'],
        from: 'docs/a.md',
        links: {
          '/project/a': 'docs/a.md',
          '/a': 'docs/a.md',
          '/project/b': 'missing docs/b.md',
          '/b': 'outside',
          './a': 'docs/a.md',
        },
      },
    ],
    [
      'know no numbers and no groups if those are dropped',
      {
        root: '',
        content: {content: '/'},
        routes: {dropsNumbers: true, dropsGroups: true},
        files: [
          'content/1.guide/02-setup.md',
          'content/(more)/b.md',
          'content/2024-01-02-news.md',
          'content/5.2fa.md',
        ],
        from: 'content/(more)/b.md',
        links: {
          '/guide/setup': 'content/1.guide/02-setup.md',
          '/guide/setupp/': 'missing content/guide/setupp.md (content/1.guide/02-setup.md)',
          '/b': 'content/(more)/b.md',
          '/2024-01-02-news': 'content/2024-01-02-news.md',
          '/2fa': 'content/5.2fa.md',
        },
      },
    ],
    [
      'match in any case if case is ignored',
      {
        root: '',
        content: {'': '/'},
        routes: {ignoresCase: true},
        files: ['Guide/Setup.md', 'b.md'],
        from: 'b.md',
        links: {'/guide/setup': 'Guide/Setup.md', '/GUIDE/SETUP': 'Guide/Setup.md'},
      },
    ],
    [
      'lead into the content of the same language first, with prefixes that may be left out',
      {
        root: '',
        content: {'docs/en': '/', 'docs/zh': '/zh'},
        routes: {optionalPrefixes: ['en'], ownContentFirst: true},
        files: ['docs/en/a.md', 'docs/zh/a.md', 'docs/en/only.md', 'docs/en/setup.md', 'docs/zh/setup.md'],
        from: 'docs/zh/a.md',
        links: {
          '/a': 'docs/zh/a.md',
          '/zh/a': 'docs/zh/a.md',
          '/en/a': 'docs/en/a.md',
          '/only': 'docs/en/only.md',
          '/zh/only': 'missing docs/zh/only.md',
          '/setu': 'missing docs/zh/setu.md (docs/zh/setup.md)',
        },
      },
    ],
    [
      'follow redirects, and may lead to what the build makes',
      {
        root: '',
        content: {'': '/'},
        redirects: {'/old': '/new', '/loop': '/loop2', '/loop2': '/loop', '/blog/*': 'https://b.example/*'},
        generated: ['/api/*', '/llms.txt', 'tags-*-x'],
        files: ['new.md', 'a.md'],
        from: 'a.md',
        links: {
          '/old#x': 'new.md',
          './old': 'new.md',
          '/loop': 'outside',
          '/blog/x': 'outside',
          '/api': 'outside',
          '/api/x/y': 'outside',
          '/apis': 'missing apis.md',
          '/llms.txt': 'outside',
          '/tags-any-x': 'outside',
          '/tags-any-y': 'missing tags-any-y.md',
        },
      },
    ],
  ])('%s', (_, {files, from, links, ...description}) => {
    const site = siteOf(description, ...files)
    const found = Object.fromEntries(Object.keys(links).map((url) => [url, target(site, url, from)]))
    expect(found).toEqual(links)
  })
})

describe('relative links', () => {
  const files = ['docs/index.md', 'docs/a.md', 'docs/guide/b.md', 'docs/guide/c.md', 'src/x.ts']
  const found = (routes: Description['routes'], url: string, from: string, more: Partial<Description> = {}) =>
    target(siteOf({content: {docs: '/'}, ...(routes && {routes}), ...more}, ...files), url, from)

  it('lead to files and pages by the folder of the file', () => {
    const routes = {relativeTo: 'file'} as const
    expect(found(routes, './c', 'docs/guide/b.md')).toBe('docs/guide/c.md')
    expect(found(routes, './c.html', 'docs/guide/b.md')).toBe('docs/guide/c.md')
    expect(found(routes, './c.mdx', 'docs/guide/b.md')).toBe('docs/guide/c.md')
    expect(found(routes, '../a.md', 'docs/guide/b.md')).toBe('docs/a.md')
    expect(found(routes, '..', 'docs/guide/b.md')).toBe('docs/index.md')
    expect(found(routes, '../c', 'docs/guide/b.md')).toBe('missing docs/c')
    expect(found(routes, '../../src/x.ts', 'docs/guide/b.md')).toBe('src/x.ts')
    expect(found(routes, '../../src', 'docs/guide/b.md')).toBe('src')
  })

  it('lead to pages by the URL of the page, which may have a slash at the end', () => {
    expect(found({relativeTo: 'url', ending: 'slash'}, '../c/', 'docs/guide/b.md')).toBe('docs/guide/c.md')
    expect(found({relativeTo: 'url', ending: 'slash'}, './c/', 'docs/guide/b.md')).toBe(
      'missing docs/guide/b/c.md (docs/guide/c.md)',
    )
    expect(found({relativeTo: 'url', ending: 'none'}, './c', 'docs/guide/b.md')).toBe('docs/guide/c.md')
    expect(found({relativeTo: 'url', ending: 'none'}, '../c', 'docs/guide/b.md')).toBe(
      'missing docs/c.md (docs/guide/c.md)',
    )
    expect(found({relativeTo: 'url', ending: '.html'}, './a.html', 'docs/index.md')).toBe('docs/a.md')
    expect(found({relativeTo: 'url'}, '../../../x', 'docs/guide/b.md')).toBe('outside')
  })

  it('lead by the name of a file alone to the only one of that name, and never to a name that is nowhere', () => {
    const more = {content: {docs: '/'}}
    const name = (url: string, ...further: string[]) =>
      target(siteOf({...more, routes: {byName: true}}, ...files, ...further), url, 'docs/index.md')
    expect(name('b.md')).toBe('docs/guide/b.md')
    expect(name('a.md', 'docs/guide/a.md')).toBe('docs/a.md')
    expect(name('shot.png', 'docs/img/shot.png')).toBe('docs/img/shot.png')
    expect(name('shot.png', 'docs/img/shot.png', 'src/shot.png')).toBe('unknown')
    expect(name('elsewhere.md')).toBe('unknown')
    expect(name('instll.md', 'docs/guide/install.md')).toBe(
      'missing docs/guide/instll.md (docs/guide/install.md)',
    )
    expect(found({}, 'b.md', 'docs/index.md')).toBe('missing docs/b.md (docs/guide/b.md)')
  })

  it('lead by either, if both work', () => {
    expect(found({}, './c', 'docs/guide/b.md')).toBe('docs/guide/c.md')
    expect(found({}, '../c', 'docs/guide/b.md')).toBe('docs/guide/c.md')
    expect(found({}, '../d', 'docs/guide/b.md')).toBe('missing docs/d')
    expect(found({}, '../../gone.ts', 'docs/guide/b.md')).toBe('missing gone.ts')
    expect(found({}, '../../gone', 'docs/guide/b.md')).toBe('outside')
    expect(found({}, '../../../gone', 'docs/guide/b.md')).toBe('outside')
  })

  it('may lead to a folder, for which some sites make a page', () => {
    expect(found({}, './guide/', 'docs/a.md')).toBe('unknown')
    expect(found({}, '/guide', 'docs/a.md')).toBe('unknown')
    expect(found({}, '/guide', 'docs/a.md', {complete: true})).toBe('missing docs/guide')
  })
})

it.each([
  ['/themes', 'docs/themes.md.ts'],
  ['themes', 'docs/themes.md.ts'],
  ['codes.csv', 'docs/codes.csv.erb'],
  ['/llms.txt', 'unknown'],
  ['/lamp', 'unknown'],
  ['/lamps', 'missing docs/lamps.md'],
  ['../lamp', 'outside'],
])('what programs make is not missing: %s', (url, expected) => {
  const files = ['docs/a.md', 'docs/themes.md.ts', 'docs/codes.csv.erb', 'docs/parts/lamp.md']
  expect(target(siteOf({content: {docs: '/'}}, ...files), url, 'docs/a.md')).toBe(expected)
})

describe('files', () => {
  it('belong to the site if it publishes them', () => {
    const site = siteOf({content: {'': '/'}, assets: {'static/img': '/img'}})
    const all = ['guide/a.md', 'README.md', 'guide/README.md', '.github/x.md', 'static/img/a.png', 'LICENSE']
    expect(all.filter((path) => site.owns!(path))).toEqual([
      'guide/a.md',
      'guide/README.md',
      'static/img/a.png',
    ])
    const inFolder = siteOf({root: 'site', content: {docs: '/'}})
    expect(['site/docs/README.md', 'site/x.md', 'docs/x.md'].filter((path) => inFolder.owns!(path))).toEqual([
      'site/docs/README.md',
    ])
    expect(siteOf({routes: {index: ['README']}}).owns!('README.md')).toBe(true)
  })

  it('have URLs in the form that the site gives pages', () => {
    const urls = (ending: 'none' | 'slash' | '.html', path: string, base = '') =>
      siteOf({content: {docs: '/docs'}, assets: {public: '/'}, base, routes: {ending}}).urlsOf(path)
    expect(urls('none', 'docs/a/b.md')).toEqual(['/docs/a/b'])
    expect(urls('slash', 'docs/a/b.md', '/base/')).toEqual(['/base/docs/a/b/'])
    expect(urls('.html', 'docs/a/b.md')).toEqual(['/docs/a/b.html'])
    expect(urls('.html', 'docs/a/index.md')).toEqual(['/docs/a/'])
    expect(urls('none', 'docs/a/x.png')).toEqual(['/docs/a/x.png'])
    expect(urls('slash', 'public/x.svg', 'base')).toEqual(['/base/x.svg'])
    expect(urls('none', 'other/a.md')).toEqual([])
  })

  it('share a URL only where a complete description says so', () => {
    const urls = (complete: boolean) => {
      const site = siteOf({complete}, 'a.md', 'a/index.md', 'a.js')
      return ['a.md', 'a/index.md', 'a.js'].map((path) => site.urlsOf(path)[0])
    }
    expect(urls(true)).toEqual(['/a', '/a', '/a.js'])
    expect(urls(false)).toEqual(['/a', undefined, '/a.js'])
  })

  it('are linked in the form of another link', () => {
    const site = siteOf({content: {docs: '/'}, routes: {ending: 'none'}}, 'docs/a.md', 'docs/guide/b.md')
    const write = linkWriter(site)
    expect(write('docs/guide/b.md', '/guide/x#y', 'docs/a.md')).toEqual({url: '/guide/b#y', leadsThere: true})
    expect(write('docs/guide/b.md', './guide/x.md', 'docs/a.md').url).toBe('./guide/b.md')
  })
})

describe('ids', () => {
  // Read off the programs: github-slugger, @mdit-vue/shared, Python-Markdown, kramdown, markdown-it-anchor, MDC, the crate slug, @sindresorhus/slugify, hexo-util,
  // site-kit of svelte.dev, tanstack.com.
  it.each<[IdRule, string[]]>([
    ['github-slugger', ['set-up--run', 'dont', '2-déjà-vu', 'ab_c', 'set-up--run-1']],
    ['mdit-vue', ['set-up-run', 'don-t', '_2-deja-vu', 'a-b-c', 'set-up-run-1']],
    ['python-markdown', ['set-up-run', 'dont', '2-deja-vu', 'ab_c', 'set-up-run_1']],
    ['kramdown', ['set-up--run', 'dont', 'dj-vu', 'abc', 'set-up--run-1']],
    ['markdown-it-anchor', ['set-up-&-run', "don't", '2.-déjà-vu?', 'a.b_c', 'set-up-&-run-1']],
    ['mdc', ['set-up-run', 'dont', '_2-déjà-vu', 'ab_c', 'set-up-run-1']],
    ['slug-crate', ['set-up-run', 'don-t', '2-deja-vu', 'a-b-c', 'set-up-run-1']],
    ['eleventy', ['set-up-and-run', 'dont', '2-deja-vu', 'a-b-c', 'set-up-and-run-2']],
    ['sindresorhus-slugify', ['set-up-and-run', 'dont', '2-deja-vu', 'a-b-c', 'set-up-and-run-2']],
    ['hexo', ['Set-Up-Run', 'Don-t', '2-Deja-vu', 'a-b-c', 'Set-Up-Run-1']],
    ['svelte', ['Set-Up-Run', "Don't", '2.-D-j-vu', 'a.b_c', 'Set-Up-Run']],
    ['tanstack', ['set-up-run', 'don-t', '2-deja-vu', 'a-b-c', 'set-up-run-2']],
  ])('of %s', async (rule, expected) => {
    const text = ['Set Up & Run', "Don't", '2. Déjà vu?', '`a.b_c`', 'Set Up & Run']
    const {headings} = await readPage('page.md', text.map((each) => `## ${each}\n`).join('\n'), {})
    expect(idsBy(rule, headings)).toEqual(expected)
  })

  it('split the words of camel case where @sindresorhus/slugify does', async () => {
    const {headings} = await readPage('page.md', '## getHTMLFoo2Bar\n\n## fooBAR APIs FOO360\n', {})
    expect(idsBy('sindresorhus-slugify', headings)).toEqual(['get-html-foo2-bar', 'foo-bar-apis-foo-360'])
    expect(idsBy('eleventy', headings)).toEqual(['gethtmlfoo2bar', 'foobar-apis-foo360'])
  })

  it('of svelte.dev begin with those of the headings above', async () => {
    const {headings} = await readPage('page.md', '## A\n\n### B\n\n#### C\n\n### D\n\n## E\n', {})
    expect(idsBy('svelte', headings)).toEqual(['A', 'A-B', 'A-B-C', 'A-D', 'E'])
  })

  it('are those that authors wrote in any form, and those that a generator without that form gives', async () => {
    const text =
      '# One {#own}\n\n## Two [#its-own]\n\n## Three\n\n<a id="html"></a>\n\n## A note <!-- note -->\n'
    const page = await readPage('page.md', text, {})
    const anchors = siteOf({ids: 'github-slugger'}).anchorsOf(page)
    const some = [
      'own',
      'its-own',
      'three',
      'html',
      'note',
      'a-note',
      'one',
      'one-own',
      'two',
      'fn-1',
      '',
      'gone',
    ]
    expect(some.filter((id) => !anchors.has(id))).toEqual(['gone'])
    expect(anchors.ofHeadings).toEqual(['own', 'its-own', 'three', 'note'])
    expect(anchors.idOf('A & B')).toBe('a--b')
  })

  it('are those at the end of a heading in brackets and after a hash', async () => {
    const text = '## Use a terminal[[terminal]]\n\n## Sharing (CORS)#cors\n\n## C#\n\n## [[page]]\n'
    const {has} = siteOf({ids: 'github-slugger'}).anchorsOf(await readPage('page.md', text, {}))
    const some = ['terminal', 'use-a-terminal', 'cors', 'sharing-cors', 'c', 'page', 'use']
    expect(some.filter((id) => !has(id))).toEqual(['use'])
  })

  it('may be made of the source of a heading, or be percent-encoded themselves', async () => {
    const text = '## GET /lamps/&lt;id&gt;\n\n## A|b\n'
    const {has} = siteOf({ids: 'markdown-it-anchor'}).anchorsOf(await readPage('page.md', text, {}))
    const raw = siteOf({ids: 'github-slugger'}).anchorsOf(await readPage('page.md', text, {}))
    expect([has('a|b'), has('a%7Cb'), has('a%7Cc'), raw.has('get-lampsltidgt')]).toEqual([
      true,
      true,
      false,
      true,
    ])
  })

  it('of an MDX comment are taken', async () => {
    const page = await readPage('page.mdx', '## One {/* own */}\n\n## Two {/* #two-own */}\n', {mdx: true})
    const anchors = siteOf({ids: 'github-slugger'}).anchorsOf(page)
    expect(['own', 'two-own', 'one', 'two'].filter((id) => !anchors.has(id))).toEqual([])
  })

  it('are those of any rule if the site has none that is known, which is doubtful', async () => {
    const page = await readPage('page.md', '# Set up & run\n\n# What is `a.b`?\n', {})
    const {has, doubts} = siteOf({}).anchorsOf(page)
    const some = ['set-up--run', 'set-up-run', 'Set-up-run', 'set-up-and-run', 'what-is-ab', 'what-is-a-b']
    expect([...some, 'set_up_run', 'run'].filter((id) => !has(id))).toEqual(['set_up_run', 'run'])
    expect(doubts).toEqual([{reason: 'id-setting'}])
  })

  it('are those of attributes in braces, at the end of a heading or below it, unless these are variables', async () => {
    const text = [
      '## One {collapsed="true" id="own-one"}\n',
      '## Two {collapsed="true"}\n',
      '## Three\n{id="own-three"}\n',
      '## Four {id="%four%"}\n',
    ]
    for (const path of ['page.md', 'page.mdx']) {
      const page = await readPage(path, text.join('\n'), {mdx: path.endsWith('.mdx')})
      const {has, doubts} = siteOf({ids: 'github-slugger'}).anchorsOf(page)
      const some = ['own-one', 'one', 'two', 'two-collapsedtrue', 'own-three', 'three', 'five']
      expect(some.filter((id) => !has(id))).toEqual(['five'])
      expect(doubts.map(({reason, about}) => `${reason} ${about}`)).toContain('heading-id Four {id="%four%"}')
    }
  })

  it('may be the title of a page, or a property of a component', async () => {
    const page = await readPage(
      'page.mdx',
      '---\ntitle: Get started!\nvariables: [a]\n---\n\n<Tab title="Set up (v1.2)" of="@lamps/client!Lamp#switch:on(1)">x</Tab>\n',
      {mdx: true},
    )
    const {has} = siteOf({ids: 'github-slugger'}).anchorsOf(page)
    const some = ['get-started', 'variables', 'set-up-v1-2', 'tab-set-up-v1-2', 'switch', 'set', 'started']
    expect(some.filter((id) => !has(id))).toEqual(['set', 'started'])
  })

  it('are those of pages that are imported, also by these', async () => {
    const files = {
      'docs/a.mdx': "import B from '../parts/b.mdx'\nimport D from './d'\n\n# A\n\n<B />\n<D />\n<Note />\n",
      'parts/b.mdx': "import C from '/parts/c.mdx'\n\n# B\n\n# A\n\n<C />\n",
      'parts/c.mdx': '# C\n',
    }
    const pages = await pagesOf(files)
    const description = {root: '', content: {docs: '/'}, ids: 'github-slugger'} as const
    const site = describedSite(contextOf(files), description).publish({page: (path) => pages.get(path)})
    const {has, doubts} = site.anchorsOf(pages.get('docs/a.mdx')!)
    expect(['a', 'b', 'c', 'a-1', 'd'].filter((id) => !has(id))).toEqual(['d'])
    expect(doubts.map(({about}) => about)).toEqual(['<D>', '<Note>'])
  })

  it('may be added by template code, which counts by its name', async () => {
    const text = '{% note info "A" %}\n\n{{ page.toc }}\n\n{% note %}\n\n## Use {{ name }} now\n'
    const {doubts} = siteOf({ids: 'github-slugger'}).anchorsOf(await readPage('page.md', text, {}))
    expect(doubts.filter(({covers}) => !covers).map(({about}) => about)).toEqual(['{% note %}', '{{ }}'])
    const covered = ['use-it-now', 'use-now', 'use'].map((id) => doubts.some(({covers}) => covers?.(id)))
    expect(covered).toEqual([true, true, false])
  })

  it('of headings in other scripts may be in Latin letters, by rules that write them so', async () => {
    const page = await readPage('page.md', '# Новости\n\n# News\n', {})
    const doubtful = (ids: IdRule) =>
      siteOf({ids})
        .anchorsOf(page)
        .doubts.map(({covers}) => ['novosti', 'новости-1'].filter((id) => covers?.(id)))
    expect(doubtful('slug-crate')).toEqual([['novosti']])
    expect(doubtful('github-slugger')).toEqual([])
  })
})

describe('front matter', () => {
  it('gives pages further URLs, old ones as well', async () => {
    const files = {
      'docs/a.md': '---\noldUrl:\n  - /old/a/\n  - /older/a.html\nimage: /img/a.png\n---\n',
      'docs/guide/b.md': '---\nslug: bee\n---\n',
      'docs/c.md': '',
    }
    const pages = await pagesOf(files)
    const description = {root: '', content: {docs: '/'}}
    const site = describedSite(contextOf(files), description).publish({page: (path) => pages.get(path)})
    const found = ['/old/a', '/older/a', '/guide/bee/', '/a', '/img/a.png', '/bee'].map(
      (url) => site.resolve({url}, 'docs/c.md').to,
    )
    expect(found).toEqual(['page', 'page', 'page', 'page', 'missing', 'missing'])
  })
})

it('doubts only the ids that a heading with an emoji or a badge may have', async () => {
  const files = {'a.md': '## v4.6.0 [!badge @latest|info]\n\n## The :sparkles: new :tada: lamp\n'}
  const page = (await pagesOf(files)).get('a.md')!
  const site = describedSite(contextOf(files), {root: '', content: {'': '/'}, ids: 'github-slugger'})
  const {doubts} = site.publish(NOTHING).anchorsOf(page)
  const isDoubted = (id: string) => doubts.some(({covers}) => covers?.(id) ?? true)
  expect(['v460', 'v460-latest', 'the-new-lamp', 'the--new--lamp'].filter((id) => !isDoubted(id))).toEqual([])
  expect(['v450', 'lamp', 'the-lamp'].filter(isDoubted)).toEqual([])
})

it('knows ids that generators make of no heading', async () => {
  const page = (await pagesOf({'a.md': '# A\n'})).get('a.md')!
  const {has} = siteOf({content: {'': '/'}, ids: 'github-slugger'}, 'a.md').anchorsOf(page)
  expect(['root', 'app', '__next', 'tab-2', 'fn1'].filter((id) => !has(id))).toEqual([])
  expect(['roots', 'tab-two', 'application'].filter(has)).toEqual([])
})

describe('a file that template code shows', () => {
  const PARTS = {
    'parts/lamps/options.md': '### Bright {#very-bright}\n',
    'parts/note.html': '<p id="in-note">',
  }

  const anchorsWith = async (code: string) => {
    const files = {...PARTS, 'docs/a.md': `# A\n\n${code}\n`}
    const pages = await pagesOf(files)
    const page = (path: string) => pages.get(path)
    return describedSite(contextOf(files), {root: '', content: {docs: '/'}, ids: 'github-slugger'})
      .publish({page})
      .anchorsOf(page('docs/a.md')!)
  }

  it.each([
    ["{% render 'lamps/options.md', site: site %}", true],
    ['{% include lamps/options.md %}', true],
    ['{{ include "lamps/options" }}', true],
    ['{% include_relative ../parts/lamps/options.md %}', true],
    ['!!!include(parts/lamps/options.md)!!!', true],
    [':[Options](../parts/lamps/options.md)', true],
    ['See :[Options](../parts/lamps/options.md)', false],
    ['{% assign x = "lamps/options.md" %}', false],
    ['{% include note.html %}', false],
  ])('has its ids on the page: %s', async (code, isThere) => {
    const {has, doubts} = await anchorsWith(code)
    expect([has('very-bright'), has('nowhere')]).toEqual([isThere, false])
    expect(doubts.some(({reason}) => reason === 'component-content')).toBe(false)
  })

  it.each(['{% render "gone.md" %}', '{{ include page }}'])(
    'may have any id if it is not there: %s',
    async (code) => {
      const {doubts} = await anchorsWith(code)
      expect(doubts).toEqual([{reason: 'component-content', about: code}])
    },
  )
})
