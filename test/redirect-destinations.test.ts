import {execFileSync} from 'node:child_process'
import {describe, expect, it} from 'vitest'
import {readRedirectFile} from '../src/page/redirect-file.ts'
import {doccheck, folder} from './run-doccheck.ts'

/** The text of each destination that is checked in a file. */
function destinations(path: string, text: string): string[] {
  const links = () => readRedirectFile(path, text).links
  try {
    return links().map(({target}) => text.slice(target.start, target.end))
  } catch (error) {
    // A parser has to be loaded first.
    return [(error as Error).message]
  }
}

/** The findings in a tree, as `path line: message`. */
async function found(files: Record<string, string>, args: readonly string[] = []): Promise<string[]> {
  const {out} = await doccheck(folder(files), ['--offline', '--reporter', 'json', ...args])
  const pages: {path: string; messages: {line: number; reason: string}[]}[] = JSON.parse(out)
  return pages.flatMap(({path, messages}) => messages.map(({line, reason}) => `${path} ${line}: ${reason}`))
}

const missing = (where: string, url: string) => `${where}: Unexpected redirect to missing file \`${url}\``

describe('the destinations of redirects', () => {
  it.each<[string, string, string[]]>([
    [
      '_redirects',
      '# /a /b\n/a /b\r\n/c  /d 301! # /e\n/x/* /y/:splat\n/v* /w:splat\n/f Language=de https://x.test/ 302\n/g /h 404\n/i /j 200\n/k k',
      ['/b', '/d', 'https://x.test/'],
    ],
    [
      'astro.config.mjs',
      "export default {redirects: {'/a': '/b', '/c': {status: 301, destination: '/d'},\n  // '/e': '/f'\n  '/g/[...x]': '/h/[...x]'}, base: '/x'}",
      ['/b', '/d'],
    ],
    [
      'docusaurus.config.ts',
      "const redirects = [{from: '/a', to: '/b'}, {to: \"/c\", from: ['/d', '/e']}]\nnavbar = {to: '/x'}",
      ['/b', '/c'],
    ],
    [
      'next.config.js',
      "module.exports = {async redirects() { return [{source: '/a', destination: '/b', permanent: true}, {source: '/c/:d', destination: '/c/:d'}] }}",
      ['/b'],
    ],
    [
      'next.config.mjs',
      "export default {redirects: async () => [{source: '/a', destination: '/b'}]}",
      ['/b'],
    ],
    ['next.config.mjs', "export default {redirects: () => ([{source: '/a', destination: '/b'}])}", ['/b']],
    [
      'redirects.ts',
      "export const old = [\n  {source: '/a', destination: '/b'},\n  // {source: '/c', destination: '/d'},\n]\nexport default {'/e': '/f', g: '/h'} as Record<string, string>\n",
      ['/b', '/f'],
    ],
    // A redirect without its list, as for code that computes it.
    ['astro.config.mjs', "redirects: load('/a', '/b')", []],
    ['astro.config.mjs', '// redirects: {"/a": "/b"}', []],
    ['astro.config.mjs', "redirects: {'/a': '/b", []],
  ])('are read from %s %j', (path, text, expected) => {
    expect(destinations(path, text)).toEqual(expected)
  })

  it('are checked in the files of hosts', async () => {
    const vercel = {
      redirects: [
        {source: '/a', destination: '/guide/'},
        {source: '/b', destination: '/gone1/'},
        {source: '/c/:d', destination: '/gone2/:d'},
      ],
      rewrites: [{source: '/e', destination: '/api/e'}],
    }
    const files = {
      ...VITEPRESS,
      'vercel.json': JSON.stringify(vercel, null, 1),
      'netlify.toml':
        '[[redirects]]\nfrom = "/a"\nto = "/gone3/"\n[[redirects]]\nfrom = "/b"\nto = "/guide/#gone4"\n',
      'firebase.json':
        '{"hosting": {"redirects": [\n{"source": "/a", "destination": "/gone5/", "type": 301}]}}',
      'staticwebapp.config.json':
        '{"routes": [{"route": "/a", "redirect": "/gone6/"},\n{"route": "/b", "rewrite": "/gone/"}]}',
      'public/_redirects': '/g /guide\n/h /guide.html\n/c /gone7/ 302\n/d /h\n/e /guide/#use\n',
    }
    expect(await found(files)).toEqual([
      missing('firebase.json 2', '/gone5/'),
      missing('netlify.toml 3', '/gone3/'),
      'netlify.toml 6: Unexpected link to missing anchor `#gone4` in `guide.md`',
      missing('public/_redirects 3', '/gone7/'),
      missing('staticwebapp.config.json 1', '/gone6/'),
      missing('vercel.json 9', '/gone1/'),
    ])
  })

  it('are source files in the plugin of MkDocs', async () => {
    const maps =
      '        old.md: guide.md\n        old2.md: gone.md\n        old3.md: https://x.test\n        old4.md: guide.md#use\n'
    const plugins = `plugins:\n  - search\n  - redirects:\n      redirect_maps:\n${maps}`
    expect(await found({...MKDOCS, 'mkdocs.yml': MKDOCS['mkdocs.yml'] + plugins})).toEqual([
      missing('mkdocs.yml 8', 'gone.md'),
    ])
  })

  it('may lead to other redirects, but not in a circle', async () => {
    const table = '/a /b\n/b /guide/\n/c /d\n/d /c\n/e /f\n/f /gone/\n'
    expect(await found({...VITEPRESS, 'public/_redirects': table})).toEqual([
      missing('public/_redirects 3', '/d'),
      missing('public/_redirects 4', '/c'),
      missing('public/_redirects 5', '/f'),
      missing('public/_redirects 6', '/gone/'),
    ])
  })

  it('are not certain where the file is for more than the site', async () => {
    const site = Object.fromEntries(Object.entries(VITEPRESS).map(([path, text]) => [`web/${path}`, text]))
    expect(await found({...site, _redirects: '/a /gone\n/b /guide/gone\n'})).toEqual([])
  })

  it('are unknown where no site or more than one has them', async () => {
    const site = (name: string) =>
      Object.fromEntries(Object.entries(VITEPRESS).map(([path, text]) => [`${name}/${path}`, text]))
    const {out} = await doccheck(folder({...site('a'), ...site('b'), _redirects: '/a /gone\n'}), [
      '--offline',
    ])
    expect(out).toMatch(/^4 files checked in .* no problems\n$/)
    const {out: none} = await doccheck(folder({'a.md': '# A\n', _redirects: '/a /gone\n'}), ['--offline'])
    expect(none).toMatch(/^1 file checked in .* no problems\n$/)
  })

  it('are unknown on a site whose pages are not in the tree', async () => {
    const config = 'site_name: A\nplugins:\n- redirects:\n    redirect_maps:\n      a.md: gone.md\n'
    const vendored = {'a.md': '# A\n', 'vendor/x/mkdocs.yml': config}
    expect(await found(vendored)).toEqual([])
    expect(await found({...vendored, 'vendor/x/docs/index.md': '# X\n'})).toEqual([
      missing('vendor/x/mkdocs.yml 5', 'gone.md'),
    ])
  })

  it('obey the configuration', async () => {
    const config = {
      rules: {'no-broken-link': ['error', {except: ['/gone1*']}]},
      overrides: [{files: ['vercel.json'], rules: {'no-broken-link': 'off'}}],
    }
    const files = {
      ...VITEPRESS,
      'vercel.json': '{"redirects": [{"source": "/a", "destination": "/gone/"}]}',
      'public/_redirects': '/a /gone1/\n/b /gone2/\n',
      '.doccheckrc.json': JSON.stringify(config),
    }
    expect(await found(files)).toEqual([missing('public/_redirects 2', '/gone2/')])
  })

  it('are part of a change that takes their page away', async () => {
    const root = folder({...VITEPRESS, 'public/_redirects': '/a /guide/\n/b /gone/\n'})
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@x.test', ...args], {cwd: root})
    git('init', '-q')
    git('add', '-A')
    git('commit', '-qm', 'x')
    git('rm', '-q', 'guide.md')
    git('commit', '-qm', 'y')
    const {out, code} = await doccheck(root, ['--offline', '--since', 'HEAD^'])
    expect(out).toContain('public/_redirects:1:4  error  Unexpected redirect to missing file `/guide/`')
    expect(out).not.toContain('/gone/')
    expect(code).toBe(1)
  })

  it('are not read from what is no such file', async () => {
    const deep = `{"redirects": ${'['.repeat(5000)}${']'.repeat(5000)}}`
    const files = {
      ...VITEPRESS,
      'vercel.json': deep,
      'netlify.toml': 'redirects = [',
      'firebase.json': '{"redirects',
    }
    expect(await found(files)).toEqual([])
  })
})

const VITEPRESS = {
  '.vitepress/config.js': 'export default {}',
  'package.json': '{}',
  'index.md': '# Start\n',
  'guide.md': '# Guide\n\n## Use\n',
}

const MKDOCS = {
  'mkdocs.yml': 'site_name: x\nsite_url: https://lamps.example.org/\n',
  'docs/index.md': '# Start\n',
  'docs/guide.md': '# Guide\n\n## Use\n',
}
