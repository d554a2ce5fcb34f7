import {expect, it} from 'vitest'
import {checkFolder, folder, messagesOf} from './run-doccheck.ts'

const site = (page: string) => ({
  'docusaurus.config.js': "export default {presets: [['classic', {}]]}\n",
  'docs/start.mdx': page,
  'static/usage/lamp/index.md': `import a from './a.md'
import b from './gone.md'
import c from '@site/static/usage/lamp/a.md'
import d from '@site/static/usage/lamp/gone.md'
import e from '@theme/Gone'
`,
  'static/usage/lamp/a.md': 'A\n',
})

it.each([
  [
    "import Lamp from '@site/static/usage/lamp/index.md'\n\n<Lamp />\n",
    [
      '2:16-2:25 Unexpected link to missing file `./gone.md`',
      '4:16-4:47 Unexpected link to missing file `@site/static/usage/lamp/gone.md`',
    ],
  ],
  // Nothing tells that a program bundles it.
  ['# Start\n', []],
])('a file beside the pages that a page imports is bundled: %j', async (page, messages) => {
  const found = messagesOf(await checkFolder(folder(site(page)), 'no-broken-link'))
  expect(found).toEqual(messages.map((message) => `static/usage/lamp/index.md ${message}`))
})
