import {counted, repeated, type Series, slugging} from './series.ts'

const HEADING = (at: number) => `## Heading number ${at}\n\n`
const EQUAL = () => '## a\n\n'
const TWINS = (at: number) => `## a\n\n## a-${at}\n\n`

/** What marks each platform, by a file, and where its pages stand. */
const PLATFORMS: Record<string, {files: Record<string, string>; page: string}> = {
  github: {files: {}, page: 'page.md'},
  gitlab: {files: {'.gitlab-ci.yml': ''}, page: 'page.md'},
  jekyll: {files: {'_config.yml': ''}, page: 'page.md'},
  mkdocs: {files: {'mkdocs.yml': 'site_name: a\n'}, page: 'docs/page.md'},
  vitepress: {files: {'.vitepress/config.js': 'export default {}'}, page: 'page.md'},
  docusaurus: {
    files: {'docusaurus.config.js': 'module.exports = {presets: ["classic"]}'},
    page: 'docs/page.md',
  },
  starlight: {
    files: {
      'astro.config.mjs':
        "import starlight from '@astrojs/starlight'\nexport default {integrations: [starlight({title: 'a'})]}",
    },
    page: 'src/content/docs/page.md',
  },
  hugo: {files: {'hugo.toml': ''}, page: 'content/page.md'},
  mdbook: {files: {'book.toml': '', 'src/SUMMARY.md': '[a](page.md)'}, page: 'src/page.md'},
  docfx: {files: {'docfx.json': '{"build": {"content": [{"files": ["**.md"]}]}}'}, page: 'page.md'},
  myst: {files: {'conf.py': "extensions = ['myst_parser']\nmyst_heading_anchors = 6\n"}, page: 'page.md'},
  next: {files: {'next.config.js': ''}, page: 'content/page.md'},
  quarto: {files: {'_quarto.yml': 'project:\n  type: website\n'}, page: 'page.md'},
}

/** Headings of all kinds, for each platform's rule. */
export const sluggers: readonly Series[] = Object.entries(PLATFORMS).flatMap(([platform, {files, page}]) => {
  const of = (text: (size: number) => string) => (size: number) => ({...files, [page]: text(size)})
  return [
    slugging(
      platform,
      'different headings',
      of((n) => counted(n, HEADING)),
    ),
    slugging(
      platform,
      'equal headings',
      of((n) => counted(n, EQUAL)),
    ),
    slugging(
      platform,
      'equal headings among numbered ones',
      of((n) => counted(n / 2, TWINS)),
    ),
    slugging(
      platform,
      'one long heading',
      of((n) => `# ${repeated('a b, ', n)}\n`),
      {unit: 'characters'},
    ),
    slugging(
      platform,
      'hyphens',
      of((n) => `# a${repeated('-', n)}b\n`),
      {unit: 'characters'},
    ),
    slugging(
      platform,
      'marks',
      of((n) => `# a ${repeated('!? ', n)}b\n`),
      {unit: 'characters'},
    ),
    slugging(
      platform,
      'attributes',
      of((n) => `# a {${repeated('.a', n)}!}\n`),
      {unit: 'characters'},
    ),
    slugging(
      platform,
      'braces',
      of((n) => `# a ${repeated('{ ', n)}\n`),
      {unit: 'characters'},
    ),
    slugging(
      platform,
      'angle brackets',
      of((n) => `# a ${repeated('\\< ', n)}\n`),
      {unit: 'characters'},
    ),
  ]
})
