import {execFileSync} from 'node:child_process'
import fc from 'fast-check'
import {expect, it} from 'vitest'
import {readPage} from '../src/page/read-page.ts'
import {pandocIds} from '../src/site/platforms/quarto/heading-ids.ts'
import {HEADINGS, heading, pageOf} from './headings.ts'
import {command} from './needs.ts'

const engine = command('Pandoc (Debian: pandoc)', ['pandoc'])

/** The ids of every heading of a page, as the real Pandoc makes them. */
const real = (text: string) =>
  [
    ...execFileSync('pandoc', ['-f', 'markdown', '-t', 'html', '--wrap=none'], {
      input: text,
      encoding: 'utf8',
    }).matchAll(/<h[1-6][^>]*? id="([^"]*)"/g),
  ].map(([, id]) => id)

const ours = async (text: string) => pandocIds((await readPage('page.md', text, {})).headings)

it.skipIf(!engine)('gives headings the ids of Pandoc', async () => {
  const text = pageOf([
    ...HEADINGS.map(([source]) => source),
    'Custom {#own}',
    'Wait...',
    'a -- b---c',
    '`a...b--c`',
  ])
  expect(await ours(text)).toEqual(real(text))
})

it.skipIf(!engine)('gives generated headings in twelve scripts the ids of Pandoc', async () => {
  // One document of many headings, since each run of Pandoc takes its time: doubles are in it, too.
  const sample = fc.sample(
    heading(['*em*', '**strong**', '`code--x`', '[link](x.md)', '&amp;', '&copy;']).filter(
      (text) => !ODD.test(text),
    ),
    {numRuns: 1500, seed: 7},
  )
  const text = pageOf(sample)
  expect(await ours(text)).toEqual(real(text))
})

/** What Pandoc's Markdown has and CommonMark has not: the page is open where a heading holds it. */
const ODD = /[@^~[\]{}<|\\$]/
