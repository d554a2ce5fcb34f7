import {describe, expect, it} from 'vitest'
import {checkFolder, doccheck, folder, messagesOf} from './run-doccheck.ts'
import {wikiRepository} from './wiki-repository.ts'

const REMOTE = 'https://gitlab.com/lamps/shop/docs.wiki.git'
const PAGES = {
  '_sidebar.md': '[Home](home)\n',
  'lamps/floor-lamp.md': '# F\n\n## Bulbs\n',
  'lamps/Desk Lamp.md': '# D\n',
  'uploads/0123/lamp.svg': '<svg/>',
  '.gitlab/redirects.yml': '---\nold: older\nolder: lamps/floor-lamp\nloop: loop\n',
}

const platformOf = async (root: string): Promise<string> => (await doccheck(root, ['sites'])).out

it.each([
  ['by pages shown beside each page', {'home.md': '', '_sidebar.md': '', 'README.md': ''}],
  ['by the lack of a README', {'home.md': '', 'a.md': ''}],
  ['by redirects', {'Home.adoc': '', 'a.md': '', '.gitlab/redirects.yml': '', 'README.md': ''}],
])('is detected %s', async (_, files: Record<string, string>) => {
  expect(await platformOf(folder(files))).toMatch(/^\. +gitlab-wiki/)
})

it('is detected by the host of the repository', async () => {
  const files = {'Home.md': '', 'a.md': ''}
  expect(await platformOf(folder(files))).toMatch(/^\. +github-wiki/)
  expect(await platformOf(await wikiRepository(files, REMOTE))).toMatch(/^\. +gitlab-wiki/)
})

describe('links in the repository of a wiki', () => {
  const check = async (text: string, page = 'home.md') => {
    const root = await wikiRepository({'home.md': '# H\n', ...PAGES, [page]: text}, REMOTE)
    return messagesOf(await checkFolder(root, 'no-broken-link'))
  }

  it.each([
    'lamps/floor-lamp',
    'Lamps/Floor-Lamp#bulbs',
    '/lamps/floor-lamp',
    'lamps/desk-lamp',
    'lamps/Desk%20Lamp',
    'lamps/floor-lamp.md',
    'old',
    'uploads/0123/lamp.svg',
    '/uploads/4567/photo.png',
    '/lamps/shop/docs/-/wikis/lamps/floor-lamp',
    '/lamps/shop/docs/-/wikis',
    '/lamps/shop/docs/wikis/lamps/floor-lamp',
    '/lamps/other/-/issues',
    'https://gitlab.com/lamps/shop/docs/-/wikis/old#bulbs',
    'pages',
  ])('%s leads somewhere', async (url) => {
    expect(await check(`[a](${url})\n`)).toEqual([])
  })

  it.each([
    ['floor-lamp', 'link to missing file `floor-lamp`, expected `lamps/floor-lamp`'],
    ['lamps/flor-lamp', 'link to missing file `lamps/flor-lamp`, expected `lamps/floor-lamp`'],
    ['lamps/floor_lamp.html', 'link to missing file `lamps/floor_lamp.html`, expected `lamps/floor-lamp`'],
    ['loop', 'link to missing file `loop`'],
    ['uploads/4567/lamp.svg', 'link to missing file `uploads/4567/lamp.svg`'],
    ['/lamps/shop/docs/-/wikis/gone', 'link to missing file `/lamps/shop/docs/-/wikis/gone`'],
    ['https://gitlab.com/lamps/shop/docs/-/wikis/gone', 'link to missing file `https://gitlab.com/'],
  ])('%s leads nowhere', async (url, message) => {
    expect(await check(`[a](${url})\n`)).toEqual([expect.stringContaining(message)])
  })

  it('may begin in the folder of the page', async () => {
    const page = 'lamps/more/a.md'
    expect(
      await check('[a](../floor-lamp) [b](./a) [c](a) [d](../../home) [e](../floor-lamp.md)\n', page),
    ).toEqual([])
    expect(await check('[a](../flor-lamp)\n', page)).toEqual([
      expect.stringContaining('expected `../floor-lamp`'),
    ])
  })

  it('may have spaces', async () => {
    const root = await wikiRepository({'home.md': '# H\n\n[a](lamps/Desk Lamp)\n', ...PAGES}, REMOTE)
    expect(messagesOf(await checkFolder(root))).toEqual([])
  })

  it('in double brackets begin at the root', async () => {
    const text =
      '[[lamps/Floor-Lamp]] [[a lamp|lamps/desk lamp]] [[uploads/0123/lamp.svg]] [[_TOC_]] [[Gone]]\n'
    expect(await check(text, 'lamps/more.md')).toEqual([expect.stringContaining('`Gone`')])
  })

  it('to anchors are those of GitLab', async () => {
    const files = {'home.md': '[a](lamps/floor-lamp#bulbs) [b](old#gone)\n', ...PAGES}
    const root = await wikiRepository(files, REMOTE)
    expect(messagesOf(await checkFolder(root, 'no-missing-anchor'))).toEqual([
      expect.stringContaining('`#gone` in `lamps/floor-lamp.md`'),
    ])
  })
})
