import {describe, expect, it} from 'vitest'
import {checkFolder, doccheck, folder, messagesOf} from './run-doccheck.ts'
import {wikiRepository} from './wiki-repository.ts'

const REMOTE = 'https://lamps@dev.azure.com/lamps/shop/_git/shop.wiki'
const PAGES = {
  '.order': 'Home\nFloor-Lamps\n',
  'Floor-Lamps.md': '# F\n\n## 1. Bulbs & shades\n',
  'Floor-Lamps/.order': 'Wi%2DFi-lamps\n',
  'Floor-Lamps/Wi%2DFi-lamps.md': '# W\n',
  '.attachments/lamp (1).svg': '<svg/>',
}

const platformOf = async (root: string): Promise<string> => (await doccheck(root, ['sites'])).out

describe('wikis of Azure DevOps are detected', () => {
  it.each([
    ['by an order of pages', '.', PAGES],
    [
      'in a folder',
      'docs',
      {'docs/.order': '\nA\n', 'docs/A.md': '', 'docs/A/.order': 'B\n', 'docs/A/B.md': ''},
    ],
    ['by attachments above', '.', {'.attachments/a.png': '', 'A/.order': 'B\n', 'A/B.md': ''}],
  ])('%s', async (_, root, files: Record<string, string>) => {
    expect((await platformOf(folder(files))).split(/\s+/).slice(0, 2)).toEqual([root, 'azure-wiki'])
  })

  it.each([
    ['an order of something else', {'.order': 'first\nsecond\n', 'a.md': ''}],
    ['an empty one', {'.order': '', 'a.md': ''}],
  ])('but not by %s', async (_, files: Record<string, string>) => {
    expect(await platformOf(folder(files))).not.toContain('wiki')
  })
})

describe('links in the repository of a wiki', () => {
  const check = async (text: string, page = 'Home.md') =>
    messagesOf(
      await checkFolder(
        await wikiRepository({'Home.md': '# H\n', ...PAGES, [page]: text}, REMOTE),
        'no-broken-link',
      ),
    )

  it.each([
    '/Floor-Lamps',
    '/Floor%20Lamps',
    '/Floor-Lamps.md',
    '/Floor-Lamps/Wi%2DFi-lamps',
    '/Floor-Lamps/Wi%252DFi-lamps',
    './Floor-Lamps',
    'Floor-Lamps/Wi-Fi-lamps.md',
    '/.attachments/lamp%20(1).svg',
    '.attachments/lamp%20(1).svg',
    '/lamps/shop/_git/code?path=a.c',
    '/_workitems/edit/1',
    '#top',
  ])('%s leads somewhere', async (url) => {
    expect(await check(`[a](<${url}>)\n`)).toEqual([])
  })

  it.each([
    ['/Gone', 'link to missing file `/Gone`'],
    ['/Wi%2DFi-lamps', 'link to missing file `/Wi%2DFi-lamps`'],
    ['/Floor-Lampps', 'link to missing file `/Floor-Lampps`, expected `/Floor-Lamps`'],
    ['/Floor-Lamps/Wi%2DFy-lamps', '`/Floor-Lamps/Wi%2DFy-lamps`, expected `/Floor-Lamps/Wi%2DFi-lamps`'],
    ['./Floor-Lampps.md', '`./Floor-Lampps.md`, expected `./Floor-Lamps.md`'],
    ['/.attachments/gone.svg', 'link to missing file `/.attachments/gone.svg`'],
    // Neither the page itself nor the folder above is what a short name means in a long path.
    ['Floor-Lamps/7', /link to missing file `Floor-Lamps\/7`$/],
    ['../Gone', 'link to a path outside the tree `../Gone`'],
  ])('%s leads nowhere', async (url, message) => {
    expect(await check(`[a](${url})\n`)).toEqual([expect.stringMatching(message)])
  })

  it('may begin in the folders of the page, of its subpages, and of the wiki', async () => {
    expect(await check('[a](./Wi%2DFi-lamps) [b](Wi%2DFi-lamps) [c](Home)\n', 'Floor-Lamps.md')).toEqual([])
  })

  it('to images may have a size', async () => {
    const text =
      '![a](/.attachments/lamp%20(1).svg =300x200) ![b](/.attachments/gone.svg =300x) ![c](gone.svg  =x20 )\n'
    expect(await check(text)).toEqual([
      expect.stringMatching(/^Home\.md 1:50-1:72 .*missing image `\/.attachments\/gone\.svg`/),
      expect.stringContaining('missing image `gone.svg`'),
    ])
  })

  it('in diagrams do not count, nor does what is put for a table of contents', async () => {
    expect(
      await check('[[_TOC_]]\n\n:::mermaid\nA[x](gone) --> B\n:::\n\n::: mermaid\nA[y](gone)\n:::\n'),
    ).toEqual([])
    expect(await check(':::mermaid\nA --> B\n:::\n\n[a](gone)\n')).toHaveLength(1)
  })

  it('to anchors may leave punctuation out, or keep it', async () => {
    const links =
      '[a](/Floor-Lamps#1-bulbs--shades) [b](/Floor-Lamps#1.-bulbs-%26-shades) [c](/Floor-Lamps#bulbs)\n'
    const root = await wikiRepository({...PAGES, 'Home.md': links}, REMOTE)
    expect(messagesOf(await checkFolder(root, 'no-missing-anchor'))).toEqual([
      expect.stringContaining('`#bulbs` in `Floor-Lamps.md`'),
    ])
  })
})

it('a folder of a repository may be the wiki, whose root is the root of the links', async () => {
  const files = {
    'README.md': '[a](wiki/A.md)\n',
    'wiki/.order': 'A\n',
    'wiki/A.md':
      '# A\n\n[b](/A) [c](/wiki/A) [d](../README.md) [e](/README.md) [f](/Gone) [g](../README) [h](/README)\n',
  }
  expect(messagesOf(await checkFolder(folder(files), 'no-broken-link'))).toEqual([
    expect.stringContaining('`/Gone`'),
  ])
})
