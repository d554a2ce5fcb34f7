import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {type DoubtReason, doubt} from '../src/site/doubts.ts'
import {AnchorEvidence} from '../src/site/evidence/anchor-evidence.ts'
import {LinkEvidence} from '../src/site/evidence/link-evidence.ts'
import {type LinkForm, placeOf, sectionAbove, sectionOf} from '../src/site/evidence/places.ts'
import {PublishedNames} from '../src/site/published-names.ts'
import type {AnchorDoubt, Evidence, MissingTarget} from '../src/site/types.ts'
import {amount} from './amount.ts'

/** The URLs of a site that publishes `docs/a/b.md` at `/guide/a/b/`. */
const urlsOf = (path: string): string[] =>
  path.startsWith('docs/') ? [`/guide/${path.slice(5).replace(/\.md$/, '')}/`] : []

describe('the place that a link names', () => {
  const place = (url: string, from = 'docs/use/start.md') => {
    const found = placeOf(url, from, urlsOf)
    return found && `${found.form} ${found.path}`
  }

  it.each([
    ['setup.md', 'source docs/use/setup.md'],
    ['./setup.md?plain=1#top', 'source docs/use/setup.md'],
    ['../Setup.MDX', 'source docs/Setup.MDX'],
    ['/docs/../setup.md', 'source /setup.md'],
    ['my%20page.md', 'source docs/use/my page.md'],
    ['../../../up.md', 'source ../up.md'],
  ])('is the path of a source for %s', (url, expected) => expect(place(url)).toBe(expected))

  it.each([
    ['img/a.png', 'asset docs/use/img/a.png'],
    ['/img/../a.svg', 'asset /a.svg'],
    ['data.tar.gz', 'asset docs/use/data.tar.gz'],
  ])('is the path of a file of another kind for %s', (url, expected) => expect(place(url)).toBe(expected))

  it.each([
    ['/guide/setup', '/guide/setup'],
    ['/guide/setup/', '/guide/setup'],
    ['/guide/setup/index.html', '/guide/setup'],
    ['/guide/setup.html#a', '/guide/setup'],
    ['/guide/setup/index', '/guide/setup'],
    ['/guide/./x/../setup', '/guide/setup'],
    ['/guide/v1.2/', '/guide/v1.2'],
    ['/index.html', '/'],
    ['/', '/'],
    // Relative to the URL of the page, which is a folder here.
    ['setup', '/guide/use/start/setup'],
    ['../setup/', '/guide/use/setup'],
    ['../../', '/guide'],
  ])('is a URL path for %s', (url, expected) => expect(place(url)).toBe(`url ${expected}`))

  it('is relative to the file where a page has no URL', () => {
    expect(place('other', 'notes/a.md')).toBe('url notes/other')
    expect(place('index.html', 'notes/a.md')).toBe('url notes')
  })

  it.each([
    '',
    '#top',
    '?a=b',
    'mailto:a@example.org',
    'https://example.org/guidebook/x',
    'https://example.com/',
    '//example.org/guide/',
    '{{ url }}',
    '/a/<b>',
  ])('does not exist for %j', (url) => expect(place(url)).toBeUndefined())

  it('is in a section, below others', () => {
    const sectionsOf = (path: string) => {
      const sections: string[] = []
      for (let at: string | undefined = sectionOf(path); at !== undefined; at = sectionAbove(at))
        sections.push(at)
      return sections
    }
    expect(sectionsOf('/a/b/c')).toEqual(['/a/b', '/a', '/'])
    expect(sectionsOf('a/b/c.md')).toEqual(['a/b', 'a', ''])
    expect(sectionsOf('/a')).toEqual(['/'])
    expect(sectionsOf('../a.md')).toEqual(['..', ''])
  })
})

/** A target: its path, whether it exists, and the pages that link to it. */
type Target = [path: string, exists: boolean, from?: string[]]

/** `count` targets in a section. */
const targets = (section: string, count: number, exists = true): Target[] =>
  Array.from({length: count}, (_, index) => [`${section}/${exists ? 'page' : 'gone'}-${index}`, exists])

function evidenceOf(list: readonly Target[], form: LinkForm = 'url'): LinkEvidence {
  const evidence = new LinkEvidence()
  for (const [path, exists, from = ['a.md']] of list)
    for (const page of from) evidence.add({form, path}, exists, page)
  return evidence
}

const PLUGIN = doubt('plugin-pages', 'the plugin x')

