import {describe, expect, it} from 'vitest'
import {collectPaths, guessHomes, pageName} from '../src/site/guess-homes.ts'
import {doccheck, folder} from './run-doccheck.ts'

const NAMES = [...'abcdefghijkl']
const urls = (home: string, names: readonly string[] = NAMES) => names.map((name) => `${home}/guide/${name}/`)
const gone = (home: string, count: number) =>
  Array.from({length: count}, (_, index) => `${home}/guide/gone-${index}`)
const TOP = NAMES.slice(0, 6).map((name) => `/${name}/`)
const topUrls = (home: string, more: readonly string[], left: number) => [
  ...TOP.map((path) => home + path),
  ...Array.from({length: left}, (_, index) => `${home}/other-${index}`),
  ...more,
]
const PUBLISHED = ['/', ...NAMES.map((name) => `/guide/${name}/`)]

describe('a home that links show', () => {
  const guess = (links: string[], published = PUBLISHED, stated: string[] = []) => {
    const homepages = new Set(stated)
    const wanted = {isWanted: () => true, names: new Set(published.map(pageName)), homepages}
    return guessHomes(collectPaths(links, wanted), published, homepages).map(
      ({url, found, left}) => `${url} ${found} ${left}`,
    )
  }

  it.each<[string, string[], string[], string[]?]>([
    ['is the host', urls('https://docs.test'), ['https://docs.test 12 0']],
    ['may be a folder of the host', urls('https://a.test/en/latest'), ['https://a.test/en/latest 12 0']],
    [
      'may be several folders of the host',
      [...urls('https://a.test/stable'), ...urls('https://a.test/latest', NAMES.slice(6))],
      ['https://a.test/stable 12 0', 'https://a.test/latest 6 0'],
    ],
    ['needs some URLs', urls('https://docs.test', NAMES.slice(0, 4)), []],
    [
      'counts a page once, however its URL is spelled',
      ['', '/', '.html', '/index.html', '?a=b', '#c'].map((end) => `https://docs.test/guide/a${end}`),
      [],
    ],
    [
      'may have some URLs at which nothing is',
      [...urls('https://docs.test'), ...gone('https://docs.test', 6)],
      ['https://docs.test 12 6'],
    ],
    [
      'does not lack many pages in folders of the site, unlike another site with a few of the same names',
      [...urls('https://docs.test'), ...gone('https://docs.test', 7)],
      [],
    ],
    [
      'may have folders whose URLs lead on to one of their pages',
      [...urls('https://docs.test'), ...NAMES.map((name) => `https://docs.test/parts/${name}`)],
      ['https://docs.test 12 0'],
      [...PUBLISHED, ...NAMES.map((name) => `/parts/${name}/use`)],
    ],
    [
      'may be shared with other sites',
      [...urls('https://docs.test'), ...gone('https://docs.test/api', 20), 'https://docs.test/play'],
      ['https://docs.test 12 0'],
    ],
    [
      'is the origin with the most pages',
      [...urls('https://old.test', NAMES.slice(0, 6)), ...urls('https://docs.test')],
      ['https://docs.test 12 0'],
    ],
    [
      'may have all its pages at the top',
      topUrls('https://docs.test', [], 3),
      ['https://docs.test 6 0'],
      TOP,
    ],
    [
      'is not another site that has further pages beside those of the same names',
      topUrls('https://other.test', [], 7),
      [],
      TOP,
    ],
    [
      'may have pages of another site at its top',
      topUrls('https://docs.test', urls('https://docs.test', NAMES.slice(6)), 12),
      ['https://docs.test 12 0'],
      [...TOP, ...PUBLISHED],
    ],
    ['is not that of a version', urls('https://v2.docs.test'), []],
    ['is no folder of a version', urls('https://docs.test/1.x'), []],
    ['is not deep', urls('https://docs.test/a/b/c/d'), []],
  ])('%s', (_, links, expected, published) => expect(guess(links, published)).toEqual(expected))

  it('includes the base where the URLs of the site do', () => {
    const published = NAMES.map((name) => `/docs/guide/${name}`)
    expect(guess(urls('https://a.test/docs'), published)).toEqual(['https://a.test 12 0'])
  })

  it('needs fewer URLs where a package states it, and comes before others', () => {
    const links = [...urls('https://other.test'), ...urls('https://a.test/lamp', NAMES.slice(0, 2))]
    expect(guess(links, PUBLISHED, ['https://a.test/lamp'])).toEqual(['https://a.test/lamp 2 0'])
    expect(guess(links, PUBLISHED, ['https://a.test/cable'])).toEqual(['https://other.test 12 0'])
  })

  it.each([
    ['en/latest', ['https://a.test/en/latest 2 0']],
    ['de/stable', ['https://a.test/de/stable 2 0']],
    ['en/1.0', []],
    ['lamps', []],
  ])('needs fewer URLs in the folder /%s of a host that a package states', (version, expected) => {
    const links = urls(`https://a.test/${version}`, NAMES.slice(0, 2))
    expect(guess(links, PUBLISHED, ['https://a.test'])).toEqual(expected)
    expect(guess(links)).toEqual([])
  })

  it('is found in linear time', () => {
    const links = Array.from({length: 20_000}, (_, index) => `https://a.test${'/a'.repeat(100)}${index}`)
    expect(guess(links)).toEqual([])
  })
})

