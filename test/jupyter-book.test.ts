import {expect, it} from 'vitest'
import {checkFolder, folder, messagesOf} from './run-doccheck.ts'

/** Twelve pages with a label each, linked from one page. */
const NAMES = [...'abcdefghijkl']
const pages = {
  'docs/myst.yml': 'version: 1\n',
  'README.md': '[gone](gone.md)\n',
  ...Object.fromEntries(
    NAMES.map((name) => [`docs/part/${name}.md`, `(Label-${name})=\n# Page ${name}\n\n[next](./a.md)\n`]),
  ),
  'docs/figures.md':
    '```{figure} lamp.png\n:label: fig:lamp\nA lamp\n```\n\n```{code-cell} python\n#| label: cell\n```\n\n$$\na\n$$ (sum)\n\n$$ b $$ (product)\n\n+++ {"label": "block"}\n',
}

const reported = async (text: string) =>
  messagesOf(await checkFolder(folder({...pages, 'docs/index.md': `# Start\n\n## Set up\n\n${text}\n`})))
    .map((line) => /`([^`]*)`/.exec(line)![1])
    .sort()

const links = NAMES.map((name) => `[](#label-${name}) [](part/${name}.md#Label-${name})`).join('\n')

it('labels are found in the whole project, without regard to letter case', async () => {
  expect(
    await reported(`${links} [](#fig:lamp) [](#cell) [](#sum) [](#product) [](#block) [](#set-up)`),
  ).toEqual(['gone.md'])
})

it('what no page defines is likely missing, and the readme is checked as the host shows it', async () => {
  expect(await reported(`${links} [](#label-x) [](part/b.md#label-c)`)).toEqual([
    '#label-c',
    '#label-x',
    'gone.md',
  ])
})

it('a missing page is missing for certain', async () => {
  const all = NAMES.map((name) => `[](part/${name}.md)`).join('\n')
  expect(await reported(`${all} [](part/gone.md)`)).toEqual(['gone.md', 'part/gone.md'])
})
