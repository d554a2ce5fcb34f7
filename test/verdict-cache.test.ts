import {type ChildProcess, execFileSync, spawn} from 'node:child_process'
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import fs from 'node:fs/promises'
import path from 'node:path'
import {pathToFileURL} from 'node:url'
import {rolldown} from 'rolldown'
import {beforeAll, describe, expect, it, onTestFinished, vi} from 'vitest'
import {cacheKey} from '../src/remote/cache/format.ts'
import {withLock} from '../src/remote/cache/lock.ts'
import {
  defaultCacheFile,
  openVerdictCache,
  type VerdictCache,
  type VerdictCacheSettings,
} from '../src/remote/cache/verdict-cache.ts'
import {machine} from '../src/tree/temporary.ts'
import {type HostileServer, startHostileServer} from './hostile-server.ts'
import {doccheck, folder} from './run-doccheck.ts'
import {ask, fakeNames, quick} from './run-remote.ts'

const DAY = 86_400_000
const NOW = Date.parse('2026-01-10T00:00:00Z')
/** The last part of a lock. */
const RANDOM = '0123456789abcdef'
const LIFETIMES = {alive: 7 * DAY, redirected: 7 * DAY, blocked: DAY, dead: 3_600_000, unreachable: 0}
const DEAD = {state: 'dead', reason: '404 Not Found'} as const
const KEY = cacheKey('image', 'https://a.test/x.png')

const open = (file: string, more: Partial<VerdictCacheSettings> = {}): Promise<VerdictCache> =>
  openVerdictCache({file, isUserChosen: false, lifetimes: LIFETIMES, now: () => NOW, ...more})

const newFile = () => path.join(folder(), 'cache', 'verdicts.json')

/** A file with one entry. */
async function goodFile(): Promise<string> {
  const file = newFile()
  const cache = await open(file)
  cache.set(KEY, {state: 'alive'})
  await cache.save()
  return file
}

describe('what is remembered', () => {
  it('holds for its time, in another process too', async () => {
    const file = newFile()
    const keys = ['a', 'b', 'c', 'd', 'e'].map((name) => cacheKey(name))
    const cache = await open(file)
    cache.set(keys[0]!, {state: 'alive'})
    cache.set(keys[1]!, {state: 'redirected', to: 'https://b.test/'})
    cache.set(keys[2]!, DEAD)
    cache.set(keys[3]!, {state: 'blocked', reason: '401 Unauthorized'})
    cache.set(keys[4]!, {state: 'unreachable', reason: '500 Internal Server Error'})
    await cache.save()
    const seenAfter = async (milliseconds: number) => {
      const later = await open(file, {now: () => NOW + milliseconds})
      expect(later.warnings).toEqual([])
      return keys.map((key) => later.get(key))
    }
    const redirected = {state: 'redirected', to: 'https://b.test/'}
    const blocked = {state: 'blocked', reason: '401 Unauthorized'}
    expect(await seenAfter(1)).toEqual([{state: 'alive'}, redirected, DEAD, blocked, undefined])
    expect(await seenAfter(3_600_000)).toEqual([{state: 'alive'}, redirected, undefined, blocked, undefined])
    expect(await seenAfter(DAY)).toEqual([{state: 'alive'}, redirected, undefined, undefined, undefined])
    expect(await seenAfter(7 * DAY)).toEqual([undefined, undefined, undefined, undefined, undefined])
  })

  it('names no URL, and is for its user only', async () => {
    const file = newFile()
    const cache = await open(file)
    cache.set(cacheKey('image', 'https://a.test/x.png?token=geheim'), {state: 'alive'})
    await cache.save()
    expect(readFileSync(file, 'utf8')).not.toMatch(/a\.test|geheim/)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(statSync(path.dirname(file)).mode & 0o777).toBe(0o700)
    expect(readdirSync(path.dirname(file))).toEqual(['verdicts.json'])
  })

  it('is told apart by all parts of a key', () => {
    const keys = [
      cacheKey('a', 'b'),
      cacheKey('ab'),
      cacheKey('a', 'b', ''),
      cacheKey('b', 'a'),
      cacheKey('a,b'),
    ]
    expect(new Set(keys).size).toBe(5)
    for (const key of keys) expect(key).toMatch(/^[\w-]{22}$/)
  })

  it('is not what was not asked, and nothing noted writes nothing', async () => {
    const file = newFile()
    const cache = await open(file)
    cache.set(KEY, {state: 'unchecked', reason: 'cancelled'})
    await cache.save()
    expect(cache.get(KEY)).toBeUndefined()
    expect(existsSync(path.dirname(file))).toBe(false)
  })

  it('is forgotten after a month', async () => {
    const file = await goodFile()
    const later = await open(file, {now: () => NOW + 31 * DAY})
    later.set(cacheKey('other'), {state: 'alive'})
    await later.save()
    expect(Object.keys(JSON.parse(readFileSync(file, 'utf8')).entries)).toEqual([cacheKey('other')])
  })

  it('includes since when an address fails', async () => {
    const file = newFile()
    const at = async (day: number, verdict: Parameters<VerdictCache['set']>[1]) => {
      const cache = await open(file, {now: () => NOW + day * DAY})
      cache.set(KEY, verdict)
      await cache.save()
      const since = cache.failingSince(KEY)
      return since === undefined ? undefined : (since - NOW) / DAY
    }
    expect(await at(0, {state: 'alive'})).toBeUndefined()
    expect(await at(1, {state: 'unreachable', reason: 'x'})).toBe(1)
    expect(await at(2, DEAD)).toBe(1)
    // A server that does not speak to programs neither ends nor begins it.
    expect(await at(3, {state: 'blocked', reason: 'x'})).toBeUndefined()
    expect(await at(4, DEAD)).toBe(1)
    expect(await at(5, {state: 'redirected', to: 'https://a.test/'})).toBeUndefined()
    expect(await at(6, {state: 'blocked', reason: 'x'})).toBeUndefined()
    expect(await at(7, DEAD)).toBe(7)
  })
})