/** A site with a page for each name, whose home only the links of a README show. */
const site = (config: string, readme: string): Record<string, string> => ({
  'mkdocs.yml': `site_name: x\n${config}`,
  'docs/index.md': '# Home\n',
  'docs/guide/index.md': '# Guide\n',
  ...Object.fromEntries(NAMES.map((name) => [`docs/guide/${name}.md`, `# Page ${name}\n`])),
  'README.md': `# x\n\n${urls('https://docs.test/latest')
    .map((url, index) => `[x](${url}#page-${NAMES[index]})`)
    .join('\n')}\n\n${readme}\n`,
})

describe('an absolute URL below a home that links show', () => {
  const found = async (readme: string, config = '', more: Record<string, string> = {}) => {
    const root = folder({...site(config, readme), ...more})
    const {out} = await doccheck(root, ['--offline', '--reporter', 'json'])
    const files: {messages: {reason: string; fatal: boolean}[]}[] = JSON.parse(out)
    return files.flatMap(({messages}) => messages.map(({fatal, reason}) => `${fatal ? 'E' : 'W'} ${reason}`))
  }
  const GONE = '[x](https://docs.test/latest/guide/zqx/)'
  const LIKELY =
    'Unexpected link to missing file `https://docs.test/latest/guide/zqx/` (likely: all 12 other URLs at https://docs.test/latest/guide lead to its files)'

  const BY_PACKAGE = LIKELY.replace(
    /likely: .*\)/,
    'likely: a package states that the site is published there)',
  )

  it('is likely broken where all else of its folder exists', async () =>
    expect(await found(GONE)).toEqual([`W ${LIKELY}`]))

  it.each<[string, string, Record<string, string>?]>([
    ['that exists', '[x](https://docs.test/latest/guide/a.html)'],
    ['at the top, where other sites may be', '[x](https://docs.test/latest/zqx/)'],
    ['in a folder of another site', '[x](https://docs.test/latest/api/zqx/)'],
    ['beside the home', '[x](https://docs.test/zqx/guide/zqx/)'],
    ['in other letter case, which some hosts ignore', '[x](https://docs.test/latest/guide/A/)'],
    ['with `index`, which some hosts drop', '[x](https://docs.test/latest/guide/index/)'],
    ['of a version', '[x](https://docs.test/1.0/guide/zqx/)'],
    ['that is a version', '[x](https://docs.test/latest/v12)', {'docs/v13.md': '# V\n'}],
    [
      'in a folder of which the site has no more than one page',
      '[x](https://docs.test/latest/guide/reference/zqx/)',
      {'docs/guide/reference/index.md': '# R\n'},
    ],
  ])('is not reported %s', async (_, readme, more = {}) => expect(await found(readme, '', more)).toEqual([]))

  it('is likely broken at the top if it differs from a page by a letter', async () => {
    const more = {'docs/installation.md': '# I\n'}
    expect(await found('[x](https://docs.test/latest/instalation/)', '', more)).toEqual([
      'W Unexpected link to missing file `https://docs.test/latest/instalation/`, expected `https://docs.test/latest/installation/` (likely: docs/installation.md exists)',
    ])
  })

  it('may lack a fragment', async () =>
    expect(await found('[x](https://docs.test/latest/guide/a/#zqx)')).toEqual([
      'W Unexpected link to missing anchor `#zqx` in `docs/guide/a.md` (likely: all 12 other URLs at https://docs.test/latest/guide lead to its files)',
    ]))

  it('is certainly broken if the configuration states the home', async () =>
    expect(await found(GONE, 'site_url: https://docs.test/latest/\n')).toEqual([
      'E Unexpected link to missing file `https://docs.test/latest/guide/zqx/`',
    ]))

  it.each([
    ['http://www.docs.test/latest/guide/zqx/', 'in another spelling of the host', 1],
    ['https://docs.test/latest/v2/guide/zqx/', 'of what may be another version', 0],
    ['https://docs.test/latest/api/zqx/', 'in a folder without pages of the site', 0],
    ['https://docs.test/zqx/', 'outside the base', 0],
  ])('%s, a URL %s, is certain %s', async (url, _, count) => {
    const all = await found(`[x](${url})`, 'site_url: https://docs.test/latest/\n')
    expect(all).toEqual(Array.from({length: count}, () => `E Unexpected link to missing file \`${url}\``))
  })

  it('is remote if the configuration states another home', async () =>
    expect(await found(GONE, 'site_url: https://other.test/\n')).toEqual([]))

  it.each([
    ['CNAME', 'docs.test', 1],
    ['CNAME', '../docs.test', 0],
    ['deep/in/some/folder/CNAME', 'docs.test', 0],
  ])('is certainly broken if %s names the host %s: %s', async (file, domain, count) => {
    const root = folder({
      '_config.yml': 'title: x\n',
      'guide/use.md': '---\n---\n# Use\n',
      'index.md': '---\n---\n[x](https://docs.test/guide/zqx.html) [y](https://docs.test/guide/use.html)\n',
      [file]: `${domain}\n`,
    })
    const {out} = await doccheck(root, ['--offline', '--reporter', 'json'])
    const files: {messages: object[]}[] = JSON.parse(out)
    expect(files.flatMap(({messages}) => messages)).toHaveLength(count)
  })

  it.each([
    ['"https://docs.test/latest/"', 2, [`W ${BY_PACKAGE}`]],
    ['"https://docs.test/latest/"', 1, []],
    ['"https://docs.test"', 2, []],
    ['"https://github.com/a/b#readme"', 2, []],
    ['3', 2, []],
  ])(
    'is likely broken if package.json states the home %s, and %s other URLs exist',
    async (homepage, count, expected) => {
      const more = {
        'package.json': `{"homepage": ${homepage}}`,
        'README.md': `${urls('https://docs.test/latest', NAMES.slice(0, count))
          .map((url) => `<${url}>`)
          .join('\n')}\n\n${GONE}\n`,
        'docs/index.md': NAMES.map((name) => `[x](guide/${name}/)\n`).join('\n'),
      }
      expect(await found('', '', more)).toEqual(expected)
    },
  )

  it('may be below a further folder of a home that the configuration states', async () =>
    expect(await found(GONE, 'site_url: https://www.docs.test/\n')).toEqual([`W ${LIKELY}`]))
})

