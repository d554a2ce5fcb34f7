import {execFileSync, spawnSync} from 'node:child_process'
import {readFileSync} from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {readPage} from '../src/page/read-page.ts'
import {readMyst} from '../src/site/platforms/myst/config.ts'
import {docutilsId, mystSlugs} from '../src/site/platforms/myst/heading-ids.ts'
import {mystSyntax} from '../src/site/platforms/myst/syntax.ts'
import {linksOfBuilt, reportedLabels} from './built-site.ts'
import {TEXTS} from './headings.ts'
import {python} from './needs.ts'
import {checkFolder, copyOf, folder, messagesOf} from './run-doccheck.ts'

const IDS = `
import json, re, sys
from docutils import nodes
from docutils.core import publish_doctree
from markdown_it.renderer import RendererHTML
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.docutils_ import Parser
from myst_parser.parsers.mdit import create_md_parser
def slugs(text):
    tokens = create_md_parser(MdParserConfig(heading_anchors=6), RendererHTML).parse(text)
    return [token.attrGet('id') for token in tokens if token.type == 'heading_open']
def ids(text):
    doc = publish_doctree(text, parser=Parser(), settings_overrides={'report_level': 5, 'doctitle_xform': False, 'auto_id_prefix': 'id'})
    walk = doc.findall if hasattr(doc, 'findall') else doc.traverse
    return [section['ids'] for section in walk(nodes.section)]
print(json.dumps([[slugs(text), ids(text)] for text in json.load(sys.stdin)]))
`
const engine = python('MyST-Parser (Debian: python3-myst-parser)', 'myst_parser, sphinx')

/** The anchors and the ids of docutils of every heading of each page, as the real ones are. */
const real = (pages: string[]): [slugs: string[], ids: string[][]][] =>
  JSON.parse(
    execFileSync(engine!, ['-c', IDS], {
      input: JSON.stringify(pages),
      maxBuffer: 1 << 28,
      encoding: 'utf8',
      env: {...process.env, PYTHONIOENCODING: 'utf8'},
    }),
  )

const HEADINGS = [
  ...TEXTS,
  '1\\. Numbered step',
  'Custom {#my-id}',
  'İstanbul ﬁne Å Łódź',
  '-dash- _under_',
  'Ends with hash #',
]

/** Compare all anchors, and every id of docutils that is made from its heading's text. */
async function compare(pages: string[]): Promise<void> {
  const expected = real(pages)
  for (const [index, text] of pages.entries()) {
    const [slugs, ids] = expected[index]!
    const {headings} = await readPage('page.md', text, mystSyntax)
    expect(mystSlugs(headings, 6), text).toEqual(slugs)
    for (const [at, heading] of headings.entries()) {
      const own = ids[at]!.find((id) => !/^id\d+$/.test(id))
      // docutils takes raw HTML for text.
      if (own !== undefined && heading.text !== 'Install Tag')
        expect(docutilsId(heading.text), text).toBe(own)
    }
  }
}

describe('ids', () => {
  it.skipIf(!engine)('are those of MyST and of docutils', async () => {
    await compare([
      HEADINGS.map((heading) => `## ${heading}\n\ntext\n`).join('\n'),
      ...HEADINGS.map((heading) => `# ${heading}\n`),
    ])
  })

  it.skipIf(!engine)('are those of generated headings in many scripts', async () => {
    const letters = fc.constantFrom(
      ...'abcXYZ019 äöüßéñçøåÆŒłđħŁ жЩщёЁ αβγΣςΩ אבגד عربي हिन्दी ไทย 日本語漢字かな 한국어 ქართ հայ ½²Ⅷ①ﬁ🚀 ́̈ -–—.,:;!?()/+=@%\u00a0\u2003'.split(
        '',
      ),
    )
    const heading = fc
      .array(letters, {minLength: 1, maxLength: 14})
      .map((all) => all.join('').replace(/\s+/g, ' ').trim())
      .filter((text) => text !== '' && !/\p{Cs}/u.test(text))
    await compare(
      fc
        .sample(fc.array(heading, {minLength: 1, maxLength: 6}), {numRuns: 400, seed: 7})
        .map((all) => all.map((text) => `# x${text}\n`).join('\n')),
    )
  })
})

