import {execFileSync} from 'node:child_process'
import {appendFileSync, chmodSync, mkdirSync, rmSync, symlinkSync, truncateSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {describe, expect, it} from 'vitest'
import {objectsOf} from '../src/tree/objects.ts'
import {readBytes, readerOf} from '../src/tree/read.ts'
import {git, repository, write} from './repository.ts'
import {asNobody, doccheck, folder} from './run-doccheck.ts'

const PLAIN = ['--offline', '--no-config']
const OUT = 'Cannot be read: it is a symlink to outside the tree'
const NO_FILE = 'Cannot be read: it is a pipe, a socket or a device'
const SECRET = 'hunter2'

/** Write symlinks: what each leads to by its name. */
function link(root: string, links: Record<string, string>): void {
  for (const [name, target] of Object.entries(links)) symlinkSync(target, path.join(root, name))
}

/** By page, the one message that there is of it. */
async function messages(cwd: string, ...words: string[]): Promise<Record<string, string>> {
  const {out, err, code} = await doccheck(cwd, [...PLAIN, '--reporter', 'json', ...words])
  expect({err, code}).toEqual({err: '', code: 1})
  expect(out).not.toContain(SECRET)
  const files: {path: string; messages: {reason: string}[]}[] = JSON.parse(out)
  return Object.fromEntries(
    files
      .filter((file) => file.messages.length > 0)
      .map((file) => [file.path, file.messages.map(({reason}) => reason).join('; ')]),
  )
}

/** Pages that lead to what must not be read, and what is said of each. */
function hostile(root: string): Record<string, string> {
  const outside = folder({'secret.md': `[${SECRET}][] [x](${SECRET}.md)\n`})
  link(root, {
    'zero.md': '/dev/zero',
    'proc.md': '/proc/self/environ',
    'outside.md': path.join(outside, 'secret.md'),
    'up.md': path.relative(root, path.join(outside, 'secret.md')),
    'twice.md': 'outside.md',
  })
  mkdirSync(path.join(root, 'in'))
  writeFileSync(path.join(root, 'in/z.md'), '[gone](gone.md)\n')
  link(root, {'in/linked.md': 'z.md'})
  const broken = 'Unexpected link to missing file `gone.md`'
  return {
    'zero.md': OUT,
    'proc.md': OUT,
    'outside.md': OUT,
    'up.md': OUT,
    'twice.md': OUT,
    // What is wrong with a text is said once.
    'in/z.md': broken,
  }
}

describe('pages that lead to what must not be read', () => {
  it('get a message, and the rest is checked: in a plain folder', async () => {
    const root = folder()
    const said = hostile(root)
    expect(await messages(root)).toEqual(said)
  })

  it('get a message, and the rest is checked: in a work tree, its index, and a change of it', async () => {
    const root = await repository({'a.md': '# A\n'})
    await git(root, 'commit', '-qm', 'x')
    const said = hostile(root)
    link(root, {'git.md': '.git/config'})
    await git(root, 'config', 'remote.origin.url', `https://${SECRET}@example.org/${SECRET}`)
    said['git.md'] = "Cannot be read: it is one of git's own files"
    expect(await messages(root)).toEqual(said)
    await git(root, 'add', '--all')
    expect(await messages(root, '--staged')).toEqual(said)
    expect(await messages(root, '--since', 'HEAD')).toEqual(said)
    await git(root, 'commit', '-qam', 'x')
    const bare = path.join(folder(), 'bare.git')
    await git(root, 'clone', '-q', '--bare', root, bare)
    const {out, code} = await doccheck(bare, [...PLAIN, '--since', 'HEAD~1'])
    expect({code, out}).toMatchObject({code: 1, out: expect.stringContaining('zero.md')})
    expect(out).not.toContain(SECRET)
  })

  it('get a message: standard input', async () => {
    const root = folder({'a.md': '# A\n'})
    link(root, {'b.md': '/dev/stdin'})
    // What it leads to further on depends on who started the tests.
    expect(await messages(root)).toEqual({'b.md': expect.stringMatching(/^Cannot be read: /)})
  })

  it('get a message: a pipe, by a symlink of the tree, and named', async () => {
    const root = folder({'a.md': '# A\n'})
    execFileSync('mkfifo', [path.join(root, 'pipe')])
    execFileSync('mkfifo', [path.join(root, 'pipe.md')])
    link(root, {'b.md': 'pipe'})
    expect(await messages(root)).toEqual({'b.md': NO_FILE})
    expect(await messages(root, 'a.md', 'b.md', 'pipe.md')).toEqual({'b.md': NO_FILE, 'pipe.md': NO_FILE})
    const {err, code} = await doccheck(root, ['pipe'])
    expect({err, code}).toEqual({err: 'doccheck: pipe is neither a file nor a folder\n', code: 2})
  })

  it('are read where the whole tree lies behind a symlink', async () => {
    const real = await repository({'docs/a.md': '[gone](gone.md)\n'})
    link(real, {'docs/b.md': path.join(real, 'docs/a.md'), 'docs/c.md': 'a.md'})
    const at = path.join(folder(), 'link')
    symlinkSync(real, at)
    const broken = 'Unexpected link to missing file `gone.md`'
    expect(await messages(at)).toEqual({'docs/a.md': broken})
    expect(await messages(at, 'docs/b.md')).toEqual({'docs/b.md': broken})
    expect(await messages(at, 'docs/c.md')).toEqual({'docs/c.md': broken})
  })
})

describe('reading', () => {
  it.skipIf(process.platform !== 'linux')('goes by what comes, not by the size that is told', () => {
    expect(readBytes('/proc/self/status').toString()).toContain('Pid:')
    expect(() => readBytes('/proc/self/status', 10)).toThrow('it is too large')
  })

  it('takes files of any length whole, up to the largest', () => {
    const root = folder()
    const read = readerOf(root)
    for (const length of [0, 1, 65_535, 65_536, 65_537, 200_000]) {
      writeFileSync(path.join(root, 'a.md'), 'é'.repeat(length / 2) + 'x'.repeat(length % 2))
      expect(Buffer.byteLength(read('a.md'))).toBe(length)
      appendFileSync(path.join(root, 'a.md'), 'y')
      expect(read('a.md').endsWith('y')).toBe(true)
    }
  })

  it('holds no object of git that is larger than any page', async () => {
    const root = await repository({'large.md': '', 'small.md': '# Small\n'})
    truncateSync(path.join(root, 'large.md'), 40_000_000)
    await git(root, 'commit', '-qam', 'x')
    const objects = objectsOf(root)
    const [large, small] = await Promise.allSettled(
      ['large.md', 'small.md'].map((file) => objects.read(`HEAD:${file}`)),
    )
    objects.close()
    expect(large).toMatchObject({reason: {message: 'Cannot be read: it is too large (40 MB, at most 32 MB)'}})
    expect(String((small as PromiseFulfilledResult<Buffer>).value)).toBe('# Small\n')
  })

  it('does not wait for git where a pipe lies in the place of an object', async () => {
    const root = await repository({'a.md': '# A\n', 'b.md': '# B\n'})
    await git(root, 'commit', '-qm', 'x')
    const name = (await git(root, 'rev-parse', 'HEAD:a.md')).trim()
    const file = path.join(root, '.git/objects', name.slice(0, 2), name.slice(2))
    rmSync(file)
    execFileSync('mkfifo', [file])
    const objects = objectsOf(root, 1000)
    const fault = {message: expect.stringMatching(/^git did not answer for 1 s when asked for an object of /)}
    await expect(objects.read('HEAD:a.md')).rejects.toMatchObject(fault)
    await expect(objects.size('HEAD:a.md')).rejects.toMatchObject(fault)
    // What it waits for once, it would wait for again.
    await expect(objects.read('HEAD:b.md')).rejects.toMatchObject(fault)
    objects.close()
  })
})

describe('what a page was before', () => {
  it.each([
    ['no text', (file: string) => writeFileSync(file, Buffer.from('# Caf\xe9\0\n', 'latin1'))],
    ['too large', (file: string) => truncateSync(file, 40_000_000)],
    [
      'a symlink out of the tree',
      (file: string) => {
        rmSync(file)
        symlinkSync('/dev/zero', file)
      },
    ],
  ])('ends no run when it was %s', async (_, spoil) => {
    const root = await repository({'a.md': '[x](b.md#gone)\n', 'b.md': '# B\n'})
    spoil(path.join(root, 'b.md'))
    await git(root, 'add', '--all')
    await git(root, 'commit', '-qm', 'x')
    rmSync(path.join(root, 'b.md'))
    writeFileSync(path.join(root, 'b.md'), '# B\n')
    const said = {'a.md': 'Unexpected link to missing anchor `#gone` in `b.md`'}
    expect(await messages(root)).toEqual(said)
    expect(await messages(root, '--fix')).toEqual(said)
    // What could not be read then had no anchor that was known to be missing.
    expect(await messages(root, '--since', 'HEAD')).toMatchObject({
      'a.md': expect.stringContaining('`#gone`'),
    })
    await git(root, 'add', '--all')
    await git(root, 'commit', '-qm', 'y')
    expect(await messages(root, '--fix')).toEqual(said)
  })
})

describe('files beside pages that cannot be read', () => {
  const PAGE = {'a.md': '[gone](gone.md)\n'}
  const one = {'a.md': 'Unexpected link to missing file `gone.md`'}

  it.each([
    ['a folder', (file: string) => mkdirSync(file)],
    ['a pipe', (file: string) => execFileSync('mkfifo', [file])],
    ['a device', (file: string) => symlinkSync('/dev/zero', file)],
    ['a symlink that leads nowhere', (file: string) => symlinkSync('nowhere', file)],
    ['a symlink to itself', (file: string) => symlinkSync(path.basename(file), file)],
    ['nothing but line feeds', (file: string) => writeFileSync(file, '\n'.repeat(500_000))],
    ['no text', (file: string) => writeFileSync(file, Buffer.from([0, 255, 254]))],
    [
      'too large',
      (file: string) => {
        writeFileSync(file, '')
        truncateSync(file, 5_000_000_000)
      },
    ],
  ])('end no run: .gitmodules and .gitignore as %s', async (_, make) => {
    const root = await repository(PAGE)
    make(path.join(root, '.gitmodules'))
    expect(await messages(root)).toEqual(one)
    const plain = folder(PAGE)
    make(path.join(plain, '.gitmodules'))
    make(path.join(plain, '.gitignore'))
    expect(await messages(plain)).toEqual(one)
    expect(await messages(plain, '*.{md,txt}')).toEqual(one)
  })

  it('names submodules all the same', async () => {
    const modules = '\uFEFF[submodule "x"]\r\n\tpath = sub/x  \r\n\turl = y\r\n[submodule "z"]\npath=z\n'
    const root = folder({'.gitmodules': modules, 'a.md': '[x](sub/x/a.md) [z](z/b/c.md) [y](sub/xy.md)\n'})
    expect(await messages(root)).toEqual({'a.md': 'Unexpected link to missing file `sub/xy.md`'})
  })

  const HIDING = {
    '.gitmodules': '[submodule "x"]\n\tpath = bad.md\n[submodule "y"]\n\tpath = docs\n',
    'bad.md': '[gone](gone.md)\n',
    'docs/a.md': '# A\n',
    'p.md': '[a](docs/a.md) [b](docs/b.md) [bad](bad.md)\n',
  }
  const shown = {
    'bad.md': 'Unexpected link to missing file `gone.md`',
    'p.md': expect.stringContaining('missing file `docs/b.md`'),
  }

  it('hides no file and no folder by .gitmodules', async () => {
    expect(await messages(folder(HIDING))).toEqual(shown)
    const root = await repository(HIDING)
    expect(await messages(root)).toEqual(shown)
    await git(root, 'commit', '-q', '-m', 'x')
    write(root, {'bad.md': '[new](new.md)\n', 'p.md': '[c](docs/c.md)\n'})
    await git(root, 'add', '--all')
    for (const words of [['--staged'], ['--since', 'HEAD']])
      expect(await messages(root, ...words)).toEqual({
        'bad.md': 'Unexpected link to missing file `new.md`',
        'p.md': 'Unexpected link to missing file `docs/c.md`',
      })
  })

  it('knows the submodules of git without .gitmodules, also where their folders are gone', async () => {
    const root = await repository({'p.md': '[x](sub/x.md) [y](sub/y.md) [z](subs/z.md)\n'})
    await git(root, 'commit', '-q', '-m', 'x')
    await git(root, 'clone', '-q', root, 'sub')
    await git(root, 'add', 'sub')
    const missing = {'p.md': expect.stringMatching(/^Unexpected link to missing file `subs\/z\.md`$/)}
    expect(await messages(root)).toEqual(missing)
    rmSync(path.join(root, 'sub'), {recursive: true})
    expect(await messages(root)).toEqual(missing)
  })

  it('lets no symlink lead the search for .gitignore, or for what a glob names, round in circles', async () => {
    const root = folder({...PAGE, '.gitignore': 'b.md\n', 'b.md': '[gone](gone.md)\n'})
    link(root, {up: '.', back: '.', 'c.md': 'a.md', 'd.md': 'nowhere'})
    expect(await messages(root, 'c.md')).toEqual({'c.md': one['a.md']})
    expect(await messages(root, '**/*.md')).toEqual({
      ...one,
      'd.md': 'Cannot be read: it does not exist, or is a broken symlink',
    })
  })

  it('ends no run: folders and files without permission', async () => {
    const root = folder({
      ...PAGE,
      '.gitignore': 'made\n',
      'made/x': '',
      'docs/.gitignore': 'x',
      '.gitmodules': '',
    })
    writeFileSync(path.join(root, 'b.md'), '[made](made) [x](made/x)\n')
    const shut = ['made', 'docs/.gitignore', '.gitmodules'].map((name) => path.join(root, name))
    // What is only loaded when it is needed must be there before: others may not read the checkout.
    await messages(root)
    for (const file of shut) chmodSync(file, 0)
    try {
      const said = await asNobody(root, () => messages(root))
      expect(said['a.md']).toBe(one['a.md'])
      expect(said['b.md']).toContain('`made/x`')
    } finally {
      for (const file of shut) chmodSync(file, 0o700)
    }
  })
})

describe('the configuration of a site that cannot be read', () => {
  const SITES = [
    '_config.yml',
    'mkdocs.yml',
    '.vitepress/config.ts',
    'docusaurus.config.js',
    'astro.config.mjs',
    'hugo.toml',
    'config/_default/hugo.toml',
    'book.toml',
    'docfx.json',
    '.openpublishing.publish.config.json',
    'conf.py',
    'next.config.js',
    '.vuepress/config.js',
    'gatsby-config.js',
    'eleventy.config.js',
    'zensical.toml',
    'antora.yml',
    '_quarto.yml',
    '_toc.yml',
    'rspress.config.ts',
    'quartz.config.yaml',
  ]
  const told = (file: string) => `${file} cannot be read, so its site is known only in part: `
  /** Then the file marks no site. */
  const NOT_LISTED = ['a symlink to a folder', 'a folder', 'a pipe']
  /** What sites read beside it. */
  const BESIDE = [
    'package.json',
    'src/SUMMARY.md',
    '_redirects',
    'vercel.json',
    'netlify.toml',
    'sidebars.js',
    'theme.toml',
    'hooks.py',
  ]
  const PAGES = {'index.md': '# Home\n\n[a](docs/a.md)\n', 'docs/a.md': '# A\n\n[home](../index.md)\n'}

  it.each([
    ['a symlink that leads nowhere', (file: string) => symlinkSync('nowhere', file)],
    ['a symlink to itself', (file: string) => symlinkSync(path.basename(file), file)],
    ['a symlink out of the tree', (file: string) => symlinkSync('/dev/zero', file)],
    ['a symlink to a folder', (file: string) => symlinkSync('.', file)],
    ['a folder', (file: string) => mkdirSync(path.join(file, 'deep'), {recursive: true})],
    ['a pipe', (file: string) => execFileSync('mkfifo', [file])],
    ['no text', (file: string) => writeFileSync(file, Buffer.from([0, 255, 254]))],
    [
      'too large',
      (file: string) => {
        writeFileSync(file, '')
        truncateSync(file, 5_000_000_000)
      },
    ],
    [
      'without permission',
      (file: string) => {
        writeFileSync(file, '')
        chmodSync(file, 0)
      },
    ],
  ])('ends no run, and makes no link wrong: as %s', async (kind, make) => {
    const check = async (root: string, words: readonly string[]) => {
      if (kind !== 'without permission') return doccheck(root, words)
      // What is only loaded when it is needed must be there before: others may not read the checkout.
      await doccheck(root, words)
      return asNobody(root, () => doccheck(root, words))
    }
    const spoil = (root: string, file: string) => {
      mkdirSync(path.dirname(path.join(root, file)), {recursive: true})
      make(path.join(root, file))
    }
    for (const site of SITES) {
      const root = folder(PAGES)
      spoil(root, site)
      for (const words of [[], ['sites'], ['inspect', 'index.md']]) {
        const {out, err, code} = await check(root, [...words, ...PLAIN])
        expect({site, words, code, out}).toMatchObject({code: 0})
        const isTold = words.length === 0 && !NOT_LISTED.includes(kind)
        expect(err.split('\n').slice(0, -1)).toEqual(isTold ? [expect.stringContaining(told(site))] : [])
      }
      // What its default does not publish there, what it says may.
      if (!NOT_LISTED.includes(kind)) {
        writeFileSync(path.join(root, 'index.md'), '[x](/elsewhere/)\n')
        expect((await check(root, PLAIN)).code).toBe(0)
        expect((await check(root, ['sites', ...PLAIN])).out).toContain('but cannot be read')
      }
      const other = folder({...PAGES, [site]: ''})
      for (const file of BESIDE) spoil(other, file)
      const {err, out} = await check(other, PLAIN)
      expect({site, out}).toMatchObject({out: expect.stringContaining(' checked in ')})
      for (const line of err.split('\n').slice(0, -1)) expect(line).toContain(told(''))
    }
  })
})
