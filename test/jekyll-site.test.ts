import {spawnSync} from 'node:child_process'
import path from 'node:path'
import {describe, expect, it} from 'vitest'
import {buildSite, linksOfBuilt, reportedLabels} from './built-site.ts'
import {command} from './needs.ts'
import {checkFolder, copyOf, folder, messagesOf} from './run-doccheck.ts'

const engine = command(
  'Jekyll with its plugins (Debian: jekyll, ruby-jekyll-redirect-from, ruby-jekyll-relative-links, ruby-jekyll-optional-front-matter)',
  // Debian's command, whatever Ruby comes first.
  ['/usr/bin/jekyll', 'jekyll'],
  (name) => [
    name.replace('jekyll', 'ruby'),
    ['jekyll', 'jekyll-redirect-from', 'jekyll-relative-links', 'jekyll-optional-front-matter']
      .flatMap((library) => ['-r', library])
      .concat('-e', ''),
  ],
)

it.skipIf(!engine)(
  'reports the links that are broken on the site that Jekyll builds',
  async () => {
    const root = copyOf('test/sites/jekyll')
    const reported = await reportedLabels(root)
    const out = path.join(root, '_site')
    buildSite(engine!, ['build', '--quiet', '--disable-disk-cache'], root)
    const {broken, all} = linksOfBuilt(out, '/lamps/')
    expect(all.length).toBeGreaterThan(90)
    expect(reported).toEqual(broken.filter((label) => !IN_HTML.includes(label)))
  },
  600_000,
)

/** Links on pages that are written in HTML, and to anchors on them: doccheck reads Markdown. */
const IN_HTML = ['L40', 'L102', 'L108']

it('does not know which references are defined where a loop may define them', async () => {
  const loop = '{% for n in numbers %}\n[#{{ n }}]: https://example.org/{{ n }}\n{% endfor %}\n'
  const check = async (more: string) =>
    messagesOf(
      await checkFolder(
        folder({'_config.yml': 'title: x\n', 'a.md': `---\n---\n\nA mended ([#12][])\n\n${more}`}),
      ),
    )
  expect(await check(loop)).toEqual([])
  expect(await check('')).toEqual(['a.md 4:11-4:18 Unexpected reference to undefined label `#12`'])
})

