import {spawnSync} from 'node:child_process'
import {mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {describe, expect, it, onTestFinished, vi} from 'vitest'
import {doccheck, folder} from './run-doccheck.ts'

/** Run the real git, as nobody in particular. */
function git(cwd: string, ...words: string[]): string {
  const {status, stdout, stderr} = spawnSync(
    'git',
    ['-c', 'user.name=A', '-c', 'user.email=a@example.org', '-c', 'protocol.file.allow=always', ...words],
    {cwd, encoding: 'utf8', env: {PATH: process.env.PATH, HOME: cwd, GIT_CONFIG_NOSYSTEM: '1'}},
  )
  if (status !== 0) throw new Error(`git ${words.join(' ')}: ${stderr}`)
  return stdout
}

const write = (root: string, files: Record<string, string>) => {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), {recursive: true})
    writeFileSync(path.join(root, name), text)
  }
}

/** A repository with one commit on `main`. */
function repository(files: Record<string, string>): string {
  const root = folder(files)
  git(root, 'init', '-q', '-b', 'main')
  commit(root)
  return root
}

function commit(root: string): void {
  git(root, 'add', '--all')
  git(root, 'commit', '-q', '-m', 'x')
}

/** The report's lines that are messages, with their file before them, and those at the end. */
async function report(cwd: string, ...words: string[]) {
  const {out, err, code} = await doccheck(cwd, ['--offline', '--reporter', 'json', ...words])
  const text = await doccheck(cwd, ['--offline', ...words])
  const files: {path: string; messages: {line: number; reason: string}[]}[] = out ? JSON.parse(out) : []
  return {
    code,
    err,
    text: text.out,
    told: files.flatMap(({path: name, messages}) =>
      messages.map(({line, reason}) => `${name}:${line} ${reason}`),
    ),
  }
}

/** A small site with old debt: `old.md` has a broken link, and so has `guide.md`. */
const DOCS = {
  'index.md': '# Docs\n\n[Setup](docs/setup.md), [steps](docs/setup.md#steps), [guide](docs/guide.md)\n',
  'docs/setup.md':
    '# Setup\n\nHow to set it up.\n\n## Steps\n\nOne, two, and a third one that takes longer.\n',
  'docs/guide.md':
    '# Guide\n\n![plan](../img/plan.png)\n\n[first](faq.md#first) [debt](gone-long-ago.md) [set up](setup.md)\n',
  'docs/faq.md': '# FAQ\n\n## First\n\nIt is like this.\n\n## Second\n\nIt is like that.\n',
  'docs/old.md': '# Old\n\n[nowhere](nowhere.md)\n',
  'img/plan.png': 'P',
}

/** What the branch does: a page renamed, a heading deleted, an image deleted. */
function breakThings(root: string): void {
  git(root, 'mv', 'docs/setup.md', 'docs/install.md')
  write(root, {'docs/faq.md': '# FAQ\n\n## Second\n\nIt is like that.\n'})
  rmSync(path.join(root, 'img/plan.png'))
}

const BROKEN = [
  'docs/guide.md:3 Unexpected missing image `../img/plan.png` (img/plan.png was deleted in this change)',
  'docs/guide.md:5 Unexpected link to missing anchor `#first` in `docs/faq.md` (docs/faq.md lost #first in this change)',
  'docs/guide.md:5 Unexpected link to missing file `setup.md`, expected `install.md` (docs/setup.md was renamed to docs/install.md in this change)',
  'index.md:3 Unexpected link to missing file `docs/setup.md`, expected `docs/install.md` (docs/setup.md was renamed to docs/install.md in this change)',
  'index.md:3 Unexpected link to missing file `docs/setup.md#steps`, expected `docs/install.md#steps` (docs/setup.md was renamed to docs/install.md in this change)',
]

