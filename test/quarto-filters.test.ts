import {expect, it} from 'vitest'
import {checkFolder, folder, messagesOf} from './run-doccheck.ts'

const site = (filter: string) =>
  folder({
    '_quarto.yml': 'project:\n  type: website\n',
    'links.lua': 'function Link(link)\n  link.target = "/guide/" .. link.target\n  return link\nend\n',
    'words.lua': 'function Str(word)\n  return word\nend\n',
    'index.qmd': `---\nfilters:\n  - ${filter}\n---\n\n{{< include guide/use.qmd >}}\n`,
    'guide/use.qmd': '[Lamp](lamp.qmd) [Gone](gone.qmd)\n',
    'guide/lamp.qmd': '# Lamp\n',
  })

const GONE = 'guide/use.qmd 1:25-1:33 Unexpected link to missing file `gone.qmd`'

it('does not judge links on a page whose filter may change them', async () => {
  expect(messagesOf(await checkFolder(site('links.lua')))).toEqual([GONE])
})

it('judges links on a page whose filter leaves them as they are', async () => {
  expect(messagesOf(await checkFolder(site('words.lua')))).toHaveLength(2)
})

it('leaves names of code to the filter that looks them up, so that they say nothing about pages', async () => {
  const names = [...'abcdefghijkl'].map((name) => `[](\`lamps.${name}\`)`)
  const root = folder({
    '_quarto.yml': `project:
  type: website
website:
  site-url: https://lamps.test
filters: [interlinks]
`,
    'index.qmd': '',
    'guide/lamp.qmd': '# Lamp\n',
    'guide/use.qmd': `${names.join('\n')}\n\n[Lamp](lamp.qmd) <https://lamps.test/guide/gone.html>\n`,
  })
  expect(messagesOf(await checkFolder(root))).toEqual([
    'guide/use.qmd 14:19-14:53 Unexpected link to missing file `https://lamps.test/guide/gone.html` (likely: Quarto renders 2 other pages of guide/)',
  ])
})

it.each([
  ['function since(args)\n  return pandoc.RawBlock("html", "<i>" .. args[1] .. "</i>")\nend\n', true],
  ['return {["since"] = function(args) return pandoc.Strong(args[1]) end}\n', true],
  ['return {since = function(args) return pandoc.Span(args[1], {id = args[1]}) end}\n', false],
  ['function since(args)\n  return pandoc.RawBlock("html", "<i id=" .. args[1] .. ">")\nend\n', false],
  ['function before(args)\n  return args[1]\nend\n', false],
])('judges fragments of a page with a shortcode that writes no ids: %j', async (code, isJudged) => {
  const root = folder({
    '_quarto.yml': 'project:\n  type: website\n',
    '_extensions/since/since.lua': code,
    'index.qmd': '[x](#gone)\n\n{{< since 2.0 >}}\n',
  })
  expect(messagesOf(await checkFolder(root))).toHaveLength(isJudged ? 1 : 0)
})

it('expects no ids from a filter that looks up names of code, even before it is installed', async () => {
  const check = async (name: string) =>
    messagesOf(
      await checkFolder(
        folder({'_quarto.yml': `filters: [${name}]\n`, 'index.qmd': '# Lamp\n\n[x](#gone)\n'}),
      ),
    )
  expect(await check('interlinks')).toHaveLength(1)
  expect(await check('lamps')).toEqual([])
})
