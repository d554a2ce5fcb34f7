import {describe, expect, it} from 'vitest'
import {checkFolder, folder, messagesOf} from './run-doccheck.ts'

// Pages in the folder of a site that does not publish them: those of a version that is no longer built, or of another
// program.

const NAMES = ['bulb', 'cable', 'dial', 'foot', 'glass', 'knob', 'lens', 'plug', 'shade', 'wire']
const page = (text: string) => `# Heading\n\n## Colors\n\n${text}\n`
/** A version with ten pages that link to each other, with nothing said of the last three links. */
const site = (more: Record<string, string>) => ({
  'docusaurus.config.js':
    'module.exports={title:"x",url:"https://lamps.example.org",baseUrl:"/",presets:[["classic",{blog:false}]]}',
  'versions.json': '["v2"]',
  'docs/index.md': page(''),
  'static/img/lamp.png': 'x',
  'versioned_docs/version-v2/index.md': page(''),
  ...Object.fromEntries(
    NAMES.map((name, index) => [
      `versioned_docs/version-v1/parts/${name}.md`,
      page(
        `[a](${NAMES[(index + 1) % NAMES.length]}.md#colors) [b](../parts/${NAMES[(index + 3) % NAMES.length]}#colors)`,
      ),
    ]),
  ),
  ...more,
})
const check = async (more: Record<string, string>) => messagesOf(await checkFolder(folder(site(more))))
const at = (file: string) => `versioned_docs/version-v1/${file}`

describe('a page that no site publishes', () => {
  it.each([
    // As a site would resolve them.
    ['[x](../parts/lens)', []],
    ['[x](/img/lamp.png)', []],
    ['[x](/parts/lens/)', []],
    // From the folder of the content, unless the link begins at the page.
    ['[x](parts/lens.md)', []],
    [
      '[x](./parts/lens.md)',
      ['Unexpected link to missing file `./parts/lens.md`, expected `../parts/lens.md` (likely: '],
    ],
    [
      '[x](../parts/lenss.md)',
      ['Unexpected link to missing file `../parts/lenss.md`, expected `../parts/lens.md` (likely: '],
    ],
    ['[x](../parts/holder)', ['Unexpected link to missing file `../parts/holder` (likely: ']],
    [
      '[x](../parts/lens.md#colours)',
      [
        `Unexpected link to missing anchor \`#colours\` in \`${at('parts/lens.md')}\`, expected \`#colors\` (likely: `,
      ],
    ],
  ])('%s', async (text, messages) => {
    const found = await check({[at('guide/start.md')]: page(text)})
    expect(found.map((each) => each.replace(/^\S+ \S+ |(?<=\(likely: ).*/g, ''))).toEqual(messages)
  })

  it.each(['support.md', 'upgrading-to-2.md', 'security.mdx', 'history.md', 'install.md', 'todo.md'])(
    'may have the name of a file for readers of the repository, such as %s',
    async (name) => {
      expect(await check({[at(`guide/${name}`)]: page('[x](../parts/lens#colors) [y](/nowhere)')})).toEqual(
        [],
      )
    },
  )

  it('is read on the repository host if only its readers look for that name', async () => {
    const files = {
      'website/README.md': '[x](gone)\n',
      'website/docs/SECURITY.md': '[x](gone)\n',
      'website/docusaurus.config.js': 'module.exports={presets:[["classic",{docs:{path:"pages"}}]]}',
      'website/pages/index.md': page(''),
    }
    expect(messagesOf(await checkFolder(folder(files)))).toEqual([
      'website/README.md 1:5-1:9 Unexpected link to missing file `gone`',
      'website/docs/SECURITY.md 1:5-1:9 Unexpected link to missing file `gone`',
    ])
  })

  it('has the same ids whoever links to it first', async () => {
    const files = {
      [at('README.md')]: '[x](api/start.md#heading)\n',
      [at('api/start.md')]: page('[x](#options)'),
    }
    expect(await check(files)).toEqual([
      expect.stringMatching(
        /start\.md .* missing anchor `#options` \(likely: the program .* is not known, but all 10 other/,
      ),
    ])
  })
})
