import {describe, expect, it} from 'vitest'
import {readRedirects} from '../src/site/redirects.ts'
import {diskTree} from '../src/tree/disk.ts'
import {checkFolder, doccheck, folder, messagesOf} from './run-doccheck.ts'

/** What the tables of a tree say of a path on the site at its root. */
async function redirect(files: Record<string, string>, path: string, source = 'x.md') {
  const tree = await diskTree(folder(files))
  const [found] = (await readRedirects({tree, isPage: () => false})).find('', [path], source, undefined)
  return found
}

describe('tables of redirects', () => {
  it('may have as many entries as anybody has', async () => {
    const rules = Array.from({length: 60_000}, (_, at) => ({source: `/old${at}`, destination: `/new${at}`}))
    const sources = rules.map(({source}) => ({source_path: `docs${source}.md`, redirect_url: '/x'}))
    expect(await redirect({'vercel.json': JSON.stringify({redirects: rules})}, '/old59999')).toEqual({
      to: '/new59999',
      file: 'vercel.json',
    })
    const file = '.openpublishing.redirection.json'
    const table = {[file]: JSON.stringify({redirections: sources})}
    expect(await redirect(table, '/x', 'docs/old59999.md')).toEqual({file})
    expect(await redirect(table, '/x', 'docs/old60000.md')).toBeUndefined()
  })

  it('may redirect anything where they cannot be read', async () => {
    const file = 'redirects.yml'
    expect(await redirect({[file]: 'a: &a [*a]\n'}, '/x')).toEqual({file})
    expect(await redirect({[file]: 'a: b\n'}, '/x')).toBeUndefined()
  })

  it.each([
    ['/docs/v5/a', {to: '/x', file: 'vercel.json'}],
    ['/docs/a', {to: '/x', file: 'vercel.json'}],
    ['/docs/v6/a', undefined],
  ])('may name a segment by its alternatives: %s', async (path, expected) => {
    const table = {redirects: [{source: '/docs/(v5|next)?/a', destination: '/x'}]}
    expect(await redirect({'vercel.json': JSON.stringify(table)}, path)).toEqual(expected)
  })

  it.each([
    ['/docs/v6/angular', '/docs/v6/angular/overview'],
    ['/docs/v5/angular', undefined],
    ['/docs/v6/angular/setup', undefined],
  ])('may name a parameter by its alternatives: %s', async (path, to) => {
    const table = {
      redirects: [{source: '/docs/:version(v6|v7)/angular', destination: '/docs/:version/angular/overview'}],
    }
    expect((await redirect({'vercel.json': JSON.stringify(table)}, path))?.to).toBe(to)
  })

  it.each([
    ['/docs/lamp/old', '/docs/lamp/new#wire'],
    ['/old', undefined],
    ['/docs/lamp/shop', 'https://x.test/shop'],
  ])('may map the names of pages in one folder: %s', async (path, to) => {
    const table = {'_redirects.yml': 'old: new#wire\nshop: https://x.test/shop\n'}
    expect((await redirect(table, path))?.to).toBe(to)
  })

  describe('of Next.js', () => {
    const list = "[{source: '/old/:slug', destination: '/new/:slug', permanent: true}]"

    it.each([
      ['in the configuration', {'next.config.mjs': `export default {async redirects() { return ${list} }}`}],
      [
        'in a module, with plugins around the configuration',
        {
          'next.config.js': `const {redirects} = require('./redirects')
            module.exports = withMDX({})(withAnalytics({async redirects() { return redirects }}))`,
          'redirects.js': `const redirects = ${list}; module.exports = {redirects}`,
        },
      ],
    ])('may stand %s', async (_where, files) => {
      expect((await redirect(files, '/old/lamp'))?.to).toBe('/new/lamp')
      expect(await redirect(files, '/other/lamp')).toBeUndefined()
    })

    it('may be computed, so that there may be one for any path', async () => {
      const file = 'next.config.mjs'
      const files = {[file]: `export default {redirects: async () => [...${list}, ...(await load())]}`}
      expect((await redirect(files, '/old/lamp'))?.to).toBe('/new/lamp')
      expect(await redirect(files, '/other/lamp')).toEqual({isApproximate: true, file})
    })

    it('may be absent', async () => {
      expect(await redirect({'next.config.mjs': 'export default load()'}, '/old/lamp')).toBeUndefined()
    })

    it('include rewrites, by when they apply', async () => {
      const code = `export default {rewrites: () => ({beforeFiles: ${list}, fallback: []})}`
      expect(await redirect({'next.config.ts': code}, '/old/lamp')).toMatchObject({
        to: '/new/lamp',
        isRewrite: true,
      })
    })
  })

  it('may hold a variable that the build substitutes', async () => {
    const table = {_redirects: '/docs/$LATEST_VERSION$/*  /docs/:splat\n'}
    const found = {to: '/docs/guide/lamp', isApproximate: true, file: '_redirects'}
    expect(await redirect(table, '/docs/1.2/guide/lamp')).toEqual(found)
    expect(await redirect(table, '/blog/1.2/guide/lamp')).toBeUndefined()
  })

  const netlify = [
    '# moved',
    '/old /new 301',
    '/blog/:year/:name  /:year-:name!  # years',
    '/docs/*  https://docs.example.org/:splat',
    '/gone /nowhere 404',
    '/lang/* /en/:splat 302 Language=en',
    'https://old.example.org/* https://new.example.org/:splat',
    '/native-* /legacy/native-:splat',
    '/* /index.html 200',
  ].join('\n')
  it.each([
    ['/old', '/new'],
    ['/old/', '/new'],
    ['/old.html', '/new'],
    ['/docs/a/b', 'https://docs.example.org/a/b'],
    ['/docs', 'https://docs.example.org/'],
    ['/lang/x', '/en/x'],
    ['/native-modules', '/legacy/native-modules'],
    ['/gone', undefined],
    ['/older', undefined],
    ['/', undefined],
  ])('_redirects of Netlify and Cloudflare: %s', async (from, to) => {
    expect((await redirect({'public/_redirects': netlify}, from))?.to).toBe(to)
  })

  it.each([
    [
      'vercel.json',
      '{"redirects": [{"source": "/a/:path*", "destination": "/b/:path*"}, {"source": "/c/:x(\\\\d+)", "destination": "/d/:x"}]}',
      '/a/1/2',
      {to: '/b/1/2'},
    ],
    [
      'vercel.json',
      '{"rewrites": [{"source": "/a/:one", "destination": "/b/:one.html"}]}',
      '/a/1',
      {to: '/b/1.html', isRewrite: true},
    ],
    // An expression of the table's own is not run.
    [
      'vercel.json',
      '{"redirects": [{"source": "/c/:x(\\\\d+)", "destination": "/d/:x"}]}',
      '/c/12',
      {isApproximate: true},
    ],
    ['staticwebapp.config.json', '{"routes": [{"route": "/a*", "redirect": "/b"}]}', '/abc', {to: '/b'}],
    [
      'firebase.json',
      '{"hosting": {"redirects": [{"source": "/a/**", "destination": "/b"}]}}',
      '/a/x/y',
      {to: '/b'},
    ],
    ['netlify.toml', '[[redirects]]\nfrom = "/a"\nto = "/b"\n', '/a', {to: '/b'}],
    // Conditions are not weighed.
    [
      'vercel.json',
      '{"redirects": [{"source": "/a", "destination": "/b", "has": [{"type": "host"}]}]}',
      '/a',
      {to: '/b', isConditional: true},
    ],
    ['redirects.json', '[{"from": "/a", "to": "/b"}]', '/a', {to: '/b'}],
    // Programs of the tree read lists under keys of their own.
    [
      'redirects.json',
      '{"external": [{"source": "/a", "destination": "/b"}], "internal": []}',
      '/a',
      {to: '/b'},
    ],
    ['redirects.json', '[{"source": "/:locale/a", "destination": "/b"}]', '/fr/a', {to: '/b'}],
    ['redirects.json', '[{"source": "/:locale/a", "destination": "/:locale/b"}]', '/a', {to: '/b'}],
    ['data/redirects.yml', '/a: /b\n/c/: https://example.org/c\n', '/c', {to: 'https://example.org/c'}],
    ['redirects.yaml', 'redirects:\n  - from: /a\n    to: /b\n', '/a', {to: '/b'}],
  ])('%s %s', async (file, text, path, found) => {
    expect(await redirect({[file]: text}, path)).toEqual({...found, file})
  })

  it('names source files on Microsoft Learn', async () => {
    const file = 'docs/.openpublishing.redirection.json'
    const text = '{"redirections": [{"source_path": "a/old.md", "redirect_url": "/x"}]}'
    expect(await redirect({[file]: text}, '/', 'docs/a/old.md')).toEqual({file})
    expect(await redirect({[file]: text}, '/', 'docs/a/other.md')).toBeUndefined()
  })

  it.each(['{', '[]', '{"redirects": 3}', '{"redirects": [null, {"source": 1}, {"source": "x"}]}', ''])(
    'that hold something else are of no account: %s',
    async (text) => {
      expect(
        await redirect({'vercel.json': text, 'redirects.yml': text, _redirects: text}, '/x'),
      ).toBeUndefined()
    },
  )

  it('never take long', async () => {
    const source = `/${'*/'.repeat(40)}x`
    // By trying every division it would take years.
    const found = await redirect(
      {_redirects: `${source} /y`, 'vercel.json': `{"redirects":[{"source":"${source}"}]}`},
      `/${'a/'.repeat(4000)}`,
    )
    expect(found).toBeUndefined()
  })
})