describe('a file that is no good', () => {
  const good = async () => readFileSync(await goodFile())
  const bytes = (seed: number) => {
    let state = seed
    return Buffer.from(Array.from({length: 500}, () => (state = (state * 48271) % 2147483647) & 255))
  }

  it.each([
    ['random bytes', () => bytes(1)],
    ['other random bytes', () => bytes(2)],
    ['text', () => Buffer.from('# My notes\n')],
    ['JSON of another program', () => Buffer.from('{"entries": {}}')],
    ['a list', () => Buffer.from('[]')],
    ['null', () => Buffer.from('null')],
    ['wrong entries', () => Buffer.from('{"doccheck":"remote verdicts","version":1,"entries":[]}')],
    ['no version', () => Buffer.from('{"doccheck":"remote verdicts","entries":{}}')],
    ['half of a good one', async () => (await good()).subarray(0, 60)],
  ])('is replaced at the usual place and left alone at a chosen one: %s', async (_, make) => {
    const content = await make()
    const file = path.join(folder({verdicts: content}), 'verdicts')
    const chosen = await open(file, {isUserChosen: true})
    expect(chosen.warnings).toEqual([
      `The cache ${file} is corrupt, or not a cache of doccheck: nothing is cached; use \`--cache-location\` to choose another file`,
    ])
    chosen.set(KEY, {state: 'alive'})
    await chosen.save()
    expect(readFileSync(file)).toEqual(content)
    const usual = await open(file)
    expect(usual.warnings).toEqual([
      `The cache ${file} is corrupt, or not a cache of doccheck: it will be overwritten`,
    ])
    expect(usual.get(KEY)).toBeUndefined()
    usual.set(KEY, {state: 'alive'})
    await usual.save()
    const after = await open(file)
    expect(after.warnings).toEqual([])
    expect(after.get(KEY)).toEqual({state: 'alive'})
  })

  it('never throws, wherever it was cut', async () => {
    const whole = await good()
    const file = path.join(folder(), 'cut')
    for (let length = 0; length < whole.length; length++) {
      writeFileSync(file, whole.subarray(0, length))
      const cache = await open(file)
      expect(cache.get(KEY)).toBeUndefined()
      expect(cache.warnings).toHaveLength(length === 0 ? 0 : 1)
    }
  })

  it('is left alone when a newer doccheck wrote it, wherever it is', async () => {
    const content = '{"doccheck":"remote verdicts","version":2,"entries":{}}'
    const file = path.join(folder({verdicts: content}), 'verdicts')
    const cache = await open(file)
    expect(cache.warnings).toEqual([
      `The cache ${file} was written by a newer version of doccheck: nothing is cached; use \`--cache-location\` to choose another file`,
    ])
    cache.set(KEY, {state: 'alive'})
    await cache.save()
    expect(readFileSync(file, 'utf8')).toBe(content)
  })

  it('counts as far as its entries make sense', async () => {
    const entries: Record<string, unknown> = {
      [cacheKey('good')]: [NOW - 1, 'alive'],
      [cacheKey('future')]: [NOW + DAY, 'alive'],
      [cacheKey('state')]: [NOW - 1, 'fine'],
      [cacheKey('time')]: ['yesterday', 'alive'],
      [cacheKey('huge')]: [NOW - 1, 'dead', 'x'.repeat(5000)],
      [cacheKey('reason')]: [NOW - 1, 'dead'],
      [cacheKey('target')]: [NOW - 1, 'redirected', 'nowhere'],
      [cacheKey('since')]: [NOW - 1, 'dead', 'x', NOW],
      [cacheKey('object')]: {at: NOW},
      __proto__: [NOW - 1, 'alive'],
      'too short': [NOW - 1, 'alive'],
    }
    const text = JSON.stringify({doccheck: 'remote verdicts', version: 1, entries})
    const file = path.join(folder({verdicts: text}), 'verdicts')
    const cache = await open(file)
    expect(cache.warnings).toEqual([])
    for (const key of [...Object.keys(entries), '__proto__', 'constructor', 'too short'])
      expect(cache.get(key)).toEqual(key === cacheKey('good') ? {state: 'alive'} : undefined)
  })

  it('may be empty, or not there', async () => {
    const root = folder({empty: ''})
    for (const name of ['empty', 'absent', 'deep/er']) {
      const cache = await open(path.join(root, name), {isUserChosen: true})
      cache.set(KEY, {state: 'alive'})
      await cache.save()
      expect(cache.warnings).toEqual([])
      expect((await open(path.join(root, name))).get(KEY)).toEqual({state: 'alive'})
    }
  })
})

