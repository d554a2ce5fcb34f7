import http from 'node:http'
import net, {type AddressInfo} from 'node:net'
import {afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi} from 'vitest'
import {formatDuration, parseDuration} from '../src/remote/duration.ts'
import {makePolicy} from '../src/remote/policy.ts'
import {type HostileServer, routes, startHostileServer} from './hostile-server.ts'
import {ask, fakeNames, names, probe, quick, verdictsOf} from './run-remote.ts'

let server: HostileServer
let other: HostileServer

beforeAll(async () => {
  server = await startHostileServer()
  other = await startHostileServer()
})
afterAll(() => {
  server.close()
  other.close()
})
beforeEach(() => {
  for (const each of [server, other]) {
    each.requests.length = 0
    each.headers.length = 0
    each.connections = 0
    each.most.all = 0
    each.most.byHost.clear()
  }
  return fakeNames()
})

const asLinks = (paths: readonly string[], config = {}) => verdictsOf(server, paths, config, {}, 'link')

describe('links', () => {
  it('are judged by what a reader would see', async () => {
    const found = await asLinks([
      '/ok.png',
      '/page',
      '/login.png',
      '/400',
      '/401',
      '/403',
      '/404',
      '/404-behind-wall',
      '/410',
      '/429',
      '/451',
      '/500',
      '/999',
      '/wall',
      '/wall-page',
      '/wall-202',
      '/get-only.png',
      '/moved.png',
      '/moved-away.png',
      '/loop.png',
      '/nowhere',
      '/reset',
      '/hangs',
    ])
    expect(found).toEqual({
      '/ok.png': 'alive',
      '/page': 'alive',
      '/login.png': 'alive',
      '/400': 'unreachable: 400 Bad Request',
      '/401': 'blocked: 401 Unauthorized',
      '/403': 'blocked: 403 Forbidden',
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
      '/get-only.png': 'alive',
      '/moved.png': 'redirected: /ok.png',
      '/moved-away.png': 'dead: 404 Not Found',
      '/loop.png': 'dead: too many redirects',
      '/nowhere': 'dead: 302 Found',
      '/reset': 'unreachable: connection closed unexpectedly',
      '/hangs': 'unreachable: no response within 600 ms',
    })
    // A page that answers HEAD is not read.
    expect(server.requests.filter((line) => line.endsWith('/page'))).toEqual(['HEAD /page'])
    await expect.poll(() => server.openSockets()).toBe(0)
  })

  it('are asked with the headers of links, images with those of images; a URL that is both, once', async () => {
    const url = (name: string) => `${server.base}/ok.png?${name}`
    const asks = {image: new Set([url('image'), url('both')]), link: new Set([url('link'), url('both')])}
    const {checkRemoteUrls} = await import('../src/remote/check-urls.ts')
    const answer = await checkRemoteUrls(asks, {
      config: quick(server),
      env: {},
      version: '1.2.3',
      homepage: 'https://a.test/',
    })
    expect(answer.fact('image', url('both'))).toEqual({verdict: {state: 'alive'}})
    expect(answer.fact('link', url('both'))).toEqual({verdict: {state: 'alive'}})
    expect(answer.fact('image', url('link'))).toBeUndefined()
    const seen = Object.fromEntries(server.headers.map(([line, headers]) => [line, headers]))
    expect(Object.keys(seen).sort()).toEqual(['both', 'image', 'link'].map((name) => `HEAD /ok.png?${name}`))
    expect(seen['HEAD /ok.png?image']!.accept).toMatch(/^image\/avif/)
    expect(seen['HEAD /ok.png?both']!.accept).toMatch(/^image\/avif/)
    expect(seen['HEAD /ok.png?link']!.accept).toMatch(/^text\/html/)
    for (const headers of Object.values(seen))
      expect(headers['user-agent']).toBe('doccheck/1.2.3 (+https://a.test/)')
  })

  it('to hosts for examples are not asked, unless such a host is allowed', async () => {
    names['docs.test'] = ['127.0.0.1']
    const given = [
      'https://example.com/a',
      'http://www.example.org/',
      'https://api.example/',
      'http://x.invalid/',
      'http://localhost:3000/',
    ]
    expect(await asLinks(given)).toEqual(
      Object.fromEntries(given.map((url) => [url, 'unchecked: the host name is reserved for examples'])),
    )
    const own = `http://docs.test:${server.port}/ok.png`
    expect(await asLinks([own], {allowPrivate: ['docs.test']})).toEqual({[own]: 'alive'})
    // Its port need not be written.
    expect(await asLinks(['http://localhost/'], {allowPrivate: ['localhost:80']})).toEqual({
      'http://localhost/': 'unchecked: the network is unreachable',
    })
    const images = await verdictsOf(server, ['http://gone.example.com/a.png', '/ok.png'])
    expect(images['http://gone.example.com/a.png']).toBe('unreachable: temporary DNS failure')
  })
})

