import {symlinkSync} from 'node:fs'
import path from 'node:path'
import {expect, it} from 'vitest'
import {buildSite, linksOfBuilt, reportedLabels} from './built-site.ts'
import {command, ENGINES, engines} from './needs.ts'
import {checkFolder, folder, messagesOf} from './run-doccheck.ts'

/** A generator, and how pages of its sites show other files. */
interface Generator {
  files: Record<string, string>
  /** The folder of the files that are shown. */
  parts: string
  /** Front matter that pages need. */
  front?: string
  include(part: string, from: 'root' | 'guide' | 'parts'): string
  /** The link to a page, from the folder of pages. */
  link(page: string): string
  /** The mark before the number of an id that is there already. */
  mark: string
  build(root: string): string
}

const mkdocs = command('MkDocs (Debian: mkdocs)', ['/usr/bin/mkdocs', 'mkdocs'])
const jekyll = command('Jekyll (Debian: jekyll)', ['/usr/bin/jekyll', 'jekyll'])
const vitepress = engines('vitepress')

const GENERATORS: Record<string, Generator | false> = {
  MkDocs: mkdocs !== undefined && {
    files: {
      'mkdocs.yml':
        'site_name: Lamps\ntheme: mkdocs\nplugins: []\nmarkdown_extensions: [pymdownx.superfences, pymdownx.snippets]\n',
    },
    parts: 'parts/',
    include: (part) => `--8<-- "parts/${part}.md"`,
    link: (page) => `${page}.md`,
    mark: '_',
    build: (root) => {
      buildSite(mkdocs, ['build', '--quiet'], root)
      return 'site'
    },
  },
  Jekyll: jekyll !== undefined && {
    files: {'_config.yml': 'title: Lamps\n'},
    front: '---\ntitle: x\n---\n',
    parts: '_includes/',
    include: (part) => `{% include ${part}.md %}`,
    link: (page) => `${page}.html`,
    mark: '-',
    build: (root) => {
      buildSite(jekyll, ['build', '--quiet', '--disable-disk-cache'], root)
      return '_site'
    },
  },
  VitePress: vitepress && {
    files: {'.vitepress/config.js': "export default {ignoreDeadLinks: true, srcExclude: ['parts/**']}\n"},
    parts: 'parts/',
    include: (part, from) =>
      `<!--@include: ${{root: './parts/', guide: '../parts/', parts: './'}[from]}${part}.md-->`,
    link: (page) => `./${page}.md`,
    mark: '-',
    build: (root) => {
      symlinkSync(ENGINES, path.join(root, 'node_modules'))
      buildSite(process.execPath, [path.join(ENGINES, 'vitepress/bin/vitepress.js'), 'build'], root)
      return '.vitepress/dist'
    },
  },
}

const text = (blocks: readonly string[]) => `${blocks.join('\n\n')}\n`

/** Pages that show parts, at the top and in a folder; each link has a paragraph and a label of its own. */
function siteOf({front = '', include, link, mark}: Generator): Record<string, string> {
  const parts: Record<string, string> = {
    care: text([
      '## Care',
      `[L1](${link('guide/lamp')})`,
      '[L2](#all-lamps)',
      '[L3][lamp]',
      '[L4](#care)',
      '## Twice',
      include('deep', 'parts'),
      '[oil]: https://example.org/oil',
    ]),
    deep: text(['## Deep', '[L5](#deep)', '[L6](#twice)', '[L7](#deeper)']),
    code: text(['## In code']),
  }
  const index = [
    '# All lamps',
    '## Twice',
    include('care', 'root'),
    '## Twice',
    '[L8](#care)',
    '[L9](#deep)',
    `[L10](#twice${mark}2)`,
    `[L11](#twice${mark}3)`,
    '[L12][oil]',
    '[L13](#deeper)',
    `\`\`\`md\n${include('code', 'root')}\n\`\`\``,
    '[L14](#in-code)',
    `[lamp]: ${link('guide/lamp')}`,
  ]
  const guide = [
    '# Use',
    include('care', 'guide'),
    '[L15](#care)',
    '[L16](#all-lamps)',
    `[lamp]: ${link('lamp')}`,
  ]
  const page = (blocks: readonly string[]) => front + text(blocks)
  return {index: page(index), 'guide/use': page(guide), 'guide/lamp': page(['# Lamp']), ...parts}
}

for (const [name, generator] of Object.entries(GENERATORS))
  it.skipIf(!generator)(
    `judges what pages show of other files as ${name} renders it`,
    async () => {
      const {files, parts, build} = generator as Generator
      const docs = name === 'MkDocs' ? 'docs/' : ''
      const texts = Object.entries(siteOf(generator as Generator)).map(([file, text]) => {
        const isPart = !/^(?:index|guide\/)/.test(file)
        return [`${isPart ? parts : docs}${file}.md`, text]
      })
      const root = folder({...files, ...Object.fromEntries(texts)})
      const reported = await reportedLabels(root)
      const {broken, all} = linksOfBuilt(path.join(root, build(root)))
      // All but the one that leads to another host.
      expect(all).toHaveLength(15)
      expect(broken).toHaveLength(7)
      expect(reported).toEqual(broken)
    },
    600_000,
  )

it.skipIf(!jekyll).each(['{% include gone.md %}', '{% include_relative gone.md %}'])(
  'reports %s, at which Jekyll stops',
  async (include) => {
    const root = folder({'_config.yml': 'title: x\n', 'index.md': `---\n---\n\n${include}\n`})
    expect(messagesOf(await checkFolder(root))).toEqual([
      expect.stringMatching(/^index\.md 4:\S+ Unexpected include of missing file `gone\.md`$/),
    ])
    expect(() => buildSite(jekyll!, ['build', '--quiet', '--disable-disk-cache'], root)).toThrow('gone.md')
  },
)
