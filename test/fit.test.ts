import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {describedSite} from '../src/site/described/describe.ts'
import {fitSite} from '../src/site/fit/fit.ts'
import {FEWEST_FOR_A_FOLDER} from '../src/site/fit/thresholds.ts'
import type {Fit} from '../src/site/fit/types.ts'
import {unfittedSite} from '../src/site/fit/unfitted.ts'
import {resolveOnGithub} from '../src/site/platforms/github/links.ts'
import {amount} from './amount.ts'
import {contextOf, pagesOf} from './virtual-tree.ts'

type Files = Record<string, string>

async function fitted(files: Files, more: {root?: string; generator?: boolean} = {}): Promise<Fit> {
  const pages = await pagesOf(files)
  return fitSite({...contextOf(files), root: '', pages: pages.values(), ...more})
}

const NAMES = 'install setup deploy theme plugins search content images links fonts tables charts'.split(' ')

const LANGUAGES = 'ar cs da de el es fa fi fr he hi hu id it ja ko'.split(' ')

/** Pages in a folder that link to each other as `link` writes it, each to all. */
const linked = (
  folder: string,
  link: (name: string) => string,
  file = (name: string) => `${name}.md`,
): Files =>
  Object.fromEntries(
    NAMES.map((name) => [
      `${folder}${file(name)}`,
      `# ${name}\n\n${NAMES.map((to) => `[x](${link(to)})`).join('\n')}\n`,
    ]),
  )

describe('a description', () => {
  const description = async (files: Files) => {
    const found = await fitted(files)
    return found.kind === 'fitted' ? found.description : found
  }

  it.each<[string, Files, object]>([
    [
      'with a folder of pages',
      linked('site/pages/', (to) => `/${to}`),
      {content: {'site/pages': '/'}, routes: {ending: 'none'}},
    ],
    [
      'with a URL of the folder',
      linked('content/', (to) => `/docs/${to}/`),
      {content: {content: '/docs'}, routes: {ending: 'slash'}},
    ],
    [
      'with the root as the folder',
      linked('', (to) => `/${to}.html`),
      {content: {'': '/'}, routes: {ending: '.html'}},
    ],
    [
      'with relative links among pages in the root',
      linked('', (to) => `${to}.html`),
      {content: {'': '/'}, routes: {relativeTo: 'file'}},
    ],
    [
      'with numbers before names',
      linked(
        'docs/',
        (to) => `/guide/${to}`,
        (name) => `1.guide/${NAMES.indexOf(name) + 1}.${name}.md`,
      ),
      {content: {docs: '/'}, routes: {dropsNumbers: true, ending: 'none'}},
    ],
    [
      'with folders in parentheses',
      linked(
        'docs/',
        (to) => `/${to}`,
        (name) => `(${name.length > 6 ? 'more' : 'less'})/${name}.md`,
      ),
      {content: {docs: '/'}, routes: {dropsGroups: true, ending: 'none'}},
    ],
    [
      'with other letter case',
      linked(
        'docs/',
        (to) => `/${to}`,
        (name) => `${name.toUpperCase()}.md`,
      ),
      {content: {docs: '/'}, routes: {ignoresCase: true, ending: 'none'}},
    ],
    [
      'with translations',
      {
        ...linked('docs/en/', (to) => `/${to}`),
        ...linked('docs/zh/', (to) => `/zh/${to}`),
        'docs/en/more.md': '[x](/en/setup)\n',
      },
      {
        content: {'docs/en': '/', 'docs/zh': '/zh'},
        routes: {optionalPrefixes: ['en'], ownContentFirst: true, ending: 'none'},
      },
    ],
    [
      'with more translations than a site has other folders',
      {
        ...linked('docs/en/', (to) => `/${to}`),
        ...Object.assign({}, ...LANGUAGES.map((name) => linked(`docs/${name}/`, (to) => `/${name}/${to}`))),
        'docs/en/more.md': '[x](/en/setup)\n',
      },
      {
        content: {
          'docs/en': '/',
          ...Object.fromEntries(LANGUAGES.map((name) => [`docs/${name}`, `/${name}`])),
        },
        routes: {optionalPrefixes: ['en'], ownContentFirst: true, ending: 'none'},
      },
    ],
    [
      'with assets',
      {
        ...linked('docs/', (to) => `/${to}`),
        'docs/more.md': '![x](/img/a.png) ![x](/img/b.png)\n',
        'static/img/a.png': '',
        'static/img/b.png': '',
      },
      {content: {docs: '/'}, assets: {static: '/'}, routes: {ending: 'none'}},
    ],
    [
      'with relative links without extension',
      linked('docs/', (to) => `./${to}`),
      {content: {docs: '/'}, routes: {relativeTo: 'file'}},
    ],
    [
      'with links by the names of files alone',
      linked(
        'docs/',
        (to) => `${to}.md`,
        (name) => `${name.length % 3}/${name}.md`,
      ),
      {content: {docs: '/'}, routes: {byName: true}},
    ],
    [
      'with relative links by URL',
      linked(
        'docs/',
        (to) => `../${to}/`,
        (name) => `guide/${name}.md`,
      ),
      {content: {'docs/guide': '/'}, routes: {relativeTo: 'url'}},
    ],
    [
      'with links from a folder of the generator',
      linked('content/', (to) => `@/${to}.md`),
      {content: {content: '/'}, routes: {}},
    ],
  ])('%s', async (_, files, expected) => {
    expect(await description(files)).toEqual({root: '', ...expected})
  })
})

