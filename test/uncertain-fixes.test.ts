import {readFileSync} from 'node:fs'
import path from 'node:path'
import {describe, expect, it} from 'vitest'
import {git, repository} from './repository.ts'
import {doccheck, folder} from './run-doccheck.ts'

/** What `--fix` makes of the page `a.md` among other files. */
async function fixed(
  page: string,
  others: Record<string, string> = {},
  args: readonly string[] = [],
): Promise<string> {
  const root = folder({'a.md': page, ...others})
  await doccheck(root, ['--fix', '--offline', '--no-config', ...args])
  return readFileSync(path.join(root, 'a.md'), 'utf8')
}

const JEKYLL = {'_config.yml': 'title: T\n'}
const MKDOCS = {'mkdocs.yml': 'site_name: T\ndocs_dir: .\n'}

describe('--fix leaves alone', () => {
  it('the letter case of an include, which would show text that is not checked yet', async () => {
    const page = '# A\n\n{{#include parts/B.md}}\n'
    const others = {'book.toml': '[book]\nsrc = "."\n', 'SUMMARY.md': '[A](a.md)\n'}
    expect(await fixed(page, {...others, 'parts/b.md': '[x](gone.md)\n'})).toBe(page)
  })

  it.each([
    ['a version of other parts', '## [1.1.10]\n\n[1.1.10][]\n\n## [1.11.0]\n\n[1.11.0]: b.md\n'],
    ['another language', '[C++][] [C#]\n\n[C#]: b.md\n'],
    ['the anchor of a version of other parts', '[a](#1.1.10)\n\n## 1.11.0\n'],
    ['the anchor of another language', '[a](#C++)\n\n## C#\n'],
    ['a number that no twin has had', '# A\n\n## Changes\n\n[a](#changes-2024)\n'],
    ['an escape that ends the link elsewhere', '[x](D/b.md?a=\\)b)\n'],
    ['a reference that ends an attribute', '<a href="D/b.md?q=&quot;a&quot;">x</a>\n'],
    ['a reference that ends a destination', '[x](D/b.md?a=&#32;b "t")\n\n[z]: D/b.md?a=&#32;b\n\n[z]\n'],
    ['a definition whose label stands where its URL should', '[B](the-b)\n\n[the-b]: b.md\n'],
    ['an anchor behind an escaped path', '[x](b\\_c.md#Some_Heading)\n'],
  ])('%s', async (_, page) => {
    const others = {'b.md': '# B\n', 'd/b.md': '# B\n', 'b_c.md': '## Some "heading"\n'}
    expect(await fixed(page, others, ['--site', 'github'])).toBe(page)
  })

  it.each([
    [
      'in HTML that says so',
      '<div markdown="1">\nSee [a].\n</div>\n\n<table><td markdown="span">[b]</td></table>\n',
      JEKYLL,
    ],
    [
      'where kramdown reads all HTML',
      '<div>\nSee [a].\n</div>\n\n<p>See [b]</p>\n',
      {'_config.yml': 'kramdown:\n  parse_block_html: true\n'},
    ],
    [
      "in HTML on Pandoc's pages",
      '<div>See [a] and [b]</div>\n',
      {'_quarto.yml': 'project:\n  type: website\n'},
    ],
  ])('definitions that are used %s', async (_, html, config) => {
    const page = `${html}\n[a]: b.md\n[b]: b.md\n`
    expect(await fixed(page, {...config, 'b.md': '# B\n'})).toBe(page)
    // On GitHub nobody reads that.
    expect(await fixed(page, {'b.md': '# B\n'})).not.toContain('[a]: b.md')
  })

  it('the definition that counts on MkDocs, which takes the last', async () => {
    const use = '[a]\n\n'
    const files = {...MKDOCS, 'x.md': '# X\n', 'y.md': '# Y\n'}
    const differing = `${use}[a]: x.md\n[a]: y.md\n[a]: x.md\n`
    expect(await fixed(differing, files)).toBe(differing)
    expect(await fixed(`${use}[a]: x.md "One"\n[a]: x.md "Two"\n`, files)).toBe(`${use}[a]: x.md "Two"\n`)
  })
})

