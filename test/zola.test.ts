import {describe, expect, it} from 'vitest'
import {readPage} from '../src/page/read-page.ts'
import {zolaAnchors} from '../src/site/platforms/zola/anchors.ts'
import {readZola} from '../src/site/platforms/zola/config.ts'
import {describeZola} from '../src/site/platforms/zola/describe.ts'
import {noIds} from '../src/site/shared/written-ids.ts'
import {pageOf} from './headings.ts'
import {checkFolder, doccheck, folder, messagesOf} from './run-doccheck.ts'
import {contextOf, pagesOf} from './virtual-tree.ts'

const ZOLA = {templating: 'tera'} as const
const NO_TEMPLATES = {shortcodes: new Map(), verbatim: [], ids: noIds()}

const CONFIG = 'base_url = "https://a.test"\n'

/** A site with these files, below `content` unless they are named from the root of the site. */
const site = (files: Record<string, string>, config = '') =>
  folder({
    'config.toml': CONFIG + config,
    ...Object.fromEntries(
      Object.entries(files).map(([name, text]) => [
        name.startsWith('/') ? name.slice(1) : `content/${name}`,
        text,
      ]),
    ),
  })

const page = (body: string, front = '') => `+++\n${front}\n+++\n\n${body}\n`

/** What is reported on the page `a.md`. */
const reported = async (files: Record<string, string>, config = '') =>
  messagesOf(await checkFolder(site(files, config))).filter((line) => line.startsWith('content/a.md'))

const settings = (data: object) => readZola({base_url: 'https://a.test', ...data}, '', contextOf({}) as never)

describe('ids', () => {
  it('are not expected where it is not known what becomes of a character', async () => {
    const source = '# 🎉 Party {#b}\n\n# Set up ⚙️\n\n# 中文\n\n# Set up\n'
    const read = await readPage('a.md', source, ZOLA)
    const {ofHeadings, ids, doubts, idOf} = zolaAnchors(read, settings({}), NO_TEMPLATES)
    expect(ofHeadings).toEqual(['b', undefined, undefined, 'set-up'])
    expect([...ids]).toEqual(['b', 'set-up'])
    expect(idOf('⚙️ Set up')).toBeUndefined()
    // The crate writes `set-up-gear` and `zhong-wen`.
    const isDoubted = (id: string) => doubts.some(({covers}) => covers?.(id) ?? true)
    expect(['set-up-gear', 'zhong-wen'].filter(isDoubted)).toEqual(['set-up-gear', 'zhong-wen'])
    const links = '# Set up ⚙️\n\n[1](#set-up--️)\n'
    const [line] = await reported({'a.md': page(links)})
    expect(line).toContain('`#set-up--️`')
    expect(line).not.toContain(', expected')
  })

  it('may be written by the author, with classes, and are taken first', async () => {
    const source = '# A {#b}\n\n# B\n\n# C {.x #d}\n\n# ![Lamp](a.png) on\n\n# E {.wide}\n\n# `{#f}`\n'
    const read = await readPage('a.md', source, ZOLA)
    expect(zolaAnchors(read, settings({}), NO_TEMPLATES).ofHeadings).toEqual([
      'b',
      'b-1',
      'd',
      'lamp-on',
      'e',
      'f',
    ])
  })

  // Expected values of `can_slugify_anchors` in Zola's `slugs.rs`.
  it.each([
    ['on', ['input', 'tes-t', 'hehe', 'test-hey']],
    ['safe', ['input', 'tes_t', 'héhé', 'test_(hey)']],
    ['off', ['input', 'tes_t', 'héhé', 'test_(hey)']],
  ])('follow slugify.anchors = %s', async (anchors, ids) => {
    const read = await readPage('a.md', pageOf(['input', 'tes t', 'héhé', 'test (hey)']), {})
    expect(zolaAnchors(read, settings({slugify: {anchors}}), NO_TEMPLATES).ofHeadings).toEqual(ids)
  })
})