interface Asked {
  form?: LinkForm
  reason?: DoubtReason
  suggestion?: string
  evidence?: Evidence
}

/** The clause that refutes the doubt about a missing target, which a page links to. */
function refute(path: string, others: readonly Target[], asked: Asked = {}, from = ['a.md']) {
  const {form = 'url', reason, ...found} = asked
  const missing: MissingTarget = {to: 'missing', path, why: 'file', ...found}
  const evidence = evidenceOf([...others, [path, false, from]], form)
  return evidence.refute({form, path}, missing, reason ? doubt(reason) : PLUGIN)
}

describe('a doubt about a missing target', () => {
  it('is refuted by the other targets of the section', () => {
    expect(refute('/use/x', targets('/use', 118))).toBe('all 118 other targets in /use/ exist')
    expect(refute('use/x.md', targets('use', 9), {form: 'source'})).toBe('all 9 other targets in use/ exist')
    expect(refute('img/x.png', targets('img', 9), {form: 'asset'})).toBe('all 9 other targets in img/ exist')
  })

  it('is refuted if a tenth of the section is missing, and not if it is more', () => {
    const missing = targets('/use', 1, false)
    expect(refute('/use/x', [...targets('/use', 18), ...missing])).toBe('18 of 20 targets in /use/ exist')
    expect(refute('/use/x', [...targets('/use', 17), ...missing])).toBeUndefined()
  })

  it('is refuted by a URL that it misspells, unless many pages name it', () => {
    const urls = new PublishedNames([
      '/use/set-up/',
      '/use/set-up-more/',
      '/use/tools/',
      '/command-line.html',
    ])
    const refuteNear = (path: string, from = ['a.md']) =>
      evidenceOf([[path, false, from]]).refute(
        {form: 'url', path},
        {to: 'missing', path, why: 'file'},
        PLUGIN,
        {meantBy: (each) => urls.meantBy(each)},
      )
    expect(refuteNear('/use/sett-up')).toBe('/use/set-up exists')
    expect(refuteNear('/use/st-up')).toBe('/use/set-up exists')
    expect(refuteNear('/comand-line')).toBe('/command-line exists')
    expect(refuteNear('/use/tool')).toBeUndefined()
    expect(refuteNear('/other/sett-up')).toBeUndefined()
    expect(refuteNear('/use/else')).toBeUndefined()
    expect(refuteNear('/use/sett-up', ['a.md', 'b.md', 'c.md', 'd.md'])).toBeUndefined()
  })

  it('about a home that only links show needs less of the whole site', () => {
    const others = [...targets('/use', 3), ...targets('/api', 20)]
    expect(refute('/use/x', others)).toBeUndefined()
    expect(refute('/use/x', others, {reason: 'guessed-home'})).toBe('all 23 other targets on the site exist')
    expect(refute('/use/x', others, {reason: 'unignored-pages'})).toBeDefined()
    expect(refute('/use/x', others.slice(5), {reason: 'guessed-home'})).toBeUndefined()
    expect(refute('/x', others, {reason: 'guessed-home'})).toBeUndefined()
  })

  it('about an absolute URL in a folder with pages of the site needs less of the whole site', () => {
    const refuteUrl = (others: readonly Target[], isBesidePages: boolean) =>
      evidenceOf([...others, ['/use/x', false, ['a.md']]]).refute(
        {form: 'url', path: '/use/x'},
        {to: 'missing', path: '/use/x', why: 'file'},
        PLUGIN,
        {isBesidePages},
      )
    expect(refuteUrl(targets('/api', 20), true)).toBe('all 20 other targets on the site exist')
    expect(refuteUrl(targets('/api', 20), false)).toBeUndefined()
    expect(refuteUrl(targets('/api', 8), true)).toBeUndefined()
    expect(refuteUrl([...targets('/api', 60), ...targets('/use', 2, false)], true)).toBeUndefined()
  })

  it('needs less of the whole site for a URL beside published pages', () => {
    const others = [...targets('/use', 3), ...targets('/api', 20)]
    const refuteBeside = (path: string, count: number, more: readonly Target[] = []) =>
      evidenceOf([...others, ...more, [path, false]]).refute(
        {form: 'url', path},
        {to: 'missing', path, why: 'file'},
        PLUGIN,
        {countIn: (folder) => (folder === '/use' ? count : 0)},
      )
    expect(refuteBeside('/use/x', 3)).toBe('all 23 other targets on the site exist')
    expect(refuteBeside('/use/x', 2)).toBeUndefined()
    expect(refuteBeside('/use/x', 3, [['/use/y', false]])).toBeUndefined()
    expect(new PublishedNames(['/use/a/', '/use/a.html', '/use/b']).countIn('/use')).toBe(2)
  })

  it('about an image is tested by the other images, though it may be the only one in its folder', () => {
    const refuteImage = (path: string, images: number, pages: number, about = PLUGIN) => {
      const evidence = evidenceOf(targets('/use', pages))
      for (let index = 0; index < images; index++)
        evidence.add({form: 'asset', path: `docs/img/${index}.png`}, true, 'a.md')
      evidence.add({form: 'asset', path}, false, 'a.md')
      return evidence.refute({form: 'asset', path}, {to: 'missing', path, why: 'file'}, about)
    }
    // Another site on the host has images, too.
    for (const reason of ['host-shared', 'host-top', 'guessed-home'] as const)
      for (const path of ['/x.svg', '/art/x.png'])
        expect(refuteImage(path, 20, 20, doubt(reason))).toBeUndefined()
    expect(refuteImage('/art/x.png', 10, 0)).toBe('all 10 other targets on the site exist')
    expect(refuteImage('/x.svg', 10, 0)).toBe('all 10 other targets on the site exist')
    expect(refuteImage('/art/x.png', 2, 10)).toBe('all 12 other targets on the site exist')
    expect(refuteImage('/art/x.png', 2, 2)).toBeUndefined()
    expect(refuteImage('/art/x.js', 10, 100)).toBeUndefined()
  })

  it('about pages that git does not ignore is refuted by those that it ignores', () => {
    const reason = 'unignored-pages'
    expect(refute('/use/x', [], {reason})).toBe('git ignores the pages that the build generates')
    expect(refute('/x', [], {reason})).toBeUndefined()
    expect(refute('use/x.json', [], {reason, form: 'asset'})).toBeUndefined()
    expect(refute('/use/x', targets('/use', 2, false), {reason})).toBeUndefined()
  })

  it('is refuted by what is directly in the section, if that is enough to tell', () => {
    const below = [...targets('/use/api', 2), ...targets('/use/api', 9, false)]
    expect(refute('/use/x', [...targets('/use', 12), ...below])).toBe('all 12 other targets in /use/ exist')
    expect(refute('/use/x', [...targets('/use', 9), ...below])).toBeUndefined()
  })

  it('is tested by posts of any date', () => {
    const posts: Target[] = Array.from({length: 12}, (_, day) => [`/blog/2024/02/${day + 10}/post`, true])
    expect(refute('/blog/2025/1/2/x', posts)).toBe('all 12 other targets in /blog/*/*/*/ exist')
    expect(refute('/blog/v1/02/10/x', posts)).toBeUndefined()
  })

  it('is not refuted by targets of another form or section', () => {
    const others = [...targets('/api', 50), ...targets('/use', 5), ...targets('/use', 5, false)]
    expect(refute('/use/x', others)).toBeUndefined()
    const evidence = evidenceOf(targets('use', 20), 'source')
    evidence.add({form: 'asset', path: 'use/x.css'}, false, 'a.md')
    const missing: MissingTarget = {to: 'missing', path: 'use/x.css', why: 'file'}
    expect(evidence.refute({form: 'asset', path: 'use/x.css'}, missing, PLUGIN)).toBeUndefined()
  })

  it('is tested by the section above where a section is small', () => {
    const small = targets('/a/use', 3)
    expect(refute('/a/use/x', small)).toBeUndefined()
    expect(refute('/a/use/x', [...small, ...targets('/a', 5)])).toBeUndefined()
    expect(refute('/a/use/x', [...small, ...targets('/a', 6)])).toBe('all 9 other targets in /a/ exist')
    // The whole site says less about a section, unless a similar target exists.
    expect(refute('/a/use/x', [...small, ...targets('/b', 45)])).toBeUndefined()
    expect(refute('/a/use/x', [...small, ...targets('/b', 46)])).toBe(
      'all 49 other targets on the site exist',
    )
    expect(refute('/a/use/x', [...small, ...targets('/b', 6)], {suggestion: 'b/x.md'})).toBe(
      'all 9 other targets on the site exist',
    )
    expect(refute('a/use/x', targets('b', 43).concat(targets('a/use', 6)), {form: 'source'})).toBe(
      'all 49 other targets on the site exist',
    )
  })

  it('is tested without the sections that come from elsewhere, since most of their targets are missing', () => {
    const small = targets('/a/use', 3)
    const api = [...targets('/a/api', 2), ...targets('/a/api', 5, false)]
    expect(refute('/a/use/x', [...small, ...targets('/a', 6), ...api])).toBe(
      'all 9 other targets in /a/ exist',
    )
    const equal = [...targets('/a/api', 2), ...targets('/a/api', 2, false)]
    expect(refute('/a/use/x', [...small, ...targets('/a', 6), ...equal])).toBeUndefined()
    // Nothing is known of what comes from elsewhere.
    expect(refute('/a/api/x', [...targets('/a', 60), ...api], {suggestion: 'a/y.md'})).toBeUndefined()
    expect(refute('/a/api/v1/x', [...targets('/a/api/v1', 3), ...targets('/b', 60), ...api])).toBeUndefined()
  })

  it('is not refuted where several targets of a small section are missing together', () => {
    const site = targets('/b', 300)
    const pair = [...targets('/use', 4), ...targets('/use', 1, false)]
    expect(refute('/use/x', [...site, ...pair])).toBe('304 of 306 targets on the site exist')
    expect(refute('/use/x', [...site, ...pair, ...targets('/use', 2, false)])).toBeUndefined()
  })

  it('is not refuted where others directly beside it are missing, whatever is below', () => {
    const sites: Target[] = ['x', 'y', 'z', 'hub', 'xet'].map((name) => [`/docs/${name}`, name.length > 1])
    const others = [...targets('/docs/hub', 100), ...sites]
    expect(refute('/docs/trl', others)).toBeUndefined()
    expect(refute('/docs/trl', targets('/docs/hub', 100))).toBe('all 100 other targets in /docs/ exist')
  })

  it('is not refuted for the start of a section that comes from elsewhere', () => {
    const others = [...targets('/docs/hub', 100), ...targets('/docs/trl', 3, false)]
    expect(refute('/docs/trl', others)).toBeUndefined()
  })

  it('is not refuted where few targets are known', () => {
    expect(refute('/use/x', targets('/use', 3))).toBeUndefined()
    expect(refute('/use/x', targets('/use', 8))).toBeUndefined()
  })

  it('is not refuted where nothing of a section exists, unless a target is similar', () => {
    const others = targets('/guide', 40)
    expect(refute('/api/x', others)).toBeUndefined()
    expect(refute('/api/x', others, {suggestion: 'guide/x.md'})).toBe(
      'all 40 other targets on the site exist',
    )
    // A program owns a section in which several are missing.
    const owned = [...others, ...targets('/api', 1, false)]
    expect(refute('/api/x', owned, {suggestion: 'guide/x.md'})).toBeUndefined()
  })

  it('is not refuted beside folders of the site among which others are missing', () => {
    const sites = [...targets('/docs/lamps', 40), ...targets('/docs', 1), ...targets('/docs', 2, false)]
    expect(refute('/docs/chairs', sites)).toBeUndefined()
    expect(refute('/docs/chairs', sites, {suggestion: 'docs/lamps/chairs.md'})).toBeUndefined()
    expect(refute('/docs/lamps/x', sites)).toBe('all 40 other targets in /docs/lamps/ exist')
  })

  it('is not refuted where most of a section is missing', () => {
    const section = [...targets('/api', 2), ...targets('/api', 3, false)]
    expect(refute('/api/x', [...section, ...targets('/guide', 100)])).toBeUndefined()
  })

  it('is not refuted where more pages link to the target than others are beside it, unless one is similar', () => {
    const from = ['a.md', 'b.md', 'c.md', 'd.md']
    const others = [...targets('/use', 4), ...targets('/api', 60)]
    const all = 'all 64 other targets on the site exist'
    expect(refute('/use/x', others, {}, from.slice(0, 3))).toBe(all)
    expect(refute('/use/x', others, {}, from)).toBeUndefined()
    expect(refute('/use/x', others, {suggestion: 'use/y.md'}, from)).toBe(all)
    // As if a page was removed.
    expect(refute('/use/x', targets('/use', 12), {}, from)).toBe('all 12 other targets in /use/ exist')
    const more = Array.from({length: 12}, (_, index) => `${index}.md`)
    expect(refute('/use/x', targets('/use', 12), {}, more)).toBeUndefined()
  })

  it('counts translations of a page once, and the index pages of several folders each', () => {
    const languages = ['de', 'en', 'fr', 'ja', 'zh']
    const pages = (name: string) => languages.map((language) => `${language}/${name}`)
    const others = [...targets('/use', 4), ...targets('/api', 60)]
    expect(refute('/use/x', others, {}, pages('start.md'))).toBeDefined()
    expect(refute('/use/x', others, {}, pages('start/index.md'))).toBeDefined()
    const endings = ['start.mdx', 'start.de.mdx', 'start.pt-br.mdx', 'start.zh-hant.mdx', 'start.ja.mdx']
    expect(refute('/use/x', others, {}, endings)).toBeDefined()
    expect(
      refute('/use/x', others, {}, ['a/index.md', 'b/_index.md', 'c/README.md', 'd/index.mdx']),
    ).toBeUndefined()
  })

  it('stays for names at the top of a site, but not for files beside the page', () => {
    const top: Target[] = targets('', 20).map(([path, exists]) => [path.replace(/^\/?/, '/'), exists])
    expect(refute('/search', top)).toBeUndefined()
    expect(refute('/serch', top, {suggestion: 'search.md'})).toBe('search.md exists')
    const files: Target[] = targets('', 20).map(([path, exists]) => [`${path.slice(1)}.md`, exists])
    expect(refute('x.md', files, {form: 'source'})).toBe('all 20 other targets on the site exist')
  })

  it('stays if no evidence counts', () => {
    expect(refute('/use/x', targets('/use', 20), {reason: 'git-ignored'})).toBeUndefined()
  })

  it('counts a target once, however it is spelled and wherever it is linked', () => {
    const evidence = new LinkEvidence()
    for (const url of ['/guide/use/a', '/guide/use/a/', '../a/', '/guide/use/a.html'])
      evidence.add(placeOf(url, 'docs/use/start.md', urlsOf)!, true, 'docs/use/start.md')
    expect(evidence.sections()).toEqual([
      {form: 'url', section: '/guide/use', found: 1, missing: 0},
      {form: 'url', section: '/guide', found: 1, missing: 0},
      {form: 'url', section: '/', found: 1, missing: 0},
    ])
  })

  it('ends with a path of many segments', () => {
    expect(refute(`${'/a'.repeat(100_000)}/x`, targets('/a', 20))).toBeUndefined()
  })
})

