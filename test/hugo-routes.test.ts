import {execFileSync} from 'node:child_process'
import {readdirSync} from 'node:fs'
import path from 'node:path'
import {expect, it} from 'vitest'
import type {SiteContext} from '../src/site/platform.ts'
import {readHugo} from '../src/site/platforms/hugo/config.ts'
import {readHugoFiles} from '../src/site/platforms/hugo/config-files.ts'
import {publish} from '../src/site/platforms/hugo/routes.ts'
import {canonicalUrl} from '../src/site/shared/canonical-url.ts'
import {command} from './needs.ts'
import {randomNumbers} from './random-numbers.ts'
import {folder} from './run-doccheck.ts'
import {contextOf, pagesOf} from './virtual-tree.ts'

const hasHugo = command('Hugo (Debian: hugo)', ['hugo'], (name) => [name, ['version']]) !== undefined

const FOLDERS = ['', 'docs/', 'docs/My Guide/', 'posts/', 'docs/deep/er/', 'x.y/', 'été/']
const NAMES = ['_index', 'Some_Page', 'what is it', 'v1.2', 'a--b', 'été', 'news']
const PERMALINKS = [
  undefined,
  {posts: '/blog/:year/:month/:slug/', docs: '/:sections/:filename/'},
  {posts: '/:year-:month-:day-:title.html', docs: '/d/:slugorfilename'},
  {docs: '/:sections[1:]/:slug/', posts: '/:section/:weekday/:yearday/:title'},
]

/** A site: the texts of its files, its configuration in JSON among them. */
function makeSite(seed: number): Record<string, string> {
  const below = randomNumbers(seed)
  const oneOf = <T>(list: readonly T[]): T => list[below(list.length)]!
  const codes = oneOf([[], [], ['en', 'de'], ['de', 'en', 'pt-br']])
  const defaultLanguage = codes.length > 0 ? oneOf(codes) : ''
  const ownFolders = below(2) === 0
  const languages = codes.map(
    (code, index) => [code, {weight: index + 1, ...(ownFolders && {contentDir: `content/${code}`})}] as const,
  )
  const config = {
    baseURL: 'https://example.org/',
    disableKinds: ['taxonomy', 'term', 'RSS', 'sitemap', ...(below(4) === 0 ? ['section'] : [])],
    permalinks: oneOf(PERMALINKS),
    ...(codes.length > 0 && {
      defaultContentLanguage: defaultLanguage,
      defaultContentLanguageInSubdir: below(3) === 0,
    }),
    ...(below(5) === 0 && {uglyURLs: true}),
    ...(below(6) === 0 && {removePathAccents: true}),
    ...(below(6) === 0 && {disablePathToLower: true}),
  }
  const inFiles = below(2) === 0
  const files: Record<string, string> = {
    'layouts/_default/single.html': '{{ .Content }}',
    'layouts/_default/list.html': '{{ .Content }}',
    'config/_default/hugo.json': JSON.stringify({
      ...config,
      ...(!inFiles && languages.length > 0 && {languages: Object.fromEntries(languages)}),
    }),
  }
  if (inFiles)
    for (const [code, language] of languages)
      files[`config/_default/languages.${code}.json`] = JSON.stringify(language)
  for (let count = 0; count < 40; count++) {
    const code = codes.length > 0 ? oneOf(codes) : ''
    const root = code !== '' && ownFolders ? `content/${code}/` : 'content/'
    const suffix = code === defaultLanguage || ownFolders ? '' : `.${code}`
    const name = oneOf(NAMES)
    const isPage = name.endsWith('index') || below(6) > 0
    const folder = oneOf(FOLDERS)
    const inBundle = `${folder}Bundle ${count % 2}/${isPage ? 'index' : name}`
    const file = `${root}${below(4) === 0 ? inBundle : folder + name}${suffix}${isPage ? '.md' : '.png'}`
    const front = {
      title: `${oneOf(['A Title', 'Été & Co.'])} ${count}`,
      date: oneOf(['2015-07-01', '2020-12-31']),
      ...(below(5) === 0 && {slug: `${oneOf(['own-slug', 'Own Slug', 'v2.'])}${count}`}),
      ...(below(6) === 0 && {url: oneOf([`/u${count}/`, `u${count}/v.html`])}),
      ...(below(4) === 0 && {
        aliases: [
          oneOf([
            `/old${count}/`,
            ...(folder === '' ? [] : [`old${count}`]),
            `y${count}/z`,
            `/o${count}.html`,
          ]),
        ],
      }),
      ...(below(8) === 0 && name !== '_index' && {draft: true}),
      ...(below(10) === 0 && {headless: true}),
      ...(below(10) === 0 && {_build: {render: oneOf(['never', 'always', 'link'])}}),
    }
    files[file] = isPage ? `${JSON.stringify(front)}\n\ntext\n` : 'x'
  }
  return files
}

it.skipIf(!hasHugo)(
  'publishes pages where Hugo does',
  async () => {
    let compared = 0
    for (let seed = 1; seed <= 10; seed++) {
      const texts = makeSite(seed)
      const root = folder(texts)
      execFileSync('hugo', ['--quiet', '--destination', 'built', '--cacheDir', path.join(root, 'cache')], {
        cwd: root,
      })
      const built = new Set(
        readdirSync(path.join(root, 'built'), {recursive: true, withFileTypes: true})
          .filter((entry) => entry.isFile() && !entry.name.endsWith('.xml'))
          .map((entry) =>
            // A URL that ends in `.html` may be a folder.
            canonicalUrl(
              canonicalUrl(
                path.join('/', path.relative(path.join(root, 'built'), entry.parentPath), entry.name),
              ),
            ),
          ),
      )
      const ctx = contextOf(texts, 'hugo') as SiteContext
      const config = readHugo(await readHugoFiles(ctx, ''), '', ctx, new Map())
      const pages = await pagesOf(texts)
      const {byUrl, urls, hidden, uncertain} = publish({...ctx, page: (file) => pages.get(file)}, config)
      // Files of a bundle that is not rendered are not published.
      const own = [...urls]
        .filter(([file]) => file.endsWith('.md') && !hidden.has(file))
        .map(([file, [url]]) => [file, canonicalUrl(canonicalUrl(url!))] as const)
        .filter(([, url]) => !url.includes(':'))
      expect({
        seed,
        config: texts['config/_default/hugo.json'],
        unknown: [...built].filter((url) => !byUrl.has(url) && !uncertain.test(url)),
        unbuilt: own.filter(([, url]) => !built.has(url)),
      }).toEqual({seed, config: texts['config/_default/hugo.json'], unknown: [], unbuilt: []})
      compared += built.size
    }
    expect(compared).toBeGreaterThan(200)
  },
  600_000,
)
