import {execFileSync} from 'node:child_process'
import {chmodSync, cpSync, existsSync, mkdirSync, renameSync, rmSync, utimesSync} from 'node:fs'
import path from 'node:path'
import {globbySync} from 'globby'
import {expect, it, vi} from 'vitest'
import {git as ask, gitProgram, refusal} from '../src/tree/git.ts'
import {git, repository, write} from './repository.ts'
import {doccheck, folder} from './run-doccheck.ts'

/** A program that leaves a mark wherever git runs it, as a hook, a filter or a server. */
function marker() {
  const place = folder()
  const mark = path.join(place, 'ran')
  const program = path.join(place, 'mark.sh')
  write(place, {'mark.sh': `#!/bin/sh\ntouch "${mark}"\nexit 1\n`})
  chmodSync(program, 0o755)
  return {program, ran: () => existsSync(mark)}
}

/** All that doccheck does with git. */
const RUNS = [
  [],
  ['--since', 'HEAD~'],
  ['--since', 'HEAD~', '--fix'],
  ['--since', 'HEAD~', '--config-from', 'HEAD'],
  ['--staged'],
  ['--diff', '--unsafe'],
  ['--fix'],
  ['baseline'],
  ['baseline'],
  ['sites'],
  ['inspect', 'index.md'],
  ['config'],
  ['init', '--yes'],
]

/** A repository of two commits with a page renamed, one deleted, and something changed, staged or new. */
async function busy(): Promise<string> {
  const text = (name: string) => `# ${name}\n\nA page about ${name}, with a line that goes on for a while.\n`
  const root = await repository({
    'index.md': '[a](a.md) [b](b.md#old)\n',
    'a.md': text('A'),
    'b.md': text('B'),
  })
  await git(root, 'commit', '-q', '-m', 'x')
  await git(root, 'mv', 'a.md', 'moved.md')
  write(root, {'index.md': '[a](a.md) [b](b.md) [gone](gone.md)\n'})
  await git(root, 'commit', '-q', '-a', '-m', 'y')
  cpSync(path.join(root, 'b.md'), path.join(root, 'c.md'))
  await git(root, 'rm', '-q', 'b.md')
  write(root, {'moved.md': `${text('A')}\n[x](x.md)\n`})
  return root
}

/** Ways in which a repository can name a program, by what they set up. @returns the folder to work in */
const WAYS: Record<string, (root: string, program: string) => Promise<string | undefined> | Promise<void>> = {
  'core.fsmonitor': async (root, program) => void (await git(root, 'config', 'core.fsmonitor', program)),
  'core.hooksPath': async (root, program) => {
    for (const hook of ['post-index-change', 'reference-transaction'])
      cpSync(program, path.join(root, '.hooks', hook))
    await git(root, 'config', 'core.hooksPath', '.hooks')
  },
  hooks: async (root, program) => cpSync(program, path.join(root, '.git/hooks/post-index-change')),
  'filters that are started once for each file': async (root, program) => {
    write(root, {'.gitattributes': '* filter=any\n'})
    for (const key of ['clean', 'smudge']) await git(root, 'config', `filter.any.${key}`, program)
  },
  'a filter that goes on running, and is required': async (root, program) => {
    write(root, {'.git/info/attributes': '* filter=a.b=c\n'})
    write(root, {'.git/config': `[filter "a.b=c"]\n  process = ${program}\n  required = true\n`})
  },
  'drivers of diff': async (root, program) => {
    write(root, {'.gitattributes': '* diff=any\n'})
    for (const key of ['command', 'textconv']) await git(root, 'config', `diff.any.${key}`, program)
    await git(root, 'config', 'diff.external', program)
  },
  'what shows signatures': async (root, program) => {
    await git(root, 'config', 'gpg.program', program)
    await git(root, 'config', 'log.showSignature', 'true')
    // No signature has to be right to be looked at.
    const commit = (await git(root, 'cat-file', 'commit', 'HEAD')).replace(
      '\n\n',
      '\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n AAAA\n -----END PGP SIGNATURE-----\n\n',
    )
    write(root, {'.git/signed': commit})
    const name = await git(root, 'hash-object', '-t', 'commit', '-w', '.git/signed')
    await git(root, 'update-ref', 'HEAD', name.trim())
  },
  'pagers, editors and aliases': async (root, program) => {
    const keys = ['core.pager', 'core.editor', 'core.askPass', 'core.sshCommand', 'core.alternateRefsCommand']
    const commands = [
      'log',
      'ls-files',
      'ls-tree',
      'rev-parse',
      'diff-tree',
      'diff-index',
      'cat-file',
      'for-each-ref',
    ]
    for (const key of [...keys, ...commands.map((name) => `pager.${name}`)])
      await git(root, 'config', key, program)
    for (const name of commands) await git(root, 'config', `alias.${name}`, `!${program}`)
  },
  'a file that is included': async (root, program) => {
    write(root, {'more.inc': `[core]\n  fsmonitor = ${program}\n`})
    await git(root, 'config', 'include.path', '../more.inc')
  },
  'a .git file that leads to a folder of the tree': async (root, program) => {
    await git(root, 'config', 'core.fsmonitor', program)
    renameSync(path.join(root, '.git'), path.join(root, 'data'))
    write(root, {'.git': 'gitdir: data\n'})
  },
  'a server of what is missing': async (root, program) => {
    await git(root, 'config', 'uploadpack.allowFilter', 'true')
    const clone = path.join(folder(), 'clone')
    await git(root, 'clone', '-q', '--no-local', '--filter=blob:none', `file://${root}`, clone)
    await git(clone, 'config', 'remote.origin.uploadpack', program)
    return clone
  },
  'a remote helper for what is missing': async (root, program) => {
    const clone = (await WAYS['a server of what is missing']!(root, program))!
    await git(clone, 'config', 'protocol.ext.allow', 'always')
    await git(clone, 'config', 'remote.origin.url', `ext::${program}`)
    return clone
  },
  'a bare repository in which one works': async (root, program) => {
    await WAYS['what shows signatures']!(root, program)
    const bare = path.join(folder(), 'bare')
    await git(root, 'clone', '-q', '--bare', root, bare)
    await git(bare, 'config', 'gpg.program', program)
    await git(bare, 'config', 'log.showSignature', 'true')
    write(bare, {'index.md': '[a](a.md)\n'})
    return bare
  },
  'a bare repository among the files': async (root, program) => {
    const bare = path.join(root, 'inner')
    await git(root, 'clone', '-q', '--bare', root, bare)
    await git(bare, 'config', 'core.bare', 'false')
    await git(bare, 'config', 'core.worktree', bare)
    await git(bare, 'config', 'core.fsmonitor', program)
    write(bare, {'index.md': '[a](a.md)\n'})
    return bare
  },
  'a submodule': async (root, program) => {
    const inner = path.join(root, 'inner')
    await git(root, 'clone', '-q', root, inner)
    await git(inner, 'config', 'core.fsmonitor', program)
    write(inner, {'.gitattributes': '* filter=any\n', 'index.md': 'x\n'})
    await git(inner, 'config', 'filter.any.clean', program)
    write(root, {'.gitmodules': '[submodule "inner"]\n  path = inner\n  url = ./inner\n'})
    await git(root, 'add', 'inner', '.gitmodules')
  },
}

