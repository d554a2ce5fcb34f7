import {rmSync} from 'node:fs'
import path from 'node:path'
import {expect, it} from 'vitest'
import {git, repository} from './repository.ts'
import {checkFolder, doccheck, folder, messagesOf} from './run-doccheck.ts'

/** The messages about the files of a work tree. */
async function messagesIn(root: string): Promise<string[]> {
  const {out} = await doccheck(root, ['--offline', '--reporter', 'json'])
  const files: {path: string; messages: {reason: string}[]}[] = JSON.parse(out)
  return files.flatMap(({path, messages}) => messages.map(({reason}) => `${path}: ${reason}`))
}

it('tells the same of the pages of a sparse checkout, and nothing of those that it leaves out', async () => {
  const links = '[a](../src/b.md) [b](../src/b.md#wick) [c](../src/gone.md) ![d](../src/e.png) [e](../src/)'
  const whole = await repository({
    'docs/a.md': `${links}\n`,
    'src/b.md': '# B\n\n[f](gone.md)\n',
    'src/e.png': '',
  })
  await git(whole, 'commit', '--quiet', '--message', 'x')
  const expected = [
    'docs/a.md: Unexpected link to missing anchor `#wick` in `src/b.md`',
    'docs/a.md: Unexpected link to missing file `../src/gone.md`',
  ]
  const ofOther = 'src/b.md: Unexpected link to missing file `gone.md`'
  expect(await messagesIn(whole)).toEqual([...expected, ofOther])
  const sparse = path.join(folder(), 'sparse')
  await git(whole, 'clone', '--quiet', '--no-checkout', '.', sparse)
  await git(sparse, 'sparse-checkout', 'set', '--cone', 'docs')
  await git(sparse, 'checkout', '--quiet')
  expect(await messagesIn(sparse)).toEqual(expected)
  // What is deleted, rather than left out, is missing.
  await git(sparse, 'sparse-checkout', 'disable')
  rmSync(path.join(sparse, 'src'), {recursive: true})
  expect(await messagesIn(sparse)).toHaveLength(5)
})

it('judges no path in a submodule, whether it is checked out or not', async () => {
  const inner = await repository({'x.md': '# X\n\n[a](gone.md)\n'})
  await git(inner, 'commit', '--quiet', '--message', 'x')
  const outer = await repository({
    'a.md': '[a](sub/x.md) [b](sub/x.md#wick) [c](sub) [d](sub/gone.md) [e](subs/x.md)\n',
  })
  await git(outer, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner, 'sub')
  await git(outer, 'commit', '--quiet', '--message', 'sub')
  const expected = ['a.md 1:64-1:73 Unexpected link to missing file `subs/x.md`']
  expect(messagesOf(await checkFolder(outer))).toEqual(expected)
  const clone = path.join(folder(), 'clone')
  await git(outer, 'clone', '--quiet', '.', clone)
  expect(messagesOf(await checkFolder(clone))).toEqual(expected)
})

it('tells names apart that differ in letter case only', async () => {
  const root = await repository({
    'Lamp.md': '# Lamp\n',
    'lamp.md': '# Little lamp\n',
    'a.md': '[a](Lamp.md#lamp) [b](lamp.md#lamp) [c](LAMP.md) [d](lamp.md#little-lamp)\n',
  })
  expect(messagesOf(await checkFolder(root))).toEqual([
    'a.md 1:41-1:48 Unexpected letter case in link `LAMP.md`, expected `Lamp.md`',
    'a.md 1:23-1:35 Unexpected link to missing anchor `#lamp` in `lamp.md`',
  ])
})
