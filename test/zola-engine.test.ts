import {readdirSync, readFileSync} from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {readPage} from '../src/page/read-page.ts'
import {zolaAnchors} from '../src/site/platforms/zola/anchors.ts'
import {pathPattern, readZola, slugPath} from '../src/site/platforms/zola/config.ts'
import {describeZola} from '../src/site/platforms/zola/describe.ts'
import {textOf} from '../src/site/platforms/zola/heading-ids.ts'
import {noIds} from '../src/site/shared/written-ids.ts'
import {amount} from './amount.ts'
import {heading, pageOf, TEXTS} from './headings.ts'
import {checkFolder, folder, messagesOf} from './run-doccheck.ts'
import {contextOf, pagesOf} from './virtual-tree.ts'
import {buildZola, hasZola, whyNotBuilt} from './zola-builder.ts'

const NO_TEMPLATES = {shortcodes: new Map(), verbatim: [], ids: noIds()}
const BASE = 'base_url = "https://a.test"\n'
const TEMPLATES = {
  'templates/index.html': '{{ section.content | safe }}',
  'templates/section.html': '{{ section.content | safe }}',
  'templates/page.html': '{{ page.content | safe }}',
}

/** The files below a folder, by their paths from it. */
const filesBelow = (root: string): string[] =>
  readdirSync(root, {recursive: true, withFileTypes: true})
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))

const FOLDER = fc.constantFrom('', '', 'guide', 'guide/deep', 'My posts', 'Ünï', 'v1.2', '2020-01-31-set')
const NAME = fc.constantFrom(
  ...['_index', '_index', '_index.fr', 'index', 'index.fr', 'setup', 'Set Up', 'setup.fr', 'setup.en'],
  ...[
    '2020-01-31-start',
    '2018-10-08_hello',
    '2018-10-08',
    '2018-10-02T15:00:00Z-now',
    'ÉTÉ naïve',
    'Лампа',
    'ランプ',
  ],
  ...["what's (new)", 'a_b--c', '👩‍💻 x'],
)
const FRONT = fc.constantFrom(
  ...['', '', '', '', 'slug = "My Slug_x"', 'slug = "été"', 'path = "own/Pl ace"', 'path = "/x.y/"'],
  ...['aliases = ["old/a", "/Older/b.html"]', 'draft = true', 'render = false'],
)
const CONFIG = fc.constantFrom(
  ...['', '[languages.fr]\n', '[slugify]\npaths = "safe"\n', '[slugify]\npaths = "off"\n[languages.fr]\n'],
  ...['[slugify]\npaths_keep_dates = true\n', 'default_language = "fr"\n[languages.en]\n'],
)
// Beside the section at the top, Zola refuses an index, or writes the section over it.
const PAGE = fc.tuple(FOLDER, NAME, FRONT).filter(([at, name]) => at !== '' || !name.startsWith('index'))
const TREE = fc.record({
  config: CONFIG,
  pages: fc.uniqueArray(PAGE, {
    minLength: 2,
    maxLength: 10,
    // A folder has one index.
    selector: ([at, name]) => `${at}/${name.replace('_index', 'index')}`,
  }),
})

