import {spawnSync} from 'node:child_process'
import {chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {afterAll, beforeAll, describe, expect, it, onTestFinished} from 'vitest'
import {command} from './needs.ts'
import {commitAll, writeReleaseTree} from './release-tree.ts'
import {atHome, run as start} from './repository.ts'
import {folder} from './run-doccheck.ts'

// Debian's command, whatever Python comes first.
const engine = command('pre-commit (Debian: pre-commit)', ['/usr/bin/pre-commit', 'pre-commit'])

const home = mkdtempSync(path.join(tmpdir(), 'doccheck-'))
afterAll(() => rmSync(home, {recursive: true, force: true}))
const env = engine ? atHome(home) : {}

/** Run a program. @returns what it printed and its exit code */
function run(cwd: string, command: string, ...words: string[]) {
  const {status, stdout, stderr} = spawnSync(command, words, {cwd, encoding: 'utf8', env, timeout: 240_000})
  return {code: status, out: stdout + stderr}
}

function git(cwd: string, ...words: string[]) {
  return run(cwd, 'git', '-c', 'user.name=A', '-c', 'user.email=a@example.org', ...words)
}

/** What a release consists of, as a repository: pre-commit installs commits. */
const source = path.join(home, 'source')
beforeAll(() => {
  if (!engine) return
  writeReleaseTree(source)
  commitAll(source)
})

/** A repository that uses a hook of this one. */
function repository(files: Record<string, string>, hook: string, more = ''): string {
  const rev = git(source, 'rev-parse', 'HEAD').out.trim()
  const root = folder({
    ...files,
    '.pre-commit-config.yaml': `repos:\n  - repo: ${source}\n    rev: ${rev}\n    hooks:\n      - id: ${hook}\n${more}`,
  })
  git(root, 'init', '-q', '-b', 'main')
  git(root, 'add', '--all')
  git(root, 'commit', '-q', '-m', 'x')
  expect(run(root, engine!, 'install')).toMatchObject({code: 0})
  return root
}

const commit = (root: string) => git(root, 'commit', '-q', '-m', 'x')
const write = (root: string, name: string, text: string) => writeFileSync(path.join(root, name), text)
const read = (root: string, name: string) => readFileSync(path.join(root, name), 'utf8')

describe.skipIf(!engine)('with the real pre-commit', () => {
  it('is installed, passes what is right and stops what is not', () => {
    const config = "import {defineConfig} from 'doccheck-cli'\nexport default defineConfig({})\n"
    const root = repository(
      {'a.md': '# A\n', 'b.md': '# B\n\n[debt](debt.md)\n', 'doccheck.config.mjs': config},
      'doccheck',
    )
    write(root, 'a.md', '# A\n\n[b](b.md#b)\n')
    git(root, 'add', 'a.md')
    const first = commit(root)
    expect(first.out).toMatch(/Installing environment[\s\S]*doccheck\.+Passed/)
    expect(first.code).toBe(0)
    // The parser with its binary, and type definitions; nothing to build with.
    const packages =
      /^[^/]+\/[^/]+\/lib\/node_modules\/doccheck-cli\/node_modules\/(?:@[^/]+\/)?[^/]+\/package\.json$/
    const files = readdirSync(env.PRE_COMMIT_HOME!, {recursive: true, encoding: 'utf8'})
    expect(files.filter((name) => packages.test(name)).length).toBeLessThanOrEqual(9)
    expect(files.filter((name) => packages.test(name)).length).toBeGreaterThan(1)
    write(root, 'a.md', '# A\n\n[b](b.md#c)\n')
    git(root, 'add', 'a.md')
    const second = commit(root)
    expect(second.code).toBe(1)
    expect(second.out).toContain('missing anchor `#c` in `b.md`')
    expect(second.out).not.toContain('debt')
    // Files that nobody asked for are still what links lead to.
    expect(run(root, engine!, 'run', '--all-files').out).toContain('2 errors')
  })

  it.each([
    ['doccheck', '', '1 error'],
    ['doccheck-fix', '', '1 error'],
    ['doccheck', '        args: [--offline]\n', 'is the name of a file, but would be parsed as an option'],
  ])('takes the name of a file as that: %s%s', (hook, more, told) => {
    const name = '--reporter=html:README.md'
    const root = repository({'README.md': '# A\n'}, hook, more)
    write(root, name, '[x](missing.md)\n')
    git(root, 'add', '--all')
    expect(commit(root)).toMatchObject({code: 1, out: expect.stringContaining(told)})
    expect(read(root, 'README.md')).toBe('# A\n')
  })

  it('checks the staged part of a file', () => {
    const root = repository({'a.md': '# A\n'}, 'doccheck')
    write(root, 'a.md', '[x](staged.md)\n')
    git(root, 'add', 'a.md')
    write(root, 'a.md', '# Mended in the folder only\n')
    expect(commit(root)).toMatchObject({code: 1, out: expect.stringContaining('`staged.md`')})
    expect(read(root, 'a.md')).toBe('# Mended in the folder only\n')
    git(root, 'add', 'a.md')
    write(root, 'a.md', '[x](unstaged.md)\n')
    expect(commit(root)).toMatchObject({code: 0})
    expect(read(root, 'a.md')).toBe('[x](unstaged.md)\n')
  })

  it('checks what a commit breaks elsewhere, if it only deletes', () => {
    const root = repository({'a.md': '![i](i.png) [debt](debt.md)\n', 'i.png': 'P'}, 'doccheck-staged')
    git(root, 'rm', '-q', 'i.png')
    const {code, out} = commit(root)
    expect(code).toBe(1)
    expect(out).toContain('missing image `i.png` (i.png was deleted in this change)')
    expect(out).not.toContain('debt.md')
    write(root, 'a.md', '# No image\n')
    git(root, 'add', 'a.md')
    expect(commit(root)).toMatchObject({code: 0})
  })

  it('repairs what is certain: the commit is stopped once, and goes through when that is staged', () => {
    const root = repository({'install.md': '# Install\n'}, 'doccheck-fix')
    write(root, 'a.md', '[i](Install.md)\n')
    git(root, 'add', 'a.md')
    const {code, out} = commit(root)
    expect(code).toBe(1)
    expect(out).toMatch(
      /doccheck --fix\.+Failed[\s\S]*files were modified by this hook[\s\S]*1 problem fixed in 1 file/,
    )
    expect(read(root, 'a.md')).toBe('[i](install.md)\n')
    git(root, 'add', 'a.md')
    expect(commit(root)).toMatchObject({code: 0})
  })

  it('tells each finding once from several processes at once', () => {
    const files = Object.fromEntries(
      Array.from({length: 400}, (_, index) => [
        // Long names, so that not all of them fit into one command line.
        `${'long-'.repeat(40)}${index}.md`,
        `# ${index}\n\n[x](missing-${index}.md) [first](${'long-'.repeat(40)}0.md#0)\n`,
      ]),
    )
    const root = repository(files, 'doccheck', '        require_serial: false\n')
    const {code, out} = run(root, engine!, 'run', '--all-files')
    expect(code).toBe(1)
    const told = [...out.matchAll(/missing file `missing-(\d+)\.md`/g)].map((match) => Number(match[1]))
    expect(told.length).toBe(400)
    expect(new Set(told).size).toBe(400)
    // Several processes there were: each ends with a summary of its own.
    expect([...out.matchAll(/\d+ files checked/g)].length).toBeGreaterThan(1)
  })

  it('leaves a read-only file as it is, and says so', () => {
    const root = repository({'install.md': '# Install\n'}, 'doccheck-fix')
    write(root, 'a.md', '[i](Install.md)\n')
    git(root, 'add', 'a.md')
    chmodSync(path.join(root, 'a.md'), 0o444)
    expect(commit(root)).toMatchObject({
      code: 1,
      out: expect.stringContaining('a.md: Cannot be fixed: it is read-only'),
    })
    expect(read(root, 'a.md')).toBe('[i](Install.md)\n')
  })

  it('knows pages by their names in any case', () => {
    const root = repository({'README.MD': '[x](missing.md)\n', 'a.mdown.txt': '[y](y.md)\n'}, 'doccheck')
    const {code, out} = run(root, engine!, 'run', '--all-files')
    expect(out).toContain('`missing.md`')
    expect(out).toContain('1 file checked')
    expect(code).toBe(1)
  })

  it('judges what is committed by name, or with all that has changed, as git does', () => {
    const root = repository({'a.md': '# A\n', 'b.md': '# B\n'}, 'doccheck-staged')
    write(root, 'a.md', '[x](missing.md)\n')
    write(root, 'b.md', '# B\n\n[a](a.md)\n')
    // Git makes an index of its own for these, beside the one of the repository.
    expect(git(root, 'commit', '-q', '-m', 'x', 'b.md')).toMatchObject({code: 0})
    for (const words of [['a.md'], ['--all']])
      expect(git(root, 'commit', '-q', '-m', 'x', ...words)).toMatchObject({
        code: 1,
        out: expect.stringContaining('`missing.md`'),
      })
  })

  it('keeps what all processes learnt of remote addresses', async () => {
    const server = createServer((_, response) => response.writeHead(404).end())
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
    const files: Record<string, string> = {
      '.doccheckrc.json': JSON.stringify({remote: {allowPrivate: [host], retries: 0}}),
    }
    for (let index = 0; index < 40; index++) files[`${index}.md`] = `![x](http://${host}/${index})\n`
    const more = '        require_serial: false\n        args: [--cache-location, cache.json]\n'
    const root = repository(files, 'doccheck', more)
    // Not by `run`, which would keep the server from answering.
    const {code, out} = await start(root, engine!, ['run', '--all-files'], env)
    expect(out.match(/Unexpected dead image/g)).toHaveLength(40)
    expect(code).toBe(1)
    expect(Object.keys(JSON.parse(read(root, 'cache.json')).entries)).toHaveLength(40)
  })
})
