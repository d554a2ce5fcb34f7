import {execFileSync, spawnSync} from 'node:child_process'
import {readFileSync} from 'node:fs'
import https from 'node:https'
import type {AddressInfo} from 'node:net'
import net from 'node:net'
import path from 'node:path'
import {LinkChecker} from 'linkinator'
import {getGlobalDispatcher} from 'undici'
import {afterAll, beforeAll, beforeEach, describe, expect, it, vi} from 'vitest'
import {classifyFailure} from '../src/remote/failures.ts'
import {isPublic} from '../src/remote/network/addresses.ts'
import {networkIsDown, withoutNameServer} from '../src/remote/network/connectivity.ts'
import type {ProbeProgress} from '../src/remote/probe.ts'
import {failureOf, isBotWall, parseRetryAfter} from '../src/remote/request-outcome.ts'
import {type HostileServer, routes, startHostileServer} from './hostile-server.ts'
import {folder} from './run-doccheck.ts'
import {ask, fakeNames, names, probe, quick, said, verdictsOf} from './run-remote.ts'

let server: HostileServer
/** Never to be contacted. */
let secret: HostileServer

beforeAll(async () => {
  secret = await startHostileServer()
  const to = (url: string) => ({
    '/to-private': (_: unknown, response: import('node:http').ServerResponse) =>
      void response.writeHead(302, {location: url}).end(),
  })
  server = await startHostileServer(to(`${secret.base}/secret`))
})
afterAll(() => {
  server.close()
  secret.close()
})

beforeEach(() => {
  for (const each of [server, secret]) {
    each.requests.length = 0
    each.connections = 0
    each.most.all = 0
    each.most.byHost.clear()
  }
  return fakeNames()
})

async function unusedPort(): Promise<number> {
  const free = net.createServer()
  await new Promise<void>((done) => free.listen(0, '127.0.0.1', done))
  const {port} = free.address() as AddressInfo
  await new Promise((done) => free.close(done))
  return port
}

