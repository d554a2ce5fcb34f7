import {describe, expect, it} from 'vitest'
import {readPage} from '../src/page/read-page.ts'
import {readDocfx} from '../src/site/platforms/docfx/config.ts'
import {markdigIds} from '../src/site/platforms/docfx/heading-ids.ts'
import {docfxSyntax} from '../src/site/platforms/docfx/syntax.ts'
import {checkFolder, folder, messagesOf} from './run-doccheck.ts'

// No Docfx is here to compare with: what is expected was worked out by hand from Markdig's `UrilizeAsGfm` and
// `AutoIdentifierExtension`, and Docfx's `HeadingIdRewriter` and `ResolveLinkExtension`.
const IDS: [heading: string, id: string][] = [
  ['Hello, World!', 'hello-world'],
  ['API v2.0 (beta)', 'api-v20-beta'],
  ['C++ & C#', 'c--c'],
  ['snake_case and kebab-case', 'snake_case-and-kebab-case'],
  ['Über Café', 'über-café'],
  ['你好 世界', '你好-世界'],
  ['Emoji 🚀 launch', 'emoji--launch'],
  ['`--fix` option', '--fix-option'],
  ['**Bold** _it_ and [link](x.md)', 'bold-it-and-link'],
  ['1\\. Numbered step', '1-numbered-step'],
  ['Foo -- bar', 'foo----bar'],
  ['What\'s "new"?', 'whats-new'],
  ['Install <b>Tag</b>', 'install-tag'],
  ['A  B', 'a--b'],
  ['🎉', 'section'],
  ['CI/CD', 'cicd'],
  ['AT&amp;T &copy; 2024', 'att--2024'],
  ['A_*b*_ C', 'a_b_-c'],
  ['Foo', 'foo'],
  ['Foo', 'foo-1'],
  ['Foo 1', 'foo-1-1'],
  ['Straße ½ Ⅷ', 'straße--'],
  ['!!!', 'section-1'],
  ['हिन्दी ไทย', 'हनद-ไทย'],
  ['ΣΑΣ', 'σασ'],
]

it('makes the ids of Markdig', async () => {
  const {headings} = await readPage('page.md', IDS.map(([text]) => `## ${text}\n`).join('\n'), docfxSyntax)
  expect(markdigIds(headings)).toEqual(IDS.map(([, id]) => id))
})

describe('a configuration', () => {
  it.each([
    [{files: ['**/*.{md,yml}'], exclude: ['obj/**']}, '', ['a.md', 'b/c.yml'], ['obj/a.md', 'a.txt']],
    [{files: '*.md', src: 'docs'}, 'x', ['x/docs/a.md'], ['x/a.md', 'x/docs/b/a.md', 'docs/a.md']],
    [{files: ['a/**.md'], src: '../other'}, 'x', ['other/a/b/c.md'], ['x/a/b.md']],
    ['index.md', '', ['index.md'], ['a/index.md']],
  ] as [object | string, string, string[], string[]][])(
    'has as content what %j in %j names',
    (content, root, yes, no) => {
      const {isContent} = readDocfx({build: {content: [content]}}, root)
      expect(yes.filter((path) => !isContent(path))).toEqual([])
      expect(no.filter(isContent)).toEqual([])
    },
  )

  it('says which other files are copied; those of sets that cannot be read may be', () => {
    const of = (resource: unknown) => readDocfx({build: {content: ['*.md'], resource}}, 'x').isPublished
    expect(
      ['x/a.md', 'x/b/c.png', 'x/b/d.png', 'x/.c.png', 'b/c.png'].filter(of([{files: '**/c.png'}])),
    ).toEqual(['x/a.md', 'x/b/c.png'])
    expect(['x/c.png', 'x/a/b.md'].filter(of(undefined))).toEqual([])
    expect(of([{files: ['!**/c.png']}])('x/b.png')).toBe(true)
    expect(of(Array.from({length: 101}, () => '*.png'))('x/b.gif')).toBe(true)
  })

  it('says what is generated, and which ids are not known', () => {
    const {generated} = readDocfx({metadata: [{dest: 'api'}, {output: './ref'}]}, 'x')
    const paths = ['x/api', 'x/api/a.md', 'x/ref/a/b.md', 'x/apis', 'x', 'api/a.md']
    expect(paths.filter((path) => generated.has(path))).toEqual(['x/api', 'x/api/a.md', 'x/ref/a/b.md'])
    const markdownEngineProperties = {markdigExtensions: [{AutoIdentifiers: {options: 'Default'}}]}
    expect(readDocfx({build: {markdownEngineProperties}}, '')).toMatchObject({
      otherIds: {reason: 'id-setting'},
    })
  })
})