describe('links', () => {
  const source = path.resolve('test/sites/myst')
  /** Newer versions offer files outside the site for download, and leave unknown anchors to the browser. */
  const ELSEWHERE = new Set(['L39', 'L56'])

  it.skipIf(!engine)('lead where they lead on the site that Sphinx builds', async () => {
    const site = copyOf(source)
    const out = path.join(folder(), 'html')
    const ran = spawnSync(engine!, ['-m', 'sphinx', '-q', '-b', 'html', site, out])
    expect(ran.status).toBe(0)
    const {broken, all} = linksOfBuilt(out)
    const works = new Set(all.filter((label) => !broken.includes(label)))
    const texts = ['index.md', 'guide/lamp.md', 'guide/index.md']
      .map((name) => readFileSync(path.join(source, name), 'utf8'))
      .join('\n')
    const labels = [...texts.matchAll(/\[(L\d+)\](?!.*(?:https|mailto):)/g)].map(([, label]) => label!)
    // Sphinx takes the link away from the text of a broken one.
    const expected = labels.filter((label) => !works.has(label) && !ELSEWHERE.has(label))
    expect(labels).toHaveLength(54)
    const reported = await reportedLabels(site)
    expect(reported).toEqual(expected.sort((a, b) => Number(a.slice(1)) - Number(b.slice(1))))
  })
})

describe('a configuration', () => {
  const MYST = "extensions = ['sphinx.ext.todo', 'myst_parser']\n"
  it.each([
    [MYST, {parser: 'myst', anchorDepth: 0, otherIds: undefined, additions: [], excluded: []}],
    ["extensions = [\n  # 'myst_parser',\n  'sphinx.ext.todo',\n]\n", {parser: 'no'}],
    ['from shared.conf import *\n', {parser: 'unknown'}],
    ["extensions = ['recommonmark']\n", {parser: 'unknown'}],
    [
      "extensions = []\nextensions.append('myst_nb')\n",
      {parser: 'myst', suffixes: ['.md', '.rst', '.ipynb']},
    ],
    ["extensions = ['a']\nextensions += [\n  'myst_parser'\n]\n", {parser: 'myst'}],
    [`${MYST}myst_heading_anchors = 3  # enough\n`, {anchorDepth: 3, otherIds: undefined}],
    [`${MYST}myst_heading_anchors = N\n`, {anchorDepth: 6, otherIds: {reason: 'id-setting'}}],
    [`${MYST}myst_heading_slug_func = slug\n`, {otherIds: {reason: 'id-setting'}}],
    [
      `${MYST}source_suffix = {'.rst': 'restructuredtext', '.txt': 'markdown'}\n`,
      {suffixes: ['.rst', '.txt', '.md']},
    ],
    [`${MYST}exclude_patterns = ['_build', "x/**"]\n`, {excluded: ['_build', 'x/**']}],
    [
      `${MYST}with open('x.md', 'w') as f:\n  pass\n`,
      {additions: [{doubt: {about: 'conf.py'}, paths: ['x.md']}]},
    ],
    [
      "extensions = ['myst_parser', 'autodoc2']\n",
      {additions: [{doubt: {about: 'autodoc2'}, paths: ['apidocs', 'apidocs/*']}]},
    ],
    [
      "extensions = ['myst_parser', 'sphinx.ext.intersphinx']\n",
      {moreTargets: {about: 'sphinx.ext.intersphinx'}},
    ],
    [`${MYST}html_baseurl = "https://lamps.test/"\n`, {home: 'https://lamps.test'}],
    [`${MYST}html_baseurl = "https://lamps.test/docs/"\n`, {home: undefined}],
    [`${MYST}html_baseurl = f"https://lamps.test/{version}/"\n`, {home: undefined}],
    [`${MYST}html_baseurl = os.environ.get("URL", "https://lamps.test/")\n`, {home: undefined}],
    [`${MYST}myst_all_links_external = True\n`, {keepsLinks: true}],
    [`${MYST}myst_all_links_external = False\n`, {keepsLinks: false}],
  ])('%j', (code, expected) => {
    expect(readMyst(code)).toMatchObject(expected)
  })
})

