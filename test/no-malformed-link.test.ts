import {expect, it} from 'vitest'
import {readPage} from '../src/page/read-page.ts'
import {jekyllSyntax} from '../src/site/platforms/jekyll/syntax.ts'
import {correctUrl} from '../src/text/misspelled-url.ts'
import {checkFolder, folder, messagesOf} from './run-doccheck.ts'

const misspelled = async (text: string, syntax = {}) =>
  ((await readPage('page.md', text, syntax)).misspelled ?? []).map(({form, url, start, end}) => [
    form,
    url,
    text.slice(start, end),
  ])

it.each([
  ['[a](b c.md)', 'spaces', 'b c.md', '[a](b c.md)'],
  ['![a]( b c.png "t" )', 'spaces', 'b c.png', '![a]( b c.png "t" )'],
  ['[`a` *b*](b c.md)', 'spaces', 'b c.md', '[`a` *b*](b c.md)'],
  ['[a] (b.md)', 'gap', 'b.md', '[a] (b.md)'],
  ['[a] (https://a.org/b)', 'gap', 'https://a.org/b', '[a] (https://a.org/b)'],
  ['b (a)[b.md].', 'reversed', 'b.md', '(a)[b.md]'],
  ['*c* (a)[https://a.org/b]', 'reversed', 'https://a.org/b', '(a)[https://a.org/b]'],
  ['[a](b.md\nc', 'unclosed', 'b.md', '[a](b.md'],
  ['[a](b(c.md) d', 'unclosed', 'b(c.md)', '[a](b(c.md)'],
  ['[a]()', 'empty', '', '[a]()'],
  ['![]()', 'empty', '', '![]()'],
])('finds what may be meant as a link in %j', async (text, form, url, source) => {
  expect(await misspelled(text)).toEqual([[form, url, source]])
})

it.each([
  ...[
    '[a](b.md)',
    '[a](<b c.md>)',
    '[a][b]',
    '[a] (b c)',
    '[x] (b.md)',
    '[1] (b.md)',
    '[^1] (b.md)',
    '`[a] (b.md)`',
  ],
  ...[
    '\\[a] (b.md)',
    '$[a](b c)$',
    '[a] ({{ b }})',
    '[a](<% b %>',
    '(a)[b](c.md)',
    'a(b)[`c`]',
    '[](){#a}',
    'M[a]()',
  ],
  ...['[video:a/1]()', '<!-- [a] (b.md) -->', '    [a] (b.md)', '[a]\n(b.md)'],
])('finds nothing in %j', async (text) => {
  expect(await misspelled(text)).toEqual([])
})

it.each([
  '[a](https://a.org/?b=[{c+d}])',
  '[a] (b{c}.md)',
  '[a {b}] (c.md)',
  '(a {b})[c.md]',
  '[a](b {c}.md)',
])('does not judge the expression in %j, which is masked', async (text) => {
  expect((await readPage('page.mdx', text, {mdx: true})).misspelled).toBeUndefined()
})

it('judges destinations after text with an expression', async () => {
  const {misspelled: found} = await readPage('page.mdx', '[a {b}](c d.md)', {mdx: true})
  expect(found).toMatchObject([{form: 'spaces', url: 'c d.md'}])
})

it('knows dialects in which destinations may contain spaces', async () => {
  expect(await misspelled('[a](b c.md) [a] (b.md)', jekyllSyntax(true, false))).toEqual([
    ['gap', 'b.md', '[a] (b.md)'],
  ])
})

it.each([
  ['htps://a.org', 'https://a.org'],
  ['hhttp://a.org/b', 'http://a.org/b'],
  ['httsp://a.org', 'https://a.org'],
  ['https:/a.org/b', 'https://a.org/b'],
  ['http:a.org', 'http://a.org'],
  ['https//a.org', 'https://a.org'],
  ['https:\\\\a.org', 'https://a.org'],
  ['https://https://a.org', 'https://a.org'],
  ...[
    'https://a.org',
    'HTTP://a.org',
    'ftp://a.org',
    'ftps://a.org',
    'irc://a.org',
    'http:/b',
    'https:',
    'http.md',
  ].map((url) => [url, undefined]),
  ['http/a.org', undefined],
])('corrects %s to %s', (url, right) => {
  expect(correctUrl(url!)).toBe(right)
})

it('counts text as a link if its destination exists', async () => {
  const root = folder({
    'README.md': '[a] (b.md) [a] (gone.md) [a] (see) (a)[docs] [a] (#a) [a] (#b) [a](b.md\n\n# A\n',
    'b.md': '',
    'docs/c.md': '',
  })
  expect(messagesOf(await checkFolder(root, 'no-malformed-link'))).toEqual([
    'README.md 1:1-1:11 Unexpected space between the text and the destination of a link, expected `[a](b.md)`',
    'README.md 1:36-1:45 Unexpected reversed link, expected `[a](docs)`',
    'README.md 1:46-1:54 Unexpected space between the text and the destination of a link, expected `[a](#a)`',
    'README.md 1:64-1:72 Unexpected link without `)` after its destination `b.md`',
  ])
})

it('is not sure where another program may read the page', async () => {
  const root = folder({'guide/a.md': '[a](b c.md)\n', 'guide/b c.md': ''})
  const {pages} = await checkFolder(root, 'no-malformed-link')
  expect(pages.flatMap(({findings}) => findings)).toMatchObject([{severity: 'warn', fix: {safe: false}}])
})
