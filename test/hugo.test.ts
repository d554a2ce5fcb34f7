import {execFileSync} from 'node:child_process'
import {readFileSync} from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import {Parser} from 'htmlparser2'
import {describe, expect, it} from 'vitest'
import {readPage} from '../src/page/read-page.ts'
import type {SiteContext} from '../src/site/platform.ts'
import {readHugo} from '../src/site/platforms/hugo/config.ts'
import {hugoIds} from '../src/site/platforms/hugo/heading-ids.ts'
import {hugoSyntax} from '../src/site/platforms/hugo/syntax.ts'
import {linksOfBuilt, reportedLabels} from './built-site.ts'
import {TEXTS} from './headings.ts'
import {command} from './needs.ts'
import {checkFolder, copyOf, folder, messagesOf} from './run-doccheck.ts'

const hasHugo = command('Hugo (Debian: hugo)', ['hugo'], (name) => [name, ['version']]) !== undefined

/** Build a site; nothing is fetched, and nothing is kept outside of its folder. */
const build = (root: string) =>
  execFileSync('hugo', ['--quiet', '--destination', 'built', '--cacheDir', path.join(root, 'cache')], {
    cwd: root,
    encoding: 'utf8',
  })

/** The ids of every heading of each page, as the real Hugo makes them. */
function real(pages: string[], parser: string): string[][] {
  const files: Record<string, string> = {
    'hugo.toml': `disableKinds = ["taxonomy", "term", "RSS", "sitemap", "home", "section"]\n${parser}`,
    'layouts/_default/single.html': '{{ .Content }}',
  }
  for (const [index, text] of pages.entries()) files[`content/p/p${index}.md`] = `---\ntitle: x\n---\n${text}`
  const root = folder(files)
  build(root)
  return pages.map((_, index) => {
    const ids: string[] = []
    const parser = new Parser({
      onopentag: (name, {id}) => {
        if (/^h[1-6]$/.test(name)) ids.push(id ?? '')
      },
    })
    parser.end(readFileSync(path.join(root, `built/p/p${index}/index.html`), 'utf8'))
    return ids
  })
}

const context = {tree: {files: new Set(), folders: new Set()}} as unknown as SiteContext

async function ours(text: string, idType: string): Promise<(string | undefined)[]> {
  const page = await readPage('page.md', text, hugoSyntax([], []))
  const data = {markup: {goldmark: {parser: {autoheadingidtype: idType}}}}
  return hugoIds(page.headings, readHugo(data, '', context, new Map()))
}

const HEADINGS = [
  ...TEXTS,
  'Emoji 🚀 launch :tada:',
  'a\tb',
  'Foo-1',
  'Custom {#my-id}',
  'Custom {#my-id}',
  'my-id',
  'Class only {.class}',
  'Both {.class #both key="a b"}',
  'Quoted {id="a b"}',
  'Bare {id=bare}',
  'Spaced { #spaced }',
  'Joined{#joined}',
  'Escaped \\{#no}',
  'Open {#no',
  'Colon {: #other .class }',
  'Empty {}',
  'Not last {#no} x',
  'Closed ##',
  'Closed {#closed} ##',
  'Closed ## {#hashed}',
  'Hash#',
  'Ends with \\#',
  'İstanbul ﬁne Å',
  'a <b>tag</b> b',
  '![img alt](x.png) t',
  '-dash- _under_',
  '',
  '#',
  'é́ हिन्दी',
]

const TYPES = ['github', 'github-ascii', 'blackfriday']

