import {describe, expect, it} from 'vitest'
import {checkFolder, folder, messagesOf} from './run-doccheck.ts'

/** A site whose pages may use the component `Lamp` of a file, with or without an import. */
const site = (component: string, page: string, more: Record<string, string> = {}) =>
  folder({
    'docusaurus.config.js':
      'const path = require("path")\nmodule.exports = {baseUrl: "/", presets: [["classic", {}]], plugins: [["docusaurus-plugin-module-alias", {alias: {"@parts": path.resolve(__dirname, "./src/parts")}}]]}',
    'src/theme/MDXComponents.js':
      "import Original from '@theme-original/MDXComponents'\nimport Bulb from '@site/src/components/lamp'\nimport Part from '@site/docs/_part.mdx'\nexport default {...Original, Lamp: Bulb, Part}\n",
    'src/components/lamp/index.jsx': component,
    'static/img/lamp.svg': '<svg/>',
    'docs/b.md': '# B\n\n## Two\n',
    'docs/_part.mdx': '## In the part\n',
    'docs/a.mdx': `# A\n\n${page}\n`,
    ...more,
  })

const IMPORTS =
  "import Link from '@docusaurus/Link'\nimport useBaseUrl from '@docusaurus/useBaseUrl'\nimport Inner from './inner'\n"
const found = async (root: string, rule = 'no-broken-link') => messagesOf(await checkFolder(root, rule))

describe('a component of Docusaurus that links to a property', () => {
  it.each([
    'export default ({src}) => <img src={src} />',
    'export default function Lamp(props) {\n  return (\n    <img\n      alt="" src={props.src}\n    />\n  )\n}',
    'export default ({src}) => <div onClick={() => {}}><img src={useBaseUrl(src)} /></div>',
    'export default ({src}) => src ? <Link to={src}>x</Link> : <b>x</b>',
    'export default ({src}) => <Inner link={1} href={src} />',
  ])('in %j has links', async (component) => {
    const page =
      'text <Lamp src="/img/gone.svg" />\n\n<Lamp src="/img/lamp.svg" />\n\n<Lamp src={"/img/gone2.svg"} />'
    const inner = {'src/components/lamp/inner.tsx': 'export default ({href}) => <img src={href} />\n'}
    expect(await found(site(IMPORTS + component, page, inner))).toEqual([
      expect.stringMatching(/^docs\/a\.mdx 3:17-3:30 Unexpected .*`\/img\/gone\.svg`/),
      expect.stringMatching(/^docs\/a\.mdx 7:13-7:27 Unexpected .*`\/img\/gone2\.svg`/),
    ])
  })

  it.each([
    'export default ({src}) => <img src={`/x${src}`} />',
    'export default ({src}) => <img src={base + src} />',
    'export default ({src}) => big ? <img src={src} /> : <img src={small(src)} />',
    'export default ({src}) => <Other src={src} />',
    'export default ({src}) => <code>{src}</code>',
    'export default (props) => <Link {...props} />',
  ])('in %j is not known to have any', async (component) => {
    expect(await found(site(IMPORTS + component, '<Lamp src="/img/gone.svg" />'))).toEqual([])
  })

  it('is found where a page imports it, too', async () => {
    const root = site(
      '',
      'import Bulb from "@parts/bulb"\n\n<Bulb to="/docs/b#two" /> <Bulb to="/docs/gone" /> <Bulb to="later" />',
      {
        'src/parts/bulb.js':
          "import Link from '@docusaurus/Link'\nexport default ({to}) => <Link to={to} />\n",
      },
    )
    expect(await found(root)).toEqual([
      expect.stringMatching(/^docs\/a\.mdx 5:37-5:47 Unexpected link to missing file `\/docs\/gone`/),
    ])
  })
})

describe('a component of Docusaurus without ids', () => {
  it('leaves the anchors of a page certain, if the theme or a plugin says where it is', async () => {
    const page =
      'import Cards from "@parts/cards"\n\n<Cards>\n\n<Lamp />\n\n</Cards>\n\n<Part />\n\n[a](#gone) [b](#in-the-part)'
    const root = site('export default () => <b>x</b>\n', page, {
      'src/parts/cards.js': "import './cards.css'\nexport default ({children}) => <div>{children}</div>\n",
    })
    expect(await found(root, 'no-missing-anchor')).toEqual([
      'docs/a.mdx 13:5-13:10 Unexpected link to missing anchor `#gone`',
    ])
  })
})