describe('redirects', () => {
  const to = (status: number, location: string) =>
    ((_, response) => void response.writeHead(status, {location}).end()) as (typeof routes)[string]

  it('are named if every one on the way is permanent and the end is there', async () => {
    const moving = await startHostileServer({
      '/301': to(301, '/ok.png'),
      '/308': to(308, '/ok.png#part'),
      '/twice': to(301, '/308'),
      '/302': to(302, '/ok.png'),
      '/307': to(307, '/ok.png'),
      '/mixed': to(301, '/302'),
      '/mixed-too': to(302, '/301'),
      '/gone': to(301, '/404'),
      '/sign-in': to(301, '/login'),
      '/elsewhere': to(301, `${other.base}/ok.png`),
      '/expiring': to(301, '/ok.png?Expires=4102444800&Signature=x'),
    })
    onTestFinished(() => moving.close())
    const paths = [
      '/301',
      '/301#part',
      '/308',
      '/twice',
      '/302',
      '/307',
      '/mixed',
      '/mixed-too',
      '/gone',
      '/sign-in',
      '/elsewhere',
      '/expiring',
    ]
    const allowPrivate = ['127.0.0.1']
    expect(await verdictsOf(moving, paths, {allowPrivate}, {}, 'link')).toEqual({
      '/301': 'redirected: /ok.png',
      '/301#part': 'redirected: /ok.png',
      '/308': 'redirected: /ok.png#part',
      '/twice': 'redirected: /ok.png#part',
      '/302': 'alive',
      '/307': 'alive',
      '/mixed': 'alive',
      '/mixed-too': 'alive',
      '/gone': 'dead: 404 Not Found',
      '/sign-in': 'alive',
      '/elsewhere': `redirected: ${other.base}/ok.png`,
      '/expiring': 'alive',
    })
  })

  it('of many hosts to one keep to the limit of that one', async () => {
    const hosts = Array.from({length: 20}, (_, index) => `from-${index}.test`)
    const port = other.port
    const moving = await startHostileServer({
      '/away.png': to(302, `http://127.0.0.1:${port}/slow.png`),
    })
    onTestFinished(() => moving.close())
    for (const host of hosts) names[host] = ['127.0.0.1']
    const urls = hosts.flatMap((host) =>
      [1, 2].map((each) => `http://${host}:${moving.port}/away.png?${each}`),
    )
    const found = await verdictsOf(moving, urls, {
      allowPrivate: ['127.0.0.1'],
      concurrency: 40,
      perHost: 2,
      timeout: 5,
    })
    expect(new Set(Object.values(found))).toEqual(new Set(['alive']))
    expect(other.requests).toHaveLength(40)
    expect(other.most.all).toBe(2)
  })
})

