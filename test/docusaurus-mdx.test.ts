import {describe, expect, it} from 'vitest'
import {coverMdx} from '../src/page/mdx.ts'
import {readPage} from '../src/page/read-page.ts'
import {readCode} from '../src/site/shared/javascript/read.ts'
import {CallValue, type ObjectValue, UNKNOWN} from '../src/site/shared/javascript/values.ts'
import {doccheck, folder} from './run-doccheck.ts'

const page = (text: string) => readPage('page.mdx', text, {mdx: true})

describe('MDX', () => {
  it.each([
    '# A\n\nimport X from "./x.mdx"\n\ntext {a + "}"} <!-- c -->\n',
    '```js\nimport a from "b"\n\nexport default a\n```\n\ntext\n',
    'import a from "b"\nexport const c = {\n\n  d: 1,\n}\n\ntext\n',
    '    ```mdx-code-block\n    <X />\n    ```\n',
    '{/* a\n\nb */}\n',
  ])('%j keeps its length and its lines', (text) => {
    const covered = coverMdx(text, 0).text
    expect(covered.length).toBe(text.length)
    expect(covered.split('\n').length).toBe(text.split('\n').length)
  })

  it('takes no statement of code for one of the page', async () => {
    const {headings, components} = await page(
      '```js\nimport a from "b"\n\nexport default a\n```\n\n## Behind\n\n<a.B />\n',
    )
    expect(headings.map(({text}) => text)).toEqual(['Behind'])
    expect(components).toEqual([{name: 'a.B'}])
  })

  it('ends statements where their brackets do', async () => {
    const {headings, opaqueContent} = await page(
      'export const A = () => (\n  <div>\n\n  # No heading\n\n  </div>\n)\n\n# Heading\n',
    )
    expect(headings.map(({text}) => text)).toEqual(['Heading'])
    expect(opaqueContent).toEqual([])
  })

  it('names the components of a page and what they come from', async () => {
    const {components, opaqueContent} = await page(
      'import Part, {Other as Own} from "./_part.mdx"\nimport * as All from "all"\n\n<Part />\n\n<Own>[a](b)</Own> <All.One /> <Local /> <Local /> <div />\n',
    )
    expect(components).toEqual([
      {name: 'Part', from: './_part.mdx'},
      {name: 'Own', from: './_part.mdx'},
      {name: 'All.One', from: 'all'},
      {name: 'Local'},
    ])
    expect(opaqueContent).toEqual(['import ./_part.mdx'])
  })

  it('reads names of modules without their escapes', async () => {
    const {components} = await page("import Part from './\\_part.mdx'\n\n<Part />\n")
    expect(components).toEqual([{name: 'Part', from: './_part.mdx'}])
  })

  it('sees what a fence for translators holds', async () => {
    const {links} = await page(
      '```mdx-code-block\n<Link to="/a">a</Link>\n```\n\n```jsx\n<Link to="/b">b</Link>\n```\n',
    )
    expect(links.map(({url}) => url)).toEqual(['/a'])
  })

  it('tells of expressions that make elements', async () => {
    expect((await page('{list.map((each) => <Row id={each} />)}\n\n{1 + 1}\n')).opaqueContent).toEqual([
      'an expression',
    ])
  })

  it('takes comments out of headings', async () => {
    const {headings} = await page('## A {/* #one */}\n\n## B { /*two*/ }\n\n## C {/* x */ /* y */}\n')
    expect(headings.map(({comment}) => comment)).toEqual(['#one', 'two', undefined])
  })
})

describe('code', () => {
  it('knows what a name is imported from', async () => {
    const value = await readCode('import math from "remark-math"\nexport default {plugins: [math, other]}')
    const [first, second] = (value as ObjectValue).get('plugins') as unknown[]
    expect(first).toEqual(new CallValue('import', ['remark-math']))
    expect(second).toBe(UNKNOWN)
  })
})

describe('pathname:///', () => {
  const site = (link: string) =>
    folder({
      'docusaurus.config.js': "module.exports = {url: 'https://x.org', baseUrl: '/', presets: ['classic']}",
      'static/files/manual.pdf': '',
      'docs/a.md': `# A\n\n${link}\n`,
    })
  const counted = async (link: string) => {
    const {out} = await doccheck(site(link), ['--offline', '--no-config'])
    return out.split('\n').filter((line) => /pathname|not judged|problems/.test(line))
  }

  it('is the path of a file, or of something else on the host', async () => {
    expect(await counted('[a](pathname:///files/manual.pdf) ![b](pathname:///files/manual.pdf)')).toEqual([
      expect.stringMatching(/no problems$/),
    ])
    expect(await counted('[a](pathname:///other)')).toEqual([
      expect.stringMatching(/no problems found, 1 link not judged$/),
      '1 link not judged: the host may serve more pages',
    ])
  })
})
