import http from 'node:http'
import type {AddressInfo} from 'node:net'
import {gzipSync} from 'node:zlib'

/** A PNG's first bytes. */
export const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')

type Route = (request: http.IncomingMessage, response: http.ServerResponse) => void

const answer =
  (status: number, headers: http.OutgoingHttpHeaders = {}, body: string | Buffer = ''): Route =>
  (_, response) =>
    void response.writeHead(status, headers).end(body)

const typed = (type: string, body: string | Buffer) => answer(200, {'content-type': type}, body)
const png = typed('image/png', PNG)
const page = typed('text/html; charset=utf-8', '<!doctype html><a href="/followed">a link</a>')
const byMethod =
  (head: Route, get: Route): Route =>
  (request, response) =>
    (request.method === 'HEAD' ? head : get)(request, response)

/** Send pieces until the other side goes away. */
const drip =
  (type: string, piece: string): Route =>
  (_, response) => {
    response.writeHead(200, {'content-type': type})
    const timer = setInterval(() => response.write(piece), 20)
    response.on('close', () => clearInterval(timer))
  }

/** Answer with bytes as they are, and hang up. */
const raw =
  (...lines: string[]): Route =>
  (request) =>
    void request.socket.end(Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'))

const to = (location: string, status = 302) => answer(status, {location})

/** Far more than anybody wants, in few bytes. */
const BOMB = gzipSync(Buffer.alloc(50_000_000))

/** Every kind of answer that images have been seen to give, by path. */
export const routes: Record<string, Route> = {
  '/204': answer(204),
  '/206.png': answer(206, {'content-type': 'image/png', 'content-range': 'bytes 0-15/16'}, PNG),
  '/empty.png': typed('image/png', ''),
  '/early-hints.png': (request, response) => {
    response.writeEarlyHints({link: '</style.css>; rel=preload'})
    png(request, response)
  },
  '/text-as.png': typed('image/png', 'no image'),
  '/300': answer(300),
  '/304': answer(304),
  '/501': answer(501),
  '/503-later': answer(503, {'retry-after': '3600'}),
  '/600': answer(600),
  '/099': raw('HTTP/1.1 099 Odd', 'content-length: 0'),
  '/escape-in-status': raw('HTTP/1.1 200 \x1b[31mred', 'content-type: image/png', 'content-length: 0'),
  '/escape-in-location': raw('HTTP/1.1 302 Found', 'location: /\x1b]0;x\x07', 'content-length: 0'),
  '/two-lengths': raw('HTTP/1.1 200 OK', 'content-type: image/png', 'content-length: 1', 'content-length: 2'),
  '/large-header': raw('HTTP/1.1 200 OK', `x: ${'x'.repeat(70_000)}`, 'content-length: 0'),
  '/only-get-501.png': byMethod(answer(501), png),
  '/only-get-reset.png': byMethod((request) => void request.socket.destroy(), png),
  '/only-get-hangs.png': byMethod(() => {}, png),
  '/only-head.png': byMethod(png, answer(404)),
  '/308.png': to('/ok.png', 308),
  '/302.png': to('/ok.png'),
  '/chain': (request, response) => {
    const hop = Number(new URL(request.url!, 'http://x').searchParams.get('n') ?? 0)
    response.writeHead(302, {location: hop < 25 ? `/chain?n=${hop + 1}` : '/ok.png'}).end()
  },
  '/to-script': to('javascript:alert(1)'),
  '/to-ftp': to('ftp://127.0.0.1/x.png'),
  '/slow-header': (request) => {
    request.socket.write('HTTP/1.1 200 OK\r\n')
    const timer = setInterval(() => request.socket.write('x: y\r\n'), 50)
    request.socket.on('close', () => clearInterval(timer))
  },
  '/closed': (request) => void request.socket.end(),
  '/bomb': answer(200, {'content-type': 'text/html', 'content-encoding': 'gzip'}, BOMB),
  '/huge': (_, response) => {
    response.writeHead(200, {'content-type': 'text/html', 'content-length': 2_000_000_000})
    const more = () => void (response.write(Buffer.alloc(65_536)) && setImmediate(more))
    response.on('drain', more)
    more()
  },
  '/429-past': answer(429, {'retry-after': 'Thu, 01 Jan 2015 00:00:00 GMT'}),
  '/429-negative': answer(429, {'retry-after': '-5'}),
  '/429-hour': answer(429, {'retry-after': '3600'}),
  '/429-soon': answer(429, {'retry-after': 'soon'}),
  '/ok.png': png,
  '/slow.png': (request, response) => setTimeout(() => png(request, response), 40),
  '/typeless.png': answer(200, {}, PNG),
  '/typeless-page': answer(200, {}, '<!doctype html><title>Gone</title>'),
  '/typeless-head': answer(200, {}, '\uFEFF<!-- made --> <head><title>Gone</title>'),
  '/comments': answer(200, {}, '<!---->'.repeat(500)),
  '/words': typed('text/plain', 'BMW is no bitmap'),
  '/octets.png': typed('application/octet-stream', PNG),
  '/octets': typed('application/octet-stream', 'who knows'),
  '/html-by-head.png': byMethod(page, png),
  '/text-type.png': typed('text/plain', PNG),
  '/text-type.svg': typed('text/plain', '<svg xmlns="http://www.w3.org/2000/svg"/>'),
  '/drawing.svg': typed('image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"/>'),
  '/page': page,
  '/page-then-404': byMethod(page, answer(404, {'content-type': 'text/html'}, '<a href="/followed">a</a>')),
  '/evil-type': typed('text/plain\x9b31m', '<html>'),
  '/evil-page': typed('text/html;x=\x9b31m', 'no image'),
  '/captcha': typed('text/html', '<title>Just a moment...</title>'),
  '/login.png': answer(302, {location: '/login'}),
  '/login': typed('text/html', 'sign in'),
  '/moved.png': answer(301, {location: '/ok.png'}),
  '/moved-away.png': answer(302, {location: '/404'}),
  '/loop.png': answer(302, {location: '/loop.png'}),
  '/cookie-loop': answer(302, {location: '/cookie-loop', 'set-cookie': 'seen=1'}),
  '/nowhere': answer(302),
  '/to-file': answer(302, {location: 'file:///etc/passwd'}),
  '/to-data': answer(302, {location: 'data:image/png;base64,iVBORw0KGgo='}),
  '/to-password': answer(302, {location: 'http://user:secret@images.test/x.png'}),
  '/get-only.png': byMethod(answer(405), png),
  '/no-head.png': byMethod(answer(404), png),
  '/no-head-page': byMethod(answer(403), page),
  '/no-head-reset': byMethod(answer(404), (request) => void request.socket.destroy()),
  '/400': answer(400),
  '/401': answer(401),
  '/402': answer(402),
  '/403': answer(403),
  '/403-of-bucket': answer(403, {'cf-ray': '1', 'content-type': 'application/xml'}),
  '/404': answer(404),
  '/404-behind-wall': answer(404, {'cf-ray': '1', 'content-type': 'text/html'}),
  '/410': answer(410),
  '/429': answer(429, {'retry-after': '0'}),
  '/451': answer(451),
  '/500': answer(500),
  '/999': answer(999),
  '/wall': answer(403, {'cf-mitigated': 'challenge'}),
  '/wall-page': answer(403, {'cf-ray': '1', 'content-type': 'text/html'}, 'Access denied'),
  '/wall-202': answer(202, {'x-amzn-waf-action': 'challenge', 'content-type': 'text/html'}),
  '/wall-503': answer(503, {'x-vercel-mitigated': 'challenge'}),
  '/hangs': () => {},
  '/reset': (request) => void request.socket.destroy(),
  '/garbage': (request) => void request.socket.end('SSH-2.0-OpenSSH_9.6\r\n'),
  '/truncated.png': (request, response) => {
    response.writeHead(200, {'content-type': 'image/png', 'content-length': 1000})
    response.write(PNG, () => request.socket.destroy())
  },
  '/truncated-page': byMethod(page, (request, response) => {
    response.writeHead(200, {'content-type': 'text/html', 'content-length': 1000})
    response.flushHeaders()
    setTimeout(() => request.socket.destroy(), 20)
  }),
  '/drips': drip('text/html', '<p>words</p>'),
  '/drips.png': drip('image/png', 'x'),
  '/bad-gzip': answer(200, {'content-type': 'text/html', 'content-encoding': 'gzip'}, 'not gzip'),
  '/endless': (_, response) => {
    response.writeHead(200)
    const more = () => void (response.write(Buffer.alloc(65_536)) && setImmediate(more))
    response.on('drain', more)
    more()
  },
}

/** A server on loopback that does its worst, and what it saw. */
export interface HostileServer {
  base: string
  port: number
  /** `METHOD /path` of every request. */
  requests: string[]
  /** The headers of every request. */
  headers: [line: string, headers: http.IncomingHttpHeaders][]
  /** How many connections were made. */
  connections: number
  /** The most requests that were under way at once, in all and by `Host`. */
  most: {all: number; byHost: Map<string, number>}
  openSockets(): Promise<number>
  close(): void
}

/** Start a server that gives {@link routes}, or `more` where that has the path; a query changes nothing. */
export async function startHostileServer(more: Record<string, Route> = {}): Promise<HostileServer> {
  const underWay = new Map<string, number>()
  const count = (key: string, by: 1 | -1) => {
    const now = (underWay.get(key) ?? 0) + by
    underWay.set(key, now)
    return now
  }
  const server = http.createServer((request, response) => {
    const host = request.headers.host!
    const line = `${request.method} ${request.url}`
    self.requests.push(line)
    self.headers.push([line, request.headers])
    self.most.all = Math.max(self.most.all, count('', 1))
    self.most.byHost.set(host, Math.max(self.most.byHost.get(host) ?? 0, count(host, 1)))
    response.on('close', () => {
      count('', -1)
      count(host, -1)
    })
    const {pathname} = new URL(request.url!, 'http://x')
    const route = more[pathname] ?? routes[pathname] ?? routes['/404']!
    route(request, response)
  })
  server.on('connection', () => self.connections++)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const {port} = server.address() as AddressInfo
  const self: HostileServer = {
    base: `http://127.0.0.1:${port}`,
    port,
    requests: [],
    headers: [],
    connections: 0,
    most: {all: 0, byHost: new Map()},
    openSockets: () => new Promise((done) => server.getConnections((_, open) => done(open))),
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
  return self
}