describe('the story of a branch', () => {
  it('is told before the commit by --staged, after it by --since, without the old debt', async () => {
    const root = repository(DOCS)
    expect((await report(root)).told).toHaveLength(2)
    git(root, 'switch', '-q', '-c', 'topic')
    breakThings(root)
    git(root, 'add', '--all')
    const staged = await report(root, '--staged')
    expect(staged.told).toEqual(BROKEN)
    expect(staged.code).toBe(1)
    expect(staged.text).toContain('2 known problems in other files not shown')
    git(root, 'commit', '-q', '-m', 'x')
    const since = await report(root, '--since', 'main')
    expect(since.told).toEqual(BROKEN)
    expect(since.code).toBe(1)
    expect(since.text).toContain('Since main: 0 problems fixed, 2 known problems not shown')
  })

  it('is told where files have the names of what git is asked for', async () => {
    const root = repository({...DOCS, HEAD: 'x\n', main: 'x\n'})
    git(root, 'switch', '-q', '-c', 'topic')
    breakThings(root)
    write(root, {[git(root, 'rev-parse', 'main').trim()]: 'x\n'})
    git(root, 'add', '--all')
    for (const words of [['--staged'], ['--since', 'main'], ['--since', 'HEAD']])
      expect(await report(root, ...words)).toMatchObject({told: BROKEN, err: ''})
  })

  it('is told of what is not committed, and of files that git does not know yet', async () => {
    const root = repository(DOCS)
    rmSync(path.join(root, 'img/plan.png'))
    write(root, {'docs/faq.md': '# FAQ\n\n## Second\n\nIt is like that.\n'})
    // Moved without a word to git.
    write(root, {'docs/install.md': readFileSync(path.join(root, 'docs/setup.md'), 'utf8')})
    rmSync(path.join(root, 'docs/setup.md'))
    expect((await report(root, '--since', 'main')).told).toEqual(BROKEN)
    // Nothing of it is staged.
    const staged = await report(root, '--staged')
    expect(staged).toMatchObject({told: [], code: 0})
    expect(staged.text).toContain('Nothing is staged')
    expect(git(root, 'status', '--short')).toContain(' D docs/setup.md')
  })

  it('is no news where the branch made good what it did', async () => {
    const root = repository(DOCS)
    git(root, 'switch', '-q', '-c', 'topic')
    breakThings(root)
    write(root, {
      'index.md':
        '# Docs\n\n[Setup](docs/install.md), [steps](docs/install.md#steps), [guide](docs/guide.md)\n',
      'docs/guide.md': '# Guide\n\n[second](faq.md#second)\n\n[set up](install.md)\n',
    })
    commit(root)
    const {told, code, text} = await report(root, '--since', 'main')
    expect({told, code}).toEqual({told: [], code: 0})
    // The debt of the guide is gone, the other one is there still.
    expect(text).toContain('Since main: 1 problem fixed, 1 known problem not shown')
  })
})

