import {symlinkSync} from 'node:fs'
import path from 'node:path'
import {describe, expect, it} from 'vitest'
import {git, repository} from './repository.ts'
import {doccheck, folder} from './run-doccheck.ts'

/** The findings in a folder, as `path line: message`. */
async function found(root: string, ...args: string[]): Promise<string[]> {
  const {out} = await doccheck(root, ['--offline', '--no-config', '--reporter', 'json', ...args])
  const pages: {path: string; messages: {line: number; reason: string}[]}[] = JSON.parse(out)
  return pages.flatMap(({path, messages}) => messages.map(({line, reason}) => `${path} ${line}: ${reason}`))
}

const README = '# Lamps\n\n[a](docs/guide.md) [b](gone.md)\n\n[c][]\n\n[d](#nope)\n'
const OF_TEXT = [
  'README.md 3: Unexpected link to missing file `gone.md`',
  'README.md 5: Unexpected reference to undefined label `c`',
  'README.md 7: Unexpected link to missing anchor `#nope`',
]
/** Only from the folder of the symlink. */
const OF_PLACE = ['docs/index.md 3: Unexpected link to missing file `docs/guide.md`, expected `guide.md`']

describe('a page that is a symlink', () => {
  const files = {'mkdocs.yml': 'site_name: x\n', 'README.md': README, 'docs/guide.md': '# Guide\n'}
  const linked = (root: string) => symlinkSync('../README.md', path.join(root, 'docs/index.md'))

  it('has only the findings that are about its place', async () => {
    const root = folder(files)
    linked(root)
    expect((await found(root)).sort()).toEqual([...OF_TEXT, ...OF_PLACE].sort())
  })

  it('has them all where its target is not checked', async () => {
    const root = folder(files)
    linked(root)
    const all = OF_TEXT.map((message) => message.replace('README.md', 'docs/index.md'))
    expect((await found(root, 'docs')).sort()).toEqual([...all, ...OF_PLACE].sort())
  })

  it('is known in the index of git, too', async () => {
    const root = await repository(files)
    await git(root, 'commit', '-qm', 'x')
    linked(root)
    await git(root, 'add', '-A')
    expect((await found(root, '--staged')).sort()).toEqual(OF_PLACE)
  })
})

describe('a page whose content Git LFS has', () => {
  it('exists, but nothing is said of its anchors', async () => {
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 12\n`
    const files = {
      'a.md': '# A\n\n[x](b.md#use) [y](c.md)\n\n![z](d.png)\n',
      'b.md': pointer,
      'd.png': pointer,
    }
    expect(await found(folder(files))).toEqual(['a.md 3: Unexpected link to missing file `c.md`'])
  })
})
