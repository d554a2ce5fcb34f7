import http from 'node:http'
import type {AddressInfo} from 'node:net'
import net from 'node:net'
import {LinkChecker} from 'linkinator'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {isPublic} from '../src/remote/guard.ts'
import {type ProbeSettings, probeImages} from '../src/remote/probe.ts'
import {judge, networkIsDown} from '../src/remote/verdicts.ts'
import {doccheck, folder} from './world.ts'

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')
const requests: string[] = []
let underWay = 0
let most = 0

/** Every kind of answer that images have been seen to give, by path. */
const routes: Record<string, (request: http.IncomingMessage, response: http.ServerResponse) => void> = {
  '/ok.png': (_, res) => send(res, 200, 'image/png', PNG),
  '/slow.png': (_, res) => setTimeout(() => send(res, 200, 'image/png', PNG), 40),
  '/typeless.png': (_, res) => void res.writeHead(200).end(PNG),
  '/octets.png': (_, res) => send(res, 200, 'application/octet-stream', PNG),
  '/html-by-head.png': (req, res) => send(res, 200, req.method === 'HEAD' ? 'text/html' : 'image/png', PNG),
  '/text-type.png': (_, res) => send(res, 200, 'text/plain', PNG),
  '/page': (_, res) => send(res, 200, 'text/html; charset=utf-8', '<html>'),
  '/evil-type': (_, res) => send(res, 200, 'text/html\x9b31m', '<html>'),
  '/login.png': (_, res) => void res.writeHead(302, {location: '/login'}).end(),
  '/login': (_, res) => send(res, 200, 'text/html', 'sign in'),
  '/moved.png': (_, res) => void res.writeHead(301, {location: '/ok.png'}).end(),
  '/loop.png': (_, res) => void res.writeHead(302, {location: '/loop.png'}).end(),
  '/to-file': (_, res) => void res.writeHead(302, {location: 'file:///etc/passwd'}).end(),
  '/get-only.png': (req, res) =>
    req.method === 'HEAD' ? void res.writeHead(405).end() : send(res, 200, 'image/png', PNG),
  '/404': (_, res) => void res.writeHead(404).end(),
  '/410': (_, res) => void res.writeHead(410).end(),
  '/403': (_, res) => void res.writeHead(403).end(),
  '/wall': (_, res) => void res.writeHead(403, {'cf-mitigated': 'challenge'}).end(),
  '/429': (_, res) => void res.writeHead(429, {'retry-after': '0'}).end(),
  '/500': (_, res) => void res.writeHead(500).end(),
  '/999': (_, res) => void res.writeHead(999).end(),
  '/hangs': () => {},
  '/reset': (req) => void req.socket.destroy(),
  '/drips': (_, res) => {
    res.writeHead(200, {'content-type': 'text/html'})
    const timer = setInterval(() => res.write('x'), 20)
    res.on('close', () => clearInterval(timer))
  },
  '/endless': (_, res) => {
    res.writeHead(200)
    const more = () => void (res.write(Buffer.alloc(65_536)) && setImmediate(more))
    res.on('drain', more)
    more()
  },
}

function send(response: http.ServerResponse, status: number, type: string, body: string | Buffer) {
  response.writeHead(status, {'content-type': type}).end(body)
}

let server: http.Server
let other: http.Server
let base = ''
let elsewhere = ''
let contacts = 0

beforeAll(async () => {
  server = http.createServer((req, res) => {
    requests.push(`${req.method} ${req.url}`)
    underWay++
    most = Math.max(most, underWay)
    res.on('close', () => underWay--)
    const {pathname, search} = new URL(req.url!, 'http://x')
    if (pathname === '/to-private') res.writeHead(302, {location: `${elsewhere}/secret`}).end()
    else (routes[pathname + (pathname === '/slow.png' ? '' : search)] ?? routes['/404']!)(req, res)
  })
  other = http.createServer((_, res) => void res.end())
  other.on('connection', () => contacts++)
  for (const each of [server, other]) await new Promise<void>((done) => each.listen(0, '127.0.0.1', done))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  elsewhere = `http://127.0.0.1:${(other.address() as AddressInfo).port}`
})
afterAll(() => {
  for (const each of [server, other]) {
    each.closeAllConnections()
    each.close()
  }
})