describe.skipIf(!hasZola)('the real Zola', () => {
  it('publishes the files of a hundred trees at the same URLs', async () => {
    const trees = fc.sample(TREE, {seed: 21, numRuns: 140}).map(({config, pages}) => {
      const files = pages.map(([at, name, front], index) => ({
        file: ['content', at, `${name}.md`].filter(Boolean).join('/'),
        // Only pages have another URL by their front matter.
        text: `+++\n${name.startsWith('_') && !front.startsWith('aliases') ? '' : front}\n+++\n\nThis is number ${index}.\n`,
      }))
      const texts: Record<string, string> = {
        'config.toml': BASE + config,
        ...Object.fromEntries(files.map(({file, text}) => [file, text])),
        ...Object.fromEntries(
          files.map(({file}, index) => [file.replace(/[^/]*$/, 'data.txt'), `Data of ${index}.`]),
        ),
      }
      return {files, texts, root: folder({...TEMPLATES, ...texts})}
    })
    const isBuilt = buildZola(trees.map(({root}) => root))
    // Zola refuses two pages at one URL.
    const [refused] = trees.filter((_, index) => !isBuilt[index])
    expect(whyNotBuilt(refused!.root)).toContain('Found path collisions')
    const built = trees.filter((_, index) => isBuilt[index])
    expect(built.length).toBeGreaterThan(trees.length / 2)
    const differing: object[] = []
    for (const {texts, root} of built) {
      const published = new Map(
        filesBelow(path.join(root, 'public')).map((file) => [
          file,
          readFileSync(path.join(root, 'public', file), 'utf8'),
        ]),
      )
      const ctx = {...contextOf(texts), marker: {platform: 'zola', root: '', why: '', file: 'config.toml'}}
      const pages = await pagesOf(texts)
      const answers = (await describeZola(ctx as never)).publish({page: (file) => pages.get(file)})
      for (const [file, text] of Object.entries(texts)) {
        const [mark] = /This is number \d+\.|Data of \d+\./.exec(text) ?? []
        if (mark === undefined) continue
        const urls = [...published].flatMap(([at, html]) =>
          html.includes(mark) ? `/${at.replace(/(?:^|(?<=\/))index\.html$/, '')}` : [],
        )
        const ours = answers.urlsOf(file)
        // What becomes of other scripts is not known.
        const isUnknown = ours.length === 0 && urls.length === 1 && /[^\u0000-\u04ff’]/.test(file)
        if (!isUnknown && ours.toSorted().join() !== urls.toSorted().join())
          differing.push({config: texts['config.toml'], file, text, ours, urls})
      }
    }
    expect(differing).toEqual([])
  })

  it('gives a thousand headings the same ids', async () => {
    const random = fc.sample(heading(), {seed: 17, numRuns: amount(1000)})
    const texts = [
      TEXTS,
      ...Array.from({length: Math.ceil(random.length / 10)}, (_, at) => random.slice(10 * at, 10 * at + 10)),
    ]
    const configs: [text: string, data: object][] = [
      ['', {}],
      ['[slugify]\nanchors = "safe"\n', {slugify: {anchors: 'safe'}}],
      [
        '[markdown]\nsmart_punctuation = true\nrender_emoji = true\n',
        {markdown: {smart_punctuation: true, render_emoji: true}},
      ],
    ]
    const pages = texts.map((each) => pageOf(each))
    const roots = configs.map(([config]) =>
      folder({
        ...TEMPLATES,
        'config.toml': BASE + config,
        ...Object.fromEntries(pages.map((text, index) => [`content/p${index}.md`, `+++\n+++\n${text}`])),
      }),
    )
    expect(buildZola(roots)).toEqual(roots.map(() => true))
    const found = {exact: 0, doubted: 0}
    for (const [at, root] of roots.entries())
      for (const [index, text] of pages.entries()) {
        const html = readFileSync(path.join(root, `public/p${index}/index.html`), 'utf8')
        const real = [...html.matchAll(/<h\d id="([^"]*)"/g)].map(([, id]) => unescaped(id!))
        const read = await readPage('a.md', text, {templating: 'tera'})
        const settings = readZola(
          {base_url: 'https://a.test', ...configs[at]![1]},
          '',
          contextOf({}) as never,
        )
        const {ofHeadings, doubts} = zolaAnchors(read, settings, NO_TEMPLATES)
        expect([text, ofHeadings.length]).toEqual([text, real.length])
        const differing = real.filter((id, number) => id !== ofHeadings[number])
        const wrong = differing.filter((id) => !doubts.some(({covers}) => covers?.(id) ?? true))
        expect({text, wrong, ofHeadings}).toEqual({text, wrong: [], ofHeadings})
        // Patterns of slugs whose letters are not known cover them.
        const isCovered = read.headings.map(
          (each, number) =>
            at > 0 ||
            [real[number]!, real[number]!.replace(/-\d+$/, '')].some((id) =>
              patternOf(textOf(each)).test(id),
            ),
        )
        expect({text, isCovered}).toEqual({text, isCovered: real.map(() => true)})
        found.exact += real.length - differing.length
        found.doubted += differing.length
      }
    // Slugs of other scripts than Latin, Greek and Cyrillic are in doubt.
    expect(found.exact / (found.exact + found.doubted)).toBeGreaterThan(0.45)
  })

  it('refuses the links with @/ that are reported', async () => {
    const files = {
      'a.md': '# One\n',
      'Set up.md': '',
      'blog/_index.md': '',
      'blog/b.md': '# Set up\n\n## Set up\n\n### Own {#mine}\n',
      'blog/c/index.md': '',
    }
    const sites = LINKS.map((link) =>
      folder({
        ...TEMPLATES,
        'config.toml': BASE,
        ...Object.fromEntries(
          Object.entries(files).map(([name, text]) => [`content/${name}`, `+++\n+++\n${text}`]),
        ),
        'content/from.md': `+++\n+++\n[x](${link})\n`,
      }),
    )
    const refused = buildZola(sites).map((isBuilt, index) => [LINKS[index], !isBuilt])
    const reported = await Promise.all(
      sites.map(async (root, index) => [LINKS[index], messagesOf(await checkFolder(root)).length > 0]),
    )
    expect(reported).toEqual(refused)
  })
})

/** Pages and what is not quite one, with fragments. */
const LINKS = [
  'a.md',
  'A.md',
  'b.md',
  'blog/_index.md',
  'blog/',
  'blog/b.md',
  'blog/b',
  'blog/c/index.md',
  'blog/c.md',
  'blog/../a.md',
  './a.md',
  '/a.md',
  'Set%20up.md',
  'from.md',
].flatMap((page) =>
  ['', '#set-up', '#set-up-1', '#set-up-2', '#mine', '#one', '#'].map((end) => `@/${page}${end}`),
)

const patternOf = (text: string) => new RegExp(`^${pathPattern(slugPath(text.replaceAll('\n', ''), 'on'))}$`)

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&quot;': '"',
  '&lt;': '<',
  '&gt;': '>',
  '&#39;': "'",
  '&#x27;': "'",
}

const unescaped = (html: string) => html.replace(/&(?:#?\w+);/g, (entity) => ENTITIES[entity] ?? entity)