it('finds the index of a folder without its extension, as `jekyll serve` and GitHub Pages do', async () => {
  const root = folder({
    '_config.yml': 'title: x\n',
    'rules/index.md': '---\n---\n# On\n',
    'rules/a.md': '---\n---\n[a](index#on) [b](index#off) [c](/rules/index) [d](/index) [e](indexes)\n',
  })
  expect(messagesOf(await checkFolder(root)).map((each) => /`([^`]*)`/.exec(each)?.[1])).toEqual([
    '/index',
    'indexes',
    '#off',
  ])
})

it('reads plugins and includes: only those that add pages or ids raise doubts', async () => {
  const check = async (more: Record<string, string>, text: string) =>
    messagesOf(
      await checkFolder(folder({'_config.yml': 'title: x\n', 'a.md': `---\n---\n${text}\n`, ...more})),
    ).map((each) => /`([^`]*)`/.exec(each)?.[1])
  const tag = {'_plugins/t.rb': "Liquid::Template.register_tag('t', T)\n"}
  const pages = {'_plugins/p.rb': 'site.pages << Jekyll::PageWithoutAFile.new(site, "", x, "y.html")\n'}
  expect(await check(tag, '[a](/gone/)')).toEqual(['/gone/'])
  expect(await check(pages, '[a](/gone/)')).toEqual([])
  const include = {'_includes/i.html': '<p id="tab-{{ include.n }}"><p id="own">'}
  expect(await check(include, '{% include i.html n=1 %}\n\n[a](#tab-1) [b](#own) [c](#other)')).toEqual([
    '#other',
  ])
  const part = '<p id="lamp-{{ site.x }}"></p>\n\n[a](#lamp-y) [b](#lump-y)'
  expect(await check({}, part)).toEqual(['#lump-y'])
  expect(await check({}, '<p id="{{ site.x }}"></p>\n\n[a](#lamp)')).toEqual([])
  expect(await check({}, '<div>{{ page.x | markdownify }}</div>\n\n[a](#lamp)')).toEqual([])
  const archives = {'_config.yml': 'jekyll-archives:\n  permalinks:\n    tag: /on/:name/\n'}
  expect(await check(archives, '[a](/on/x/) [b](/off/x/)')).toEqual(['/off/x/'])
})

it('does not know what a workflow copies from another repository before it builds the site', async () => {
  const build = '      - run: bundle exec jekyll build\n'
  const own = '      - uses: actions/checkout@v4\n'
  const other = '      - uses: actions/checkout@v4\n        with: \n          repository: lamps/more\n'
  const copies = '      - run: cp -r more/. pages\n'
  const action = '      - uses: ./.github/actions/merge\n'
  const check = async (steps: string, merge = '') =>
    messagesOf(
      await checkFolder(
        folder({
          '_config.yml': 'title: x\n',
          'pages/a.md':
            '---\n---\n\n[a](./b.md) [b](/c/) [c]({% link pages/d.md %}) [d](../../e.md) [e](./laterns.md)\n',
          'pages/lanterns.md': '---\n---\n',
          '.github/workflows/site.yml': `jobs:\n  site:\n    steps:\n${steps}`,
          ...(merge !== '' && {'.github/actions/merge/action.yml': `runs:\n    steps:\n${merge}`}),
        }),
      ),
    ).length
  expect(await check(own + copies + build)).toBe(5)
  expect(await check(own + other + copies)).toBe(5)
  expect(await check(own + other + build)).toBe(5)
  // A path outside of the tree, and one that misspells that of a page.
  expect(await check(other + copies + build)).toBe(2)
  expect(await check(own + action + build, other + copies)).toBe(2)
  expect(await check(own + action + build, own + copies)).toBe(5)
  expect(await check(own + build, other + copies)).toBe(5)
})

it('knows where a workflow copies files of another repository to, and how these are named', async () => {
  const names = Array.from({length: 50}, (_, index) => `note-${index}`)
  const check = async (copies: string) =>
    messagesOf(
      await checkFolder(
        folder({
          '_config.yml': 'title: x\n',
          'pages/note-0.md':
            '---\n---\n\n[a](note-51.md) [b](../gone.md) [c](other.md) ![d](../art/note-1/b.png) ![e](../art/note-51/a.png)\n',
          'art/note-1/a.png': '',
          'art/note-2/a.png': '',
          'art/note-3/a.png': '',
          ...Object.fromEntries(names.slice(1).map((name) => [`pages/${name}.md`, '---\n---\n'])),
          'index.md': `---\n---\n\n${names.map((name) => `[a](pages/${name}.md)`).join(' ')} ![a](art/note-1/a.png) ![a](art/note-2/a.png) ![a](art/note-3/a.png)\n`,
          '.github/workflows/site.yml': `jobs:
  site:
    steps:
      - uses: actions/checkout@v4
        with:
          repository: lamps/more
          path: more
      - run: |
          ${copies}
          cd $GITHUB_WORKSPACE/pages
          mv "$1" "$(echo "$1")"
      - run: bundle exec jekyll build
`,
        }),
      ),
    ).map((text) => /`(.*?)`/.exec(text)?.[1])
  const to = (folder: string) => `cp -rp $GITHUB_WORKSPACE/more/x/. ${folder}`
  const both = `${to('$GITHUB_WORKSPACE/pages')}\n          ${to('"$GITHUB_WORKSPACE/art/"')}`
  expect(await check(both)).toEqual(['../gone.md', 'other.md', '../art/note-1/b.png'])
  // Below a folder that is not known, and one that is computed.
  expect(await check(to('pages'))).toEqual([])
  expect(await check(to('$GITHUB_WORKSPACE/$FOLDER'))).toEqual([])
})

it('keeps the letters of categories in URLs, and publishes what Jekyll reads', async () => {
  const links = [
    ['/zh_cn/lamp%20oil/2018/10/17/a/', '/zh-cn/lamp-oil/2018/10/17/a/'],
    ['/assets/theme.css', '/assets/theme/'],
    ['/recipes/soup.png', '/recipes/_soup.png'],
    ['/docs2/b/', '/docs/c/'],
  ]
  const root = folder({
    '_config.yml': 'permalink: pretty\nexclude: [docs/]\ncollections: {recipes: {output: true}}\n',
    'zh_cn/_posts/2018-10-17-a.md': '---\ncategory: Lamp Oil\n---\n',
    'assets/theme.scss': '---\n---\n',
    '_recipes/soup.png': '',
    '_recipes/_soup.png': '',
    'docs2/b.md': '---\n---\n',
    'docs/c.md': '---\n---\n',
    'index.md': `---\n---\n${links.map(([right, wrong]) => `[a](${right}) [b](${wrong})\n`).join('')}`,
  })
  const found = messagesOf(await checkFolder(root)).map((each) => /`([^`]*)`/.exec(each)?.[1])
  expect(found).toEqual(links.map(([, wrong]) => wrong))
})

it('takes an id that begins as those of themes for one, unless it misspells a heading', async () => {
  const root = folder({
    '_config.yml': 'title: x\n',
    'a.md': '---\n---\n\n## Footer content\n\n[a](#footer-wrap) [b](#footer-cotent) [c](#footer)\n',
  })
  expect(messagesOf(await checkFolder(root))).toEqual([
    'a.md 6:23-6:37 Unexpected link to missing anchor `#footer-cotent`, expected `#footer-content`',
  ])
})

