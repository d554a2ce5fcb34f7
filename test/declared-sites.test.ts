import {spawnSync} from 'node:child_process'
import {readFileSync} from 'node:fs'
import {describe, expect, expectTypeOf, it} from 'vitest'
import {routesSchema, type SiteConfig, siteSchema} from '../src/config/site-schema.ts'
import type {DescribedRoutes, Description, IdRule} from '../src/site/description.ts'
import {doccheck, folder} from './run-doccheck.ts'

/** The targets that a run with these sites in the configuration reports, by file. */
async function reported(sites: unknown, files: Record<string, string>): Promise<Record<string, string[]>> {
  const root = folder({...files, '.doccheckrc.json': JSON.stringify({sites})})
  const {out, err} = await doccheck(root, ['--offline', '--reporter', 'json'])
  expect(err).toBe('')
  const pages = JSON.parse(out) as {path: string; messages: {target: {file: string; name?: string}}[]}[]
  return Object.fromEntries(
    pages
      .filter(({messages}) => messages.length > 0)
      .map(({path, messages}) => [
        path,
        messages.map(({target: {file, name}}) => (name === undefined ? file : `${file}#${name}`)),
      ]),
  )
}

const mkdocs = {'mkdocs.yml': 'site_name: x\nsite_url: https://a.test/docs/\n'}

it('has the keys of a description in the configuration', () => {
  expectTypeOf<keyof SiteConfig>().toEqualTypeOf<keyof Description>()
  expectTypeOf<NonNullable<SiteConfig['ids']>>().toEqualTypeOf<IdRule | IdRule[]>()
  expectTypeOf<keyof NonNullable<SiteConfig['routes']>>().toEqualTypeOf<keyof DescribedRoutes>()
  expectTypeOf<NonNullable<SiteConfig['routes']>>().toExtend<DescribedRoutes>()
})

describe('mistakes in sites are one line with the key', () => {
  it.each([
    [{root: '.'}, /"sites" must be a list of sites/],
    [[{}], /"sites\[0\]\.root" is missing/],
    [[{root: '.', contents: 'docs'}], /Unknown key "sites\[0\]\.contents"\. Did you mean "content"\?/],
    [[{root: '/docs'}], /"sites\[0\]\.root" is "\/docs"\. Expected a relative path/],
    [[{root: '../x'}], /"sites\[0\]\.root" leads out of the tree/],
    [[{root: '.', content: '../x'}], /"sites\[0\]\.content" leads out of the tree/],
    [[{root: '.', content: 1}], /"sites\[0\]\.content" must be a folder, a list of folders, or an object/],
    [
      [{root: '.', content: {docs: 'x'}}],
      /"sites\[0\]\.content\.docs" is "x"\. Expected a URL path that begins/,
    ],
    [[{root: '.', platform: 'jekyl'}], /"sites\[0\]\.platform" is "jekyl"\. Did you mean "jekyll"\?/],
    [
      [{root: '.', ids: 'github-sluger'}],
      /"sites\[0\]\.ids" is "github-sluger"\. Did you mean "github-slugger"\?/,
    ],
    [
      [{root: '.', routes: {ending: 'html'}}],
      /"sites\[0\]\.routes\.ending" is "html"\. Did you mean "\.html"\?/,
    ],
    [[{root: '.', routes: {indx: []}}], /Unknown key "sites\[0\]\.routes\.indx"\. Did you mean "index"\?/],
    [[{root: '.', home: 'a.test'}], /"sites\[0\]\.home" must be the URL of the site/],
    [
      [{root: '.', home: 'https://a.test/x', base: '/y'}],
      /"sites\[0\]\.base" is "\/y", but the path of "home" is "\/x"/,
    ],
    [[{root: '.', generated: '/api/*'}], /"sites\[0\]\.generated" must be a list of URL paths/],
    [[{root: '.', generated: ['api/*']}], /"sites\[0\]\.generated\[0\]" is "api\/\*"\. Expected a URL path/],
    [[{root: '.', redirects: {'/a': 'b'}}], /"sites\[0\]\.redirects\.\/a" is "b"\. Expected a URL path/],
    [[{root: '.'}, {root: './'}], /"sites\[1\]" has the same root as "sites\[0\]"/],
    [
      [{root: '.', content: 'docs'}],
      /"content" cannot be set for the site "\." in "sites": doccheck reads it from mkdocs\.yml, by the rules of mkdocs\. Set "platform" to "other"/,
    ],
  ])('%j', async (sites, line) => {
    const root = folder({...mkdocs, 'docs/a.md': '# A\n', '.doccheckrc.json': JSON.stringify({sites})})
    const {code, err} = await doccheck(root, ['--offline'])
    expect(err).toMatch(line)
    expect(err.trimEnd().split('\n')).toHaveLength(1)
    expect(code).toBe(2)
  })
})

