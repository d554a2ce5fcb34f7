import {describe, expect, it} from 'vitest'
import {checkFolder, folder, messagesOf} from './run-doccheck.ts'

const WEBSITE = 'project:\n  type: website\n'

const site = (page: string, more: Record<string, string> = {}) => ({
  '_quarto.yml': WEBSITE,
  'index.qmd': '[Lamp](guide/lamp.qmd)\n',
  'guide/lamp.qmd': page,
  'guide/lens.qmd': '# Lens\n',
  'guide/lens.png': '',
  'guide/arc.R': '',
  ...more,
})

const messagesFor = async (files: Record<string, string>) =>
  messagesOf(await checkFolder(folder(files))).map((message) => message.replace(/^\S+ \S+ /, ''))

describe('the image in front matter', () => {
  it.each([
    ['lens.png', []],
    ['/guide/lens.png', []],
    ['https://example.org/lens.png', []],
    ['false', []],
    ['gone.png', ['Unexpected missing image `gone.png`']],
    ['/lens.png', ['Unexpected missing image `/lens.png`, expected `/guide/lens.png`']],
  ])('of a website: %s', async (image, messages) => {
    expect(await messagesFor(site(`---\nimage: ${image}\n---\n`))).toEqual(messages)
  })

  it('has no meaning on pages that are no website', async () => {
    expect(await messagesFor(site('---\nimage: gone.png\n---\n', {'_quarto.yml': 'lang: en\n'}))).toEqual([])
  })
})

describe('a URL beside the pages of a folder', () => {
  const pages = (count: number, nameOf: (at: number) => string) =>
    Object.fromEntries(Array.from({length: count}, (_, at) => [nameOf(at), '# Lamp\n']))
  const topPages = (count: number) => pages(count, (at) => `lamp-${at}.qmd`)
  const folders = (count: number) => pages(count, (at) => `more/lamp-${at}/index.qmd`)

  it('is likely one of many folders with pages, or of many pages at the top', async () => {
    expect(await messagesFor(site('[x](../more/gone/)\n', folders(5)))).toEqual([
      'Unexpected link to missing file `../more/gone/` (likely: Quarto renders pages of 5 other folders in more/)',
    ])
    expect(await messagesFor(site('[x](../gone.html)\n', topPages(5)))).toEqual([
      'Unexpected link to missing file `../gone.html` (likely: Quarto renders 6 other pages of the folder)',
    ])
  })

  it('is likely unless a program that runs afterwards names it, where there are many pages', async () => {
    const check = (commands: string, count: number, code: string) =>
      messagesFor(
        site('[x](../more/gone/)\n', {
          '_quarto.yml': `${WEBSITE}  post-render: ${commands}\n`,
          'bin/move.py': code,
          ...folders(count),
        }),
      )
    const command = 'python bin/move.py --all'
    expect(await check(command, 5, 'move("/old/", "/more/lamp/")\n')).toHaveLength(1)
    expect(await check(command, 5, 'move("/more/gone/", "/more/lamp/")\n')).toEqual([])
    expect(await check(command, 4, '')).toEqual([])
    expect(await check(`[${command}, make]`, 5, '')).toEqual([])
  })

  const likely = (url: string) => [
    `Unexpected link to missing file \`${url}\` (likely: Quarto renders 2 other pages of guide/)`,
  ]
  it.each<[url: string, more: Record<string, string>, messages: string[]]>([
    ['lens.html', {}, []],
    ['gone.html', {}, likely('gone.html')],
    ['/guide/gone/', {}, likely('/guide/gone/')],
    // Quarto makes it of an embedded notebook, and other programs of a file of that name.
    ['gone-preview.html', {}, []],
    ['arc.html', {}, []],
    ['gone.pdf', {}, []],
    ['/gone', {}, []],
    ['more/gone.html', {'guide/more/lens.qmd': '# Lens\n'}, []],
    ['gone.html', {'_quarto.yml': `${WEBSITE}  post-render: make.py\n`, 'make.py': ''}, []],
    ['gone.yml', {'_quarto.yml': `${WEBSITE}  post-render: make.py\n`}, []],
    ['../gone.html', {}, []],
    ['../more/gone/', folders(4), []],
    ['../gone/', topPages(5), []],
  ])('%s with %j', async (url, more, messages) => {
    expect(await messagesFor(site(`[x](${url})\n`, more))).toEqual(messages)
  })
})

it('adds no ids by double braces that are no shortcode', async () => {
  expect(await messagesFor(site('[x](#gone), `{{r}}`, {{ secrets.KEY }}\n'))).toEqual([
    'Unexpected link to missing anchor `#gone`',
  ])
})

it.each([
  // The ids of raw HTML stand in it, unless a script adds some.
  ['```{=html}\n<p id="wick">x</p>\n```\n[x](#wick) [y](#gone)\n', true],
  ['```{=html}\n<script>lamp.innerHTML = light()</script>\n```\n[y](#gone)\n', false],
  ['```{=html}\n<script src="lamp.js"></script>\n```\n[y](#gone)\n', true],
  ['`{{{< meta key >}}}` [y](#gone)\n', true],
  ['---\nlanguage:\n  section-title-footnotes: The Notes\n---\n[x](#the-notes) [y](#gone)\n', true],
  // Fences without an opening one, as in grid tables, end at one without an info string.
  ['```\n\n```{python}\n```\n\n{{< include _part.qmd >}}\n\n[x](#part) [y](#gone)\n', true],
])('the ids of a page are known: %j', async (page, isKnown) => {
  expect(await messagesFor(site(page, {'guide/_part.qmd': '## Part\n'}))).toEqual(
    isKnown ? ['Unexpected link to missing anchor `#gone`'] : [],
  )
})