describe('a place that is no good', () => {
  const failing = async (file: string) => {
    const cache = await open(file)
    cache.set(KEY, {state: 'alive'})
    await cache.save()
    expect(cache.get(KEY)).toEqual({state: 'alive'})
    return cache.warnings
  }
  const cannot = (file: string, code: string) =>
    `Cannot write the cache ${file} (${code}); use \`--cache-location\` to choose another file, or \`--no-cache\``

  it('is told once: below a file, a folder', async () => {
    const root = folder({file: 'x', 'folder/a': ''})
    const below = path.join(root, 'file', 'verdicts.json')
    // Systems do not agree on the code.
    const said = await failing(below)
    expect([[cannot(below, 'ENOTDIR')], [cannot(below, 'EEXIST')]]).toContainEqual(said)
    const directory = path.join(root, 'folder')
    expect(await failing(directory)).toEqual([
      `The cache ${directory} is not a readable file: nothing is cached; use \`--cache-location\` to choose another file`,
    ])
    expect(readdirSync(directory)).toEqual(['a'])
  })

  it.skipIf(process.platform !== 'linux')('is told where the system makes no folder', async () => {
    const file = '/proc/nope/verdicts.json'
    expect(await failing(file)).toEqual([cannot(file, 'ENOENT')])
  })

  it('may be a device, which stays one', async () => {
    expect(await failing('/dev/null')).toEqual([
      'The cache /dev/null is not a readable file: nothing is cached; use `--cache-location` to choose another file',
    ])
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true)
  })

  it('is tried again where a system refuses for a moment', async () => {
    const file = newFile()
    const real = fs.rename
    let refused = 0
    const spy = vi.spyOn(fs, 'rename').mockImplementation(async (...given) => {
      if (refused++ < 2) throw Object.assign(new Error('EPERM'), {code: 'EPERM'})
      return real(...given)
    })
    expect(await failing(file)).toEqual([])
    spy.mockRestore()
    expect((await open(file)).get(KEY)).toEqual({state: 'alive'})
  })

  it.each(['ENOSPC', 'EROFS', 'EACCES'])('keeps the old file whole: %s', async (code) => {
    const file = await goodFile()
    const before = readFileSync(file)
    const real = fs.open
    const spy = vi.spyOn(fs, 'open').mockImplementation(async (...given) => {
      if (code !== 'ENOSPC') throw Object.assign(new Error(code), {code})
      const opened = await real(...given)
      const write = opened.writeFile.bind(opened)
      opened.writeFile = async (content) => {
        // A part was written before the disk was full.
        await write(String(content).slice(0, 10))
        throw Object.assign(new Error(code), {code})
      }
      return opened
    })
    const cache = await open(file)
    cache.set(cacheKey('new'), DEAD)
    await cache.save()
    spy.mockRestore()
    expect(cache.warnings).toEqual([cannot(file, code)])
    expect(readFileSync(file)).toEqual(before)
    expect(readdirSync(path.dirname(file))).toEqual(['verdicts.json'])
  })

  it('keeps a link that the user set', async () => {
    const root = folder({'real/x': ''})
    const link = path.join(root, 'link.json')
    symlinkSync(path.join('real', 'verdicts.json'), link)
    writeFileSync(path.join(root, 'real', 'verdicts.json'), '')
    const cache = await open(link, {isUserChosen: true})
    cache.set(KEY, {state: 'alive'})
    await cache.save()
    expect(readlinkSync(link)).toBe(path.join('real', 'verdicts.json'))
    expect((await open(path.join(root, 'real', 'verdicts.json'))).get(KEY)).toEqual({state: 'alive'})
  })

  it('is not written through a symlink of the tree, and not read through one to a folder', async () => {
    const outside = folder({'real.json': '', 'folder/x': ''})
    const tree = folder()
    symlinkSync(path.join(outside, 'real.json'), path.join(tree, 'cache.json'))
    symlinkSync(path.join(outside, 'folder'), path.join(tree, 'cache'))
    const save = async (name: string) => {
      const cache = await open(path.join(tree, name), {isUserChosen: true, trees: [tree]})
      cache.set(KEY, {state: 'alive'})
      await cache.save()
      return cache.warnings
    }
    expect(await save('cache.json')).toEqual([])
    expect(lstatSync(path.join(tree, 'cache.json')).isFile()).toBe(true)
    expect((await open(path.join(tree, 'cache.json'))).get(KEY)).toEqual({state: 'alive'})
    const place = path.join(tree, 'cache', 'verdicts.json')
    expect(await save('cache/verdicts.json')).toEqual([
      `The cache ${place} is behind a symlink of the tree: nothing is cached; use \`--cache-location\` to choose another file`,
    ])
    expect(readFileSync(path.join(outside, 'real.json'), 'utf8')).toBe('')
    expect(readdirSync(path.join(outside, 'folder'))).toEqual(['x'])
  })

  it('is taken from nobody who holds it: what was noted is put beside it, and into it by the next one', async () => {
    const file = await goodFile()
    const save = async (name: string, signal?: AbortSignal) => {
      const cache = await open(file)
      cache.set(cacheKey(name), DEAD)
      await cache.save(signal)
      expect(cache.warnings).toEqual([])
    }
    // Another process, which is there.
    const holder = spawn('sleep', ['1000'])
    writeFileSync(`${file}.lock`, `${holder.pid} ${machine()} ${RANDOM}`)
    await save('one')
    await save('two', AbortSignal.abort())
    expect(readFileSync(`${file}.lock`, 'utf8')).toBe(`${holder.pid} ${machine()} ${RANDOM}`)
    expect(readdirSync(path.dirname(file))).toHaveLength(4)
    const names = ['one', 'two']
    const seen = async () => names.map((name) => openedAt.get(cacheKey(name)))
    let openedAt = await open(file)
    expect(await seen()).toEqual([DEAD, DEAD])
    expect(openedAt.get(KEY)).toEqual({state: 'alive'})
    holder.kill('SIGKILL')
    await new Promise((done) => holder.on('close', done))
    await save('three')
    names.push('three')
    openedAt = await open(file)
    expect(await seen()).toEqual([DEAD, DEAD, DEAD])
    expect(readdirSync(path.dirname(file))).toEqual(['verdicts.json'])
  })

  it.each([
    ['by a process that is gone', () => `999999999 ${machine()} ${RANDOM}`, 0],
    ['by an earlier process of the same number', () => `${process.pid} ${machine()} ${RANDOM}`, 0],
    ['on another machine, long ago', () => `1 0123abcd ${RANDOM}`, 2 * 3_600_000],
  ])('does not wait for a lock that was left behind %s', async (_, text, age) => {
    const file = await goodFile()
    const lock = `${file}.lock`
    writeFileSync(lock, text())
    const then = new Date(Date.now() - age)
    utimesSync(lock, then, then)
    // There is no time to wait for anybody.
    expect(
      await withLock(
        lock,
        async () => {},
        () => true,
      ),
    ).toBe(true)
    expect(readdirSync(path.dirname(file))).toEqual(['verdicts.json'])
  })

  it('is left to who holds it on another machine', async () => {
    const lock = `${await goodFile()}.lock`
    writeFileSync(lock, `999999999 0123abcd ${RANDOM}`)
    expect(
      await withLock(
        lock,
        async () => {},
        () => true,
      ),
    ).toBe(false)
    expect(readFileSync(lock, 'utf8')).toContain('0123abcd')
  })

  it('does not read what a tree has brought in the place of a lock: a pipe, a device', async () => {
    const place = path.dirname(await goodFile())
    execFileSync('mkfifo', [path.join(place, 'pipe')])
    symlinkSync('/dev/zero', path.join(place, 'zero'))
    for (const name of ['pipe', 'zero']) {
      const lock = path.join(place, name)
      const nothing = async () => {}
      await expect(withLock(lock, nothing, () => true)).rejects.toThrow(`${lock} exists`)
      expect(lstatSync(lock).isFile()).toBe(false)
    }
  })

  it.each([
    ['a lock of packages', '# yarn lockfile v1\n\n\na@1:\n  version "1.0.0"\n'],
    ['an empty file', ''],
    ['a large file', 'x'.repeat(2000)],
    ['a lock and more', `1 0123abcd ${RANDOM}\n`],
    ['another lock', '999999999 0123abcd x'],
  ])('leaves %s alone that has the name of the lock, however old', async (_, text) => {
    const root = folder({'yarn.lock': text})
    const [file, lock] = [path.join(root, 'yarn'), path.join(root, 'yarn.lock')]
    utimesSync(lock, 1_000_000_000, 1_000_000_000)
    const cache = await open(file, {isUserChosen: true})
    cache.set(KEY, {state: 'alive'})
    await cache.save()
    expect(readdirSync(root)).toEqual(['yarn.lock'])
    expect(readFileSync(lock, 'utf8')).toBe(text)
    expect(cache.warnings).toEqual([cannot(file, `${lock} exists and is not a lock of doccheck`)])
  })

  it('leaves an empty file alone that has the name of the lock where a disk is full', async () => {
    const root = folder({'yarn.lock': ''})
    const spy = vi.spyOn(fs, 'writeFile').mockImplementation(async () => {
      throw Object.assign(new Error('ENOSPC'), {code: 'ENOSPC'})
    })
    const lock = path.join(root, 'yarn.lock')
    const nothing = async () => {}
    expect(await withLock(lock, nothing, () => true)).toBe(false)
    spy.mockRestore()
    expect(readdirSync(root)).toEqual(['yarn.lock'])
  })

  it('takes a lock from nobody but whom it found gone, and gives back no other than its own', async () => {
    const file = await goodFile()
    const lock = `${file}.lock`
    const gone = `999999999 ${machine()} ${RANDOM}`
    const live = `1 ${machine()} fedcba9876543210`
    writeFileSync(lock, gone)
    const real = fs.rename
    // A faster process takes over just then.
    const spy = vi.spyOn(fs, 'rename').mockImplementationOnce(async (...given) => {
      writeFileSync(lock, live)
      return real(...given)
    })
    const seen = () => (existsSync(lock) ? readFileSync(lock, 'utf8') : '')
    expect(
      await withLock(
        lock,
        async () => {},
        () => true,
      ),
    ).toBe(false)
    expect(seen()).toBe(live)
    spy.mockRestore()
    expect(readdirSync(path.dirname(file)).sort()).toEqual(['verdicts.json', 'verdicts.json.lock'])
    writeFileSync(lock, gone)
    const work = async () => {
      expect(seen()).toMatch(new RegExp(`^${process.pid} `))
      writeFileSync(lock, live)
    }
    expect(await withLock(lock, work, () => true)).toBe(true)
    expect(seen()).toBe(live)
  })

  it.each([false, true])('keeps no lock that has no room; without second names: %s', async (isFat) => {
    const file = await goodFile()
    const real = fs.writeFile
    const refuse = (code: string) => Promise.reject(Object.assign(new Error(code), {code}))
    const spy = vi.spyOn(fs, 'writeFile')
    const links = vi.spyOn(fs, 'link')
    if (isFat) {
      links.mockImplementation(() => refuse('EPERM'))
      spy.mockImplementationOnce((...given) => real(...given))
    }
    spy.mockImplementationOnce(async (place, _, options) => {
      await real(place, '', options)
      await refuse('ENOSPC')
    })
    expect(
      await withLock(
        `${file}.lock`,
        async () => {},
        () => true,
      ),
    ).toBe(false)
    spy.mockRestore()
    links.mockRestore()
    expect(readdirSync(path.dirname(file))).toEqual(['verdicts.json'])
  })

  it.each([
    [{XDG_CACHE_HOME: '/x'}, 'linux', '/x/doccheck/verdicts-v1.json'],
    [{XDG_CACHE_HOME: 'x'}, 'linux', '/home/me/.cache/doccheck/verdicts-v1.json'],
    [{}, 'linux', '/home/me/.cache/doccheck/verdicts-v1.json'],
    [{}, 'darwin', '/home/me/Library/Caches/doccheck/verdicts-v1.json'],
    [{LOCALAPPDATA: '/local'}, 'win32', '/local/doccheck/verdicts-v1.json'],
    [{}, 'win32', '/home/me/AppData/Local/doccheck/verdicts-v1.json'],
  ] as const)('is by default %j on %s: %s', (env, platform, file) => {
    expect(defaultCacheFile(env, platform, '/home/me')).toBe(file)
  })
})