describe('URLs', () => {
  // Expected values of the tests in Zola's `page.rs`, `section.rs` and `slugs.rs`.
  it.each<[file: string, front: string, config: string, url: string]>([
    ['posts/intro/start.md', 'slug = "hello-world"', '', '/posts/intro/hello-world/'],
    ['start.md', 'slug = "hello-world"', '', '/hello-world/'],
    ['start.md', 'slug = "hello-&-world"', '', '/hello-world/'],
    ['start.md', 'slug = "héhé"', '', '/hehe/'],
    ['start.md', 'slug = "日本"', '[slugify]\npaths = "safe"', '/日本/'],
    ['start.md', 'path = "hello-world"', '', '/hello-world/'],
    ['posts/intro/start.md', 'path = "/hello-world"', '', '/hello-world/'],
    [' file with space.md', '', '', '/file-with-space/'],
    ['2018-10-08_hello.md', '', '', '/hello/'],
    ['2018-10-02T15:00:00Z-hello.md', '', '', '/hello/'],
    ['2018-10-08 - hello.md', '', '', '/hello/'],
    ['2018-10-08_hello.md', '', '[slugify]\npaths_keep_dates = true', '/2018-10-08-hello/'],
    ['2018-10-08.md', '', '', '/2018-10-08/'],
    ['posts/with-assets/index.md', '', '', '/posts/with-assets/'],
    ['posts/2013-06-02_with-assets/index.md', '', '', '/posts/with-assets/'],
    ['hello.fr.md', '', '[languages.fr]', '/fr/hello/'],
    ['hello.fr.md', '', '', '/hello-fr/'],
    ['hello.fr.md', 'slug = "bonjour"', '[languages.fr]', '/fr/bonjour/'],
    ['hello.fr.md', 'path = "bonjour"', '[languages.fr]', '/bonjour/'],
    ['hello.en.md', '', '[languages.fr]', '/hello-en/'],
    ['posts/with-assets/index.fr.md', '', '[languages.fr]', '/fr/posts/with-assets/'],
    ['_index.md', '', '', '/'],
    ['posts/tutorials/_index.md', '', '', '/posts/tutorials/'],
    ['posts/_index.fr.md', '', '[languages.fr]', '/fr/posts/'],
    ['My posts/a.md', '', '', '/My posts/a/'],
  ])('of %s with %s and %s is as in Zola', async (file, front, config, url) => {
    const texts = {'config.toml': `${CONFIG}${config}\n`, [`content/${file}`]: page('', front)}
    const ctx = {...contextOf(texts), marker: {platform: 'zola', root: '', why: '', file: 'config.toml'}}
    const pages = await pagesOf(texts)
    const answers = (await describeZola(ctx as never)).publish({page: (path) => pages.get(path)})
    expect(answers.urlsOf(`content/${file}`)).toEqual([url])
  })
})

