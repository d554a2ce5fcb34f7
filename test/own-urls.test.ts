import {describe, expect, it} from 'vitest'
import {doccheck, folder} from './run-doccheck.ts'

const NAMES = [...'abcdefghijkl']

/** The findings about missing files and anchors in a tree, as `E reason` or `W reason`. */
async function found(files: Record<string, string>): Promise<string[]> {
  const {out} = await doccheck(folder(files), ['--offline', '--no-config', '--reporter', 'json'])
  const pages: {messages: {reason: string; fatal: boolean}[]}[] = JSON.parse(out)
  return pages.flatMap(({messages}) =>
    messages.map(
      ({fatal, reason}) => `${fatal ? 'E' : 'W'} ${reason.replace(/^Unexpected link to missing /, '')}`,
    ),
  )
}

const links = (urls: readonly string[]) => urls.map((url) => `<${url}>\n`).join('\n')
const pagesIn = (where: string, ending: string, front = '') =>
  Object.fromEntries(NAMES.map((name) => [`${where}/${name}${ending}`, `${front}# Page ${name}\n`]))

describe('an absolute URL of a Hugo site', () => {
  const site = (config: Record<string, string>) => ({
    ...pagesIn('content/guide', '.md', '---\ntitle: x\n---\n'),
    ...config,
    'README.md': links(['https://docs.test/guide/a/', 'https://docs.test/guide/gone/']),
  })

  it('is found although raw HTML on its pages is not rendered', async () =>
    expect(await found(site({'hugo.toml': 'baseURL = "https://docs.test/"\n'}))).toEqual([
      'E file `https://docs.test/guide/gone/`',
    ]))

  it('leads to the only site where the configuration is in a directory', async () =>
    expect(await found(site({'config/_default/hugo.toml': 'baseURL = "https://docs.test/"\n'}))).toEqual([
      'E file `https://docs.test/guide/gone/`',
    ]))

  it('is found although static files come first', async () => {
    const more = {
      'hugo.toml':
        'baseURL = "https://docs.test/"\n[[module.mounts]]\nsource = "assets"\ntarget = "static"\n',
    }
    expect(await found({...site({...more, 'assets/a.yaml': 'a: 1\n'}), 'content/_index.md': ''})).toEqual([
      'E file `https://docs.test/guide/gone/`',
    ])
  })
})

it.each(['example.org', 'www.example.com', 'localhost:1313'])(
  'the host %s of a template for configurations is not a home',
  async (host) =>
    expect(
      await found({
        'hugo.toml': `baseURL = "https://${host}/"\n`,
        ...pagesIn('content/guide', '.md', '---\ntitle: x\n---\n'),
        'README.md': links([`https://${host}/guide/gone/`]),
      }),
    ).toEqual([]),
)

