import {describe, expect, it} from 'vitest'
import {readPage} from '../src/page/read-page.ts'
import type {Syntax} from '../src/page/syntax.ts'
import type {WikilinkSyntax} from '../src/page/wikilink-syntax.ts'
import {writeWikilink} from '../src/site/shared/write-wikilink.ts'
import type {Resolution} from '../src/site/types.ts'

const VAULT: Syntax = {
  wikilinks: {embeds: true, inFrontMatter: true},
  blockIds: true,
  percentComments: true,
  dollarMath: true,
}

const read = (text: string, syntax: Syntax = VAULT) => readPage('page.md', text, syntax)

/** The wikilinks of a text: what they lead to, as read and in the text, and their source. */
async function wikilinks(text: string, syntax?: Syntax): Promise<string[][]> {
  const {links} = await read(text, syntax)
  return links
    .filter(({kind}) => kind === 'wikilink')
    .map(({url, target, start, end}) => [url, text.slice(target.start, target.end), text.slice(start, end)])
}

const targets = async (text: string, wikilinkSyntax: WikilinkSyntax = {}): Promise<string[]> =>
  (await wikilinks(text, {wikilinks: wikilinkSyntax})).map(([url]) => url!)

describe('wikilinks', () => {
  it.each([
    ['See [[page]].', 'page', '[[page]]'],
    ['[[ Some page #heading ]]', 'Some page #heading', '[[ Some page #heading ]]'],
    ['[[page|text]]', 'page', '[[page|text]]'],
    ['[[a/b.md#One#Two|text [1] of it]]', 'a/b.md#One#Two', '[[a/b.md#One#Two|text [1] of it]]'],
    ['[[page#^block]]', 'page#^block', '[[page#^block]]'],
    ['[[#heading]]', '#heading', '[[#heading]]'],
    ['![[a.png|100]]', 'a.png', '![[a.png|100]]'],
    ['\\![[page]]', 'page', '[[page]]'],
    ['[[_a_ and *b*]] c', '_a_ and *b*', '[[_a_ and *b*]]'],
    ['[[a `b` c]]', 'a `b` c', '[[a `b` c]]'],
    ['[[https://e.org/a]]', 'https://e.org/a', '[[https://e.org/a]]'],
    ['[[[page]]]', 'page', '[[page]]'],
    ['| a |\n| - |\n| [[page\\|text]] |', 'page', '[[page\\|text]]'],
    ['> - [[page]]', 'page', '[[page]]'],
    ['# [[page]]', 'page', '[[page]]'],
    ['a %%b%% [[page]]', 'page', '[[page]]'],
    ['%%a longer comment%% [[page]]', 'page', '[[page]]'],
    ['%% never closed [[page]]', 'page', '[[page]]'],
    ['```\n%%\n```\n\n[[page]] 100%%', 'page', '[[page]]'],
    ['[[page]]\n\n[page]: b.md', 'page', '[[page]]'],
  ])('%j', async (text, target, whole) => {
    expect(await wikilinks(text)).toEqual([[target, target, whole]])
  })

  it.each([
    '\\[[page]]',
    '`[[page]]`',
    '```\n[[page]]\n```',
    '    [[page]]',
    '<!-- [[page]] -->',
    '<div title="[[page]]">\n',
    'a <b title="[[page]]">b</b>',
    '$[[page]]$',
    '%%[[page]]%%',
    '%%\na\n\n[[page]]\n%%',
    '[[page\n]]',
    '[[]]',
    '[[ | ]]',
    '[[_TOC_]]',
    '[[^1]]',
    '[[1]](b.md)',
    '![[a]](b.png)',
    '[a [[b]] c](d.md)',
    '[[page]][ref]\n\n[ref]: b.md',
    '| a | b |\n| - | - |\n| [[page|text]] |',
  ])('none in %j', async (text) => {
    expect(await wikilinks(text)).toEqual([])
  })

  it('are text without the option, and lose nothing that CommonMark finds in them', async () => {
    const text = '[[page]] [[a|b]] ![[c]]\n\n[page]: b.md\n'
    const {links, references} = await read(text, {})
    expect(links.map(({kind}) => kind)).toEqual(['definition'])
    expect(references.map(({label, defined}) => [label, defined])).toEqual([['page', true]])
  })

  it('hide the links and references that CommonMark finds in them', async () => {
    const {links, references, misspelled} = await read(
      '[[page]] [[https://e.org/]] [[a]] (b.md) [[c]] [d][e]\n\n[page]: b.md\n',
    )
    expect(links.map(({kind}) => kind)).toEqual([
      'wikilink',
      'wikilink',
      'wikilink',
      'wikilink',
      'definition',
    ])
    expect(references.map(({label}) => label)).toEqual(['e'])
    expect(misspelled).toBeUndefined()
  })

  it('show images and pages', async () => {
    const {links} = await read('[[a.png]] ![[a.png]] ![[page]]')
    expect(links.map(({image, embed}) => [image, embed])).toEqual([
      [undefined, undefined],
      [true, true],
      [undefined, true],
    ])
  })

  it('take the order, the divider and the content that a platform has', async () => {
    expect(await targets('[[text|page]] [[page]] [[a.png|alt=a|left]]', {textFirst: true})).toEqual([
      'page',
      'page',
      'a.png',
    ])
    expect(await targets('[[page:text]] [[a|b]]', {divider: ':'})).toEqual(['page', 'a|b'])
    expect(await targets('[[a-b c]] [[a|b]]', {content: {source: '[\\w -]+', flags: ''}})).toEqual(['a-b c'])
    expect(await targets('![[page]]', {})).toEqual(['page'])
  })

  it('may span cells of a table', async () => {
    const text = '| a | b |\n| - | - |\n| [[one|two]] | [[three\\|four]] |\n'
    expect(await targets(text, {spansCells: true})).toEqual(['one', 'three'])
  })

  it('may be values of front matter', async () => {
    const text = `---\nup: "[[page#a]]"\nnext: ['[[b|c]]', "[[d]] and e"]\nnone: [[f]]\n---\n`
    expect(await wikilinks(text)).toEqual([
      ['page#a', 'page#a', '[[page#a]]'],
      ['b', 'b', '[[b|c]]'],
    ])
    expect(await wikilinks(text, {wikilinks: {}})).toEqual([])
  })

  it('are shown in headings by their text, else by the page', async () => {
    const {headings} = await read(
      '# See [[page#a|the *page*]], [[b#c]]\n\n## ![[d]] `e` [[#f]] %%g%% h\n\n### *[[i|j]] k*\n',
    )
    expect(headings.map(({text}) => text)).toEqual(['See the *page*, b', ' e #f  h', 'j k'])
    expect(headings[1]!.code).toEqual([{start: 1, end: 2}])
  })
})