/** Missing or existing targets in a few sections. */
const anyTargets = fc.array(
  fc.tuple(
    fc.constantFrom('/use', '/use/more', '/api', ''),
    fc.nat(30),
    fc.oneof({weight: 8, arbitrary: fc.constant(true)}, {weight: 1, arbitrary: fc.constant(false)}),
    fc.constantFrom('a.md', 'b.md', 'de/a.md', 'c/index.md'),
  ),
  {maxLength: 80},
)

const asTargets = (list: readonly (readonly [string, number, boolean, string])[]): Target[] =>
  list.map(([section, number, exists, from]) => [`${section}/${number}`, exists, [from]])

describe('evidence from links', () => {
  it('does not depend on their order', () => {
    fc.assert(
      fc.property(anyTargets, fc.infiniteStream(fc.nat()), (list, numbers) => {
        const shuffled = list
          .map((each) => [numbers.next().value, each] as const)
          .sort(([a], [b]) => a - b)
          .map(([, each]) => each)
        const missing = list.filter(([, , exists]) => !exists)
        const answers = [list, shuffled].map((each) => {
          const evidence = evidenceOf(asTargets(each))
          return asTargets(missing).map(([path]) =>
            evidence.refute({form: 'url', path}, {to: 'missing', path, why: 'file'}, PLUGIN),
          )
        })
        expect(answers[0]).toEqual(answers[1])
      }),
      {numRuns: amount(300)},
    )
  })

  it('refutes no less if more targets of a section that speaks for itself exist', () => {
    fc.assert(
      fc.property(anyTargets, fc.nat(200), (list, more) => {
        const others = asTargets(list)
        const path = '/use/x'
        const evidence = evidenceOf([...others, [path, false]])
        const counts = evidence.sections().find(({section}) => section === '/use')!
        if (counts.found + counts.missing < 10) return
        const before = refute(path, others)
        const after = refute(path, [...others, ...targets('/use', more)])
        if (before !== undefined) expect(after).toBeDefined()
      }),
      {numRuns: amount(300)},
    )
  })

  it('refutes no more if more targets are missing', () => {
    fc.assert(
      fc.property(anyTargets, fc.nat(20), (list, more) => {
        const others = asTargets(list)
        const before = refute('/use/x', others)
        const after = refute('/use/x', [...others, ...targets('/use', more, false)])
        if (before === undefined) expect(after).toBeUndefined()
      }),
      {numRuns: amount(300)},
    )
  })
})

