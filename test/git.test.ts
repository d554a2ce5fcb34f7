import {chmodSync, cpSync, existsSync} from 'node:fs'
import path from 'node:path'
import {expect, it} from 'vitest'
import {gitProgram} from '../src/tree/git.ts'
import {git, repository, write} from './repository.ts'
import {doccheck, folder} from './world.ts'

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

it.each(['core.fsmonitor', 'core.hooksPath', 'hooks', 'a server of what is missing'])(
  'no program of the repository is run: %s',
  async (name) => {
    const {program, ran} = marker()
    const origin = await busy()
    await git(origin, 'config', 'uploadpack.allowFilter', 'true')
    let root = origin
    if (name === 'core.fsmonitor') await git(root, 'config', name, program)
    else if (name === 'core.hooksPath') {
      write(root, {'.hooks/post-index-change': `#!/bin/sh\n${program}\n`})
      chmodSync(path.join(root, '.hooks/post-index-change'), 0o755)
      await git(root, 'config', name, '.hooks')
    } else if (name === 'hooks') cpSync(program, path.join(root, '.git/hooks/post-index-change'))
    else {
      root = path.join(folder(), 'clone')
      await git(origin, 'clone', '-q', '--no-local', '--filter=blob:none', `file://${origin}`, root)
      await git(root, 'config', 'remote.origin.uploadpack', program)
    }
    for (const words of RUNS) {
      await doccheck(root, ['--offline', ...words])
      expect({words, ran: ran()}).toEqual({words, ran: false})
    }
  },
  60_000,
)

it('does not use a bare repository that is only found around the folder', async () => {
  const origin = await busy()
  const outer = folder()
  await git(outer, 'clone', '-q', '--bare', origin, 'bare.git')
  write(outer, {'bare.git/docs/a.md': '# A\n'})
  expect(await doccheck(path.join(outer, 'bare.git/docs'), ['--since', 'main'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('needs git, and a repository of it around'),
  })
})

it('looks for git along PATH only, where Windows looks into the folder first', () => {
  const there = new Set(['D:\\git\\git.exe', 'git.exe', '.\\git.exe'])
  const find = (paths: string) => gitProgram('win32', paths, (file) => there.has(String(file)))
  expect(find('.;;C:\\no;D:\\git')).toBe('D:\\git\\git.exe')
  expect(path.win32.isAbsolute(find('.;'))).toBe(true)
  expect(gitProgram('linux', '/usr/bin')).toBe('git')
})
