import {describe, expect, it} from 'vitest'
import {checkFolder, folder, messagesOf} from './run-doccheck.ts'

const CONFIG = JSON.stringify({
  $schema: 'https://mintlify.com/docs.json',
  name: 'Lamps',
  navigation: {groups: [{group: 'Start', pages: ['index', 'guide/setup']}]},
})

/** A site of these pages, each with a heading. */
const site = (pages: Record<string, string>, config = CONFIG) => folder({'docs.json': config, ...pages})

const broken = async (root: string) => messagesOf(await checkFolder(root, 'no-broken-link'))

describe('links of Mintlify', () => {
  it('lead to pages by their paths from the configuration, with or without extension', async () => {
    const pages = {
      'index.mdx':
        '# Home\n\n[1](/guide/setup) [2](./guide/setup.mdx) [3](/guide/setup.md) [4](/guide) [5](/)\n\n' +
        '[6](/gone) [7](./guide/gone.md)\n',
      'guide/setup.mdx': '# Set up\n\n[1](../index) [2](./use) [3](use) [4](/guide/use/) [5](../gone)\n',
      'guide/use.md': '# Use\n',
    }
    expect(await broken(site(pages))).toEqual([
      'guide/setup.mdx 3:56-3:63 Unexpected link to missing file `../gone`',
      'index.mdx 5:5-5:10 Unexpected link to missing file `/gone`',
      'index.mdx 5:16-5:31 Unexpected link to missing file `./guide/gone.md`',
    ])
  })

  it('in README and in what is ignored are those of the host', async () => {
    const pages = {
      'docs/index.mdx': '# Home\n\n[1](/draft/a) [2](/README) [3](/snippets/a)\n',
      'docs/README.md': '# Read me\n\n[1](index.mdx) [2](index)\n',
      'docs/draft/a.mdx': '# A\n',
      'docs/snippets/a.mdx': 'Text\n',
      'docs/.mintignore': 'draft/\n',
    }
    const root = folder({'docs/docs.json': CONFIG, ...pages})
    expect(await broken(root)).toEqual([
      'docs/README.md 3:20-3:25 Unexpected link to missing file `index`, expected `index.mdx`',
      'docs/index.mdx 3:5-3:13 Unexpected link to unpublished file `/draft/a`',
      'docs/index.mdx 3:19-3:26 Unexpected link to unpublished file `/README`',
      'docs/index.mdx 3:32-3:43 Unexpected link to unpublished file `/snippets/a`',
    ])
  })
})

it('shows README on the host beside the stale marker of a service without rules', async () => {
  const text = '# R\n\n[a](./nope/) [b](src/nope.js) [c](#nope) ![d](nope.png)\n'
  const root = folder({'.gitbook.yaml': 'structure:\n  readme: README.md\n', 'README.md': text})
  expect(messagesOf(await checkFolder(root))).toEqual([
    'README.md 3:5-3:12 Unexpected link to missing file `./nope/`',
    'README.md 3:18-3:29 Unexpected link to missing file `src/nope.js`',
    'README.md 3:47-3:55 Unexpected missing image `nope.png`',
    'README.md 3:35-3:40 Unexpected link to missing anchor `#nope`',
  ])
})