describe('--since', () => {
  it('knows debt again on a page that was moved, and where its target was', async () => {
    const root = repository({
      'a/page.md': '# A\n\nText that stays as it is.\n\n[x](missing.md) [y](#nope)\n',
      'b.md': '[to](a/page.md#lost) [n](none.md)\n',
    })
    git(root, 'switch', '-q', '-c', 'topic')
    git(root, 'mv', 'a', 'c')
    write(root, {'b.md': 'Two lines\nmore.\n\n[to](c/page.md#lost) [n](none.md)\n'})
    commit(root)
    const {told, text} = await report(root, '--since', 'main')
    expect(told).toEqual([])
    expect(text).toContain('0 problems fixed, 4 known problems not shown')
  })

  it('knows debt again on a moved page whose links were adapted, each by its own target', async () => {
    const text = 'Text that stays as it is.\n'.repeat(9)
    const root = repository({
      'docs/p.md': `${text}\n[a](gone.md) [b](../docs/gone.md) [ok](ok.md) [c](left.md)\n`,
      'docs/ok.md': '# OK\n',
    })
    rmSync(path.join(root, 'docs/p.md'))
    write(root, {
      'guide/p.md': `${text}\n[b](../docs/gone.md) [a](../docs/gone.md) [ok](../docs/ok.md) [c](left.md)\n`,
    })
    commit(root)
    const {told, text: summary} = await report(root, '--since', 'HEAD~')
    expect(told).toEqual([])
    expect(summary).toContain('0 problems fixed, 3 known problems not shown')
    // What is written anew is news all the same.
    write(root, {'guide/p.md': `${text}\n[b](../docs/gone.md) [m](new.md)\n`})
    commit(root)
    expect((await report(root, '--since', 'HEAD~2')).told).toEqual([
      'guide/p.md:11 Unexpected link to missing file `new.md`',
    ])
  })

  it('counts no debt as fixed that left the paths that are given', async () => {
    const root = repository({'docs/p.md': '# P\n\n[x](x.md)\n', 'docs/q.md': '[y](y.md)\n'})
    git(root, 'mv', 'docs/p.md', 'p.md')
    commit(root)
    expect((await report(root, '--since', 'HEAD~', 'docs')).text).toContain(
      '0 problems fixed, 1 known problem not shown',
    )
    git(root, 'rm', '-q', 'docs/q.md')
    write(root, {'docs/r.md': '# R\n'})
    commit(root)
    expect((await report(root, '--since', 'HEAD~2', 'docs')).text).toContain('1 problem fixed, 0 known')
  })

  it('compares with where the branch was left, not with what came later', async () => {
    const root = repository({'a.md': '[b](b.md)\n', 'b.md': '# B\n'})
    git(root, 'switch', '-q', '-c', 'topic')
    write(root, {'c.md': '[x](x.md)\n'})
    commit(root)
    git(root, 'switch', '-q', 'main')
    git(root, 'rm', '-q', 'b.md')
    commit(root)
    git(root, 'switch', '-q', 'topic')
    expect((await report(root, '--since', 'main')).told).toEqual([
      'c.md:1 Unexpected link to missing file `x.md`',
    ])
  })

  it('tells a second mistake of a kind from the first', async () => {
    const root = repository({'a.md': '[x](x.md)\n'})
    git(root, 'switch', '-q', '-c', 'topic')
    write(root, {'a.md': 'New.\n\n[x](x.md) and [again](x.md)\n'})
    const {told} = await report(root, '--since', 'HEAD')
    expect(told).toEqual(['a.md:3 Unexpected link to missing file `x.md`'])
  })

  it('reports what a comment no longer hides', async () => {
    const root = repository({'a.md': '<!-- lint disable no-broken-link -->\n\n[x](x.md)\n'})
    write(root, {'a.md': '[x](x.md)\n'})
    expect((await report(root, '--since', 'HEAD')).told).toEqual([
      'a.md:1 Unexpected link to missing file `x.md`',
    ])
  })

  it('fixes what is new, and leaves the debt alone', async () => {
    const root = repository(DOCS)
    write(root, {'docs/old.md': '# Old\n\n[wrong](FAQ.md)\n'})
    commit(root)
    git(root, 'mv', 'docs/setup.md', 'docs/install.md')
    const {code, out} = await doccheck(root, ['--offline', '--since', 'HEAD', '--fix'])
    expect(out).toContain('3 problems fixed in 2 files')
    expect(code).toBe(0)
    expect(readFileSync(path.join(root, 'index.md'), 'utf8')).toContain('[steps](docs/install.md#steps)')
    expect(readFileSync(path.join(root, 'docs/old.md'), 'utf8')).toContain('FAQ.md')
  })

  it('reports on the paths that are given', async () => {
    const root = repository(DOCS)
    breakThings(root)
    expect((await report(root, '--since', 'HEAD', 'index.md')).told).toEqual(BROKEN.slice(3))
    // All paths are relative to the current folder.
    expect((await report(path.join(root, 'docs'), '--since', 'HEAD')).told).toEqual(
      BROKEN.slice(0, 3).map((line) => line.replaceAll('docs/', '').replace('(img/', '(../img/')),
    )
  })
})