it.skipIf(!hasHugo).each(TYPES)('makes the same ids as Hugo: %s', async (type) => {
  const page = `${HEADINGS.map((heading) => `## ${heading}\n\ntext\n`).join('\n')}
Setext *it*
======

Two
lines *it*
---

Own {#set}
===

> ## In a quote
> text
>
> Setext in
> a quote
> ---

- # In a list
- x

  ### Deeper é

   ## Indented ##
`
  const pages = [page, page.replaceAll('\n', '\r\n'), ...HEADINGS.map((heading) => `# ${heading}\n`)]
  const expected = real(pages, `[markup.goldmark.parser]\nautoHeadingIDType = "${type}"\n`)
  for (const [index, text] of pages.entries()) expect(await ours(text, type), text).toEqual(expected[index])
})

it.skipIf(!hasHugo).each(TYPES)(
  'makes the same ids from generated headings in many scripts: %s',
  async (type) => {
    const letters = fc.constantFrom(
      ...[
        ...'abcXYZ019 äöüßéñçøåÆŒ жЩщёЁ αβγΣςΩ אבגד عربي हिन्दी ไทย 日本語漢字かな 한국어 ქართ Ⴀ հայՀ ½²Ⅷ①ﬁİ🚀 ́̈-–—_.,:;!?()/+=~@$%^&*{}[]|\\"\'“”‘’#',
      ],
      '`x`',
      '**b**',
      '[l](u)',
      '<b>',
      '&amp;',
      '{#id}',
      '{.c}',
      '\u00a0',
      '\u2003',
    )
    const heading = fc
      .array(letters, {minLength: 1, maxLength: 14})
      .map((all) => all.join('').replace(/\s+$/u, '').replaceAll('{{', '{'))
    const pages = fc
      .sample(fc.array(heading, {minLength: 1, maxLength: 6}), {numRuns: 400, seed: 7})
      .map((all) => all.map((text) => `# x${text}\n`).join('\n'))
    const expected = real(pages, `[markup.goldmark.parser]\nautoHeadingIDType = "${type}"\n`)
    for (const [index, text] of pages.entries()) expect(await ours(text, type), text).toEqual(expected[index])
  },
)

it.skipIf(!hasHugo)('ends URLs without angle brackets where Hugo does', async () => {
  const urls =
    'https://a.org/b。|https://a.org/é/b.|https://a.org/b|c|www.a.org/b?c=é|https://a.org/b,。'.split('|')
  const text = [...urls, 'https://a.org/b?c=d#e.', 'https://a.org/b*c', '<https://a.org/é>', 'a@b.org'].join(
    ' x ',
  )
  const root = folder({'layouts/index.html': '{{ .Content }}', 'content/_index.md': text, 'hugo.toml': ''})
  build(root)
  const html = readFileSync(path.join(root, 'built/index.html'), 'utf8')
  const {links} = await readPage('a.md', text, hugoSyntax([], []))
  expect(links.map(({url}) => url.replace('http://', 'https://'))).toEqual(
    [...html.matchAll(/href="([^"]*)"/g)].map(([, url]) => decodeURI(url!)),
  )
  for (const {url, target} of links) expect(url).toContain(text.slice(target.start, target.end))
})

it.skipIf(!hasHugo).each([
  ['hugo', '/'],
  ['hugo-languages', '/shop/'],
])('finds the broken links of a built site: %s', async (name, base) => {
  const root = copyOf(path.resolve('test/sites', name))
  const found = await reportedLabels(root)
  build(root)
  const {broken} = linksOfBuilt(path.join(root, 'built'), base)
  expect(found).toEqual(broken)
})

it('says that the page at a URL is not published', async () => {
  const root = folder({
    'hugo.yaml': 'title: X\n',
    'content/a.md': '[b](/b/) [c](/c/)\n',
    'content/b.md': '---\ndraft: true\n---\n',
  })
  expect(messagesOf(await checkFolder(root, 'no-broken-link'))).toEqual([
    'content/a.md 1:5-1:8 Unexpected link to unpublished file `/b/`',
    'content/a.md 1:14-1:17 Unexpected link to missing file `/c/`',
  ])
})

describe('what a page shows', () => {
  const told = async (files: Record<string, string>) =>
    (await checkFolder(folder({'hugo.yaml': 'title: X\n', ...files}))).pages.flatMap(
      ({path: file, findings}) => findings.map(({message}) => `${file}: ${message}`),
    )
  const linked = '## Cache <a id="c"></a> `x`\n\n[source](#cache-a-idca-x) [plain](#cache--x)\n'

  it('has ids by the Hugo that builds the site; where that is not known, either kind will do', async () => {
    const missing = (id: string) => [expect.stringContaining(`missing anchor \`#${id}\``)]
    expect(await told({'content/a.md': linked})).toEqual([])
    expect(await told({'content/a.md': linked, '.hugo-version': '0.111.3\n'})).toEqual(missing('cache--x'))
    expect(
      await told({'content/a.md': linked, 'netlify.toml': '[build.environment]\nHUGO_VERSION = "0.145.0"\n'}),
    ).toEqual(missing('cache-a-idca-x'))
    expect(
      await told({
        'content/a.md': linked,
        'package.json': '{"devDependencies": {"hugo-extended": "^0.152.2"}}',
      }),
    ).toEqual(missing('cache-a-idca-x'))
  })

  it('has the ids of plain text without attributes', async () => {
    const text = '## `Easy` {.quiet lang=en}\n\n[x](#easy) [y](#easy-quiet-langen)\n'
    expect(await told({'content/a.md': text, '.hugo-version': '0.150.0'})).toEqual([
      expect.stringContaining('missing anchor `#easy-quiet-langen`'),
    ])
  })

  it('may be brought by a shortcode alone on the page, not by one that has an end', async () => {
    const definition = '\n\n[Foo]: https://example.org/\n'
    expect(await told({'content/a.md': `{{% param what %}}${definition}`})).toEqual([])
    expect(await told({'content/a.md': `{{% alert %}}\nText\n{{% /alert %}}${definition}`})).toEqual([
      'content/a.md: Unexpected unused definition `Foo`',
    ])
  })

  it('is passed through within a paragraph, and never from code', async () => {
    const passthrough =
      "markup: {goldmark: {extensions: {passthrough: {enable: true, delimiters: {block: [['$$', '$$']]}}}}}\n"
    const text =
      'Use `$$` here.\n\n[a](a.gone) and `$$` there.\n\n```\n$$\n```\n\n[b](b.gone) $$ [n](n.gone) $$\n\n$$ [c](c.gone)\n\nend $$\n'
    expect(await told({'hugo.yaml': passthrough, 'content/a.md': text})).toEqual([
      expect.stringContaining('a.gone'),
      expect.stringContaining('b.gone'),
      expect.stringContaining('c.gone'),
    ])
  })
})

describe('the ids that templates add', () => {
  const missing = async (shortcode: string, text: string, more: Record<string, string> = {}) =>
    (
      await checkFolder(
        folder({
          'hugo.yaml': 'title: X\n',
          'layouts/shortcodes/x.html': shortcode,
          'content/a.md': `${text}\n`,
          ...more,
        }),
      )
    ).pages.flatMap(({findings}) => findings.map(({message}) => /`(#[^`]*)`/.exec(message)?.[1]))

  it.each([
    ['<p id="one">', '{{< x >}} [a](#one) [b](#two)', ['#two']],
    ['<p id="def-{{ .Get 0 }}">', '{{< x y >}} [a](#def-y) [b](#y)', ['#y']],
    ['<p {{ with .Get "id" }}id="{{ . }}"{{ end }}>', '{{< x id=own >}} [a](#own)', []],
    ['{{ .Inner | markdownify }}', '{{< x >}}\n## In\n{{< /x >}}\n[a](#in) [b](#out)', ['#out']],
    ['{{ partial "p.html" . }}', '{{< x >}} [a](#of-p) [b](#out)', ['#out']],
    ['{{ partial "gone.html" . }}', '{{< x >}} [a](#any)', []],
    ['{{ readFile "y.md" }}', '{{< x >}} [a](#out)', ['#out']],
    ['{{ readFile "y.md" }}', '{{% x %}} [a](#any)', []],
    ['{{ readFile "y.md" | markdownify }}', '{{< x >}} [a](#any)', []],
    ['{{ partial "file.html" . | safeHTML }}', '{{< x >}} [a](#any)', []],
    [
      '{{ $y := readFile "y" }}{{ (print "```\\n" $y "```") | markdownify }}',
      '{{< x >}} [a](#out)',
      ['#out'],
    ],
    ['{{ highlight (index hugo.Data.y "z") "toml" "" | safeHTML }}', '{{< x >}} [a](#out)', ['#out']],
    ['{{ index hugo.Data.y "z" | safeHTML }}', '{{< x >}} [a](#any)', []],
    ['{{ with site.GetPage (.Get 0) }}{{ .Content }}{{ end }}', '{{< x "/b" >}} [a](#b1) [b](#b2)', ['#b2']],
    [
      '{{ with .Get 0 }}{{ with site.GetPage (printf "/terms/%s" (urlize .)) }}{{ .RenderShortcodes }}{{ end }}{{ end }}',
      '{{% x "Oil lamp" %}} [a](#wick) [b](#b2)',
      ['#b2'],
    ],
    ['', '## Use {{< x >}} now\n\n[a](#use-it-now) [b](#used)', ['#used']],
  ])('%s on %s', async (shortcode, text, expected) => {
    const more = {
      'layouts/partials/p.html': '<i id="of-p">',
      'layouts/partials/file.html': '{{ readFile . }}',
      'content/b.md': '## B1\n',
      'content/terms/oil-lamp.md': '## Wick\n',
    }
    expect(await missing(shortcode, text, more)).toEqual(expected)
  })
})

it('expects any id from a file that a shortcode shows by a template of plain text', async () => {
  const {pages} = await checkFolder(
    folder({
      'hugo.yaml': 'title: X\n',
      'layouts/_shortcodes/x.md': '{{ readFile "y.md" }}',
      'content/a.md': '{{< x >}} [a](#any)\n',
    }),
  )
  expect(pages.flatMap(({findings}) => findings)).toEqual([])
})

it('tells a missing page of a section that the site fills, whatever its theme adds', async () => {
  const {pages} = await checkFolder(
    folder({
      'hugo.yaml': 'title: X\ntheme: elsewhere\n',
      'content/docs/a.md': '[b](/docs/gone/) [c](/new/) [d](/docs/b/)\n',
      'content/docs/b.md': '# B\n',
    }),
  )
  expect(pages.flatMap(({findings}) => findings.map(({message}) => message))).toEqual([
    'Unexpected link to missing file `/docs/gone/`',
  ])
})

it.each([
  'title: X\n',
  // Hugo's own templates look up files by their paths from that of the page, too.
  'title: X\nlanguages:\n  en:\n  de:\n',
])(
  'knows the files of a kind in a folder of pages, but not those that templates write to others: %j',
  async (config) => {
    const links = ['../lamps/wick.json', '../lamps/gone.json', '../lamps/c.css', '/js/d.js']
    const {pages} = await checkFolder(
      folder({
        'hugo.yaml': config,
        'content/docs/a.md': links.map((url) => `[x](${url})`).join(' '),
        'content/docs/lamps/wick.json': '{}',
        'static/js/own.js': '',
      }),
    )
    expect(pages.flatMap(({findings}) => findings.map(({message}) => message))).toEqual([
      'Unexpected link to missing file `../lamps/gone.json`',
    ])
  },
)

it('knows what the theme Docsy adds', async () => {
  const check = async (module: string) =>
    messagesOf(
      await checkFolder(
        folder({
          'hugo.toml': `theme = ["github.com/google/docsy"]\n${module}`,
          'content/docs/a.md':
            '{{< alert >}}x{{< /alert >}} {{< blocks/lead >}}x{{< /blocks/lead >}}\n\n' +
            '[a](/files/gone.pdf) [b](/css/prism.css) [c](#wick) [d](#td-block-0) [e]({{< ref "gone.md" >}})\n',
        }),
      ),
    ).map((each) => /`([^`]*)`/.exec(each)?.[1])
  expect(await check('')).toEqual(['/files/gone.pdf', '{{< ref "gone.md" >}}', '#wick'])
  // A page of that name may be in a module.
  const mount = '[[module.mounts]]\nsource = "../other/docs"\ntarget = "content/other"\n'
  const own = '[[module.mounts]]\nsource = "content"\ntarget = "content"\n'
  expect(await check(own + mount)).toEqual(['/files/gone.pdf', '#wick'])
})

it('keeps shortcodes over several lines in their list item', async () => {
  const list =
    '1. Add\n\n   ```yaml\n   go: {{%\n   version lamp %}}\n   ```\n\n## Use\n\n[a](#use) [b](#gone)\n'
  const shortcode = {'layouts/shortcodes/version.html': '1.0'}
  const root = folder({'hugo.toml': 'title = "x"\n', ...shortcode, 'content/a.md': list})
  expect(messagesOf(await checkFolder(root))).toEqual([
    'content/a.md 10:15-10:20 Unexpected link to missing anchor `#gone`',
  ])
})

it('does not know whether a shortcode whose content is not indented ends a list item', async () => {
  const list = '1. A\n\n    {{< tabs >}}\n\n```shell\nx\n```\n\n    {{< /tabs >}}\n\n    ### Use it\n'
  const root = folder({
    'hugo.toml': 'title = "x"\n',
    'layouts/shortcodes/tabs.html': '<div>{{ .Inner | markdownify }}</div>',
    'content/a.md': `${list}\n[a](#use-it) [b](#use)\n`,
  })
  expect(messagesOf(await checkFolder(root))).toEqual([
    'content/a.md 13:18-13:22 Unexpected link to missing anchor `#use`',
  ])
})

it('reads headings in a shortcode whose HTML comment mentions highlighting', async () => {
  const root = folder({
    'hugo.toml': 'title = "x"\n',
    'layouts/shortcodes/tab.html':
      '<!-- trimmed, which affects syntax highlighting -->\n<div>{{ .Inner }}</div>',
    'content/a.md': '{{% tab %}}\n\n## Wick\n\n{{% /tab %}}\n\n[a](#wick) [b](#gone)\n',
  })
  expect(messagesOf(await checkFolder(root))).toEqual([
    'content/a.md 7:16-7:21 Unexpected link to missing anchor `#gone`',
  ])
})

it('takes folders that are named as all languages for their content', async () => {
  const root = folder({
    'hugo.yaml': 'baseURL: https://lamps.test/\nlanguages:\n  en: {weight: 1}\n  de: {weight: 2}\n',
    'content/en/docs/wick.md': '## Trim\n',
    'content/en/docs/oil.md': '[a](/docs/wick/#trim) [b](/docs/wick/#gone) [c](/de/docs/wick/#kürzen)\n',
    'content/de/docs/wick.md': '## Kürzen\n',
  })
  expect(messagesOf(await checkFolder(root))).toEqual([
    'content/en/docs/oil.md 1:27-1:43 Unexpected link to missing anchor `#gone` in `content/en/docs/wick.md`',
  ])
})

it('takes `_index.md` on a page for the one of its section', async () => {
  const {pages} = await checkFolder(
    folder({
      'hugo.yaml': 'title: X\n',
      'layouts/_default/_markup/render-link.html':
        '{{ with .Page.GetPage .Destination }}{{ .RelPermalink }}{{ end }}',
      'content/rel/_index.md': '# Rel\n\n## Candidates\n\n[self](_index.md#candidates)\n',
      'content/rel/steps.md': '# Steps\n\n[x](_index.md#candidates) [y](_index.md#steps)\n',
    }),
  )
  expect(pages.flatMap(({findings}) => findings.map(({message}) => message))).toEqual([
    expect.stringContaining('missing anchor `#steps` in `content/rel/_index.md`'),
  ])
})

it('looks for the files that a render hook may find only within the folders of the site', async () => {
  const names = [...'abcdefghijkl']
  const root = folder({
    'hugo.yaml': 'title: X\n',
    'layouts/_default/_markup/render-link.html': '{{ partial "link" . }}',
    'scripts/fetch.sh': 'true\n',
    ...Object.fromEntries(names.map((name) => [`content/docs/${name}.md`, '# D\n'])),
    'content/docs/z.md': `${names.map((name) => `[x](../${name}/)`).join(' ')}\n\n[x](../scripts/)\n`,
  })
  expect(messagesOf(await checkFolder(root))).toEqual([
    expect.stringContaining('content/docs/z.md 3:5-3:16 Unexpected link to missing file `../scripts/`'),
  ])
})

it('reads the configuration of each language from a file of its own', async () => {
  const root = folder({
    'config/_default/hugo.toml':
      'baseURL = "https://lamps.example.org/"\ndisableKinds = ["taxonomy", "term", "RSS"]\ndefaultContentLanguage = "en"\n[permalinks]\npost = "/:year/:slug/"\n',
    'config/_default/languages.en.toml': 'contentDir = "content/en"\nweight = 1\n',
    'config/_default/more/languages.de.toml': 'contentDir = "content/de"\nweight = 2\n',
    'config/_default/menus.en.toml': '[[main]]\nname = "Post"\nurl = "/post/"\n',
    'layouts/_default/single.html': '{{ .Content }}',
    'layouts/_default/list.html': '{{ .Content }}',
    'content/en/_index.md': '[L1](/2021/report/)\n[L2](/2022/report/)\n[L3](/en/2021/report/)\n',
    'content/de/_index.md': '[L4](/de/2021/bericht/)\n[L5](/2021/bericht/)\n',
    'content/en/post/one.md': '---\ndate: 2021-01-01\nslug: report\n---\nText\n',
    'content/en/post/two.md': '---\ndate: 2022-01-01\nslug: report\n---\nText\n',
    'content/de/post/one.md': '---\ndate: 2021-01-01\nslug: bericht\n---\nText\n',
  })
  expect(await reportedLabels(root)).toEqual(['L3', 'L5'])
  if (!hasHugo) return
  build(root)
  expect(linksOfBuilt(path.join(root, 'built')).broken).toEqual(['L3', 'L5'])
})

it('looks for the fragment of a link to a page in another language on that page and its translation', async () => {
  const {pages} = await checkFolder(
    folder({
      'hugo.toml': 'defaultContentLanguage = "en"\n[languages.en]\n[languages.de]\n',
      'content/lamp.md': '## Bulb\n',
      'content/lamp.de.md': '## Birne\n',
      'content/lens.md': '## Glass\n\n[a](/lamp/#birne)\n',
      'content/lens.de.md': '[b](/lamp/#birne) [c](/lens/#glas) [d](/only/#nur)\n',
      'content/only.md': '## Only\n',
    }),
  )
  expect(pages.flatMap(({findings}) => findings.map(({message}) => message))).toEqual([
    'Unexpected link to missing anchor `#glas` in `content/lens.md`, expected `#glass` (likely: content/lens.de.md has no such anchor either)',
    expect.stringContaining('missing anchor `#nur` in `content/only.md`'),
    expect.stringContaining('missing anchor `#birne` in `content/lamp.md`'),
  ])
})

it('takes the first of pages that are mounted at one place', async () => {
  const mount = (source: string, language: string) =>
    `[[module.mounts]]\nsource = "content/${source}"\ntarget = "content"\nlang = "${language}"\n`
  const {pages} = await checkFolder(
    folder({
      'hugo.toml': `defaultContentLanguage = "en"\n[languages.en]\n[languages.de]\n${mount('en', 'en')}${mount('de', 'de')}${mount('en', 'de')}`,
      'content/en/lamp.md': '## Bulb\n',
      'content/de/lamp.md': '## Birne\n',
      'content/en/lens.md': '[a](/lamp/#birne)\n',
      'content/de/lens.md': '[b](/lamp/#birne) [c](/lamp/#docht)\n',
    }),
  )
  expect(pages.flatMap(({findings}) => findings.map(({message}) => message))).toEqual([
    'Unexpected link to missing anchor `#docht` in `content/en/lamp.md` (likely: content/de/lamp.md has no such anchor either)',
    'Unexpected link to missing anchor `#birne` in `content/en/lamp.md`',
  ])
})

it('follows aliases beside a page, and finds the files of a bundle below its URL', async () => {
  const root = folder({
    'hugo.toml': 'baseURL = "https://lamps.test/"\n[permalinks]\nposts = "/blog/:year/:slug/"\n',
    'content/docs/deep/oil/_index.md': '---\naliases: [../../oil, wick]\n---\n',
    'content/posts/news/index.md': `---
title: News
date: 2020-01-02
---
![a](a.png) ![b](b.png) [c](/posts/news/a.png) [d](/blog/2020/news/a.png)
[e](/docs/oil/) [f](/oil/) [g](/docs/deep/wick/) [h](/docs/deep/oil/wick/)
`,
    'content/posts/news/a.png': '',
  })
  const found = await checkFolder(root)
  expect(messagesOf(found).map((each) => /`([^`]*)`/.exec(each)?.[1])).toEqual([
    'b.png',
    '/posts/news/a.png',
    '/docs/oil/',
    '/docs/deep/oil/wick/',
  ])
})

it('finds the resources of a page that front matter names in any letter case', async () => {
  const names = ['one', 'two', 'three', 'four', 'five', 'six', 'seven']
  const files = {
    'hugo.toml': 'disableKinds = ["taxonomy", "term", "RSS", "sitemap", "home", "section"]\n',
    'layouts/_default/single.html':
      '{{ range .Params.lamps }}{{ with $.Resources.Get .image }}{{ .RelPermalink }}{{ end }}{{ end }}',
    'content/lamps/index.md': `---\nlamps:\n${names.map((name) => `  - image: img/${name}.png\n`).join('')}---\n`,
    'content/lamps/img/Six.png': '',
    ...Object.fromEntries(names.slice(0, 5).map((name) => [`content/lamps/img/${name}.png`, ''])),
  }
  expect(messagesOf(await checkFolder(folder(files)))).toEqual([
    expect.stringContaining('missing image `img/seven.png`'),
  ])
  if (!hasHugo) return
  const root = folder(files)
  build(root)
  const built = readFileSync(path.join(root, 'built/lamps/index.html'), 'utf8')
  expect(built).toMatch(/five\.png\/lamps\/img\/Six\.png$/)
})

it('fills the ids of a shortcode in from its calls', async () => {
  const check = async (template: string, calls: string) =>
    messagesOf(
      await checkFolder(
        folder({
          'hugo.toml': 'baseURL = "https://lamps.test/"\n',
          'layouts/shortcodes/step.html': template,
          'content/a.md': `${calls}\n\n[a](#step-oil) [b](#step-wick) [c](#step-gone)\n`,
        }),
      ),
    ).map((each) => /`([^`]*)`/.exec(each)?.[1])
  const calls = '{{< step name="oil" >}} {{< step name=`wick` >}}'
  const gone = ['#step-gone']
  expect(await check('<p id="step-{{ .Get "name" }}">', calls)).toEqual(gone)
  expect(
    await check('<p id="step-{{- .Get `name` | urlize -}}">{{ .Inner }}', `${calls}x{{< /step >}}`),
  ).toEqual(gone)
  expect(await check('{{ $n := .Get "name" }}<p id="step-{{ $n }}">', calls)).toEqual(gone)
  expect(await check('<p id="{{ .Get 0 }}">', '{{< step step-oil >}}{{% step "step-wick" %}}')).toEqual(gone)
  expect(await check('<p id="step-{{ .Ordinal }}">', calls)).toEqual([])
  expect(await check('{{ $n := "x" }}{{ $n = .Get "name" }}<p id="step-{{ $n }}">', calls)).toEqual([])
  expect(await check('<p id="step-{{ .Get "name" | md5 }}">', calls)).toEqual([])
  // Of formatted ids, the text around unknown values is known.
  const tab = '{{ $n := printf "tabs-%d" .Ordinal }}{{- $id := printf "%s-%s" $n .Inner | anchorize -}}'
  expect(await check(`${tab}<p id="{{ $id }}"><p id="{{ $n }}-all">`, calls)).toEqual([
    '#step-oil',
    '#step-wick',
    '#step-gone',
  ])
  expect(await check('{{ $id := printf "step-%d" .Ordinal }}<p id="{{ $id }}">', calls)).toEqual([])
})

it('doubts only the languages whose content is elsewhere', async () => {
  const root = folder({
    'hugo.toml': `baseURL = "https://lamps.test/"