describe('a page', () => {
  const check = async (text: string, more: Record<string, string> = {}) =>
    messagesOf(
      await checkFolder(
        folder({
          'conf.py': "extensions = ['myst_parser']\nmyst_heading_anchors = 2\n",
          'a.md': text,
          ...more,
        }),
      ),
    ).map((each) => each.replace(/^\S+ \S+ /, ''))

  it.each([
    ['[L](#there)\n', {'b.md': '(there)=\n# B\n'}],
    ['[L](b.md#deep-down)\n', {'b.md': '# B\n\n### Deep down\n'}],
    ['[L](#there)\n', {'b.rst': '.. _there:\n'}],
    ['[L](b.md#x)\n', {'b.md': '```{include} c.txt\n```\n', 'c.txt': ''}],
    ['[L](b.md#x)\n', {'b.md': '```{figure} c.png\n:name: x\n```\n', 'c.png': ''}],
    ['[L](package.module.Name)\n', {'conf.py': "extensions = ['myst_parser', 'autoapi']\n"}],
    ['{doc}`pkg.Lamp`\n', {'conf.py': "extensions = ['myst_parser', 'sphinx.ext.autosummary']\n"}],
    ['{ref}`there`\n', {'b.md': '```{eval-rst}\n.. automodule:: package\n```\n'}],
    ['{ref}`there`\n', {'conf.py': "extensions = ['myst_parser', 'sphinx.ext.intersphinx']\n"}],
    ['[L](apidocs/lost.md)\n', {'conf.py': "extensions = ['myst_parser', 'autodoc2']\n"}],
    ['[L](b.md#in-c)\n', {'b.md': '```{include} c.md\n```\n', 'c.md': '# In C\n'}],
    ['[L](b.md#pkg.Class)\n', {'b.md': '```{autoclass} pkg.Class\n```\n'}],
    ['[L](made/x.md)\n', {'.gitignore': 'made/\n'}],
    ['[L](x.html)\n', {'conf.py': "extensions = ['recommonmark']\n"}],
    ['# A\n\n[l]: a.md\n\n:::{note}\n[l]\n:::\n'],
    // Code that is not closed ends with its directive.
    ['[L](#b)\n\n````{note}\n```yaml\na: b```\n````\n\n## B\n'],
    ['[L](#b)\n\n````{note}\n```{tip}\n~~~\na\n````\n\n## B\n'],
    [
      '',
      {
        'conf.py': "extensions = ['myst_parser']\nexclude_patterns = ['parts']\n",
        'parts/p.md': '[L](#x) [M](./lost.md)\n',
      },
    ],
  ] as [string, Record<string, string>?][])('has nothing wrong: %j %j', async (text, more) => {
    expect(await check(text, more)).toEqual([])
  })

  it.each([
    ['[L](#there)\n', 'Unexpected link to missing anchor `#there`'],
    ['[L](b.md#x)\n', 'Unexpected link to missing anchor `#x` in `b.md`', {'b.md': '# B\n'}],
    [
      '[L](b.md#x)\n',
      'Unexpected link to missing anchor `#x` in `b.md`',
      {'b.md': '```{autoclass} pkg.Class\n```\n'},
    ],
    [
      '[L](b.md#x)\n',
      'Unexpected link to missing anchor `#x` in `b.md`',
      {'b.md': '```{include} c.md\n```\n', 'c.md': '# C\n'},
    ],
    [
      '[L](lost.md)\n',
      'Unexpected link to missing file `lost.md`',
      {'conf.py': "extensions = ['myst_parser', 'autodoc2']\n"},
    ],
    [
      '[L](lost.md)\n',
      'Unexpected link to missing file `lost.md`',
      {'conf.py': 'from shared import *\n', 'shared.py': "extensions = ['myst_parser']\n"},
    ],
    // Pages for objects are all that it writes.
    [
      '```{literalinclude} lost.py\n```\n',
      'Unexpected include of missing file `lost.py`',
      {'conf.py': "extensions = ['myst_parser', 'sphinx.ext.autosummary']\n"},
    ],
    ['[L](package.module.Name)\n', 'Unexpected link to missing file `package.module.Name`'],
    ['{ref}`there`\n', 'Unexpected reference to undefined label `there`'],
    // Without MyST, GitHub shows the page.
    ['[L](x)\n', 'Unexpected link to missing file `x`', {'conf.py': "extensions = ['sphinx.ext.todo']\n"}],
  ] as [string, string, Record<string, string>?][])('is wrong: %j', async (text, message, more) => {
    expect(await check(text, more)).toEqual([message])
  })
})

