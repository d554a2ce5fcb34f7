import {readFileSync} from 'node:fs'
import path from 'node:path'
import {describe, expect, it} from 'vitest'
import {repositoryName} from '../src/repository/names.ts'
import {parseRepositoryUrl} from '../src/repository/repository-url.ts'
import {git, repository, write} from './repository.ts'
import {checkFolder, doccheck, folder} from './run-doccheck.ts'

const OWN = 'https://github.com/Owner/Name'

describe('the name of a repository', () => {
  it.each([
    ['https://github.com/Owner/Name.git', 'github.com/owner/name'],
    ['https://token:x@github.com/owner/name/', 'github.com/owner/name'],
    ['git@github.com:owner/name.git', 'github.com/owner/name'],
    ['ssh://git@ssh.github.com:443/owner/name.git', 'github.com/owner/name'],
    ['git+https://gitlab.com/a/b/c.git', 'gitlab.com/a/b/c'],
    ['gitlab.example.org:a/b', 'gitlab.example.org/a/b'],
    ['/srv/git/name.git', undefined],
    ['../name', undefined],
    ['C:\\name', undefined],
  ])('%s → %s', (url, name) => expect(repositoryName(url)).toBe(name))
})

describe('the URL of a file in a repository', () => {
  it.each([
    [`${OWN}/blob/main/a%20b.md?plain=1#L3`, 'github.com/owner/name blob main/a b.md L3'],
    [`${OWN}/raw/refs/heads/main/a.md`, 'github.com/owner/name raw main/a.md'],
    [`${OWN}/edit/main/docs/`, 'github.com/owner/name edit main/docs'],
    [`${OWN}#use`, 'github.com/owner/name home  use'],
    ['https://raw.githubusercontent.com/o/n/main/a.png', 'github.com/o/n raw main/a.png'],
    ['https://raw.githubusercontent.com/o/n/refs/tags/v1/a.png', 'github.com/o/n raw v1/a.png'],
    ['https://gitlab.com/a/b/c/-/blob/main/x.md#L1-2', 'gitlab.com/a/b/c blob main/x.md L1-2'],
    ['https://gitlab.com/a/b/blob/main/x.md', 'gitlab.com/a/b blob main/x.md'],
    ['https://codeberg.org/o/n/src/branch/main/x.md', 'codeberg.org/o/n blob main/x.md'],
    ['https://codeberg.org/o/n/raw/tag/v1/x.md', 'codeberg.org/o/n raw v1/x.md'],
    ['https://bitbucket.org/o/n/src/main/x.md', 'bitbucket.org/o/n blob main/x.md'],
    [OWN, undefined],
    [`${OWN}/issues/1`, undefined],
    [`${OWN}/blob/<branch>/x.md`, undefined],
    [`${OWN}/tree/main/%example_name%`, undefined],
    [`${OWN}/tree/main/PATH/TO/EXAMPLE`, undefined],
    [`${OWN}/blob/main/%E4%BD%A0`, 'github.com/owner/name blob main/你'],
    [`${OWN}/blob/main/path/to/a.md`, 'github.com/owner/name blob main/path/to/a.md'],
    ['https://example.org/blob/x', undefined],
    ['/owner/name/blob/main/x', undefined],
  ])('%s', (url, expected) => {
    const found = parseRepositoryUrl(url)
    const words = found && [found.name, found.view, found.place, ...(found.fragment ? [found.fragment] : [])]
    expect(words?.join(' ')).toBe(expected)
  })
})

/** A clone of a repository on GitHub, with a page that has these links. */
async function clone(links: readonly string[], more: Record<string, string> = {}): Promise<string> {
  const root = await repository({
    'README.md': '# Name\n\n## Use\n',
    'docs/a.md': '# A\n\n## Use\n',
    'src/code.ts': 'a\nb\nc\n',
    'page.md': links.map((url) => `<${url}>\n`).join('\n'),
    ...more,
  })
  await git(root, 'remote', 'add', 'origin', 'git@github.com:owner/name.git')
  await git(root, 'commit', '-qm', 'docs')
  return root
}

async function found(root: string, env: Record<string, string> = {}): Promise<string[]> {
  const {out} = await doccheck(root, ['--offline', '--no-config', '--reporter', 'json'], {env})
  const pages: {messages: {reason: string; fatal: boolean}[]}[] = JSON.parse(out)
  return pages.flatMap(({messages}) =>
    messages.map(({reason, fatal}) => `${fatal ? '' : 'likely '}${reason}`),
  )
}

const missing = (url: string) => `Unexpected link to missing file \`${url}\``

