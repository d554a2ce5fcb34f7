import {execFileSync} from 'node:child_process'
import {globbySync} from 'globby'
import {describe, expect, it} from 'vitest'
import {detectSites} from '../src/site/detect.ts'
import {ALL_PLATFORMS, HOSTS, PLATFORMS} from '../src/site/registry.ts'
import {treeOf} from './growth/series.ts'
import {doccheck, folder} from './run-doccheck.ts'

/** The markers of a tree that holds these files, empty ones, in this order: `platform root: why`. */
async function detected(...paths: string[]): Promise<string[]> {
  const tree = treeOf(Object.fromEntries(paths.map((path) => [path, ''])))
  const {sites} = await detectSites({tree, isPage: () => false})
  return sites.map(({platform, root, why}) => `${platform} ${root || '.'}: ${why}`)
}

describe('the registry', () => {
  it('lists the platform of each folder once, by the name of the folder', () => {
    const folders = globbySync('src/site/platforms/*', {onlyDirectories: true})
    const names = ALL_PLATFORMS.map(({name}) => name)
    expect(names.toSorted()).toEqual(folders.map((each) => each.split('/').at(-1)).sort())
  })

  it('offers users every platform that it detects, and a name for any other, and assumes GitHub', () => {
    expect(PLATFORMS).toEqual([...ALL_PLATFORMS.map(({name}) => name), 'other'])
    expect(HOSTS[0].name).toBe('github')
  })

  it('has a file by which every platform is recognised, but for the host that is assumed', () => {
    expect(ALL_PLATFORMS.filter(({candidates}) => candidates.length === 0).map(({name}) => name)).toEqual([
      'github',
    ])
  })
})