describe('a docset', () => {
  const check = async (text: string, more: Record<string, string> = {}) =>
    messagesOf(
      await checkFolder(
        folder({
          'x/docfx.json':
            '{"build": {"content": [{"files": ["**/*.md"], "exclude": ["includes/**"]}], "resource": ["**/*.png"]}}',
          'x/a.md': text,
          'x/b/c.md': '# C\n',
          ...more,
        }),
      ),
    ).map((each) => each.replace(/^\S+ \S+ /, ''))

  it.each([
    [
      '[L](b/c.md) [M](~/b/c.md#c) [N](/elsewhere) [O](b/c.md?view=y#c) [P](#tab/p) [Q](xref:X) [R](overview)\n',
    ],
    ['[L](b/C.md)\n'],
    [
      '[L](gone.md)\n',
      {'.openpublishing.redirection.json': '{"redirections": [{"source_path": "x/gone.md"}]}'},
    ],
    [
      '[L](Gone.md)\n',
      {'r/.openpublishing.redirection.y.json': '{"redirections": [{"source_path_from_root": "/x/gone.md"}]}'},
    ],
    [
      '[L](~/../samples/a.md)\n',
      {'.openpublishing.publish.config.json': '{"dependent_repositories": [{"path_to_root": "samples"}]}'},
    ],
    ['[L](b/c.md#CAPITALS)\n\n', {'.openpublishing.publish.config.json': '{}', 'x/b/c.md': '# Capitals\n'}],
    ['[L](#in)\n\n[!INCLUDE [i](includes/i.md)]\n', {'x/includes/i.md': '# In\n'}],
    [
      '[L](#anything)\n\n[!INCLUDE [i](~/../other/i.md)]\n',
      {
        'other/.gitkeep': '',
        '.openpublishing.publish.config.json': '{"dependent_repositories": [{"path_to_root": "other"}]}',
      },
    ],
    ['[L](#alt-title)\n\n# ![alt](b/p.png) title\n', {'x/b/p.png': ''}],
    ['[L](#own)\n\n# <a id="own"></a>Title\n'],
    ['', {'x/includes/i.md': '[L](#on-the-page-that-includes-it)\n'}],
  ] as [string, Record<string, string>?][])('has what %j leads to', async (text, more) => {
    expect(await check(text, more)).toEqual([])
  })

  it.each([
    ['[L](b/d.md)\n', 'Unexpected link to missing file `b/d.md`'],
    ['[L](~/b/lost.md)\n', 'Unexpected link to missing file `~/b/lost.md`'],
    ['[L](b/c.md#lost)\n', 'Unexpected link to missing anchor `#lost` in `x/b/c.md`'],
    ['[L](#alt)\n\n# ![alt](b/c.md) title\n', 'Unexpected link to missing anchor `#alt`'],
    ['[L](b/c.md#C)\n', 'Unexpected link to missing anchor `#C` in `x/b/c.md`, expected `#c`'],
    ['![L](lost.png)\n', 'Unexpected missing image `lost.png`'],
    ['[!INCLUDE [i](includes/lost.md)]\n', 'Unexpected include of missing file `includes/lost.md`'],
    ['', 'Unexpected link to missing file `lost.md`', {'x/includes/i.md': '[L](lost.md)\n'}],
  ] as [string, string, Record<string, string>?][])('has nothing for %j', async (text, message, more) => {
    expect(await check(text, more)).toEqual([expect.stringContaining(message)])
  })
})

