import {describe, expect, it} from 'vitest'
import {RemovedFiles} from '../src/history/removed-files.ts'
import {doubt, mayOutliveFiles} from '../src/site/doubts.ts'
import {git, repository, write} from './repository.ts'
import {doccheck} from './run-doccheck.ts'

const commit = async (root: string) => {
  await git(root, 'add', '--all')
  await git(root, 'commit', '-qm', 'x')
}

/** A text that no other page resembles. */
const text = (name: string) => `# ${name}\n\n${`About ${name} and what it does. `.repeat(20)}\n`

describe('the files that git shows to be removed', () => {
  it('are found by the paths that links have', () => {
    const removed = new Set([
      'docs/a.md',
      'docs/b/index.md',
      'img/x.png',
      'docs/api/one.md',
      'docs/api/two.md',
    ])
    const files = new Set([
      'docs/c.md',
      'docs/b/README.md',
      'img/y.png',
      'docs/api/index.md',
      'docs/api/z.png',
    ])
    const found = new RemovedFiles(removed, files, false)
    for (const target of ['docs/a.md', 'docs/a', 'docs/a.html', 'docs/b', 'docs/b/index.md', 'img/x.png'])
      expect([target, found.has({path: target})]).toEqual([target, true])
    // Most pages of the folder were removed, so that the build may generate them now.
    for (const target of ['docs/api/one.md', 'docs/api/two', 'docs/c', 'docs', 'img/x', ''])
      expect([target, found.has({path: target})]).toEqual([target, false])
  })

  it('prove nothing where an address does not need the file', () => {
    expect(mayOutliveFiles(doubt('plugin-pages', 'x'))).toBe(false)
    for (const reason of ['computed-redirects', 'unknown-generator', 'theme-files', 'git-ignored'] as const)
      expect(mayOutliveFiles(doubt(reason))).toBe(true)
  })
})

/** A site with a plugin that may add pages, and with too few links to test that. */
const SITE = {
  'mkdocs.yml': 'site_name: x\nplugins: [search, unknownplugin]\n',
  'docs/index.md': '# Home\n\n[setup](guide/setup.md)\n',
  'docs/guide/setup.md': text('Setup'),
  'docs/guide/start.md': text('Start'),
  'docs/guide/more.md': text('More'),
}

const GONE = 'docs/index.md:3 %s Unexpected link to missing file `guide/setup.md`%s'
const gone = (severity: string, more: string) => GONE.replace('%s', severity).replace('%s', more)
const DELETED = ' (docs/guide/setup.md was deleted in this change)'
const LIKELY = ' (likely: git shows that the file was removed)'

async function found(cwd: string, ...words: string[]): Promise<string[]> {
  const {out} = await doccheck(cwd, ['--offline', '--reporter', 'json', ...words])
  const files: {path: string; messages: {line: number; reason: string; fatal: boolean}[]}[] = JSON.parse(out)
  return files.flatMap(({path: name, messages}) =>
    messages.map(({line, reason, fatal}) => `${name}:${line} ${fatal ? 'error' : 'warning'} ${reason}`),
  )
}

/** A repository with the site on `main`, and another branch. */
async function branch(files: Record<string, string> = SITE): Promise<string> {
  const root = await repository(files)
  await git(root, 'commit', '-qm', 'x')
  await git(root, 'switch', '-qc', 'topic')
  return root
}

describe.each(['--staged', '--since main'])('a change that removes a page, checked with %s', (option) => {
  const words = option.split(' ')

  it('breaks the links to it for certain, though a plugin may add pages', async () => {
    const root = await branch()
    await git(root, 'rm', '-q', 'docs/guide/setup.md')
    expect(await found(root)).toEqual([])
    expect(await found(root, ...words)).toEqual([gone('error', DELETED)])
  })

  it('breaks them likely if it also changes how the site is built', async () => {
    const root = await branch()
    await git(root, 'rm', '-q', 'docs/guide/setup.md')
    write(root, {'mkdocs.yml': `${SITE['mkdocs.yml']}nav: [index.md]\n`})
    await git(root, 'add', '--all')
    expect(await found(root, ...words)).toEqual([gone('warning', LIKELY + DELETED)])
  })

  it('breaks none if it removes most of a folder, which the build may generate now', async () => {
    const root = await branch()
    await git(root, 'rm', '-q', 'docs/guide/setup.md', 'docs/guide/start.md')
    expect(await found(root, ...words)).toEqual([])
  })

  it('breaks them for certain if it renames the page, and the fix is certain', async () => {
    const root = await branch()
    await git(root, 'mv', 'docs/guide/setup.md', 'docs/guide/install.md')
    expect(await found(root, ...words)).toEqual([
      gone(
        'error',
        ', expected `guide/install.md` (docs/guide/setup.md was renamed to docs/guide/install.md in this change)',
      ),
    ])
  })

  it('breaks nothing for certain if the page leaves the site, where a plugin may still publish it', async () => {
    const root = await branch()
    await git(root, 'mv', 'docs/guide/setup.md', 'SETUP.md')
    expect(await found(root, ...words)).toEqual([])
  })
})

describe('a page that was removed earlier', () => {
  it.each([[], ['--fix']])('is not judged, as before, with %j', async (...option) => {
    const root = await branch()
    await git(root, 'rm', '-q', 'docs/guide/setup.md')
    await commit(root)
    expect(await found(root, ...option)).toEqual([])
  })
})
