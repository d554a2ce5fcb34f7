import {readFileSync} from 'node:fs'
import {globbySync} from 'globby'
import type {Nodes} from 'mdast'
import {fromMarkdown} from 'mdast-util-from-markdown'
import {frontmatterFromMarkdown} from 'mdast-util-frontmatter'
import {gfmFromMarkdown} from 'mdast-util-gfm'
import {frontmatter} from 'micromark-extension-frontmatter'
import {gfm} from 'micromark-extension-gfm'
import {unified} from 'unified'
import {visit} from 'unist-util-visit'
import {expect, it} from 'vitest'
import {parse, parserPlugin} from '../src/page/parser.ts'

const TYPES = [
  'heading',
  'link',
  'image',
  'definition',
  'linkReference',
  'imageReference',
  'html',
  'code',
  'inlineCode',
  'footnoteReference',
  'listItem',
  'yaml',
  'toml',
]

/** The nodes that facts are taken from, each with its place and what it says. */
function facts(tree: Nodes): string[] {
  const found: string[] = []
  visit(tree, (node) => {
    if (!TYPES.includes(node.type)) return
    const {start, end} = node.position ?? {}
    const {url, identifier, referenceType, depth} = node as unknown as Record<string, unknown>
    found.push([node.type, start?.offset, end?.offset, url, identifier, referenceType, depth].join(' '))
  })
  return found
}

/** Differences to the reference parser that are known, by file, each explained. None at present. */
const KNOWN: Record<string, string[]> = {}

it.each(globbySync(['fixtures/**/*.md', '*.md']).sort())('parses %s as micromark does', (file) => {
  const text = readFileSync(file, 'utf8')
  const reference = fromMarkdown(text, {
    extensions: [gfm(), frontmatter(['yaml', 'toml'])],
    mdastExtensions: [gfmFromMarkdown(), frontmatterFromMarkdown(['yaml', 'toml'])],
  })
  const expected = facts(reference)
  const known = KNOWN[file] ?? []
  expect(facts(parse(text)).filter((fact) => !known.includes(fact))).toEqual(
    expected.filter((fact) => !known.includes(fact)),
  )
})

it('is the parser of a unified processor', () => {
  expect(unified().use(parserPlugin).parse('# *a*')).toMatchObject({
    type: 'root',
    children: [{type: 'heading', depth: 1, children: [{type: 'emphasis'}]}],
  })
})

it('counts offsets in UTF-16 units', () => {
  const text = '🚀 [é](x.md) 설치 `[`\r\n\r\n[b](<y z.md>)'
  const places: string[] = []
  visit(
    parse(text),
    'link',
    ({position}) => void places.push(text.slice(position!.start.offset, position!.end.offset)),
  )
  expect(places).toEqual(['[é](x.md)', '[b](<y z.md>)'])
})
