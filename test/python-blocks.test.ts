import fc, {type Arbitrary} from 'fast-check'
import {expect, it} from 'vitest'
import {readPage} from '../src/page/read-page.ts'
import type {Page} from '../src/page/types.ts'
import {pymdownSlug, pythonMarkdownIds} from '../src/site/platforms/mkdocs/heading-ids.ts'
import {mkdocsSyntax} from '../src/site/platforms/mkdocs/syntax.ts'
import {tabIds} from '../src/site/platforms/mkdocs/tabs.ts'
import {python} from './needs.ts'
import {type Rendered, renderedByPython, urlsOf} from './rendered.ts'

const EXTENSIONS = [
  'toc',
  'attr_list',
  'def_list',
  'admonition',
  'pymdownx.details',
  'pymdownx.superfences',
  'pymdownx.tabbed',
]
const engine = python('pymdownx (Debian: python3-pymdownx)', 'markdown, pymdownx')

const read = (text: string): Promise<Page> =>
  readPage('page.md', text, mkdocsSyntax([...EXTENSIONS, 'pymdownx.blocks.tab']))

async function ours(text: string): Promise<Rendered> {
  const page = await read(text)
  return {
    urls: urlsOf(page),
    ids: pythonMarkdownIds(page.headings, [], true).filter((id) => id !== undefined),
  }
}

const indented = (text: string) => text.replace(/^(?=.)/gm, '    ')

/** Blocks, nested up to a depth, each link with a URL of its own. */
function blocks(depth: number): Arbitrary<string> {
  const reference = fc.nat(1_000_000).map((label) => `See [one][${label}].\n\n[${label}]: u.md`)
  const text = fc.constantFrom(
    'Text [a](u.md) and ![b](u.png)',
    '## Heading [h](u.md)',
    '<a href="u.md">x</a> text',
    '```yaml\n# none\n[no](u.md)\n\n!!! note\n\n    [no](u.md)\n```',
    '~~~\n=== "None"\n\n    [no](u.md)\n~~~',
  )
  const simple = fc.oneof({weight: 5, arbitrary: text}, {weight: 1, arbitrary: reference})
  if (depth === 0) return simple
  const marker = fc.constantFrom(
    '!!! note',
    '!!! warning inline "A [title](u.md)"',
    '??? note',
    '???+ tip "A [title](u.md)"',
    '=== "Tab [x](u.md)"',
    '===! "Tab"',
  )
  const body = fc
    .array(blocks(depth - 1), {minLength: 1, maxLength: 3})
    .map((all) => indented(all.join('\n\n')))
  const isLoose = fc.boolean()
  return fc.oneof(
    {weight: 2, arbitrary: simple},
    {
      weight: 4,
      arbitrary: fc
        .tuple(marker, isLoose, body)
        .map(([line, loose, text]) => `${line}\n${loose ? '\n' : ''}${text}`),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.constantFrom('-   ', '- ', '* ', '1.  ', '10. '), body)
        .map(([item, text]) => `${item}item [i](u.md)\n\n${text}`),
    },
    {
      weight: 1,
      arbitrary: simple.map((text) => `Term\n:   Definition [d](u.md)\n\n${indented(text)}`),
    },
  )
}

it.skipIf(!engine)('reads the bodies of blocks as Python-Markdown does, however they nest', async () => {
  const pages = fc
    .sample(fc.array(blocks(3), {minLength: 1, maxLength: 4}), {numRuns: 300, seed: 5})
    .map((all) => {
      let count = 0
      return `${all.join('\n\nText.\n\n').replace(/\bu(?=\.\w)/g, (name) => name + count++)}\n`
    })
  const expected = renderedByPython(engine!, pages, EXTENSIONS)
  for (const [index, text] of pages.entries()) expect(await ours(text), text).toEqual(expected[index])
})

const TABS = `
=== "Before *all*"

    text

## Setup

=== "Linux"

    ### Kernel

    === "Old"

        text

=== "macOS & \`co\`"

    text

=== "... or me ..."

    text

!!! note

    ## Inside

    === "Linux"

        text

=== "Über"

    text

/// tab | By slashes

text

///
`

// The ids that PyMdown 11 gives, since Debian's makes none for tabs.
it.each([
  [false, ['before-all', 'linux', 'old', 'macos--co', '-or-me-', 'linux_1', 'über', 'by-slashes']],
  [
    true,
    [
      'before-all',
      'setup-linux',
      'kernel-old',
      'setup-macos--co',
      'setup--or-me-',
      'inside-linux',
      'setup-über',
      'setup-by-slashes',
    ],
  ],
])('makes the ids of tabs that PyMdown makes, with those of headings: %j', async (isCombined, expected) => {
  const page = await read(TABS)
  const ofHeadings = pythonMarkdownIds(page.headings, [], true)
  expect(ofHeadings).toEqual(['setup', 'kernel', 'inside'])
  const slug = (title: string) => pymdownSlug(title, 'lower')
  const settings = {slug, isCombined, separator: '-'}
  expect(
    tabIds(
      [page],
      (heading) => ofHeadings[page.headings.indexOf(heading)],
      ['setup', 'kernel', 'inside'],
      settings,
    ),
  ).toEqual(expected)
})
