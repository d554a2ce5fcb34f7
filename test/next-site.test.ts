import {describe, expect, it} from 'vitest'
import {describeSites} from '../src/site/describe-sites.ts'
import {checkFolder, folder, messagesOf} from './run-doccheck.ts'
import {contextOf, pagesOf} from './virtual-tree.ts'

const NAMES = [
  'bulb',
  'cable',
  'dial',
  'foot',
  'glass',
  'knob',
  'lens',
  'plug',
  'shade',
  'switch',
  'wire',
  'lid',
]
/** Pages of another repository, which the build fetches. */
const FETCHED = ['setup', 'start', 'faq', 'roadmap'].map((name) => `[f](/docs/lamp/latest/${name})`).join(' ')

/** A site whose code publishes the pages of `docs/` together with others. */
const site = (text: string, more: Record<string, string> = {}) => ({
  'next.config.js': 'export default {}\n',
  'src/app/docs/[...slug]/page.tsx': '',
  'src/app/docs/try/page.tsx': '',
  'src/app/(shop)/buy/page.tsx': '',
  ...Object.fromEntries(
    NAMES.map((name, index) => [
      `docs/parts/${name}.md`,
      `# ${name}\n\n[a](/docs/parts/${NAMES[(index + 1) % NAMES.length]}/) ${FETCHED}\n`,
    ]),
  ),
  'docs/guide.md': `# Guide\n\n${text}\n`,
  ...more,
})

describe('a Next.js site of which the tree has a part of the pages', () => {
  it.each([
    ['[x](/docs/parts/lens)', []],
    [
      '[x](/docs/parts/holder)',
      [
        'docs/guide.md 3:5-3:23 Unexpected link to missing file `/docs/parts/holder` (likely: all 12 other targets in /docs/parts/ exist)',
      ],
    ],
    // Nothing of that section is in the tree.
    ['[x](/docs/lamp/latest/nowhere)', []],
    // Code serves them.
    ['[x](/docs/try)', []],
    ['[x](/buy/)', []],
    ['[x](/search)', []],
  ])('%s', async (text, messages) => {
    expect(messagesOf(await checkFolder(folder(site(text))))).toEqual(messages)
  })
})

describe('a Next.js site whose links show all of its content', () => {
  const content = (text: string, more: Record<string, string> = {}) => ({
    'next.config.js': 'export default {}\n',
    ...Object.fromEntries(
      NAMES.map((name, index) => [
        `content/docs/parts/${name === 'lid' ? '(small)/' : ''}${name}.mdx`,
        `# ${name}\n\n[a](/parts/${NAMES[(index + 1) % NAMES.length]})\n`,
      ]),
    ),
    'content/docs/(start)/index.mdx': `# Start\n\n${text}\n`,
    'content/docs/(start)/setup.mdx': '# Setup\n',
    ...more,
  })
  const REDIRECT = 'export default (request) => Response.redirect(to(request))\n'
  const missing = 'content/docs/(start)/index.mdx 3:5-3:18 Unexpected link to missing file `/parts/holder`'

  it.each<[text: string, more: Record<string, string>, messages: string[]]>([
    ['[x](/parts/holder)', {}, [missing]],
    // Folders in parentheses are not part of URLs.
    ['[x](/parts/lid)', {}, []],
    ['[x](/setup) [y](/)', {}, []],
    // The URL of that page is not known.
    ['[x](/parts/holder)', {'more/holder.mdx': '# Holder\n'}, []],
    ['[x](/parts/holder)', {'more/holder/index.mdx': '# Holder\n'}, []],
    ['[x](/parts/holder)', {'more/other.mdx': '# Other\n'}, [missing]],
    // Middleware may redirect other URLs than those of pages.
    ['[x](/parts/holder)', {'middleware.ts': REDIRECT}, []],
    ['[x](/parts/holder)', {'src/middleware.mjs': REDIRECT}, []],
    ['[x](/parts/holder)', {'proxy.js': REDIRECT}, []],
    ['[x](/parts/holder)', {'src/proxy.ts': REDIRECT}, []],
    ['[x](/parts/holder)', {'lib/proxy.ts': REDIRECT}, [missing]],
    ['[x](/parts/holder)', {'middleware.ts': 'export default () => log()\n'}, [missing]],
    // Browsers do not ask for Markdown.
    [
      '[x](/parts/holder)',
      {'proxy.ts': `if (isMarkdownPreferred(request)) {\n  if (to) {\n    rewrite(to)\n  }\n}\n`},
      [missing],
    ],
    ['[x](/parts/holder)', {'proxy.ts': 'if (isOld(request)) {\n  rewrite(to)\n}\n'}, []],
  ])('%s with %j', async (text, more, messages) => {
    const found = messagesOf(await checkFolder(folder(content(text, more)), 'no-broken-link'))
    expect(found.filter((message) => !message.includes('(likely:'))).toEqual(messages)
  })

  it.each([
    ['[x](/parts/holder/)', []],
    [
      '[x](/parts/stand)',
      [
        'content/docs/(start)/index.mdx 3:5-3:17 Unexpected link to missing file `/parts/stand` (likely: all 12 other targets in /parts/ exist)',
      ],
    ],
  ])('%s is likely missing if the middleware does not name it', async (text, messages) => {
    const code = `const moved = {'/parts/holder': '/parts/lid'}
export const middleware = ({nextUrl: {pathname}}) => moved[pathname] && NextResponse.redirect(moved[pathname])
`
    const files = content(text, {'middleware.ts': code})
    expect(messagesOf(await checkFolder(folder(files), 'no-broken-link'))).toEqual(messages)
  })

  it.each<[from: string, url: string, more: Record<string, string>, messages: number]>([
    ['parts/lens.mdx', './own#one', {}, 0],
    ['parts/lens.mdx', './own#gone', {}, 1],
    ['parts/lens.mdx', 'own/#gone', {}, 1],
    // The URL of the page that contains the link ends in a slash or not.
    ['own.mdx', './parts/own#gone', {}, 1],
    ['parts.mdx', './own#gone', {}, 1],
    ['parts/index.mdx', './own#gone', {}, 1],
    ['parts/index.mdx', './own#gone', {'content/docs/own.mdx': '## Gone {/* #gone */}\n'}, 0],
    ['parts/lens.mdx', './nowhere#gone', {}, 0],
  ])(
    'has the page that one reading of a relative link leads to: %s, %s, %j',
    async (from, url, more, count) => {
      const own = {'content/docs/parts/own.mdx': '## One {/* #one */}\n'}
      const files = {...content('', {...own, ...more}), [`content/docs/${from}`]: `# Text\n\n[x](${url})\n`}
      const found = messagesOf(await checkFolder(folder(files), 'no-missing-anchor'))
      expect(found).toHaveLength(count)
      for (const message of found) expect(message).toContain('in `content/docs/parts/own.mdx`')
    },
  )

  it('is linked to without the folders in parentheses', async () => {
    const texts = content('')
    const pages = await pagesOf(texts)
    const context = {...contextOf(texts), page: (path: string) => pages.get(path)}
    const from = 'content/docs/parts/bulb.mdx'
    const {writeLink} = (await describeSites(context)).publish(context).of(from)
    const written = (to: string) => writeLink(to, '/x', from)?.url
    expect(written('content/docs/(start)/setup.mdx')).toBe('/setup')
    expect(written('content/docs/(start)/index.mdx')).toBe('/')
  })
})