describe('a redirected link', () => {
  const site = {
    '_config.yml': 'url: https://docs.example.org\nbaseurl: /lamps\n',
    _redirects:
      '/lamps/old /lamps/new.html\n/lamps/away https://example.com/\n/lamps/loop /lamps/loop2\n/lamps/loop2 /lamps/loop\n/lamps/lost /lamps/nowhere\n',
    'new.md': '---\ntitle: New\n---\n# New lamps\n',
  }
  const check = async (text: string) =>
    messagesOf(await checkFolder(folder({...site, 'index.md': `---\ntitle: x\n---\n${text}\n`})))
  it.each([
    ['[a](/lamps/old)', []],
    ['[a](/lamps/old#new-lamps)', []],
    ['[a](/lamps/away)', []],
    ['[a]({{ "/old" | relative_url }})', []],
    [
      '[a](/lamps/old#new-lamp)',
      ['index.md 4:5-4:24 Unexpected link to missing anchor `#new-lamp` in `new.md`, expected `#new-lamps`'],
    ],
    ['[a](/lamps/loop)', ['index.md 4:5-4:16 Unexpected link to missing file `/lamps/loop`']],
    ['[a](/lamps/lost)', ['index.md 4:5-4:16 Unexpected link to missing file `/lamps/lost`']],
    ['[a](/lamps/older)', ['index.md 4:5-4:17 Unexpected link to missing file `/lamps/older`']],
  ])('%s', async (text, messages) => {
    expect(await check(text)).toEqual(messages)
  })
})