const quick = (): Partial<ProbeSettings> => ({
  timeoutMs: 400,
  maxWaitMs: 50,
  retries: 1,
  allowPrivate: [base.slice(7)],
})
const probe = async (paths: string[], more: Partial<ProbeSettings> = {}) => {
  const {verdicts} = await probeImages(
    paths.map((path) => (path.startsWith('/') ? base + path : path)),
    {...quick(), ...more},
  )
  return Object.fromEntries([...verdicts].map(([url, verdict]) => [url.replace(base, ''), verdict]))
}

describe('verdicts', () => {
  it('are right for every kind of answer, and nothing hangs or stays open', async () => {
    const paths = [
      ...Object.keys(routes),
      '/to-private',
      'http://127.0.0.1:1/x.png',
      'http://[::1',
      'http://user:secret@127.0.0.1/x.png',
    ]
    const found = await probe(paths)
    const said = Object.fromEntries(
      Object.entries(found).map(([path, verdict]) => [
        path,
        'reason' in verdict ? `${verdict.state}: ${verdict.reason}` : verdict.state,
      ]),
    )
    expect(said).toEqual({
      '/ok.png': 'alive',
      '/slow.png': 'alive',
      '/typeless.png': 'alive',
      '/octets.png': 'alive',
      '/html-by-head.png': 'alive',
      '/text-type.png': 'alive',
      '/page': 'dead: answers with text/html, not an image',
      '/evil-type': 'alive',
      '/login.png': 'dead: answers with text/html (a sign-in page), not an image',
      '/login': 'dead: answers with text/html (a sign-in page), not an image',
      '/moved.png': 'alive',
      '/loop.png': 'dead: redirects too often',
      '/to-file': 'dead: redirects to an address that is no web page',
      '/get-only.png': 'alive',
      '/404': 'dead: 404 Not Found',
      '/410': 'dead: 410 Gone',
      '/403': 'dead: 403 Forbidden',
      '/wall': 'blocked: the server turns programs away: 403 Forbidden',
      '/429': 'blocked: the server turns programs away: 429 Too Many Requests',
      '/500': 'unreachable: 500 Internal Server Error',
      '/999': 'blocked: the server turns programs away: 999',
      '/hangs': 'unreachable: no answer in time',
      '/reset': 'unreachable: connection was cut',
      '/drips': 'dead: answers with text/html, not an image',
      '/endless': 'alive',
      '/to-private': 'unchecked: its address is private',
      'http://127.0.0.1:1/x.png': 'dead: its port is one that browsers refuse',
      'http://[::1': 'dead: no browser can read this address',
      'http://user:secret@127.0.0.1/x.png': 'unchecked: the address holds a user name or password',
    })
    expect(contacts).toBe(0)
    const open = await new Promise<number>((done) => server.getConnections((_, count) => done(count)))
    expect(open).toBe(0)
    expect(requests.filter((line) => line.endsWith('/429')).length).toBeLessThanOrEqual(4)
  })

  it('tell what failures mean that no loopback server can show', () => {
    const reason = (code: string) => judge({status: 0, code}).verdict
    expect(reason('ENOTFOUND')).toEqual({state: 'dead', reason: 'host does not exist'})
    expect(reason('CERT_HAS_EXPIRED')).toEqual({state: 'dead', reason: 'certificate expired'})
    expect(reason('EAI_AGAIN').state).toBe('unreachable')
    expect(reason('something new')).toEqual({state: 'unreachable', reason: 'no valid answer'})
  })

  it('ask each distinct URL once', async () => {
    requests.length = 0
    await probe(['/ok.png', '/ok.png#a', '/ok.png#b', '/ok.png'])
    expect(requests).toEqual(['HEAD /ok.png'])
  })
})

describe('private addresses', () => {
  it.each([
    '10.0.0.1',
    '127.0.0.1',
    '169.254.169.254',
    '100.64.0.1',
    '192.168.1.1',
    '0.0.0.0',
    '168.63.129.16',
    '::1',
    '::',
    'fe80::1%eth0',
    'fd00::1',
    '::ffff:10.0.0.1',
    '64:ff9b::a00:1',
    '2002:a00:1::',
    '224.0.0.1',
    '192.0.2.1',
    'x',
  ])('%s is not public', (address) => {
    expect(isPublic(address)).toBe(false)
  })
  it.each(['1.1.1.1', '2606:4700::1111', '64:ff9b::101:101'])('%s is public', (address) => {
    expect(isPublic(address)).toBe(true)
  })
  it('are not contacted, however they are written', async () => {
    const {port} = other.address() as AddressInfo
    const hosts = [
      '127.0.0.1',
      'localhost',
      '127.1',
      '2130706433',
      '0x7f.1',
      '017700000001',
      '[::1]',
      '[::ffff:127.0.0.1]',
      '[::ffff:7f00:1]',
      '127.0.0.1.',
      '0',
    ]
    contacts = 0
    const found = await probe(hosts.map((host) => `http://${host}:${port}/x.png`))
    expect(Object.values(found).map(({state}) => state)).toEqual(hosts.map(() => 'unchecked'))
    expect(contacts).toBe(0)
  })
})

