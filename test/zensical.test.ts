import {execFileSync} from 'node:child_process'
import fc from 'fast-check'
import {expect, it} from 'vitest'
import {readPage} from '../src/page/read-page.ts'
import {mkdocsAnchors} from '../src/site/platforms/mkdocs/anchors.ts'
import {readMkdocs} from '../src/site/platforms/mkdocs/config.ts'
import {mkdocsSyntax} from '../src/site/platforms/mkdocs/syntax.ts'
import {asMkdocs} from '../src/site/platforms/zensical/source.ts'
import {heading, pageOf, TEXTS} from './headings.ts'
import {python} from './needs.ts'
import {checkFolder, doccheck, folder, messagesOf} from './run-doccheck.ts'

const engine = python('pymdownx (Debian: python3-markdown, python3-pymdownx)', 'markdown, pymdownx')

/** The extensions of a site that configures none, but for emoji as icons of the theme, which are its own. */
const PYTHON = `
import json, re, sys, markdown
EXTENSIONS = ['abbr', 'admonition', 'attr_list', 'def_list', 'footnotes', 'md_in_html', 'toc', 'tables',
  'pymdownx.arithmatex', 'pymdownx.betterem', 'pymdownx.caret', 'pymdownx.details', 'pymdownx.highlight',
  'pymdownx.inlinehilite', 'pymdownx.keys', 'pymdownx.magiclink', 'pymdownx.mark', 'pymdownx.smartsymbols',
  'pymdownx.superfences', 'pymdownx.tabbed', 'pymdownx.tasklist', 'pymdownx.tilde', 'pymdownx.emoji']
OPTIONS = {'toc': {'permalink': True}, 'pymdownx.arithmatex': {'generic': True},
  'pymdownx.tabbed': {'alternate_style': True}}
def ids(text):
    html = markdown.Markdown(extensions=EXTENSIONS, extension_configs=OPTIONS).convert(text)
    return re.findall(r'<h[1-6][^>]* id="([^"]*)"', html)
print(json.dumps([ids(text) for text in json.load(sys.stdin)]))
`

const config = (toml: Record<string, unknown>) => {
  const {data, text} = asMkdocs(toml)
  return readMkdocs(data, text, '')
}