[languages.en]
[languages.de]
[[module.mounts]]
source = "content/en"
target = "content"
lang = "en"
[[module.mounts]]
source = "translations/de"
target = "content"
lang = "de"
`,
    'content/en/a.md': '[a](/gone/) [b](/de/gone/)\n',
  })
  const found = messagesOf(await checkFolder(root))
  expect(found.map((each) => /`([^`]*)`/.exec(each)?.[1])).toEqual(['/gone/'])
})

it('reads the template of a configuration file, and shares the files of a bundle among languages', async () => {
  const mounts = [
    ['content/en', 'content', 'en'],
    ['content/ja', 'content', 'ja'],
    // Behind the edge of the tree.
    ['../icons', 'static/icons', ''],
  ].map(([source, target, lang]) => ({source, target, ...(lang && {lang})}))
  const root = folder({
    'config/_default/hugo.yaml': 'defaultContentLanguage: en\nlanguages: {en: {}, ja: {}}\n',
    'config/_default/module-template.yaml': JSON.stringify({mounts}),
    'content/en/wicks/index.md': '[a](/wicks/) [b](/en/wicks/) ![c](/icons/x.png) ![d](/img/x.png)\n',
    'content/en/wicks/wick.png': '',
    'content/ja/wicks/index.md': '![e](wick.png) ![f](gone.png) [g](/ja/wicks/)\n',
  })
  const found = messagesOf(await checkFolder(root))
  expect(found.map((each) => /`([^`]*)`/.exec(each)?.[1])).toEqual(['/en/wicks/', '/img/x.png', 'gone.png'])
})

it('gives terms of definitions ids if the configuration says so', async () => {
  const text = `\`titleCaseStyle\`
: See [a](#titlecasestyle) [b](#two-words) [c](#gone).

Two [words](/)
Ink

: A definition. [d](#ink) [e](#ink-1) [f](#a-definition)

Ink
: x
`
  const check = async (config: string) =>
    messagesOf(await checkFolder(folder({'hugo.toml': config, 'content/a.md': text}))).map(
      (each) => /`([^`]*)`/.exec(each)?.[1],
    )
  expect(await check('')).toEqual(
    ['titlecasestyle', 'two-words', 'gone', 'ink', 'ink-1', 'a-definition'].map((id) => `#${id}`),
  )
  expect(await check('[markup.goldmark.parser]\nautoDefinitionTermID = true\n')).toEqual([
    '#gone',
    '#a-definition',
  ])
})

