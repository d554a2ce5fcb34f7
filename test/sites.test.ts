import {describe, expect, it} from 'vitest'
import {PLATFORMS} from '../src/site/registry.ts'
import {checkFolder, doccheck, folder, messagesOf} from './run-doccheck.ts'

describe('doccheck sites', () => {
  it('says which platform shows which pages, and why', async () => {
    const root = folder({
      'README.md': '# x\n',
      'docs/mkdocs.yml': 'site_name: x\n',
      'docs/docs/index.md': '# x\n',
      'docs/docs/a.md': '# x\n',
      'docs/README.md': '# x\n',
      'web/_config.yml': '',
      'web/index.md': '# x\n',
      'template/_config.yml': '',
    })
    const {code, out, err} = await doccheck(root, ['sites'])
    expect({code, err}).toEqual({code: 0, err: ''})
    expect(out).toBe(
      '.     github  2 pages  no other platform is detected\n' +
        'docs  mkdocs  2 pages  docs/mkdocs.yml exists\n' +
        'web   jekyll  1 page   web/_config.yml exists\n' +
        '\n' +
        'sites:\n' +
        '  - root: docs\n' +
        '    platform: mkdocs\n' +
        '  - root: web\n' +
        '    platform: jekyll\n',
    )
  })

  it('names GitHub where nothing is found, and the platform that was asked for', async () => {
    const root = folder({'README.md': '# x\n'})
    expect((await doccheck(root, ['sites'])).out).toBe('.  github  1 page  no other platform is detected\n')
    expect((await doccheck(root, ['sites', '--site', 'jekyll'])).out).toBe(
      '.  jekyll  1 page  it was asked for\n\nsite: jekyll\nsites:\n  - root: .\n    platform: jekyll\n',
    )
  })

  it('takes --site instead of a platform that is detected in the same folder', async () => {
    const root = folder({
      'mkdocs.yml': 'site_name: x\n',
      'docs/a.md': '# A\n',
      'sub/_config.yml': '',
      'sub/b.md': '',
    })
    expect((await doccheck(root, ['sites', '--site', 'other'])).out.split('\n').slice(0, 2)).toEqual([
      '.    other   1 page  it was asked for',
      'sub  jekyll  1 page  sub/_config.yml exists',
    ])
  })

  it('explains the evidence by section', async () => {
    const names = [...'abcdefghij']
    const root = folder({
      'mkdocs.yml': 'site_name: x\nplugins: [adds-pages]\n',
      'docs/index.md': `# Home\n\n${[...names, 'gone'].map((name) => `[x](guide/${name}.md)`).join(' ')}\n`,
      ...Object.fromEntries(names.map((name) => [`docs/guide/${name}.md`, '# X\n\n[y](#y) [x](#x)\n'])),
      'docs/other.md': '# O\n\n[a](gen/a.md) [b](gen/b.md) [home](index.md)\n',
    })
    const {out} = await doccheck(root, ['sites', '--explain'])
    expect(out.split('\n').slice(6)).toEqual([
      'Evidence for . (mkdocs, mkdocs.yml exists):',
      '',
      'section     links by     found  missing  likely missing  not judged',
      'docs/guide  anchor       10     10       0               0',
      'docs/gen    source file  0      0        0               2           the plugin adds-pages may add pages or files',
      'docs/guide  source file  10     0        1               0           the plugin adds-pages may add pages or files',
      '1 target in 1 other section, all found',
      '',
    ])
    const json = JSON.parse((await doccheck(root, ['sites', '--explain', '--json'])).out)
    expect(json).toMatchObject([
      {root: '.', platform: 'mkdocs', pages: 12, description: {root: '.', platform: 'mkdocs'}},
    ])
    expect(json[0].evidence).toContainEqual({
      section: 'docs/guide',
      form: 'source',
      found: 10,
      missing: 0,
      refuted: 1,
      doubted: 0,
      doubts: ['the plugin adds-pages may add pages or files'],
    })
  })

  it.each(PLATFORMS)('accepts the name %s, which it may print', async (name) => {
    const root = folder({'a.md': '# A\n', '.doccheckrc.json': JSON.stringify({site: name})})
    for (const words of [['--site', name], []])
      expect(await doccheck(root, ['sites', ...words])).toMatchObject({code: 0, err: ''})
  })
})