it.skipIf(!engine)('gives the ids that Python-Markdown does with the default extensions', async () => {
  const syntax = ['[link](x.md)', '**strong**', '`code--x`', '&amp;']
  const generated = fc
    .sample(heading(syntax), {numRuns: 1400, seed: 3})
    // PyMdown's extensions and CommonMark disagree about emphasis beside words.
    .filter((text) => !/[\\_~^=+$|]|\*\*\S*$|--x`\S/.test(text))
  const headings = [
    'y {#own}',
    'z {: .big }',
    ...TEXTS.filter((source) => !/[_\\]/.test(source)),
    ...generated,
  ].map((text) => `x${text}`)
  const texts = Array.from({length: Math.ceil(headings.length / 5)}, (_, at) =>
    pageOf(headings.slice(5 * at, 5 * at + 5)),
  )
  const expected: string[][] = JSON.parse(
    execFileSync(engine!, ['-c', PYTHON], {
      input: JSON.stringify(texts),
      encoding: 'utf8',
      env: {...process.env, PYTHONIOENCODING: 'utf8'},
    }),
  )
  expect(expected.flat().length).toBeGreaterThan(1000)
  const settings = config({project: {site_name: 'x'}})
  const include = () => ({to: 'outside', why: 'nothing is included'}) as const
  for (const [index, text] of texts.entries()) {
    const page = await readPage('docs/index.md', text, mkdocsSyntax(settings.extensions))
    const {ids, doubts} = mkdocsAnchors(page, settings, {page: () => undefined, include})
    const isUncertain = (id: string) =>
      doubts.some(({reason, covers}) => reason === 'heading-id' && covers?.(id))
    expect([expected[index]!.filter((id) => !ids.has(id) && !isUncertain(id)), text]).toEqual([[], text])
  }
})

it('reads extensions as tables with and without dots, slug functions, and what replaces plugins', () => {
  const lower = {object: 'pymdownx.slugs.slugify', kwds: {case: 'lower'}}
  const ids = (extensions: unknown) => {
    const {slug, idDoubts, tabs} = config({project: {markdown_extensions: extensions}})
    return idDoubts.length > 0 ? 'unknown' : [slug('Größe & Maß'), tabs?.slug?.('Größe')]
  }
  expect(ids({})).toEqual(['groe-ma', undefined])
  expect(ids({toc: {slugify: lower}})).toEqual(['größe--maß', undefined])
  expect(ids([{toc: {slugify: {kwds: {case: 'lower'}}}}, 'admonition'])).toEqual(['größe--maß', undefined])
  expect(ids({pymdownx: {tabbed: {slugify: lower}}})).toEqual(['groe-ma', 'größe'])
  expect(ids({toc: {slugify: {kwds: {case: 'lower', percent_encode: true}}}})).toBe('unknown')
  expect(ids({toc: {slugify: {object: 'mine.slugs.slugify', kwds: {case: 'lower'}}}})).toBe('unknown')
  expect(ids({lamp_numbers: {}})).toBe('unknown')

  const extensions = config({
    project: {
      markdown_extensions: {
        pymdownx: {blocks: {tab: {}}, details: {}},
        zensical: {extensions: {macros: {}, mkdocstrings: {}}},
      },
      plugins: ['search'],
    },
  })
  expect(extensions.extensions).toEqual(['pymdownx.blocks.tab', 'pymdownx.details', 'toc', 'tables'])
  expect(extensions.plugins).toEqual(['search', 'macros', 'mkdocstrings'])
  expect(extensions.rendersTemplates).toBe(true)
})

it('leaves out folders in URLs where the site can be read without a server', () => {
  const urls = (plugins: unknown) => config({project: {plugins}}).directoryUrls
  expect(urls(undefined)).toBe(true)
  expect(urls(['offline'])).toBe(false)
  expect(urls({offline: {enabled: false}})).toBe(true)
})

const pages = {
  'docs/index.md': '# H\n[a](#nope) [b](gone.md) [c](a.md#nope) ![i](gone.png) [d](/gone/)\n',
  'docs/a.md': '# A\n',
}

it('finds the same in a site of MkDocs, and as one of Zensical', async () => {
  const found = await Promise.all(
    [
      {'mkdocs.yml': 'site_name: x\n'},
      {'zensical.toml': '[project]\nsite_name = "x"\n'},
      {'zensical.toml': 'site_name = "x"\n', 'mkdocs.yml': 'site_name: x\ndocs_dir: other\n'},
    ].map(async (more) => messagesOf(await checkFolder(folder({...pages, ...more})))),
  )
  expect(found[0]).toHaveLength(4)
  expect(found[1]).toEqual(found[0])
  expect(found[2]).toEqual(found[0])
})

it('judges no ids on a site whose configuration cannot be parsed', async () => {
  const root = folder({...pages, 'zensical.toml': '[project\n'})
  const {out, err} = await doccheck(root, ['--offline', '--no-config'])
  expect(err).toContain('zensical.toml')
  expect(out).not.toContain('anchor')
  expect(out).toContain('2 links not judged: the rules of zensical are not known')
})

it('writes links that begin at the source file, in the form of URLs as well', async () => {
  const root = folder({
    'zensical.toml': '[project]\nsite_name = "x"\n',
    'docs/guide/lamp.md': '# Lamp\n\n[x](lens/) [y](../lens/)\n',
    'docs/guide/lens.md': '# Lens\n',
  })
  expect(messagesOf(await checkFolder(root))).toEqual([
    'docs/guide/lamp.md 3:16-3:24 Unexpected link to missing file `../lens/`',
  ])
})

it('browsers take backslashes for slashes', async () => {
  const root = folder({
    'mkdocs.yml': 'site_name: x\nsite_url: https://lamps.example/\n',
    'docs/index.md': '# H\n\n[a](\\guide\\lamp) [b](guide\\lamp) [c](\\guide\\lens)\n',
    'docs/guide/lamp.md': '# Lamp\n',
  })
  expect(messagesOf(await checkFolder(root)).map((each) => each.slice(0, 24))).toEqual([
    'docs/index.md 3:38-3:49 ',
  ])
})