describe('manners', () => {
  it('keeps to the limits, measured at the server', async () => {
    const paths = Array.from({length: 60}, (_, index) => `/slow.png?${index}`)
    most = 0
    await probe(paths, {concurrency: 5, perHost: 50})
    expect(most).toBeGreaterThan(1)
    expect(most).toBeLessThanOrEqual(5)
    most = 0
    await probe(paths, {concurrency: 50, perHost: 3})
    expect(most).toBeGreaterThan(1)
    expect(most).toBeLessThanOrEqual(3)
  })
  it('stops when told to, with a verdict for every URL', async () => {
    const stop = new AbortController()
    setTimeout(() => stop.abort(), 100)
    const started = performance.now()
    const found = await probe(Array.from({length: 40}, (_, index) => `/hangs?${index}`).concat('/hangs'), {
      signal: stop.signal,
      timeoutMs: 20_000,
      concurrency: 2,
      perHost: 2,
    })
    expect(performance.now() - started).toBeLessThan(2000)
    expect(new Set(Object.values(found).map(({state}) => state))).toContain('unchecked')
    expect(Object.keys(found)).toHaveLength(41)
  })
})

describe('the network as a whole', () => {
  it.each([
    [
      [
        {host: 'a', code: 'ENOTFOUND'},
        {host: 'b', code: 'ENOTFOUND'},
      ],
      true,
    ],
    [[{host: 'a', code: 'EAI_AGAIN'}], true],
    [[{host: 'a', code: 'ENOTFOUND'}], false],
    [[{host: 'a', code: 'ENOTFOUND'}, {host: 'b'}], false],
    [
      [
        {host: 'a', code: 'ENOTFOUND'},
        {host: 'b', code: 'ECONNREFUSED'},
      ],
      false,
    ],
    [[], false],
  ])('%j → %s', (asked, down) => {
    expect(networkIsDown(asked)).toBe(down)
  })
})

it('reports dead images at every place they are used', async () => {
  const cwd = folder({
    'a.md': `![a](${base}/404)\n\n<img src="${base}/ok.png">\n\n![b][c]\n\n[c]: ${base}/404#x\n\n[a link](${base}/404)\n`,
    '.doccheckrc.json': JSON.stringify({remote: {allowPrivate: [base.slice(7)]}}),
  })
  const {out, code} = await doccheck(cwd, [])
  expect(out.match(/\d+:\d+-\d+:\d+ error +Unexpected dead image: 404 Not Found/g)).toHaveLength(2)
  expect(code).toBe(1)
})

// doccheck stands on two methods that linkinator makes public but does not promise; an upgrade that moves them fails here.
it('finds the two hooks of linkinator that it overrides', async () => {
  const called: string[] = []
  class Contract extends LinkChecker {
    override crawl(options: Parameters<LinkChecker['crawl']>[0]) {
      called.push('crawl')
      options.crawl = false
      return super.crawl(options)
    }
    override shouldRetryAfter(
      response: Parameters<LinkChecker['shouldRetryAfter']>[0],
      options: Parameters<LinkChecker['shouldRetryAfter']>[1],
    ) {
      called.push(`shouldRetryAfter ${response.status}`)
      return super.shouldRetryAfter(response, options)
    }
  }
  await new Contract().check({path: [`${base}/ok.png`], timeout: 1000})
  expect(called, 'linkinator no longer calls crawl and shouldRetryAfter as doccheck expects').toEqual([
    'crawl',
    'shouldRetryAfter 200',
  ])
})

it('knows an unused port', async () => {
  const free = net.createServer()
  await new Promise<void>((done) => free.listen(0, '127.0.0.1', done))
  const {port} = free.address() as AddressInfo
  await new Promise((done) => free.close(done))
  const found = await probe([`http://127.0.0.1:${port}/x.png`], {allowPrivate: ['127.0.0.1']})
  expect(Object.values(found)).toEqual([{state: 'dead', reason: 'connection refused'}])
})