it('may have translations at the top of its host', async () => {
  const root = folder({
    'en/mkdocs.yml': 'site_name: x\nsite_url: https://docs.test/\n',
    'en/docs/index.md': '[x](https://docs.test/fr/) [y](https://docs.test/de/zqx/)\n',
    'de/mkdocs.yml': 'site_name: x\nsite_url: https://docs.test/de/\n',
    'de/docs/index.md': '# Index\n',
  })
  const {out} = await doccheck(root, ['--offline', '--reporter', 'json'])
  expect(out).not.toContain('https://docs.test/fr/')
  expect(out).toContain('missing file `https://docs.test/de/zqx/` (likely: ')
})

it('leads to a page of the main language where a translation lacks it', async () => {
  const root = folder({
    'en/mkdocs.yml': 'site_name: x\nsite_url: https://docs.test/\n',
    'en/docs/guide/setup.md': '# Setup\n',
    'de/mkdocs.yml': 'INHERIT: ../en/mkdocs.yml\nsite_url: https://docs.test/de/\n',
    'de/docs/guide/index.md':
      '[x](/de/guide/setup/) [y](https://docs.test/de/guide/setup/) [z](https://docs.test/de/guide/gone/)\n',
  })
  const {out} = await doccheck(root, ['--offline', '--reporter', 'json'])
  const files: {messages: {reason: string}[]}[] = JSON.parse(out)
  expect(files.flatMap(({messages}) => messages.map(({reason}) => reason))).toEqual([
    'Unexpected link to missing file `https://docs.test/de/guide/gone/`',
  ])
})

it('is explained by doccheck sites', async () => {
  const root = folder(site('', '[x](https://docs.test/latest/guide/zqx/)'))
  const {out} = await doccheck(root, ['sites', '--explain'])
  expect(out).toContain('\nIts home may be https://docs.test/latest: 12 of 13 URLs there are found\n')
})

it('a URL of a page that the build creates where git ignores it is not missing, nor one redirected there', async () => {
  const root = folder({
    '.gitignore': '/docs/api/reference/\n',
    'docs/.vitepress/config.js': 'export default {}\n',
    'docs/index.md': '[x](https://docs.test/api/reference/a.html) [y](/api/config.html) [z](/gone.html)\n',
    'docs/public/_redirects': '/api/config.html /api/reference/b.html\n',
    '.doccheckrc.json': JSON.stringify({sites: [{root: 'docs', home: 'https://docs.test'}]}),
  })
  const {out} = await doccheck(root, ['--offline', '--reporter', 'json'])
  const files: {messages: {reason: string}[]}[] = JSON.parse(out)
  expect(files.flatMap(({messages}) => messages.map(({reason}) => reason))).toEqual([
    'Unexpected link to missing file `/gone.html`',
  ])
})
