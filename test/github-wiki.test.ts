import {readFileSync} from 'node:fs'
import path from 'node:path'
import {describe, expect, it} from 'vitest'
import {parseOrigin} from '../src/site/shared/wikis/origin.ts'
import {git} from './repository.ts'
import {checkFolder, doccheck, folder, messagesOf} from './run-doccheck.ts'
import {commit, wikiRepository} from './wiki-repository.ts'

const REMOTE = 'https://github.com/lamps/docs.wiki.git'

const broken = async (root: string): Promise<string[]> =>
  messagesOf(await checkFolder(root, 'no-broken-link'))

const platformOf = async (root: string): Promise<string> => (await doccheck(root, ['sites'])).out

describe('wikis on GitHub are detected', () => {
  it.each([
    ['by pages shown beside each page', '.', {'Home.md': '', '_Sidebar.md': '', 'README.md': ''}],
    ['by the lack of a README', '.', {'Home.md': '', 'A.md': ''}],
    ['in a folder', 'docs/wiki', {'docs/wiki/Home.md': '', 'docs/wiki/_Footer.md': ''}],
    ['in another markup language', '.', {'Home.rst': '', 'A.md': '', '_Sidebar.md': ''}],
  ])('%s', async (_, root, files: Record<string, string>) => {
    expect((await platformOf(folder(files))).split(/\s+/).slice(0, 2)).toEqual([root, 'github-wiki'])
  })

  it('by the name of the repository', async () => {
    const files = {'Home.md': '', 'README.md': ''}
    expect(await platformOf(folder(files))).not.toContain('wiki')
    expect(await platformOf(await wikiRepository(files, REMOTE))).toContain('github-wiki')
  })

  it.each([
    ['a page Home alone', {'docs/Home.md': '', 'docs/a.md': ''}],
    ['a sidebar alone', {'_Sidebar.md': '', 'a.md': ''}],
    ['a site in the same folder', {'Home.md': '', '_Sidebar.md': '', 'mkdocs.yml': 'site_name: x\n'}],
  ])('but not by %s', async (_, files: Record<string, string>) => {
    expect(await platformOf(folder(files))).not.toContain('wiki')
  })

  it('unless a site publishes the pages', async () => {
    const files = {
      'mkdocs.yml': 'site_name: x\n',
      'docs/wiki/Home.md': '[a](a) [b](a.md)\n',
      'docs/wiki/_Sidebar.md': '',
      'docs/wiki/a.md': '# A\n',
    }
    expect(await broken(folder(files))).toEqual([expect.stringContaining('`a`')])
  })
})

it('is not sure of a wiki that only a page Home shows', async () => {
  const vault = {
    'Home.md': '[[a|A]] [[b|B]] [[a#What is it?]] [c](c)\n',
    'a.md': '# A\n\n## What is it\n',
    'b.md': '# B\n',
  }
  const {out} = await doccheck(folder(vault), ['--offline'])
  expect(out).toContain('no problems found')
  expect((await doccheck(await wikiRepository(vault, REMOTE), ['--offline'])).out).toContain('`c`')
})

it.each([
  ['https://github.com/lamps/docs.wiki.git', 'github', 'lamps/docs', true],
  ['git@github.com:lamps/docs.wiki.git', 'github', 'lamps/docs', true],
  ['ssh://git@github.com:22/lamps/docs.git', 'github', 'lamps/docs', false],
  ['https://gitlab.example.org/a/b/docs.wiki', 'gitlab', 'a/b/docs', true],
  ['https://x@dev.azure.com/x/y/_git/y.wiki', 'azure', 'x/y/_git/y', true],
  ['/srv/git/docs.wiki.git', undefined, undefined, undefined],
])('reads the project of %s', (url, kind, project, isWiki) => {
  const found = parseOrigin(url)
  expect([found?.kind, found?.project, found?.isWiki]).toEqual([kind, project, isWiki])
})