describe('links', () => {
  const all = {
    'blog/_index.md': page(''),
    'blog/2020-01-31-b.md': page('## Set up\n', 'aliases = ["old/b", "/older.html"]'),
    'blog/c/index.md': page('', 'slug = "see"'),
    'blog/c/img/c.png': '',
    'blog/c/c.txt': '',
    'blog/d.png': '',
    'tools/t.md': page(''),
    'tools/t.png': '',
    'draft.md': page('', 'draft = true'),
    'hidden.md': page('', 'render = false'),
    'secret/_index.md': page('', 'draft = true'),
    'secret/x.md': page(''),
    '/static/s.svg': '',
    '/sass/css/site.scss': '',
  }
  const missing = async (body: string, config = '') =>
    (await reported({...all, 'a.md': page(body)}, config)).map((line) => /`([^`]*)`/.exec(line)![1])

  it('with @/ name a source file by its exact path, as links alone do', async () => {
    const found =
      '[1](@/blog/2020-01-31-b.md) [2](@/blog/2020-01-31-b.md#set-up) [3](@/_index.md) [4](@/hidden.md)\n'
    expect(await missing(found)).toEqual([])
    const broken =
      '[1](@/blog/b.md) [2](@/blog/2020-01-31-b.md#nope) [3](@/blog/) [4](@/draft.md) [5](@/secret/x.md) ![6](@/blog/d.png)\n\n<a href="@/blog/_index.md">7</a>\n'
    expect(await missing(broken)).toEqual([
      '@/blog/b.md',
      '@/blog/',
      '@/draft.md',
      '@/secret/x.md',
      '@/blog/d.png',
      '@/blog/_index.md',
      '#nope',
    ])
  })

  it('without it are URLs', async () => {
    const found =
      '[1](/blog/b/) [2](/blog/b#set-up) [3](/old/b) [4](/older.html) [5](../blog/see/) [6](/blog/) ![7](/blog/see/img/c.png) [8](/blog/see/c.txt) ![9](/blog/d.png) ![10](/s.svg) [11](/css/site.css) [12](/atom.xml) [13](/blog/page/2/) [14](/sitemap.xml)\n'
    expect(await missing(found)).toEqual([])
    const broken =
      '[1](blog/2020-01-31-b.md) [2](b) [3](/blog/2020-01-31-b/) [4](/blog/c/) [5](/tools/) ![6](/tools/t.png) [7](/hidden/) [8](/draft/) [9](/css/site.scss)\n'
    expect(await missing(broken)).toEqual([
      'blog/2020-01-31-b.md',
      'b',
      '/blog/2020-01-31-b/',
      '/blog/c/',
      '/tools/',
      '/tools/t.png',
      '/hidden/',
      '/draft/',
      '/css/site.scss',
    ])
  })

  it('to a source file beside the page expect @/, and --unsafe writes it', async () => {
    const root = site({
      ...all,
      'a.md': page('[b](blog/2020-01-31-b.md#set-up) [c](@/blog/2020-01-31-bb.md)\n'),
    })
    const {out} = await doccheck(root, ['--offline', '--reporter', 'concise'])
    expect(out.match(/expected `[^`]*`/g)).toEqual([
      'expected `@/blog/2020-01-31-b.md#set-up`',
      'expected `@/blog/2020-01-31-b.md`',
    ])
  })

  it('lead to taxonomies, feeds of other names, and files of a theme that is not there', async () => {
    const config = 'theme = "lamp"\nfeed_filenames = ["news.xml"]\ntaxonomies = [{name = "My tags"}]\n'
    expect(await missing('[1](/my-tags/x/) [2](/news.xml) ![3](/lamp.png)\n', config)).toEqual([])
    expect(await missing('![3](/lamp.png)\n')).toEqual(['/lamp.png'])
  })

  it('lead to start pages without a source file, in each language', async () => {
    const body = '[1](/) [2](/fr/) [3](@/_index.md) [4](/de/)\n'
    const files = {'config.toml': `${CONFIG}[languages.fr]\n`, 'content/a.md': page(body)}
    const lines = messagesOf(await checkFolder(folder(files)))
    expect(lines).toEqual([expect.stringContaining('`/de/`')])
  })

  it('are compared at once with names whose slugs are unknown in many places', async () => {
    const config = 'taxonomies = [{name = "标a签b分c类d目e录f列g表h索i引j"}]\n'
    const url = `/${'a'.repeat(100)}_/`
    expect(await missing(`[1](${url})\n`, config)).toEqual([url])
  })

  it('begin at the base of the site', async () => {
    const files = {
      'config.toml': 'base_url = "https://a.test/docs/"\n',
      'content/a.md': page('[1](/docs/b/) [2](/b/) [3](/docs/c/)\n'),
      'content/b.md': page(''),
    }
    const lines = messagesOf(await checkFolder(folder(files)))
    expect(lines).toEqual([expect.stringContaining('`/docs/c/`')])
  })

  it('to names in scripts whose slugs are not known are judged only elsewhere', async () => {
    const names = {
      'blog/中文.md': page('[1](../b/) [2](../../tools/tt/) ![3](a.png) [4](日本.md)'),
      'blog/日本.md': page(''),
      'docs/Use 中文/index.md': page('![1](a.png) ![2](b.png)'),
      'docs/Use 中文/a.png': '',
    }
    const config = 'taxonomies = [{name = "标签"}]\n[slugify]\ntaxonomies = "on"\n'
    const files = {...all, ...names, 'a.md': page('[1](/blog/zhong-wen/) [2](/docs/use-zhong-wen/a.png)\n')}
    expect(await reported(files, config)).toEqual([])
    const lines = messagesOf(await checkFolder(site({...files, 'a.md': page('[1](/docs/zhong-wen/)\n')})))
    expect(lines.map((line) => /`([^`]*)`/.exec(line)![1])).toEqual([
      '/docs/zhong-wen/',
      '../../tools/tt/',
      '日本.md',
    ])
  })

  it('of files that ignored_content names are missing', async () => {
    const config = 'ignored_content = ["*.{png,svg}", "**/tools"]\n'
    expect(await missing('![1](/blog/d.png) [2](/blog/see/c.txt)\n', config)).toEqual(['/blog/d.png'])
  })
})

describe('shortcodes', () => {
  const templates = {
    '/templates/shortcodes/note.html': '<div>{{ body | markdown | safe }}</div>',
    '/templates/shortcodes/mermaid.html': '<pre>{{ body }}</pre>',
    '/templates/shortcodes/anchor.html': '<a id="{{ name }}"></a>',
    '/templates/shortcodes/tab.html': '<a id="tab-{{ loop.index }}"></a>',
  }

  it('may span lines, and have bodies that are Markdown or not', async () => {
    const body =
      '{{ note(\n  a="[x](gone1.md)",\n) }}\n\n{% note(a="1") %}\n[a](gone2.md)\n{% end %}\n\n{% mermaid() %}\n[a](gone3.md)\n{% end %}\n\n[b](gone4.md)\n'
    expect(
      (await reported({...templates, 'a.md': page(body)})).map((line) => /gone\d/.exec(line)![0]),
    ).toEqual(['gone2', 'gone4'])
  })

  it('add the ids of their templates, and those not known may add any', async () => {
    const links = '[1](#lamp) [2](#gone)\n\n{{ anchor(name="lamp") }}\n'
    const lines = await reported({...templates, 'a.md': page(links)})
    expect(lines).toEqual([expect.stringContaining('`#gone`')])
    expect(await reported({...templates, 'a.md': page(`${links}\n{{ other() }}\n`)})).toEqual([])
    expect(await reported({...templates, 'a.md': page(`${links}[3](#tab-2)\n\n{{ tab() }}\n`)})).toEqual(
      lines,
    )
  })

  it('add the ids of the templates that theirs include, and of headings in Markdown', async () => {
    // Zola gives ids to headings in Markdown alone: `Event::Start(Tag::Heading)` in its component `markdown`.
    const text = page('[1](#lamp) [2](#gone)\n\n{{ outer() }}\n')
    const outer = (code: string, name = 'outer.html') =>
      reported({
        [`/templates/shortcodes/${name}`]: code,
        '/templates/parts/a.html': '{% import "parts/m.html" as m %}<h2>Text</h2>',
        '/templates/parts/m.html': '{% macro b(x) %}<a id="lamp"></a>{% endmacro %}',
        'a.md': text,
      })
    const lines = [expect.stringContaining('`#gone`')]
    expect(await outer('<h2>A</h2>\n{% include "parts/a.html" %}\n')).toEqual(lines)
    expect(await outer('{%- include "parts/gone.html" -%}\n')).toEqual([])
    expect(await outer('## {{ title }}\n', 'outer.md')).toEqual([])
    expect(await outer('{% set d = load_data(path="a.md") %}{{ d | markdown }}')).toEqual([])
  })

  it('are not known of templates that include more than is read', async () => {
    const include = '{% include "parts/large.html" %}\n{% include "parts/a.html" %}\n'
    const including = (size: number) =>
      reported({
        '/templates/shortcodes/outer.html': include,
        '/templates/parts/large.html': '<i></i>\n'.repeat(size / 8),
        '/templates/parts/a.html': '<a id="lamp"></a>',
        'a.md': page('[1](#lamp) [2](#gone)\n\n{{ outer() }}\n'),
      })
    expect(await including(160_000)).toEqual([expect.stringContaining('`#gone`')])
    // The second template would be more than 200,000 characters with the first.
    expect(await including(200_000)).toEqual([])
  })
})

