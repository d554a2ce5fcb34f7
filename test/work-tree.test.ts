import {spawnSync} from 'node:child_process'
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import {describe, expect, it} from 'vitest'
import {type Changes, changesSince, stagedChanges} from '../src/tree/changes.ts'
import {commitEntries} from '../src/tree/git-tree.ts'
import {objectsOf} from '../src/tree/objects.ts'
import {compareWorkTree} from '../src/tree/work-tree.ts'
import {ENV, git, repository, run, write} from './repository.ts'
import {doccheck, folder} from './run-doccheck.ts'

const hasLfs = spawnSync('git', ['lfs', 'version']).status === 0
if (!hasLfs) console.warn('git-lfs is not installed: repositories that use it are not tested')

const plain = ({changed, renamed, deleted}: Changes) => ({
  changed: [...changed].sort(),
  renamed: [...renamed].sort(),
  deleted: [...deleted].sort(),
})

/** What doccheck finds to have changed since the last commit, without git's filters. */
async function found(root: string) {
  const objects = objectsOf(root)
  const workTree = (await compareWorkTree(root, objects))!
  const changes = await changesSince(root, await commitEntries(root, 'HEAD'), workTree, objects)
  const staged = await stagedChanges(root, workTree, true)
  objects.close()
  return {since: plain(changes), staged: plain(staged), changed: [...workTree.changed].sort()}
}

/** The same as git sees it, with all its filters: in a copy to which everything was added. */
async function expected(root: string) {
  const staged = parse(await git(root, 'diff', '--cached', '-z', '-M', '--name-status', 'HEAD'))
  // In a hidden folder of its own, beside the repository.
  const copy = path.join(folder(), 'copy')
  cpSync(root, copy, {recursive: true, verbatimSymlinks: true})
  await git(copy, 'add', '--all')
  return {since: parse(await git(copy, 'diff', '--cached', '-z', '-M', '--name-status', 'HEAD')), staged}
}

function parse(listed: string) {
  const found = {changed: [] as string[], renamed: [] as [string, string][], deleted: [] as string[]}
  const fields = listed.split('\0')
  for (let at = 0; at + 1 < fields.length; ) {
    const [letter, file] = [fields[at++]!, fields[at++]!]
    if (letter.startsWith('R')) {
      found.renamed.push([file, fields[at++]!])
      found.changed.push(fields[at - 1]!)
    } else if (letter === 'D') found.deleted.push(file)
    else found.changed.push(file)
  }
  return {changed: found.changed.sort(), renamed: found.renamed.sort(), deleted: found.deleted.sort()}
}

/** A text of its own for each name, of several lines. */
const text = (name: string, end = '\n') =>
  Array.from({length: 12}, (_, line) => `Line ${line} of ${name}, with some words`).join(end) + end

/** A picture that is in no two places the same. */
const picture = (name: string) =>
  Buffer.from(text(name).repeat(40).split('').reverse().join('\0\x80'), 'latin1')

/** Have git look at files anew: nothing is known of their times. */
const touch = (root: string, ...files: string[]) => {
  for (const file of files) utimesSync(path.join(root, file), 9, 9)
}

async function committed(
  files: Record<string, string>,
  config: Record<string, string> = {},
): Promise<string> {
  const root = await repository({})
  for (const [key, value] of Object.entries(config)) await git(root, 'config', key, value)
  write(root, files)
  await git(root, 'add', '--all')
  await git(root, 'commit', '-q', '-m', 'x')
  return root
}