const COMPONENT = doubt('content-ids', '<Tabs>')
const OTHER = doubt('content-ids', '<Steps>')
const HOOK = doubt('plugin-ids', 'a hook')

/** Evidence from fragments of pages, with the doubts about each page. */
function anchorEvidence(
  pages: readonly [path: string, doubts: (typeof COMPONENT)[], found: number, missing?: number][],
): AnchorEvidence {
  const evidence = new AnchorEvidence()
  for (const [path, doubts, found, missing = 0] of pages) {
    for (let at = 0; at < found; at++) evidence.add(path, `id-${at}`, true, 'from.md', doubts)
    for (let at = 0; at < missing; at++) evidence.add(path, `gone-${at}`, false, 'from.md', doubts)
  }
  return evidence
}

describe('a doubt about a missing fragment', () => {
  const refuted = (evidence: AnchorEvidence, doubts = [COMPONENT], isLike = false, from = ['b.md']) => {
    for (const page of from) evidence.add('a.md', 'x', false, page, doubts)
    return evidence.refute('a.md', 'x', doubts, isLike ? 'y' : undefined)
  }

  it('is refuted by the other fragments of pages with the same cause', () => {
    expect(refuted(anchorEvidence([['a.md', [COMPONENT], 10]]))).toBe(
      '<Tabs> may add ids, but all 10 other fragments on such pages exist',
    )
    expect(refuted(anchorEvidence([['a.md', [COMPONENT], 18, 1]]))).toBe(
      '<Tabs> may add ids, but 18 of 20 fragments on such pages exist',
    )
    const pages = (found: number): Parameters<typeof anchorEvidence>[0] => [
      ['a.md', [COMPONENT], 2],
      ['b.md', [COMPONENT], found],
    ]
    expect(refuted(anchorEvidence(pages(8)))).toBe(
      '<Tabs> may add ids, but all 10 other fragments on such pages exist',
    )
    expect(refuted(anchorEvidence(pages(7)))).toBeUndefined()
  })

  it('stays if more than a tenth is missing, or little is known', () => {
    expect(refuted(anchorEvidence([['a.md', [COMPONENT], 17, 1]]))).toBeUndefined()
    expect(refuted(anchorEvidence([['a.md', [COMPONENT], 3]]))).toBeUndefined()
  })

  it('is refuted by pages with the same kind of cause only if an id is similar', () => {
    const evidence = () =>
      anchorEvidence([
        ['a.md', [COMPONENT], 2],
        ['b.md', [OTHER], 30],
      ])
    expect(refuted(evidence())).toBeUndefined()
    expect(refuted(evidence(), [COMPONENT], true)).toBe(
      'components, includes or templates may add ids, but all 32 other fragments on such pages exist',
    )
    // The component itself speaks against it.
    const owned = anchorEvidence([
      ['a.md', [COMPONENT], 2],
      ['b.md', [COMPONENT], 4, 4],
      ['c.md', [OTHER], 300],
    ])
    expect(refuted(owned, [COMPONENT], true)).toBeUndefined()
  })

  it('stays where no fragment of the page exists, or none like this, unless an id is similar', () => {
    const others = () => anchorEvidence([['b.md', [COMPONENT], 30]])
    expect(refuted(others())).toBeUndefined()
    expect(refuted(others(), [COMPONENT], true)).toBe(
      '<Tabs> may add ids, but all 30 other fragments on such pages exist',
    )
    const evidence = anchorEvidence([['a.md', [COMPONENT], 30]])
    for (const [fragment, isLikeSlug] of [
      ['module.Class', false],
      ['+option', false],
      ['große-änderung_2', true],
    ] as const) {
      evidence.add('a.md', fragment, false, 'b.md', [COMPONENT])
      expect(evidence.refute('a.md', fragment, [COMPONENT], undefined) !== undefined).toBe(isLikeSlug)
    }
  })

  it('about a layout needs no fragment of the page that exists', () => {
    const layout = [doubt('layout-ids', 'of its collection')]
    const others = (...doubts: (typeof COMPONENT)[]) => anchorEvidence([['b.md', doubts, 30]])
    expect(refuted(others(...layout), layout)).toBe(
      'the layout of its collection may add ids, but all 30 other fragments on such pages exist',
    )
    expect(refuted(others(...layout, COMPONENT), [...layout, COMPONENT])).toBeUndefined()
  })

  it('is refuted by an id that differs in one letter, but not in a number or an ending', () => {
    const evidence = () => anchorEvidence([['a.md', [COMPONENT], 1]])
    const refute = (fragment: string, similar: string, doubts: readonly AnchorDoubt[] = [COMPONENT]) => {
      const all = evidence()
      all.add('a.md', fragment, false, 'b.md', doubts)
      return all.refute('a.md', fragment, doubts, similar)
    }
    expect(refute('instal-it', 'install-it')).toBe('the page has #install-it')
    expect(refute('middlewaree', 'middleware')).toBe('the page has #middleware')
    // Whatever a component shows beside it.
    const content: AnchorDoubt = doubt('component-content', '<Api>')
    expect(refute('overriden-types', 'overridden-types', [content])).toBe('the page has #overridden-types')
    expect(refute('other-types', 'overridden-types', [content])).toBeUndefined()
    expect(refute('step-1', 'step-2')).toBeUndefined()
    expect(refute('permission', 'permissions')).toBeUndefined()
    expect(refute('abc', 'abd')).toBeUndefined()
    expect(refute('a--b-c', 'a-b-c', [{...COMPONENT, covers: () => true}])).toBeUndefined()
  })

  it('is refuted in a section although it is not on the whole site', () => {
    const pages: Parameters<typeof anchorEvidence>[0] = [
      ['docs/a.md', [COMPONENT], 12],
      ['docs/de/a.md', [COMPONENT], 10, 10],
    ]
    const evidence = anchorEvidence(pages)
    for (const [path, expected] of [
      ['docs/a.md', undefined],
      ['docs/de/a.md', undefined],
    ] as const) {
      evidence.add(path, 'x', false, 'b.md', [COMPONENT])
      expect(evidence.refute(path, 'x', [COMPONENT], undefined)).toBe(expected)
    }
    const apart = anchorEvidence([['docs/en/a.md', [COMPONENT], 12], pages[1]!])
    apart.add('docs/en/a.md', 'x', false, 'b.md', [COMPONENT])
    expect(apart.refute('docs/en/a.md', 'x', [COMPONENT], undefined)).toBe(
      '<Tabs> may add ids, but all 12 other fragments on such pages in docs/en/ exist',
    )
  })

  it('is not confirmed by fragments that a translation of the page has', () => {
    const counted = (others: readonly string[]) => {
      const evidence = anchorEvidence([['docs/en/a.md', [COMPONENT], 10]])
      for (const path of others)
        for (const at of [1, 2, 3]) evidence.add(path, `id-${at}`, false, path, [COMPONENT])
      evidence.add('docs/en/b.md', 'id-1', true, 'b.md', [COMPONENT])
      evidence.add('docs/en/b.md', 'x', false, 'b.md', [COMPONENT])
      return evidence.refute('docs/en/b.md', 'x', [COMPONENT], undefined)
    }
    expect(counted(['docs/de/a.md', 'docs/fr/a.md'])).toBe(
      '<Tabs> may add ids, but all 11 other fragments on such pages in docs/en/ exist',
    )
    expect(counted(['docs/en/c.md'])).toBeUndefined()
  })

  it('about fragments like slugs is not confirmed by others', () => {
    const evidence = anchorEvidence([['a.md', [HOOK], 10]])
    for (const at of [1, 2, 3, 4]) evidence.add('b.md', `config.${at}`, false, 'b.md', [HOOK])
    evidence.add('a.md', '#like-this', false, 'b.md', [HOOK])
    expect(evidence.refute('a.md', '#like-this', [HOOK], 'like-this-one')).toContain('all 10 other fragments')
    evidence.add('a.md', 'config.5', false, 'b.md', [HOOK])
    expect(evidence.refute('a.md', 'config.5', [HOOK], 'config.6')).toBeUndefined()
  })

  it('is not confirmed by fragments that a doubt about some of them explains', () => {
    const evidence = anchorEvidence([['a.md', [COMPONENT], 10]])
    const narrow: AnchorDoubt = {...doubt('template-heading', 'Use {{ name }}'), covers: () => true}
    for (const fragment of ['use-a', 'use-b'])
      evidence.add('a.md', fragment, false, 'b.md', [COMPONENT, narrow])
    expect(refuted(evidence)).toBe('<Tabs> may add ids, but all 10 other fragments on such pages exist')
  })

  it('about all pages is not confirmed by fragments that the content of a page explains', () => {
    const evidence = anchorEvidence([
      ['a.md', [HOOK], 10],
      ['b.md', [HOOK, doubt('included-elsewhere')], 0, 10],
    ])
    expect(refuted(evidence, [HOOK])).toBe(
      'a hook may add or change ids, but all 10 other fragments on such pages exist',
    )
    expect(refuted(anchorEvidence([['b.md', [HOOK], 10, 10]]), [HOOK])).toBeUndefined()
  })

  it('about how headings get their ids needs no fragment of the page that exists', () => {
    const doubts = [doubt('unknown-reader')]
    expect(refuted(anchorEvidence([['b.md', doubts, 10]]), doubts)).toBeDefined()
  })

  it('is not confirmed by absolute URLs below a home that only links show', () => {
    const evidence = anchorEvidence([['a.md', [COMPONENT], 10]])
    for (const fragment of ['gone-a', 'gone-b'])
      evidence.add('a.md', fragment, false, 'b.md', [doubt('guessed-home'), COMPONENT])
    expect(refuted(evidence)).toBe('<Tabs> may add ids, but all 10 other fragments on such pages exist')
  })

  it('about the ids of headings stays where an id may be of the same heading', () => {
    const doubts = [doubt('id-setting')]
    const evidence = anchorEvidence([['a.md', doubts, 30]])
    const isRefuted = (fragment: string, similar: string) => {
      evidence.add('a.md', fragment, false, 'b.md', doubts)
      return evidence.refute('a.md', fragment, doubts, similar) !== undefined
    }
    expect(isRefuted('coroutines-1-5', 'coroutines-15')).toBe(false)
    expect(isRefuted('theme', 'theme---required')).toBe(false)
    expect(isRefuted('themes', 'theme-colors')).toBe(true)
  })

  it('stays unless every cause is refuted', () => {
    const both = [COMPONENT, HOOK]
    const pages: Parameters<typeof anchorEvidence>[0] = [
      ['a.md', both, 2],
      ['b.md', [COMPONENT], 30],
    ]
    expect(refuted(anchorEvidence(pages), both)).toBeUndefined()
    expect(refuted(anchorEvidence([...pages, ['c.md', [HOOK], 30]]), both)).toBe(
      '<Tabs> may add ids, but all 32 other fragments on such pages exist',
    )
    expect(refuted(anchorEvidence([...pages, ['c.md', [HOOK], 3, 30]]), both)).toBeUndefined()
  })

  it('stays where most fragments of the page are missing', () => {
    const pages: Parameters<typeof anchorEvidence>[0] = [
      ['a.md', [COMPONENT], 2, 3],
      ['b.md', [COMPONENT], 300],
    ]
    expect(refuted(anchorEvidence(pages))).toBeUndefined()
  })

  it('stays where pages of four names use the fragment, unless an id is similar', () => {
    const from = ['b.md', 'c.md', 'd.md', 'e.md']
    const evidence = () => anchorEvidence([['a.md', [COMPONENT], 20]])
    expect(refuted(evidence(), [COMPONENT], false, from.slice(1))).toBeDefined()
    expect(refuted(evidence(), [COMPONENT], false, from)).toBeUndefined()
    expect(refuted(evidence(), [COMPONENT], true, from)).toBeDefined()
    expect(refuted(evidence(), [COMPONENT], false, ['de/b.md', 'fr/b.md', 'ja/b.md', 'b.md'])).toBeDefined()
  })

  it('stays if no evidence counts', () => {
    const doubts = [doubt('too-slow')]
    expect(refuted(anchorEvidence([['a.md', doubts, 20]]), doubts)).toBeUndefined()
  })

  it('does not depend on the order of links', () => {
    const fragments = fc.array(fc.tuple(fc.constantFrom('a.md', 'b.md'), fc.nat(30), fc.boolean()), {
      maxLength: 60,
    })
    fc.assert(
      fc.property(fragments, (list) => {
        const answers = [list, [...list].reverse()].map((each) => {
          const evidence = new AnchorEvidence()
          for (const [path, id, exists] of each)
            evidence.add(path, `id-${id}`, exists || id % 8 !== 0, 'c.md', [COMPONENT])
          return refuted(evidence)
        })
        expect(answers[0]).toBe(answers[1])
      }),
      {numRuns: amount(200)},
    )
  })
})