it('finds pages by the uids in their front matter', async () => {
  const page = (uid: string, text = '') => `---\nuid: ${uid}\n---\n\n# Lamp\n\n${text}\n`
  const links =
    '[a](xref:docs.b) <xref:docs.b> [c](xref:docs.b?title=B#lamp) [d](xref:docs.b#gone) [e](xref:docs.gone) ' +
    '[f](xref:Lamps.Bulb) [g](xref:other.gone) <a href="xref:docs.gone2">h</a>'
  const check = async (build: object) =>
    messagesOf(
      await checkFolder(
        folder({
          'docfx.json': JSON.stringify({build: {content: [{files: '**/*.md'}], ...build}}),
          'a.md': page('docs.a', links),
          'b.md': page('docs.b'),
          'c.md': page('docs.c'),
        }),
      ),
    ).map((each) => (/likely/.test(each) ? 'likely ' : '') + /`([^`]*)`/.exec(each)?.[1])
  expect(await check({})).toEqual(['xref:docs.gone', 'xref:docs.gone2', '#gone'])
  expect(await check({xref: ['map.yml']})).toEqual(['#gone'])
  expect(await check({xrefService: ['https://xref.test/query?uid={uid}']})).toEqual([
    'likely xref:docs.gone',
    'likely xref:docs.gone2',
    '#gone',
  ])
})

it('follows the URLs of a docset on Microsoft Learn by its base path', async () => {
  const pages = Object.fromEntries(
    Array.from({length: 12}, (_, index) => [`docs/use/p${index}.md`, '# Lamp\n']),
  )
  const links = Object.keys(pages).map(
    (page) => `[a](/lamps/use/${page.slice('docs/use/'.length, -'.md'.length)})`,
  )
  const found = messagesOf(
    await checkFolder(
      folder({
        ...pages,
        '.openpublishing.publish.config.json': '{}',
        'docs/docfx.json': JSON.stringify({build: {content: [{files: '**/*.md'}], dest: 'lamps'}}),
        'docs/index.md': `${links.join(' ')} [b](/Lamps/Use/P1#lamp) [c](/lamps/use/p1#gone) [d](/lamps/use/gone) [e](/other)\n`,
      }),
    ),
  )
  expect(found.map((each) => /`([^`]*)`/.exec(each)?.[1])).toEqual(['/lamps/use/gone', '#gone'])
})

describe('a docset with versions on Microsoft Learn', () => {
  const names = Array.from({length: 12}, (_, index) => `Get-Lamp${index}`)
  const files = Object.fromEntries(
    ['1', '2'].flatMap((version) =>
      names.flatMap((name) => [
        [`docs/${version}/Lamps.Core/${name}.md`, `# ${name}\n`],
        [`docs/${version}/Lamps.Core/About/about_${name}.md`, `# About\n\n## In ${version}\n`],
      ]),
    ),
  )
  const versions = ['1', '2'].map((version) => ({
    src: version,
    dest: 'module',
    files: ['**/*.yml', '**/about/*.md'],
  }))
  // Pages about commands are converted to YAML if the settings name a mapping of versions.
  const check = async (text: string, docset: object, more: Record<string, string> = {}) =>
    messagesOf(
      await checkFolder(
        folder({
          ...files,
          '.openpublishing.publish.config.json': JSON.stringify({
            docsets_to_publish: [{build_source_folder: 'docs', ...docset}],
          }),
          'docs/docfx.json': JSON.stringify({
            build: {
              content: [...versions, {dest: 'guide', src: 'articles', files: ['**/*.md', '**/*.yml']}],
              globalMetadata: {breadcrumb_path: '/lamps/guide/bread/toc.json'},
            },
          }),
          ...more,
          'docs/articles/bread/toc.yml': '[]',
          'docs/articles/use.md': '# Use\n',
          'docs/articles/more.md': `${names.map((name) => `[a](/lamps/module/lamps.core/${name})`).join(' ')} ${text}\n`,
        }),
      ),
    ).map((each) => `${/likely/.test(each) ? 'likely ' : ''}${/`([^`]*)`/.exec(each)?.[1]}`)

  it.each([{}, {base_path: 'lamps'}])(
    'has pages at the URLs that its file mappings say (%j)',
    async (docset) => {
      expect(
        await check(
          '[b](/lamps/guide/use#use) [c](/lamps/guide/use#gone) [d](/lamps/module/lamps.core/get-lamp13) ' +
            '[e](/lamps/module/lamps.core/about/about_get-lamp1#in-1) [f](/lamps/module/other/get) ' +
            '[g](/lamps/module/lamps.other) [g](/lamps/module/bulbs) [h](/lamps/articles/use)',
          {...docset, monikerPath: ['map.json']},
        ),
      ).toEqual(['likely /lamps/module/lamps.core/get-lamp13', '#gone'])
    },
  )

  const pageOf2 = {
    'docs/2/Lamps.Core/Get-More.md':
      '# More\n\n[a](about/about_get-lamp1.md#in-2) [b](lost/Lost.md) [c](#lost) ' +
      '[d](/lamps/module/lamps.core/about/about_get-lamp1#in-1)\n',
  }

  it('knows the links of pages about commands, but not all of their ids', async () => {
    expect(await check('', {monikerPath: ['map.json']}, pageOf2)).toEqual(['lost/Lost.md', '#in-1'])
  })

  it('does not know who reads such pages without the program', async () => {
    expect(await check('', {}, pageOf2)).toEqual(['#in-1'])
  })
})

describe('the URL of a site', () => {
  const check = async (build: object, links: string, more: Record<string, string> = {}) =>
    messagesOf(
      await checkFolder(
        folder({
          'docs/docfx.json': JSON.stringify({metadata: [{dest: 'api'}], build}),
          'docs/index.md': `# A\n\n${links}\n`,
          'docs/guide/use.md': '# Use\n',
          'docs/images/lamp.svg': '<svg/>',
          ...more,
        }),
      ),
    )
  const content = ['**/*.md']
  const resource = ['images/**']

  it('is the one of its sitemap', async () => {
    const build = {content, resource, sitemap: {baseUrl: 'https://lamps.test/docs/'}}
    expect(
      await check(
        build,
        '[a](/docs/guide/use.html#use) [b](/docs/) ![c](/docs/images/lamp.svg) [d](/docs/guide/gone.html) ' +
          '[e](/docs/guide/use.html#gone) [f](/other/gone.html) [g](/docs/api/Lamp.html) [h](/docs/styles/a.css) ' +
          '[i](https://lamps.test/docs/guide/gone2.html)',
      ),
    ).toEqual([
      'docs/index.md 3:75-3:96 Unexpected link to missing file `/docs/guide/gone.html`',
      'docs/index.md 3:204-3:244 Unexpected link to missing file `https://lamps.test/docs/guide/gone2.html`',
      'docs/index.md 3:102-3:127 Unexpected link to missing anchor `#gone` in `docs/guide/use.md`',
    ])
  })

  it('is stated in any letter case, with resources from other folders', async () => {
    const build = {
      content,
      resource: [{files: ['**'], src: 'old', dest: ''}],
      sitemap: {baseurl: 'https://lamps.test'},
    }
    const links = '[a](/v1/lamp.html) [b](/v1/gone.html) [c](https://lamps.test/guide/gone.html)'
    expect(await check(build, links, {'docs/old/v1/lamp.html': '<p>Lamp</p>\n'})).toEqual([
      'docs/index.md 3:24-3:37 Unexpected link to missing file `/v1/gone.html`',
      'docs/index.md 3:43-3:77 Unexpected link to missing file `https://lamps.test/guide/gone.html`',
    ])
  })

  it.each([
    {content, resource},
    {content: [{files: content, dest: 'x'}], sitemap: {baseUrl: 'https://lamps.test/'}},
    {content: [{files: content, src: 'guide'}], sitemap: {baseUrl: 'https://lamps.test/'}},
  ])('is not known with %j', async (build) => {
    expect(await check(build, '[a](/guide/gone.html)')).toEqual([])
  })
})