describe('the cause', () => {
  const causes = async (root: string) => {
    git(root, 'add', '--all')
    const staged = (await report(root, '--staged')).told
    expect((await report(root, '--since', 'HEAD')).told).toEqual(staged)
    return staged.map((line) => /\(([^()]*)\)$/.exec(line)?.[1])
  }

  it('is a folder that moved, or was deleted', async () => {
    const root = repository({
      'docs/README.md': '# D\n',
      'docs/more/a.md': '# A\n',
      'p.md': '[d](docs/) [m](docs/more)\n',
    })
    git(root, 'mv', 'docs', 'dox')
    expect(await causes(root)).toEqual([
      'docs was renamed to dox in this change',
      'docs/more was renamed to dox/more in this change',
    ])
    git(root, 'rm', '-qrf', 'dox')
    expect(await causes(root)).toEqual([
      'docs was deleted in this change',
      'docs/more was deleted in this change',
    ])
  })

  it('is no folder that is there still, seen from where a page was moved', async () => {
    const root = repository({
      'docs/sub/a.md': '# A\n',
      'docs/sub/b.md': '# B\n',
      'docs/p.md': '# P\n\n[s](sub)\n',
    })
    mkdirSync(path.join(root, 'guide'))
    git(root, 'mv', 'docs/p.md', 'guide/p.md')
    git(root, 'rm', '-q', 'docs/sub/b.md')
    expect(await causes(root)).toEqual([undefined])
  })

  it.each([
    ['permalink: /old/', 'permalink: /new/'],
    ['redirect_from: /old/', 'title: Setup'],
  ])('is an address that a page had: %s', async (before, after) => {
    const root = repository({
      '_config.yml': 'plugins: [jekyll-redirect-from]\n',
      'setup.md': `---\n${before}\n---\n# Setup\n`,
      'p.md': '---\n---\n[old](/old/#top)\n',
    })
    write(root, {'setup.md': `---\n${after}\n---\n# Setup\n`})
    expect(await causes(root)).toEqual(['setup.md is no longer at /old/ since this change'])
  })

  it('is a submodule that was removed', async () => {
    const root = repository({'p.md': '[s](sub/a.md)\n'})
    git(root, 'submodule', '--quiet', 'add', repository({'a.md': '# A\n'}), 'sub')
    commit(root)
    git(root, 'rm', '-qf', 'sub')
    expect(await causes(root)).toEqual(['sub was deleted in this change'])
  })
})

describe('behind symlinks', () => {
  it('sees what became of the file they lead to', async () => {
    const root = repository({'docs/real.md': '# Real\n', 'p.md': '[r](alias.md#real) [n](alias.md#no)\n'})
    symlinkSync('docs/real.md', path.join(root, 'between.md'))
    symlinkSync('between.md', path.join(root, 'alias.md'))
    commit(root)
    write(root, {'docs/real.md': '# Other\n'})
    const expected = ['p.md:1 Unexpected link to missing anchor `#real` in `alias.md`']
    expect((await report(root, '--since', 'HEAD')).told).toEqual(expected)
    expect((await report(root, '--staged')).told).toEqual([])
    git(root, 'add', '--all')
    write(root, {'docs/real.md': '# Real\n'})
    expect((await report(root, '--staged')).told).toEqual(expected)
  })

  it('sees what became of symlinks to folders, and knows what was never there', async () => {
    const root = repository({'docs/a.md': '# A\n', 'p.md': '[a](link/a.md) [z](link/z.md)\n'})
    symlinkSync('docs', path.join(root, 'link'))
    commit(root)
    const gone = [expect.stringContaining('missing file `link/a.md`')]
    for (const name of ['link', 'docs']) {
      git(root, 'rm', '-qr', name)
      expect((await report(root, '--staged')).told).toEqual(gone)
      const {told, text} = await report(root, '--since', 'HEAD')
      expect(told).toEqual(gone)
      expect(text).toContain('0 problems fixed, 1 known problem not shown')
      git(root, 'reset', '-q', '--hard')
    }
  })

  it('knows debt again where they lead out of the tree, nowhere, or in a circle', async () => {
    const outside = folder({'o.md': '# O\n\n[x](x.md)\n'})
    const root = repository({
      '.gitignore': 'made.md\n',
      'made.md': '# Made\n\n[y](y.md)\n',
      'p.md': '[o](out/o.md) [z](out/z.md) [c](round/c.md)\n',
    })
    symlinkSync(outside, path.join(root, 'out'))
    symlinkSync(path.join(outside, 'o.md'), path.join(root, 'o.md'))
    symlinkSync('made.md', path.join(root, 'm.md'))
    symlinkSync('nowhere.md', path.join(root, 'n.md'))
    symlinkSync('round', path.join(root, 'round'))
    symlinkSync('r.md', path.join(root, 'r.md'))
    commit(root)
    write(root, {'new.md': '# New\n'})
    git(root, 'add', '--all')
    const all = (await report(root)).told.length
    const {told, text} = await report(root, '--since', 'HEAD')
    expect(told).toEqual([])
    expect(text).toContain(`0 problems fixed, ${all} known problems not shown`)
    expect((await report(root, '--staged')).told).toEqual([])
  })
})

