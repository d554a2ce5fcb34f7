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