describe('a link to a missing page that a pattern of a table matches', () => {
  const lost = (url: string, likely = '') => [
    `index.md 4:5-4:${8 + url.length - 3} Unexpected link to missing file \`${url}\`${likely}`,
  ]
  const check = async (table: Record<string, string>, url: string) => {
    const pages = ['lamp', 'lens', 'glass', 'wire', 'plug', 'foot', 'lid', 'dial', 'knob'].map(
      (name) => [`guide/${name}.md`, `---\ntitle: ${name}\n---\n# ${name}\n`] as const,
    )
    const links = pages.map(([path]) => `[a](/${path.slice(0, -3)}.html)`).join('\n')
    const files = {
      '_config.yml': 'url: https://lamps.example.org\n',
      ...Object.fromEntries(pages),
      ...table,
      'index.md': `---\ntitle: x\n---\n[a](${url})\n\n${links}\n`,
    }
    return messagesOf(await checkFolder(folder(files)))
  }
  const vercel = (table: object) => ({'vercel.json': JSON.stringify(table)})

  it.each([
    [{_redirects: '/next/* /:splat\n'}, '/next/guide/lamp.html', []],
    [{_redirects: '/next/* /:splat\n'}, '/next/guide/nowhere.html', lost('/next/guide/nowhere.html')],
    // The first rule that matches applies.
    [
      {_redirects: '/next/* /:splat\n/next/guide/* https://old.example.org/:splat\n'},
      '/next/guide/nowhere.html',
      lost('/next/guide/nowhere.html'),
    ],
    // But one that depends on the visitor may not.
    [
      {_redirects: '/next/* /:splat 302 Language=de\n/next/guide/* https://old.example.org/:splat\n'},
      '/next/guide/nowhere.html',
      [],
    ],
    // The rule adds nothing but an extension.
    [{_redirects: '/guide/* /guide/:splat.html 200\n'}, '/guide/nowhere', lost('/guide/nowhere')],
    [{_redirects: '/* /:splat.html 200\n'}, '/guide/nowhere.html', lost('/guide/nowhere.html')],
    [
      vercel({rewrites: [{source: '/:path*', destination: '/:path*.html'}]}),
      '/guide/nowhere.html',
      lost('/guide/nowhere.html'),
    ],
    // A function of the host may answer.
    [vercel({rewrites: [{source: '/guide/:name/try', destination: '/api/try'}]}), '/guide/lamp/try', []],
    // Redirects of another host.
    [
      {_redirects: 'https://old.lamps.example.org/guide/* https://lamps.example.org/v1/guide/:splat\n'},
      '/guide/nowhere.html',
      lost('/guide/nowhere.html'),
    ],
    [
      {_redirects: 'https://www.lamps.example.org/guide/* https://lamps.example.com/:splat\n'},
      '/guide/nowhere.html',
      [],
    ],
    // The full URL of the site.
    [
      {_redirects: '/next/* https://lamps.example.org/:splat\n'},
      '/next/guide/nowhere.html',
      lost('/next/guide/nowhere.html'),
    ],
  ])('%j %s', async (table, url, messages) => {
    expect(await check(table, url)).toEqual(messages)
  })

  it.each([
    // The destination is another URL of the same page, which a plugin may add, too.
    [
      '/guide/* /en/guide/:splat\n',
      lost('/guide/nowhere', ' (likely: all 9 other targets in /guide/ exist)'),
    ],
    ['/guide/* /en/guide/:splat\n/en/guide/nowhere /guide/lamp.html\n', []],
    // What a plugin adds elsewhere is not known by the targets beside the link.
    ['/guide/nowhere /news/first\n', []],
  ])(
    'is tested like the link itself if the destination only has a prefix: %j',
    async (redirects, messages) => {
      const files = {
        '_config.yml': 'url: https://lamps.example.org\nplugins: [jekyll-lamps]\n',
        _redirects: redirects,
      }
      expect(await check(files, '/guide/nowhere')).toEqual(messages)
    },
  )

  it('is likely broken if the expression of the pattern is not understood', async () => {
    const table = vercel({redirects: [{source: '/guide/:x(\\d+)', destination: 'https://example.com/'}]})
    expect(await check(table, '/guide/nowhere.html')).toEqual(
      lost('/guide/nowhere.html', ' (likely: all 9 other targets in /guide/ exist)'),
    )
  })
})

