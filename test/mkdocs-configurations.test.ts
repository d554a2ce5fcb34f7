import {expect, it} from 'vitest'
import {detectSites} from '../src/site/detect.ts'
import {treeOf} from './growth/series.ts'
import {checkFolder, folder, messagesOf} from './run-doccheck.ts'

const PAGES = {'docs/index.md': '# A\n', 'docs/zh/index.md': '# Z\n', 'docs/en/index.md': '# E\n'}

it.each<[string, Record<string, string>, string[]]>([
  [
    'of several for the same pages, the one with the URL of the site',
    {
      'mkdocs-common.yml': 'site_name: x\n',
      'mkdocs-nav.yml': 'nav:\n  - index.md\n',
      'mkdocs-offline.yml': 'INHERIT: mkdocs-common.yml\nplugins: [offline]\n',
      'mkdocs-online.yml': 'INHERIT: mkdocs-common.yml\nsite_url: https://docs.test\n',
    },
    ['.: mkdocs-online.yml'],
  ],
  [
    'one for each folder of pages',
    {
      'mkdocs.en.yml': 'site_name: x\ndocs_dir: docs/en\n',
      'mkdocs.zh.yml': 'INHERIT: mkdocs.en.yml\ndocs_dir: docs/zh\n',
      'other.yml': 'site_name: x\nnav: []\ndocs_dir: docs/zh\n',
    },
    ['docs/en: mkdocs.en.yml', 'docs/zh: mkdocs.zh.yml'],
  ],
  [
    'two languages',
    {
      'en.yml': 'site_name: x\ndocs_dir: docs/en\n',
      'zh.yml': 'site_name: x\ndocs_dir: docs/zh\n',
    },
    ['docs/en: en.yml', 'docs/zh: zh.yml'],
  ],
  [
    'none beside one with the usual name for the same pages',
    {
      'insiders.yml': 'INHERIT: mkdocs.yml\nplugins: []\n',
      'mkdocs.yml': 'site_name: x\n',
      'mkdocs.zh.yml': 'INHERIT: mkdocs.yml\ndocs_dir: docs/zh\n',
    },
    ['docs/zh: mkdocs.zh.yml', '.: mkdocs.yml'],
  ],
  [
    'none that one in another folder inherits',
    {
      'base.yml': 'site_name: x\nplugins: []\n',
      'config/mkdocs.yml': 'INHERIT: ../base.yml\ndocs_dir: ../docs/en\n',
    },
    ['config: config/mkdocs.yml'],
  ],
  [
    'none without the settings of MkDocs, or without pages',
    {
      'a.yml': 'site_name: x\nversion: 2\n',
      'b.yml': 'nav: []\ntheme: dark\n',
      'c.yml': 'site_name: x\ndocs_dir: gone\n',
      'mkdocs-d.yml': 'jobs:\n  site_name: x\n  nav: []\n',
    },
    [],
  ],
])('configurations with other names are detected by their content: %s', async (_what, files, expected) => {
  const {sites} = await detectSites({tree: treeOf({...files, ...PAGES}), isPage: () => false})
  expect(sites.map(({root, file}) => `${root || '.'}: ${file}`)).toEqual(expected)
})

it('a configuration with another name has the settings of its own folder', async () => {
  const report = await checkFolder(
    folder({
      'site/mkdocs.yml': 'site_name: x\n',
      'site/docs/index.md': '[a](gone.md)\n',
      'site/zh.yml':
        'INHERIT: mkdocs.yml\ndocs_dir: zh\nmarkdown_extensions: [pymdownx.snippets, pymdownx.snippets]\n',
      'site/docs/part.md': 'x\n',
      'site/zh/index.md': '--8<-- "docs/part.md"\n\n--8<-- "docs/gone.md"\n',
    }),
  )
  expect(messagesOf(report)).toEqual([
    'site/docs/index.md 1:5-1:12 Unexpected link to missing file `gone.md`',
    'site/zh/index.md 3:9-3:21 Unexpected include of missing file `docs/gone.md`',
  ])
})

it('the plugin exclude leaves files out: they are no targets, and only pages that include them have their links', async () => {
  const options = ['glob: ["**/_t*.md", "parts/*"]', 'regex: "old[0-9]"']
  const report = await checkFolder(
    folder({
      'mkdocs.yml': `site_name: x\nmarkdown_extensions: [pymdownx.snippets]\nplugins:\n  - exclude: {${options.join(', ')}}\n`,
      'docs/index.md': '[a](sub/_t1.md) [b](old1.md) [c](old.md) [d](parts/deep/x.md)\n',
      'docs/old.md': '--8<-- "docs/parts/deep/x.md"\n',
      'docs/old1.md': '# Old\n',
      'docs/sub/_t1.md': '--8<-- "docs/name.md"\n',
      'docs/parts/deep/x.md': '[a](index.md) [b](gone.md)\n',
    }),
  )
  expect(messagesOf(report)).toEqual([
    'docs/index.md 1:5-1:15 Unexpected link to unpublished file `sub/_t1.md`',
    'docs/index.md 1:21-1:28 Unexpected link to unpublished file `old1.md`',
    'docs/index.md 1:46-1:61 Unexpected link to unpublished file `parts/deep/x.md`',
    'docs/parts/deep/x.md 1:19-1:26 Unexpected link to missing file `gone.md` (included in `docs/old.md`)',
  ])
})

it.each([
  ['nav: [index.md, other/part.md]\n', ['docs/other/part.md']],
  ['nav:\n  - index.md\n  - other/\n', ['docs/other/part.md']],
  ['', ['docs/other/part.md']],
  ['nav: [index.md]\n', []],
])(
  'a page that others include and the navigation leaves out is only a part of these: %j',
  async (nav, expected) => {
    const report = await checkFolder(
      folder({
        'mkdocs.yml': `site_name: x\nmarkdown_extensions: [pymdownx.snippets]\n${nav}`,
        'docs/index.md': '--8<-- "docs/other/part.md"\n\n[a](gone.md)\n',
        'docs/other/part.md': '[a](index.md)\n',
        'docs/other/alone.md': '[a](index.md)\n',
      }),
    )
    expect(messagesOf(report).map((each) => each.split(' ')[0])).toEqual([
      'docs/index.md',
      'docs/other/alone.md',
      ...expected,
    ])
  },
)
