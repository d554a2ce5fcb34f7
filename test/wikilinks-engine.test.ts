import path from 'node:path'
import {pathToFileURL} from 'node:url'
import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {readPage} from '../src/page/read-page.ts'
import {amount} from './amount.ts'
import {ENGINE_PARTS, engineParts} from './needs.ts'

const isInstalled = engineParts('remark-wiki-link', 'unified', 'remark-parse', 'remark-gfm')

const part = (file: string) => import(pathToFileURL(path.join(ENGINE_PARTS, file)).href)

/** What wikilinks stand in or beside: code, escapes, brackets, tables, HTML, links, footnotes. */
const PARTS = [
  '[[a]]',
  '[[b|c]]',
  '[[k#l]]',
  '[[ m n ]]',
  '![[d]]',
  '[[',
  '[',
  ']]',
  ']',
  '\\',
  '|',
  '`',
  '``',
  '**',
  '_',
  '~~',
  '[e](f.md)',
  '[g][h]',
  '(o.md)',
  '<https://e.org/[[p]]>',
  '<b title="',
  '">',
  '<!--',
  '-->',
  '[^1]',
  '[^1]: ',
  '&amp;',
  'text ',
  '\n',
  '\n\n',
  '- ',
  '> ',
  '# ',
  '    ',
  '```\n',
  '| x | y |\n| - | - |\n| ',
]

/** A wikilink: its target, the offset of its first bracket, and the offset after its last one. */
type Found = [target: string, start: number, end: number]

interface Node {
  type: string
  value?: string
  children?: Node[]
  position: {start: {offset: number}; end: {offset: number}}
}

function wikilinksIn({type, value, children = [], position: {start, end}}: Node): Found[] {
  if (type === 'wikiLink') return [[value!.trim(), start.offset, end.offset]]
  return children.flatMap(wikilinksIn)
}

async function ownLinks(text: string): Promise<Found[]> {
  const {links} = await readPage('page.md', text, {wikilinks: {}})
  return links.flatMap(({kind, url, start, end}): Found[] => (kind === 'wikilink' ? [[url, start, end]] : []))
}

describe.skipIf(!isInstalled)('remark-wiki-link', () => {
  it('finds the same wikilinks in text, but for those that Obsidian reads in another way', async () => {
    const [{unified}, {default: parse}, {default: gfm}, {wikiLinkPlugin}] = await Promise.all([
      part('unified/index.js'),
      part('remark-parse/index.js'),
      part('remark-gfm/index.js'),
      part('remark-wiki-link/dist/index.cjs'),
    ])
    const processor = unified().use(parse).use(gfm).use(wikiLinkPlugin, {aliasDivider: '|'})
    const texts = fc.sample(
      fc.array(fc.constantFrom(...PARTS), {minLength: 1, maxLength: 9}).map((parts) => parts.join('')),
      {numRuns: amount(2000), seed: 5},
    )
    let count = 0
    for (const text of texts) {
      const all: Found[] = wikilinksIn(processor.parse(text))
      // It begins at the first of more than two brackets, and takes brackets for a part of the name.
      const isOdd = ([, start, end]: Found) => text.slice(start + 2, end).includes('[')
      const odd = all.filter(isOdd)
      const engine = all.filter((each) => !isOdd(each) && text[each[2]] !== '(')
      const own = (await ownLinks(text)).filter(
        ([, start, end]) =>
          // It leaves embeds to CommonMark's images.
          !(text[start - 1] === '!' && text[start - 2] !== '\\') &&
          !odd.some((around) => around[1] < end && start < around[2]) &&
          // A single bracket ends the name for it.
          !/[[\]]/.test(text.slice(start + 2, end - 2)),
      )
      expect([text, own]).toEqual([text, engine])
      count += own.length
    }
    // Text before `(` is that of a link in Markdown: `[[1]](notes.md)`.
    expect(wikilinksIn(processor.parse('[[1]](notes.md)'))).toHaveLength(1)
    expect(await ownLinks('[[1]](notes.md)')).toEqual([])
    expect(count).toBeGreaterThan(texts.length / 4)
  })
})