it('checks where pages redirect to', async () => {
  const check = async (config: string) =>
    messagesOf(
      await checkFolder(
        folder({
          '_config.yml': config,
          'a.md': '---\nredirect_to: /b/\n---\n',
          'b.md': '---\npermalink: /b/\n---\n# B\n',
          'c.md': '---\nredirect_to: /gone/\n---\n',
          'd.md': '---\nredirect_to:\n  - b/#wick\n---\n',
          'e.md': '---\nredirect_to: https://example.org/gone/\n---\n',
        }),
      ),
    )
  expect(await check('title: x\n')).toEqual([])
  const plugin = 'plugins: [jekyll-redirect-from]\n'
  const [page, anchor] = [
    'c.md 2:14-2:20 Unexpected link to missing file `/gone/`',
    'd.md 3:5-3:12 Unexpected link to missing anchor `#wick` in `b.md`',
  ]
  const why = '(likely: no other page at the top of the host is missing)'
  expect(await check(plugin)).toEqual([`${page} ${why}`, anchor])
  expect(await check(`baseurl: /lamps\n${plugin}`)).toEqual([page, anchor])
})

describe('tags that name pages', () => {
  const TEXTS: Record<string, string[]> = {
    'Text {% link gone.md %} and {% link b.md %}\n': ['6:6-6:24'],
    '{% post_url 2020-01-02-gone %}\n\n{% post_url 2020-01-01-post %}\n': ['6:1-6:31'],
    '```\n{%- link gone.md -%}\n```\n': ['7:1-7:21'],
    '[a]({% link gone.md %}) <a href="{% link gone2.md %}">b</a>\n\n[c]\n\n[c]: {% link gone3.md %}\n': [
      '6:5-6:23',
      '6:34-6:53',
      '10:6-10:25',
    ],
    '{% raw %}{% link gone.md %}{% endraw %} {% comment %}{% link gone.md %}{% endcomment %}\n': [],
  }
  const files = (text: string) => ({
    '_config.yml': 'title: x\n',
    '_posts/2020-01-01-post.md': '---\ntitle: Post\n---\n\nA post.\n',
    'b.md': '---\ntitle: B\n---\n\nA page.\n',
    'a.md': `---\ntitle: A\n---\n\n\n${text}`,
    'raw.md': 'A page without front matter is not built: {% link gone.md %}\n',
  })

  it.each(Object.entries(TEXTS))('outside of links are followed, too: %j', async (text, places) => {
    const found = messagesOf(await checkFolder(folder(files(text)), 'no-broken-link'))
    expect(found.map((line) => line.split(' ', 2).join(' '))).toEqual(places.map((place) => `a.md ${place}`))
  })

  it.skipIf(!engine)(
    'stop the build where a page is missing',
    () => {
      for (const [text, places] of Object.entries(TEXTS)) {
        const {status} = spawnSync(engine!, ['build', '--quiet', '--disable-disk-cache'], {
          cwd: folder(files(text)),
        })
        expect([text, status === 0]).toEqual([text, places.length === 0])
      }
    },
    600_000,
  )
})

it('knows the images of pages that jekyll-seo-tag names', async () => {
  const check = async (config: string) =>
    messagesOf(
      await checkFolder(
        folder({
          '_config.yml': config,
          'assets/a.png': '',
          'a.md': '---\nimage: /assets/a.png\n---\n',
          'b.md': '---\nimage: assets/a.png\n---\n',
          'c.md': '---\nimage:\n  path: /assets/gone.png\n---\n',
          'd.md': '---\nimage: https://example.org/gone.png\n---\n',
          '_drafts/e.md': '---\nimage: /assets/gone.png\n---\n',
        }),
        'no-broken-link',
      ),
    )
  const gone = ['c.md 3:9-3:25 Unexpected missing image `/assets/gone.png`']
  expect(await check('plugins: [jekyll-seo-tag]\n')).toEqual(gone)
  expect(await check('plugins: [jekyll-seo-tag]\nbaseurl: /lamps\n')).toEqual(gone)
  expect(await check('title: x\n')).toEqual([])
})

it('leaves folders at the top of a host to other repositories, once several links lead there', async () => {
  const check = async (config: string, text: string) =>
    messagesOf(await checkFolder(folder({'_config.yml': config, 'a.md': `---\n---\n${text}\n`}))).map(
      (each) => /`([^`]*)`/.exec(each)?.[1],
    )
  const one = '[a](/lamps/wick/)'
  const several = `${one} [b](/lamps/docs/oil)`
  expect(await check('title: x\n', one)).toEqual(['/lamps/wick/'])
  expect(await check('title: x\n', several)).toEqual([])
  expect(await check('title: x\n', `${one} [b](/lamps/)`)).toEqual([])
  expect(await check('title: x\n', `${several} [c](/a.html) [d](/b/c/)`)).toEqual(['/b/c/'])
  expect(await check('baseurl: /x\n', '[a](/x/lamps/wick/) [b](/x/lamps/oil/)')).toEqual([
    '/x/lamps/wick/',
    '/x/lamps/oil/',
  ])
})