describe('links in the repository of a wiki', () => {
  const pages = {
    '_Sidebar.md': '[Home](Home)\n',
    'Set-Up.md': '# Set up\n\n## Bulbs\n',
    'Lamps/Floor-Lamp.md': '# F\n',
    'images/lamp.svg': '<svg/>',
  }
  const check = async (text: string) => broken(await wikiRepository({...pages, 'Home.md': text}, REMOTE))

  it.each([
    'Set-Up',
    'set-up',
    'Set%20Up',
    './Set-Up',
    'Set-Up#bulbs',
    'Floor-Lamp',
    'Lamps/Floor-Lamp',
    'wiki/Set-Up',
    '../wiki/Set-Up',
    '/lamps/docs/wiki/Set-Up',
    '/lamps/docs/wiki',
    'https://github.com/lamps/docs/wiki/Set-Up#bulbs',
    'https://github.com/lamps/other/wiki/Gone',
    '../blob/main/lamp.c',
    '../../../other/issues',
    'images/lamp.svg',
    '_history',
    'Set-Up/_edit',
    '/other/repository/blob/main/x',
  ])('%s leads somewhere', async (url) => {
    expect(await check(`[a](${url})\n`)).toEqual([])
  })

  it.each([
    ['Gone', 'link to missing file `Gone`'],
    ['Set-Upp', 'link to missing file `Set-Upp`, expected `Set-Up`'],
    ['wiki/Set-Upp', 'link to missing file `wiki/Set-Upp`, expected `wiki/Set-Up`'],
    ['Floor-Lmap', 'link to missing file `Floor-Lmap`, expected `Floor-Lamp`'],
    ['Set-Up.html', 'link to missing file `Set-Up.html`, expected `Set-Up`'],
    ['../lamp.c', 'link to a path outside the tree `../lamp.c`'],
    ['images/gone.svg', 'link to missing file `images/gone.svg`'],
    [
      'https://github.com/lamps/docs/wiki/Gone',
      'link to missing file `https://github.com/lamps/docs/wiki/Gone`',
    ],
  ])('%s leads nowhere', async (url, message) => {
    expect(await check(`[a](${url})\n`)).toEqual([expect.stringContaining(message)])
  })

  it('in double brackets are names, with a text before them', async () => {
    const text = `[[Set Up]] [[set up#Bulbs]] [[the lamp|Floor Lamp]] [[Lamps/Floor-Lamp]] [[/Set-Up]] [[images/lamp.svg|alt=x]]
[[https://example.org]] [[x|https://example.org]] [[#h]] [[include:Set-Up]] [[_TOC_]]

| a | b |
| - | - |
| [[x|Set Up]] | [[x\\|Set Up]] |

[[Gone]] [[Set Up|Gone]] [[images/gone.svg]] [[Set Upp]]
`
    expect(await check(text)).toEqual([
      expect.stringContaining('link to missing file `Gone`'),
      expect.stringContaining('link to missing file `Gone`'),
      expect.stringContaining('missing image `images/gone.svg`'),
      expect.stringContaining('link to missing file `Set Upp`, expected `Set-Up`'),
    ])
  })

  it('in double brackets to headings have hyphens for spaces', async () => {
    const root = await wikiRepository(
      {...pages, 'Home.md': '[[Set Up#Bulbs]] [[x|Set Up#My bulbs]]\n'},
      REMOTE,
    )
    expect(messagesOf(await checkFolder(root, 'no-missing-anchor'))).toEqual([
      expect.stringContaining('`#My-bulbs` in `Set-Up.md`'),
    ])
  })

  it('with an extension show source text, and lose it with `--fix --unsafe`', async () => {
    const root = await wikiRepository({...pages, 'Home.md': '[a](Set-Up.md#bulbs)\n'}, REMOTE)
    const {out} = await doccheck(root, ['--offline'])
    expect(out).toContain('link to the source text of a page `Set-Up.md#bulbs`, expected `Set-Up#bulbs`')
    expect(out).toContain(': 1 warning')
    await doccheck(root, ['--offline', '--fix', '--unsafe'])
    expect((await doccheck(root, ['--offline'])).out).toContain('no problems')
  })

  it('to anchors are those of GitHub, old ones as well', async () => {
    const root = await wikiRepository(
      {...pages, 'Home.md': '[a](Set-Up#wiki-bulbs) [b](Set-Up#gone)\n'},
      REMOTE,
    )
    expect(messagesOf(await checkFolder(root, 'no-missing-anchor'))).toEqual([
      expect.stringContaining('`#gone` in `Set-Up.md`'),
    ])
  })
})

it.each([
  ['the repository of a wiki', '', REMOTE],
  ['a folder that a wiki is written from', 'wiki/', 'https://github.com/lamps/docs.git'],
])('links to a page that was renamed follow it by name in %s', async (_, at, origin) => {
  const text = '[a](Old-Page#bulbs) [b](./Old-Page) [c](wiki/Old-Page) [[Old Page]] [[text|Old-Page#bulbs]]\n'
  const page = '# Old\n\n## Bulbs\n\nA page about lamps and bulbs, with some text.\n'
  const files = {[`${at}Home.md`]: text, [`${at}_Sidebar.md`]: '', [`${at}Old-Page.md`]: page}
  const root = await wikiRepository(files, origin)
  await commit(root)
  await git(root, 'mv', `${at}Old-Page.md`, `${at}Floor-Lamps.md`)
  await commit(root)
  const {out} = await doccheck(root, ['--offline', '--fix'])
  expect(out).toContain('no problems')
  expect(readFileSync(path.join(root, `${at}Home.md`), 'utf8')).toBe(
    '[a](Floor-Lamps#bulbs) [b](./Floor-Lamps) [c](wiki/Floor-Lamps) [[Floor-Lamps]] [[text|Floor-Lamps#bulbs]]\n',
  )
})

describe('links in a folder that a wiki is written from', () => {
  const pages = {
    'README.md': '# R\n',
    'wiki/_Sidebar.md': '',
    'wiki/Set-Up.md': '# S\n',
    'wiki/Lamps/Floor-Lamp.md': '# F\n',
  }
  const check = async (text: string, more: Record<string, string> = {}) =>
    broken(folder({...pages, ...more, 'wiki/Home.md': text}))

  it('may be for readers of the wiki or of the repository', async () => {
    expect(
      await check('[a](Set-Up) [b](Set-Up.md) [c](Floor-Lamp) [d](../README.md) [e](../blob/main/x)\n'),
    ).toEqual([])
  })

  it('in double brackets are for readers of the wiki only', async () => {
    expect(await check('[[Set Up]] [[../README]] [[Floor Lamp]]\n')).toEqual([])
  })

  it('to missing files are certain, and to pages only likely if others exist', async () => {
    expect(await check('[a](Gone.md) [b](Gone)\n')).toEqual([expect.stringContaining('`Gone.md`')])
    const names = Array.from(
      {length: 40},
      (_, index) => `Lamp-${String.fromCharCode(97 + (index % 26))}${index}`,
    )
    const more = Object.fromEntries(names.map((name) => [`wiki/${name}.md`, `# ${name}\n`]))
    const links = names.map((name) => `[${name}](${name})\n`).join('\n')
    expect(await check(`[b](Gone)\n\n${links}`, more)).toEqual([expect.stringContaining('`Gone`')])
  })
})