describe('--fix still repairs', () => {
  it.each([
    ['[API  docs][api-docs]\n\n[API docs]: b.md\n', '[API  docs][API docs]\n\n[API docs]: b.md\n'],
    ['[v1.2][v1.2.]\n\n[v1.2]: b.md\n', '[v1.2][v1.2]\n\n[v1.2]: b.md\n'],
    ['[a](#Get%20Started)\n\n## Get Started\n', '[a](#get-started)\n\n## Get Started\n'],
    ['[a](#changes-1)\n\n# A\n\n## Changes\n', '[a](#changes)\n\n# A\n\n## Changes\n'],
    ['[x](D/b.md?a=1&b=2#b)\n', '[x](d/b.md?a=1&b=2#b)\n'],
  ])('%j', async (before, after) => {
    const others = {'b.md': '# B\n', 'd/b.md': '# B\n'}
    expect(await fixed(before, others, ['--site', 'github'])).toBe(after)
  })
})

it('anchors of tabs and headings are left alone where an extension of MkDocs makes slugs for tabs', async () => {
  const config =
    'site_name: T\ndocs_dir: .\nmarkdown_extensions:\n  - pymdownx.tabbed:\n      combine_header_slug: true\n      slugify: !!python/name:pymdownx.slugs.uslugify\n'
  const heading = '# Section (a) & Über\n\n'
  const page = `${heading}=== "Tab A"\n\n    text\n\n[t](#section-a-uber-tab-a) [u](#section-a-uber)\n`
  expect(await fixed(page, {'mkdocs.yml': config}, ['--unsafe'])).toBe(page)
  // Where there are no tabs, ids are those of headings, and `toc` has its own slugs.
  const other = `${heading}[u](#section-a-uber) [v](#section-a-uber-tab-a) [w](#section-a-über)\n`
  expect(await fixed(other, {'mkdocs.yml': config}, ['--unsafe'])).toBe(
    `${heading}[u](#section-a-uber) [v](#section-a-uber-tab-a) [w](#section-a-uber)\n`,
  )
})

it('--unsafe knows a name without the number that sorts it', async () => {
  const files = {'10-set-up.md': '# S\n', '20-project-types.md': '# P\n'}
  expect(await fixed('[p](project-types)\n', files, ['--unsafe'])).toBe('[p](20-project-types.md)\n')
})

it.each([
  ['a generator that is not known', {'docs.json': '{"name": "T"}\n'}],
  ['GitLab, or what it publishes', {'.gitlab-ci.yml': 'pages: {}\n'}],
  ['Eleventy, whose rules are not known', {'eleventy.config.js': 'export default {}\n'}],
])('routes and ids of %s are not rewritten', async (_, site: Record<string, string>) => {
  const page =
    '[a](#One-Command) [b](setting) [c](setting.html) [d](/setting/) [e](./setting.mdx)\n\n## One Command\n'
  const root = folder({...site, 'source/a.md': page, 'source/setting.md': '# S\n'})
  await doccheck(root, ['--fix', '--offline', '--no-config'])
  expect(readFileSync(path.join(root, 'source/a.md'), 'utf8')).toBe(page)
})

it('routes and ids of Hexo are its own', async () => {
  // https://hexo.io/docs/configuration: its file has the name of Jekyll's, and ids keep letter case.
  const site = {'_config.yml': 'title: T\nsource_dir: source\npublic_dir: public\n'}
  const text = (last: string) => `[a](#One-Command) [b](setting.html) [c](${last})\n\n## One Command\n`
  const root = folder({...site, 'source/a.md': text('./setting.mdx'), 'source/setting.md': '# S\n'})
  await doccheck(root, ['--fix', '--offline', '--no-config'])
  expect(readFileSync(path.join(root, 'source/a.md'), 'utf8')).toBe(text('setting.html'))
})