describe('a repository', () => {
  const page = '# A\n\n[b](b.md) [c](/docs/c.md) [src](../src) [gone](gone.md) [d](#a)\n'
  const files = {
    'README.md': '[a](docs/a.md)\n',
    'docs/a.md': page,
    'docs/b.md': page,
    'docs/c.md': page,
    'src/x.ts': '',
  }

  it('stays one, whatever is broken in it', async () => {
    expect(await fitted(files)).toEqual({kind: 'repository'})
    // One link without its extension is a mistake.
    expect(await fitted({...files, 'docs/e.md': '[b](b) [c](c.md)\n'})).toEqual({kind: 'repository'})
    expect(await fitted({'README.md': 'nothing\n'})).toEqual({kind: 'repository'})
    expect(await fitted({})).toEqual({kind: 'repository'})
  })

  it('is none if a generator was detected', async () => {
    expect(await fitted(files, {generator: true})).toMatchObject({kind: 'none', root: ''})
  })

  it('is none in the folder of a generator with links of its own', async () => {
    const site = {
      'site/zudoku.config.ts': '',
      'site/a.md': '[b](/b/)\n',
      'site/b.md': '',
      'other/x.md': '[y](y.md)\n',
    }
    expect(await fitted(site)).toMatchObject({kind: 'none', root: 'site'})
    expect(await fitted({...files, 'docs/zudoku.config.ts': ''})).toEqual({kind: 'repository'})
  })

  it('is none if ids are not those of the host in the folder of a generator', async () => {
    const text = '[x](#Set-Up)\n\n## Set Up\n'
    expect(await fitted({'docs/zudoku.config.ts': '', 'docs/a.md': text})).toMatchObject({
      kind: 'none',
      root: 'docs',
    })
  })
})

describe('a tree that no description explains', () => {
  const urls = Array.from(
    {length: 40},
    (_, index) => `[x](/api/${index % 2 === 0 ? 'x' : NAMES[index % 12]}${index})`,
  )

  it('has a generator, if most links look like URLs', async () => {
    const found = await fitted({'docs/a.md': urls.join('\n'), 'docs/b.md': '[a](a.md)\n'})
    expect(found).toMatchObject({kind: 'none', root: 'docs'})
  })

  it('has missing links only to files that are nowhere', () => {
    const ctx = contextOf({
      'docs/a.md': '',
      'docs/guide/2.setup.md': '',
      'static/shot.png': '',
      'docs/README.md': '',
      'README.md': '',
    })
    const site = unfittedSite(ctx, '')
    const answers = site.publish({page: () => undefined})
    const kinds = (...links: string[]) =>
      links.map((url) => answers.resolve({url}, 'docs/a.md')).map(({to}) => to)
    expect(kinds('a.md', 'guide/2.setup.md', 'guide')).toEqual(['page', 'page', 'file'])
    expect(kinds('gone.md', '../x/gone.png')).toEqual(['missing', 'missing'])
    // A number, another extension, and another folder may be the generator's doing.
    expect(kinds('setup.md', 'guide/setup.html', 'shot.png', '../img/shot.png')).toEqual(
      Array(4).fill('unknown'),
    )
    expect(kinds('gone', '/gone', '/gone.png', '@/gone.md', 'gone.html', '../../gone.md')).toEqual(
      Array(6).fill('unknown'),
    )
    // The other links of the site tell whether these are URLs of pages.
    const tested = (url: string) => answers.resolve({url}, 'docs/a.md')
    expect(tested('gone')).toMatchObject({to: 'unknown', otherwise: {to: 'missing', path: 'docs/gone'}})
    expect(tested('gone.html')).toMatchObject({otherwise: {to: 'missing', path: 'docs/gone.html'}})
    expect(tested('shot.png')).not.toHaveProperty('otherwise')
    // Every folder may have a README.
    expect(kinds('guide/README.md')).toEqual(['missing'])
    expect(['docs/a.md', 'README.md'].filter((path) => site.owns!(path))).toEqual(['docs/a.md'])
    const empty = {headings: [], ids: [], opaqueContent: [], componentProps: []} as never
    expect(answers.anchorsOf(empty).doubts.map(({reason}) => reason)).toEqual([
      'unknown-generator',
      'id-setting',
    ])
  })

  it('has the ids of the rule by which its pages link to themselves', async () => {
    const files = {'docs/a.md': '# Set up\n\n## Use it\n'}
    const page = (await pagesOf(files)).get('docs/a.md')!
    const anchors = unfittedSite(contextOf(files), 'docs', ['github-slugger'])
      .publish({page: () => page})
      .anchorsOf(page)
    expect(['set-up', 'use-it', 'use_it'].map((id) => anchors.has(id))).toEqual([true, true, false])
  })
})

