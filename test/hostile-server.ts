import http from 'node:http'
import type {AddressInfo} from 'node:net'

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

/** Every kind of answer that images have been seen to give, by path. */
export const routes: Record<string, Route> = {
  '/ok.png': png,
  '/slow.png': (request, response) => setTimeout(() => png(request, response), 40),
  '/typeless.png': answer(200, {}, PNG),
  '/typeless-page': answer(200, {}, '<!doctype html><title>Gone</title>'),
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
