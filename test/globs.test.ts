import {execFileSync} from 'node:child_process'
import {readFileSync} from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import picomatch from 'picomatch'
import {describe, expect, it} from 'vitest'
import {globsOf} from '../src/pattern/globs.ts'
import {command, python, ruby} from './needs.ts'
import {checkFolder, folder} from './run-doccheck.ts'

const glob = (length: number, ...more: string[]) =>
  fc.array(fc.constantFrom('a', 'b', '.', '/', '*', '?', ...more), {minLength: 1, maxLength: length})
const pathname = fc
  .array(fc.constantFrom('a', 'b', '.', '/', '.a', 'ab', ','), {minLength: 1, maxLength: 8})
  .map((parts) =>
    parts
      .join('')
      .replace(/\/{2,}/g, '/')
      .replace(/^\/|\/$/g, ''),
  )
  .filter((text) => text !== '' && !/\.(?:\/|$)/.test(text))

/** Compare what fits with the real thing. */
function compare(
  dialect: Parameters<typeof globsOf>[1],
  globs: string[],
  paths: string[],
  real: boolean[][],
) {
  const wrong: string[] = []
  let known = 0
  for (const [index, each] of globs.entries()) {
    const ours = globsOf([each], dialect)
    if (!ours) continue
    known++
    for (const [at, name] of paths.entries())
      if (ours.test(name) !== real[index]![at])
        wrong.push(`${each} ${real[index]![at] ? 'fits' : 'does not fit'} ${name}`)
  }
  expect(wrong).toEqual([])
  expect(known).toBeGreaterThan(globs.length / 6)
}

const samples = (arbitrary: fc.Arbitrary<string>, seed: number) => [
  ...new Set(fc.sample(arbitrary, {numRuns: 1500, seed})),
]
const PATHS = samples(pathname, 3).slice(0, 200)

describe('globs fit what they fit for', () => {
  const texts = samples(
    glob(7, '**', '**/', '/**', '{a,b}', '{a,{b,/}}', '[ab]', '[^a]', '[a-b]', '{', '}', ',', '\\', '*.').map(
      (parts) => parts.join(''),
    ),
    5,
  )

  it.each([
    ['picomatch', {}],
    ['picomatch-dot', {dot: true}],
  ] as const)('%s', (name, options) => {
    const real = texts.map((text) => {
      const matches = picomatch(text, options)
      return PATHS.map((each) => matches(each))
    })
    compare(name, texts, PATHS, real)
  })

  const rubyCommand = ruby('Ruby (Debian: ruby)', 'json')
  it.skipIf(!rubyCommand)("Ruby's File.fnmatch?, for jekyll", () => {
    const all = samples(
      glob(7, '[ab]', '[!a]', '[^a]', '[a-b]', '[', ']', '\\', '{a,b}').map((each) => each.join('')),
      7,
    )
    const code =
      'require "json"; g, p = JSON.parse($stdin.read); puts g.map { |x| p.map { |y| File.fnmatch?("/s/" + x, "/s/" + y) } }.to_json'
    const real = JSON.parse(
      execFileSync(rubyCommand!, ['-e', code], {
        input: JSON.stringify([all, PATHS]),
        encoding: 'utf8',
        maxBuffer: 1 << 28,
      }),
    )
    compare('jekyll', all, PATHS, real)
  })

  const sphinx = python('Sphinx (Debian: python3-myst-parser)', 'sphinx.util.matching')
  const fnmatch = python('Python', 'fnmatch')
  it.each([
    ['sphinx', sphinx, 'from sphinx.util.matching import patmatch as match'],
    ['python', fnmatch, 'from fnmatch import fnmatchcase as match'],
  ] as const)('the globs of Python, for %s', (name, command, load) => {
    if (!command) return
    const all = samples(
      glob(7, '[ab]', '[!a]', '[^a]', '[a-b]', '[]a]', '[', ']', '\\', '**', '{a,b}').map((each) =>
        each.join(''),
      ),
      9,
    )
    const code = `
import json, sys
${load}
globs, paths = json.load(sys.stdin)
print(json.dumps([[bool(match(path, glob)) for path in paths] for glob in globs]))`
    const real = JSON.parse(
      execFileSync(command, ['-W', 'ignore', '-c', code], {
        input: JSON.stringify([all, PATHS]),
        encoding: 'utf8',
        maxBuffer: 1 << 28,
      }),
    )
    compare(name, all, PATHS, real)
  })

  const hugo = command('Hugo (Debian: hugo)', ['hugo'], (each) => [each, ['version']])
  it.skipIf(!hugo)('gobwas/glob, for hugo', () => {
    const globs = [
      '/{guide.md',
      '/{guide',
      '/guide.md',
      '/guide',
      '/guide/a.md',
      '/guide/*',
      '/guide/**',
      '/**',
      '**',
      '/{b,guide/a}*',
      '/[!b].md',
      '/[a-c].md',
      '/[abc].md',
      '/[a-c-].md',
      '/?.md',
      '/\\b.md',
      '/GUIDE/**',
      '/{b,{x,guide/{a,q}}}.md',
      '/b,md',
      '/}',
      '/a*a*a*b',
      '{/b.md,/guide.md',
      '/b.md}',
      '/***',
      '/guide/a?md',
      '/**/a.md',
      '/*/a.md',
      '/guide**',
      '/guide*',
      '/[!abx].md',
      '/[a-].md',
      '/[\\]b].md',
      '/{,guide/}a.md',
    ]
    const targets = globs.map(
      (each, index) =>
        `[[cascade]]\nmark${index} = true\n[cascade._target]\npath = ${JSON.stringify(each)}\n`,
    )
    const page = '---\ntitle: x\n---\n'
    const names = ['b.md', 'guide.md', 'guide/a.md', 'guide/deep/a.md', '-.md']
    const root = folder({
      'hugo.toml': `disableKinds = ["taxonomy", "term", "RSS", "sitemap", "section", "home"]\n${targets.join('')}`,
      'layouts/_default/single.html': '{{ range $key, $value := .Params }}{{ $key }} {{ end }}',
      ...Object.fromEntries(names.map((name) => [`content/${name}`, page])),
    })
    execFileSync('hugo', ['--quiet', '--destination', 'built', '--cacheDir', path.join(root, 'cache')], {
      cwd: root,
    })
    const shown = names.map((name) =>
      readFileSync(path.join(root, 'built', name.slice(0, -3), 'index.html'), 'utf8').split(/\s+/),
    )
    const real = globs.map((_, index) => shown.map((marks) => marks.includes(`mark${index}`)))
    compare(
      'hugo',
      globs,
      names.map((name) => `/${name}`),
      real,
    )
  })
})