it('links by the names of files alone are broken, if most files are beside the page', async () => {
  const files = Object.fromEntries(
    NAMES.flatMap((name) => [
      [`docs/${name}.md`, `${NAMES.map((to) => `[x](${to}.md)`).join('\n')}\n`],
      [`other/part-${name}.md`, '# x\n'],
    ]),
  )
  files['docs/index.md'] = NAMES.slice(1)
    .map((name) => `[x](part-${name}.md)`)
    .join('\n')
  expect(await fitted(files)).toMatchObject({kind: 'repository'})
})

describe('rules for ids', () => {
  const rulesOf = async (heading: string, fragment: string) => {
    const pages = Object.fromEntries(
      NAMES.map((name) => [
        `docs/${name}.md`,
        `[x](#${fragment.replaceAll('NAME', name)}) ${NAMES.map((to) => `[x](/${to})`).join(' ')}\n\n## ${heading.replaceAll('NAME', name)}\n`,
      ]),
    )
    const found = await fitted(pages)
    return found.kind === 'fitted' ? found.description.ids : found
  }

  it.each([
    ['Set up & NAME', 'set-up--NAME', ['github-slugger', 'kramdown']],
    ["What's NAME?", 'what-s-NAME', ['mdit-vue', 'slug-crate', 'tanstack']],
    ['2. NAME', '_2-NAME', ['mdit-vue', 'mdc']],
    ['Set Up NAME', 'Set-Up-NAME', ['hexo', 'svelte']],
    ['NAME (new)', 'NAME-(new)', ['markdown-it-anchor', 'svelte']],
    ['Größe of NAME', 'groesse-von-NAME', undefined],
  ])('of “%s” for #%s', async (heading, fragment, expected) => {
    const found = await rulesOf(heading, fragment)
    expect(expected === undefined ? found : [found].flat()).toEqual(
      expected && expect.arrayContaining(expected),
    )
    expect([found].flat()).toHaveLength(expected?.length ?? 1)
  })
})

/** A random site: its pages, and links to each other and to assets as its generator has them. */
interface Sample {
  files: Files
  /** The target of each link, by page and URL. */
  links: {from: string; url: string; to: string}[]
}

const IMAGES = ['a', 'b', 'c', 'd']
const WORDS = 'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu'.split(' ')

