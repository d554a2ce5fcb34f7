import {spawn} from 'node:child_process'
import {chmodSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs'
import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {afterAll, beforeAll, expect, it, onTestFinished, vi} from 'vitest'
import {machine} from '../src/tree/temporary.ts'
import {ENV, git, run, write} from './repository.ts'
import {doccheck, folder} from './run-doccheck.ts'

const CI = {env: {CI: 'true'}}
const BROKEN = 'Unexpected link to missing file `b.md`'

const SETTINGS = {'user.name': 'A', 'user.email': 'a@example.org', 'uploadpack.allowFilter': 'true'}

/** A remote with `main`, `topic`, which breaks a link and is behind, the merge of both as GitHub makes it, and a tag. */
async function makeRemote(root: string) {
  write(root, {
    'index.md': '[a](a.md) [b](b.md)\n',
    'a.md': '# A\n\n[old](gone.md)\n',
    'b.md': '# B\n',
    'data.txt': 'one\n',
  })
  await git(root, 'init', '-qb', 'main')
  for (const [key, value] of Object.entries(SETTINGS)) await git(root, 'config', key, value)
  await git(root, 'add', '--all')
  await git(root, 'commit', '-qm', 'first')
  await git(root, 'tag', 'v1')
  await git(root, 'tag', '-am', 'x', 'v1-annotated')
  write(root, {'data.txt': 'two\n'})
  await git(root, 'commit', '-qam', 'second')
  const base = (await git(root, 'rev-parse', 'HEAD')).trim()
  await git(root, 'switch', '-qc', 'feature/x')
  write(root, {'c.md': '# C\n'})
  await git(root, 'add', '--all')
  await git(root, 'commit', '-qm', 'third')
  await git(root, 'rm', '-q', 'b.md')
  await git(root, 'commit', '-qm', 'breaks')
  await git(root, 'switch', '-q', 'main')
  for (const name of ['d', 'e']) {
    write(root, {[`${name}.md`]: `# ${name}\n`})
    await git(root, 'add', '--all')
    await git(root, 'commit', '-qm', name)
  }
  await git(root, 'switch', '-q', '--detach')
  await git(root, 'merge', '-q', '--no-edit', 'feature/x')
  await git(root, 'update-ref', 'refs/pull/1/merge', 'HEAD')
  await git(root, 'update-ref', 'refs/merge-requests/1/head', 'feature/x')
  await git(root, 'switch', '-q', 'main')
  return {root, url: `file://${root}`, base}
}

type Remote = Awaited<ReturnType<typeof makeRemote>>

/** Ways in which people and CI systems get `feature/x`. @returns the clone */
const CLONES: Record<string, (remote: Remote) => Promise<string>> = {
  'clone --depth=1': ({url}) => clone(url, '--depth=1', '--branch=feature/x'),
  'clone --depth=2': ({url}) => clone(url, '--depth=2', '--branch=feature/x'),
  'clone --single-branch': ({url}) => clone(url, '--single-branch', '--branch=feature/x'),
  'clone --filter=blob:none': ({url}) => clone(url, '--filter=blob:none', '--branch=feature/x'),
  'clone --filter=tree:0': ({url}) => clone(url, '--filter=tree:0', '--branch=feature/x'),
  'clone --bare --filter=blob:none': async ({url}) => {
    const bare = await clone(url, '--bare', '--filter=blob:none')
    await git(bare, 'symbolic-ref', 'HEAD', 'refs/heads/feature/x')
    return bare
  },
  'actions/checkout': async ({root, url}) => {
    const commit = (await git(root, 'rev-parse', 'refs/pull/1/merge')).trim()
    const place = folder()
    await git(place, 'init', '-q')
    await git(place, 'remote', 'add', 'origin', url)
    await git(
      place,
      'fetch',
      '-q',
      '--no-tags',
      '--depth=1',
      'origin',
      `+${commit}:refs/remotes/pull/1/merge`,
    )
    await git(place, 'checkout', '-q', '--force', 'refs/remotes/pull/1/merge')
    return place
  },
  'GitLab with GIT_DEPTH': async ({url}) => {
    const place = folder()
    await git(place, 'init', '-q')
    await git(place, 'remote', 'add', 'origin', url)
    const refspec = '+refs/merge-requests/1/head:refs/remotes/origin/merge-requests/1/head'
    await git(place, 'fetch', '-q', '--depth=2', 'origin', refspec)
    await git(place, 'checkout', '-qf', '--detach', 'origin/merge-requests/1/head')
    return place
  },
}

async function clone(url: string, ...words: string[]): Promise<string> {
  const place = path.join(folder(), 'clone')
  await git(path.dirname(place), 'clone', '-q', ...words, url, place)
  return place
}

/** All that git keeps of a clone but its objects, and which of these it has. */
async function stateOf(place: string): Promise<string> {
  const inner = existsSync(path.join(place, '.git')) ? path.join(place, '.git') : place
  const files = readdirSync(inner, {recursive: true}) as string[]
  const kept = files
    .filter((name) => /^(?:HEAD|FETCH_HEAD|config|shallow|packed-refs|refs|objects)/.test(name))
    .sort()
  const texts = ['HEAD', 'config', 'shallow', 'packed-refs', 'FETCH_HEAD'].map((name) =>
    existsSync(path.join(inner, name)) ? readFileSync(path.join(inner, name), 'utf8') : '',
  )
  return [...kept, ...texts, await git(place, 'for-each-ref')].join('\n')
}

const temporary = () => readdirSync(tmpdir()).filter((name) => name.includes(`${machine()}-${process.pid}-`))

let source: Remote
beforeAll(async () => {
  source = await makeRemote(mkdtempSync(path.join(tmpdir(), 'doccheck-')))
})
afterAll(() => rmSync(source.root, {recursive: true, force: true}))

/** The names of clones with revisions. */
const PAIRS = Object.entries({
  'clone --depth=1': ['origin/main', 'HEAD~1', 'v1-annotated'],
  'clone --depth=2': ['main', 'BASE'],
  'clone --single-branch': ['origin/main', 'main~2'],
  'clone --filter=blob:none': ['origin/main', 'HEAD~1'],
  'clone --filter=tree:0': ['main', 'v1'],
  'clone --bare --filter=blob:none': ['main', 'HEAD~1'],
  'actions/checkout': ['origin/main', 'BASE', 'HEAD^'],
  'GitLab with GIT_DEPTH': ['BASE', 'origin/feature/x~1'],
}).flatMap(([name, revisions]) => revisions.map((revision) => [name, revision] as const))

const revisionOf = (given: string) => (given === 'BASE' ? source.base : given)

it.each(PAIRS)('in CI, what --since lacks is fetched: %s, %s', async (name, given) => {
  const place = await CLONES[name]!(source)
  const before = await stateOf(place)
  const {out, err, code} = await doccheck(place, ['--since', revisionOf(given), '--offline'], CI)
  expect(err).toMatch(/^doccheck: Fetched [^\n]+ from origin for --since \S+\n$/)
  expect({code, told: out.includes(BROKEN)}).toEqual({code: 1, told: true})
  expect(out).not.toContain('gone.md')
  // The clone is as it was, and nothing is left behind.
  expect(await stateOf(place)).toBe(before)
  expect(temporary()).toEqual([])
})

it.each(PAIRS)('elsewhere, all advice holds: %s, %s', async (name, given) => {
  const make = CLONES[name]!
  const place = await make(source)
  const words = ['--since', revisionOf(given), '--offline']
  const {err, code} = await doccheck(place, words)
  expect({code, temporary: temporary()}).toEqual({code: 2, temporary: []})
  const advice = [...err.matchAll(/`([^`]+)`/g)]
    .map(([, text]) => text!)
    .filter((text) => /^(?:git |--fetch)/.test(text))
  expect(advice).toContain('--fetch')
  for (const each of advice) {
    const fresh = each === '--fetch' ? place : await make(source)
    if (each !== '--fetch') expect(await run(fresh, 'sh', ['-c', each])).toMatchObject({code: 0})
    const {out, code} = await doccheck(fresh, each === '--fetch' ? [...words, each] : words)
    expect({each, code, told: out.includes(BROKEN)}).toEqual({each, code: 1, told: true})
  }
})

it('is not fetched where --no-fetch forbids it, nor outside of CI', async () => {
  const place = await CLONES['actions/checkout']!(source)
  for (const [words, env] of [
    [['--no-fetch'], {CI: 'true'}],
    [[], {CI: 'false'}],
    [[], {}],
  ] as const)
    expect(await doccheck(place, ['--since', 'origin/main', ...words], {env})).toMatchObject({
      code: 2,
      err: expect.stringContaining('no such branch, tag or commit in this clone; add `--fetch`'),
    })
})

it('a hook, for which git names its repository, has that left as it was', async () => {
  const place = await CLONES['clone --depth=1']!(source)
  const before = await stateOf(place)
  vi.stubEnv('GIT_DIR', path.join(place, '.git'))
  vi.stubEnv('GIT_INDEX_FILE', path.join(place, '.git/index'))
  const {out} = await doccheck(place, ['--since', 'origin/main', '--offline'], CI)
  vi.unstubAllEnvs()
  expect(out).toContain(BROKEN)
  expect(await stateOf(place)).toBe(before)
})

// As GitHub serves a private repository, and `actions/checkout` leaves its token.
it('fetches over HTTP, with the header that CI puts into the configuration', async () => {
  const backend = path.join((await git('.', '--exec-path')).trim(), 'git-http-backend')
  const server = createServer((request, response) => {
    if (request.headers.authorization !== 'basic eDp5') return void response.writeHead(401).end()
    const {pathname, searchParams} = new URL(request.url!, 'http://x')
    const child = spawn(backend, {
      env: {
        ...ENV,
        GIT_PROJECT_ROOT: path.dirname(source.root),
        GIT_HTTP_EXPORT_ALL: '1',
        GIT_PROTOCOL: request.headers['git-protocol'] as string,
        HTTP_CONTENT_ENCODING: request.headers['content-encoding'],
        PATH_INFO: pathname,
        QUERY_STRING: searchParams.toString(),
        REQUEST_METHOD: request.method,
        CONTENT_TYPE: request.headers['content-type'],
      },
    })
    request.pipe(child.stdin)
    const parts: Buffer[] = []
    child.stdout.on('data', (part) => parts.push(part))
    child.on('close', () => {
      const answer = Buffer.concat(parts)
      const end = answer.indexOf('\r\n\r\n')
      for (const line of answer.toString('latin1', 0, end).split('\r\n')) {
        const [name = '', value = ''] = line.split(': ')
        if (name === 'Status') response.statusCode = Number.parseInt(value, 10)
        else response.setHeader(name, value)
      }
      response.end(answer.subarray(end + 4))
    })
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const {port} = server.address() as AddressInfo
  const place = await CLONES['actions/checkout']!(source)
  const url = `http://127.0.0.1:${port}/${path.basename(source.root)}/.git`
  await git(place, 'config', 'remote.origin.url', url)
  const words = ['--since', source.base, '--offline']
  expect((await doccheck(place, words, CI)).err).toMatch(
    /cannot fetch from origin: .*(?:401|terminal prompts disabled)/,
  )
  await git(place, 'config', `http.http://127.0.0.1:${port}/.extraheader`, 'AUTHORIZATION: basic eDp5')
  const {out, err} = await doccheck(place, words, CI)
  expect(err).toMatch(
    /^doccheck: Fetched the history back to \w+ and the former content of \d files? from origin/,
  )
  expect(out).toContain(BROKEN)
})

it('servers that cannot filter send all; what only a deeper history tells is fetched, too', async () => {
  const root = folder()
  const other = await makeRemote(root)
  await git(root, 'config', '--unset', 'uploadpack.allowFilter')
  await git(root, 'switch', '-q', 'feature/x')
  for (let count = 0; count < 110; count++)
    await git(root, 'commit', '-q', '--allow-empty', '-m', String(count))
  const place = await CLONES['clone --depth=1']!(other)
  const {out, err} = await doccheck(place, ['--since', 'main', '--offline'], CI)
  expect(err).toMatch(/^doccheck: Fetched the history back to \w+ from origin/)
  expect(out).toContain(BROKEN)
  // Some have filters, but not this one.
  await git(root, 'config', 'uploadpack.allowFilter', 'true')
  await git(root, 'config', 'uploadpackfilter.tree.allow', 'false')
  expect((await doccheck(place, ['--since', 'main', '--offline'], CI)).out).toContain(BROKEN)
})

it('the merge base is not taken from a history whose cut hides a later one', async () => {
  const root = folder()
  await makeRemote(root)
  // The branch merges `main`, and an old branch by a shorter way.
  await git(root, 'switch', '-qc', 'old', 'v1')
  write(root, {'old.md': '# Old\n'})
  await git(root, 'add', '--all')
  await git(root, 'commit', '-qm', 'old')
  await git(root, 'switch', '-qc', 'long', 'main')
  for (const name of ['l1', 'l2', 'l3', 'l4']) await git(root, 'commit', '-q', '--allow-empty', '-m', name)
  await git(root, 'merge', '-q', '--no-edit', 'old')
  const expected = (await git(root, 'merge-base', 'main', 'long')).trim()
  const place = await clone(`file://${root}`, '--depth=4', '--no-single-branch', '--branch=long')
  // In this clone, git itself finds an earlier one.
  expect((await git(place, 'merge-base', 'origin/main', 'HEAD')).trim()).not.toBe(expected)
  expect((await doccheck(place, ['--since', 'origin/main'])).err).toContain('this clone is too shallow')
  const {err} = await doccheck(place, ['--since', 'origin/main', '--offline', '--fetch'])
  expect(err).toContain(`Fetched the history back to ${expected.slice(0, 9)} from origin`)
})

it('the configuration is fetched for --config-from as well', async () => {
  const root = folder({'.doccheckrc.json': '{"rules": {"no-broken-link": "off"}}'})
  const other = await makeRemote(root)
  const place = await CLONES['actions/checkout']!(other)
  rmSync(path.join(place, '.doccheckrc.json'))
  const words = ['--config-from', 'origin/main', '--offline']
  expect((await doccheck(place, [...words, '--no-fetch'], CI)).err).toContain('add `--fetch`')
  const {err, out, code} = await doccheck(place, words, CI)
  expect(err).toMatch(/^doccheck: Fetched the commit \w{9} from origin for --config-from origin\/main\n$/)
  expect({code, out}).toMatchObject({code: 0, out: expect.not.stringContaining(BROKEN)})
  expect((await doccheck(place, ['config', ...words], CI)).out).toContain('origin/main:.doccheckrc.json')
})

it.each([
  ['gone', /^doccheck: --since gone: cannot fetch from origin: couldn't find remote ref gone\n$/],
  [
    '0123456789012345678901234567890123456789',
    /^doccheck: --since \d+: cannot fetch from origin: .*not our ref/,
  ],
  ['-x', /^doccheck: --since -x: no such branch, tag or commit\n$/],
  ['a..b', /^doccheck: --since a\.\.b: no such branch, tag or commit\n$/],
  ['+refs/heads/*:refs/heads/*', /no such branch, tag or commit\n$/],
])('what the remote does not have is an error: %s', async (revision, message) => {
  const place = await CLONES['actions/checkout']!(source)
  expect(await doccheck(place, [`--since=${revision}`], CI)).toMatchObject({
    code: 2,
    err: expect.stringMatching(message),
  })
})

it.skipIf(process.platform === 'win32')('a fetch runs no program that the repository names', async () => {
  const place = await CLONES['actions/checkout']!(source)
  const mark = path.join(folder(), 'ran')
  const program = path.join(folder({'mark.sh': `#!/bin/sh\ntouch "${mark}"\nexit 1\n`}), 'mark.sh')
  chmodSync(program, 0o755)
  for (const hook of ['reference-transaction', 'post-checkout', 'pre-auto-gc'])
    cpSync(program, path.join(place, '.git/hooks', hook))
  // A server that asks for credentials, and notes what it is sent.
  const sent: (string | undefined)[] = []
  const server = createServer(({headers}, response) => {
    sent.push(headers['x-from-ci'] as string | undefined)
    response.writeHead(401, {'www-authenticate': 'Basic realm="x"'}).end()
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const {port} = server.address() as AddressInfo
  const included = path.join(
    folder({config: `[http "http://127.0.0.1:${port}/"]\n\textraHeader = X-From-CI: yes\n`}),
    'config',
  )
  const settings: [string, string][] = [
    ['core.sshCommand', program],
    ['core.gitProxy', program],
    ['core.askPass', program],
    ['core.alternateRefsCommand', program],
    ['core.fsmonitor', program],
    ['credential.helper', `!${program}`],
    [`credential.http://127.0.0.1:${port}.helper`, `!${program}`],
    ['remote.origin.uploadpack', program],
    ['remote.origin.receivepack', program],
    ['remote.origin.proxy', 'http://127.0.0.1:1'],
    ['protocol.ext.allow', 'always'],
    ['url.ext::.insteadOf', 'x:'],
    ['fetch.recurseSubmodules', 'true'],
    // As `actions/checkout` does it.
    [`includeIf.gitdir:${place}/.git.path`, included],
  ]
  for (const [key, value] of settings) await git(place, 'config', key, value)
  const urls = [
    `ext::${program}`,
    `x:${program}`,
    'ssh://127.0.0.1:1/x.git',
    'git@127.0.0.1:x.git',
    'git://127.0.0.1:1/x.git',
    `--upload-pack=${program}`,
    `http://user:secret@127.0.0.1:${port}/x.git`,
  ]
  for (const url of urls) {
    await git(place, 'config', 'remote.origin.url', url)
    const {code, err} = await doccheck(place, ['--since', 'origin/main'], CI)
    expect({url, code, ran: existsSync(mark)}).toEqual({url, code: 2, ran: false})
    expect(err).toContain('--since origin/main: cannot fetch from origin: ')
    expect(err).not.toContain('secret')
    expect(err).toContain('check out the whole history instead (`fetch-depth: 0` in GitHub Actions')
  }
  expect(sent).toContain('yes')
  await git(place, 'config', 'remote.origin.url', source.url)
  expect((await doccheck(place, ['--since', 'origin/main', '--offline'], CI)).code).toBe(1)
  expect(existsSync(mark)).toBe(false)
})
