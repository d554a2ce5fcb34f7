import {describe, expect, it} from 'vitest'
import {readPage} from '../src/page/read-page.ts'
import {checkFolder, folder, messagesOf} from './run-doccheck.ts'

const NUMBERS = [0, 1, 2, 3, 4, 5]

/** A site of Hugo with pages by their texts, one image for each but the last. */
const site = (textOf: (number: number) => string, count = NUMBERS.length) => ({
  'hugo.toml': 'baseURL = "https://example.org/"\n[markup.goldmark.renderer]\nunsafe = true\n',
  ...Object.fromEntries(
    NUMBERS.slice(-count).flatMap((number) => [
      [`content/posts/p${number}.md`, textOf(number)],
      ...(number < 5 ? [[`static/img/i${number}.png`, '']] : []),
    ]),
  ),
})

const report = async (files: Record<string, string>) =>
  messagesOf(await checkFolder(folder(files), 'no-broken-link'))

const missing = (place: string, of: string) => [
  `content/posts/p5.md ${place} Unexpected missing image \`/img/i5.png\` (likely: all 5 other values of \`${of}\` exist)`,
]

it.each<[string, (number: number) => string, string, string]>([
  [
    'a key of front matter',
    (number) => `---\ncover:\n  - image: /img/i${number}.png\n---\n`,
    '3:12-3:23',
    'cover.image',
  ],
  [
    'a key of TOML',
    (number) => `+++\n[cover]\nimage = "/img/i${number}.png"\n+++\n`,
    '3:10-3:21',
    'cover.image',
  ],
  [
    'HTML in front matter',
    (number) => `---\ndescription: >-\n  <img\n  src="/img/i${number}.png"> a\n---\n`,
    '4:8-4:19',
    'description <img src>',
  ],
  ['an attribute', (number) => `<Card image="/img/i${number}.png"></Card>\n`, '1:14-1:25', '<Card image>'],
  [
    'a parameter of a shortcode',
    (number) => `{{< card image="/img/i${number}.png" >}}\n`,
    '1:17-1:28',
    '{{< card image >}}',
  ],
])('reports the one missing image that %s names', async (_, textOf, place, of) => {
  expect(await report(site(textOf))).toEqual(missing(place, of))
})

const COVER = (number: number) => `---\ncover: /img/i${number}.png\n---\n`

it('says nothing if few other values exist, or many do not', async () => {
  expect(await report(site(COVER))).toHaveLength(1)
  expect(await report(site(COVER, 5))).toEqual([])
  const more = {'content/posts/x.md': '---\ncover: /img/x.png\n---\n'}
  expect(await report({...site(COVER), ...more})).toEqual([])
})

it('says nothing of a value that many pages have', async () => {
  const same = ['a', 'b', 'c'].map((name) => [`content/${name}.md`, COVER(5)] as const)
  expect(await report({...site(COVER), ...Object.fromEntries(same)})).toEqual([])
})

it('says nothing of keys that name the page itself', async () => {
  const textOf = (number: number) => `---\nid: /posts/p${number === 5 ? 'x' : number}/\n---\n`
  expect(await report(site(textOf))).toEqual([])
  const next = (number: number) => `---\nid: /posts/p${number === 5 ? 'x' : (number + 1) % 5}/\n---\n`
  expect(await report(site(next))).toHaveLength(1)
})

it('says nothing of a file that is elsewhere, where a theme may look', async () => {
  expect(await report({...site(COVER), 'assets/of-theme/img/i5.png': ''})).toEqual([])
})

it('takes values for possible links only where no link is known', async () => {
  const possible = async (text: string, path = 'a.mdx') =>
    (
      await readPage(path, text, {
        templating: 'shortcodes',
        frontMatterUrls: [{pointer: '/image', as: 'image'}],
      })
    ).possibleLinks?.map(({of, url}) => `${of} ${url}`) ?? []
  expect(await possible('---\nimage: /a.png\nicon: b.png\n---\n')).toEqual(['icon b.png'])
  expect(await possible('<a href="/b" data-to="/c" title="d e.md" class="x/y">d</a>\n')).toEqual([
    '<a data-to> /c',
  ])
  expect(await possible('[a]({{< ref "/b" >}})\n\n```\n{{< c "/d" >}}\n```\n', 'a.md')).toEqual([])
  expect(await possible('{{< c 1 "/d" >}} {{< c /e >}}\n', 'a.md')).toEqual([
    '{{< c 1 >}} /d',
    '{{< c >}} /e',
  ])
  const placeholders = [
    '/{id}',
    'https://a.org/b.png',
    '//a.org/b',
    '*.md',
    'README.md',
    '/',
    'v1.2',
    '/a b.png',
  ]
  expect(await possible(`---\nx: ${JSON.stringify(placeholders)}\n---\n`)).toEqual([])
})

describe('a property of a component that may change it', () => {
  const LETTERS = [...'abcdef']
  const found = async (last: string, rule: string) => {
    const files = [...LETTERS.map((letter) => `/docs/all#${letter}`), last].map((to, number) => [
      `docs/p${number}.mdx`,
      `import Own from 'own'\n\n# P\n\n<Own to="${to}" />\n`,
    ])
    const root = folder({
      'docusaurus.config.js': 'module.exports = {baseUrl: "/", presets: [["classic", {}]]}',
      'docs/all.md': LETTERS.map((letter) => `## ${letter}\n`).join('\n'),
      ...Object.fromEntries(files),
    })
    return messagesOf(await checkFolder(root, rule))
  }

  it.each([
    ['/docs/gone', 'no-broken-link', 'link to missing file `/docs/gone`'],
    ['/docs/all#gone', 'no-missing-anchor', 'link to missing anchor `#gone` in `docs/all.md`'],
  ])('is a link if all others lead somewhere: %s', async (url, rule, message) => {
    expect(await found(url, rule)).toEqual([
      expect.stringContaining(`${message} (likely: all 6 other values of \`<own to>\` exist)`),
    ])
  })

  it('is not reported if it leads somewhere', async () => {
    expect(await found('/docs/all', 'no-broken-link')).toEqual([])
    expect(await found('/docs/all', 'no-missing-anchor')).toEqual([])
  })
})