describe('verdicts', () => {
  it('are right for every kind of answer, and nothing hangs or stays open', async () => {
    const found = await verdictsOf(server, [
      ...Object.keys(routes),
      '/to-private',
      'http://127.0.0.1:1/x.png',
      'http://[::1',
      'http://user:secret@127.0.0.1/x.png',
    ])
    expect(found).toEqual({
      '/204': 'alive',
      '/206.png': 'alive',
      '/empty.png': 'alive',
      '/early-hints.png': 'alive',
      '/text-as.png': 'alive',
      '/300': 'dead: 300 Multiple Choices',
      '/304': 'dead: 304 Not Modified',
      '/501': 'unreachable: 501 Not Implemented',
      '/503-later': 'unreachable: 503 Service Unavailable',
      '/600': 'unreachable: 600',
      '/099': 'unreachable: invalid response',
      '/escape-in-status': 'alive',
      '/escape-in-location': 'unreachable: invalid response',
      '/two-lengths': 'unreachable: invalid response',
      '/large-header': 'unreachable: invalid response',
      '/only-get-501.png': 'alive',
      '/only-get-reset.png': 'alive',
      '/only-get-hangs.png': 'alive',
      '/only-head.png': 'alive',
      '/308.png': 'redirected: /ok.png',
      '/302.png': 'alive',
      '/chain': 'dead: too many redirects',
      '/cookie-loop': 'blocked: too many redirects without a cookie',
      '/to-script': 'dead: redirects to a URL that is not HTTP',
      '/to-ftp': 'dead: redirects to a URL that is not HTTP',
      '/slow-header': 'unreachable: no response within 600 ms',
      '/closed': 'unreachable: connection closed unexpectedly',
      '/bomb': 'dead: responds with text/html, not an image',
      '/huge': 'dead: responds with text/html, not an image',
      '/429-past': 'blocked: the server rejects automated requests: 429 Too Many Requests',
      '/429-negative': 'blocked: the server rejects automated requests: 429 Too Many Requests',
      '/429-hour': 'blocked: the server rejects automated requests: 429 Too Many Requests',
      '/429-soon': 'blocked: the server rejects automated requests: 429 Too Many Requests',
      '/ok.png': 'alive',
      '/slow.png': 'alive',
      '/typeless.png': 'alive',
      '/typeless-page': 'dead: responds with an HTML page, not an image',
      '/typeless-head': 'dead: responds with an HTML page, not an image',
      '/comments': 'alive',
      '/words': 'dead: responds with text/plain, not an image',
      '/octets.png': 'alive',
      '/octets': 'alive',
      '/html-by-head.png': 'alive',
      '/text-type.png': 'alive',
      '/text-type.svg': 'dead: responds with text/plain, not an image',
      '/drawing.svg': 'alive',
      '/page': 'dead: responds with text/html, not an image',
      '/page-then-404': 'dead: 404 Not Found',
      '/evil-type': 'dead: responds with an HTML page, not an image',
      '/evil-page': 'dead: responds with text/html, not an image',
      '/captcha': 'blocked: the server rejects automated requests: 200 OK',
      '/login.png': 'dead: responds with text/html (a sign-in page), not an image',
      '/login': 'dead: responds with text/html, not an image',
      '/moved.png': 'redirected: /ok.png',
      '/moved-away.png': 'dead: 404 Not Found',
      '/loop.png': 'dead: too many redirects',
      '/nowhere': 'dead: 302 Found',
      '/to-file': 'dead: redirects to a URL that is not HTTP',
      '/to-data': 'dead: redirects to a URL that is not HTTP',
      '/to-password': 'unchecked: redirects to a URL with credentials',
      '/get-only.png': 'alive',
      '/no-head.png': 'alive',
      '/no-head-page': 'dead: responds with text/html, not an image',
      '/no-head-reset': 'unreachable: connection closed unexpectedly',
      '/400': 'dead: 400 Bad Request',
      '/401': 'dead: 401 Unauthorized',
      '/402': 'blocked: 402 Payment Required',
      '/403': 'dead: 403 Forbidden',
      '/403-of-bucket': 'dead: 403 Forbidden',
      '/404': 'dead: 404 Not Found',
      '/404-behind-wall': 'dead: 404 Not Found',
      '/410': 'dead: 410 Gone',
      '/429': 'blocked: the server rejects automated requests: 429 Too Many Requests',
      '/451': 'blocked: 451 Unavailable For Legal Reasons',
      '/500': 'unreachable: 500 Internal Server Error',
      '/999': 'blocked: the server rejects automated requests: 999',
      '/wall': 'blocked: the server rejects automated requests: 403 Forbidden',
      '/wall-page': 'blocked: the server rejects automated requests: 403 Forbidden',
      '/wall-202': 'blocked: the server rejects automated requests: 202 Accepted',
      '/wall-503': 'blocked: the server rejects automated requests: 503 Service Unavailable',
      '/hangs': 'unreachable: no response within 600 ms',
      '/reset': 'unreachable: connection closed unexpectedly',
      '/garbage': 'unreachable: invalid response',
      '/truncated.png': 'alive',
      '/truncated-page': 'unreachable: connection closed unexpectedly',
      '/drips': 'dead: responds with text/html, not an image',
      '/drips.png': 'alive',
      '/bad-gzip': 'unreachable: invalid response',
      '/endless': 'alive',
      '/to-private': 'unchecked: the address is private (`remote.allowPrivate` can allow it)',
      'http://127.0.0.1:1/x.png': 'dead: browsers block the port',
      'http://[::1': 'dead: the URL is invalid',
      'http://user:secret@127.0.0.1/x.png': 'unchecked: the URL contains credentials, which are never sent',
    })
    expect(secret.connections).toBe(0)
    await expect.poll(() => server.openSockets()).toBe(0)
    // HEAD and GET, twice; no link of any page.
    expect(server.requests.filter((line) => line.endsWith('/429'))).toHaveLength(4)
    expect(server.requests.filter((line) => line.endsWith('/followed'))).toEqual([])
  })

  it('tell what failures mean that a server on loopback cannot bring about', () => {
    const reason = (code: string) => said(classifyFailure({code}, 10_000).verdict)
    expect(reason('ENOTFOUND')).toBe('dead: host does not exist')
    expect(reason('CERT_HAS_EXPIRED')).toBe('dead: certificate expired')
    expect(reason('UNABLE_TO_VERIFY_LEAF_SIGNATURE')).toBe('unreachable: certificate could not be verified')
    expect(reason('ERR_SSL_SOMETHING')).toBe('unreachable: TLS error')
    expect(reason('EAI_AGAIN')).toBe('unreachable: temporary DNS failure')
    expect(reason('UND_ERR_CONNECT_TIMEOUT')).toBe('unreachable: no response within 10 s')
    expect(reason('something new')).toBe('unreachable: invalid response')
  })

  it('take a host for dead only if none of its addresses says otherwise', () => {
    const failed = (...codes: string[]) =>
      failureOf(
        new TypeError('fetch failed', {
          cause: Object.assign(
            new AggregateError(codes.map((code) => Object.assign(new Error(code), {code}))),
            {
              code: codes[0],
            },
          ),
        }),
      ).code
    expect(failed('ECONNREFUSED', 'ECONNREFUSED')).toBe('ECONNREFUSED')
    expect(failed('ECONNREFUSED', 'ETIMEDOUT')).toBe('ETIMEDOUT')
    expect(failed('ETIMEDOUT', 'ECONNREFUSED')).toBe('ETIMEDOUT')
  })

  it('know bot walls by what they say', () => {
    expect(isBotWall(403, {'cf-mitigated': 'challenge'})).toBe(true)
    expect(isBotWall(403, {server: 'AkamaiGHost', 'content-type': 'text/html'})).toBe(true)
    expect(isBotWall(200, {'cf-ray': '1', 'content-type': 'text/html'})).toBe(false)
    expect(isBotWall(403, {server: 'nginx', 'content-type': 'text/html'})).toBe(false)
  })

  it('know an unused port', async () => {
    const url = `http://127.0.0.1:${await unusedPort()}/x.png`
    expect(await verdictsOf(server, [url], {allowPrivate: ['127.0.0.1']})).toEqual({
      [url]: 'dead: connection refused',
    })
  })

  it('know a server without TLS', async () => {
    const url = `https://127.0.0.1:${server.port}/ok.png`
    expect(await verdictsOf(server, [url])).toEqual({[url]: 'dead: the server does not speak TLS'})
  })

  it.skipIf(spawnSync('openssl', ['version']).error)(
    'know a certificate that nobody vouches for',
    async () => {
      const place = folder()
      const [key, cert] = [path.join(place, 'key.pem'), path.join(place, 'cert.pem')]
      const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
      const files = ['-keyout', key, '-out', cert, '-subj', '/CN=127.0.0.1']
      execFileSync('openssl', ['req', '-x509', ...curve, ...files], {stdio: 'ignore'})
      const secure = https.createServer({key: readFileSync(key), cert: readFileSync(cert)}, (_, response) =>
        response.end(),
      )
      await new Promise<void>((done) => secure.listen(0, '127.0.0.1', done))
      const url = `https://127.0.0.1:${(secure.address() as AddressInfo).port}/x.png`
      const found = await verdictsOf(server, [url], {allowPrivate: ['127.0.0.1']})
      secure.closeAllConnections()
      secure.close()
      expect(found).toEqual({[url]: 'dead: certificate is self-signed'})
    },
  )

  it('are told for URLs that are not asked, without the engine’s help', async () => {
    const given = [
      'ftp://127.0.0.1/x.png',
      'data:image/png,x',
      'http://user@images.test/',
      'no url',
      'http://a b/',
    ]
    expect(await verdictsOf(server, given)).toEqual({
      'ftp://127.0.0.1/x.png': 'unchecked: not an HTTP URL',
      'data:image/png,x': 'unchecked: not an HTTP URL',
      'http://user@images.test/': 'unchecked: the URL contains credentials, which are never sent',
      'no url': 'dead: the URL is invalid',
      'http://a b/': 'dead: the URL is invalid',
    })
  })
})

