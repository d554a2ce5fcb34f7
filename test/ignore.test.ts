import {execFileSync} from 'node:child_process'
import {rmSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {describe, expect, it} from 'vitest'
import {ignoredBy} from '../src/pattern/gitignore.ts'
import {repository} from './repository.ts'
import {doccheck, folder} from './run-doccheck.ts'

const LINK = '[x](gone.md)\n'

const checked = async (cwd: string, ...args: string[]) => {
  const {out} = await doccheck(cwd, ['--offline', '-f', 'concise', ...args])
  return [...new Set(out.match(/^[^:\n]+/gm))]
}

describe('.doccheckignore', () => {
  const FILES = {
    '.doccheckignore': '# drafts\ndrafts/\n*.old.md\n',
    'a.md': LINK,
    'a.old.md': LINK,
    'drafts/b.md': LINK,
    'docs/.doccheckignore': '/c.md\n!keep.old.md\n',
    'docs/c.md': LINK,
    'docs/d.md': LINK,
    'docs/keep.old.md': LINK,
    'docs/deep/c.md': LINK,
  }
  const LEFT = ['a.md', 'docs/d.md', 'docs/deep/c.md', 'docs/keep.old.md']

  it('is read in each folder, as .gitignore is', async () => {
    const cwd = folder(FILES)
    expect((await checked(cwd)).sort()).toEqual(LEFT)
    expect(await checked(path.join(cwd, 'docs'), '..')).toHaveLength(LEFT.length)
    const {out} = await doccheck(cwd, ['--offline', '--ignore-pattern', 'd.md'])
    expect(out).toContain('\n3 files ignored by .doccheckignore, 1 by --ignore-pattern\n')
  })

  it('leaves ignored files as targets of links', async () => {
    const cwd = folder({'.doccheckignore': 'b.md\n', 'a.md': '[b](b.md#b)\n', 'b.md': '# B\n'})
    expect((await doccheck(cwd, ['--offline'])).code).toBe(0)
  })

  it('says so where a named file is ignored, which is no problem', async () => {
    const cwd = folder({...FILES, 'a.md': '# A\n'})
    const {out, err, code} = await doccheck(cwd, ['--offline', 'a.md', 'drafts/b.md', '--max-warnings', '0'])
    expect(err).toBe('doccheck: Not checked, since ignored: drafts/b.md (.doccheckignore)\n')
    expect(out).toContain('1 file checked')
    expect(code).toBe(0)
    expect((await doccheck(cwd, ['--offline', 'drafts/*.md', 'a.md'])).err).toBe('')
    const config = JSON.parse((await doccheck(cwd, ['config', 'drafts/b.md'])).out)
    expect(config).toMatchObject({ignored: true, ignoredBy: '.doccheckignore'})
  })

  it('is that of the index and of commits, not the one on the disk', async () => {
    const cwd = await repository({'a.md': '# A\n', 'drafts/b.md': '# B\n'})
    const git = (...words: string[]) => execFileSync('git', words, {cwd})
    git('commit', '-qm', 'x')
    for (const name of ['a.md', 'drafts/b.md']) writeFileSync(path.join(cwd, name), LINK)
    writeFileSync(path.join(cwd, '.doccheckignore'), 'drafts\n')
    git('add', '.')
    rmSync(path.join(cwd, '.doccheckignore'))
    expect(await checked(cwd, '--staged')).toEqual(['a.md'])
    // On the disk, nothing is ignored any more.
    expect(await checked(cwd)).toEqual(['a.md', 'drafts/b.md'])
    git('rm', '-q', '--cached', '.doccheckignore')
    writeFileSync(path.join(cwd, '.doccheckignore'), 'drafts\n')
    expect(await checked(cwd, '--staged')).toEqual(['a.md', 'drafts/b.md'])
    expect(await checked(cwd, '--since', 'HEAD')).toEqual(['a.md'])
  })

  it('is warned about where a pattern is not supported', async () => {
    const cwd = folder({'.doccheckignore': 'x\n[[:alpha:]].md\n[[:digit:]]\n', 'a.md': '# A\n'})
    expect((await doccheck(cwd, [])).err).toBe(
      'doccheck: .doccheckignore:2: `[[:alpha:]].md` is not supported, it ignores nothing\n',
    )
  })
})

it('ignores what several files of Git do', () => {
  const files: Record<string, string> = {
    '.gitignore': '*.tmp\n/b\nc/\n!c/d.md\n**.log\na**z\n',
    'a/.gitignore': '!x.tmp\ny\n/z/*\n!/z/k.md\n',
    'a/q/.gitignore': '*\n!*/\n!e.md\n',
  }
  const paths = [
    'x.tmp',
    'b',
    'b/c.md',
    'a/b',
    'c/d.md',
    'a/c/e.md',
    'a/x.tmp',
    'a/r/x.tmp',
    'a/y',
    'a/r/y',
    'y',
  ].concat([
    'a/z/k.md',
    'a/z/l.md',
    'a/q/e.md',
    'a/q/f.md',
    'a/q/g/e.md',
    'a/q/g/h.md',
    'm.log',
    'n/m.log',
    'abcz',
    'ab/z',
  ])
  const root = folder(files)
  execFileSync('git', ['init', '-q'], {cwd: root})
  const input = paths.join('\n')
  const out = execFileSync('git', ['check-ignore', '--no-index', '--stdin'], {
    cwd: root,
    input,
    encoding: 'utf8',
  })
  const isIgnored = ignoredBy(
    new Map(
      Object.entries(files).map(([name, text]) => [name.replace(/\/?\.gitignore$/, ''), text.split('\n')]),
    ),
  )
  expect(paths.filter(isIgnored)).toEqual(out.trimEnd().split('\n'))
})

describe('--ignore-pattern', () => {
  it('is relative to the current folder, repeatable, and overrides files', async () => {
    const cwd = folder({
      '.git/HEAD': '',
      '.doccheckignore': 'old.md\n',
      'docs/a.md': LINK,
      'docs/b.md': LINK,
      'docs/old.md': LINK,
    })
    expect(await checked(cwd, '--ignore-pattern', '/docs/a.md', '--ignore-pattern', 'b.*')).toEqual([])
    expect(await checked(path.join(cwd, 'docs'), '--ignore-pattern', '/a.md')).toEqual(['b.md'])
    expect(await checked(cwd, '--ignore-pattern', 'docs/*', '--ignore-pattern', '!docs/b.md')).toEqual([
      'docs/b.md',
    ])
  })
})
