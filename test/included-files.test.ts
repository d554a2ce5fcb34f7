import {describe, expect, it} from 'vitest'
import {checkFolder, doccheck, folder, messagesOf} from './run-doccheck.ts'

const found = async (files: Record<string, string>, ...args: string[]) =>
  (await doccheck(folder(files), ['--offline', '--no-config', ...args])).out

const MYST = {
  'docs/conf.py': "extensions = ['myst_parser']\n",
  'docs/index.md': '# D\n\n(a-label)=\n## Two\n\n```{toctree}\nnews\n```\n',
  'docs/news.md': '```{include} ../NEWS.md\n```\n',
}

describe('a file at the root that a page of a site includes', () => {
  it('may use labels and ids of that site', async () => {
    const files = {...MYST, 'NEWS.md': '# N\n\n[x](a-label) [y](#a-label) [z](index.md)\n'}
    expect(await found(files)).toContain('no problems')
    expect(await found(files, 'NEWS.md')).toContain('no problems')
  })

  it('has a broken link where neither the host nor the site knows the target', async () => {
    const files = {...MYST, 'NEWS.md': '# N\n\n[x](./gone.md) [y](#nowhere)\n'}
    for (const out of [await found(files), await found(files, 'NEWS.md')]) {
      expect(out).toMatch(/error .*`\.\/gone\.md`/)
      expect(out).toMatch(/error .*`#nowhere`/)
    }
  })

  it.each([
    [
      'mdbook',
      {
        'book.toml': '[book]\ntitle = "T"\n',
        'src/SUMMARY.md': '# Summary\n\n- [News](news.md)\n- [Other](other.md)\n',
        'src/other.md': '# O\n',
        'src/news.md': '{{#include ../NEWS.md}}\n',
      },
    ],
    [
      'docusaurus',
      {
        'docusaurus.config.js':
          'export default {title: "T", url: "https://x.test", baseUrl: "/", presets: [["classic", {docs: {}}]]}\n',
        'docs/other.md': '# O\n',
        'docs/news.mdx': "import News from '../NEWS.md'\n\n<News />\n",
      },
    ],
  ])('may link to a page beside the one of %s that includes it', async (_, site) => {
    expect(await found({...site, 'NEWS.md': '# N\n\n[x](other.md)\n'})).toContain('no problems')
  })

  it('includes files from where the pages of MyST are that include it, and lacks one once', async () => {
    const files = {
      ...MYST,
      'docs/conf.py': `${MYST['docs/conf.py']}exclude_patterns = ['parts']\n`,
      'docs/news.md': '```{include} parts/a.md\n```\n',
      'docs/other.md': '```{include} parts/a.md\n```\n',
      'docs/code.py': '',
      'docs/parts/a.md': '```{literalinclude} code.py\n```\n\n```{include} gone.md\n```\n',
    }
    const out = await found(files)
    expect(out.match(/error .*/g)).toEqual([
      expect.stringContaining('include of missing file `gone.md` (included in'),
    ])
  })

  it('is read on the host if a page only links to it', async () => {
    const files = {...MYST, 'docs/news.md': '[news](../NEWS.md)\n', 'NEWS.md': '[z](index.md)\n'}
    expect(await found(files)).toMatch(/error .*`index\.md`/)
  })
})

it('judges a file that the build may write by the others that pages include', async () => {
  const names = Array.from({length: 12}, (_, at) => `part-${at}`)
  const include = (name: string) => `\`\`\`{include} ${name}.md\n\`\`\`\n\n`
  const root = folder({
    'conf.py':
      "import subprocess\nsubprocess.run(['make'])\nextensions = ['myst_parser']\nexclude_patterns = ['parts']\n",
    'index.md': `# A\n\n${names.map((name) => include(`parts/${name}`)).join('')}`,
    'other.md': `# B\n\n${include('parts/gone')}${include('made/table')}${include('made/list')}`,
    ...Object.fromEntries(names.map((name) => [`parts/${name}.md`, `Text of ${name}.\n`])),
  })
  expect(messagesOf(await checkFolder(root, 'no-broken-link'))).toEqual([
    'other.md 3:14-3:27 Unexpected include of missing file `parts/gone.md` (likely: all 12 other targets in parts/ exist)',
  ])
})

describe('lines of a file that a page includes', () => {
  const TEXT = '[a](gone1.md)\n\n[b](gone2.md)\n[c](news.md)\n\n[d](gone3.md)\n'

  it.each<[string, Record<string, string>, string]>([
    [
      'mdbook',
      {
        'book.toml': '[book]\ntitle = "T"\n',
        'src/SUMMARY.md': '# Summary\n\n- [News](news.md)\n',
        'src/news.md': '{{#include parts/x.md:3:4}}\n',
      },
      'src/parts/x.md',
    ],
    [
      'mkdocs',
      {
        'mkdocs.yml': 'site_name: T\nmarkdown_extensions:\n  - pymdownx.snippets\nexclude_docs: parts\n',
        'docs/news.md': '--8<-- "docs/parts/x.md:3:4"\n',
      },
      'docs/parts/x.md',
    ],
    [
      'vitepress',
      {
        '.vitepress/config.mjs': 'export default {title: "T", srcExclude: ["parts/**"]}\n',
        'news.md': '<!--@include: ./parts/x.md{3,4}-->\n',
      },
      'parts/x.md',
    ],
  ])('have the links of that page of %s, and no others', async (_, site, file) => {
    const out = await found({...site, [file]: TEXT})
    expect(out.match(/error .*/g)).toEqual([
      expect.stringMatching(/`.*gone2\.md`.*\(included in `.*news\.md`\)/),
    ])
  })

  it('may have one bound', async () => {
    const site = {'book.toml': '[book]\ntitle = "T"\n', 'src/SUMMARY.md': '- [News](news.md)\n'}
    for (const [part, names] of [
      [':4:', ['gone3']],
      ['::3', ['gone1', 'gone2']],
      [':3', []],
      [':name', []],
    ] as const) {
      const out = await found({
        ...site,
        'src/news.md': `{{#include parts/x.md${part}}}\n`,
        'src/parts/x.md': TEXT,
      })
      expect(out.match(/gone\d(?=.*included in)/g) ?? [], part).toEqual(names)
    }
  })
})

describe('a file that pages of an unknown generator show', () => {
  const names = [...'abcdefghijklm']
  const pages = Object.fromEntries(
    names.map((name, at) => [
      `content/guide/${name}.md`,
      `# Page ${name}\n\n## The ${name} lamp\n\n[x](#the-${name}-lamp) [y](/guide/${names[(at + 1) % names.length]})\n`,
    ]),
  )
  const shown = {'content/shared/lamps/bulbs.md': '# Bulbs\n\n[x](#of-the-page-that-shows-it) [y](#bulbs)\n'}

  it('may link to fragments of these pages', async () => {
    const code = '{{< docs/shared source="lamps" lookup="lamps/bulbs.md" >}}'
    const files = {
      ...pages,
      ...shown,
      'content/guide/z.md': `# Z\n\n## Of the page that shows it\n\n${code}\n`,
    }
    expect(await found(files)).toContain('no problems')
  })

  it('has likely missing fragments if none does', async () => {
    expect(await found({...pages, ...shown})).toMatch(/warning .*`#of-the-page-that-shows-it`.*likely/)
  })
})