describe('detection', () => {
  it.each([
    [
      'a configuration of another program',
      {'config.toml': 'base_url = "https://api.test"\n', 'a.md': ''},
      'github',
    ],
    [
      'a setting of the same name in a table',
      {'config.toml': '[llm]\nbase_url = "x"\n', 'content/a.md': ''},
      'github',
    ],
    ['Hugo', {'config.toml': 'baseURL = "x"\n', 'content/a.md': '', 'themes/x/a.html': ''}, 'hugo'],
    ['Zola with a theme', {'config.toml': CONFIG, 'content/a.md': '', 'themes/x/theme.toml': ''}, 'zola'],
    ['the newer name', {'zola.toml': CONFIG, 'content/a.md': ''}, 'zola'],
  ])('tells %s', async (_kind, files, platform) => {
    expect((await doccheck(folder(files), ['sites', '--json'])).out).toContain(`"platform": "${platform}"`)
  })

  it('leaves the readme to the host, and what the site ignores', async () => {
    const files = {
      '/README.md': '[a](content/a.md) [b](/a/)\n',
      'README.md': '[a](a.md) [b](/a/)\n',
      'a.md': page(''),
    }
    const lines = messagesOf(await checkFolder(site(files, 'ignored_content = ["*/README.md"]\n')))
    expect(lines.map((line) => line.split(' ', 1)[0]).sort()).toEqual(['README.md', 'content/README.md'])
  })
})
