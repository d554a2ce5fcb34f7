import {expect, it} from 'vitest'
import {checkFolder, folder} from './run-doccheck.ts'

/** The suggestions for links that are written on a page, in order; those that lead to the page are fixes, too. */
async function suggestionsFor(files: Record<string, string>, from: string, links: readonly string[]) {
  const text = links.map((url) => `[a](${url})`).join('\n')
  const root = folder({...files, [from]: `${files[from] ?? ''}# Page\n\n${text}\n`})
  const {pages} = await checkFolder(root, 'no-broken-link')
  const page = pages.find(({path}) => path === from)!
  return page.findings.map(({expected, fix}) => [expected?.[0], fix !== undefined])
}

const DOCUSAURUS = 'export default {url: "https://x.test", baseUrl: "/", presets: [["classic", {}]]}\n'

it.each<[string, Record<string, string>, string, [link: string, suggestion: string, isFix: boolean][]]>([
  [
    'paths and URLs in a repository',
    {'docs/install.md': '# Install\n\n## Use\n'},
    'docs/guide/page.md',
    [
      ['../instal.md', '../install.md', true],
      ['../instal.md#use', '../install.md#use', true],
      ['/docs/instal.md', '/docs/install.md', true],
    ],
  ],
  [
    'aliases of Docusaurus',
    {'docusaurus.config.js': DOCUSAURUS, 'docs/install.md': '# Install\n\n## Use\n'},
    'docs/guide/page.md',
    [
      ['@site/docs/instal.md', '@site/docs/install.md', true],
      ['@site/docs/instal.md#use', '@site/docs/install.md#use', true],
      ['../instal.md', '../install.md', true],
      ['../instal', '../install', true],
      ['/docs/instal', '/docs/install', true],
    ],
  ],
  [
    'aliases of Docusaurus, of a site in a folder',
    {'website/docusaurus.config.js': DOCUSAURUS, 'website/docs/install.md': '# Install\n'},
    'website/docs/page.md',
    [['@site/docs/instal.md', '@site/docs/install.md', true]],
  ],
  [
    'routes of Next.js',
    {
      'next.config.mjs': 'export default {}\n',
      ...Object.fromEntries(
        ['install', 'middleware', 'prefetching', 'index'].map((name) => [
          `content/docs/${name}.mdx`,
          '# A\n\n[1](/docs/install) [2](/docs/middleware) [3](/docs/prefetching)\n',
        ]),
      ),
      'public/lamp.png': '',
    },
    'content/docs/page.mdx',
    [['/docs/refetching?a=b#top', '/docs/prefetching?a=b#top', true]],
  ],
  [
    'Liquid of Jekyll',
    {
      '_config.yml': 'title: a\n',
      'docs/install.md': '---\n---\n# Install\n\n## Use\n',
      '_posts/2020-01-01-first.md': '---\n---\n# First\n',
      'page.md': '---\n---\n',
    },
    'page.md',
    [
      ['{% link docs/instal.md %}', '{% link docs/install.md %}', false],
      ['{%- link docs/instal.md -%}#use', '{%- link docs/install.md -%}#use', false],
      ['{% post_url 2020-01-01-frist %}', '{% post_url 2020-01-01-first %}', false],
      ['{{ "/docs/instal.html" | relative_url }}', '{{ "/docs/install.html" | relative_url }}', false],
      ['{{ site.baseurl }}/docs/instal.html', '{{ site.baseurl }}/docs/install.html', false],
      ['docs/instal.md', 'docs/install.md', true],
      ['/docs/instal.html', '/docs/install.html', true],
    ],
  ],
])('keeps the form of a link: %s', async (_name, files, from, cases) => {
  const links = cases.map(([link]) => link)
  expect(await suggestionsFor(files, from, links)).toEqual(
    cases.map(([, suggestion, isFix]) => [suggestion, isFix]),
  )
})

it('leaves out the base in images of Docusaurus', async () => {
  const files = {
    'docusaurus.config.js': DOCUSAURUS.replace('baseUrl: "/"', 'baseUrl: "/base/"'),
    'static/lamp.png': '',
    'docs/page.md': '![a](/lampe.png)\n\n',
  }
  expect(await suggestionsFor(files, 'docs/page.md', [])).toEqual([['/lamp.png', true]])
})

it('suggests files of the same kind', async () => {
  const files = {
    'src/index.ts': '',
    'src/tests.slnx': '',
    'src/theme.tcss': '',
    'src/theme.py': '',
    'src/settings.yaml': '',
    'src/hooks.go': '',
    'src/logo.svg': '',
    'src/licence.txt': '',
    'src/guide.md': '',
  }
  const links = [
    ['src/index.astro'],
    ['src/tests.old'],
    ['src/theme.css', 'src/theme.tcss'],
    ['src/setings.yml', 'src/settings.yaml'],
    ['src/hooks/'],
    ['src/logo.png', 'src/logo.svg'],
    ['src/licence', 'src/licence.txt'],
    ['src/guid.html', 'src/guide.md'],
  ]
  const found = await suggestionsFor(
    files,
    'page.md',
    links.map(([link]) => link!),
  )
  expect(found.map(([suggestion]) => suggestion)).toEqual(links.map(([, suggestion]) => suggestion))
})
