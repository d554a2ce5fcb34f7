import {readFileSync} from 'node:fs'
import path from 'node:path'
import {describe, expect, it} from 'vitest'
import {git, repository} from './repository.ts'
import {checkFolder, doccheck, folder, messagesOf} from './run-doccheck.ts'

const DOCUSAURUS = (plugin: string) => `${plugin}
export default {
  title: 'Lamps',
  url: 'https://lamps.test',
  baseUrl: '/',
  presets: [['classic', {docs: {routeBasePath: '/', remarkPlugins: [links]}, blog: false}]],
}
`

/** Pages that all of these sites can publish; the first one has so many links to the others. */
const pages = (content: string, text: string) => ({
  [`${content}/start.md`]: `# Start\n\n${'[[Warm Lamp]] [[warm_lamp|text]] '.repeat(2)}\n`,
  [`${content}/links.md`]: `# Links\n\n${text}\n`,
  [`${content}/parts/warm-lamp.md`]:
    '---\ntitle: The warm one\naliases: [Glow]\n---\n\n# Lamp\n\n## Set up: run it\n',
  ...Object.fromEntries(
    Array.from({length: 60}, (_, at) => [
      `${content}/parts/part-${at}.md`,
      `# Part ${at}\n\n[[Part ${(at + 1) % 60}]]\n`,
    ]),
  ),
})

async function check(files: Record<string, string>): Promise<string[]> {
  const root = folder(files)
  const found = ['no-broken-link', 'no-missing-anchor'].map((rule) => checkFolder(root, rule))
  return (await Promise.all(found)).flatMap(messagesOf)
}

/** The platform of a page, and how many wikilinks it has. */
async function inspect(files: Record<string, string>, page: string): Promise<[string, number]> {
  const {out} = await doccheck(folder(files), ['inspect', page])
  const {site, links} = JSON.parse(out)
  return [site.platform, links.filter(({kind}: {kind: string}) => kind === 'wikilink').length]
}

const FOUND = '[[Warm Lamp]] [[parts/warm-lamp]] [[warm-lamp.md|text]] [[The warm one]] [[glow]] [[#Links]]'

const SITES: [string, string, (text: string) => Record<string, string>][] = [
  [
    'docusaurus',
    'docs/links.md',
    (text) => ({
      'docusaurus.config.js': DOCUSAURUS("import links from '@portaljs/remark-wiki-link'"),
      ...pages('docs', text),
    }),
  ],
  [
    'docusaurus',
    'docs/links.md',
    (text) => ({
      'docusaurus.config.js': DOCUSAURUS("import links from './src/links.js'"),
      'src/links.js': String.raw`export default () => (tree) => visit(tree, 'text', ({value}) => value.split(/\[\[(.+?)\]\]/))`,
      ...pages('docs', text),
    }),
  ],
  [
    'vitepress',
    'docs/links.md',
    (text) => ({
      'docs/.vitepress/config.ts': 'export default {}',
      'package.json': '{"devDependencies": {"markdown-it-wikilinks": "1"}}',
      ...pages('docs', text),
    }),
  ],
  [
    'jekyll',
    'links.md',
    (text) => ({'_config.yml': 'plugins: [jekyll-wikilinks]\n', ...front(pages('.', text))}),
  ],
  [
    'jekyll',
    'links.md',
    (text) => ({
      '_config.yml': 'title: Lamps\n',
      '_plugins/links.rb': 'note.content.gsub!(/\\[\\[#{title}(\\|.+?)?\\]\\]/i) { link }\n',
      ...front(pages('.', text)),
    }),
  ],
  [
    'hugo',
    'content/links.md',
    (text) => ({
      'hugo.toml': 'baseURL = "https://lamps.test/"\ntitle = "Lamps"\n',
      'layouts/partials/content.html': String.raw`{{ range findRE "\\[\\[.+?\\]\\]" .Content }}{{ . }}{{ end }}`,
      ...pages('content', text),
    }),
  ],
  [
    'hugo',
    'content/links.md',
    (text) => ({
      'hugo.toml': 'baseURL = "https://lamps.test/"\ntitle = "Lamps"\n',
      'layouts/partials/content.html': '{{ .Content | replaceRE `\\[\\[([^\\]]+)\\]\\]` "$1" }}',
      ...pages('content', text),
    }),
  ],
]

