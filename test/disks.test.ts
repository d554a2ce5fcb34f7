import {existsSync, linkSync, symlinkSync, writeFileSync} from 'node:fs'
import fs from 'node:fs/promises'
import path from 'node:path'
import {describe, expect, it, vi} from 'vitest'
import {putFile} from '../src/tree/atomic.ts'
import {git, repository} from './repository.ts'
import {doccheck, folder} from './run-doccheck.ts'

/** What differs between the disks of Linux, macOS and Windows, as far as one system can show it. */

/** Each finding on a line, by the path that is shown. */
async function told(cwd: string, ...args: string[]): Promise<string[]> {
  const {out, err} = await doccheck(cwd, ['--offline', '--reporter', 'json', ...args])
  if (err) return [err]
  const files: {path: string; messages: {reason: string}[]}[] = JSON.parse(out)
  return files.flatMap(({path, messages}) => messages.map(({reason}) => `${path}: ${reason}`))
}

describe('on a disk that ignores letter case', () => {
  /**
   * A repository in which other spellings lead to the same files, as on macOS and Windows. There these are so by
   * themselves, and cannot be created.
   */
  async function caseless(): Promise<string> {
    const root = await repository({
      'docs/index.md': '# A\n\n[a](Setup.md) [b](setup.md)\n',
      'docs/setup.md': '# B\n',
      '.gitignore': '/Docs\n/docs/Setup.md\n/docs/INDEX.md\n',
    })
    for (const [name, make] of [
      ['docs/Setup.md', (file: string) => linkSync(path.join(root, 'docs/setup.md'), file)],
      ['docs/INDEX.md', (file: string) => linkSync(path.join(root, 'docs/index.md'), file)],
      ['Docs', (file: string) => symlinkSync('docs', file)],
    ] as const)
      try {
        make(path.join(root, name))
      } catch (error) {
        expect((error as NodeJS.ErrnoException).code).toBe('EEXIST')
      }
    return root
  }

  const expected = (shown: string) => [
    `${shown}: Unexpected letter case in link \`Setup.md\`, expected \`setup.md\``,
  ]

  it('a link must have the letter case that git has', async () => {
    expect(await told(await caseless())).toEqual(expected('docs/index.md'))
  })

  it('a path may be named in any', async () => {
    const root = await caseless()
    for (const name of ['Docs', 'docs/INDEX.md', 'Docs/INDEX.md'])
      expect(await told(root, name)).toEqual(expected('docs/index.md'))
    expect(await told(root, '--staged', 'Docs')).toEqual(expected('docs/index.md'))
  })

  it('the current folder may be entered in any', async () => {
    const root = await caseless()
    const [first] = await told(path.join(root, 'Docs'))
    expect(first).toMatch(/index\.md: Unexpected letter case in link `Setup\.md`, expected `setup\.md`$/)
  })

  it.skipIf(existsSync(path.resolve('PACKAGE.JSON')))(
    'a file that is another one keeps its name',
    async () => {
      const root = await repository({'.gitignore': '/A.md\n', 'a.md': '# A\n', 'b.md': '[a](A.md)\n'})
      writeFileSync(path.join(root, 'A.md'), '# Another\n')
      expect(await told(root)).toEqual(['b.md: Unexpected link to git-ignored file `A.md`'])
    },
  )
})

it('a symlink that git checks out as a file, as on Windows, leads on', async () => {
  const files = {
    'README.md': '# A\n\n## B\n\n[a](docs/README.md#b) [b](docs/real/c.md) [c](docs/README.md#c)\n',
    'parts/c.md': '# C\n',
  }
  const root = await repository(files)
  await fs.mkdir(path.join(root, 'docs'))
  await fs.symlink('../README.md', path.join(root, 'docs/README.md'))
  await fs.symlink('../parts', path.join(root, 'docs/real'))
  await git(root, 'add', '--all')
  await git(root, 'commit', '-q', '-m', 'x')
  const plain = path.join(folder(), 'plain')
  await git(root, 'clone', '-q', '-c', 'core.symlinks=false', '.', plain)
  expect((await fs.lstat(path.join(plain, 'docs/README.md'))).isFile()).toBe(true)
  const expected = await told(root)
  expect(expected).toContain('README.md: Unexpected link to missing anchor `#c` in `docs/README.md`')
  expect((await told(plain)).sort()).toEqual(expected.sort())
  // Elsewhere, a file has taken the place of the symlink.
  await fs.rm(path.join(root, 'docs/README.md'))
  await fs.writeFile(path.join(root, 'docs/README.md'), 'CONTRIBUTING.md')
  expect(await told(root)).toContain('README.md: Unexpected link to missing anchor `#b` in `docs/README.md`')
})

it.each(['EPERM', 'EACCES', 'EBUSY'])(
  'a file that another process has open is replaced a little later: %s',
  async (code) => {
    const file = path.join(folder({'a.md': 'old\n'}), 'a.md')
    const {rename} = fs
    let left = 6
    const spy = vi.spyOn(fs, 'rename').mockImplementation((...paths) => {
      if (left-- > 0) return Promise.reject(Object.assign(new Error(code), {code}))
      return rename(...paths)
    })
    try {
      await putFile(file, 'new\n')
    } finally {
      spy.mockRestore()
    }
    expect(await fs.readFile(file, 'utf8')).toBe('new\n')
  },
)