describe('processes at once', () => {
  let script: string

  beforeAll(async () => {
    // Plain Node does not read TypeScript.
    const built = path.resolve('node_modules', '.cache', 'doccheck-test')
    mkdirSync(built, {recursive: true})
    const bundle = await rolldown({input: 'src/remote/cache/verdict-cache.ts', platform: 'node'})
    const module = path.join(built, 'verdict-cache.mjs')
    await bundle.write({file: module, format: 'esm'})
    await bundle.close()
    script = path.join(built, 'child.mjs')
    writeFileSync(
      script,
      `import {openVerdictCache} from '${pathToFileURL(module)}'
const [file, name, rounds] = process.argv.slice(2)
const key = (text) => text.padEnd(22, '_')
for (let round = 0; round < Number(rounds); round++) {
  const cache = await openVerdictCache({file, isUserChosen: false, lifetimes: {alive: 1e9}})
  for (let index = 0; index < 200; index++) cache.set(key(name + '-' + round + '-' + index), {state: 'alive'})
  for (let index = 0; index < 50; index++) cache.set(key('shared-' + index), {state: 'dead', reason: name})
  await cache.save()
  for (const warning of cache.warnings) console.error(warning)
  if (round === 0) console.log('saved')
}
`,
    )
  })

  const start = (file: string, name: string, rounds: number) =>
    spawn(process.execPath, [script, file, name, String(rounds)], {stdio: ['ignore', 'pipe', 'pipe']})
  const end = (child: ChildProcess) =>
    new Promise<string>((done) => {
      let words = ''
      child.stderr!.on('data', (data) => (words += data))
      child.on('close', () => done(words))
    })

  it('lose nothing of each other', async () => {
    const file = newFile()
    const children = Array.from({length: 10}, (_, index) => start(file, `p${index}`, 3))
    expect(await Promise.all(children.map(end))).toEqual(Array(10).fill(''))
    // However busy the machine was: what did not get into the file is beside it.
    expect(await end(start(file, 'last', 1))).toBe('')
    const {entries} = JSON.parse(readFileSync(file, 'utf8'))
    expect(Object.keys(entries)).toHaveLength(10 * 3 * 200 + 200 + 50)
    expect(readdirSync(path.dirname(file))).toEqual(['verdicts.json'])
  })

  it('keep the old file where a new one has no room', async () => {
    const file = await goodFile()
    const before = readFileSync(file)
    // The shell lets no file grow over a kilobyte.
    const limited = [
      '-c',
      'trap "" XFSZ; ulimit -f 1; exec "$0" "$@"',
      process.execPath,
      script,
      file,
      'x',
      '1',
    ]
    const words = await end(spawn('bash', limited, {stdio: ['ignore', 'pipe', 'pipe']}))
    expect(words).toContain(`Cannot write the cache ${file} (EFBIG);`)
    expect(readFileSync(file)).toEqual(before)
    expect(readdirSync(path.dirname(file))).toEqual(['verdicts.json'])
  })

  it('leave a whole file when they are killed while they write', async () => {
    const file = newFile()
    for (let round = 0; round < 6; round++) {
      const child = start(file, `k${round}`, 10_000)
      const ended = end(child)
      await new Promise((done) => child.stdout!.once('data', done))
      await new Promise((done) => setTimeout(done, 20 + 13 * round))
      child.kill('SIGKILL')
      await ended
      expect(Object.keys(JSON.parse(readFileSync(file, 'utf8')).entries).length).toBeGreaterThanOrEqual(250)
    }
    expect(await end(start(file, 'next', 1))).toBe('')
    const {entries} = JSON.parse(readFileSync(file, 'utf8'))
    expect(Object.keys(entries).filter((key) => key.startsWith('next-'))).toHaveLength(200)
  })
})