it('an absolute URL below a home that links show is found on a site of MyST', async () => {
  const more = {
    'docs/conf.py': "extensions = ['myst_parser']\n",
    'docs/index.md': '# Home\n',
    ...pagesIn('docs/use', '.md'),
  }
  const own = (name: string) => `https://docs.test/en/latest/use/${name}.html#page-${name}`
  expect(
    await found({
      ...more,
      'README.md': links([...NAMES.map(own), own('gone'), own('a').replace('page-a', 'zqx')]),
    }),
  ).toEqual([
    expect.stringMatching(/^W file `https:\/\/docs\.test\/en\/latest\/use\/gone\.html#page-gone` \(likely/),
    expect.stringMatching(/^W anchor `#zqx`/),
  ])
})

it('an absolute URL of a site of Sphinx may lack the extension, which hosts add', async () => {
  const urls = ['a', 'a#page-a', 'parts', 'parts/', 'gone', 'gone.svg'].map(
    (path) => `https://docs.test/guide/${path}`,
  )
  expect(
    await found({
      'conf.py': "extensions = ['myst_parser']\nhtml_baseurl = 'https://docs.test/'\n",
      'index.md': '# x\n',
      ...pagesIn('guide', '.md'),
      'guide/parts/index.md': '# x\n',
      'README.md': links([
        ...urls,
        'https://docs.test/guide/a#gone',
        'https://docs.test/#x',
        'https://docs.test/#gone',
      ]),
    }),
  ).toEqual([
    'W file `https://docs.test/guide/gone` (likely: Sphinx builds 12 other pages of guide/)',
    'E anchor `#gone` in `guide/a.md`',
    'E anchor `#gone` in `index.md`',
  ])
})

it('an absolute URL of a Docusaurus site is below its base, as static files are', async () => {
  const urls = [...NAMES, 'gone'].map((name) => `https://lamps.test/docs/guide/${name}`)
  expect(
    await found({
      'docusaurus.config.js':
        'module.exports = {url: "https://lamps.test", baseUrl: "/docs/", presets: [["classic", {docs: {routeBasePath: "/"}}]]}\n',
      ...pagesIn('docs/guide', '.md'),
      'static/img/lamp.png': '',
      'docs/use.md': links([...urls, 'https://lamps.test/docs/img/lamp.png']),
    }),
  ).toEqual([
    'W file `https://lamps.test/docs/guide/gone` (likely: all 12 other targets in /docs/guide/ exist)',
  ])
})

describe('a Quarto project', () => {
  const site = (config: Record<string, string>) => ({
    ...config,
    ...pagesIn('guide', '.qmd'),
    'README.md': links(['https://docs.test/guide/a.html', 'https://docs.test/guide/gone.html']),
  })
  const GONE = [
    'W file `https://docs.test/guide/gone.html` (likely: Quarto renders 12 other pages of guide/)',
  ]

  it('states its home', async () => {
    const config = 'project: {type: website}\nwebsite: {site-url: "https://docs.test/"}\n'
    expect(await found(site({'_quarto.yml': config}))).toEqual(GONE)
  })

  it('may have pages with filters that change their links, but no full URLs elsewhere', async () => {
    const files = {
      '_quarto.yml': 'project: {type: website}\nwebsite: {site-url: "https://docs.test/"}\n',
      'guide/links.lua': 'function Link(el) el.target = "x" return el end\n',
    }
    const page = {'guide/a.qmd': '---\nfilters: [links.lua]\n---\n'}
    expect(await found({...site(files), ...page})).toEqual(GONE)
  })

  it.each([
    ['profile: {group: [main, other]}\n', GONE],
    ['profile: {group: [[main, other], [more]]}\n', GONE],
    ['profile: {default: main}\n', GONE],
    ['profile: {default: other, group: [main, other]}\n', []],
    ['', []],
  ])('may state it in a profile, which holds by default: %s', async (profile, expected) => {
    const config = {
      '_quarto.yml': `project: {type: website}\n${profile}`,
      '_quarto-main.yml': 'website: {site-url: "https://docs.test"}\n',
    }
    expect(await found(site(config))).toEqual(expected)
  })
})

it('a host with or without www. is that of the configuration, whatever links show', async () => {
  const own = (name: string) => `https://www.docs.test/guide/${name}/`
  expect(
    await found({
      'mkdocs.yml': 'site_name: x\nsite_url: https://docs.test\n',
      'docs/index.md': '# x\n',
      ...pagesIn('docs/guide', '.md'),
      'README.md': links([...NAMES, 'gone'].map(own)),
    }),
  ).toEqual(['E file `https://www.docs.test/guide/gone/`'])
})

it('a translation that inherits the URL of the site is published below it', async () => {
  const URLS = [
    'https://docs.test/guide/a/',
    'https://docs.test/de/guide/a/',
    'https://docs.test/guide/gone/',
  ]
  expect(
    await found({
      'en/mkdocs.yml': 'site_name: x\nsite_url: https://docs.test/\n',
      'en/docs/index.md': '# x\n',
      ...pagesIn('en/docs/guide', '.md'),
      'de/mkdocs.yml': 'INHERIT: ../en/mkdocs.yml\n',
      'de/docs/guide/a.md': links(URLS),
    }),
  ).toEqual(['E file `https://docs.test/guide/gone/`'])
})

it('a full URL of an image is one of the site in a folder with images', async () => {
  const images = ['images/gone.png', 'art/gone.png', 'v2/gone.png'].map(
    (path) => `https://lamps.test/${path}`,
  )
  expect(
    await found({
      '_quarto.yml': 'project:\n  type: website\nwebsite:\n  site-url: https://lamps.test\n',
      'index.qmd': '# x\n',
      'images/lamp.png': '',
      'v2/lamp.png': '',
      'README.md': images.map((url) => `<img src="${url}">\n`).join('\n'),
    }),
  ).toEqual([
    'W Unexpected missing image `https://lamps.test/images/gone.png` (likely: the site shows other files of images/)',
  ])
})

it('a home that links show beside that of the configuration may be one of another site', async () => {
  const cable = [...NAMES.slice(0, 6), 'gone'].map((name) => `https://docs.test/cable/${name}/`)
  const files = {
    'docs/index.md': '# x\n',
    ...pagesIn('docs', '.md'),
    'README.md': links(cable),
  }
  expect(await found({...files, 'mkdocs.yml': 'site_name: x\nsite_url: https://docs.test/lamp/\n'})).toEqual(
    [],
  )
  expect(await found({...files, 'mkdocs.yml': 'site_name: x\n'})).toHaveLength(1)
})

describe('a home that links show', () => {
  const site = (urls: readonly string[], more: Record<string, string>) => ({
    'mkdocs.yml': 'site_name: x\n',
    'docs/index.md': '# x\n',
    ...pagesIn('docs', '.md'),
    ...pagesIn('docs/guide', '.md'),
    'README.md': links(urls),
    ...more,
  })
  const GUIDE = ['a', 'b', 'gone'].map((name) => `https://docs.test/lamp/guide/${name}/`)
  const BY_PACKAGE = [
    'W file `https://docs.test/lamp/guide/gone/` (likely: a package states that the site is published there)',
  ]

  it.each([
    ['pyproject.toml', '[project.urls]\nDocumentation = "https://docs.test/lamp/"\n', BY_PACKAGE],
    ['pyproject.toml', "[project.urls]\n'homepage' = 'https://docs.test/lamp'\n", BY_PACKAGE],
    ['Cargo.toml', '[package]\ndocumentation = "https://docs.test/lamp/index.html"\n', BY_PACKAGE],
    ['Cargo.toml', '[package]\ndocs = "https://docs.test/lamp"\n', []],
  ])('may be stated by %s: %s', async (file, text, expected) =>
    expect(await found(site(GUIDE, {[file]: text}))).toEqual(expected),
  )

  it('may be stated by the configuration of Sphinx', async () => {
    const urls = GUIDE.map((url) => url.replace(/\/$/, '.html'))
    const files = {
      'docs/conf.py': "extensions = ['myst_parser']\nhtml_baseurl = 'https://docs.test/lamp/'\n",
      'docs/index.md': '# x\n',
      ...pagesIn('docs/guide', '.md'),
      'README.md': links(urls),
    }
    expect(await found(files)).toEqual([
      'W file `https://docs.test/lamp/guide/gone.html` (likely: Sphinx builds 12 other pages of docs/guide/)',
    ])
    expect(await found({...files, 'docs/conf.py': "extensions = ['myst_parser']\n"})).toEqual([])
  })

  it('is the host whose redirects apply', async () => {
    const table = `
[[redirects]]
from = "https://v1.docs.test/guide/*"
to = "https://docs.test/v1/:splat"

[[redirects]]
from = "/guide/old/"
to = "/guide/a/"
`
    const urls = [...NAMES, 'old', 'gone', 'parts'].map((name) => `https://docs.test/guide/${name}/`)
    const files = {
      'mkdocs.yml': 'site_name: x\n',
      ...pagesIn('docs/guide', '.md'),
      // A host may redirect the URL of a folder, too.
      'docs/guide/parts/bulb.md': '# x\n',
      'README.md': links(urls),
      'netlify.toml': table,
    }
    expect(await found(files)).toEqual([
      'W file `https://docs.test/guide/gone/` (likely: all 13 other URLs at https://docs.test/guide lead to its files)',
    ])
  })

  const guideOnly = (urls: readonly string[], more: Record<string, string> = {}) => ({
    'mkdocs.yml': 'site_name: x\n',
    'docs/index.md': '# x\n',
    ...pagesIn('docs/guide', '.md'),
    'README.md': links(urls),
    ...more,
  })

  describe('is confirmed by the URLs below it', () => {
    const pagesOf = (home: string, names: readonly string[]) => names.map((name) => `${home}/guide/${name}/`)
    const at = (home: string, gone: readonly string[], count = 6) =>
      guideOnly([...pagesOf(home, NAMES.slice(0, count)), ...pagesOf(home, gone)])
    const lacks = (home: string, name: string, others: string) =>
      `W file \`${home}/guide/${name}/\` (likely: ${others} other URLs at ${home}${home.endsWith('/stable') ? '' : '/guide'} lead to its files)`

    it.each<[string, string, string[], number, string[]]>([
      ['a page is missing', 'https://docs.test/lamp', ['gone'], 6, ['all 6']],
      ['few pages are missing', 'https://docs.test/lamp', ['gone', 'away'], 10, ['10 of 11', '10 of 11']],
      ['too many are missing', 'https://docs.test/lamp', ['gone', 'away'], 8, []],
      ['too few are found', 'https://docs.test/lamp', ['gone'], 4, []],
      ['the release lacks one', 'https://docs.test/en/stable', ['gone'], 6, ['all 6']],
      ['the release lacks two', 'https://docs.test/en/stable', ['gone', 'away'], 10, []],
    ])('%s', async (_, home, gone, count, expected) =>
      expect(await found(at(home, gone, count))).toEqual(
        expected.map((others, index) => lacks(home, gone[index]!, others)),
      ),
    )

    it('its fragments are judged', async () => {
      const urls = pagesOf('https://docs.test/lamp', NAMES.slice(0, 6))
      expect(await found(guideOnly([...urls, 'https://docs.test/lamp/guide/a/#gone']))).toEqual([
        'W anchor `#gone` in `docs/guide/a.md` (likely: all 6 other URLs at https://docs.test/lamp/guide lead to its files)',
      ])
      expect(await found(guideOnly([...urls.slice(0, 4), 'https://docs.test/lamp/guide/a/#gone']))).toEqual(
        [],
      )
    })

    it('its images are judged in folders with others', async () => {
      const urls = pagesOf('https://docs.test/lamp', NAMES.slice(0, 6))
      const images = ['art/a.png', 'art/gone.png', 'other/gone.png'].map(
        (path) => `<img src="https://docs.test/lamp/${path}">`,
      )
      const files = {'docs/art/a.png': '', 'docs/about.md': images.join('\n\n')}
      expect(await found(guideOnly(urls, files))).toEqual([
        'W Unexpected missing image `https://docs.test/lamp/art/gone.png` (likely: all 7 other URLs at https://docs.test/lamp lead to its files)',
      ])
    })
  })

  describe('may have a misspelled path', () => {
    const urls = NAMES.slice(0, 6).map((name) => `https://docs.test/en/latest/guide/${name}/`)
    const lacks = (url: string) =>
      `W file \`${url}\` (likely: the site is published at https://docs.test/en/latest)`

    it.each<[string, string, number]>([
      ['with a letter more', 'https://docs.test/en/lattest/', 1],
      ['with a letter less, before a page', 'https://www.docs.test/en/latst/guide/a/#x', 1],
      ['unlike that of the home', 'https://docs.test/en/release/guide/a/', 0],
      ['too short to tell', 'https://docs.test/eng/latest/guide/a/', 0],
      ['on another host', 'https://doc.test/en/lattest/', 0],
    ])('%s: %s', async (_, url, count) =>
      expect(await found(guideOnly([...urls, url]))).toEqual(Array.from({length: count}, () => lacks(url))),
    )

    it('unless links lead to several pages there', async () => {
      const others = ['a', 'b'].map((name) => `https://docs.test/en/lattest/${name}/`)
      expect(await found(guideOnly([...urls, ...others]))).toEqual([])
    })

    it('where the configuration states it', async () => {
      const files = {'mkdocs.yml': 'site_name: x\nsite_url: https://docs.test/lantern/\n'}
      expect(await found(guideOnly(['https://docs.test/lantrn/'], files))).toEqual([
        'W file `https://docs.test/lantrn/` (likely: the site is published at https://docs.test/lantern)',
      ])
    })
  })

  it('leads to the index with a fragment, not to the page from which URLs are resolved', async () => {
    const names = NAMES.slice(0, 6)
    const files = {
      'book.toml': '[book]\ntitle = "x"\n',
      'src/SUMMARY.md': ['introduction', ...names].map((name) => `- [x](${name}.md)\n`).join(''),
      'src/introduction.md': '# Lamps\n',
      ...pagesIn('src', '.md'),
      'README.md': links([
        ...names.map((name) => `https://docs.test/${name}.html`),
        'https://docs.test/#lamps',
      ]),
    }
    expect(await found(files)).toEqual([])
  })

  it('lacks a page at its top if nearly all others there exist', async () => {
    const top = [...NAMES, 'gone'].map((name) => `https://docs.test/${name}/`)
    expect(await found(site(top, {}))).toEqual([
      'W file `https://docs.test/gone/` (likely: all 12 other targets on the site exist)',
    ])
    const more = NAMES.map((name) => `https://docs.test/gone-${name}/`)
    expect(await found(site([...top.slice(6), ...more.slice(0, 1)], {}))).toEqual(
      ['gone', 'gone-a'].map(
        (name) =>
          `W file \`https://docs.test/${name}/\` (likely: 6 of 8 targets at the top of the site exist)`,
      ),
    )
    expect(await found(site([...top.slice(6), ...more.slice(0, 2)], {}))).toEqual([])
  })
})