describe('the docs', () => {
  const docs = readFileSync('docs/sites.md', 'utf8')
  const example = /```yaml\n(sites:\n[\s\S]*?)```/.exec(docs)![1]!

  it('show a configuration that does what they say', async () => {
    const files = {
      'mkdocs.yml': 'site_name: x\n',
      'docs/a.md': '# A\n\n[r](reference/x.md) [gone](gone.md)\n',
      'web/src/pages/2.use.md':
        '# Use\n\n[post](/docs/blog/first/) ![logo](/docs/logo.png) [self](/docs/use/#use)\n',
      'web/posts/first.md': '# First\n',
      'web/public/logo.png': '',
    }
    const root = folder({...files, '.doccheckrc.yaml': example})
    const {out} = await doccheck(root, ['--offline'])
    expect(out.match(/Unexpected link.*/g)).toEqual([expect.stringContaining('`gone.md`')])
    expect(out).not.toContain('not judged')
    expect((await doccheck(root, ['sites', '--json'])).out).toContain('"dropsNumbers": true')
  })

  it('name every key', () => {
    const rows = docs.match(/^\| `.*/gm)!.join('\n')
    for (const key of [
      ...Object.keys(siteSchema.pipe[1].entries),
      ...Object.keys(routesSchema.pipe[1].entries),
    ])
      if (key !== 'root') expect(rows).toContain(`\`${key}\``)
  })
})

describe('a site whose platform is detected', () => {
  const pages = {
    '.vitepress/config.js': "export default {base: '/docs/'}\n",
    'index.md': '# Home\n\n[a](/api/x) [b](/old/b) [c](/gone) [d](./api/y.md)\n',
    'guide/setup.md': '# S\n\n[a](../api/y.md) [b](../old/b) [c](../gone)\n',
    'new/b.md': '# B\n',
  }

  it('misses nothing that is generated, and follows declared redirects', async () => {
    expect(await reported([{root: '.'}], pages)).toEqual({
      'guide/setup.md': ['api/y.md', 'old/b.md', 'gone.md'],
      'index.md': ['api/x.md', 'old/b.md', 'gone.md', 'api/y.md'],
    })
    const sites = [{root: '.', generated: ['/api/*'], redirects: {'/old/*': '/docs/new/:splat'}}]
    expect(await reported(sites, pages)).toEqual({'guide/setup.md': ['gone.md'], 'index.md': ['gone.md']})
  })

  it('generates sources of pages, too', async () => {
    const files = {...mkdocs, 'docs/guide/a.md': '# A\n\n[x](../api/x.md) [y](../apis/y.md)\n'}
    expect(await reported([{root: '.', generated: ['/api/*']}], files)).toEqual({
      'docs/guide/a.md': ['docs/apis/y.md'],
    })
  })

  it('keeps the redirects of files beside those that are declared', async () => {
    const files = {...pages, _redirects: '/old/b /docs/new/b\n'}
    const sites = [{root: '.', generated: ['/api/y', '/api/x'], redirects: {'/gone': 'https://b.test'}}]
    expect(await reported(sites, files)).toEqual({})
  })
})

