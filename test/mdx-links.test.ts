import {readFileSync} from 'node:fs'
import path from 'node:path'
import {describe, expect, it} from 'vitest'
import {readPage} from '../src/page/read-page.ts'
import type {FrontMatterUrl} from '../src/page/syntax.ts'
import {checkFolder, doccheck, folder, messagesOf} from './run-doccheck.ts'

/** `kind url` of every link, which is at its place in the text. */
async function links(text: string, urls?: readonly FrontMatterUrl[]): Promise<string[]> {
  const page = await readPage('x.mdx', text, {mdx: true, ...(urls && {frontMatterUrls: urls})})
  return page.links.map(({kind, url, target, image}) => {
    expect(text.slice(target.start, target.end).replace(/^(?=img\/)/, '/')).toBe(url)
    return `${image ? 'shown ' : ''}${kind} ${url}`
  })
}

describe('attributes in MDX', () => {
  it.each([
    ['<a href={"/a"}>x</a>', ['html /a']],
    ["<a href={ '/a' }>x</a>", ['html /a']],
    ['<a href={`/a`}>x</a>', ['html /a']],
    ['<a\n  href={\n    "/a"\n  }\n>x</a>', ['html /a']],
    ['text <LinkCard href={"/a&amp;b"} to={"/c"} /> text', ['html /a&amp;b']],
    ['<img src={`/a.png`} alt={"x"} />', ['shown html /a.png']],
    ['<img src={require("./a b.png").default} />', ['shown module ./a b.png']],
    ["<Picture light={require('../a.png')} />", ['module ../a.png']],
    ["<img src={useBaseUrl('/a.png')} />", ['shown image /a.png']],
    ["<img src={useBaseUrl('img/a.png')} />", ['shown image /img/a.png']],
    ["<a href={useBaseUrl('/a')}>x</a>", ['link /a']],
  ])('%j are links', async (text, expected) => {
    expect(await links(`${text}\n`)).toEqual(expected)
  })

  it.each([
    '<a href={base + "/a"}>x</a>',
    '<a href={"/a" + name}>x</a>',
    '<a href={`/a/$' + '{name}`}>x</a>',
    '<a href={isOpen ? "/a" : "/b"}>x</a>',
    '<a href={"/a\\u0062"}>x</a>',
    '<a href={links["a"]}>x</a>',
    '<img src={logo} />',
    '<img alt={require} />',
    '`<a href={"/a"}>`',
  ])('%j are none', async (text) => {
    expect(await links(`${text}\n`)).toEqual([])
  })

  it('have ids in braces, too', async () => {
    const page = await readPage('x.mdx', '<a id={"top"}></a>\n\n<Tab id={`two`} />\n', {mdx: true})
    expect(page.ids.map(({id}) => id)).toEqual(['top', 'two'])
  })

  it('end where the tag does, even at the start of a line', async () => {
    expect(await links('<a\n  title="a"\n  href="/a"\n>x</a>\n\n[b](/b)\n')).toEqual(['html /a', 'link /b'])
  })
})

describe('modules in MDX', () => {
  it('are links if they are files', async () => {
    const text =
      "import React from 'react'\nimport {A} from './a.js'\nimport b, {c} from \"../b.png\"\nimport '@site/c.css'\n\n# x\n"
    expect(await links(text)).toEqual(['module ./a.js', 'module ../b.png', 'module @site/c.css'])
  })

  it('are not in code', async () => {
    expect(await links("```js\nimport {A} from './a.js'\n```\n")).toEqual([])
  })

  const SITE = {
    'docusaurus.config.js': "module.exports = {url: 'https://x.org', baseUrl: '/', presets: ['classic']}",
    'static/logo.svg': '<svg/>',
    'src/Lamp.tsx': 'export default () => null',
    'docs/lens.svg': '<svg/>',
    'docs/data.json': '{}',
    'docs/a b.svg': '<svg/>',
  }

  it('lead to files of the site, with extensions or without', async () => {
    const root = folder({
      ...SITE,
      '.gitignore': '/docs/made.json\n',
      'docs/a.mdx': [
        "import A from '@site/src/Lamp'",
        "import B from '../src/Lamp'",
        "import C from '../src/Lamp.js'",
        "import D from './lens.svg?raw'",
        "import E from '!!raw-loader!./none.js'",
        "import F from './made.json'",
        "import G from '@theme/None'",
        "import H from './none'",
        "import I from './a b.svg'",
        "import J from './a%20b.svg'",
        "import K from '@site/src/Lump.tsx'",
        "import L from './none.json'",
        '',
        '# A',
        '',
        '<img src={require("@site/static/logo.svg").default} />',
        '<img src={require("@site/static/logo.png").default} />',
        '',
      ].join('\n'),
    })
    expect(messagesOf(await checkFolder(root, 'no-broken-link'))).toEqual([
      'docs/a.mdx 8:16-8:22 Unexpected link to missing file `./none`',
      'docs/a.mdx 10:16-10:27 Unexpected link to missing file `./a%20b.svg`',
      'docs/a.mdx 11:16-11:34 Unexpected link to missing file `@site/src/Lump.tsx`, expected `@site/src/Lamp.tsx`',
      'docs/a.mdx 12:16-12:27 Unexpected link to missing file `./none.json`',
      'docs/a.mdx 17:20-17:41 Unexpected missing image `@site/static/logo.png`, expected `@site/static/logo.svg`',
    ])
  })

  it('keep their form when they are repaired', async () => {
    const root = folder({
      ...SITE,
      'docs/a.mdx':
        "import A from '../docs/Lens.svg?raw'\nimport B from \"@site/docs/Data.json\"\n\n# A\n\n<img src={require('./A b.svg').default} />\n",
    })
    await doccheck(root, ['--fix', '--offline'])
    expect(readFileSync(path.join(root, 'docs/a.mdx'), 'utf8')).toBe(
      "import A from './lens.svg?raw'\nimport B from \"@site/docs/data.json\"\n\n# A\n\n<img src={require('./a b.svg').default} />\n",
    )
  })

  it('are not judged where no site is known to bundle them', async () => {
    const root = folder({'a.mdx': "import A from './none.json'\n\n# A\n"})
    expect(messagesOf(await checkFolder(root, 'no-broken-link'))).toEqual([])
  })
})

