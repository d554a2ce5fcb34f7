import {ALL_PLATFORMS, platformNamed} from '../../src/site/registry.ts'

/** A small site of a platform. */
export interface SampleSite {
  /** Its configuration. */
  files: Record<string, string>
  /** Where its pages are. */
  folder: string
}

/** The configuration of platforms for which an empty file is not enough, or pages are in a certain folder. */
const SAMPLES: Record<string, SampleSite> = {
  github: {files: {}, folder: 'docs'},
  jekyll: {files: {'_config.yml': 'url: https://a.org\n'}, folder: 'docs'},
  mkdocs: {files: {'mkdocs.yml': 'site_name: a\n'}, folder: 'docs'},
  vitepress: {files: {'.vitepress/config.js': 'export default {}'}, folder: 'docs'},
  docusaurus: {files: {'docusaurus.config.js': 'module.exports = {presets: ["classic"]}'}, folder: 'docs'},
  starlight: {
    files: {
      'astro.config.mjs':
        "import starlight from '@astrojs/starlight'\nexport default {integrations: [starlight({title: 'a'})]}",
    },
    folder: 'src/content/docs',
  },
  hugo: {files: {'hugo.toml': 'baseURL = "https://a.org/"\n'}, folder: 'content'},
  mdbook: {files: {'book.toml': ''}, folder: 'src'},
  docfx: {files: {'docfx.json': '{"build": {"content": [{"files": ["**.md"]}]}}'}, folder: 'docs'},
  myst: {files: {'conf.py': "extensions = ['myst_parser']\nmyst_heading_anchors = 6\n"}, folder: 'docs'},
  next: {files: {'next.config.js': ''}, folder: 'content'},
  zola: {files: {'config.toml': 'base_url = "https://a.org"\n'}, folder: 'content'},
  hexo: {files: {'_config.yml': 'new_post_name: ":title.md"\n'}, folder: 'source'},
  mintlify: {files: {'docs.json': '{"navigation": {"pages": ["docs/page"]}}'}, folder: 'docs'},
  fumadocs: {
    files: {
      'source.config.ts':
        "import {defineDocs} from 'fumadocs-mdx/config'\nexport const docs = defineDocs({dir: 'content/docs'})\n",
      'lib/source.ts':
        "import {docs} from '../.source'\nimport {loader} from 'fumadocs-core/source'\nexport const source = loader({baseUrl: '/docs', source: docs.toFumadocsSource()})\n",
    },
    folder: 'content/docs',
  },
  nextra: {
    files: {'next.config.js': "import nextra from 'nextra'\nexport default nextra({})({})\n"},
    folder: 'content',
  },
  'nuxt-content': {
    files: {'nuxt.config.ts': "export default {modules: ['@nuxt/content']}\n"},
    folder: 'content',
  },
  vuepress: {files: {'docs/.vuepress/config.js': 'module.exports = {}\n'}, folder: 'docs'},
  rspress: {files: {'rspress.config.ts': 'export default {}\n'}, folder: 'docs'},
  docsify: {files: {'docs/index.html': '<script>window.$docsify = {}</script>\n'}, folder: 'docs'},
  quartz: {files: {'quartz.config.yaml': 'configuration: {}\n'}, folder: 'content'},
  pelican: {files: {'pelicanconf.py': ''}, folder: 'content'},
  'github-wiki': {files: {'Home.md': '', '_Sidebar.md': ''}, folder: 'docs'},
  'gitlab-wiki': {files: {'home.md': '', '_sidebar.md': ''}, folder: 'docs'},
  'azure-wiki': {files: {'docs/.order': 'page\nthe-links\n'}, folder: 'docs'},
  obsidian: {files: {'.obsidian/app.json': '{}'}, folder: 'notes'},
  foam: {files: {'.vscode/foam.json': '{}'}, folder: 'notes'},
}

/** A small site of a platform. */
export function sampleOf(platform: string): SampleSite {
  const {candidates = []} = platformNamed(platform) ?? {}
  return SAMPLES[platform] ?? {files: {[candidates[0]!]: ''}, folder: 'docs'}
}

/** The platforms that doccheck has rules for. */
export const DESCRIBED = ALL_PLATFORMS.filter(({describe}) => describe).map(({name}) => name)

/** A small site of every platform that doccheck has rules for. */
export const sampleSites: readonly (SampleSite & {platform: string})[] = DESCRIBED.map((platform) => ({
  platform,
  ...sampleOf(platform),
}))