describe('the ids that a component of Docusaurus adds', () => {
  const GONE = 'docs/a.mdx 5:5-5:10 Unexpected link to missing anchor `#gone`'

  it.each<[component: string, messages: string[]]>([
    ["import {useAd} from 'ads'\nexport default () => <b>{useAd()}</b>\n", [GONE]],
    ["import {Ad} from 'ads'\nexport default () => <Ad />\n", []],
    ["import {Ad} from 'ads'\nexport default () => <b />\n", [GONE]],
    ["import {Ad as Bulb} from 'ads'\nexport default () => <Bulb />\n", []],
    ["import * as ads from 'ads'\nexport default () => <ads.Ad />\n", []],
    ["import {useAd} from 'ads'\nconst {Ad} = require('ads')\nexport default () => <Ad a={useAd()} />\n", []],
    ["import {useAd} from 'ads'\nimport Ad from 'ads'\nexport default () => <Ad a={useAd()} />\n", []],
    ["import {useDocs} from '@docusaurus/plugin-content-docs/client'\nexport default () => <b />\n", [GONE]],
    ["import Link from '@theme/Link/Markdown'\nexport default () => <Link />\n", [GONE]],
    ["const ad = make()\nad.id = 'gone'\nexport default () => <b />\n", []],
    ["const ad = make()\nad.id = 'own'\nexport default () => <b />\n", [GONE]],
    ["const ad = make()\nad.id = 'go' + end\nexport default () => <b />\n", []],
    ['export default function Lamp({size, id}: {id: string}) {\n  return <b id={id} />\n}\n', [GONE]],
    ['export const Lamp = ({id}) => <a id={id} href={`#${id}`} />\nexport default Lamp\n', [GONE]],
    ['export default function Lamp(props) {\n  return <b id={props.id} />\n}\n', [GONE]],
    ['export default function Lamp({id = lamp()}) {\n  return <b id={id} />\n}\n', []],
    ['export default function Lamp({name: id}) {\n  return <b id={id} />\n}\n', []],
    ['export default function Lamp({all}) {\n  return all.map(({id}) => <b id={id} />)\n}\n', []],
    ['export default function Lamp({id, all}) {\n  return all.map((id) => <b id={id} />)\n}\n', []],
    ["import Part from './part'\nexport default () => <Part {...lamp()} />\n", []],
  ])('in %j', async (component, messages) => {
    const part = {'src/components/lamp/part.jsx': 'export default ({id}) => <b id={id} />\n'}
    expect(await found(site(component, '<Lamp />\n\n[a](#gone)', part), 'no-missing-anchor')).toEqual(
      messages,
    )
  })
})

describe("the theme's link component", () => {
  const themed = (component: string) =>
    found(
      site('', '[x](/gone/) [y](/docs/gone)', {
        'src/theme/MDXComponents.js':
          "import Original from '@theme-original/MDXComponents'\nimport OwnLink from '../links'\nexport default {...Original, a: OwnLink}\n",
        'src/links.jsx': component,
      }),
    )

  it('may lead out of the site', async () => {
    const component =
      'export default ({href, ...props}) => href.startsWith("/gone") ? <a href={`https://example.com${href}`} {...props} /> : <Link to={href} {...props} />'
    expect(await themed(component)).toEqual([])
  })

  it.each([
    'export default (props) => <Link className="x" {...props} />',
    'export default ({href}) => <a href={href} />',
  ])('%j hands on the targets', async (component) => {
    expect(await themed(component)).toHaveLength(2)
  })
})

describe('a page of Docusaurus', () => {
  const PAGE = (body: string) => `${body}\n\n[a](#gone) [b](#in-the-part)`
  const GONE = expect.stringMatching(/Unexpected link to missing anchor `#gone`$/)

  it('has the ids of the Markdown that the code of a component imports', async () => {
    const root = site("import Part from './part.md'\nexport default () => <Part />\n", PAGE('<Lamp />'), {
      'src/components/lamp/part.md': '## In the part\n',
    })
    expect(await found(root, 'no-missing-anchor')).toEqual([GONE])
  })

  it('imports pages by their paths from the site, and from the static folder', async () => {
    const imports = 'import One from "/docs/_part.mdx"\nimport Two from "@site/static/two.md"\n\n'
    const root = site('', PAGE(`${imports}<One /> <Two />\n\n[c](#two)`), {
      'static/two.md': '## Two\n',
    })
    expect(await found(root, 'no-missing-anchor')).toEqual([GONE])
  })

  it('knows the code of components in any folder of the site', async () => {
    const root = folder({
      'website/docusaurus.config.js': 'module.exports = {baseUrl: "/", presets: [["classic", {}]]}',
      'website/core/row.js': 'export default ({name}) => <td>{name}</td>\n',
      'website/docs/a.mdx': 'import Row from "@site/core/row"\n\n<Row name="a" />\n\n[a](#gone)\n',
    })
    expect(await found(root, 'no-missing-anchor')).toEqual([GONE])
  })

  it('of MDX 1 may or may not show a character reference behind a backslash', async () => {
    const page = '## a \\[b\\&lt;c>]\n\n1 <2\n\n[a](#a-bc) [b](#a-bltc) [c](#a-c) [d](#gone)'
    expect(await found(site('', page), 'no-missing-anchor')).toEqual([
      expect.stringMatching(/missing anchor `#a-c`/),
      GONE,
    ])
  })
})
