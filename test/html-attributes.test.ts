import {createRequire} from 'node:module'
import path from 'node:path'
import {expect, it} from 'vitest'
import {readPage} from '../src/page/read-page.ts'
import {ENGINES, engines} from './needs.ts'

const urls = async (text: string) => (await readPage('page.md', text, {})).links.map(({url}) => url)

const TAGS = [
  ...['<a href=/b/c>', '<a href=b/c.md>', '<a href=b.md/>', '<a title=d href=/b/c/>', '<a href=b?c=d/e>'],
  ...[
    "<A HREF='b.md'>",
    '<a href = "b.md" >',
    '<a  class=d  href="b.md" >',
    '<a href=&#x62;.md>',
    '<a href="b&amp;c">',
  ],
  ...['<a href="b.md" href="c.md">', '<a data-href="d" href="b.md">', '<a href=" b.md ">', "<a href='b\"c'>"],
  ...['<img src=b/c.png>', '<img src=b/c.png/>', '<img alt="a>b" src=b.png>', '<img src="b.png"/>'],
]

interface Node {
  tagName?: string
  attrs?: {name: string; value: string}[]
  childNodes?: Node[]
}

it.skipIf(!engines('parse5'))('reads the attributes that parse5 reads', async () => {
  const {parseFragment} = createRequire(path.join(ENGINES, 'x.js'))('parse5') as {
    parseFragment(html: string): Node
  }
  const real = (html: string): string[] => {
    const found: string[] = []
    const visit = ({attrs = [], childNodes = []}: Node) => {
      for (const {name, value} of attrs) if (/^(?:href|src)$/.test(name)) found.push(value.trim())
      for (const child of childNodes) visit(child)
    }
    visit(parseFragment(html))
    return found
  }
  for (const tag of TAGS) {
    expect(await urls(`Text ${tag}x</a> text\n`), `in text: ${tag}`).toEqual(real(tag))
    expect(await urls(`<p>\n${tag}x</a>\n</p>\n`), `in a block: ${tag}`).toEqual(real(tag))
  }
})

it('keeps the text of headings and code with tags', async () => {
  const {headings, references} = await readPage(
    'page.md',
    '# `<a href=/b/c>` d\n\n`<a href=/b/c>` [e][f]\n',
    {},
  )
  expect(headings[0]!.text).toBe('<a href=/b/c> d')
  expect(references).toHaveLength(1)
})

it('takes no element for what all objects of JavaScript have', async () => {
  const text =
    '<constructor href="a.md"> <toString src="b.md" /> <__proto__ href="c.md">\n\n<a href="d.md">x</a>\n'
  expect(await urls(text)).toEqual(['d.md'])
})
