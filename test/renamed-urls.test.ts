import {mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {describe, expect, it} from 'vitest'
import {git, repository} from './repository.ts'
import {doccheck} from './run-doccheck.ts'

/** A site in which a folder was renamed, and how the links of another page to it are to be written afterwards. */
interface Case {
  /** Where pages are, with a slash; empty for the root. */
  docs: string
  index: string
  config?: [name: string, content: string]
  frontMatter?: string
  /** As written, and as repaired. */
  links: [before: string, after: string][]
}

const BLOCK = '---\ntitle: T\n---\n'

const CASES: Record<string, Case> = {
  github: {
    docs: 'docs/',
    index: 'README.md',
    links: [
      ['old/', 'new/'],
      ['/docs/old/', '/docs/new/'],
      ['/docs/old/#sec', '/docs/new/#sec'],
      ['old', 'new'],
      ['old/README.md', 'new/README.md'],
      ['old/one.md', 'new/one.md'],
      ['/docs/old/one.md#one', '/docs/new/one.md#one'],
    ],
  },
  jekyll: {
    docs: '',
    index: 'index.md',
    config: ['_config.yml', 'title: T\n'],
    frontMatter: BLOCK,
    links: [
      ['/old/', '/new/'],
      ['old/', 'new/'],
      ['/old/one', '/new/one'],
      ['/old/one.html', '/new/one.html'],
      ['old/one.html#one', 'new/one.html#one'],
      ['old/one.md', 'new/one.md'],
    ],
  },
  'jekyll, pretty': {
    docs: '',
    index: 'index.md',
    config: ['_config.yml', 'permalink: pretty\n'],
    frontMatter: BLOCK,
    links: [
      ['/old/', '/new/'],
      ['/old/one/', '/new/one/'],
      ['../old/one/#one', '../new/one/#one'],
    ],
  },
  docusaurus: {
    docs: 'docs/',
    index: 'index.md',
    config: [
      'docusaurus.config.js',
      'export default {title: "T", url: "https://x.test", baseUrl: "/", presets: [["classic", {docs: {}}]]}\n',
    ],
    links: [
      ['old/', 'new/'],
      ['/docs/old/', '/docs/new/'],
      ['/docs/old/one', '/docs/new/one'],
      ['old/one#one', 'new/one#one'],
      ['old/one.md', 'new/one.md'],
    ],
  },
  starlight: {
    docs: 'src/content/docs/',
    index: 'index.md',
    config: [
      'astro.config.mjs',
      'import s from "@astrojs/starlight"\nexport default {integrations: [s({title: "T"})]}\n',
    ],
    frontMatter: BLOCK,
    links: [
      ['/old/', '/new/'],
      ['/old/#sec', '/new/#sec'],
      ['/old/one/', '/new/one/'],
      ['/old/one', '/new/one'],
    ],
  },
  hugo: {
    docs: 'content/',
    index: '_index.md',
    config: ['hugo.toml', 'baseURL = "https://x.test/"\n'],
    frontMatter: BLOCK,
    links: [
      ['/old/', '/new/'],
      ['../old/', '../new/'],
      ['/old/one/', '/new/one/'],
      ['../old/one/#one', '../new/one/#one'],
    ],
  },
  mkdocs: {
    docs: 'docs/',
    index: 'index.md',
    config: ['mkdocs.yml', 'site_name: T\n'],
    links: [
      ['../old/', '../new/'],
      ['old/index.md', 'new/index.md'],
      ['../old/one/', '../new/one/'],
      ['old/one.md', 'new/one.md'],
    ],
  },
  vitepress: {
    docs: '',
    index: 'index.md',
    config: ['.vitepress/config.mts', 'export default {cleanUrls: true}\n'],
    links: [
      ['/old/', '/new/'],
      ['old/', 'new/'],
      ['/old/one', '/new/one'],
      ['./old/one#one', './new/one#one'],
      ['/old/one.html', '/new/one.html'],
      ['old/one.md', 'new/one.md'],
    ],
  },
}

const commit = (root: string) => git(root, 'commit', '-qam', 'x')

it.each(Object.entries(CASES))(
  'links to pages of a folder that was renamed follow it on %s',
  async (name, site) => {
    const {docs, index, config, frontMatter = '', links} = site
    const page = (which: 0 | 1) =>
      `${frontMatter}${links.map((forms, at) => `[${at}](${forms[which]})`).join('\n')}\n`
    const root = await repository({
      [`${docs}a.md`]: page(0),
      [`${docs}old/${index}`]: `${frontMatter}## Sec\n\nWhat the old things have in common.\n`,
      [`${docs}old/one.md`]: `${frontMatter}## One\n\nWhat is to be said of the first one.\n`,
      ...(config && {[config[0]]: config[1]}),
    })
    await commit(root)
    // Nothing in the tree says that GitHub alone shows it.
    const words = ['--offline', '--no-config', ...(name === 'github' ? ['--site', name] : [])]
    expect((await doccheck(root, words)).out).toContain('no problems')
    await git(root, 'mv', `${docs}old`, `${docs}new`)
    await commit(root)
    expect((await doccheck(root, [...words, '--fix'])).out).toContain(
      `${links.length} problems fixed in 1 file`,
    )
    expect(readFileSync(path.join(root, docs, 'a.md'), 'utf8')).toBe(page(1))
    expect((await doccheck(root, [...words, '--fix'])).out).toContain('no problems')
  },
)

it('a page that became two of the same text may be either', async () => {
  const text = '# Set up\n\nWhat it takes to set this up.\n'
  const root = await repository({'a.md': '[x](set-up.md)\n', 'set-up.md': text})
  await commit(root)
  await git(root, 'mv', 'set-up.md', 'one.md')
  writeFileSync(path.join(root, 'two.md'), text)
  await git(root, 'add', '--all')
  await commit(root)
  const {out} = await doccheck(root, ['--offline', '--no-config', '--fix'])
  expect(out).toContain('missing file `set-up.md`')
  expect(readFileSync(path.join(root, 'a.md'), 'utf8')).toBe('[x](set-up.md)\n')
})

describe('a renamed folder without an index', () => {
  const text = (name: string) => `# ${name}\n\nText of ${name} by which git knows it again.\n`
  const before = {
    'README.md': '[a](docs/old) [b](docs/old/) [c](/docs/old/sub/) [d](docs/old/sub/two.md)\n',
    'docs/old/one.md': text('one'),
    'docs/old/sub/two.md': text('two'),
  }

  async function committed(): Promise<string> {
    const root = await repository(before)
    await commit(root)
    return root
  }

  /** The links after `--fix`. */
  async function fixed(root: string, ...words: string[]): Promise<string> {
    await doccheck(root, ['--fix', '--offline', '--no-config', ...words])
    return readFileSync(path.join(root, 'README.md'), 'utf8')
  }

  it.each([
    ['uncommitted', false],
    ['committed', true],
  ])('is found by its files: %s', async (_, isCommitted) => {
    const root = await committed()
    await git(root, 'mv', 'docs/old', 'docs/new')
    if (isCommitted) await commit(root)
    const {out} = await doccheck(root, ['--offline', '--no-config', '--site', 'github'])
    expect(out).toContain('Can be fixed: 4 with `--fix`\n')
    expect(await fixed(root, '--site', 'github')).toBe(
      '[a](docs/new) [b](docs/new/) [c](/docs/new/sub/) [d](docs/new/sub/two.md)\n',
    )
  })

  it('is found if a file in it was renamed later', async () => {
    const root = await committed()
    await git(root, 'mv', 'docs/old', 'docs/new')
    await commit(root)
    await git(root, 'mv', 'docs/new/sub/two.md', 'docs/new/sub/second.md')
    await commit(root)
    expect(await fixed(root, '--site', 'github')).toBe(
      '[a](docs/old) [b](docs/old/) [c](/docs/old/sub/) [d](docs/new/sub/second.md)\n',
    )
  })

  it('is not known if its files went to several', async () => {
    const root = await committed()
    mkdirSync(path.join(root, 'docs/new'))
    await git(root, 'mv', 'docs/old/one.md', 'docs/new/one.md')
    await git(root, 'mv', 'docs/old/sub', 'docs/other')
    await commit(root)
    expect(await fixed(root, '--site', 'github')).toBe(
      '[a](docs/old) [b](docs/old/) [c](/docs/other/) [d](docs/other/two.md)\n',
    )
  })

  it('is left to suggestions on a site whose generator is not known', async () => {
    const root = await committed()
    await git(root, 'mv', 'docs/old', 'docs/new')
    expect(await fixed(root)).toBe(
      '[a](docs/old) [b](docs/old/) [c](/docs/old/sub/) [d](docs/new/sub/two.md)\n',
    )
  })
})
