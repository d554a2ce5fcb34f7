import path from 'node:path'
import {pathToFileURL} from 'node:url'
import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {readPage} from '../src/page/read-page.ts'
import {mintlifyAnchors} from '../src/site/platforms/mintlify/anchors.ts'
import type {MintlifyContext} from '../src/site/platforms/mintlify/links.ts'
import {mintlifySyntax} from '../src/site/platforms/mintlify/syntax.ts'
import {amount} from './amount.ts'
import {HEADINGS, heading, pageOf} from './headings.ts'
import {ENGINE_PARTS, engineParts} from './needs.ts'

const isInstalled = engineParts('@mintlify/common', '@mdx-js/mdx')

const load = async (file: string) => import(pathToFileURL(path.join(ENGINE_PARTS, file)).href)

interface JsxNode {
  type: string
  name?: string
  attributes?: {name?: string; value?: unknown}[]
  children?: JsxNode[]
}

/** The ids that Mintlify's plugins give to what is in a page, in the order in which it compiles a page. */
async function idsByMintlify(source: string): Promise<Set<string>> {
  const mintlify = await load('@mintlify/common/dist/index.js')
  const {remarkParseTitleMarkdown} = await load(
    '@mintlify/common/dist/mdx/plugins/remark/remarkTitleMarkdown.js',
  )
  const {remarkMarkAndUnravel} = await load('@mdx-js/mdx/lib/plugin/remark-mark-and-unravel.js')
  const processor = mintlify
    .coreRemark()
    .use([remarkMarkAndUnravel, remarkParseTitleMarkdown, mintlify.remarkComponentIds])
    .use([mintlify.remarkUnwrapJsxHeadings, mintlify.remarkExtractTableOfContents])
    .use([mintlify.rehypeParamFieldIds, mintlify.rehypeUnicodeIds])
  const tree = await processor.run(processor.parse(mintlify.preprocessCustomHeadingIds(source)))
  const ids = new Set<string>()
  const visit = ({type, name = '', attributes = [], children = []}: JsxNode) => {
    for (const attribute of attributes)
      if (attribute.name === 'id' && typeof attribute.value === 'string' && attribute.value !== '')
        if (type === 'mdxJsxFlowElement' && !mintlify.COMPONENTS_WITHOUT_ID.has(name))
          ids.add(
            mintlify.COMPONENTS_WITH_CLEANED_ID.has(name)
              ? mintlify.safeCleanHeadingId(attribute.value)
              : attribute.value,
          )
    for (const child of children) visit(child)
  }
  visit(tree as JsxNode)
  ids.delete('')
  return ids
}

const CONTEXT = {marker: {root: ''}, page: () => undefined, code: new Map()} as unknown as MintlifyContext

const anchorsOf = async (source: string) =>
  mintlifyAnchors(CONTEXT, await readPage('a.mdx', source, mintlifySyntax))

const idsOf = async (source: string) => new Set((await anchorsOf(source)).ids)

describe.skipIf(!isInstalled)('the ids of a page of Mintlify', () => {
  it('of headings that platforms differ about are those that its plugins give', async () => {
    for (const [text] of HEADINGS)
      expect([text, ...(await idsOf(`## ${text.replace(/<[^>]*>/g, '')}\n`))]).toEqual([
        text,
        ...(await idsByMintlify(`## ${text.replace(/<[^>]*>/g, '')}\n`)),
      ])
  })

  it('are those that its plugins give to headings in twelve scripts', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(heading(), {minLength: 1, maxLength: 20}), async (headings) => {
        const source = pageOf(headings)
        expect([...(await idsOf(source))]).toEqual([...(await idsByMintlify(source))])
      }),
      {numRuns: amount(100)},
    )
  })

  it('are those that its plugins give to components and the headings in them', async () => {
    const name = fc.constantFrom(
      'Set up',
      'set-up',
      'Set up: now',
      'Use',
      'use 2',
      "What's new",
      'userId',
      'a.b[]',
    )
    const id = fc.constantFrom('', '', '', ' id="use"', ' id="set-up"')
    const heading = fc.tuple(fc.constantFrom('#', '##', '####', '#####'), name).map((all) => all.join(' '))
    const custom = fc
      .tuple(heading, fc.constantFrom(' {#use}', ' {#set-up}', ' { #1-a b }'))
      .map((all) => all.join(''))
    const element = fc
      .tuple(fc.constantFrom('h2', 'h3', 'h5', 'Heading'), id, name)
      .map(([tag, own, text]) => `<${tag}${own}>${text}</${tag}>`)
    const titled = fc
      .tuple(fc.constantFrom('Accordion', 'Tab', 'View', 'Card', 'Expandable', 'Info'), name, id)
      .map(([tag, title, own]) => [`<${tag} title="${title}"${own}>`, `</${tag}>`])
    const step = fc
      .tuple(
        fc.constantFrom(' titleSize="h2"', ' titleSize="h3"', ' titleSize="p"'),
        name,
        id,
        fc.constantFrom('', '', ' noAnchor'),
      )
      .map(([size, title, own, anchor]) => [
        `<Steps${size}>\n<Step title="${title}"${own}${anchor}>`,
        '</Step>\n</Steps>',
      ])
    const update = fc.tuple(name, id).map(([label, own]) => [`<Update label="${label}"${own}>`, '</Update>'])
    const param = fc
      .tuple(
        fc.constantFrom('ParamField body', 'ParamField query', 'ResponseField name', 'Param path'),
        name,
        id,
      )
      .map(([tag, value, own]) => [`<${tag}="${value}"${own}>`, `</${tag.split(' ')[0]}>`])
    const {block} = fc.letrec((tie) => ({
      block: fc.oneof(
        {maxDepth: 3},
        heading,
        custom,
        element,
        fc
          .tuple(fc.oneof(titled, step, update, param), fc.array(tie('block'), {maxLength: 3}))
          .map(([[open, close], inner]) => [open, ...inner, close].join('\n\n')),
      ),
    }))
    await fc.assert(
      fc.asyncProperty(fc.array(block, {minLength: 1, maxLength: 8}), async (blocks) => {
        const source = `${blocks.join('\n\n')}\n`
        const expected = await idsByMintlify(source)
        const found = await idsOf(source)
        expect([...expected].filter((each) => !found.has(each))).toEqual([])
        // The code that renders steps and headings without ids is not public: their texts may be ids.
        const more = [...found].filter((each) => !expected.has(each))
        expect(/<Step|<Heading>/.test(source) ? [] : more).toEqual([])
      }),
      {numRuns: amount(100)},
    )
  })
})