it.each(Object.keys(WAYS))(
  'no program of the repository is run: %s',
  async (name) => {
    const {program, ran} = marker()
    const root = await busy()
    const place = (await WAYS[name]!(root, program)) ?? root
    // git looks again at what seems to have changed.
    for (const file of globbySync('*.md', {cwd: root})) utimesSync(path.join(root, file), 9, 9)
    expect(ran()).toBe(false)
    for (const words of RUNS) {
      await doccheck(place, ['--offline', ...words])
      expect({words, ran: ran()}).toEqual({words, ran: false})
    }
  },
  300_000,
)

it('works on the folder that it was told of, wherever `core.worktree` leads', async () => {
  const root = await busy()
  const other = folder({'secret.md': '[x](x.md)\n'})
  await git(root, 'config', 'core.worktree', other)
  for (const words of [[], ['--since', 'HEAD'], ['--staged']]) {
    const {out} = await doccheck(root, ['--offline', ...words])
    expect(out).not.toContain('secret.md')
    expect(out).toMatch(words.length === 0 ? /gone\.md/ : /b\.md was \w+/)
  }
})

it('does not use a bare repository that is only found around the folder', async () => {
  const origin = await busy()
  const outer = folder()
  await git(outer, 'clone', '-q', '--bare', origin, 'bare.git')
  write(outer, {'bare.git/docs/a.md': '# A\n'})
  expect(await doccheck(path.join(outer, 'bare.git/docs'), ['--since', 'main'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('--since requires a git repository'),
  })
})

it('takes no more of what git says than fits into a text', async () => {
  const root = await repository({'a.md': '# A\n'})
  await git(root, 'commit', '-qm', 'x')
  const listed = (most?: number) => ask(root, ['ls-tree', '-r', '--name-only', 'HEAD'], {}, 60_000, most)
  expect(await listed()).toBe('a.md\n')
  expect(await listed(5)).toBe('a.md\n')
  expect(await listed(4)).toBeUndefined()
})

it('takes no git that a package of the tree brings', async () => {
  const {program, ran} = marker()
  const root = await busy()
  const place = path.join(root, 'node_modules/.bin')
  mkdirSync(place, {recursive: true})
  cpSync(program, path.join(place, 'git'))
  for (const first of [place, 'node_modules/.bin']) {
    vi.stubEnv('PATH', `${first}${path.delimiter}${process.env.PATH}`)
    const {out} = await doccheck(root, ['--offline', '--since', 'HEAD'])
    vi.unstubAllEnvs()
    expect(out).toContain('b.md was renamed to c.md')
    expect(ran()).toBe(false)
  }
})

it('looks for git along PATH only, where Windows looks into the folder first', () => {
  const there = new Set(['D:\\git\\git.exe', 'git.exe', '.\\git.exe'])
  const find = (paths: string) => gitProgram('win32', paths, (file) => there.has(String(file)))
  expect(find('.;;C:\\no;D:\\git')).toBe('D:\\git\\git.exe')
  expect(path.win32.isAbsolute(find('.;'))).toBe(true)
  expect(gitProgram('linux', '/usr/bin')).toBe('git')
})

it('ends a git that does not come to an end: over patterns of the tree, and pipes', async () => {
  const list = ['ls-files', '--others', '--exclude-standard'] as const
  const hostile = await repository({})
  write(hostile, {'.gitignore': `${'*a'.repeat(12)}*b\n`, [`${'a'.repeat(200)}.md`]: '# A\n'})
  expect(await ask(hostile, list, {}, 500)).toBe(undefined)
  const waiting = await repository({'a.md': '# A\n'})
  rmSync(path.join(waiting, '.git/HEAD'))
  execFileSync('mkfifo', [path.join(waiting, '.git/HEAD')])
  expect(await ask(waiting, list, {}, 500)).toBe(undefined)
  expect(await refusal(waiting, 500)).toBe('it does not respond')
})