describe('asking', () => {
  it('happens once for each distinct URL, and the verdict stands for all its spellings', async () => {
    const given = ['/ok.png', '/ok.png#a', '/x/../ok.png', '/ok.png']
    expect(await verdictsOf(server, given)).toEqual({
      '/ok.png': 'alive',
      '/ok.png#a': 'alive',
      '/x/../ok.png': 'alive',
    })
    expect(server.requests).toEqual(['HEAD /ok.png'])
  })

  it('tells how far it is', async () => {
    const heard: ProbeProgress[] = []
    await probe(
      server,
      ['/ok.png', '/ok.png#a', '/page', '/500', 'x:y'],
      {},
      {onProgress: (each) => heard.push(each)},
    )
    expect(new Set(heard.map(({total}) => total))).toEqual(new Set([3]))
    expect(heard[0]).toEqual({done: 0, total: 3, host: new URL(server.base).host})
    const done = heard.map((each) => each.done)
    expect(done).toEqual(done.toSorted((a, b) => a - b))
    // What is asked again is not done.
    expect(done.at(-1)).toBe(2)
  })

  it('tries passing failures again, no sooner than the server wishes and no later than we do', async () => {
    let asked = 0
    const busy = await startHostileServer({
      '/busy.png': (request, response) => {
        if (++asked <= 2) response.writeHead(429, {'retry-after': '1'}).end()
        else routes['/ok.png']!(request, response)
      },
      '/very-busy': (_, response) => void response.writeHead(429, {'retry-after': '99999999'}).end(),
    })
    const allowPrivate = ['127.0.0.1']
    const url = `${busy.base}/busy.png`
    expect(await verdictsOf(server, [url], {allowPrivate, maxWait: 5})).toEqual({[url]: 'alive'})
    expect(asked).toBe(3)
    // Three years are more than it waits for.
    expect(
      Object.values(await verdictsOf(server, [`${busy.base}/very-busy`], {allowPrivate, retries: 2})),
    ).toEqual(['blocked: the server rejects automated requests: 429 Too Many Requests'])
    expect(busy.requests.filter((line) => line.endsWith('/very-busy'))).toHaveLength(6)
    busy.close()
  })

  it('reads wishes in seconds and as dates, and takes no nonsense', () => {
    const now = Date.parse('2026-01-01T00:00:00Z')
    expect(parseRetryAfter('3', now)).toBe(3000)
    expect(parseRetryAfter('Thu, 01 Jan 2026 00:00:05 GMT', now)).toBe(5000)
    for (const value of [undefined, '', '-1', 'soon', 'Wed, 31 Dec 2025 00:00:00 GMT'])
      expect(parseRetryAfter(value, now)).toBe(0)
  })

  it('keeps to the limits, measured at the server', async () => {
    const paths = Array.from({length: 60}, (_, index) => `/slow.png?${index}`)
    await probe(server, paths, {concurrency: 5, perHost: 50})
    expect(server.most.all).toBeGreaterThan(1)
    expect(server.most.all).toBeLessThanOrEqual(5)
    names['a.test'] = names['b.test'] = ['127.0.0.1']
    const hosts = ['a.test', 'b.test'].map((name) => `${name}:${server.port}`)
    const urls = hosts.flatMap((host) => paths.map((each) => `http://${host}${each}`))
    server.most.all = 0
    server.most.byHost.clear()
    const found = await probe(server, urls, {concurrency: 50, perHost: 3})
    expect(new Set(Object.values(found).map((verdict) => said(verdict)))).toEqual(new Set(['alive']))
    for (const host of hosts) {
      expect(server.most.byHost.get(host)).toBeGreaterThan(1)
      expect(server.most.byHost.get(host)).toBeLessThanOrEqual(3)
    }
    expect(server.most.all).toBeGreaterThan(3)
  })

  it('takes times of zero for the least that works', async () => {
    const found = await verdictsOf(server, ['/ok.png'], {retries: 0, maxWait: 0, delay: 0})
    expect(found).toEqual({'/ok.png': 'alive'})
  })

  it('stops when told to, with a verdict for every URL and nothing left open', async () => {
    const stop = new AbortController()
    const paths = Array.from({length: 40}, (_, index) => `/hangs?${index}`)
    const running = verdictsOf(
      server,
      paths,
      {timeout: 600, concurrency: 2, perHost: 2},
      {signal: stop.signal},
    )
    await expect.poll(() => server.requests).toHaveLength(2)
    stop.abort()
    const found = await running
    expect(found).toEqual(Object.fromEntries(paths.map((each) => [each, 'unchecked: cancelled'])))
    await expect.poll(() => server.openSockets()).toBe(0)
    // HEAD of the two that were under way.
    expect(server.requests).toHaveLength(2)
  })

  it('does not begin when stopped before', async () => {
    expect(await verdictsOf(server, ['/ok.png'], {}, {signal: AbortSignal.abort()})).toEqual({
      '/ok.png': 'unchecked: cancelled',
    })
    expect(server.connections).toBe(0)
  })

  it('does not take a page by HEAD for an image when stopped before the look', async () => {
    const stop = new AbortController()
    const late = await startHostileServer({
      '/page': (request, response) => {
        routes['/page']!(request, response)
        stop.abort()
      },
    })
    const url = `${late.base}/page`
    const found = await verdictsOf(server, [url], {allowPrivate: ['127.0.0.1']}, {signal: stop.signal})
    late.close()
    expect(found).toEqual({[url]: 'unchecked: cancelled'})
  })

  it('leaves the process as it was, whatever happens, and uses no proxy meanwhile', async () => {
    const before = getGlobalDispatcher()
    vi.stubEnv('HTTP_PROXY', secret.base)
    vi.stubEnv('https_proxy', secret.base)
    expect(await verdictsOf(server, ['/ok.png'])).toEqual({'/ok.png': 'alive'})
    const fault = new Error('our own')
    const onProgress = ({done}: ProbeProgress) => {
      if (done > 0) throw fault
    }
    await expect(probe(server, ['/ok.png'], {}, {onProgress})).rejects.toBe(fault)
    expect(process.env.HTTP_PROXY).toBe(secret.base)
    expect(process.env.https_proxy).toBe(secret.base)
    vi.unstubAllEnvs()
    expect(secret.connections).toBe(0)
    expect(getGlobalDispatcher()).toBe(before)
  })

  it('of two callers at once goes on in turn, each behind its own guard', async () => {
    const [open, closed, again] = await Promise.all([
      verdictsOf(server, ['/slow.png']),
      verdictsOf(server, ['/slow.png'], {allowPrivate: []}),
      verdictsOf(server, ['/slow.png?again']),
    ])
    expect(open).toEqual({'/slow.png': 'alive'})
    expect(closed).toEqual({
      '/slow.png': 'unchecked: the address is private (`remote.allowPrivate` can allow it)',
    })
    expect(again).toEqual({'/slow.png?again': 'alive'})
  })
})