describe('--staged', () => {
  it('checks what is in the index, not what is in the folder', async () => {
    const root = repository({'a.md': '# A\n', 'b.md': '# B\n'})
    write(root, {'a.md': '[x](staged.md)\n\n[n](new.md)\n', 'new.md': '# New\n'})
    git(root, 'add', 'a.md')
    // What comes after `git add` is not in the next commit, neither mistakes nor amends; nor is the new file.
    write(root, {'a.md': '[x](b.md)\n\n[u](unstaged.md)\n', 'b.md': '[v](unstaged.md)\n'})
    expect((await report(root, '--staged')).told).toEqual([
      'a.md:1 Unexpected link to missing file `staged.md`',
      'a.md:3 Unexpected link to missing file `new.md`',
    ])
    git(root, 'add', '--intent-to-add', 'new.md')
    expect((await report(root, '--staged')).told).toHaveLength(2)
    git(root, 'add', 'new.md')
    expect((await report(root, '--staged')).told).toHaveLength(1)
  })

  it('reports the debt of staged files, and no other', async () => {
    const root = repository(DOCS)
    write(root, {'docs/old.md': '# Older\n\n[nowhere](nowhere.md)\n'})
    git(root, 'add', '--all')
    expect((await report(root, '--staged')).told).toEqual([
      'docs/old.md:3 Unexpected link to missing file `nowhere.md`',
    ])
  })

  it('checks of the files that are named those that git has, as git has them', async () => {
    const root = repository({'a.md': '# A\n', 'docs/d.md': '# D\n'})
    write(root, {'a.md': '[x](x.md)\n', 'docs/d.md': '[y](y.md)\n'})
    git(root, 'add', '--all')
    write(root, {'new.md': '[z](z.md)\n'})
    rmSync(path.join(root, 'a.md'))
    rmSync(path.join(root, 'docs'), {recursive: true})
    const expected = [
      'a.md:1 Unexpected link to missing file `x.md`',
      'docs/d.md:1 Unexpected link to missing file `y.md`',
    ]
    expect((await report(root, '--staged', 'a.md', 'new.md', 'docs')).told).toEqual(expected)
    expect((await report(root, '--staged', 'docs/d.md')).told).toEqual(expected.slice(1))
    expect(await doccheck(root, ['--staged', 'new.md'])).toMatchObject({
      code: 2,
      err: 'doccheck: new.md is not tracked by git, `git add` it first\n',
    })
    for (const words of [
      ['--staged', 'new.md', 'b.md'],
      ['--since', 'HEAD', 'b.md'],
    ])
      expect(await doccheck(root, words)).toMatchObject({
        code: 2,
        err: expect.stringContaining('No such file or folder: b.md'),
      })
  })

  it('reads from git what git was told not to look for in the folder', async () => {
    const root = repository({'b.md': '# B\n', 'p.md': '[b](b.md)\n'})
    git(root, 'update-index', '--assume-unchanged', 'p.md')
    write(root, {'p.md': '[z](zz.md)\n'})
    git(root, 'rm', '-q', '--cached', 'b.md')
    expect((await report(root, '--staged')).told).toEqual([
      'p.md:1 Unexpected link to missing file `b.md` (b.md was deleted in this change)',
    ])
  })

  it('works before the first commit', async () => {
    const root = folder({'a.md': '[x](x.md)\n'})
    git(root, 'init', '-q')
    git(root, 'add', 'a.md')
    expect((await report(root, '--staged')).told).toEqual(['a.md:1 Unexpected link to missing file `x.md`'])
  })

  it('uses the index that git hands to a hook', async () => {
    const root = repository({'a.md': '# A\n', 'b.md': '# B\n'})
    const main = path.resolve('bin/doccheck.js')
    write(root, {
      '.git/hooks/pre-commit': `#!/bin/sh\nexec "${process.execPath}" "${main}" --staged --offline\n`,
      'a.md': '[x](x.md)\n',
      'b.md': '[y](y.md)\n',
    })
    spawnSync('chmod', ['+x', path.join(root, '.git/hooks/pre-commit')])
    // Only one of the two is to be committed: git makes an index for that.
    expect(() => git(root, 'commit', '-q', '-m', 'x', 'b.md')).toThrow(/^(?!.*x\.md).*y\.md/s)
    write(root, {'b.md': '# Better\n'})
    git(root, 'commit', '-q', '-m', 'x', 'b.md')
  })
})