describe('what changed, as git tells it', () => {
  it('is told of files of all kinds', async () => {
    const root = await committed({
      'same.md': text('same'),
      'touched.md': text('touched'),
      'edited.md': text('edited'),
      'moved.md': text('moved'),
      'moved/and/edited.md': text('edited, too'),
      'gone.md': text('gone'),
      'gone/and/away.md': text('away'),
      'staged.md': text('staged'),
      'un staged "ü".md': text('unstaged'),
      'link.md': text('link'),
      'file.md': text('file'),
      'folder/a.md': text('folder'),
      'untracked.md': text('untracked'),
      'empty.md': '',
    })
    touch(root, 'touched.md')
    for (const file of ['edited.md', 'staged.md', 'un staged "ü".md'])
      appendFileSync(path.join(root, file), 'x\n')
    await git(root, 'add', 'staged.md')
    mkdirSync(path.join(root, 'new/place'), {recursive: true})
    renameSync(path.join(root, 'moved.md'), path.join(root, 'new/place/moved.md'))
    renameSync(path.join(root, 'moved/and/edited.md'), path.join(root, 'new/edited ü.md'))
    appendFileSync(path.join(root, 'new/edited ü.md'), 'One more line\n')
    for (const gone of ['gone.md', 'gone', 'link.md', 'file.md'])
      rmSync(path.join(root, gone), {recursive: true})
    symlinkSync('same.md', path.join(root, 'link.md'))
    write(root, {'file.md/inner.md': text('inner'), 'new.md': text('new')})
    renameSync(path.join(root, 'folder'), path.join(root, 'real'))
    symlinkSync('real', path.join(root, 'folder'))
    await git(root, 'rm', '-q', '--cached', 'untracked.md')
    await git(root, 'add', '--intent-to-add', 'new.md')
    const right = await expected(root)
    expect(await found(root)).toMatchObject(right)
    expect(right.since.renamed).toContainEqual(['moved/and/edited.md', 'new/edited ü.md'])
    expect((await found(root)).changed).not.toContain('touched.md')
  })

  it('is seen though size and seconds are the same', async () => {
    const root = await committed({'a.md': 'one\n'})
    write(root, {'a.md': 'two\n'})
    expect((await found(root)).since.changed).toEqual(['a.md'])
  })

  it.each(['../b.md', '.git/b.md', '/b.md'])(
    'is not looked for outside of the work tree: %s',
    async (name) => {
      const root = await committed({[name.replace(/[./]/g, 'a')]: 'x\n', 'c.md': 'x\n'})
      const index = path.join(root, '.git/index')
      const bytes = readFileSync(index).toString('latin1').replace(name.replace(/[./]/g, 'a'), name)
      writeFileSync(index, bytes, 'latin1')
      expect(await git(root, 'ls-files', '--cached', '-z')).toContain(name)
      const objects = objectsOf(root)
      const {index: files, gone, changed} = (await compareWorkTree(root, objects))!
      objects.close()
      expect(files.map((entry) => entry.path)).toEqual(['c.md'])
      expect([...gone, ...changed]).toEqual([])
    },
  )

  it('is told in a repository whose objects have longer names', async () => {
    const root = folder({'a.md': text('a'), 'sub/b.md': text('b')})
    await git(root, 'init', '-q', '--object-format=sha256')
    await git(root, 'add', '--all')
    await git(root, '-c', 'user.name=A', '-c', 'user.email=a@example.org', 'commit', '-q', '-m', 'x')
    renameSync(path.join(root, 'sub/b.md'), path.join(root, 'c.md'))
    appendFileSync(path.join(root, 'c.md'), 'x\n')
    touch(root, 'a.md')
    expect(await found(root)).toMatchObject(await expected(root))
  })

  it('leaves submodules to themselves', async () => {
    const inner = await committed({'a.md': text('a')})
    const root = await committed({'b.md': text('b')})
    for (const name of ['one', 'two', 'three'])
      await git(root, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner, name)
    await git(root, 'commit', '-q', '-m', 'y')
    write(root, {'one/a.md': 'x\n', 'one/new.md': 'x\n'})
    await git(root, 'rm', '-q', '-f', 'two')
    const right = await expected(root)
    expect(await found(root)).toMatchObject(right)
    expect(right.since).toMatchObject({changed: ['.gitmodules'], deleted: ['two']})
  })

  it.each<[string, Record<string, string>, Record<string, string>]>([
    ['core.autocrlf=true', {'core.autocrlf': 'true'}, {}],
    ['core.autocrlf=input', {'core.autocrlf': 'input'}, {}],
    ['eol=crlf', {}, {'.gitattributes': '*.md text eol=crlf\n'}],
    ['text=auto', {'core.eol': 'crlf'}, {'.gitattributes': '* text=auto\n'}],
    ['ident', {}, {'.gitattributes': '* text=auto ident\n'}],
  ])('knows what git converts: %s', async (_, config, attributes) => {
    const files = {
      'same.md': `$Id$\n\n${text('same')}`,
      'moved.md': text('moved'),
      'moved-and-edited.md': text('edited, too'),
      'edited.md': text('edited'),
    }
    const root = await committed({...files, ...attributes}, config)
    // As git writes them with these settings, and as an editor on Windows does.
    for (const file of Object.keys(files)) rmSync(path.join(root, file))
    await git(root, 'checkout', '-q', '--', '.')
    const isWindows = config['core.autocrlf'] === 'input'
    if (isWindows) write(root, {'same.md': files['same.md'].replaceAll('\n', '\r\n')})
    touch(root, ...Object.keys(files))
    expect(await found(root)).toMatchObject({since: {changed: []}, changed: []})
    renameSync(path.join(root, 'moved.md'), path.join(root, 'new.md'))
    renameSync(path.join(root, 'moved-and-edited.md'), path.join(root, 'other.md'))
    for (const file of ['other.md', 'edited.md']) appendFileSync(path.join(root, file), 'One more line\r\n')
    const right = await expected(root)
    expect(await found(root)).toMatchObject(right)
    expect(right.since.renamed).toHaveLength(2)
  })

  it('takes other ends of lines for no change, where git would', async () => {
    const root = await committed({'a.md': text('a')})
    write(root, {'a.md': text('a', '\r\n')})
    expect((await found(root)).since.changed).toEqual([])
    expect((await expected(root)).since.changed).toEqual(['a.md'])
  })

  it.skipIf(!hasLfs)('knows what Git LFS stores elsewhere', async () => {
    const root = await repository({})
    await git(root, 'lfs', 'install', '--local', '--skip-smudge')
    await git(root, 'lfs', 'track', '*.png', 'big.md')
    const files = ['same.png', 'edited.png', 'moved.png', 'staged.png', 'img/deep.png']
    mkdirSync(path.join(root, 'img'))
    for (const file of files) write(root, {[file]: picture(file) as unknown as string})
    write(root, {'big.md': text('big'), 'index.md': '![x](moved.png)\n'})
    await git(root, 'add', '--all')
    await git(root, 'commit', '-q', '-m', 'x')
    expect(await git(root, 'cat-file', 'blob', 'HEAD:same.png')).toContain('oid sha256:')
    touch(root, ...files, 'big.md')
    expect(await found(root)).toMatchObject({since: {changed: []}, changed: []})
    appendFileSync(path.join(root, 'edited.png'), 'x')
    renameSync(path.join(root, 'moved.png'), path.join(root, 'img/moved.png'))
    renameSync(path.join(root, 'img/deep.png'), path.join(root, 'img/deeper.png'))
    await git(root, 'mv', 'staged.png', 'img/staged.png')
    const right = await expected(root)
    expect(await found(root)).toMatchObject(right)
    expect(right.since).toMatchObject({
      renamed: [
        ['img/deep.png', 'img/deeper.png'],
        ['moved.png', 'img/moved.png'],
        ['staged.png', 'img/staged.png'],
      ],
    })
    expect((await doccheck(root, ['--offline', '--since', 'HEAD'])).out).toContain(
      'moved.png was renamed to img/moved.png in this change',
    )
    expect((await doccheck(root, ['--offline', '--diff'])).out).toContain('+![x](img/moved.png)')
  })
})