const sample = fc
  .record({
    folder: fc.constantFrom('', 'docs', 'content', 'site/pages', 'src/content/docs'),
    url: fc.constantFrom('', 'docs', 'learn/more'),
    sections: fc.subarray(WORDS, {minLength: 2, maxLength: 3}),
    names: fc.subarray(WORDS, {minLength: 4, maxLength: 6}),
    hasIndex: fc.boolean(),
    hasNumbers: fc.boolean(),
    languages: fc.constantFrom<string[]>([], ['en', 'zh'], ['en', 'fr', 'de']),
    ending: fc.constantFrom('', '/', '.html'),
    form: fc.constantFrom<('root' | 'file' | 'url' | 'source')[]>(
      ['root'],
      ['root', 'file'],
      ['root', 'url'],
      ['file'],
      ['source'],
      ['root', 'source'],
    ),
    assets: fc.constantFrom(undefined, 'public', 'static'),
    ids: fc.constantFrom('github', 'mdit', undefined),
    seed: fc.nat(),
    links: fc.integer({min: 1, max: 5}),
  })
  .map((site): Sample => {
    const pages: {file: string; url: string; language: string}[] = []
    const root = site.folder === '' ? '' : `${site.folder}/`
    const languages = site.languages.length === 0 ? [''] : site.languages
    const number = (name: string, index: number) => (site.hasNumbers ? `${index + 1}.${name}` : name)
    for (const language of languages)
      for (const [at, section] of site.sections.entries()) {
        const inside = (language === '' ? '' : `${language}/`) + number(section, at)
        const urls = [site.url, language === languages[0] ? '' : language, section].filter(Boolean).join('/')
        if (site.hasIndex) pages.push({file: `${root}${inside}/index.md`, url: `/${urls}/`, language})
        for (const [index, name] of site.names.entries())
          pages.push({
            file: `${root}${inside}/${number(name, index)}.md`,
            url: `/${urls}/${name}${site.ending}`,
            language,
          })
      }
    let random = site.seed
    const next = (below: number) => (random = (random * 1103515245 + 12345) % 2147483648) % below
    const texts: Files =
      site.assets === undefined
        ? {}
        : Object.fromEntries(IMAGES.map((name) => [`${site.assets}/img/${name}.png`, '']))
    const links: Sample['links'] = []
    for (const [at, from] of pages.entries()) {
      const own: string[] = []
      const add = (url: string, to: string) => {
        own.push(`[x](${url})`)
        links.push({from: from.file, url, to})
      }
      const same = pages.filter(({language}) => language === from.language)
      for (let count = 0; count < site.links; count++) {
        const to = same[next(same.length)]!
        const form = site.form[next(site.form.length)]!
        if (form === 'root') add(to.url, to.file)
        if (form === 'source') add(relative(from.file, to.file), to.file)
        if (form === 'file')
          add(relative(from.file, to.file).replace(/(?:(?<=\/)index)?\.md$/, '') || './', to.file)
        if (form === 'url') add(relative(from.url.replace(/\.html$/, ''), to.url), to.file)
      }
      if (site.assets !== undefined) add(`/img/${IMAGES[at % IMAGES.length]}.png`, '')
      if (site.ids === 'github') add('#set-up--run', from.file)
      if (site.ids === 'mdit') add('#set-up-run', from.file)
      texts[from.file] = `# ${from.url}\n\n## Set up & run\n\n${own.join('\n')}\n`
    }
    return {files: texts, links}
  })

/** The relative URL from one path to another. */
function relative(from: string, to: string): string {
  const own = from.split('/').slice(0, -1)
  const there = to.split('/')
  while (own.length > 0 && there.length > 1 && own[0] === there[0]) {
    own.shift()
    there.shift()
  }
  return [...own.map(() => '..'), ...there].join('/') || './'
}

/** The pages that absolute links lead to, in each of the folders of languages: fewer prove nothing about a folder. */
function targetsByLanguage(links: readonly {from: string; url: string; to: string}[]): Set<string>[] {
  const found = new Map<string, Set<string>>()
  for (const {from, url, to} of links) {
    const [, language] = /^([a-z]{2})\//.exec(from) ?? []
    if (language === undefined || !url.startsWith('/') || to === '') continue
    found.set(language, (found.get(language) ?? new Set()).add(to))
  }
  return [...found.values()]
}

describe('an intact tree', () => {
  it('has no missing link, whatever its generator does', async () => {
    const kinds: Record<string, number> = {}
    await fc.assert(
      fc.asyncProperty(sample, async ({files, links}) => {
        fc.pre(
          new Set(
            links.map(({from, url}) => (url.startsWith('/') ? url : `${from.replace(/[^/]*$/, '')}${url}`)),
          ).size >= 20,
        )
        fc.pre(targetsByLanguage(links).every((targets) => targets.size >= FEWEST_FOR_A_FOLDER))
        const ctx = contextOf(files)
        const pages = await pagesOf(files)
        const fit = fitSite({...ctx, root: '', pages: pages.values()})
        kinds[fit.kind] = (kinds[fit.kind] ?? 0) + 1
        const site =
          fit.kind === 'none'
            ? unfittedSite(ctx, fit.root)
            : fit.kind === 'fitted'
              ? describedSite(ctx, fit.description)
              : undefined
        const answers = site?.publish({page: (path) => pages.get(path)})
        for (const {from, url, to} of links) {
          const found =
            answers && site?.owns?.(from) !== false
              ? answers.resolve({url}, from)
              : resolveOnGithub(ctx, url, from)
          expect([found.to, url, from, fit], `${url} on ${from}`).not.toEqual(['missing', url, from, fit])
          if (fit.kind === 'fitted' && found.to === 'page') {
            if (url.startsWith('/')) expect(found.path, `${url} on ${from}`).toBe(to)
            if (found.fragment !== undefined)
              expect(answers!.anchorsOf(pages.get(found.path)!).has(found.fragment)).toBe(true)
          }
        }
      }),
      {numRuns: amount(500)},
    )
    // Most of them are explained.
    expect(kinds).toMatchObject({fitted: expect.any(Number)})
  })
})
