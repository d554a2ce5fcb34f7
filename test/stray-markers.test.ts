import {describe, expect, it} from 'vitest'
import {detectSites} from '../src/site/detect.ts'
import {checkFolder, folder, messagesOf} from './run-doccheck.ts'
import {virtualTree} from './virtual-tree.ts'

/** What is reported, as file and URL. */
const reported = async (files: Record<string, string>) =>
  messagesOf(await checkFolder(folder(files)))
    .map((line) => `${line.split(' ', 1)[0]} ${/`([^`]*)`/.exec(line)?.[1]}`)
    .sort()

describe('a marker at the root does not silence the readme, which the host shows', () => {
  const text = '# R\n\n[a](./nope/) [b](src/nope.js) [c](#nope) ![d](nope.png)\n'
  const broken = ['./nope/', 'src/nope.js', '#nope', 'nope.png'].map((url) => `README.md ${url}`).sort()
  const config = (text: string) => `export default {${text}}\n`
  const uses = (name: string) => JSON.stringify({dependencies: {[name]: '1.0.0'}})

  it.each<[platform: string, files: Record<string, string>]>([
    ['gitbook', {'.gitbook.yaml': 'structure:\n  readme: README.md\n'}],
    ['gitbook', {'.gitbook.yaml': 'root: ./docs/\n'}],
    ['honkit', {'book.json': '{}', 'SUMMARY.md': '* [A](docs/a.md)\n'}],
    ['mintlify', {'docs.json': '{"name": "x", "navigation": {"pages": ["docs/a"]}}'}],
    ['fumadocs', {'source.config.ts': `import {defineDocs} from 'fumadocs-mdx/config'\n${config('')}`}],
    ['vuepress', {'docs/.vuepress/config.js': config('')}],
    ['zensical', {'zensical.toml': '[project]\n'}],
    [
      'nuxt-content',
      {'nuxt.config.ts': config("modules: ['@nuxt/content']"), 'package.json': uses('@nuxt/content')},
    ],
    ['rspress', {'rspress.config.ts': config("root: 'docs'"), 'package.json': uses('@rspress/core')}],
    ['hexo', {'_config.yml': 'title: x\n', 'package.json': uses('hexo'), 'scaffolds/post.md': ''}],
    ['docsify', {'index.html': '<script>window.$docsify = {}</script>\n'}],
    ['github-wiki', {'Home.md': '', '_Sidebar.md': ''}],
    ['gitlab-wiki', {'home.md': '', '_sidebar.md': ''}],
    ['gitlab-wiki', {'.gitlab/redirects.yml': 'a: b\n'}],
    ['azure-wiki', {'.order': 'README\n'}],
    ['zola', {'config.toml': 'base_url = "https://x.example"\n', 'content/_index.md': '+++\n+++\n'}],
    ['obsidian', {'.obsidian/app.json': '{}'}],
    ['quartz', {'quartz.config.ts': config('')}],
    ['foam', {'.vscode/foam.json': '{}'}],
    ['pelican', {'pelicanconf.py': "SITENAME = 'x'\n"}],
    ['lume', {'_config.ts': 'import lume from "lume/mod.ts"\nexport default lume()\n'}],
    ['vocs', {'vocs.config.ts': config(''), 'docs/pages/b.md': ''}],
    ['writerside', {'writerside.cfg': '<ihp version="2.0"/>\n'}],
    ['retype', {'retype.yml': 'input: .\n'}],
    ['redocly', {'redocly.yaml': 'navbar: {}\n'}],
    ['dumi', {'.dumirc.ts': config('')}],
    ['eleventy', {'.eleventy.js': 'module.exports = () => ({})\n'}],
    ['gatsby', {'gatsby-config.js': 'module.exports = {}\n'}],
    ['antora', {'antora.yml': 'name: x\n'}],
    ['jupyter-book', {'myst.yml': 'version: 1\nsite:\n  template: book-theme\n'}],
  ])('%s: %o', async (platform, files) => {
    const tree = {'README.md': text, 'docs/a.md': '# A\n', ...files}
    const {sites} = await detectSites({tree: virtualTree(tree), isPage: () => true})
    expect(sites.map((site) => site.platform)).toContain(platform)
    const found = await reported(tree)
    expect(found.filter((line) => line.startsWith('README.md'))).toEqual(broken)
  })
})
