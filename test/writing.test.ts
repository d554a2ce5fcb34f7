import {execFileSync, spawnSync} from 'node:child_process'
import {
  chmodSync,
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
import path from 'node:path'
import {describe, expect, it} from 'vitest'
import {inTemporaryFolder, isTemporary, machine} from '../src/tree/temporary.ts'
import {asNobody, doccheck, folder} from './run-doccheck.ts'

const PLAIN = ['--offline', '--no-config']
const PAGE = {'a.md': '[gone](gone.md)\n'}
const reporting = (file: string) => [...PLAIN, '--reporter', `json:${file}`]
const isReport = (file: string) => JSON.parse(readFileSync(file, 'utf8')).length === 1

/** Run the built command in a shell, which may set limits and redirect. */
const inShell = (cwd: string, line: string) =>
  spawnSync('bash', ['-c', line, process.execPath, path.resolve('bin/doccheck.js'), ...PLAIN], {
    cwd,
    encoding: 'utf8',
    env: {...process.env, GITHUB_ACTIONS: ''},
  })

describe('a report', () => {
  it('replaces a symlink that the tree brings, and what that led to stays', async () => {
    const outside = folder({'theirs.html': 'theirs'})
    const root = folder(PAGE)
    symlinkSync(path.join(outside, 'theirs.html'), path.join(root, 'report.json'))
    symlinkSync('nowhere', path.join(root, 'second.json'))
    for (const name of ['report.json', 'second.json']) {
      expect(await doccheck(root, reporting(name))).toMatchObject({err: '', code: 1})
      expect(lstatSync(path.join(root, name)).isFile()).toBe(true)
      expect(isReport(path.join(root, name))).toBe(true)
    }
    expect(readFileSync(path.join(outside, 'theirs.html'), 'utf8')).toBe('theirs')
    expect(readdirSync(outside)).toEqual(['theirs.html'])
  })

  it.each(['out', 'in'])('is not written through a symlink of the tree to a folder: %s', async (name) => {
    const outside = folder({'report.json': 'theirs'})
    const root = folder({...PAGE, 'docs/report.json': 'mine'})
    symlinkSync(outside, path.join(root, 'out'))
    symlinkSync('docs', path.join(root, 'in'))
    const link = path.join(folder(), 'link')
    symlinkSync(root, link)
    for (const place of [name, path.join(link, name)]) {
      const {err, code} = await doccheck(root, reporting(`${place}/report.json`))
      expect(code).toBe(2)
      expect(err).toContain(`: ${name} is a symlink; use the path of its target`)
      expect((await doccheck(root, reporting(`${place}/deep/report.json`))).code).toBe(2)
    }
    expect(readFileSync(path.join(outside, 'report.json'), 'utf8')).toBe('theirs')
    expect(readFileSync(path.join(root, 'docs/report.json'), 'utf8')).toBe('mine')
    expect(existsSync(path.join(outside, 'deep'))).toBe(false)
  })

  it('goes through symlinks that are the user’s own, and keeps mode and link', async () => {
    const root = folder(PAGE)
    const own = folder({'www/report.json': 'old'})
    chmodSync(path.join(own, 'www/report.json'), 0o604)
    symlinkSync('www/report.json', path.join(own, 'link.json'))
    symlinkSync('www', path.join(own, 'link'))
    for (const name of ['link.json', 'link/report.json']) {
      writeFileSync(path.join(own, 'www/report.json'), 'old')
      expect(await doccheck(root, reporting(path.join(own, name)))).toMatchObject({err: '', code: 1})
      expect(isReport(path.join(own, 'www/report.json'))).toBe(true)
    }
    expect(readlinkSync(path.join(own, 'link.json'))).toBe('www/report.json')
    expect(statSync(path.join(own, 'www/report.json')).mode & 0o777).toBe(0o604)
    expect(readdirSync(path.join(own, 'www'))).toEqual(['report.json'])
    symlinkSync('round', path.join(own, 'round'))
    expect((await doccheck(root, reporting(path.join(own, 'round/x')))).err).toContain('in a circle')
  })

  it('reaches what is open, and pipes', () => {
    const root = folder(PAGE)
    const at = folder()
    const line = (words: string) => {
      const {stderr, status} = inShell(root, `"$0" "$@" ${words}`)
      expect({stderr, status}).toEqual({stderr: '', status: 1})
    }
    line(`--reporter json:/dev/fd/3 --reporter text 3>${at}/three >${at}/one`)
    expect(isReport(path.join(at, 'three'))).toBe(true)
    expect(readFileSync(path.join(at, 'one'), 'utf8')).toContain('1 error')
    line(`--reporter json:/dev/stdout >${at}/stdout`)
    expect(isReport(path.join(at, 'stdout'))).toBe(true)
    line(`--reporter json:/dev/stdout | cat >${at}/piped; exit \${PIPESTATUS[0]}`)
    expect(isReport(path.join(at, 'piped'))).toBe(true)
    line(`--reporter text --reporter json:/dev/stdout >>${at}/one`)
    expect(readFileSync(path.join(at, 'one'), 'utf8')).toMatch(/1 error[\s\S]*1 error[\s\S]*\n\[\n/)
    line('--reporter json:/dev/null')
    execFileSync('mkfifo', [path.join(at, 'fifo')])
    line(`--reporter json:${at}/fifo & cat ${at}/fifo >${at}/read; wait $!`)
    expect(isReport(path.join(at, 'read'))).toBe(true)
    expect(statSync(path.join(at, 'fifo')).isFIFO()).toBe(true)
  })

  it('is not written to a pipe of the tree that nobody reads', () => {
    const root = folder({'a.md': '[gone](gone.md)\n'.repeat(2000)})
    execFileSync('mkfifo', [path.join(root, 'fifo')])
    const {stderr, status} = inShell(root, '"$0" "$@" --reporter json:fifo')
    expect({stderr, status}).toEqual({
      stderr: `doccheck: Cannot write the report ${path.join(root, 'fifo')}: it is a pipe without a reader, or a socket; name another file\n`,
      status: 2,
    })
    // More than a pipe holds at once, to somebody who is slow to read it. Opened for both, it waits for no one.
    const read = path.join(folder(), 'read')
    const line = `exec 3<>fifo; { sleep 1; cat <fifo >${read}; } 3>&- & "$0" "$@" --reporter json:fifo; code=$?; exec 3>&-; wait $!; exit $code`
    expect(inShell(root, line)).toMatchObject({stderr: '', status: 1})
    expect(statSync(read).size).toBeGreaterThan(100_000)
    expect(isReport(read)).toBe(true)
    expect(statSync(path.join(root, 'fifo')).isFIFO()).toBe(true)
  })

  it('is the old one, whole, where a new one has no room', () => {
    const root = folder({'a.md': '[gone](gone.md)\n'.repeat(100), 'report.json': 'old'})
    const summary = path.join(folder(), 'summary.md')
    writeFileSync(summary, 'before\n')
    // The shell lets no file grow over a kilobyte.
    const limit = 'trap "" XFSZ; ulimit -f 1; "$0" "$@"'
    const report = inShell(root, `${limit} --reporter json:report.json --reporter json:new/report.json`)
    expect({err: report.stderr, code: report.status}).toEqual({
      err: expect.stringMatching(
        /^doccheck: Cannot write the report \S+: the file is larger than the system allows\n$/,
      ),
      code: 2,
    })
    expect(readFileSync(path.join(root, 'report.json'), 'utf8')).toBe('old')
    expect(readdirSync(root).sort()).toEqual(['a.md', 'report.json'])
    const appended = inShell(
      root,
      `trap "" XFSZ; ulimit -f 1; GITHUB_ACTIONS=true GITHUB_STEP_SUMMARY=${summary} "$0" "$@" >/dev/null`,
    )
    expect({err: appended.stderr, code: appended.status}).toMatchObject({
      err: expect.stringContaining(': the file is larger than the system allows'),
      code: 2,
    })
    expect(readFileSync(summary, 'utf8')).toBe('before\n')
  })

  it('is written to where it may not be replaced', async () => {
    const root = folder(PAGE)
    const at = folder({'report.json': 'old, and longer than the new one'.repeat(100)})
    chmodSync(path.join(at, 'report.json'), 0o666)
    chmodSync(at, 0o555)
    await doccheck(root, PLAIN)
    const run = (name: string) => asNobody(root, () => doccheck(root, reporting(path.join(at, name))))
    expect(await run('report.json')).toMatchObject({err: '', code: 1})
    expect((await run('new.json')).err).toMatch(/Cannot write the report \S+: permission denied\n$/)
    chmodSync(at, 0o755)
    expect(isReport(path.join(at, 'report.json'))).toBe(true)
    expect(readdirSync(at)).toEqual(['report.json'])
  })

  it.each(['/dev/stdout', '/dev/fd/1', '/dev/fd/3', '>(cat >&3)'])('is a job’s summary at %s', (place) => {
    const at = folder()
    const line = `exec 3>${at}/three; GITHUB_ACTIONS=true GITHUB_STEP_SUMMARY=${place} "$0" "$@" >${at}/one; code=$?; wait $!; exit $code`
    const {stderr, status} = inShell(folder(PAGE), line)
    expect({stderr, status}).toEqual({stderr: '', status: 1})
    const said = ['one', 'three'].map((name) => readFileSync(path.join(at, name), 'utf8')).join('')
    expect(said).toContain('::error file=a.md')
    expect(said).toContain('## doccheck')
  })

  it('holds no command where it is printed, by whatever name, in GitHub Actions', async () => {
    const root = folder({'::error::x/a.md': '[gone](gone.md)\n'})
    const run = (...words: string[]) => doccheck(root, [...PLAIN, ...words], {env: {GITHUB_ACTIONS: 'true'}})
    const {out} = await run('--reporter', 'text', '--reporter', 'text:/dev/stdout')
    expect(out).toContain('a.md')
    const {err} = await run('--reporter', 'text:/dev/stderr')
    expect(err).toContain('a.md')
    expect(`${out}\n${err}`).not.toMatch(/^::error::x/m)
  })

  it('is appended to a job’s summary, but through no symlink of the tree', async () => {
    const root = folder(PAGE)
    const outside = folder({'summary.md': 'before\n'})
    const summary = path.join(outside, 'summary.md')
    const run = (file: string) =>
      doccheck(root, PLAIN, {env: {GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: file}})
    expect((await run(summary)).code).toBe(1)
    expect(readFileSync(summary, 'utf8')).toMatch(/^before\n[\s\S]*gone\.md/)
    writeFileSync(summary, 'before\n')
    symlinkSync(summary, path.join(root, 'summary'))
    expect((await run(path.join(root, 'summary'))).code).toBe(2)
    expect(readFileSync(summary, 'utf8')).toBe('before\n')
  })
})

describe('what a killed process left behind', () => {
  const named = (owner: number, place = machine()) => `.doccheck-${place}-${owner}-0123456789ab.tmp`

  it('is removed by the next run, and nothing else', async () => {
    const gone = spawnSync(process.execPath, ['-e', '']).pid
    const before = new Date(Date.now() - 2 * 86_400_000)
    const left = [named(gone), named(process.pid), named(1, '01234567')]
    const kept = [
      named(process.ppid),
      named(1, '89abcdef'),
      '.doccheck-notes.tmp',
      `.doccheck-${machine()}-${gone}-0123456789ab.tmp.md`,
      '.a.md.0123456789ab.tmp',
    ]
    const reports = folder()
    const root = folder({...PAGE, '.gitignore': 'made\n'})
    for (const place of [root, path.join(root, 'docs'), path.join(root, 'made'), reports]) {
      mkdirSync(place, {recursive: true})
      for (const name of [...left, ...kept]) writeFileSync(path.join(place, name), '[x](x.md)\n')
      // Of this process, but older; and of another machine, from the day before yesterday.
      for (const name of left.slice(1)) utimesSync(path.join(place, name), before, before)
    }
    expect(left.every(isTemporary)).toBe(true)
    const names = (place: string) =>
      readdirSync(place)
        .filter((name) => /^\.(?:doccheck|a\.)/.test(name))
        .sort()
    const {out} = await doccheck(root, [...PLAIN, '--reporter', 'text'])
    expect(out).toContain('3 files checked')
    expect(names(root)).toEqual([...kept].sort())
    expect(names(path.join(root, 'docs'))).toEqual([...kept].sort())
    await doccheck(root, reporting(path.join(reports, 'report.json')))
    await doccheck(root, reporting('made/report.json'))
    expect(names(reports)).toEqual([...kept].sort())
    expect(names(path.join(root, 'made'))).toEqual([...kept].sort())
  })

  it('is removed from the folder for temporary files, where it is one’s own', async () => {
    const gone = spawnSync(process.execPath, ['-e', '']).pid
    const above = folder()
    const mine = [named(gone), named(process.ppid), '.doccheck-notes.tmp'].map((name) =>
      path.join(above, name),
    )
    for (const place of mine) mkdirSync(path.join(place, 'in'), {recursive: true})
    const before = process.env.TMPDIR
    process.env.TMPDIR = above
    try {
      const seen = await inTemporaryFolder(async (own) => {
        writeFileSync(path.join(own, 'x'), '')
        return [own, ...mine].map((place) => existsSync(place))
      })
      expect(seen).toEqual([true, false, true, true])
      await expect(inTemporaryFolder(() => Promise.reject(new Error('x')))).rejects.toThrow('x')
      expect(readdirSync(above)).toHaveLength(2)
    } finally {
      if (before === undefined) delete process.env.TMPDIR
      else process.env.TMPDIR = before
    }
  })
})