it('says what to do where a partial clone lacks what is needed', async () => {
  const root = await committed({'a.md': '[x](x.md)\n'})
  write(root, {'a.md': '[x](x.md) [y](y.md)\n'})
  await git(root, 'commit', '-q', '-a', '-m', 'y')
  await git(root, 'config', 'uploadpack.allowFilter', 'true')
  const clone = path.join(folder(), 'clone')
  await git(root, 'clone', '-q', '--no-local', '--filter=blob:none', `file://${root}`, clone)
  const since = () => doccheck(clone, ['--offline', '--since', 'HEAD~'])
  expect(await since()).toMatchObject({
    code: 2,
    err: expect.stringContaining('`git fetch --refetch --no-filter`'),
  })
  await git(clone, 'fetch', '-q', '--refetch', '--no-filter')
  expect(await since()).toMatchObject({code: 1, out: expect.not.stringContaining('x.md')})
})

it('does not read what is too large to be any of the files before', async () => {
  const root = await committed({'a.md': text('a'), 'b.md': '[a](a.md)\n', 'large.bin': 'x'})
  await git(root, 'mv', 'a.md', 'moved.md')
  // To read a terabyte takes longer than any test.
  for (const name of ['new.bin', 'large.bin']) {
    writeFileSync(path.join(root, name), '')
    truncateSync(path.join(root, name), 2 ** 40)
  }
  const words = [path.resolve('bin/doccheck.js'), '--offline', '--no-config', '--since', 'HEAD']
  const done = spawnSync(process.execPath, words, {cwd: root, encoding: 'utf8', timeout: 280_000, env: ENV})
  expect(done).toMatchObject({status: 1, stderr: '', signal: null})
  expect(done.stdout).toContain('expected `moved.md`')
}, 150_000)

it('says what to do where there is no room for temporary files', async () => {
  const root = await committed({'a.md': text('a'), 'b.md': '[a](a.md)\n'})
  await git(root, 'mv', 'a.md', 'moved.md')
  const words = [path.resolve('bin/doccheck.js'), '--offline', '--no-config', '--since', 'HEAD']
  const {code, err} = await run(root, process.execPath, words, {...ENV, TMPDIR: path.join(root, 'no/folder')})
  expect(code).toBe(2)
  expect(err).toMatch(/^doccheck: Cannot detect renames, .*; set TMPDIR to another folder\n$/)
})