describe('settings for hosts', () => {
  it('merge, later patterns over earlier ones, by host with or without port', () => {
    const {forHost} = makePolicy(
      {
        delay: 1,
        treat: {'5xx': 'dead'},
        hosts: {
          '*.example.com': {delay: '2s', perHost: 1, treat: {403: 'alive'}},
          'docs.example.com': {delay: 3, headers: {A: '1'}},
          'docs.example.com:8080': {skip: true},
        },
      },
      {},
    )
    const of = (url: string) => forHost(new URL(url))
    expect(of('https://example.com')).toMatchObject({
      delayMs: 1000,
      perHost: 4,
      treat: {'5xx': 'dead'},
      headers: [],
    })
    expect(of('https://DOCS.example.com')).toMatchObject({
      delayMs: 3000,
      perHost: 1,
      skip: false,
      treat: {'5xx': 'dead', 403: 'alive'},
      headers: [['A', '1']],
    })
    expect(of('https://docs.example.com:8080').skip).toBe(true)
    expect(of('https://docs.example.com.evil.test').headers).toEqual([])
  })

  it('fill headers in, without the line break that a secret may end in', () => {
    const {forHost} = makePolicy({hosts: {'*': {headers: {A: 'Bearer ${TOKEN}'}}}}, {TOKEN: 'x y\r\n'})
    expect(forHost(new URL('https://a.test')).headers).toEqual([['A', 'Bearer x y']])
  })

  it('send headers to their hosts only, not where these redirect, and over HTTPS only', async () => {
    names['docs.test'] = names['plain.test'] = ['127.0.0.1']
    const moving = await startHostileServer({
      '/away.png': (_, response) => void response.writeHead(302, {location: `${other.base}/ok.png`}).end(),
    })
    onTestFinished(() => moving.close())
    const url = (host: string) => `http://${host}:${moving.port}/away.png`
    const config = {
      // The address may be asked, but only one of the names was set to bear the token without HTTPS.
      allowPrivate: ['127.0.0.1', 'docs.test'],
      hosts: {'*.test': {headers: {Authorization: 'Bearer ${TOKEN}', 'user-agent': 'me'}}},
    }
    const variables = {TOKEN: 'geheim'}
    const found = await verdictsOf(moving, [url('docs.test'), url('plain.test')], config, {variables})
    expect(Object.values(found)).toEqual(['alive', 'alive'])
    const seen = new Map(moving.headers.map(([, headers]) => [headers.host!.replace(/:.*/, ''), headers]))
    expect(seen.get('docs.test')).toMatchObject({authorization: 'Bearer geheim', 'user-agent': 'me'})
    expect(seen.get('plain.test')!.authorization).toBeUndefined()
    expect(other.headers).toHaveLength(2)
    for (const [, headers] of other.headers) expect(JSON.stringify(headers)).not.toContain('geheim')
  })

  it('ask nothing of a host whose token is not there', async () => {
    const hosts = {'127.0.0.1': {headers: {Authorization: 'Bearer ${TOKEN}'}}}
    for (const variables of [{}, {TOKEN: ''}])
      expect(await verdictsOf(server, ['/404'], {hosts}, {variables})).toEqual({
        '/404': 'unchecked: environment variable TOKEN for its host is not set',
      })
    expect(server.connections).toBe(0)
  })

  it('take answers for what the user says', async () => {
    const treat = {404: 'alive', 403: 'unreachable', '4xx': 'blocked', 500: 'dead', 200: 'blocked'} as const
    expect(await verdictsOf(server, ['/404', '/403', '/410', '/500', '/ok.png'], {treat})).toEqual({
      '/404': 'alive',
      '/403': 'unreachable: 403 Forbidden',
      '/410': 'blocked: 410 Gone',
      '/500': 'dead: 500 Internal Server Error',
      '/ok.png': 'blocked: 200 OK',
    })
    // What is dead by decree is not asked again.
    expect(server.requests.filter((line) => line.endsWith('/500'))).toEqual(['HEAD /500', 'GET /500'])
  })

  it('keep requests to a host apart', async () => {
    const stop = new AbortController()
    const found = await verdictsOf(
      server,
      ['/ok.png?1', '/ok.png?2'],
      {hosts: {'127.0.0.1': {delay: '1h'}}},
      {signal: stop.signal, onProgress: ({done}) => void (done > 0 && stop.abort())},
    )
    expect(found).toEqual({'/ok.png?1': 'alive', '/ok.png?2': 'unchecked: cancelled'})
    expect(server.requests.filter((line) => line.endsWith('?2'))).toEqual([])
  })
})