it('resolves the URLs of the site that html_baseurl states', async () => {
  const site = folder({
    'docs/conf.py': "extensions = ['myst_parser']\nhtml_baseurl = 'https://lamps.test/'\n",
    'docs/index.md': '# Home\n',
    'docs/use.md': '# Use\n',
    'README.md': '[a](https://lamps.test/use.html#use) [b](https://lamps.test/use.html#gone)\n',
  })
  expect(messagesOf(await checkFolder(site))).toEqual([expect.stringContaining('missing anchor `#gone`')])
})

it.each([
  ["'sphinx_reredirects']\nredirects = {'old': 'use.html', 'old.name': 'use.html'}", ['lost.html']],
  ["'sphinxext.rediraffe']\nrediraffe_redirects = {'old.md': 'use.md'}", ['lost.html', 'old.name.html']],
  ["'sphinxext.rediraffe']\nrediraffe_redirects = 'moved.txt'", ['lost.html', 'old.html']],
  ["'sphinxext.rediraffe']\nrediraffe_redirects = moved()", []],
  ["'other']\nredirects = {'old': 'use.html'}", ['lost.html', 'old.html', 'old.name.html']],
])('knows the URLs that an extension redirects: %s', async (conf, missing) => {
  const names = Array.from({length: 30}, (_, index) => `lamp${index}`)
  const site = folder({
    'conf.py': `extensions = ['myst_parser', ${conf}\nhtml_baseurl = 'https://lamps.test/'\n`,
    'moved.txt': '# Old pages\n"old.name.md" "use.md"\n',
    'use.md': '# Use\n',
    ...Object.fromEntries(names.map((name) => [`${name}.md`, '# Lamp\n'])),
    'README.md': [...names.map((name) => `${name}.html`), 'lost.html', 'old.html', 'old.name.html']
      .map((name) => `- <https://lamps.test/${name}>\n`)
      .join(''),
  })
  expect(messagesOf(await checkFolder(site)).map((each) => /[\w.]+(?=`)/.exec(each)?.[0])).toEqual(missing)
})

it('knows the ids of pages that contain tags of templates, unless a program renders them', async () => {
  const check = async (conf: string) =>
    messagesOf(
      await checkFolder(
        folder({
          'conf.py': `extensions = ['myst_parser']\n${conf}`,
          'index.md': '# Home\n\n[a](#gone)\n\n{% include "a.html" %}\n',
        }),
      ),
    )
  expect(await check('')).toEqual([expect.stringContaining('missing anchor `#gone`')])
  expect(await check("def setup(app):\n  app.connect('source-read', render)\n")).toEqual([])
})

it('expects ids of the words of a heading whose marks an extension changes', async () => {
  const report = await checkFolder(
    folder({
      'conf.py':
        'extensions = ["myst_parser"]\nmyst_enable_extensions = ["replacements"]\nmyst_heading_anchors = 3\n',
      'index.md': '# Lamp\n\n## Oil -- lamp (c)\n\n[a](#oil---lamp-) [b](#oil--lamp--1) [c](#oil-lump)\n',
    }),
  )
  expect(messagesOf(report)).toEqual(['index.md 5:42-5:51 Unexpected link to missing anchor `#oil-lump`'])
})

it('tests images of HTML by the others that the tree has', async () => {
  const images = Array.from({length: 10}, (_, index) => `images/lamp${index}.png`)
  const site = folder({
    'conf.py': "extensions = ['myst_parser']\nhtml_extra_path = ['extra']\n",
    '.gitignore': 'made/\n',
    'index.md': `# Home\n\n${[...images, 'images/gone.png', 'made/a.png', '/images/gone.png'].map((image) => `<img src="${image}">`).join('\n')}\n`,
    ...Object.fromEntries(images.map((image) => [image, ''])),
  })
  expect(messagesOf(await checkFolder(site))).toEqual([
    expect.stringContaining('`images/gone.png` (likely: all 10 other targets in images/ exist)'),
  ])
})

describe('labels that no page defines', () => {
  const names = Array.from({length: 20}, (_, index) => `lamp-${index}`)
  const own = names.map((name) => `(${name})=\n## In ${name}\n`).join('\n')
  const used = names.map((name, index) => (index % 2 === 0 ? `[](${name})` : `[](#${name})`)).join(' ')
  const check = async (text: string, conf = '', more: Record<string, string> = {}) =>
    messagesOf(
      await checkFolder(
        folder({
          'conf.py': `extensions = ['myst_parser', 'sphinx.ext.intersphinx']\nmyst_heading_anchors = 2\n${conf}`,
          'index.md': `# Home\n\n${own}\n\n${used} ${text}\n`,
          ...more,
        }),
      ),
    ).map((each) => `${/likely/.test(each) ? 'likely ' : ''}${/`([^`]*)`/.exec(each)?.[1]}`)
  it('cannot be paths from the root of the site, unless an API has such routes', async () => {
    expect(await check('[](/gone-1) [](/gone/2)')).toEqual(['/gone-1', '/gone/2'])
    expect(await check('[](/gone-1)', "extensions.append('sphinxcontrib.openapi')\n")).toEqual([])
  })

  const rest = 'a-get b-get c-get'.split(' ').map((name) => `[](rest-${name}) {ref}\`rest-${name}\``)

  it('are likely missing if nearly all others are defined', async () => {
    expect(await check('[](gone-1) [](lost-2) {ref}`away-3`')).toEqual([])
    expect(await check('[](gone-1)')).toEqual(['likely gone-1'])
    expect(await check('[](#gone-2)')).toEqual(['likely #gone-2'])
    expect(await check('{ref}`gone-3`')).toEqual(['likely gone-3'])
  })

  it('are not judged with those that begin like them, and are missing, too', async () => {
    expect(await check(`[](gone-1) ${rest.join(' ')}`)).toEqual(['likely gone-1'])
  })

  it('may be objects of programs, unless others that are written like them are defined', async () => {
    const code = '\n\n```{automodule} lamps\n```\n'
    expect(await check(`[](gone-1) [](Lamp) [](Bulb) [](switch)${code}`)).toEqual(['likely gone-1'])
  })

  it('are not those of links to a page that exists, nor those left to the browser', async () => {
    const page = {'use.md': '# Use\n\n[a](index.md#gone) [b](index.md#in-lamp-1) [c](gone-1){.external}\n'}
    expect(await check('', "myst_enable_extensions = ['attrs_inline']\n", page)).toEqual(['#gone'])
  })

  it('may be those of generated pages, which git ignores if it ignores others', async () => {
    const run = 'import subprocess\nsubprocess.run(["make", "commands"])\n'
    const text =
      '[](gone-1) {doc}`gone-page`\n\n```{include} gone-part.md\n```\n\n```{include} made/a.md\n```\n'
    expect(await check(text, run)).toEqual([])
    expect(await check('[](lamp_use.md)', run, {'.gitignore': 'made/*.md\n'})).toEqual([])
    expect(await check(text, run, {'.gitignore': 'made/*.md\n'})).toEqual([
      'likely gone-part.md',
      'likely gone-1',
      'likely gone-page',
    ])
  })
})

it.each([
  ['note', '[x][label]', []],
  ['note', 'x', ['label']],
  ['code-block', '[x][label]', ['label']],
  ['jinja', 'x', []],
])(
  'a definition that nothing refers to is unused if the body of {%s} is known: %j',
  async (name, body, unused) => {
    const text = `# A\n\n\`\`\`{${name}}\n${body}\n\`\`\`\n\n[label]: https://example.org/\n`
    const found = messagesOf(
      await checkFolder(folder({'conf.py': "extensions = ['myst_parser']\n", 'index.md': text})),
    )
    expect(found.map((each) => /`([^`]*)`/.exec(each)?.[1])).toEqual(unused)
  },
)

describe('what Sphinx reads in a way of its own', () => {
  const told = async (page: string, more: Record<string, string> = {}) =>
    messagesOf(
      await checkFolder(folder({'conf.py': "extensions = ['myst_parser']\n", 'index.md': page, ...more})),
    ).map((message) => message.replace(/^\S+ \S+ /, ''))
  const missing = (file: string) => `Unexpected link to missing file \`${file}\``

  it('are pages that it makes, under the labels of these', async () => {
    expect(
      await told(
        '[](genindex), [m](modindex), [s](search), [](#genindex), [](tagoverview), [x](genindexes)\n',
      ),
    ).toEqual([missing('genindexes')])
  })

  it('is an image in one of several formats', async () => {
    const page = '![](lamp.*) ![](gone.*)\n\n```{figure} lamp.*\n```\n\n```{figure} l.*\n```\n'
    expect(await told(page, {'lamp.svg': '', 'l/a.svg': ''})).toEqual([
      'Unexpected missing image `l.*`',
      'Unexpected missing image `gone.*`',
    ])
  })

  it('is math between dollars, if that is enabled', async () => {
    const page = '$$\na\n= [f](x)\n$$\n\n$[f](y)$\n'
    const enabled = "extensions = ['myst_parser']\nmyst_enable_extensions = ['dollarmath']\n"
    expect(await told(page)).toEqual([missing('x'), missing('y')])
    expect(await told(page, {'conf.py': enabled})).toEqual([])
  })

  it('is the table of contents of a Jupyter Book', async () => {
    const book = {'docs/_toc.yml': 'root: index\n', 'docs/index.md': '{ref}`gone`\n'}
    const conf = (extension: string) => ({'docs/conf.py': `extensions = ['myst_parser', '${extension}']\n`})
    expect(await told('', {...book, ...conf('sphinx_external_toc')})).toEqual([
      'Unexpected reference to undefined label `gone`',
    ])
    expect(await told('', {...book, ...conf('sphinx.ext.todo')})).toEqual([])
  })

  it('are files that conf.py writes and removes again', async () => {
    const conf = (end: string) =>
      `extensions = ['myst_parser']\ndef build(app):\n    shutil.copy(a, b)\n    shutil.rmtree(b)\n    app.connect('${end}', clean)\n`
    const files = {'.gitignore': 'docs/api/*.md\n', 'docs/index.md': '```{literalinclude} a.py\n```\n'}
    const likely =
      'Unexpected include of missing file `a.py` (likely: git ignores the pages that the build generates)'
    expect(await told('', {...files, 'docs/conf.py': conf('build-finished')})).toEqual([])
    expect(await told('', {...files, 'docs/conf.py': conf('source-read')})).toEqual([likely])
  })

  it('is an entry of the index, without an id that links name', async () => {
    expect(await told('[x](#gone)\n\n```{index} lamp\n```\n')).toEqual([
      'Unexpected link to missing anchor `#gone`',
    ])
  })

  it('is made by conf.py in the folder of the site, not outside of it', async () => {
    const page = '```{include} ../gone.md\n```\n\n```{include} gone.md\n```\n'
    const conf = "extensions = ['myst_parser']\nsubprocess.run(['make'])\n"
    expect(await told('', {'docs/conf.py': conf, 'docs/index.md': page})).toEqual([
      'Unexpected include of missing file `../gone.md`',
    ])
  })

  it('is the URL of a page among those that it builds, unless conf.py may write more', async () => {
    const page = '<a href="gone.html">x</a> <a href="genindex.html">i</a> <a href="a/gone.html">y</a>\n'
    const files = {'a.md': '', 'b.md': '', 'a/c.md': ''}
    expect(await told(page, files)).toEqual([
      'Unexpected link to missing file `gone.html` (likely: Sphinx builds 3 other pages of the site)',
    ])
    const conf = "extensions = ['myst_parser']\nsubprocess.run(['make'])\n"
    expect(await told(page, {...files, 'conf.py': conf})).toEqual([])
  })

  it('is a label that a script of the site writes, or that a button names as a link of MyST', async () => {
    const page =
      '(lamp)=\n# Lamp\n\n```{button-ref} lamp\n:ref-type: myst\n```\n\n{ref}`lens` {ref}`arc` {ref}`gone`\n'
    expect(
      await told('', {
        'docs/conf.py': "extensions = ['myst_parser']\n",
        'docs/index.md': page,
        'docs/make.py': "pages = {'a.md': '# A\\n(lens)=\\n(arc)=\\n'}\n",
      }),
    ).toEqual(['Unexpected reference to undefined label `gone`'])
  })

  it('is a page in a format that another program reads', async () => {
    const conf = "extensions = ['myst_nb']\nnb_custom_formats = {'.Rmd': ['jupytext.reads', {}]}\n"
    expect(await told('[](use), [](gone)\n', {'conf.py': conf, 'use.Rmd': '# Use\n'})).toEqual([
      missing('gone'),
    ])
  })
})