describe('globs that are hostile', () => {
  const all = ['hugo', 'jekyll', 'sphinx', 'docfx', 'picomatch', 'picomatch-dot'] as const

  it.each(all)('take linear time: %s', (name) => {
    const long = 'a'.repeat(100_000)
    expect(globsOf([`${'*a'.repeat(30)}b`], name)?.test(long)).toBe(false)
    expect(globsOf([`${'*a'.repeat(30)}*`], name)?.test(long)).toBe(true)
    expect(globsOf([`${'**/'.repeat(30)}b`], name)?.test('a/'.repeat(50_000))).toBe(false)
    expect(globsOf([`${'{a,a}'.repeat(30)}b`], name)?.test(long) ?? false).toBe(false)
  })

  it.each(all)('are unknown, or mean what they mean: %s', (name) => {
    for (const glob of [
      '{',
      '[',
      '\\',
      '(',
      '+',
      '[z-a]',
      '{{{',
      '{a',
      '[a',
      '?*+',
      `${'{'.repeat(5000)}`,
      '*'.repeat(1e6),
    ])
      expect(() => globsOf([glob], name)?.test('a')).not.toThrow()
    expect(
      globsOf(
        Array.from({length: 50_000}, (_, at) => `a${at}*`),
        name,
      ),
    ).toBeUndefined()
  })
})

describe('patterns that are invalid do not end a run', () => {
  const PAGES = {
    'index.md': '# A\n\n[a](gone.md) [b](/gone) [c](/a/gone/)\n',
    'docs/a.md':
      '---\nredirects: [{from: "(*"}]\nurl: "/:x(/"\n---\n# B\n\n[a](../index.md) [b](/docs/gone)\n',
    'content/docs/a.md':
      '---\nredirects: [{from: "(*"}]\nurl: "/:x(/"\n---\n# C\n\n[b](/docs/gone) [c](b.\\()\n',
    'src/content/docs/a.mdx': '# D\n\n[b](/docs/gone)\n',
    'docs/[a/[b].md': '',
    'update.sh': 'curl content( docs\n',
  }

  it.each([
    ['hugo.toml', '[[cascade]]\n[cascade._build]\nrender = "never"\n[cascade._target]\npath = "/{guide"\n'],
    ['hugo.toml', '[[cascade]]\n[cascade._build]\nrender = "never"\n[cascade._target]\npath = "/[guide"\n'],
    ['hugo.toml', 'ignoreFiles = ["(", "[z-a]"]\n'],
    ['hugo.toml', 'defaultContentLanguage = "("\n[languages."("]\ncontentDir = "content"\n'],
    ['hugo.toml', 'contentDir = "content("\n'],
    ['hugo.toml', '[permalinks]\ndocs = "/:x[(/"\n'],
    ['docfx.json', '{"build": {"content": [{"files": ["[z-a]", "(*", "{"], "exclude": ["["]}]}}'],
    ['conf.py', "extensions = ['myst_parser']\nexclude_patterns = ['[z-a]', '(', '[', '+']\n"],
    ['_config.yml', 'exclude: ["[z-a]*", "(*", "*["]\n'],
    [
      '.vitepress/config.js',
      "export default {srcExclude: ['[z-a]', '(', '{'], rewrites: {':a(/': 'b', '[': 'c'}}",
    ],
    [
      'docusaurus.config.js',
      "export default {presets: [['classic', {docs: {include: ['[z-a]', '(', '+(a'], exclude: ['[']}}]]}",
    ],
    ['astro.config.mjs', "export default {redirects: {'/[a': '/b', '/[...': '/c', '/([b]': '/d'}}"],
  ])('%s: %s', async (file, text) => {
    const tables = {
      _redirects: '/a(b* /c\n/:a(* /d\n/[* /e\n',
      'vercel.json': '{"redirects": [{"source": "/((?!x).*)", "destination": "/y"}]}',
    }
    const {pages} = await checkFolder(folder({...PAGES, ...tables, [file]: text}))
    expect(pages.flatMap(({page}) => page ?? [])).toHaveLength(5)
  })
})