describe('addresses', () => {
  it('that are to be skipped are not asked and have no verdict', async () => {
    names['skipped.test'] = ['127.0.0.1']
    const given = ['/ok.png', '/404', '/410?token=1', `http://skipped.test:${server.port}/ok.png`]
    const config = {
      skip: ['*/404', '/token=\\d/i'],
      hosts: {'skipped.test': {skip: true}},
      allowPrivate: ['127.0.0.1'],
    }
    expect(await probe(server, given, config)).toEqual({'/ok.png': {state: 'alive'}})
    expect(server.requests).toEqual(['HEAD /ok.png'])
  })

  it.each(['g', 'y', 'gy'])('are looked at from the start, each of them, with the flag %s', (flags) => {
    const {skips, remap} = makePolicy(
      {skip: [`/http:..a/${flags}`], remap: {[`/http:..a/${flags}`]: 'b'}},
      {},
    )
    const urls = ['http://a.test/http://a', 'http://a.test/2', 'http://a.test/3']
    expect(urls.map(skips)).toEqual([true, true, true])
    const all = flags === 'g' ? 'b.test/b' : 'b.test/http://a'
    expect(urls.map(remap)).toEqual([all, 'b.test/2', 'b.test/3'])
  })

  it('may stand for others', async () => {
    const remap = {
      'https://docs.example.org/': `${server.base}/`,
      '/^https:\\/\\/raw\\.example\\.org\\/(\\w+)\\/blob$/': `${server.base}/$1.png`,
    }
    const given = [
      'https://docs.example.org/ok.png?1',
      'https://raw.example.org/ok/blob',
      'https://docs.example.org/404',
    ]
    expect(await verdictsOf(server, given, {remap})).toEqual({
      'https://docs.example.org/ok.png?1': 'alive',
      'https://raw.example.org/ok/blob': 'alive',
      'https://docs.example.org/404': 'dead: 404 Not Found',
    })
    const moved = ['https://docs.example.org/moved.png', '/moved.png']
    expect(await verdictsOf(server, moved, {remap})).toEqual({
      [moved[0]!]: 'alive',
      [moved[1]!]: 'redirected: /ok.png',
    })
  })
})

describe('hosts that want to be left alone', () => {
  it('get no more requests once they have said so often enough', async () => {
    const busy = await startHostileServer({
      '/busy': (_, response) => void response.writeHead(429, {'retry-after': '1'}).end(),
    })
    onTestFinished(() => busy.close())
    const paths = Array.from({length: 50}, (_, index) => `/busy?${index}`)
    const found = await verdictsOf(busy, paths, {perHost: 1, retries: 1})
    const kinds = new Map<string, number>()
    for (const words of Object.values(found)) kinds.set(words, (kinds.get(words) ?? 0) + 1)
    expect(Object.fromEntries(kinds)).toEqual({
      'blocked: the server rejects automated requests: 429 Too Many Requests': 5,
      'unchecked: the host limits the rate of requests': 45,
    })
    // HEAD and GET for five of them.
    expect(busy.requests).toHaveLength(10)
  })

  it('get further requests if only some of their addresses are busy', async () => {
    const busy = await startHostileServer({
      '/busy': (_, response) => void response.writeHead(429, {'retry-after': '1'}).end(),
    })
    onTestFinished(() => busy.close())
    const paths = Array.from({length: 24}, (_, index) => (index % 3 ? `/busy?${index}` : `/ok.png?${index}`))
    const found = await verdictsOf(busy, paths, {retries: 0})
    const blocked = 'blocked: the server rejects automated requests: 429 Too Many Requests'
    expect(found).toEqual(
      Object.fromEntries(paths.map((each) => [each, each.startsWith('/ok') ? 'alive' : blocked])),
    )
  })

  it('are heard by their robots.txt, if that is wanted', async () => {
    const robots = 'User-agent: *\nDisallow: /private/\nCrawl-delay: 0.05\n\nUser-agent: other\nDisallow: /\n'
    const polite = await startHostileServer({
      '/robots.txt': (_, response) => void response.end(robots),
      '/private/ok.png': routes['/ok.png']!,
    })
    onTestFinished(() => polite.close())
    const paths = ['/ok.png', '/private/ok.png']
    expect(await verdictsOf(polite, paths)).toEqual({'/ok.png': 'alive', '/private/ok.png': 'alive'})
    expect(polite.requests).not.toContain('GET /robots.txt')
    expect(await verdictsOf(polite, paths, {robots: true})).toEqual({
      '/ok.png': 'alive',
      '/private/ok.png': 'unchecked: disallowed by robots.txt',
    })
    expect(polite.requests.filter((line) => line === 'GET /robots.txt')).toHaveLength(1)
    // As a rule http://x/robots.txt leads to https://x/robots.txt.
    const moved = await startHostileServer({
      '/robots.txt': (_, response) => void response.writeHead(301, {location: '/moved.txt'}).end(),
      '/moved.txt': (_, response) => void response.end(robots),
    })
    onTestFinished(() => moved.close())
    expect(await verdictsOf(moved, ['/private/ok.png'], {robots: true})).toEqual({
      '/private/ok.png': 'unchecked: disallowed by robots.txt',
    })
    // More rarely than once in a run: not even then.
    for (const delay of ['3600', '99999999', '1e999']) {
      const rare = await startHostileServer({
        '/robots.txt': (_, response) => void response.end(`User-agent: *\nCrawl-delay: ${delay}\n`),
      })
      onTestFinished(() => rare.close())
      const fewer = 'unchecked: the host limits the rate of requests'
      expect(await verdictsOf(rare, ['/ok.png', '/ok.png?2'], {robots: true})).toEqual({
        '/ok.png': fewer,
        '/ok.png?2': fewer,
      })
      expect(rare.requests).toEqual(['GET /robots.txt'])
    }
    // A host without one, or with one that never ends, has no wishes.
    const endless = await startHostileServer({'/robots.txt': routes['/endless']!})
    onTestFinished(() => endless.close())
    expect(await verdictsOf(endless, ['/ok.png'], {robots: true})).toEqual({'/ok.png': 'alive'})
    expect(await verdictsOf(server, ['/ok.png'], {robots: true})).toEqual({'/ok.png': 'alive'})
    await expect.poll(() => endless.openSockets()).toBe(0)
  })
})

