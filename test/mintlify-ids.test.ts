import path from 'node:path'
import {pathToFileURL} from 'node:url'
import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {readPage} from '../src/page/read-page.ts'
import {mintlifyAnchors} from '../src/site/platforms/mintlify/anchors.ts'
import {withClosingQuotes} from '../src/site/platforms/mintlify/heading-ids.ts'
import type {MintlifyContext} from '../src/site/platforms/mintlify/links.ts'
import {mintlifySyntax} from '../src/site/platforms/mintlify/syntax.ts'
import {amount} from './amount.ts'
import {HEADINGS, heading, pageOf} from './headings.ts'
import {ENGINE_PARTS, engineParts} from './needs.ts'

const isInstalled = engineParts('@mintlify/common', '@mdx-js/mdx', 'remark-smartypants')

const load = async (file: string) => import(pathToFileURL(path.join(ENGINE_PARTS, file)).href)

interface JsxNode {
  type: string
  name?: string
  attributes?: {name?: string; value?: unknown}[]
  children?: JsxNode[]
}

/**
 * The ids that Mintlify's plugins give to what is in a page, in the order in which it compiles a page, with closing quotes.
 *
 * @param isTypeset Its checker leaves out the first plugin, which sets quotes and dashes.
 */
async function idsByMintlify(source: string, isTypeset = true): Promise<Set<string>> {
  const mintlify = await load('@mintlify/common/dist/index.js')
  const {remarkParseTitleMarkdown} = await load(
    '@mintlify/common/dist/mdx/plugins/remark/remarkTitleMarkdown.js',
  )
  const {remarkMarkAndUnravel} = await load('@mdx-js/mdx/lib/plugin/remark-mark-and-unravel.js')
  const {default: remarkSmartypants} = await load('remark-smartypants/dist/plugin.js')
  const processor = mintlify
    .coreRemark()
    .use([remarkMarkAndUnravel, isTypeset ? remarkSmartypants : []].flat())
    .use([remarkParseTitleMarkdown, mintlify.remarkComponentIds])
    .use([mintlify.remarkUnwrapJsxHeadings, mintlify.remarkExtractTableOfContents])
    .use([mintlify.rehypeParamFieldIds, mintlify.rehypeUnicodeIds])
  const tree = await processor.run(processor.parse(mintlify.preprocessCustomHeadingIds(source)))
  const ids = new Set<string>()
  const visit = ({type, name = '', attributes = [], children = []}: JsxNode) => {
    for (const attribute of attributes)
      if (attribute.name === 'id' && typeof attribute.value === 'string' && attribute.value !== '')
        if (type === 'mdxJsxFlowElement' && !mintlify.COMPONENTS_WITHOUT_ID.has(name))
          ids.add(
            withClosingQuotes(
              mintlify.COMPONENTS_WITH_CLEANED_ID.has(name)
                ? mintlify.safeCleanHeadingId(attribute.value)
                : attribute.value,
            ),
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

/** The ids of a page that Mintlify gives and doccheck does not know, and the other way round. */
async function differencesOn(source: string) {
  const {ids, has} = await anchorsOf(source)
  const expected = await idsByMintlify(source)
  return {
    unknown: [...expected].filter((id) => !has(id)),
    more: [...ids].filter((id) => !expected.has(withClosingQuotes(id))),
  }
}

const NONE = {unknown: [], more: []}

describe.skipIf(!isInstalled)('the ids of a page of Mintlify', () => {
  it('of headings that platforms differ about are those that its plugins give', async () => {
    for (const [text] of HEADINGS)
      expect([text, await differencesOn(`## ${text.replace(/<[^>]*>/g, '')}\n`)]).toEqual([text, NONE])
  })

  it('are those that its plugins give to headings in twelve scripts', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(heading(), {minLength: 1, maxLength: 20}), async (headings) => {
        expect(await differencesOn(pageOf(headings))).toEqual(NONE)
      }),
      {numRuns: amount(100)},
    )
  })

  it('are known with the punctuation of the page, and of its source, as its checker has it', async () => {
    for (const text of [
      "What's next?",
      '"Quoted" text',
      "The `it's` of code",
      'Wait... -- now',
      "Users' guide",
      '“A” "b"',
      `Don't say "it's"`,
    ]) {
      const source = `Text "a\n\n## ${text}\n\n## ${text}\n`
      const {has} = await anchorsOf(source)
      for (const isTypeset of [true, false])
        for (const id of await idsByMintlify(source, isTypeset)) expect([id, has(id)]).toEqual([id, true])
    }
    const {has, ofHeadings} = await anchorsOf('## What\'s next?\n\n## "A" b\n')
    expect(['whats-next', 'what’s-next', 'what‘s-next', '“a”-b', 'a-b', 'what-s-next'].map(has)).toEqual([
      ...[true, true, true, true, true],
      false,
    ])
    // Which quotes open depends on the text before the heading.
    expect(ofHeadings).toEqual(['what’s-next', undefined])
  })

  it('are certain with braces in code and single dollars, and leave mathematics out', async () => {
    for (const text of ['`GET /users/{id}`', '$ref resolution', 'Cost $5 and $6', 'The `$a` and `$b` keys']) {
      const {ids, doubts} = await anchorsOf(`## ${text}\n`)
      expect([text, ...ids]).toEqual([text, ...(await idsByMintlify(`## ${text}\n`))])
      expect(doubts.filter(({covers}) => !covers || covers('other'))).toEqual([])
    }
    // Escaped dollars are text.
    const {has, doubts} = await anchorsOf('## Cost \\$5 and \\$6\n\n<h2>Some [*text*](./a)</h2>\n')
    const [id, ofElement] = await idsByMintlify('## Cost \\$5 and \\$6\n\n<h2>Some [*text*](./a)</h2>\n')
    expect([id, has(id!), ofElement]).toEqual(['cost-$5-and-$6', false, 'some-text'])
    expect([id!, ofElement!, 'other'].map((each) => doubts.some(({covers}) => covers?.(each)))).toEqual([
      ...[true, true],
      false,
    ])
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
        const {unknown, more} = await differencesOn(source)
        expect(unknown).toEqual([])
        // The code that renders steps and headings without ids is not public: their texts may be ids.
        expect(/<Step|<Heading>/.test(source) ? [] : more).toEqual([])
      }),
      {numRuns: amount(100)},
    )
  })
})
