import {spawn} from 'node:child_process'
import {readFileSync} from 'node:fs'
import path from 'node:path'
import {afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished} from 'vitest'
import {progressLine} from '../src/report/progress.ts'
import {type HostileServer, startHostileServer} from './hostile-server.ts'
import {doccheck, folder} from './run-doccheck.ts'
import {fakeNames} from './run-remote.ts'

let server: HostileServer

beforeAll(async () => {
  server = await startHostileServer()
})
afterAll(() => server.close())
beforeEach(() => {
  server.requests.length = 0
  server.connections = 0
  return fakeNames()
})

/** A docs folder that may ask the server on loopback. */
const docs = (files: Record<string, string>, remote: object = {}, more: object = {}) =>
  folder({
    '.doccheckrc.json': JSON.stringify({
      remote: {allowPrivate: [`127.0.0.1:${server.port}`], timeout: 0.6, retries: 0, ...remote},
      ...more,
    }),
    ...files,
  })

/** Findings by where they start, without their file's name, and the lines of the summary. */
const lines = (out: string) =>
  out
    .split('\n')
    .map((line) =>
      line
        .trim()
        .replace(/ +/g, ' ')
        .replace(/^[^ :]+\.md:(?=\d)/, ''),
    )
    .filter((line) => /^\d+:\d+|remote/.test(line))

describe('no-unreachable-image', () => {
  it('reports dead images at every place they are used, and says what was not verified', async () => {
    const cwd = docs({
      'a.md': `![a](${server.base}/404)\n\n<img src="${server.base}/404" alt="">\n\n![b][c]\n\n[c]: ${server.base}/404#x\n\n[a link](${server.base}/410)\n`,
      'b.md': `![blocked](${server.base}/999) ![inner](http://10.0.0.1/x.png)\n![slow](${server.base}/hangs)\n`,
    })
    const {out, code} = await doccheck(cwd, [])
    expect(code).toBe(1)
    expect(lines(out)).toEqual([
      '1:6 error Unexpected dead image: 404 Not Found [no-unreachable-image]',
      '3:11 error Unexpected dead image: 404 Not Found [no-unreachable-image]',
      '7:6 error Unexpected dead image: 404 Not Found [no-unreachable-image]',
      '2:9 warning Unexpected unreachable image: no response within 600 ms [no-unreachable-image]',
      '1 remote image not verified: the server rejects automated requests',
      '1 remote image not checked: the address is private (`remote.allowPrivate` can allow it)',
    ])
    expect(server.requests.filter((line) => line.endsWith('/404'))).toEqual(['HEAD /404', 'GET /404'])
    expect(server.requests.filter((line) => line.endsWith('/410'))).toEqual([])
  })

  it('weighs other verdicts as its options say', async () => {
    const page = ['/moved.png', '/999', '/500', '/ok.png?Expires=4102444800&Signature=x']
      .map((each) => `![](${server.base}${each})`)
      .concat('![](http://10.0.0.1/x.png)')
      .join('\n\n')
    const weights = {
      redirected: 'error',
      blocked: 'info',
      unreachable: 'off',
      unchecked: 'warn',
      expiring: 'error',
    }
    const cwd = docs({'a.md': page}, {}, {rules: {'no-unreachable-image': ['error', weights]}})
    const {out} = await doccheck(cwd, ['--reporter', 'json'])
    const [file] = JSON.parse(out) as [
      {messages: {reason: string; fatal: boolean | null; expected?: string[]}[]},
    ]
    expect(file.messages.map(({fatal, reason}) => [fatal, reason.replaceAll(server.base, '')])).toEqual([
      [true, 'Unexpected permanently redirected image, expected `/ok.png`'],
      [null, 'Unexpected unverified image: the server rejects automated requests: 999'],
      [true, 'Unexpected image URL that expires on 2100-01-01, expected a permanent one'],
      [false, 'Unexpected unchecked image: the address is private (`remote.allowPrivate` can allow it)'],
    ])
    expect(file.messages[0]!.expected).toEqual([`${server.base}/ok.png`])
  })

  it('leaves out what its option says, before anything is asked', async () => {
    const cwd = docs(
      {'a.md': `![a](${server.base}/404?one) ![b](${server.base}/404?two)\n`},
      {},
      {rules: {'no-unreachable-image': ['error', {except: ['*?one']}]}},
    )
    expect((await doccheck(cwd, [])).out).toContain('1  no-unreachable-image')
    expect(server.requests).toEqual(['HEAD /404?two', 'GET /404?two'])
  })

  it('asks nothing with --offline, and still tells of addresses that do not last', async () => {
    const cwd = docs({
      'a.md': `![](${server.base}/ok.png?Expires=4102444800&Signature=x) ![](${server.base}/404)\n`,
    })
    const {out, code} = await doccheck(cwd, ['--offline'])
    expect(lines(out).at(0)).toContain(
      'Unexpected image URL that expires on 2100-01-01, expected a permanent one',
    )
    expect(lines(out).at(-1)).toBe('2 remote images not checked (--offline)')
    expect(code).toBe(0)
    expect(server.connections).toBe(0)
  })

  it('tells of an address that has expired why it is dead', async () => {
    const cwd = docs({'a.md': `![](${server.base}/403?Expires=1704067200&Signature=x)\n`})
    const {out} = await doccheck(cwd, [])
    expect(out).toContain('Unexpected dead image: 403 Forbidden; the URL expired on 2024-01-01')
    expect(out).toContain('1 error\n')
  })
})