describe('a run', () => {
  let server: HostileServer
  beforeAll(async () => {
    server = await startHostileServer()
    return () => server.close()
  })

  const docs = (remote: object = {}) =>
    folder({
      'a.md': ['/ok.png', '/404', '/moved.png', '/999', '/500']
        .map((each) => `![](${server.base}${each})\n`)
        .join('\n'),
      '.doccheckrc.json': JSON.stringify({
        remote: {allowPrivate: ['127.0.0.1'], timeout: 1, retries: 0, ...remote},
      }),
    })
  const asked = () => {
    const paths = [...new Set(server.requests.map((line) => line.split(' ')[1]))].sort()
    server.requests.length = 0
    return paths
  }

  it('asks again only for what does not hold', async () => {
    const cwd = docs()
    const first = await doccheck(cwd, [])
    expect(asked()).toEqual(['/404', '/500', '/999', '/moved.png', '/ok.png'])
    const second = await doccheck(cwd, [])
    // The server's own failure may be over.
    expect(asked()).toEqual(['/500'])
    expect(first.out).toMatch(/Unexpected dead image: 404 Not Found \[/)
    expect(first.out).not.toContain('seen')
    expect(second.out).toMatch(/Unexpected dead image: 404 Not Found \(seen \d+ seconds? ago\)/)
    const problems = (out: string) => /checked in [\d.]+ s: (.*)/.exec(out)![1]
    expect(problems(second.out)).toBe(problems(first.out))
    await doccheck(cwd, ['--no-cache'])
    expect(asked()).toHaveLength(5)
    await doccheck(docs({cache: false}), [], {env: {XDG_CACHE_HOME: path.join(cwd, '.cache')}})
    expect(asked()).toHaveLength(5)
    await doccheck(docs({cache: {dead: 0, alive: '1s'}}), [], {
      env: {XDG_CACHE_HOME: path.join(cwd, '.cache')},
    })
    expect(asked()).toContain('/404')
  })

  it('says how old a remembered verdict is, and reports the same problem as before', async () => {
    const file = newFile()
    onTestFinished(fakeNames())
    const url = `${server.base}/404`
    const seenAfter = async (minutes: number, settings: object = {}) => {
      const lifetimes = {...LIFETIMES, dead: 20 * DAY, unreachable: DAY}
      const now = () => NOW + minutes * 60_000
      const verdictCache = await openVerdictCache({file, isUserChosen: false, lifetimes, now})
      const config = {...quick(server), ...settings}
      return (await ask([url], config, {verdictCache})).fact('image', url)
    }
    expect(await seenAfter(0)).toEqual({verdict: DEAD})
    expect(await seenAfter(1)).toEqual({verdict: DEAD, seen: '60 seconds ago'})
    expect(await seenAfter(40)).toEqual({verdict: DEAD, seen: '40 minutes ago'})
    expect(await seenAfter(100)).toEqual({verdict: DEAD, seen: '2 hours ago'})
    expect(await seenAfter(3 * 1440)).toEqual({verdict: DEAD, seen: '3 days ago'})
    expect(await seenAfter(15 * 1440)).toEqual({verdict: DEAD, seen: '2 weeks ago'})
    // The clock was set back.
    expect(await seenAfter(-0.5)).toEqual({verdict: DEAD, seen: '0 seconds ago'})
  })

  it('asks for dead URLs again after ten minutes, and for live ones after a week', async () => {
    const cwd = docs()
    const cache = path.join(cwd, '.cache/doccheck/verdicts-v1.json')
    await doccheck(cwd, [])
    /** Let the cache be written some time ago. */
    const age = (minutes: number) => {
      const {entries, ...head} = JSON.parse(readFileSync(cache, 'utf8'))
      for (const entry of Object.values<unknown[]>(entries))
        for (const [at, part] of entry.entries())
          if (typeof part === 'number') entry[at] = part - minutes * 60_000
      writeFileSync(cache, JSON.stringify({...head, entries}))
    }
    asked()
    age(9)
    expect((await doccheck(cwd, [])).out).toContain('404 Not Found (seen 9 minutes ago)')
    expect(asked()).toEqual(['/500'])
    age(2)
    expect((await doccheck(cwd, [])).out).not.toContain('seen 11 minutes ago')
    expect(asked()).toEqual(['/404', '/500'])
  })

  it('keeps the age out of fingerprints, names of tests, baselines and comparisons', async () => {
    const cwd = docs()
    await doccheck(cwd, ['baseline'])
    const known = await doccheck(cwd, ['--baseline', '.doccheck-baseline.json'])
    expect(known.out).toContain('known problems in the baseline not shown')
    expect(known.code).toBe(0)
    const reportsOf = async (...words: string[]) => {
      const one = async (name: string) => (await doccheck(cwd, ['--reporter', name, ...words])).out
      const [json, sarif, gitlab, junit] = await Promise.all(['json', 'sarif', 'gitlab', 'junit'].map(one))
      return {
        seen: JSON.parse(json!).flatMap((file: {messages: {seen?: string}[]}) =>
          file.messages.flatMap(({seen}) => seen ?? []),
        ),
        properties: JSON.parse(sarif!).runs[0].results.flatMap(
          (result: {properties?: {seen: string}}) => result.properties?.seen ?? [],
        ),
        stable: [
          ...JSON.parse(sarif!).runs[0].results.map(
            (result: {partialFingerprints: object}) => result.partialFingerprints,
          ),
          ...JSON.parse(gitlab!).map(({fingerprint}: {fingerprint: string}) => fingerprint),
          ...junit!.match(/<testcase [^>]*/g)!,
        ],
      }
    }
    const fresh = await reportsOf('--no-cache')
    const remembered = await reportsOf()
    expect(fresh.seen).toEqual([])
    expect(remembered.seen).not.toEqual([])
    expect(remembered.seen[0]).toMatch(/^\d+ seconds? ago$/)
    expect(remembered.properties).toEqual(remembered.seen)
    expect(remembered.stable).toEqual(fresh.stable)
  })

  it('of ten at once on one file loses nothing', async () => {
    const file = newFile()
    const place = folder({
      '.doccheckrc.json': JSON.stringify({remote: {allowPrivate: ['127.0.0.1'], perHost: 20}}),
      ...Object.fromEntries(
        Array.from({length: 10}, (_, page) => [
          `${page}.md`,
          ['shared', ...Array.from({length: 20}, (__, index) => `${page}-${index}`)]
            .map((name) => `![](${server.base}/ok.png?${name})\n`)
            .join('\n'),
        ]),
      ),
    })
    const check = (...paths: string[]) =>
      new Promise<string>((done) => {
        const words = [path.resolve('bin/doccheck.js'), '--cache-location', file, ...paths]
        const child = spawn(process.execPath, words, {cwd: place})
        let out = ''
        for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (out += data))
        child.on('close', (code) => done(`${code} ${out}`))
      })
    const ran = await Promise.all(Array.from({length: 10}, (_, page) => check(`${page}.md`)))
    for (const words of ran) expect(words).toMatch(/^0 1 file checked in [\d.]+ s: no problems\n$/)
    server.requests.length = 0
    expect(await check()).toMatch(/^0 10 files checked in [\d.]+ s: no problems\n$/)
    expect(server.requests).toEqual([])
  })

  it('remembers where it is told to, and warns of a file that is none', async () => {
    const cwd = docs({cache: {location: 'kept/verdicts.json'}})
    await doccheck(cwd, [])
    expect(existsSync(path.join(cwd, 'kept', 'verdicts.json'))).toBe(true)
    writeFileSync(path.join(cwd, 'notes.txt'), 'mine')
    const {err, out, code} = await doccheck(cwd, ['--cache-location', 'notes.txt'])
    expect(err).toBe(
      `doccheck: The cache ${path.join(cwd, 'notes.txt')} is corrupt, or not a cache of doccheck: nothing is cached; use \`--cache-location\` to choose another file\n`,
    )
    expect(out).toContain('Unexpected dead image: 404 Not Found')
    expect(code).toBe(1)
    expect(readFileSync(path.join(cwd, 'notes.txt'), 'utf8')).toBe('mine')
  })

  it('takes no verdict that was found with other headers or treatments', async () => {
    const cwd = docs()
    const env = {XDG_CACHE_HOME: path.join(cwd, '.cache')}
    await doccheck(cwd, [], {env})
    asked()
    await doccheck(docs({treat: {404: 'alive'}}), [], {env})
    expect(asked()).toContain('/404')
  })

  it('tolerates a failure for as long as it may', async () => {
    const file = newFile()
    const restore = fakeNames()
    const told = async (day: number) => {
      vi.setSystemTime(NOW + day * DAY)
      const verdictCache = await openVerdictCache({file, isUserChosen: false, lifetimes: LIFETIMES})
      const answer = await ask([`${server.base}/404`], {...quick(server), failFor: '3d'}, {verdictCache})
      return answer.fact('image', `${server.base}/404`)
    }
    vi.useFakeTimers({toFake: ['Date']})
    expect(await told(0)).toEqual({verdict: DEAD, tolerated: 'until 2026-01-13'})
    expect(await told(2)).toEqual({verdict: DEAD, tolerated: 'until 2026-01-13'})
    expect(await told(3)).toEqual({verdict: DEAD})
    vi.useRealTimers()
    restore()
    const cwd = docs({failFor: '3d'})
    const tolerated = await doccheck(cwd, [])
    expect(tolerated.out).toMatch(
      /warning +Unexpected dead image: 404 Not Found \(tolerated until \d{4}-\d\d-\d\d\)/,
    )
    expect(tolerated.code).toBe(0)
    const forgetful = await doccheck(cwd, ['--no-cache'])
    expect(forgetful.out).toMatch(/error +Unexpected dead image: 404 Not Found /)
    expect(forgetful.err).toContain('`failFor` has no effect without the cache')
  })
})