describe('the time for the whole run', () => {
  it('is over for what waits longer than any timer', async () => {
    const warnings = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
    const over = new AbortController()
    const later = await startHostileServer({
      '/later': (_, response) => {
        response.writeHead(503, {'retry-after': '99999999'}).end()
        setTimeout(() => over.abort(), 300)
      },
    })
    onTestFinished(() => later.close())
    const found = await verdictsOf(later, ['/later'], {maxWait: '2000d'}, {signal: over.signal})
    expect(found).toEqual({'/later': 'unchecked: cancelled'})
    expect(warnings.mock.calls).toEqual([])
    expect(later.requests.filter((line) => line === 'HEAD /later')).toHaveLength(1)
    warnings.mockRestore()
  })

  it('ends it, and says so of what is left', async () => {
    const paths = ['/ok.png', ...Array.from({length: 10}, (_, index) => `/hangs?${index}`)]
    const config = {...quick(server), timeout: 600, timeLimit: '3s', concurrency: 4}
    const urls = paths.map((each) => server.base + each)
    const answer = await ask(urls, config)
    expect(answer.stopped).toBe('the time limit of 3 s was reached')
    expect(answer.fact('image', urls[0]!)).toEqual({verdict: {state: 'alive'}})
    for (const url of urls.slice(1))
      expect(answer.fact('image', url)).toEqual({
        verdict: {state: 'unchecked', reason: 'the time limit of 3 s was reached'},
      })
    await expect.poll(() => server.openSockets()).toBe(0)
  })

  it('may be longer than timers last', async () => {
    expect(await verdictsOf(server, ['/ok.png'], {timeLimit: '90d', timeout: '90d'})).toEqual({
      '/ok.png': 'alive',
    })
  })
})

describe('durations', () => {
  it.each([
    [2, 2000],
    ['2', Number.NaN],
    ['2s', 2000],
    ['1.5 m', 90_000],
    ['500ms', 500],
    ['7d', 604_800_000],
    ['-1s', Number.NaN],
    [-1, Number.NaN],
    ['1 week', Number.NaN],
    [undefined, Number.NaN],
  ])('%j are %d ms', (given, milliseconds) => {
    expect(parseDuration(given)).toBe(milliseconds)
  })

  it.each([
    [600, '600 ms'],
    [10_000, '10 s'],
    [90_000, '90 s'],
    [600_000, '10 min'],
    [86_400_000, '1 d'],
    [0, '0 s'],
  ])('%d ms are said as %s', (milliseconds, words) => {
    expect(formatDuration(milliseconds)).toBe(words)
  })
})