describe('no-dead-link', () => {
  const page = () =>
    [
      `[link](${server.base}/404?1)`,
      `<${server.base}/404?2>`,
      `[ref][a]`,
      `<a href="${server.base}/404?4">html</a>`,
      `${server.base}/404?5`,
      `![image](${server.base}/ok.png)`,
      `<link rel="stylesheet" href="${server.base}/404?7">`,
      `[a]: ${server.base}/404?3`,
      `[moved](${server.base}/moved.png#part)`,
    ].join('\n\n')

  it('is off by default, and on in the strict preset', async () => {
    const off = docs({'a.md': page()})
    expect((await doccheck(off, [])).out).toContain('no problems')
    expect(server.requests).toEqual(['HEAD /ok.png'])
    const strict = docs({'a.md': page()}, {}, {extends: 'strict'})
    const {out, code} = await doccheck(strict, [])
    expect(code).toBe(1)
    expect(out.match(/error +Unexpected dead link: 404 Not Found/g)).toHaveLength(5)
    expect(out).toContain(
      `warning  Unexpected permanently redirected link, expected \`${server.base}/ok.png#part\``,
    )
    expect(server.requests.filter((line) => line.includes('404?7'))).toEqual([])
  })
})

describe('the time it takes', () => {
  it('is told on a terminal, and never elsewhere', async () => {
    let now = 0
    let shown = ''
    const terminal = {errIsTerminal: true, err: (text: string) => void (shown += `${text}\n`)}
    const line = progressLine(terminal, () => now)
    line.remote({done: 0, total: 40, host: 'a.test'})
    now = 1000
    line.remote({done: 10, total: 40, host: 'a.test'})
    now = 1001
    line.remote({done: 11, total: 40, host: 'too-soon.test'})
    now = 100_000
    line.remote({done: 20, total: 40, host: `x.${'long'.repeat(20)}\u009b.test`})
    line.done()
    expect(shown.split('\n')).toEqual([
      '\r\x1b[2Krequesting 10/40  a.test  3 s left',
      `\r\x1b[2Krequesting 20/40  …${`${'long'.repeat(20)}\\u{9b}.test`.slice(-39)}  1 min 40 s left`,
      '\r\x1b[2K',
      '',
    ])
    shown = ''
    const pipe = progressLine({...terminal, errIsTerminal: false}, () => (now += 1000))
    pipe.remote({done: 1, total: 2, host: 'a.test'})
    pipe.pages(1, 2)
    pipe.done()
    expect(shown).toBe('')
  })

  it('is cut short by Ctrl-C, with a report of what is known', async () => {
    const images = ['/404', ...Array.from({length: 20}, (_, index) => `/hangs?${index}`)]
    const cwd = docs(
      {'a.md': images.map((each) => `![](${server.base}${each})\n`).join('\n')},
      {
        timeout: 600,
        perHost: 1,
      },
    )
    // The built command, in a process of its own.
    const child = spawn(process.execPath, [path.resolve('bin/doccheck.js'), '--no-cache'], {cwd})
    let out = ''
    child.stdout.on('data', (data) => (out += data))
    const ended = new Promise<number | null>((done) => child.on('close', done))
    // One request at a time: whoever asks for the second image has judged the first.
    await expect.poll(() => server.requests.join()).toContain('/hangs')
    // If it waited for the server, the test would run out of time.
    child.kill('SIGINT')
    expect(await ended).toBe(130)
    expect(lines(out)).toEqual([
      '1:5 error Unexpected dead image: 404 Not Found [no-unreachable-image]',
      '20 remote images not checked: cancelled',
    ])
    await expect.poll(() => server.openSockets()).toBe(0)
  })

  it.each(['silent', 'gone'])('is cut short by Ctrl-C where the name server is silent: %s', async (host) => {
    const cwd = docs({'a.md': `![](http://${host}.org/x.png)\n`}, {timeout: 600})
    // Like the real thing, a lookup holds the process, and nothing can end it.
    const lookup = `import dns from 'node:dns'
      dns.lookup = (name, ...rest) => name === 'gone.org'
        ? setImmediate(rest.at(-1), Object.assign(new Error(), {code: 'ENOTFOUND'}))
        : (console.error('asked'), setTimeout(() => {}, 600_000))`
    const node = ['--import', `data:text/javascript,${encodeURIComponent(lookup)}`]
    const command = [...node, path.resolve('bin/doccheck.js'), '--no-cache']
    const child = spawn(process.execPath, command, {cwd})
    let out = ''
    let err = ''
    child.stdout.on('data', (data) => (out += data))
    child.stderr.on('data', (data) => (err += data))
    const ended = new Promise<number | NodeJS.Signals | null>((done) =>
      child.on('close', (code, signal) => done(code ?? signal)),
    )
    await expect.poll(() => err).toContain('asked')
    child.kill('SIGINT')
    // For a shell both are 130.
    expect([130, 'SIGINT']).toContain(await ended)
    expect(lines(out)).toEqual(['1 remote image not checked: cancelled'])
  })
})