describe('in repositories of all kinds', () => {
  it('works in a linked work tree, and in a submodule', async () => {
    const root = repository(DOCS)
    const inner = path.join(folder(), 'tree')
    git(root, 'worktree', 'add', '-q', '-b', 'topic', inner)
    breakThings(inner)
    git(inner, 'add', '--all')
    expect((await report(inner, '--staged')).told).toEqual(BROKEN)
    expect((await report(inner, '--since', 'main')).told).toEqual(BROKEN)
    const outer = repository({'a.md': '[in](sub/index.md) [not](sub/nope.md)\n'})
    git(outer, 'submodule', '--quiet', 'add', root, 'sub')
    commit(outer)
    const sub = path.join(outer, 'sub')
    breakThings(sub)
    git(sub, 'add', '--all')
    expect((await report(sub, '--staged')).told).toEqual(BROKEN)
    // What is in a submodule is not the outer repository's matter.
    write(outer, {'b.md': '[s](sub/any.md) [x](x.md)\n'})
    expect((await report(outer, '--since', 'HEAD')).told).toEqual([
      'b.md:1 Unexpected link to missing file `x.md`',
    ])
  })

  it('works in a sparse checkout: what is not in the folder is still there', async () => {
    const root = repository(DOCS)
    git(root, 'sparse-checkout', 'set', '--no-cone', '/docs/*')
    write(root, {'docs/old.md': '[in](../index.md#docs) [no](../index.md#no) [img](../img/plan.png)\n'})
    const expected = ['docs/old.md:1 Unexpected link to missing anchor `#no` in `index.md`']
    expect((await report(root, 'docs/old.md')).told).toEqual(expected)
    expect((await report(root, '--since', 'HEAD')).told).toEqual(expected)
    git(root, 'add', 'docs')
    expect((await report(root, '--staged')).told).toEqual(expected)
    // Pages that are not in the folder are not the user's matter.
    expect((await report(root)).told.every((line) => line.startsWith('docs/'))).toBe(true)
  })

  it('works in a bare repository, on what HEAD holds', async () => {
    const origin = repository(DOCS)
    git(origin, 'switch', '-q', '-c', 'topic')
    breakThings(origin)
    commit(origin)
    const bare = path.join(folder(), 'bare.git')
    git(origin, 'clone', '-q', '--bare', `file://${origin}`, bare)
    expect((await report(bare, '--since', 'main')).told).toEqual(BROKEN)
    expect(await doccheck(bare, ['--staged'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('work tree'),
    })
  })

  it('reads many objects, and large ones', async () => {
    const many = Object.fromEntries(
      Array.from({length: 300}, (_, index) => [
        `p${index}.md`,
        `# ${index}\n\n[n](p${index + 1}.md#${index + 1})\n`,
      ]),
    )
    // Of more bytes than a pipe holds, and more than characters.
    const large = `# Large\n\n${'가나다 [x](p0.md)\n'.repeat(30_000)}\n[end](p0.md#end)\n`
    const origin = repository({...many, 'p300.md': '# 300\n', 'large.md': large})
    const bare = path.join(folder(), 'bare.git')
    write(origin, {'large.md': `${large}\n[more](p1.md#more)\n`, 'p7.md': '# Seven\n'})
    commit(origin)
    git(origin, 'clone', '-q', '--bare', `file://${origin}`, bare)
    expect((await report(bare, '--since', 'HEAD~')).told).toEqual([
      'large.md:30006 Unexpected link to missing anchor `#more` in `p1.md`',
      'p6.md:3 Unexpected link to missing anchor `#7` in `p7.md` (p7.md lost #7 in this change)',
    ])
  })

  it('reads names of all kinds', async () => {
    const name = 'a "b" ü\t\\ 名.md'
    const root = repository({[name]: '# A\n', 'b.md': '# B\n'})
    write(root, {[name]: '[x](x.md)\n'})
    git(root, 'add', '--all')
    write(root, {[name]: '# Something else\n'})
    const staged = await doccheck(root, ['--staged', '--offline', '--reporter', 'json'])
    expect(staged.out).toContain('missing file `x.md`')
  })
})

describe('errors', () => {
  it.each([
    [['--staged'], '--staged requires a git work tree'],
    [['--since', 'main'], '--since requires a git repository'],
  ])('%j outside of git', async (words, part) => {
    const {code, err} = await doccheck(folder({'a.md': '# A\n'}), words)
    expect({code, err}).toEqual({code: 2, err: expect.stringContaining(part)})
  })

  it.each([
    [['--since', 'mian'], 'no such branch, tag or commit'],
    [['--since=--output=x'], 'no such branch, tag or commit'],
    [['--since', 'main', '--staged'], '--since cannot be used with --staged'],
    [
      ['--staged', '--fix'],
      '--fix cannot be used with --staged: fix the working tree with `--since HEAD --fix`, and stage the result',
    ],
    [['--staged', '--stdin'], '--staged cannot be used with --stdin'],
  ])('%j', async (words, part) => {
    const root = repository({'a.md': '# A\n'})
    const {code, err} = await doccheck(root, words)
    expect({code, err}).toEqual({code: 2, err: expect.stringContaining(part)})
  })

  it.each([['--staged'], ['--since=main']])(
    'a repository that belongs to somebody else, with %s',
    async (word) => {
      const root = repository({'a.md': '# A\n'})
      // git's own tests have no other user, either.
      vi.stubEnv('GIT_TEST_ASSUME_DIFFERENT_OWNER', '1')
      onTestFinished(() => void vi.unstubAllEnvs())
      const {code, err} = await doccheck(root, [word])
      expect(code).toBe(2)
      expect(err).toContain('detected dubious ownership')
      expect(err).toContain(`\`git config --global --add safe.directory ${root}\``)
    },
  )

  it('a repository that git cannot read', async () => {
    const root = repository({'a.md': '# A\n'})
    write(root, {'.git/config': '[x'})
    expect(await doccheck(root, ['--staged'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('fatal: bad config line'),
    })
  })

  it('a branch that only the remote has is found by its name', async () => {
    const origin = repository({'a.md': '# A\n'})
    const clone = path.join(folder(), 'clone')
    git(origin, 'clone', '-q', origin, clone)
    git(clone, 'switch', '-q', '-c', 'topic')
    git(clone, 'branch', '-q', '-D', 'main')
    write(clone, {'b.md': '[x](x.md)\n'})
    expect((await report(clone, '--since', 'main')).told).toEqual([
      'b.md:1 Unexpected link to missing file `x.md`',
    ])
  })

  it('histories without a common commit', async () => {
    const root = repository({'a.md': '# A\n'})
    git(root, 'switch', '-q', '--orphan', 'other')
    write(root, {'b.md': '# B\n'})
    commit(root)
    expect((await doccheck(root, ['--since', 'main'])).err).toContain('no commit in common')
  })

  it('an unfinished merge', async () => {
    const root = repository({'a.md': '# A\n'})
    git(root, 'switch', '-q', '-c', 'topic')
    write(root, {'a.md': '# B\n'})
    commit(root)
    git(root, 'switch', '-q', 'main')
    write(root, {'a.md': '# C\n'})
    commit(root)
    expect(() => git(root, 'merge', '-q', 'topic')).toThrow()
    expect((await doccheck(root, ['--staged'])).err).toContain('a.md has a merge conflict')
  })
})
