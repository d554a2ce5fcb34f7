import {readdirSync, readFileSync} from 'node:fs'
import path from 'node:path'
import {expect, it} from 'vitest'
import {stringify} from 'yaml'
import {readJekyllConfig} from '../src/site/platforms/jekyll/config.ts'
import {JekyllRoutes} from '../src/site/platforms/jekyll/routes.ts'
import {canonicalUrl} from '../src/site/shared/canonical-url.ts'
import {buildSite} from './built-site.ts'
import {command} from './needs.ts'
import {randomNumbers} from './random-numbers.ts'
import {folder} from './run-doccheck.ts'
import {virtualTree} from './virtual-tree.ts'

const engine = command('Jekyll (Debian: jekyll)', ['/usr/bin/jekyll', 'jekyll'], (name) => [
  name,
  ['--version'],
])

const FOLDERS = [
  '',
  'zh_cn/news/',
  'Docs/',
  'docs2/',
  'vendor/lib/',
  '_drafts/',
  'a b/',
  '_hidden/x/',
  '.well-known/',
]
const NAMES = [
  'index',
  'README',
  'Some_Page',
  'what is it',
  'v1.2',
  '_partial',
  "What's",
  'x+y',
  'été',
  '2021-03-04-Dated Note',
]
const ENDS = ['.md', '.md', '.markdown', '.html', '.txt', '.css', '.scss', '.xml', '.png']
const PLACES = [
  '_posts/',
  'zh_cn/news/_posts/',
  'Docs/_posts/sub/',
  '_recipes/',
  '_recipes/Sub Dir/',
  '_secret/',
  'parts/_recipes/',
  'parts/_posts/',
  'parts/in/_posts/',
]
const PERMALINKS = [
  'date',
  'pretty',
  'none',
  'ordinal',
  'weekdate',
  '/:categories/:title/',
  '/blog/:year/:i_month/:i_day/:slug.html',
  '/:slugified_categories/:short_year-:short_month-:long_month/:title',
  '/:year_:month/:w_year-:week-:w_day/:short_day/:long_day/:y_day/:title/',
]
const CATEGORIES: unknown[] = [undefined, ['Foo Bar', 'x_y', 'C++'], 'News Zh_CN', ['a', 'A', 'été'], []]

/** A site: its configuration, and the front matter of its files, undefined for those without any. */
function makeSite(seed: number) {
  const below = randomNumbers(seed)
  const oneOf = <T>(list: readonly T[]): T => list[below(list.length)]!
  const files = new Map<string, Record<string, unknown> | undefined>()
  for (let count = 0; count < 60; count++) {
    const isPost = below(3) === 0
    const place = isPost || below(3) === 0 ? oneOf(PLACES) : oneOf(FOLDERS)
    const date = isPost ? `20${10 + below(15)}-${oneOf(['1', '02', '11'])}-${oneOf(['3', '29', '30'])}-` : ''
    const file = `${place}${date.replace('-02-30', '-02-28').replace('-02-29', '-02-27')}${oneOf(NAMES)}${oneOf(ENDS)}`
    const front: Record<string, unknown> = {
      ...(below(4) === 0 && {
        permalink: `/${oneOf(['p', 'Q/r', 's t'])}${count}${oneOf(['/', '.html', ''])}`,
      }),
      ...(below(4) === 0 && {slug: oneOf(['Own Slug', 'other.slug', 'x_Y'])}),
      ...(below(3) === 0 && {categories: oneOf(CATEGORIES)}),
      ...(below(6) === 0 && {category: oneOf(['One Two', 'Three'])}),
      ...(below(12) === 0 && {published: false}),
    }
    files.set(file, below(6) === 0 || file.endsWith('.png') ? undefined : front)
  }
  const config = {
    permalink: oneOf(PERMALINKS),
    include: oneOf([[], ['.well-known'], ['_hidden', '_partial.md'], ['docs2']]),
    exclude: oneOf([[], ['docs'], ['Docs/', 'README.md'], ['*.txt', 'zh_*'], ['docs2/index']]),
    collections: {
      recipes: {output: true, ...(below(3) === 0 && {permalink: '/r/:path/:name/'})},
      secret: {output: false},
    },
    ...(below(3) === 0 && {collections_dir: 'parts'}),
    defaults: oneOf([
      [],
      [{scope: {path: 'zh_cn', type: 'posts'}, values: {categories: ['Inherited']}}],
      [
        {scope: {path: ''}, values: {permalink: '/all/:title:output_ext'}},
        {scope: {path: 'docs', type: 'pages'}, values: {permalink: '/d/:basename/'}},
        {scope: {path: '_recipes/*', type: 'recipes'}, values: {permalink: '/cook/:name'}},
        {scope: {path: '', type: 'pages'}, values: {permalink: '/:path/:basename/'}},
      ],
    ]),
  }
  return {config, files}
}

it.skipIf(!engine)(
  'publishes files where Jekyll does',
  () => {
    let compared = 0
    for (let seed = 1; seed <= 8; seed++) {
      const {config, files} = makeSite(seed)
      const text = (file: string) => {
        const front = files.get(file)
        return `${front === undefined ? '' : `---\n${stringify(front).replace('{}\n', '')}---\n`}/* source:${encodeURIComponent(file)} */\n`
      }
      const sources = Object.fromEntries([...files.keys()].map((file) => [file, text(file)]))
      const root = folder({...sources, '_config.yml': stringify({...config, strict_front_matter: true})})
      buildSite(engine!, ['build', '--quiet', '--disable-disk-cache'], root, {LANG: 'C.UTF-8'})
      const built = new Map<string, string>()
      const out = path.join(root, '_site')
      for (const file of readdirSync(out, {recursive: true, encoding: 'utf8'})) {
        const content = file.endsWith('.map') ? '' : read(path.join(out, file))
        const source = /source:([^\s*]+)/.exec(content)?.[1]
        if (source !== undefined) built.set(canonicalUrl(`/${file}`), decodeURIComponent(source))
      }
      const routes = new JekyllRoutes(virtualTree(sources), '', readJekyllConfig(config), (file) =>
        files.get(file),
      )
      const urls = new Map(
        [...files.keys()].map((file) => [
          file,
          routes.urlsOf(file).map((url) => canonicalUrl(url.replace(/\/index$/, '/'))),
        ]),
      )
      const at = new Map([...urls].flatMap(([file, all]) => all.map((url) => [url, file])))
      // Files of one URL overwrite each other.
      const wrong = [
        ...[...built]
          .filter(([url]) => !at.has(url))
          .map(([url, file]) => `${file} is at ${url}, not at ${urls.get(file)}`),
        ...[...urls].flatMap(([file, [url]]) =>
          url === undefined || built.has(url) ? [] : [`${file} is not at ${url}`],
        ),
      ]
      expect({config, wrong}).toEqual({config, wrong: []})
      compared += built.size
    }
    expect(compared).toBeGreaterThan(150)
  },
  600_000,
)

const read = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