it('names are compared, not the URLs of their folders', async () => {
  const site = {
    'docusaurus.config.js':
      'export default {title: "T", url: "https://x.test", baseUrl: "/", presets: [["classic", {docs: {}}]]}\n',
    'docs/guides-and-more/g.md': '# G\n',
    'docs/guides-and-more/lamp.mdx': '# L\n',
  }
  const root = folder({
    'docs/a.md': '[a](/docs/guides-and-more/nope) [b](/docs/guides-and-more/lamb)\n',
    ...site,
  })
  await doccheck(root, ['--fix', '--unsafe', '--offline', '--no-config'])
  expect(readFileSync(path.join(root, 'docs/a.md'), 'utf8')).toBe(
    '[a](/docs/guides-and-more/nope) [b](/docs/guides-and-more/lamp)\n',
  )
})

describe('nothing is offered, not even with --unsafe, that leads to', () => {
  const OTHERS = {
    LICENSE: 'MIT\n',
    'CONTRIBUTING.md': '# C\n',
    'guide/tour.md': '# Tour\n',
    'v1/old.md': '# Old\n',
    'v2/set-up.md': '# Set up\n',
    'fr/accueil.md': '# Accueil\n',
    'examples/shop/orders.md': '# Orders\n',
    'vendor/theme/layout.md': '# Layout\n',
    'README.ja.md': '# J\n',
  }
  it.each([
    ["another project's licence", 'vendor/menu/README.md', '[GPL](LICENSE) [C](./CONTRIBUTING.md)\n'],
    ["another project's page", 'vendor/menu/README.md', '[a](layout.md) [b](../layout.md)\n'],
    ["another part's licence", 'packages/a/README.md', '[MIT](LICENSE)\n'],
    ["an example's page", 'guide/a.md', '[a](orders.md)\n'],
    ['another version', 'v1/a.md', '[a](set-up.md) [b](../v1/setup.md)\n'],
    ['another language', 'de/a.md', '[a](accueil.md) [b](../README.jp.md)\n'],
    ['one of several twins', 'a.md', '# A\n\n## Foo\n\n## Foo\n\n## Foo\n\n[a](#foo-3) [b](#foo-9)\n'],
    ['a name that is cut off', 'guide/a.md', '[a](tours?.md) [b](tour#2.md) [c](tours#.html)\n'],
    ['another number of a name', 'guide/a.md', '[a](tour2.md) [b](tour-3.md)\n'],
    ['a cell of a table', 'a.md', '| [a](#ab-cde) |\n| --- |\n\n<a id="ab|cd"></a>\n'],
  ])('%s', async (_, name, text) => {
    const root = folder({[name]: text, ...OTHERS})
    const {out} = await doccheck(root, ['--fix', '--unsafe', '--offline', '--no-config'])
    expect(readFileSync(path.join(root, name), 'utf8')).toBe(text)
    expect(out).toContain('Unexpected link to missing')
    expect(out).not.toContain('expected `')
  })
})

it('a rename proves the name of a file, and no route, where the generator is not known', async () => {
  const page = [
    '![x](../images/x.png)',
    '![y](img/y.png)',
    '[b](./b)',
    '[b](b#part)',
    '[b](/docs/old/b.md)',
    '[b](../old/b/)',
    '[b](../old/b.md)',
  ]
  const root = await repository({
    'site.config.unknown': '',
    'docs/old/a.md': `${page.join('\n')}\n`,
    'docs/old/b.md': '# B\n\n## Part\n\nWhat is to be said of it.\n',
    'docs/images/x.png': 'x'.repeat(300),
    'docs/old/img/y.png': 'y'.repeat(300),
  })
  await git(root, 'commit', '-qm', 'x')
  await git(root, 'mv', 'docs/old', 'docs/new')
  await git(root, 'mv', 'docs/images', 'docs/new/images')
  await git(root, 'mv', 'docs/new/img', 'docs/pictures')
  await git(root, 'commit', '-qm', 'y')
  await doccheck(root, ['--fix', '--offline', '--no-config'])
  // Where pages are published as folders, `../images/x.png` on `docs/new/a.md` is right as it is.
  const fixed = page.with(1, '![y](../pictures/y.png)').with(6, '[b](b.md)')
  expect(readFileSync(path.join(root, 'docs/new/a.md'), 'utf8')).toBe(`${fixed.join('\n')}\n`)
})