describe('front matter', () => {
  const URLS: readonly FrontMatterUrl[] = [
    {pointer: '/hero/actions/*/link', as: 'link'},
    {pointer: '/image', as: './asset'},
    {pointer: '/hero/image/file', as: 'asset'},
    {pointer: '/banner/content', as: 'html'},
  ]

  it.each([
    ['---\nimage: /a.png\n---\n', ['shown front-matter /a.png']],
    ['---\nimage: "/a.png" # the best\n---\n', ['shown front-matter /a.png']],
    ["---\ntitle: x\nimage: './a.png'\n---\n", ['shown module ./a.png']],
    [
      '---\nhero:\n  actions:\n    - link: /a\n    - {text: b, link: "/b"}\n    - text: c\n  image: {file: ../a.png}\n---\n',
      ['front-matter /a', 'front-matter /b', 'shown module ../a.png'],
    ],
    ['---\nimage: >-\n  /a.png\n---\n', []],
    ['---\nimage: "/a\\u0062.png"\n---\n', []],
    ['---\nimage: [/a.png]\nhero: /b\n---\n', []],
    [
      '---\nbanner:\n  content: |\n    A <a href="/a">b</a>\n    <img src="c.png">\n  more: <a href="/d">\n---\n',
      ['html /a', 'shown html c.png'],
    ],
    ['---\nimage:\n---\n', []],
    ['---\nother: {image: /a.png}\n---\n', []],
    ['+++\nimage = "/a.png"\n+++\n', ['shown front-matter /a.png']],
  ])('%j has links', async (text, expected) => {
    expect(await links(text, URLS)).toEqual(expected)
  })

  it('is repaired in its form', async () => {
    const root = folder({
      'astro.config.mjs':
        "import {defineConfig} from 'astro/config'\nimport starlight from '@astrojs/starlight'\nexport default defineConfig({integrations: [starlight({title: 'x'})]})",
      'src/assets/lamp.svg': '<svg/>',
      'src/content/docs/guides/lamp.md': '---\ntitle: x\n---\n',
      'src/content/docs/index.md':
        '---\ntitle: x\nhero:\n  image:\n    file: \'../../assets/Lamp.svg\'\n  actions:\n    - {text: a, link: "/guides/Lamp/"} # a\nnext:\n  link: /guides/lamp/\nprev: {link: /guides/Lamp/}\n---\n',
    })
    await doccheck(root, ['--fix', '--offline', '--unsafe'])
    expect(readFileSync(path.join(root, 'src/content/docs/index.md'), 'utf8')).toBe(
      '---\ntitle: x\nhero:\n  image:\n    file: \'../../assets/lamp.svg\'\n  actions:\n    - {text: a, link: "/guides/lamp/"} # a\nnext:\n  link: /guides/lamp/\nprev: {link: /guides/lamp/}\n---\n',
    )
  })
})

it('never takes an expression for a URL, even on a page with invalid MDX', async () => {
  const text = 'A <br> b.\n\n<div>\n  <a href={base}>x</a> <a href="{base}">y</a>\n</div>\n'
  const {links} = await readPage('a.mdx', text, {mdx: true})
  expect(links.map(({url}) => url)).toEqual(['{base}'])
})