describe('a URL of the repository itself', () => {
  it('leads to the files of the branch that is checked out', async () => {
    const right = [
      `${OWN}/blob/main/docs/a.md`,
      `${OWN}/blob/main/docs/a.md#use`,
      `${OWN}/tree/main/docs/a.md`,
      `${OWN}/blob/main/docs`,
      `${OWN}/tree/main`,
      `${OWN}/edit/main/README.md`,
      `${OWN}/blob/main/src/code.ts#L1-L3`,
      `${OWN}#use`,
      `${OWN}?tab=MIT-1-ov-file#gone`,
      `${OWN}#gh-dark-mode-only`,
      `${OWN}/blob/main/docs/a.md?plain=1#gone`,
      'https://raw.githubusercontent.com/owner/name/refs/heads/main/README.md',
      'https://github.com/owner/other/blob/main/gone.md',
    ]
    const wrong = [
      `${OWN}/blob/main/docs/gone.md`,
      `${OWN}/tree/main/gone/`,
      'https://github.com/owner/name/raw/main/gone.png',
      'https://raw.githubusercontent.com/owner/name/main/gone.png',
    ]
    expect(await found(await clone([...right, ...wrong]))).toEqual(wrong.map(missing))
  })

  it('may name a file that the change adds, but git has not', async () => {
    const root = await clone([`${OWN}/blob/main/new.md`, `${OWN}/blob/main/built.md`], {
      '.gitignore': 'built.md\n',
    })
    write(root, {'new.md': '# New\n', 'built.md': '# Built\n'})
    expect(await found(root)).toEqual([`Unexpected link to git-ignored file \`${OWN}/blob/main/built.md\``])
  })

  it('may name a folder that holds nothing but submodules', async () => {
    const root = await clone([`${OWN}/tree/main/modules`, `${OWN}/tree/main/modules/one/docs`])
    await git(root, 'update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},modules/one`)
    write(root, {'modules/one/.keep': ''})
    expect(await found(root)).toEqual([])
  })

  it('names an existing anchor and an existing line', async () => {
    const root = await clone([
      `${OWN}/blob/main/docs/a.md#usee`,
      `${OWN}#usee`,
      `${OWN}/blob/main/src/code.ts#L1-L9`,
      `${OWN}/blob/main/README.md#L99`,
    ])
    expect(await found(root)).toEqual([
      'Unexpected link to missing anchor `#usee` in `docs/a.md`, expected `#use`',
      'Unexpected link to missing anchor `#usee` in `README.md`, expected `#use`',
      'Unexpected link to missing line `#L1-L9` in `src/code.ts`, which has 3 lines',
      'Unexpected link to missing line `#L99` in `README.md`, which has 3 lines',
    ])
  })

  it('is repaired in its own form', async () => {
    const root = await clone([], {
      'page.md': `[a](${OWN}/blob/main/docs/A.md#use)\n\n[b](https://raw.githubusercontent.com/owner/name/main/src/code.ts)\n`,
    })
    await git(root, 'mv', 'src/code.ts', 'src/other.ts')
    await git(root, 'commit', '-qm', 'move')
    await doccheck(root, ['--offline', '--no-config', '--fix'])
    expect(readFileSync(path.join(root, 'page.md'), 'utf8')).toBe(
      `[a](${OWN}/blob/main/docs/a.md#use)\n\n[b](https://raw.githubusercontent.com/owner/name/main/src/other.ts)\n`,
    )
  })

  it('is about another branch, tag or commit if git has it', async () => {
    const links = ['v1', 'release/1.0', 'gone'].flatMap((ref) => [
      `${OWN}/blob/${ref}/old.md`,
      `${OWN}/blob/${ref}/docs/b.md`,
    ])
    const root = await clone(links, {'old.md': '# Old\n'})
    const commit = (await git(root, 'rev-parse', 'HEAD')).trim()
    await git(root, 'tag', '-a', '-m', 'one', 'v1')
    await git(root, 'update-ref', 'refs/remotes/origin/release/1.0', 'HEAD')
    await git(root, 'rm', '-q', 'old.md')
    write(root, {
      'more.md': `<${OWN}/blob/${commit}/old.md>\n\n<${OWN}/blob/${commit.slice(0, 9)}/docs/b.md>\n\n<${OWN}/blob/0123456789/x>\n`,
    })
    expect(await found(root)).toEqual([
      missing(`${OWN}/blob/${commit.slice(0, 9)}/docs/b.md`),
      missing(`${OWN}/blob/v1/docs/b.md`),
      missing(`${OWN}/blob/release/1.0/docs/b.md`),
    ])
  })

  it('may be about a file that only the default branch has', async () => {
    const root = await clone([`${OWN}/blob/main/old.md`, `${OWN}/blob/HEAD/gone.md`], {'old.md': '# Old\n'})
    await git(root, 'update-ref', 'refs/remotes/origin/main', 'HEAD')
    await git(root, 'symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main')
    await git(root, 'checkout', '-qb', 'feature')
    await git(root, 'rm', '-q', 'old.md')
    await git(root, 'commit', '-qm', 'remove')
    expect(await found(root)).toEqual([missing(`${OWN}/blob/HEAD/gone.md`)])
  })

  it('is requested only if neither the tree nor git tells', async () => {
    const unknown = [
      `${OWN}/blob/v9/docs/a.md`,
      `${OWN}/issues/1`,
      'https://github.com/owner/other/blob/main/docs/a.md',
      'https://raw.githubusercontent.com/owner/name/0123456/a.png',
    ]
    const known = [
      `${OWN}/blob/main/docs/a.md#use`,
      `${OWN}/blob/main/docs/gone.md`,
      `${OWN}/tree/main/docs`,
      'https://raw.githubusercontent.com/owner/name/main/src/code.ts',
    ]
    const {asks} = await checkFolder(await clone([...unknown, ...known]), 'no-dead-link')
    expect([...asks.link]).toEqual(unknown)
  })

  it('is about the branch that a pull request is for', async () => {
    const root = await clone([`${OWN}/blob/dev/docs/a.md`, `${OWN}/blob/dev/docs/gone.md`])
    await git(root, 'update-ref', 'refs/remotes/pull/7/merge', 'HEAD')
    await git(root, 'checkout', '-q', '--detach')
    expect(await found(root)).toEqual([])
    expect(await found(root, {GITHUB_BASE_REF: 'dev'})).toEqual([missing(`${OWN}/blob/dev/docs/gone.md`)])
  })

  it('is judged by the others if the default branch is not known', async () => {
    const names = ['a', 'b', 'c', 'd']
    const root = await clone(
      [...names, 'gone'].map((name) => `${OWN}/blob/master/docs/${name}.md`),
      {
        ...Object.fromEntries(names.map((name) => [`docs/${name}.md`, '# A\n'])),
      },
    )
    await git(root, 'checkout', '-q', '--detach')
    expect(await found(root)).toEqual([
      `likely ${missing(`${OWN}/blob/master/docs/gone.md`)} (likely: all 4 other paths in URLs of the branch exist)`,
    ])
  })

  it.each<[string, string]>([
    ['package.json', '{"repository": "owner/name"}'],
    ['package.json', '{"repository": {"url": "git+https://github.com/Owner/Name.git"}}'],
    ['mkdocs.yml', 'repo_url: https://github.com/owner/name/\n'],
    ['mkdocs.yml', 'edit_uri: https://github.com/owner/name/edit/main/docs/\n'],
    ['Cargo.toml', '[package]\nrepository = "https://github.com/owner/name"\n'],
    ['pyproject.toml', '[project.urls]\nSource = "https://github.com/owner/name"\n'],
    ['book.toml', '[output.html]\ngit-repository-url = "https://github.com/owner/name"\n'],
    ['package.json', '{"repository": "gitlab:owner/name"}'],
    ['package.json', '{"repository": 3}'],
    ['package.json', '{'],
  ])('is judged by the others if no remote names the repository, but %s says %s', async (file, text) => {
    const names = ['a', 'b', 'c', 'd']
    const root = folder({
      ...Object.fromEntries(names.map((name) => [`docs/${name}.md`, '# A\n'])),
      'README.md': [...names, 'gone'].map((name) => `<${OWN}/blob/main/docs/${name}.md>\n`).join('\n'),
      [file]: text,
    })
    const isStated = text.toLowerCase().includes('owner/name') && !text.includes('gitlab:')
    const expected = `likely ${missing(`${OWN}/blob/main/docs/gone.md`)} (likely: all 4 other paths in URLs of the branch exist)`
    expect(await found(root)).toEqual(isStated ? [expected] : [])
  })

  it('is judged by the others in a fork whose package.json names the repository', async () => {
    const root = await clone(
      ['README.md', 'docs/a.md', 'docs/b.md', 'src/code.ts', 'gone.ts'].map(
        (file) => `${OWN}/blob/main/${file}`,
      ),
      {'docs/b.md': '# B\n', 'package.json': '{"repository": "owner/name"}'},
    )
    await git(root, 'remote', 'set-url', 'origin', 'git@github.com:me/name.git')
    expect(await found(root)).toEqual([
      `likely ${missing(`${OWN}/blob/main/gone.ts`)} (likely: all 3 other paths in URLs of the branch exist)`,
    ])
  })
})
