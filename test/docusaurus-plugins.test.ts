import {describe, expect, it} from 'vitest'
import {checkFolder, folder, messagesOf} from './run-doccheck.ts'

describe('a plugin that writes texts for language models', () => {
  const check = async (name: string, text: string) =>
    messagesOf(
      await checkFolder(
        folder({
          'docusaurus.config.js': `export default {url: 'https://lamps.example.org', baseUrl: '/', presets: [['classic', {blog: false}]], plugins: [['${name}', {}]]}`,
          'docs/index.md': `# Lamps\n\n${text}\n`,
          'docs/parts/lens.md': '# Lens\n',
          'docs/parts/bulb.md': '# Bulb\n',
        }),
        'no-broken-link',
      ),
    )

  it.each(['docusaurus-plugin-llms', '@signalwire/docusaurus-plugin-llms-txt'])(
    '%s adds no pages and no images',
    async (name) => {
      expect(await check(name, '[a](pathname:///llms.txt) [b](/llms-full.txt)')).toEqual([])
      expect(await check(name, '[a](/docs/holder) ![b](/img/holder.png)')).toEqual([
        'docs/index.md 3:5-3:17 Unexpected link to missing file `/docs/holder`',
        'docs/index.md 3:24-3:39 Unexpected missing image `/img/holder.png`',
      ])
    },
  )

  it('is not another plugin', async () => {
    expect(await check('docusaurus-plugin-llms-pages', '[a](/docs/holder)')).toEqual([])
  })
})

it.each([
  ['patches/@docusaurus+mdx-loader+3.10.1.patch', 0],
  ['site/patches/@docusaurus__utils@3.10.1.patch', 0],
  ['.yarn/patches/@docusaurus-core-npm-3.10.1-0a1b2c3d4e.patch', 0],
  ['patches/@docusaurus+theme-mermaid+3.10.1.patch', 1],
])('a patch of the packages that make ids may change them: %s', async (patch, findings) => {
  const files = {
    'site/docusaurus.config.js': 'export default {presets: [["classic", {blog: false}]]}',
    'site/docs/index.md': '# Lamps\n\n## Set Up\n\n[a](#Set-Up)\n',
    [patch]: '',
  }
  expect(messagesOf(await checkFolder(folder(files), 'no-missing-anchor'))).toHaveLength(findings)
})

it.each([
  ["import type {Plugin} from 'unified'\nexport const own: Plugin = () => () => {}\n", 1],
  ["import {unified} from 'unified'\nexport const own = () => () => unified().use(more)\n", 0],
])('the code of a Markdown plugin adds ids, not its types: %j', async (code, findings) => {
  const files = {
    'docusaurus.config.ts':
      "import {own} from './own'\nexport default {presets: [['classic', {docs: {remarkPlugins: [own]}}]]}",
    'own.ts': code,
    'docs/index.md': '# Lamps\n\n[a](#gone)\n',
  }
  expect(messagesOf(await checkFolder(folder(files), 'no-missing-anchor'))).toHaveLength(findings)
})