describe('private addresses', () => {
  it.each([
    '10.0.0.1',
    '127.0.0.1',
    '169.254.169.254',
    '100.64.0.1',
    '100.100.100.200',
    '192.168.1.1',
    '192.0.0.192',
    '198.18.0.1',
    '0.0.0.0',
    '255.255.255.255',
    '168.63.129.16',
    '::ffff:168.63.129.16',
    '64:ff9b::168.63.129.16',
    '::1',
    '::',
    '::7f00:1',
    '::a00:1',
    'fe80::1%eth0',
    'fec0::1',
    'fd00:ec2::254',
    '::ffff:10.0.0.1',
    '::ffff:0:a00:1',
    '64:ff9b::a00:1',
    '64:ff9b::a9fe:a9fe',
    '64:ff9b:1::101:101',
    '2002:a00:1::',
    '2001:db8::1',
    '4000::1',
    '224.0.0.1',
    'ff02::1',
    '192.0.2.1',
    'x',
  ])('%s is not public', (address) => {
    expect(isPublic(address)).toBe(false)
  })

  it.each(['1.1.1.1', '::ffff:1.1.1.1', '2606:4700::1111', '64:ff9b::101:101'])('%s is public', (address) => {
    expect(isPublic(address)).toBe(true)
  })

  it('are not contacted, however they are written', async () => {
    names.localhost = ['::1', '127.0.0.1']
    names['rebound.test'] = ['127.0.0.1']
    names['mapped.test'] = ['::ffff:127.0.0.1']
    const hosts = [
      '127.0.0.1',
      'localhost',
      'rebound.test',
      'mapped.test',
      '127.1',
      '2130706433',
      '0x7f.1',
      '0x7f000001',
      '017700000001',
      '①②⑦.0.0.1',
      '[::1]',
      '[::127.0.0.1]',
      '[::ffff:127.0.0.1]',
      '[::ffff:7f00:1]',
      '[64:ff9b::7f00:1]',
      '127.0.0.1.',
      '0',
    ]
    const found = await verdictsOf(
      server,
      hosts.map((host) => `http://${host}:${secret.port}/x.png`),
      {allowPrivate: []},
    )
    expect(Object.values(found)).toEqual(
      hosts.map(() => 'unchecked: the address is private (`remote.allowPrivate` can allow it)'),
    )
    expect(secret.connections).toBe(0)
  })

  it('are contacted if allowed, by name or address, and only those', async () => {
    names['docs.test'] = ['127.0.0.1']
    names['other.test'] = ['127.0.0.1']
    names['several.test'] = ['10.255.255.1', '127.0.0.1']
    const url = (host: string) => `http://${host}:${server.port}/ok.png`
    const [docs, other, several] = [url('docs.test'), url('other.test'), url('several.test')]
    expect(await verdictsOf(server, [docs, other], {allowPrivate: ['DOCS.test']})).toEqual({
      [docs]: 'alive',
      [other]: 'unchecked: the address is private (`remote.allowPrivate` can allow it)',
    })
    expect(await verdictsOf(server, [docs], {allowPrivate: ['docs.test:1']})).toEqual({
      [docs]: 'unchecked: the address is private (`remote.allowPrivate` can allow it)',
    })
    // The private address beside the allowed one is left alone.
    expect(await verdictsOf(server, [several], {allowPrivate: [`127.0.0.1:${server.port}`]})).toEqual({
      [several]: 'alive',
    })
    const v6 = 'http://[::ffff:7f00:1]/ok.png'.replace(']', `]:${server.port}`)
    expect(await verdictsOf(server, [v6], {allowPrivate: [`[::FFFF:127.0.0.1]:${server.port}`]})).toEqual({
      [v6]: 'alive',
    })
  })
})