describe('a file that an included file includes', () => {
  const parts = (part: string) => ({
    'guide/lamp.qmd': '{{< include ../parts/_a.qmd >}}\n',
    'parts/_a.qmd': part,
    'parts/_beside.qmd': '',
    'guide/_there.qmd': '',
  })

  it.each([
    ['{{< include _there.qmd >}}\n', []],
    ['{{< include /parts/_beside.qmd >}}\n', []],
    // Quarto looks beside the page that it renders.
    ['{{< include _beside.qmd >}}\n', ['Unexpected include of missing file `_beside.qmd`']],
    ['```python\n{{< include gone.py >}}\n```\n', ['Unexpected include of missing file `gone.py`']],
    ['```\n{{{< include gone.py >}}}\n```\n', []],
  ])('is looked up from the page: %j', async (part, messages) => {
    const found = await messagesFor(site('', parts(part)))
    expect(found.map((message) => message.replace(/, expected .*/, ''))).toEqual(messages)
  })

  it('is not judged if no page shows it', async () => {
    const files = {...parts('{{< include gone.qmd >}}\n'), 'guide/lamp.qmd': ''}
    expect(await messagesFor(site('', files))).toEqual([])
  })
})

it('writes a path from the root of a site in a folder as a path', async () => {
  const files = {
    'docs/_quarto.yml': WEBSITE,
    'docs/index.qmd': '[Lamp](/guide/lamp.qmd)\n',
    'docs/a/b/lamp.qmd': '# Lamp\n',
  }
  expect(await messagesFor(files)).toEqual([
    'Unexpected link to missing file `/guide/lamp.qmd`, expected `/a/b/lamp.qmd`',
  ])
})

describe('a fragment of another chapter', () => {
  const chapters = {
    '_quarto.yml': 'project:\n  type: book\n',
    'index.qmd': '[a](#arc) [b](#lens) [c](#fig-lamp) [d](#gone)\n',
    'arc.qmd': '# Arc\n\n{{< include _lens.qmd >}}\n\n![Lamp](lamp.png){#fig-lamp}\n',
    '_lens.qmd': '## Lens\n',
    'lamp.png': '',
  }

  it('leads to its heading in a book, to other elements nowhere', async () => {
    expect(await messagesFor(chapters)).toEqual([
      'Unexpected link to missing anchor `#fig-lamp`',
      'Unexpected link to missing anchor `#gone`',
    ])
  })

  it('leads nowhere on a website', async () => {
    expect(await messagesFor({...chapters, '_quarto.yml': WEBSITE})).toHaveLength(4)
  })
})

it('takes text between dollars for math by the rule of Pandoc', async () => {
  const text = [
    '$$\na\n= [f](x)\n$$',
    'With $[f](x)$, or $5 [a](gone-a.md) and $6.',
    '`$A` [b](gone-b.md) `$B`, \\$5 [c](gone-c.md)$.',
  ]
  expect(await messagesFor(site(text.join('\n\n')))).toEqual(
    ['a', 'b', 'c'].map((name) => `Unexpected link to missing file \`gone-${name}.md\``),
  )
})

it('leaves objects of programs to the filter interlinks, which say nothing about other links', async () => {
  const objects = Array.from({length: 12}, (_, at) => `[](\`~lamp.Lens${at}\`)`)
  const text = `[](gone.html) [](:py:function:\`print\`) ${objects.join(' ')}\n`
  expect(await messagesFor(site(text, {'_quarto.yml': `${WEBSITE}filters: [interlinks]\n`}))).toEqual([
    'Unexpected link to missing file `gone.html` (likely: Quarto renders 2 other pages of guide/)',
  ])
})

describe('HTML in front matter', () => {
  it.each([
    ['include-in-header:\n  text: |\n    <script src="gone.js"></script>\n'],
    ['include-after-body:\n  - text: |\n      <script src="gone.js"></script>\n'],
    ['format:\n  html:\n    include-before-body:\n      - text: <script src="gone.js"></script>\n'],
  ])('%j', async (lines) => {
    expect(await messagesFor(site(`---\n${lines}---\n`))).toEqual([
      'Unexpected link to missing file `gone.js`',
    ])
  })
})

it('may be made by the build in a folder that Git ignores, not as a file of its name', async () => {
  const text = '![](logs-open.png) ![](logs-made/lamp.png)\n'
  expect(await messagesFor(site(text, {'.gitignore': 'logs-*/\n'}))).toEqual([
    'Unexpected missing image `logs-open.png`',
  ])
})

it('leaves images to the code of a page, unless there are many others beside them', async () => {
  const text = '![](gone.png) ![](../out/gone.png)\n\n```{r}\nplot(a)\n```\n'
  const images = Object.fromEntries(['a', 'b', 'c', 'd'].map((name) => [`guide/${name}.svg`, '']))
  expect(await messagesFor(site(text, images))).toEqual([
    'Unexpected missing image `gone.png` (likely: guide/ has 5 other images)',
  ])
})