/** Jekyll publishes pages with front matter. */
const front = (files: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(files).map(([name, text]) => [
      name.replace(/^\.\//, ''),
      text.startsWith('---') ? text : `---\n---\n\n${text}`,
    ]),
  )

describe('a site with a plugin or code for wikilinks', () => {
  it.each(SITES)('%s: finds what they name', async (platform, page, site) => {
    const files = site(`${FOUND} ![[Part 3]] [[https://e.org/]] \`[[code]]\``)
    expect(await inspect(files, page)).toEqual([platform, 8])
    expect(await check(files)).toEqual([])
  })

  it.each(SITES)('%s: misses what is not there, but never for certain', async (platform, _page, site) => {
    const found = await check(site('[[Warm Lammp]] [[Nowhere]] [[Part 2#Nowhere]] [[#There]]'))
    const isPackage = platform === 'docusaurus' && !('src/links.js' in site(''))
    expect(
      found.map((each) => each.replace(/^(\S+) [\d:-]+/, '$1').replace(/likely: .*\)$/, 'likely)')),
    ).toEqual([
      expect.stringMatching(
        /Unexpected link to missing file `Warm Lammp`, expected `.*warm-lamp` \(likely\)$/,
      ),
      expect.stringMatching(/Unexpected link to missing file `Nowhere` \(likely\)$/),
      // Packages among the plugins of Docusaurus may change ids.
      ...(isPackage
        ? []
        : [
            expect.stringMatching(/Unexpected link to missing anchor `#Nowhere` in `.*part-2.md`$/),
            expect.stringMatching(/Unexpected link to missing anchor `#There`/),
          ]),
    ])
  })

  it('takes the divider of the plugin', async () => {
    const targets = async (plugin: string) => {
      const files = {'docusaurus.config.js': DOCUSAURUS(plugin), 'docs/a.md': '[[b:text]] [[c|text]]\n'}
      const {out} = await doccheck(folder(files), ['inspect', 'docs/a.md'])
      return JSON.parse(out).links.map(({url}: {url: string}) => url)
    }
    expect(await targets("import links from 'remark-wiki-link'")).toEqual(['b', 'c|text'])
    expect(await targets("import l from 'remark-wiki-link'; const links = [l, {aliasDivider: '|'}]")).toEqual(
      ['b:text', 'c'],
    )
    expect(await targets("import links from '@flowershow/remark-wiki-link'")).toEqual(['b:text', 'c'])
  })

  it('follows renames', async () => {
    const text = Array.from({length: 20}, (_, at) => `Line ${at} of this page.`).join('\n')
    const root = await repository({
      'docusaurus.config.js': DOCUSAURUS("import links from '@portaljs/remark-wiki-link'"),
      ...pages('docs', '[[Old Lamp|text]] [[parts/old-lamp]]'),
      'docs/parts/old-lamp.md': `# Old\n\n${text}\n`,
    })
    await git(root, 'commit', '-qm', 'x')
    await git(root, 'mv', 'docs/parts/old-lamp.md', 'docs/parts/new-lamp.md')
    await git(root, 'commit', '-qm', 'y')
    await doccheck(root, ['--offline', '--fix'])
    expect(readFileSync(path.join(root, 'docs/links.md'), 'utf8')).toBe(
      '# Links\n\n[[new-lamp|text]] [[parts/new-lamp]]\n',
    )
  })
})

describe('double brackets are text', () => {
  const CONFIG = DOCUSAURUS(
    "import links from 'remark-math' // not remark-wiki-link\n// import x from './wikilinks'",
  )
  it.each<[string, Record<string, string>]>([
    ['docs/a.md', {'docusaurus.config.js': CONFIG}],
    ['docs/a.md', {'docs/.vitepress/config.ts': "export default {themeConfig: {sidebar: ['/wikilinks']}}"}],
    ['docs/a.md', {'package.json': '{"dependencies": {"remark-wiki-link": "1"}}'}],
    ['a.md', {'_config.yml': 'title: wikilinks\n', '_plugins/a.rb': String.raw`text =~ /\[(.+?)\]\(/`}],
    [
      'content/a.md',
      {'hugo.toml': 'baseURL = "/"\n', 'layouts/a.html': '{{ replaceRE `\\[x\\]` "" .Content }}'},
    ],
  ])('in %s of a site without a plugin for them: %j', async (page, files) => {
    expect((await inspect({...files, [page]: '---\n---\n\n[[x]] ![[y]]\n'}, page))[1]).toBe(0)
  })
})