it('knows that a program may copy pages to a site that publishes what they link to', async () => {
  const links = '[a](/guide/lamp) [b](/old) [c](/guide/gone)\n'
  const {out} = await doccheck(
    folder({
      'site/hugo.toml': 'baseURL = "https://x.test/"\n',
      'site/content/guide/lamp.md': '---\naliases: [/old]\n---\n# Lamp\n',
      'proposals/one.md': links,
      'proposals/README.md': links,
    }),
    ['--offline', '--no-config'],
  )
  const reported = [...out.matchAll(/^(\S+\.md):.*(`\/[^`]*`)/gm)].map(([, file, target]) => [file, target])
  expect(reported).toEqual([
    ['proposals/README.md', '`/guide/lamp`'],
    ['proposals/README.md', '`/old`'],
    ['proposals/README.md', '`/guide/gone`'],
    ['proposals/one.md', '`/guide/gone`'],
  ])
})

it('does not miss what a program may make of pages beside a site', async () => {
  const text = '[a](a.html) [b](b.md)\n'
  const site = {'book/book.toml': '', 'book/src/SUMMARY.md': '# S\n\n[a](a.md)\n', 'book/src/a.md': '# A\n'}
  const check = async (files: Record<string, string>) =>
    messagesOf(await checkFolder(folder(files), 'no-broken-link')).map((message) => message.split('`')[1])
  expect(await check({'man/x.md': text})).toEqual(['a.html', 'b.md'])
  expect(await check({...site, 'man/x.md': text})).toEqual(['b.md'])
  // Below the site's folder even that may be written for another place; a README is for readers of the repository.
  expect(await check({...site, 'book/man/x.md': text})).toEqual([])
  expect(await check({...site, 'book/man/README.md': text})).toEqual(['b.md'])
})

describe('names that begin with two dots', () => {
  const SITES: Record<string, {folder?: string; files: Record<string, string>}> = {
    github: {files: {}},
    gitlab: {files: {'.gitlab-ci.yml': 'x: {script: [x]}\n'}},
    jekyll: {files: {'_config.yml': ''}},
    // MkDocs leaves files out whose names begin with a dot.
    mdbook: {
      folder: 'src/',
      files: {
        'book.toml': '',
        'src/SUMMARY.md': '[a](a.md)\n[n](..n.md)\n[x](..d/x.md)\n[y](..d/y.md)\n',
      },
    },
    starlight: {
      folder: 'src/content/docs/',
      files: {
        'astro.config.mjs':
          "import starlight from '@astrojs/starlight'\nexport default {integrations: [starlight({title: 'x'})]}\n",
        'package.json': '{"dependencies": {"@astrojs/starlight": "0.30.0", "astro": "5.0.0"}}',
      },
    },
    myst: {files: {'myst.yml': 'version: 1\nproject: {}\nsite: {}\n'}},
    next: {files: {'next.config.js': 'export default {}\n'}},
  }

  it.each(Object.entries(SITES))('lead out of no tree of %s', async (name, {folder: below = '', files}) => {
    const root = folder({
      ...files,
      [`${below}a.md`]: '# A\n\n[n](..n.md) [x](..d/x.md) [gone](..gone.md) [g](..d/gone.md)\n',
      [`${below}..n.md`]: '# N\n',
      [`${below}..d/x.md`]: '# X\n\n[n](../..n.md) [y](y.md) [gone](../..d/lost.md) [g](../..lost.md)\n',
      [`${below}..d/y.md`]: '# Y\n',
    })
    const found = messagesOf(await checkFolder(root, 'no-broken-link'))
    const missing = found.map((message) => /Unexpected link to missing file `(.*)`/.exec(message)?.[1])
    const ofDots = ['../..d/lost.md', '../..lost.md']
    // Where no route of a page is known, neither is what a browser reads links from.
    expect(missing).toEqual([...(name === 'next' ? [] : ofDots), '..gone.md', '..d/gone.md'])
  })

  it('are no other names where Docusaurus reads them from the top', async () => {
    const preset = "['classic', {docs: {routeBasePath: '/'}}]"
    const root = folder({
      'docusaurus.config.js': `export default {title: 'x', url: 'https://a.test', baseUrl: '/', presets: [${preset}]}\n`,
      'docs/a.md': '# A\n\n[n](..n) [n](../n)\n',
      'docs/n.md': '# N\n',
    })
    expect(messagesOf(await checkFolder(root, 'no-broken-link'))).toEqual([
      expect.stringContaining('Unexpected link to missing file `..n`'),
    ])
  })
})

describe('unique-permalink', () => {
  const check = async (files: Record<string, string>) =>
    messagesOf(await checkFolder(folder(files), 'unique-permalink'))

  it('reports pages that want one URL', async () => {
    expect(
      await check({
        '_config.yml': 'permalink: pretty\n',
        'a.md': '---\npermalink: /x/\n---\n',
        'b.md': '---\npermalink: /x/\n---\n',
        'c.md': '---\n---\n',
        'c.html': '---\n---\n',
        'd.md': '---\n---\n',
      }),
    ).toEqual([
      'a.md 1:1-1:1 Unexpected duplicate URL `/x/`, shared with `b.md`',
      'b.md 1:1-1:1 Unexpected duplicate URL `/x/`, shared with `a.md`',
      'c.md 1:1-1:1 Unexpected duplicate URL `/c/`, shared with `c.html`',
    ])
    expect(
      await check({'mkdocs.yml': 'site_name: x\n', 'docs/a.md': '', 'docs/a/index.md': '', 'docs/b.md': ''}),
    ).toHaveLength(2)
  })

  it('leaves a README beside an index page alone, and pages of different sites', async () => {
    expect(
      await check({
        'a/mkdocs.yml': 'site_name: x\n',
        'a/docs/index.md': '',
        'a/docs/README.md': '',
        'b/mkdocs.yml': 'site_name: x\n',
        'b/docs/index.md': '',
        'README.md': '',
        'readme.md': '',
      }),
    ).toEqual([])
  })
})

it('judges a full URL by the site that it is on, where several say they have the address', async () => {
  const site = (name: string) => ({
    [`${name}/mkdocs.yml`]: 'site_name: X\nsite_url: https://docs.example.org/\n',
    [`${name}/docs/index.md`]: `# Own\n\n[own](https://docs.example.org/#own) [gone](https://docs.example.org/#gone)\n`,
  })
  const {pages} = await checkFolder(
    folder({...site('one'), ...site('x/two'), 'README.md': '[x](https://docs.example.org/#anything)\n'}),
    'no-missing-anchor',
  )
  expect(
    pages.map(({path: file, findings}) => [file, findings.map(({message}) => /`(#.*?)`/.exec(message)![1])]),
  ).toEqual([
    ['README.md', []],
    ['one/docs/index.md', ['#gone']],
    ['x/two/docs/index.md', ['#gone']],
  ])
})

it('a page that git ignores may be made by the build, at the URL of the page or of its folder', async () => {
  const {out} = await doccheck(
    folder({
      'hugo.toml': '',
      '.gitignore': 'content/doc/install.md\ncontent/doc/user/*\n',
      'content/_index.md': '[a](/doc/install/) [b](/doc/user/) [c](/doc/gone/)\n',
      'content/doc/_index.md': '# Doc\n',
    }),
    ['--offline', '--no-config'],
  )
  expect(out).toContain('`/doc/gone/`')
  expect(out).toContain('1 error')
})