describe('a site that is not detected', () => {
  it('has the platform that is declared, in the folder of its root only', async () => {
    const files = {
      'web/a.md': '---\n---\n\n# A\n\n[b](/b/) [c](/c/)\n',
      'web/b.md': '---\npermalink: /b/\n---\n\n# B\n',
      'README.md': '[web](web/gone.md)\n',
    }
    const sites = [{root: 'web', platform: 'jekyll'}]
    const root = folder({...files, '.doccheckrc.json': JSON.stringify({sites})})
    expect((await doccheck(root, ['sites'])).out.split('\n').slice(0, 2)).toEqual([
      '.    github  1 page   no other platform is detected',
      'web  jekyll  2 pages  the configuration declares it',
    ])
    expect(await reported(sites, files)).toEqual({'README.md': ['web/gone.md'], 'web/a.md': ['web/c']})
  })

  it('replaces one that is detected, but for --site', async () => {
    const root = folder({
      ...mkdocs,
      'docs/a.md': '# A\n',
      '.doccheckrc.yaml': 'sites:\n  - root: .\n    platform: github\n',
    })
    const listed = async (...words: string[]) =>
      (await doccheck(root, ['sites', ...words])).out.split('\n', 1)[0]
    expect(await listed()).toBe('.  github  1 page  the configuration declares it')
    expect(await listed('--site', 'mkdocs')).toBe('.  mkdocs  1 page  mkdocs.yml exists')
  })

  it('has a root relative to the folder of the configuration', async () => {
    const root = folder({
      'sub/.doccheckrc.yaml': 'sites: [{root: web, platform: jekyll}]\n',
      'sub/web/a.md': '# A\n',
    })
    spawnSync('git', ['init', '-q', root])
    expect((await doccheck(`${root}/sub`, ['sites'])).out).toMatch(/^sub\/web +jekyll +1 page/)
  })

  it('follows from its description', async () => {
    const files = {
      'package.json': '{}',
      'README.md': '# R\n\n[s](src/content/start.md) [g](gone.md)\n',
      'src/content/1.start.md':
        '# Start\n\n[a](/docs/guide/setup) [b](/docs/guide/gone) [c](#start) [d](#stop)\n',
      'src/content/2.guide/1.setup.md':
        '# Set up\n\n![x](/docs/x.png) ![y](/docs/y.png) [s](../start#start)\n',
      'public/x.png': '',
    }
    const site = {
      root: '.',
      content: {'src/content': '/'},
      assets: 'public',
      base: '/docs',
      routes: {dropsNumbers: true},
      ids: 'github-slugger',
      complete: true,
    }
    expect(await reported([site], files)).toEqual({
      'README.md': ['src/content/start.md', 'gone.md'],
      'src/content/1.start.md': ['src/content/guide/gone.md', 'src/content/1.start.md#stop'],
      'src/content/2.guide/1.setup.md': ['public/y.png'],
    })
  })
})

describe('doubts about further pages', () => {
  /** The broken links, and how many links are not judged, and why. */
  async function summaryOf(sites: unknown, files: Record<string, string>): Promise<string[]> {
    const root = folder({...files, '.doccheckrc.json': JSON.stringify({sites})})
    const {out} = await doccheck(root, ['--offline'])
    return out.split('\n').filter((line) => /^\d+ links not judged|\[no-broken-link\]$/.test(line))
  }
  const files = {
    'mkdocs.yml': 'site_name: x\nplugins: [search, adds-pages]\n',
    'docs/a.md': '# A\n\n[b](b.md) [c](c.md) [d](gen/d.md)\n',
  }

  it('are closed by a site that is complete, but for what is generated', async () => {
    expect(await summaryOf([{root: '.'}], files)).toEqual([
      '3 links not judged: the plugin adds-pages may add pages or files',
    ])
    expect(await summaryOf([{root: '.', generated: ['/gen/*']}], files)).toEqual([
      '2 links not judged: the plugin adds-pages may add pages or files',
    ])
    expect(await summaryOf([{root: '.', generated: ['/gen/*'], complete: true}], files)).toEqual([
      expect.stringMatching(/^docs\/a\.md:3:5 +error .*`b\.md`/),
      expect.stringMatching(/^docs\/a\.md:3:15 +error .*`c\.md`/),
    ])
  })

  it('are counted by --max-unknown', async () => {
    const run = async (most: string, config = {}) => {
      const root = folder({...files, '.doccheckrc.json': JSON.stringify(config)})
      const {code, err} = await doccheck(root, ['--offline', '--max-unknown', most])
      return {code, err}
    }
    expect(await run('3')).toEqual({code: 0, err: ''})
    expect(await run('2')).toEqual({
      code: 1,
      err: 'doccheck: Too many links not judged: 3 (maximum: 2)\n',
    })
    expect(await run('0', {sites: [{root: '.', generated: ['/*']}]})).toEqual({code: 0, err: ''})
  })

  it('remain for a described site that is not complete', async () => {
    const site = {root: '.', platform: 'other', content: 'docs', ids: 'github-slugger'}
    const pages = {'docs/a.md': '# A\n\n[b](/b) [c](c.md) [d](d/) [e](#e)\n'}
    expect(await summaryOf([site], pages)).toEqual([
      '4 links not judged: the description of the site does not say that it is complete',
    ])
    expect(await reported([{...site, complete: true}], pages)).toEqual({
      'docs/a.md': ['docs/b.md', 'docs/c.md', 'docs/d', 'docs/a.md#e'],
    })
  })
})

