import {spawnSync} from 'node:child_process'
import path from 'node:path'
import {describe, expect, it} from 'vitest'
import {readPage} from '../src/page/read-page.ts'
import {mystSyntax, plainMystSyntax} from '../src/site/platforms/myst/syntax.ts'
import {python} from './needs.ts'
import {checkFolder, folder, messagesOf} from './run-doccheck.ts'

const engine = python('MyST-Parser (Debian: python3-myst-parser)', 'myst_parser, sphinx')

/** So many that what is missing are exceptions. */
const PAGES = [...'abcdefghijklmnopqrstuvwxyz']

/** Everything that is missing is called `gone` with a number, and all else is there. */
const SITE = {
  'conf.py': `extensions = ['myst_parser']
myst_enable_extensions = ['colon_fence']
numfig = True
myst_heading_anchors = 2
exclude_patterns = ['parts', 'gone40.md']
`,
  'index.md': `# Home

\`\`\`{toctree}
:caption: All pages

guide/lamp
guide/bulb.md
Titled <guide/lens>
https://example.org/
self
${PAGES.map((name) => `more/${name}`).join('\n')}
gone1
Titled <gone2>
gone40
\`\`\`

\`\`\`{toctree}
---
glob:
maxdepth: 2
---
more/*
gone3
\`\`\`
`,
  'guide/lamp.md': `(lamp)=
# Lamp

{doc}\`bulb\`, {doc}\`../index\`, {doc}\`/guide/lens\`, {doc}\`the lens <lens>\`, {doc}\`!gone\`, {doc}\`gone4\`, {doc}\`/gone5\`,
{doc}\`Gone <../gone6>\`, {doc}\`gone40\`.

{ref}\`lamp\`, {ref}\`the bulb <bulb>\`, {ref}\`The Bulb\`, {ref}\`fig-bulb\`, {ref}\`In rst\`, {ref}\`genindex\`, {ref}\`gone7\`,
{ref}\`Gone <gone8>\`, {numref}\`fig-bulb\`, {numref}\`Figure %s <gone9>\`, {any}\`lamp\`, {any}\`bulb\`, {any}\`gone10\`.

{download}\`/files/lamp.txt\`, {download}\`the text <../files/lamp.txt>\`, {download}\`gone11.txt\`, {download}\`Gone </gone12.txt>\`.

> {ref}\`gone13\`
>
> - {doc}\`gone14\` in a list, and a code span with \`{ref}\` \`gone\`

| a | b |
| - | - |
| {ref}\`gone15\` | {ref}\`lamp\` |

\`\`\`\`{note}
The body is Markdown: {ref}\`gone16\`, [not there](gone17.md).

\`\`\`{tip}
So is this: {doc}\`gone18\`
\`\`\`
\`\`\`\`

:::{admonition} A title with {ref}\`gone19\`
:class: tip

Colons, too: {ref}\`gone20\`, [there](bulb.md)
:::

\`\`\`{code-block} markdown
{ref}\`gone\` [gone](gone.md)
\`\`\`

<!--
\`\`\`{image} gone.png
\`\`\`
-->

% {ref}\`gone\`
`,
  'guide/bulb.md': `(bulb)=
# Bulb

(the bulb)=
## Another

\`\`\`{figure} ../files/bulb.png
:name: fig-bulb

The bulb, and {ref}\`gone21\`
\`\`\`

\`\`\`{image} gone22.png
\`\`\`

:::{figure} /files/gone23.png
---
name: fig-gone
---
Caption
:::

\`\`\`{literalinclude} ../files/lamp.txt
\`\`\`

\`\`\`{literalinclude} /gone24.py
:language: python
\`\`\`

\`\`\`{include} ../parts/note.md
\`\`\`

{ref}\`fig-gone\`, {ref}\`note\`

[to a label](lamp), [nowhere](#gone26)
`,
  'guide/lens.md': '# Lens\n\n{ref}`bulb` {ref}`gone27`\n\n```{include} gone25.md\n```\n',
  'guide/spelling.md':
    '# Spelling\n\n``` {figure} gone41.png\n```\n\n```{Tip}\n{ref}`gone42` {ref}`bulb`\n```\n',
  ...Object.fromEntries(PAGES.map((name) => [`more/${name}.md`, '# Page\n'])),
  'other.rst': ':orphan:\n\n.. _in rst:\n\nOther\n=====\n',
  'parts/note.md': '(note)=\n## Note\n\nRead with the bulb: {ref}`lamp`, {doc}`lens`, {ref}`gone28`\n',
  'gone40.md': '# Excluded\n',
  'files/lamp.txt': 'A lamp.\n',
  'files/bulb.png': '',
}

const namesIn = (text: string) =>
  [...new Set([...text.matchAll(/gone\d+/g)].map(([name]) => name))].sort(
    (a, b) => Number(a.slice(4)) - Number(b.slice(4)),
  )