describe('platforms are recognised', () => {
  it.each([
    ['jekyll', '_config.yml'],
    ['mkdocs', 'mkdocs.yaml'],
    ['mkdocs', 'properdocs.yml'],
    ['vitepress', '.vitepress/config.mts'],
    ['vitepress', '.vitepress/config/index.ts'],
    ['docusaurus', 'docusaurus.config.ts'],
    ['starlight', 'astro.config.mjs'],
    ['hugo', 'hugo.toml'],
    ['hugo', 'config/_default/config.yaml'],
    ['mdbook', 'book.toml'],
    ['docfx', '.openpublishing.publish.config.json'],
    ['myst', 'conf.py'],
    ['next', 'next.config.js'],
    ['vuepress', '.vuepress/config.js'],
    ['gatsby', 'gatsby-config.ts'],
    ['eleventy', '.eleventy.js'],
    ['eleventy', 'eleventy.config.mjs'],
    ['zensical', 'zensical.toml'],
    ['antora', 'antora.yml'],
    ['quarto', '_quarto.yml'],
    ['jupyter-book', '_toc.yml'],
    ['gitbook', '.gitbook.yaml'],
  ])('%s by %s, at the top and below it', async (platform, file) => {
    expect(await detected(file)).toEqual([`${platform} .: ${file} exists`])
    expect(await detected(`a/b/${file}`)).toEqual([`${platform} a/b: a/b/${file} exists`])
  })

  it.each(['docs.json', 'mint.json'])(
    'Mintlify by %s with a navigation, which other tools do not write',
    async (file) => {
      const sitesWith = async (text: string) => {
        const {out} = await doccheck(folder({[`docs/${file}`]: text, 'docs/a.mdx': '# A\n'}), ['sites'])
        return /^docs +mintlify/m.test(out)
      }
      expect(await sitesWith('{"navigation": {"groups": []}}')).toBe(true)
      expect(await sitesWith('{"navigation": [{"group": "A", "pages": ["a"]}]}')).toBe(true)
      expect(await sitesWith('{"$schema": "https://mintlify.com/docs.json", "navigation": {}}')).toBe(true)
      expect(
        await sitesWith('{"$schema": "https://other.example/docs.json", "navigation": {"tabs": []}}'),
      ).toBe(false)
      expect(await sitesWith('{"kind": 1, "children": []}')).toBe(false)
      expect(await sitesWith('{"navigation": "top"}')).toBe(false)
      expect(await sitesWith('[')).toBe(false)
    },
  )

  it('a Jupyter Book that Sphinx builds, not Jekyll, by its two files', async () => {
    expect(await detected('a/_config.yml', 'a/_toc.yml')).toEqual([
      'myst a: a/_toc.yml and a/_config.yml exist',
    ])
  })

  it('Fumadocs and Nextra by what the configuration or the package beside it names, rather than Next.js', async () => {
    const tree = treeOf({
      'a/next.config.js': "const nextra = require('nextra')\n",
      'b/next.config.js': '',
      'b/package.json': '{"dependencies": {"nextra": "^4.0.0"}}',
      'c/next.config.js': '',
      'c/source.config.ts': "import {defineDocs} from 'fumadocs-mdx/config'\n",
      'd/source.config.ts': "import {defineDocs} from 'fumadocs-mdx/config'\n",
      'e/next.config.js': '',
      'e/source.config.ts': 'export default {}\n',
    })
    const {sites} = await detectSites({tree, isPage: () => false})
    expect(sites.map(({root, platform}) => `${root} ${platform}`)).toEqual([
      'a nextra',
      'b nextra',
      'c fumadocs',
      'd fumadocs',
      'e next',
    ])
  })

  it('by no other file, nor by one in a package', async () => {
    expect(
      await detected('a/my-mkdocs.yml', 'mkdocs.yml.bak', 'config.ts', 'node_modules/a/mkdocs.yml'),
    ).toEqual([])
  })

  it('the deepest first, one a folder: the one whose file comes first', async () => {
    expect(await detected('conf.py', 'mkdocs.yml', 'a/b/book.toml', 'a/hugo.toml')).toEqual([
      'mdbook a/b: a/b/book.toml exists',
      'hugo a: a/hugo.toml exists',
      'myst .: conf.py exists',
    ])
  })

  it('by config.toml where the folders of Hugo are beside it, whatever else is there', async () => {
    expect(await detected('config.toml', 'content/a.md')).toEqual([])
    expect(await detected('config.toml', 'layouts/a.html')).toEqual([])
    expect(await detected('_config.yml', 'config.toml', 'content/a.md', 'themes/a/theme.toml')).toEqual([
      'hugo .: config.toml and content/ exist',
    ])
    expect(await detected('a/config.yml', 'a/content/a.md', 'a/layouts/a.html')).toEqual([
      'hugo a: a/config.yml and content/ exist',
    ])
  })

  it('Hexo by a setting in the file that is named like the configuration of Jekyll', async () => {
    const platformOf = async (text: string, manifest?: string) => {
      const files = {'_config.yml': text, ...(manifest !== undefined && {'package.json': manifest})}
      const {sites} = await detectSites({tree: treeOf(files), isPage: () => false})
      return sites.map(({platform, why}) => `${platform}: ${why}`)
    }
    expect(await platformOf('title: x\nsource_dir: source\n')).toEqual(['hexo: _config.yml exists'])
    expect(await platformOf('title: x\nsource: docs\n')).toEqual(['jekyll: _config.yml exists'])
    expect(await platformOf('title: x\n', '{"devDependencies": {"hexo": "8.1.0"}}')).toEqual([
      'hexo: _config.yml exists',
    ])
    expect(await platformOf('title: x\n', '{"devDependencies": {"hexo-fs": "5.0.0"}}')).toEqual([
      'jekyll: _config.yml exists',
    ])
  })

  it('GitLab as a host, by the pipeline of the repository', async () => {
    const hosts = async (path: string) =>
      (await detectSites({tree: treeOf({[path]: ''}), isPage: () => false})).hosts
    expect(await hosts('a/.gitlab-ci.yml')).toEqual([])
    expect(await hosts('.gitlab-ci.yml')).toEqual([
      {platform: 'gitlab', root: '', why: '.gitlab-ci.yml exists', file: '.gitlab-ci.yml'},
    ])
  })

  it.each([
    ['https://github.com/owner/name.git', '.gitlab-ci.yml', []],
    ['git@github.com:owner/name.git', '.gitlab-ci.yml', []],
    ['ssh://git@ssh.github.com:443/owner/name.git', '.gitlab-ci.yml', []],
    ['https://gitlab.com/github.com/name.git', '.github/workflows/a.yml', ['gitlab']],
    ['git@gitlab.example.org:owner/name.git', '.github/workflows/a.yml', ['gitlab']],
    ['https://code.example.org/owner/name.git', '.github/workflows/a.yml', []],
    ['https://code.example.org/owner/name.git', '.github/CODEOWNERS', ['gitlab']],
    [undefined, '.github/workflows/a.yml', []],
  ])(
    'not GitLab for a repository on GitHub with a pipeline: origin %s, %s',
    async (origin, path, expected) => {
      const root = folder({[path]: '', '.gitlab-ci.yml': ''})
      execFileSync('git', ['init', '-q'], {cwd: root})
      if (origin !== undefined) execFileSync('git', ['remote', 'add', 'origin', origin], {cwd: root})
      const tree = {...treeOf({'.gitlab-ci.yml': '', [path]: ''}), root}
      const {hosts} = await detectSites({tree, isPage: () => false})
      expect(hosts.map(({platform}) => platform)).toEqual(expected)
    },
  )
})

it.each([
  ['mkdocs.yml', 'mkdocs'],
  ['hugo.toml', 'hugo'],
  ['docusaurus.config.js', 'docusaurus'],
  // Sites of this one are fitted, so that Jekyll's rules say more.
  ['gatsby-config.js', 'jekyll'],
])('prefers to Jekyll, whose file a theme of GitHub Pages leaves behind, %s', async (file, platform) => {
  expect(await detected('_config.yml', file)).toEqual([
    `${platform} .: ${platform === 'jekyll' ? '_config.yml' : file} exists`,
  ])
})

it('takes a workspace for one of Foam only if it names the extension', async () => {
  const platformsOf = async (files: Record<string, string>) =>
    (await detectSites({tree: treeOf(files), isPage: () => false})).sites.map(({platform}) => platform)
  expect(await platformsOf({'.vscode/extensions.json': '{"recommendations": ["foam.foam-vscode"]}'})).toEqual(
    ['foam'],
  )
  expect(await platformsOf({'.vscode/settings.json': '{"foam.files.ignore": []}'})).toEqual(['foam'])
  expect(await platformsOf({'.vscode/foam.json': '{}'})).toEqual(['foam'])
  expect(
    await platformsOf({'.vscode/extensions.json': '{"recommendations": ["esbenp.prettier-vscode"]}'}),
  ).toEqual([])
  expect(await platformsOf({'.vscode/foam.json': '{}', 'mkdocs.yml': ''})).toEqual(['mkdocs'])
})