describe('credentials in an address', () => {
  it('are never sent, and never printed', async () => {
    const at = new URL(server.base)
    const secret = [`http://me:geheim@${at.host}/x.png`, `//geheim@${at.host}/x.png`]
    const page = secret.map((url) => `![](${url})\n\n[link](${url})\n\n[${url.length}]: ${url}`).join('\n\n')
    const every = {unchecked: 'error'}
    const cwd = docs(
      {'a.md': page},
      {},
      {
        extends: 'strict',
        rules: {'no-unreachable-image': ['error', every], 'no-dead-link': ['error', every]},
      },
    )
    for (const args of [[], ['--reporter', 'json'], ['inspect', 'a.md'], ['--offline']]) {
      const {out, err} = await doccheck(cwd, args)
      expect(out + err).not.toContain('geheim')
      if (args.length === 0) expect(out.match(/which are never sent/g)).toHaveLength(6 + 1)
    }
    expect(server.connections).toBe(0)
  })
})

describe('--fix', () => {
  it('follows permanent redirects on the same host, seen in this run; others are suggestions', async () => {
    const other = await startHostileServer({
      '/old.png': (_, response) => void response.writeHead(301, {location: `${server.base}/ok.png`}).end(),
      '/gone': (_, response) => void response.writeHead(301, {location: '/'}).end(),
      '/': (_, response) => void response.end('home'),
    })
    onTestFinished(() => other.close())
    const page = `[a](${server.base}/moved.png#x) [b](${other.base}/old.png) [c]\n\n[c]: <${server.base}/moved.png>\n\n[d](${other.base}/gone)\n`
    const cwd = docs({'a.md': page}, {allowPrivate: ['127.0.0.1']}, {extends: 'strict'})
    const read = () => readFileSync(path.join(cwd, 'a.md'), 'utf8')
    const before = await doccheck(cwd, [])
    expect(before.out).toContain('Can be fixed: 2 with `--fix`, 2 more with `--fix --unsafe`')
    // What is remembered was not seen in this run: it is asked for again.
    server.requests.length = 0
    const {out} = await doccheck(cwd, ['--fix'])
    expect(server.requests).toContain('HEAD /moved.png')
    expect(read()).toBe(page.replaceAll('/moved.png', '/ok.png'))
    expect(out).toContain('2 problems fixed in 1 file')
    await doccheck(cwd, ['--fix', '--unsafe', '--no-cache'])
    expect(read()).toBe(
      page
        .replaceAll('/moved.png', '/ok.png')
        .replace(`${other.base}/old.png`, `${server.base}/ok.png`)
        .replace('/gone)', '/)'),
    )
  })

  it('offers a file of the same name for a dead image', async () => {
    const cwd = docs({'a.md': `![](${server.base}/404/shot%201.png)\n`, 'img/shot 1.png': ''})
    await doccheck(cwd, ['--fix'])
    expect(readFileSync(path.join(cwd, 'a.md'), 'utf8')).toContain('/404/shot')
    const {out} = await doccheck(cwd, ['--fix', '--unsafe'])
    expect(readFileSync(path.join(cwd, 'a.md'), 'utf8')).toBe('![](img/shot%201.png)\n')
    expect(out).toContain('1 problem fixed in 1 file')
  })
})