describe('proxies', () => {
  /** A proxy that tunnels, and what it was asked for. */
  async function startProxy(): Promise<{url: string; asked: string[]}> {
    const asked: string[] = []
    const proxy = http.createServer()
    proxy.on('connect', (request, socket) => {
      asked.push(request.url!)
      // It knows names that nobody else does.
      const to = net.connect(Number(request.url!.split(':').at(-1)), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
        to.pipe(socket).pipe(to)
      })
      to.on('error', () => socket.destroy())
      socket.on('error', () => to.destroy())
    })
    await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done))
    onTestFinished(() => {
      proxy.closeAllConnections()
      proxy.close()
    })
    return {url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, asked}
  }

  it('are used if set, or by the environment, and not for the hosts excepted', async () => {
    const {url, asked} = await startProxy()
    const given = [`http://behind.test:${server.port}/ok.png`]
    const closed = {allowPrivate: []}
    expect(await verdictsOf(server, given, {...closed, proxy: url})).toEqual({[given[0]!]: 'alive'})
    expect(await verdictsOf(server, given, closed, {env: {http_proxy: url}})).toEqual({[given[0]!]: 'alive'})
    expect(await verdictsOf(server, given, closed, {env: {HTTPS_PROXY: url, HTTP_PROXY: url}})).toEqual({
      [given[0]!]: 'alive',
    })
    expect(asked).toEqual(Array(3).fill(`behind.test:${server.port}`))
    names['example.com'] = ['192.0.2.1']
    const direct = 'dead: host does not exist'
    expect(await verdictsOf(server, given, {...closed, proxy: false}, {env: {http_proxy: url}})).toEqual({
      [given[0]!]: direct,
    })
    expect(
      await verdictsOf(server, given, closed, {env: {http_proxy: url, no_proxy: 'behind.test'}}),
    ).toEqual({
      [given[0]!]: direct,
    })
    expect(asked).toHaveLength(3)
  })

  it('are not held against hosts when they are not there, or refuse', async () => {
    const given = [`http://behind.test:${server.port}/ok.png`, 'https://behind.test/ok.png']
    const refusing = http.createServer()
    refusing.on('connect', (_, socket) => void socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'))
    await new Promise<void>((done) => refusing.listen(0, '127.0.0.1', done))
    const proxy = `http://127.0.0.1:${(refusing.address() as AddressInfo).port}`
    const told502 = await verdictsOf(server, given, {proxy, allowPrivate: []})
    expect(Object.values(told502)).toEqual(Array(2).fill('unreachable: the proxy refused the connection'))
    await new Promise((done) => refusing.close(done))
    const toldGone = await verdictsOf(server, given, {proxy, allowPrivate: []})
    expect(Object.values(toldGone)).toEqual(Array(2).fill('unchecked: the proxy is unreachable'))
  })

  it('are not asked for private addresses, not through redirects either', async () => {
    const {url, asked} = await startProxy()
    names['inner.test'] = ['127.0.0.1']
    const given = ['127.0.0.1', 'inner.test', '2130706433', '[::1]'].map(
      (host) => `http://${host}:${other.port}/ok.png`,
    )
    const found = await verdictsOf(server, given, {proxy: url, allowPrivate: []})
    expect(new Set(Object.values(found))).toEqual(
      new Set(['unchecked: the address is private (`remote.allowPrivate` can allow it)']),
    )
    // Only the proxy could tell where these are, and it is in a private network itself.
    const forProxy = ['metadata.google.internal', 'metadata', 'printer.local.', 'x.home.arpa'].map(
      (host) => `http://${host}/latest`,
    )
    expect(
      new Set(Object.values(await verdictsOf(server, forProxy, {proxy: url, allowPrivate: []}))),
    ).toEqual(new Set(['unchecked: the address is private (`remote.allowPrivate` can allow it)']))
    expect(asked).toEqual([])
    await verdictsOf(server, ['http://metadata/'], {proxy: url, allowPrivate: ['metadata'], retries: 0})
    expect(asked.splice(0)).toContain('metadata:80')
    const moving = await startHostileServer({
      '/away.png': (_, response) => void response.writeHead(302, {location: `${other.base}/ok.png`}).end(),
    })
    onTestFinished(() => moving.close())
    const away = `http://behind.test:${moving.port}/away.png`
    expect(await verdictsOf(server, [away], {proxy: url, allowPrivate: []})).toEqual({
      [away]: 'unchecked: the address is private (`remote.allowPrivate` can allow it)',
    })
    expect(asked).toEqual([`behind.test:${moving.port}`])
    expect(other.connections).toBe(0)
  })
})