describe('a link on a translated page of a Next.js site', () => {
  /** Pages that link to each other, by their paths in two languages. */
  const tree = (pathOf: (name: string, language: string) => string) => ({
    'next.config.js': 'export default {}\n',
    ...Object.fromEntries(
      ['en', 'fr'].flatMap((language) =>
        NAMES.map((name) => [
          pathOf(name, language),
          `## ${language === 'fr' ? 'Usage' : 'Use'}\n\n## Only ${language}\n\n[a](/docs/${name})\n`,
        ]),
      ),
    ),
  })
  const byEnding = (name: string, language: string) =>
    `content/docs/${name}${language === 'en' ? '' : `.${language}`}.mdx`
  const byFolder = (name: string, language: string) => `content/${language}/docs/${name}.mdx`

  it.each([
    ['/docs/lens', byEnding, 'fr'],
    ['/docs/lens#usage', byEnding, 'fr'],
    ['/docs/lens#gone', byEnding, 'fr'],
    // A site may show the default language as well.
    ['/docs/lens#only-en', byEnding, 'en'],
    ['/docs/lens', byFolder, 'fr'],
    ['/docs/lens#only-en', byFolder, 'en'],
  ])('%s leads to the page in its language', async (url, pathOf, language) => {
    const texts = {...tree(pathOf), [pathOf('new', 'fr')]: `[x](${url})\n`}
    const pages = await pagesOf(texts)
    const context = {...contextOf(texts), page: (path: string) => pages.get(path)}
    const from = pathOf('new', 'fr')
    const found = (await describeSites(context)).publish(context).of(from).resolve({url, kind: 'link'}, from)
    expect(found).toMatchObject({to: 'page', path: pathOf('lens', language)})
  })
})

describe('a Next.js site with folders of languages', () => {
  const languages = (more: Record<string, string> = {}) => ({
    'site/next.config.mjs': 'export default {}\n',
    ...Object.fromEntries(
      NAMES.slice(0, 5).flatMap((name) =>
        ['en', 'fr'].map((language) => [
          `site/pages/${language}/parts/${name}.md`,
          '# Part\n\n[a](/parts/bulb) [b](/parts/nope)\n',
        ]),
      ),
    ),
    'site/pages/en/parts/lid.md': '# Lid\n',
    ...more,
  })

  it('and no code publishes nothing but its pages', async () => {
    const messages = messagesOf(await checkFolder(folder(languages()), 'no-broken-link'))
    expect(messages).toHaveLength(10)
    expect(messages[0]).toBe(
      'site/pages/en/parts/bulb.md 3:22-3:33 Unexpected link to missing file `/parts/nope`',
    )
  })

  it('beside that of the content, which have pages of the same name', async () => {
    const more = {
      'site/redirects.mjs': '',
      'site/pages/fr/old/nope.md': '# Non\n',
      'site/pages/en/old/nope.md': '# No\n',
    }
    const many = Array.from({length: 50}, (_, index) => `[${index}](/parts/bulb)`).join(' ')
    const files = languages({...more, 'site/pages/en/parts/lid.md': `# Lid\n\n${many}\n`})
    const messages = messagesOf(await checkFolder(folder(files), 'no-broken-link'))
    expect(messages).toHaveLength(10)
    expect(messages.filter((message) => message.includes('(likely:'))).toEqual([])
  })

  it.each([
    // Code may redirect, or publish other pages.
    {'site/app/[locale]/[[...path]]/page.tsx': ''},
    {'site/redirects.mjs': ''},
    // Neither language has all pages of the other.
    {'site/pages/fr/parts/wire.md': '# Fil\n'},
  ])('may publish more with %j', async (more) => {
    expect(messagesOf(await checkFolder(folder(languages(more)), 'no-broken-link'))).toEqual([])
  })
})