describe('the network as a whole', () => {
  const wayOut = {host: 'a', code: 'EAI_AGAIN'}
  const silent = {host: 'b', code: 'UND_ERR_CONNECT_TIMEOUT'}
  it.each([
    [[wayOut], true],
    [[{host: 'a', code: 'ENETUNREACH'}, silent], true],
    [[silent, {host: 'c', code: 'TimeoutError'}], true],
    [[silent, {host: 'b', code: 'TimeoutError'}], false],
    [[silent], false],
    [[silent, {host: 'c', code: 'TimeoutError', connected: true}], false],
    [[wayOut, {host: 'b'}], false],
    [[wayOut, {host: 'b', code: 'ECONNREFUSED'}], false],
    [[wayOut, {host: 'b', code: 'ENOTFOUND'}], false],
    [[wayOut, {host: '10.0.0.1', code: 'DOCCHECK_BLOCKED'}], true],
    [[wayOut, {host: 'b', code: 'DOCCHECK_BLOCKED', connected: true}], false],
    [[{host: '10.0.0.1', code: 'DOCCHECK_BLOCKED'}], false],
    [[], false],
  ])('%j → %s', (asked, down) => {
    expect(networkIsDown(asked)).toBe(down)
  })

  it('is not believed to know that a host is gone when it knows no host', () => {
    expect(withoutNameServer('ENOTFOUND', true)).toBe('ENOTFOUND')
    expect(withoutNameServer('ENOTFOUND', false)).toBe('EAI_AGAIN')
    expect(withoutNameServer('ECONNREFUSED', false)).toBe('ECONNREFUSED')
  })

  it.each([
    ['one host', ['http://a.test/x.png']],
    ['two hosts', ['http://a.test/x.png', 'http://b.test/x.png']],
  ])('is down when no name is known, be it asked for %s', async (_, urls) => {
    const result = await ask([...urls, 'http://10.0.0.1/x.png'], quick(server))
    expect(result.stopped).toBe('the network is unreachable')
    for (const url of urls)
      expect(result.fact('image', url)?.verdict).toEqual({
        state: 'unchecked',
        reason: 'the network is unreachable',
      })
    expect(result.fact('image', 'http://10.0.0.1/x.png')?.verdict).toEqual({
      state: 'unchecked',
      reason: 'the address is private (`remote.allowPrivate` can allow it)',
    })
  })

  it('is up when names are known, and hosts that do not exist are dead', async () => {
    names['example.com'] = ['192.0.2.1']
    const urls = ['http://a.test/x.png', 'http://b.test/x.png']
    const result = await ask(urls, quick(server))
    expect(result.stopped).toBeUndefined()
    expect(urls.map((url) => said(result.fact('image', url)!.verdict!))).toEqual([
      'dead: host does not exist',
      'dead: host does not exist',
    ])
  })

  it('lets no host seem dead when names fail although others answered', async () => {
    const urls = [`${server.base}/ok.png`, 'http://a.test/x.png']
    const result = await ask(urls, quick(server))
    expect(result.stopped).toBeUndefined()
    expect(urls.map((url) => said(result.fact('image', url)!.verdict!))).toEqual([
      'alive',
      'unreachable: temporary DNS failure',
    ])
  })
})

// doccheck stands on two methods that linkinator makes public but does not promise; an upgrade that moves them fails here.
it('finds the two hooks of linkinator that it overrides', async () => {
  for (const hook of ['crawl', 'shouldRetryAfter'] as const)
    expect(LinkChecker.prototype[hook], `linkinator's LinkChecker has no ${hook} any more`).toBeTypeOf(
      'function',
    )
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
      called.push(`shouldRetryAfter ${response.status} ${response.headers['content-type']} ${response.url}`)
      return super.shouldRetryAfter(response, options)
    }
  }
  await new Contract().check({path: [`${server.base}/ok.png`], timeout: 1000})
  expect(called, 'linkinator no longer calls crawl and shouldRetryAfter as doccheck expects').toEqual([
    'crawl',
    `shouldRetryAfter 200 image/png ${server.base}/ok.png`,
  ])
})
