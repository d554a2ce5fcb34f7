import {existsSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {setTimeout} from 'node:timers/promises'
import type {FSWatcher} from 'chokidar'
import {expect, it, onTestFinished, vi} from 'vitest'
import {main} from '../src/cli/command-line.ts'
import {doccheck, folder} from './run-doccheck.ts'

/** What chokidar was told to watch. */
const watchers = vi.hoisted((): FSWatcher[] => [])
vi.mock('chokidar', async (load) => {
  const real = await load<typeof import('chokidar')>()
  const watch: typeof real.watch = (...given) => {
    watchers.push(real.watch(...given))
    return watchers.at(-1)!
  }
  return {...real, watch}
})

/** `doccheck --watch` in this process; `next` waits for what the next check prints. */
function watching(root: string, ...words: string[]) {
  let out = ''
  let err = ''
  let stop = () => {}
  const ended = main(['--watch', '--offline', ...words], {
    cwd: root,
    env: {},
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    input: async () => new Uint8Array(),
    errIsTerminal: false,
    outIsTerminal: false,
    onInterrupt: (given) => {
      stop = given
      return () => {}
    },
  })
  onTestFinished(async () => {
    stop()
    await ended
  })
  const next = async () => {
    for (let times = 0; !err.includes('Watching') && times < 10_000; times++) await setTimeout(20)
    const text = `${out}${err}`
    out = ''
    err = ''
    return text
  }
  const silent = async (ms: number) => {
    await setTimeout(ms)
    return out + err
  }
  return {next, stop: () => stop(), ended, silent}
}

it('checks again what a change of any file brings', async () => {
  const root = folder({'a.md': '# A\n\n[b](b.md#b)\n', 'b.md': '# B\n', 'docs/c.md': '[b](../b.md)\n'})
  const put = (name: string, text: string) => writeFileSync(path.join(root, name), text)
  const {next, stop, ended} = watching(root)
  expect(await next()).toMatch(
    /^3 files checked in .* s: no problems\nWatching for changes, press Ctrl-C to stop\n$/,
  )
  // A heading that a page that nobody touched links to.
  put('b.md', '# Bee\n')
  expect(await next()).toContain('missing anchor `#b` in `b.md`')
  put('b.md', '# B\n')
  expect(await next()).toContain('no problems')
  renameSync(path.join(root, 'b.md'), path.join(root, 'bee.md'))
  expect(await next()).toContain('2 errors')
  mkdirSync(path.join(root, 'new/deep'), {recursive: true})
  put('new/deep/d.md', '[x](x.md)\n')
  expect(await next()).toContain('new/deep/d.md')
  rmSync(path.join(root, 'new'), {recursive: true})
  put('b.md', '# B\n')
  expect(await next()).toContain('4 files checked')
  stop()
  expect(await ended).toBe(0)
})

it('takes a new configuration, and outlives a wrong one', async () => {
  const root = folder({'a.md': '[x](x.md)\n'})
  const put = (text: string) => writeFileSync(path.join(root, '.doccheckrc.json'), text)
  const {next, stop, ended} = watching(root)
  expect(await next()).toContain('1 error')
  put('{"rules": {"no-broken-link": "of')
  expect(await next()).toContain('.doccheckrc.json:1:30 cannot be read')
  put('{"rules": {"no-broken-link": "off"}}')
  expect(await next()).toContain('no problems')
  put('{}')
  expect(await next()).toContain('1 error')
  stop()
  expect(await ended).toBe(1)
})

it('does not stir for files that are no part of the tree', async () => {
  const root = folder({
    'a.md': '# A\n',
    '.gitignore': 'out\n',
    'out/x.txt': 'x',
    'node_modules/p/a.md': '# P\n',
  })
  const {next, silent} = watching(root)
  await next()
  writeFileSync(path.join(root, 'out/x.txt'), 'y')
  writeFileSync(path.join(root, 'node_modules/p/a.md'), '# Q\n')
  expect(await silent(600)).toBe('')
})

it('watches nothing that symlinks of the tree lead to, and checks again what symlinks within it show', async () => {
  const outside = folder({'deep/deeper/x.md': '# X\n'})
  const root = folder({'docs/a.md': '# A\n', 'docs/c.md': '# C\n'})
  symlinkSync(outside, path.join(root, 'all'))
  symlinkSync('.', path.join(root, 'loop'))
  symlinkSync('docs/a.md', path.join(root, 'b.md'))
  const link = path.join(folder(), 'link')
  symlinkSync(root, link)
  for (const top of [root, link]) {
    const {next, stop, ended} = watching(top)
    expect(await next()).toContain('no problems')
    const watched = Object.keys(watchers.at(-1)!.getWatched())
    expect(watched.filter((place) => /deep|all|loop/.test(place))).toEqual([])
    writeFileSync(path.join(root, 'docs/a.md'), '[c](c.md)\n')
    // Only at the root there is no such file.
    expect(await next()).toMatch(/^b\.md:1:5 +error .*`c\.md`/)
    writeFileSync(path.join(root, 'docs/a.md'), '# A\n')
    expect(await next()).toContain('no problems')
    stop()
    await ended
  }
})

it('rests after a check that writes into the tree: reports, and the cache by its several names', async () => {
  const root = folder({
    'a.md': '# A\n',
    '.doccheckrc.json': '{"remote": {"cache": {"location": ".cache/verdicts.json"}}}',
  })
  mkdirSync(path.join(root, '.cache'))
  const link = path.join(folder(), 'link')
  symlinkSync(root, link)
  const outputs = ['html:report.html', `markdown:${link}/report.md`, 'json:out/report.json']
  const {next, silent} = watching(root, ...outputs.flatMap((output) => ['--reporter', output]))
  expect(await next()).toBe('Watching for changes, press Ctrl-C to stop\n')
  for (const end of ['', '.lock', '.0123456789abcdef.part'])
    writeFileSync(path.join(root, `.cache/verdicts.json${end}`), 'x')
  expect(await silent(1000)).toBe('')
  expect(existsSync(path.join(root, 'out/report.json'))).toBe(true)
  // Any other file is a change, wherever it is.
  writeFileSync(path.join(root, '.cache/verdicts.json.md'), '# B\n')
  expect(await next()).toBe('Watching for changes, press Ctrl-C to stop\n')
})

it('checks again when the baseline is another', async () => {
  const root = folder({'a.md': '[x](x.md)\n', 'known.json': '{"version": 1, "problems": {}}'})
  const {next} = watching(root, '--baseline', 'known.json')
  expect(await next()).toContain('1 error')
  writeFileSync(
    path.join(root, 'known.json'),
    '{"version": 1, "problems": {"a.md": {"no-broken-link": ["x.md"]}}}',
  )
  expect(await next()).toContain('no problems')
})

it.each(['--fix', '--diff', '--staged', '--stdin'])('makes no sense with %s', async (flag) => {
  const {code, err} = await doccheck(folder({'a.md': '# A\n'}), ['--watch', flag])
  expect({code, err}).toEqual({code: 2, err: `doccheck: ${flag} cannot be used with --watch\n`})
})
