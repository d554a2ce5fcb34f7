import fc from 'fast-check'
import Slugger from 'github-slugger'
import type {Nodes} from 'mdast'
import {fromMarkdown} from 'mdast-util-from-markdown'
import {gfmFromMarkdown} from 'mdast-util-gfm'
import {gfm} from 'micromark-extension-gfm'
import {expect, it} from 'vitest'
import {readPage} from '../src/page/read-page.ts'
import {githubIds} from '../src/site/shared/github-anchors.ts'
import {amount} from './amount.ts'
import {HEADINGS, heading, pageOf} from './headings.ts'

const ours = async (text: string) => {
  const {headings} = await readPage('page.md', text, {})
  return githubIds(headings)
}

/** What a reader sees of a node: no HTML, no text of images. */
const textOf = (node: Nodes): string =>
  node.type === 'text' || node.type === 'inlineCode'
    ? node.value
    : 'children' in node
      ? node.children.map((child) => textOf(child)).join('')
      : ''

/** The same rule over another parser. */
function others(text: string): string[] {
  const slugger = new Slugger()
  const tree = fromMarkdown(text, {extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()]})
  return tree.children.filter(({type}) => type === 'heading').map((node) => slugger.slug(textOf(node)))
}

it("gives headings the ids that GitHub's own fixtures say", async () => {
  expect(await ours(pageOf(HEADINGS.map(([text]) => text)))).toEqual(HEADINGS.map(([, id]) => id))
})

it('gives generated headings in twelve scripts the ids of github-slugger', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(heading(), {minLength: 1, maxLength: 8}), async (headings) => {
      const text = pageOf(headings)
      expect(await ours(text)).toEqual(others(text))
    }),
    {numRuns: amount(400)},
  )
})