describe('parts of notes', () => {
  it('have ids at the ends of blocks', async () => {
    const text =
      'A block ^one\n\n- an item ^two-2\n- x ^ y\n\n| a |\n| - |\n\n^three\n\n2^10 is not `x\n^y`\n\n```\n^z\n```\n'
    const {ids} = await read(text)
    expect(ids.map(({id, from, start, end}) => [id, from, text.slice(start, end)])).toEqual(
      ['^one', '^two-2', '^three'].map((id) => [id, 'block', id]),
    )
    expect((await read(text, {})).ids).toEqual([])
  })

  it('have no headings in comments', async () => {
    const text = '# A %%b%%\n\n%%\n# C\n\n[d](e.md)\n%%\n\n# F\n'
    const {headings, links} = await read(text)
    expect(headings.map(({text}) => text)).toEqual(['A', 'F'])
    expect(links).toEqual([])
    expect((await read(text, {})).headings).toHaveLength(3)
  })
})

describe('written wikilinks', () => {
  const FILES = ['a/One.md', 'b/One.md', 'b/Two-Words.md', 'b/pic.png']
  /** Finds a page by the end of its path, if that is the only one, with spaces for hyphens. */
  const resolve = ({url}: {url: string}): Resolution => {
    const end = `/${url
      .replace(/#.*/, '')
      .replace(/^[./]*/, '')
      .replaceAll(' ', '-')}`
    const [path, other] = FILES.filter((file) => `/${file}`.endsWith(end) || `/${file}`.endsWith(`${end}.md`))
    return path !== undefined && other === undefined
      ? {to: 'page', path}
      : {to: 'missing', path: url, why: 'file'}
  }
  it.each([
    ['b/Two-Words.md', 'Two', 'Two-Words'],
    ['b/Two-Words.md', 'Two Words?#Head', 'Two-Words#Head'],
    ['b/Two-Words.md', 'b/Tow.md', 'b/Two-Words.md'],
    ['b/Two-Words.md', '/b/Tow', '/b/Two-Words'],
    ['b/Two-Words.md', '../b/Tow', '../b/Two-Words'],
    ['b/One.md', 'On', 'b/One'],
    ['b/pic.png', 'pick.png', 'pic.png'],
  ])('to %s like %j: %j', (to, like, url) => {
    expect(writeWikilink({resolve}, to, like, 'a/From.md')).toEqual({url, leadsThere: true})
  })

  it('to a file that cannot be reached', () => {
    expect(writeWikilink({resolve}, 'c/Gone.md', 'Gon', 'a/From.md')).toEqual({
      url: 'Gone',
      leadsThere: false,
    })
  })
})