describe('roles and directives', () => {
  it.skipIf(!engine)('are reported where Sphinx warns', async () => {
    const site = folder(SITE)
    const out = path.join(folder(), 'html')
    const {stderr} = spawnSync(engine!, ['-m', 'sphinx', '-n', '-q', '-b', 'html', site, out], {
      encoding: 'utf8',
    })
    const warnings = stderr.split('\n').filter((line) => /WARNING|ERROR|CRITICAL/.test(line))
    const found = messagesOf(await checkFolder(site)).join('\n')
    expect(namesIn(found)).toEqual(namesIn(warnings.join('\n')))
    // The excluded page is named twice.
    expect(namesIn(found)).toHaveLength(31)
  })

  const linksIn = async (text: string, syntax = mystSyntax) =>
    (await readPage('a.md', text, syntax)).links.map(
      ({kind, tag, url, target}) =>
        `${kind} ${tag ?? ''} ${url} ${text.slice(target.start, target.end) === url}`,
    )

  it.each([
    ['{doc}`a b <c/d>`', ['role doc c/d true']],
    ['`` {doc}`a` ``', []],
    ['\\{doc}`a`, {emphasis}`a`', []],
    ['```{card}\n:link: a\n:link-type: doc\n```', ['role doc a true']],
    ['```{card} Title\n:link: a.html\n:img-top: a.png\n```', ['html a a.html true', 'image  a.png true']],
    ['```{button-ref} a\n```', ['role any a true']],
    [':::{button-link} https://a.test/b\n:color: x\n:::\n', ['html a https://a.test/b true']],
    [':::{video} https://a.test/b\n:::\n\nhttps://a.test/c\n', ['autolink  https://a.test/c true']],
    ['- ```{image} a.png\n  ```', ['image  a.png true']],
    ['~~~{include} a.md\n~~~', ['include  a.md true']],
    ['```{include} <isonum.txt>\n```', []],
    ['```\n```{image} a.png\n```', []],
    ['    ```{note}\n    [a](b)\n', []],
  ])('%j', async (text, links) => {
    expect(await linksIn(text)).toEqual(links)
  })

  it('are not marked by colons without an extension', async () => {
    expect(await linksIn(':::{image} a.png\n:::\n', plainMystSyntax)).toEqual([])
    expect(await linksIn(':::{image} a.png\n:::\n')).toEqual(['image  a.png true'])
  })
})

it.each([
  ['git ignores', 'made.md\n', []],
  [
    'is missing',
    '',
    [
      'index.md 5:1-5:5 Unexpected link to missing file `made`',
      'index.md 8:7-8:11 Unexpected reference to undefined label `gone`',
    ],
  ],
])('judges labels unless a table of contents names a page that %s', async (_, ignored, expected) => {
  const site = folder({
    'conf.py': "extensions = ['myst_parser']\n",
    '.gitignore': ignored,
    'index.md': '# Home\n\n```{toctree}\n\nmade\n```\n\n{ref}`gone`\n',
  })
  expect(messagesOf(await checkFolder(site))).toEqual(expected)
})

it.skipIf(!engine)('finds what an included file includes from the page, as Sphinx does', async () => {
  const site = folder({
    'conf.py': "extensions = ['myst_parser']\nmyst_heading_anchors = 3\nexclude_patterns = ['parts']\n",
    'index.md': '# Home\n\n```{include} parts/care.md\n```\n\n[a](#deep)\n',
    'parts/care.md': '```{include} parts/deep.md\n```\n\n```{include} /parts/more.md\n```\n',
    'parts/deep.md': '## Deep\n',
    'parts/more.md': '## More\n\n[b](#gone)\n',
  })
  const words = ['-m', 'sphinx', '-q', '-b', 'html', '.', 'built']
  const {stderr} = spawnSync(engine!, words, {cwd: site, encoding: 'utf8'})
  expect(stderr.match(/(?<=WARNING: ).*/g)).toEqual(["'myst' reference target not found: #gone"])
  expect(messagesOf(await checkFolder(site))).toEqual([])
})

it.skipIf(!engine)('finds the names of directives in reStructuredText, as Sphinx does', async () => {
  const names = Array.from({length: 12}, (_, index) => `in-${index}`)
  const site = folder({
    'conf.py': "extensions = ['myst_parser']\n",
    'index.md':
      `# Home\n\n${names.map((name) => `[a](${name})\n\n(${name})=\n## In ${name}\n\n`).join('')}` +
      '[a](of-figure) [b](gone-1)\n\n```{eval-rst}\n.. figure:: a.png\n   :name: of-figure\n\n   A\n```\n',
    'a.png': '',
  })
  const words = ['-m', 'sphinx', '-q', '-b', 'html', '.', 'built']
  const {stderr} = spawnSync(engine!, words, {cwd: site, encoding: 'utf8'})
  expect(stderr.match(/(?<=WARNING: ).*/g)).toEqual(["'myst' reference target not found: gone-1"])
  expect(messagesOf(await checkFolder(site))).toEqual([
    expect.stringContaining('missing file `gone-1` (likely: all 13 other labels on the site exist)'),
  ])
})

it.skipIf(!engine)('leaves out levels above the site in the names of pages, as Sphinx does', async () => {
  const site = folder({
    'docs/source/conf.py': "extensions = ['myst_parser']\n",
    'docs/source/index.md': '# Home\n\n```{toctree}\n../more/lamp\n../../more/gone\n```\n',
    'docs/source/more/lamp.md': '# Lamp\n\n{doc}`../../../index`, {doc}`../../gone`\n',
  })
  const words = ['-m', 'sphinx', '-q', '-b', 'html', 'docs/source', 'built']
  const {stderr} = spawnSync(engine!, words, {cwd: site, encoding: 'utf8'})
  expect(stderr.match(/(?<=WARNING: ).*/g)).toEqual([
    expect.stringContaining("reference to nonexisting document 'more/gone'"),
    "unknown document: '../../gone'",
  ])
  expect(messagesOf(await checkFolder(site))).toEqual([
    'docs/source/index.md 5:1-5:16 Unexpected link to missing file `../../more/gone`',
    'docs/source/more/lamp.md 3:30-3:40 Unexpected link to missing file `../../gone`',
  ])
})
