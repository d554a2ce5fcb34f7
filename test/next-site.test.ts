import {describe, expect, it} from 'vitest'
import {checkFolder, folder, messagesOf} from './run-doccheck.ts'

const NAMES = [
  'bulb',
  'cable',
  'dial',
  'foot',
  'glass',
  'knob',
  'lens',
  'plug',
  'shade',
  'switch',
  'wire',
  'lid',
]
/** Pages of another repository, which the build fetches. */
const FETCHED = ['setup', 'start', 'faq', 'roadmap'].map((name) => `[f](/docs/lamp/latest/${name})`).join(' ')

/** A site whose code publishes the pages of `docs/` together with others. */
const site = (text: string, more: Record<string, string> = {}) => ({
  'next.config.js': 'export default {}\n',
  'src/app/docs/[...slug]/page.tsx': '',
  'src/app/docs/try/page.tsx': '',
  'src/app/(shop)/buy/page.tsx': '',
  ...Object.fromEntries(
    NAMES.map((name, index) => [
      `docs/parts/${name}.md`,
      `# ${name}\n\n[a](/docs/parts/${NAMES[(index + 1) % NAMES.length]}/) ${FETCHED}\n`,
    ]),
  ),
  'docs/guide.md': `# Guide\n\n${text}\n`,
  ...more,
})

describe('a Next.js site of which the tree has a part of the pages', () => {
  it.each([
    ['[x](/docs/parts/lens)', []],
    [
      '[x](/docs/parts/holder)',
      [
        'docs/guide.md 3:5-3:23 Unexpected link to missing file `/docs/parts/holder` (likely: all 12 other targets in /docs/parts/ exist)',
      ],
    ],
    // Nothing of that section is in the tree.
    ['[x](/docs/lamp/latest/nowhere)', []],
    // Code serves them.
    ['[x](/docs/try)', []],
    ['[x](/buy/)', []],
    ['[x](/search)', []],
  ])('%s', async (text, messages) => {
    expect(messagesOf(await checkFolder(folder(site(text))))).toEqual(messages)
  })
})
