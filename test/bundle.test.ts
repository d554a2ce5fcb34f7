import {spawn} from 'node:child_process'
import {cpSync, readdirSync, readFileSync, rmSync, symlinkSync} from 'node:fs'
import path from 'node:path'
import {expect, it, onTestFinished} from 'vitest'
import {startHostileServer} from './hostile-server.ts'
import {doccheck, folder} from './run-doccheck.ts'

/** Answers that come at once, one of each kind: no verdict depends on how busy the machine is. */
const PATHS = ['/ok.png', '/404', '/410', '/206.png', '/empty.png', '/text-as.png', '/302.png', '/308.png']
PATHS.push('/chain', '/to-script', '/to-ftp', '/only-get-501.png', '/only-head.png', '/999', '/two-lengths')
PATHS.push('/large-header', '/early-hints.png', '/closed', '/300', '/600')

/** What was reported, without how long it took. */
const told = ({out, err}: {out: string; err: string}) => [
  JSON.parse(out)[0].messages.map(({reason}: {reason: string}) => reason),
  err.replace(/\d+\.\d s/g, '…'),
]

/** The built command, which does not keep a server of this process from answering. */
async function built(cwd: string, words: readonly string[], bin = path.resolve('bin/doccheck.js')) {
  const ran = {code: -1, out: '', err: ''}
  const all = {...process.env, XDG_CACHE_HOME: path.join(cwd, '.cache')}
  const child = spawn(process.execPath, [bin, ...words], {cwd, env: all})
  child.stdout.on('data', (data) => (ran.out += data))
  child.stderr.on('data', (data) => (ran.err += data))
  ran.code = await new Promise((resolve) => child.on('close', resolve))
  return ran
}

it('asks for URLs as the source does, and reaches no other address', async () => {
  const other = await startHostileServer()
  const server = await startHostileServer({
    '/away.png': (_, response) => void response.writeHead(302, {location: `${other.base}/ok.png`}).end(),
  })
  onTestFinished(() => void server.close())
  onTestFinished(() => void other.close())
  const urls = [...[...PATHS, '/away.png'].map((each) => server.base + each), `${other.base}/ok.png`]
  const remote = {allowPrivate: [`127.0.0.1:${server.port}`], timeout: 30, retries: 0}
  const files = {
    'a.md': urls.map((url) => `![](${url})\n`).join('\n'),
    '.doccheckrc.json': JSON.stringify({
      remote,
      rules: {'no-unreachable-image': ['error', {redirected: 'error'}]},
    }),
  }
  const words = ['--reporter', 'json']
  const plain = told(await doccheck(folder(files), words))
  const asked = server.requests.splice(0).sort()
  expect(plain[0].length).toBeGreaterThan(10)
  expect(told(await built(folder(files), words))).toEqual(plain)
  expect(server.requests.sort()).toEqual(asked)
  expect(other.connections).toBe(0)
})

it('loads nothing of the network offline', async () => {
  const root = folder()
  for (const name of ['bin', 'dist', 'package.json']) cpSync(name, path.join(root, name), {recursive: true})
  symlinkSync(path.resolve('node_modules'), path.join(root, 'node_modules'), 'junction')
  const chunks = readdirSync(path.join(root, 'dist'))
    .filter((name) => name.endsWith('.js'))
    .map((name) => path.join(root, 'dist', name))
    .filter((file) => /undici\.globalDispatcher|LINKINATOR_DEBUG/.test(readFileSync(file, 'utf8')))
  expect(chunks.length).toBeGreaterThan(0)
  for (const chunk of chunks) rmSync(chunk)
  const bin = path.join(root, 'bin/doccheck.js')
  const cwd = folder({'a.md': '![x](https://images.test/x.png) [y](gone.md)\n'})
  const offline = await built(cwd, ['--offline'], bin)
  expect(offline).toMatchObject({code: 1, out: expect.stringContaining('`gone.md`')})
  expect(await built(cwd, [], bin)).toMatchObject({code: 2})
})

it('judges front matter by schemas of each draft, and reads TOML', async () => {
  const drafts = ['http://json-schema.org/draft-07/schema#', 'https://json-schema.org/draft/2019-09/schema']
  for (const $schema of [...drafts, 'https://json-schema.org/draft/2020-12/schema']) {
    const schema = {$schema, properties: {date: {format: 'date'}, title: {minLength: 5}}}
    const rules = {'front-matter': ['error', {schemas: [{files: ['**'], schema}]}]}
    const files = {
      '.doccheckrc.json': JSON.stringify({rules}),
      'a.md': '---\ndate: yesterday\n---\n',
      'b.md': '+++\ntitle = "B"\n+++\n',
    }
    const {out, err} = await built(folder(files), ['--offline', '--reporter', 'json'])
    expect(err).not.toContain('doccheck:')
    const {out: expected} = await doccheck(folder(files), ['--offline', '--reporter', 'json'])
    const reasons = (text: string) =>
      JSON.parse(text).map(({messages}: {messages: {reason: string}[]}) => messages.map(({reason}) => reason))
    expect(reasons(out)).toEqual(reasons(expected))
    expect(reasons(out).flat()).toHaveLength(2)
  }
})

it('names the licence of each package that it holds', () => {
  const text = readFileSync('dist/THIRD-PARTY-LICENSES.md', 'utf8')
  const parts = text.split(/^## /m).slice(1)
  const names = parts.map((part) => part.slice(0, part.indexOf(' ')))
  for (const name of ['linkinator', 'undici', 'ajv', 'toml-eslint-parser', 'valibot', 'unified', 'vfile'])
    expect(names).toContain(name)
  for (const part of parts)
    expect(part, part.split('\n')[0]).toMatch(/copyright|permission is hereby|public domain|unlicense/i)
  // What linkinator would crawl with is left out.
  expect(names).not.toContain('glob')
  expect(names).not.toContain('marked')
})