describe('a site whose description is fitted', () => {
  const names = [...'abcdefghijklmnopqrst']
  const links = (prefix: string) => names.map((name) => `[${name}](${prefix}/${name}#${name})`).join(' ')
  const files = {
    'package.json': '{}',
    ...Object.fromEntries(
      names.map((name) => [`web/src/guide/${name}.md`, `# ${name}\n\n${links('/guide')}\n`]),
    ),
    'web/src/index.md': `# Home\n\n${links('/guide')} [gone](/guide/gone) [api](/api/x) [anchor](/guide/a#z)\n`,
    'web/src/more.md': '# More\n\n[home](/)\n',
  }
  const gone = {'web/src/index.md': ['web/src/guide/gone.md', 'web/src/guide/a.md#z']}

  it('is printed as it may be copied', async () => {
    const before = folder(files)
    const [table, printed] = (await doccheck(before, ['sites'])).out.split('\n\n')
    expect(table).toMatch(/^(?:web|\.) +other +22 pages +its description is fitted to its links/m)
    const after = folder({...files, '.doccheckrc.yaml': printed!})
    expect((await doccheck(after, ['sites'])).out.split('\n\n')[1]).toBe(printed)
    const run = async (root: string) => (await doccheck(root, ['--offline', '--reporter', 'json'])).out
    const found = await run(before)
    expect(found.match(/"ruleId"/g)).toHaveLength(2)
    // Only the name of the doubt is another one.
    expect(
      (await run(after)).replaceAll('description of the site does not say that it is complete', 'X'),
    ).toBe(found.replaceAll('generator of the site is not known', 'X'))
  })

  it('may be completed in part', async () => {
    expect(await reported([{root: '.', generated: ['/api/*'], complete: true}], files)).toEqual(gone)
  })
})

describe('the configuration that doccheck sites prints', () => {
  const described = {
    root: '.',
    platform: 'other',
    content: {'src/pages': '/', posts: '/blog'},
    assets: ['public', 'static'],
    home: 'https://a.test/docs',
    routes: {ending: 'slash', index: ['index'], dropsNumbers: true, optionalPrefixes: ['en']},
    ids: 'github-slugger',
    redirects: {'/old/*': '/docs/new/:splat/'},
    generated: ['/api/*'],
    complete: true,
  }
  const pages = {
    'src/pages/1.a.md': '# A\n\n[a](/docs/b) [b](/docs/gone) [c](/docs/api/x) [d](/docs/old/b) [e](#f)\n',
    'src/pages/b.md': '# B\n',
    'src/pages/new/b.md': '# B\n\n[x](../../x.md) [y](https://a.test/docs/new/c/)\n',
    'sub/book.toml': '',
    'sub/src/SUMMARY.md': '[x](x.md)\n[y](y.md)\n',
    'sub/src/x.md': '# X\n\n[z](z.md)\n',
  }

  it.each([
    ['of sites that are detected', {}, {...pages, ...mkdocs, 'docs/a.md': '# A\n\n[b](b.md)\n'}],
    ['of a site that is described', {sites: [described]}, pages],
    ['of the platform of the whole tree', {site: 'other'}, pages],
    ['of a host', {site: 'gitlab'}, pages],
    ['of one that is declared', {sites: [{root: 'sub/src', platform: 'github'}]}, pages],
    ['of one that is corrected', {sites: [{root: 'sub', generated: ['/z'], home: 'https://b.test'}]}, pages],
  ])('gives the same run: %s', async (_, config, files) => {
    const run = async (name: string, text: string) => {
      const root = folder({...files, [name]: text})
      const sites = await doccheck(root, ['sites', '--json'])
      const found = await doccheck(root, ['--offline', '--reporter', 'json'])
      const listed = JSON.parse(sites.out) as object[]
      return {
        printed: (await doccheck(root, ['sites'])).out.split('\n\n')[1]!,
        listed: listed.map((site) => ({...site, why: ''})),
        found: JSON.parse(found.out) as {messages: unknown[]}[],
      }
    }
    const before = await run('.doccheckrc.json', JSON.stringify(config))
    const after = await run('.doccheckrc.yaml', before.printed)
    expect(after).toEqual(before)
    expect(before.found.flatMap(({messages}) => messages).length).toBeGreaterThan(0)
  })

  it('is written as people write it', async () => {
    const root = folder({...pages, '.doccheckrc.json': JSON.stringify({sites: [described]})})
    const {out} = await doccheck(root, ['sites'])
    expect(out.split('\n\n')[1]).toBe(`sites:
  - root: .
    platform: other
    content:
      src/pages: /
      posts: /blog
    assets:
      - public
      - static
    home: https://a.test/docs
    routes:
      ending: slash
      index:
        - index
      dropsNumbers: true
      optionalPrefixes:
        - en
    ids: github-slugger
    redirects:
      /old/*: /docs/new/:splat/
    generated:
      - /api/*
    complete: true
  - root: sub
    platform: mdbook
`)
  })
})