it('may build pages where git ignores their sources in other letter case, as their URLs are in lower case', async () => {
  const site = {
    '.gitignore': '/content/docs/Pipelines\n/content/Made/*\n',
    'content/a.md': '[a](/docs/pipelines/install/) [b](/made/x) [c](/docs/gone/)\n',
  }
  const urls = async (config: string) =>
    messagesOf(await checkFolder(folder({'hugo.toml': config, ...site}))).map(
      (each) => /`([^`]*)`/.exec(each)?.[1],
    )
  expect(await urls('')).toEqual(['/docs/gone/'])
  expect(await urls('disablePathToLower = true\n')).toEqual([
    '/docs/pipelines/install/',
    '/made/x',
    '/docs/gone/',
  ])
})

describe('definitions in shortcodes', () => {
  const define = (label: string, url: string) => `[${label}] text\n\n[${label}]: /${url}/\n`
  const tab = (text: string) => `{{% tab %}}\n\n${text}{{% /tab %}}\n\n`
  const text = [
    `{{< tabs >}}\n${tab(define('u', 'one'))}${tab(define('u', 'two'))}{{< /tabs >}}\n\n`,
    tab(define('p', 'three')),
    define('p', 'four'),
    `\n{{< md >}}\n${define('p', 'five')}{{< /md >}}\n`,
  ].join('')
  const files = {
    'hugo.toml': 'disableKinds = ["taxonomy", "term", "RSS", "sitemap", "home", "section"]\n',
    'layouts/_default/single.html': '{{ .Content }}',
    'layouts/shortcodes/tabs.html': '<div>{{ .Inner }}</div>',
    'layouts/shortcodes/tab.html': '<p>{{ .Inner }}</p>',
    'layouts/shortcodes/md.html': '<i>{{ .Inner | markdownify }}</i>',
    'content/a.md': `---\ntitle: A\n---\n\n${text}`,
  }

  it('are those of their shortcode alone, where that is rendered alone', async () => {
    const found = messagesOf(await checkFolder(folder(files), 'no-duplicate-definition'))
    expect(found).toEqual([expect.stringContaining('Unexpected second definition of `p`')])
    const {definitions} = await readPage('a.md', files['content/a.md'], hugoSyntax([], []))
    expect(definitions.map(({url, scope}) => [url, scope !== undefined])).toEqual([
      ['/one/', true],
      ['/two/', true],
      ['/three/', false],
      ['/four/', false],
      ['/five/', true],
    ])
  })

  it.skipIf(!hasHugo)('are so for the real Hugo', () => {
    const root = folder(files)
    build(root)
    const html = readFileSync(path.join(root, 'built/a/index.html'), 'utf8')
    const urls = [...html.matchAll(/href="([^"]*)"/g)].map(([, url]) => url)
    expect(urls).toEqual(['/one/', '/two/', '/three/', '/three/', '/five/'])
  })
})