describe('a link into a folder that Git ignores', () => {
  it('is not judged, since a build may fill it', async () => {
    const files = {
      '_config.yml': 'title: Lamps\n',
      'api/.gitignore': '*\n!.gitignore\n',
      'index.md': '---\ntitle: x\n---\n[a](/api/lamp.html) [b](/apis/lamp.html)\n',
    }
    expect(messagesOf(await checkFolder(folder(files)))).toEqual([
      'index.md 4:25-4:40 Unexpected link to missing file `/apis/lamp.html`',
    ])
  })

  it('is not judged if the one at the root says so', async () => {
    const files = {
      '.gitignore': 'made\n/docs/api\n',
      'docs/_config.yml': 'title: Lamps\n',
      'docs/index.md': '---\ntitle: x\n---\n[a](/api/lamp.html) [b](/apis/lamp.html)\n',
    }
    expect(messagesOf(await checkFolder(folder(files)))).toEqual([
      'docs/index.md 4:25-4:40 Unexpected link to missing file `/apis/lamp.html`',
    ])
  })
})

describe('the full URL of a site of the tree', () => {
  const site = {
    '_config.yml': 'url: https://docs.example.org\nbaseurl: /lamps\n',
    'guide/lamp.md': '---\ntitle: Lamp\n---\n# The bulb\n',
    'guide/old/index.md': '---\ntitle: Old\n---\n',
  }
  const check = async (text: string, files = {}) =>
    messagesOf(await checkFolder(folder({...site, ...files, 'index.md': `---\ntitle: x\n---\n${text}\n`})))
  it.each([
    ['[a](https://docs.example.org/lamps/guide/lamp)', []],
    ['[a](https://docs.example.org/lamps/guide/lamp.html#the-bulb)', []],
    ['<https://docs.example.org/lamps/>', []],
    [
      '[a](https://docs.example.org/lamps/guide/lamp.html#the-bulbs)',
      [
        'index.md 4:5-4:61 Unexpected link to missing anchor `#the-bulbs` in `guide/lamp.md`, expected `#the-bulb`',
      ],
    ],
    [
      '[a](https://docs.example.org/lamps/guide/lens)',
      ['index.md 4:5-4:46 Unexpected link to missing file `https://docs.example.org/lamps/guide/lens`'],
    ],
    // Many hosts lead from /index to the folder.
    ['[a](https://docs.example.org/lamps/guide/old/index/)', []],
    [
      '[a](https://docs.example.org/lamps/playground)',
      [
        'index.md 4:5-4:46 Unexpected link to missing file `https://docs.example.org/lamps/playground` (likely: no other page at the top of the host is missing)',
      ],
    ],
    // Files at the top, and what is beside the site, may come from elsewhere.
    ['[a](https://docs.example.org/lamps/lamps.zip)', []],
    ['[a](https://docs.example.org/lamps/VERSION)', []],
    ['[a](https://docs.example.org/other/guide/lens)', []],
    ['[a](https://docs.example.org.evil.example/lamps/guide/lens)', []],
  ])('%s', async (text, messages) => {
    expect(await check(text)).toEqual(messages)
  })

  it('is redirected, also where a plugin may add pages', async () => {
    const files = {
      '_config.yml': `${site['_config.yml']}plugins: [jekyll-lamps]\n`,
      _redirects: '/lamps/guide/old/* /lamps/guide/lamp.html\n',
      ...Object.fromEntries(
        Array.from({length: 10}, (_, at) => [`guide/old/p${at}.md`, '---\ntitle: x\n---\n']),
      ),
    }
    const links = Array.from({length: 10}, (_, at) => `[a](/lamps/guide/old/p${at}.html)`).join(' ')
    expect(await check(`[a](https://docs.example.org/lamps/guide/old/lens) ${links}`, files)).toEqual([])
  })

  it('is looked up from any page of the tree', async () => {
    const files = {
      'docs/_config.yml': 'url: https://docs.example.org\n',
      'docs/guide/lamp.md': '---\n---\n# Lamp\n',
      'README.md': '[a](https://docs.example.org/guide/lamp) [b](https://docs.example.org/guide/lens)\n',
    }
    expect(messagesOf(await checkFolder(folder(files)))).toEqual([
      'README.md 1:46-1:81 Unexpected link to missing file `https://docs.example.org/guide/lens`',
    ])
    // The pages of the site are not among those to report on.
    const root = folder(files)
    expect((await doccheck(root, ['--offline', 'README.md'])).out).toContain('1 error')
  })
})

it('finds pages in other letter case where Netlify serves the site', async () => {
  const files = {
    'hugo.toml': 'baseURL = "https://lamps.test/"\n',
    'content/guide/wick.md': '## Trim\n',
    'content/oil.md': '[a](/Guide/Wick/#trim) [b](/Guide/Wick/#gone) [c](/Guide/Gone/)\n',
  }
  expect(messagesOf(await checkFolder(folder(files)))).toEqual([
    'content/oil.md 1:5-1:22 Unexpected link to missing file `/Guide/Wick/#trim`',
    'content/oil.md 1:28-1:45 Unexpected link to missing file `/Guide/Wick/#gone`',
    'content/oil.md 1:51-1:63 Unexpected link to missing file `/Guide/Gone/`',
  ])
  expect(
    messagesOf(await checkFolder(folder({...files, 'netlify.toml': '[build]\npublish = "public"\n'}))),
  ).toEqual([
    'content/oil.md 1:51-1:63 Unexpected link to missing file `/Guide/Gone/`',
    'content/oil.md 1:28-1:45 Unexpected link to missing anchor `#gone` in `content/guide/wick.md`',
  ])
})
