import {execFile, execFileSync, spawn, spawnSync} from 'node:child_process'
import {readFileSync} from 'node:fs'
import http from 'node:http'
import https from 'node:https'
import net, {type AddressInfo} from 'node:net'
import path from 'node:path'
import {promisify} from 'node:util'
import {expect, it, onTestFinished} from 'vitest'
import {folder} from './run-doccheck.ts'

const CA = `[ca]
default_ca = own
[own]
database = index.txt
serial = serial
new_certs_dir = .
default_md = sha256
policy = any
x509_extensions = leaf
[any]
commonName = supplied
[leaf]
subjectAltName = IP:127.0.0.1
`

/** A server with a certificate of an authority of its own, valid between two days. */
async function secureServer(from: string, to: string) {
  const place = folder({'ca.cnf': CA, 'index.txt': '', serial: '01\n'})
  const openssl = (...words: string[]) => execFileSync('openssl', words, {cwd: place, stdio: 'ignore'})
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  openssl('req', '-x509', ...key, '-keyout', 'ca.key', '-out', 'ca.pem', '-subj', '/CN=own', '-days', '30')
  openssl('req', ...key, '-keyout', 'leaf.key', '-out', 'leaf.csr', '-subj', '/CN=127.0.0.1')
  const dates = ['-startdate', `${from}000000Z`, '-enddate', `${to}000000Z`]
  const signer = ['-config', 'ca.cnf', '-cert', 'ca.pem', '-keyfile', 'ca.key']
  openssl('ca', '-batch', ...signer, ...dates, '-in', 'leaf.csr', '-out', 'leaf.pem', '-notext')
  const read = (name: string) => readFileSync(path.join(place, name))
  let requests = 0
  const server = https.createServer({key: read('leaf.key'), cert: read('leaf.pem')}, (_, response) => {
    requests++
    response.writeHead(200, {'content-type': 'image/png'}).end()
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}/x.png`,
    ca: path.join(place, 'ca.pem'),
    requests: () => requests,
  }
}

const COMMAND = [path.resolve('bin/doccheck.js'), '--no-cache']

/** A folder with a page that shows an image, and an environment that knows an authority. */
function world(url: string, ca?: string, config: {remote?: object; rules?: object} = {}) {
  const cwd = folder({
    'a.md': `![](${url})\n`,
    '.doccheckrc.json': JSON.stringify({
      ...config,
      remote: {allowPrivate: ['127.0.0.1', 'localhost'], retries: 0, ...config.remote},
    }),
  })
  return {cwd, env: {...process.env, ...(ca && {NODE_EXTRA_CA_CERTS: ca})}}
}

/** The built command in a process of its own: authorities are read at the start only. */
async function check(
  url: string,
  ca?: string,
  config: {remote?: object; rules?: object} = {},
): Promise<string> {
  const run = promisify(execFile)(process.execPath, COMMAND, {...world(url, ca, config), timeout: 100_000})
  return run.then(
    ({stdout}) => stdout,
    (error: {stdout: string}) => error.stdout,
  )
}

const noOpenssl = Boolean(spawnSync('openssl', ['version']).error)

it.skipIf(noOpenssl)('tells when a certificate ended, and sends nothing over it', async () => {
  const {url, ca, requests} = await secureServer('20240101', '20240301')
  expect(await check(url, ca)).toContain('Unexpected dead image: certificate expired on 2024-03-01')
  expect(requests()).toBe(0)
})

it.skipIf(noOpenssl)(
  'waits neither long nor against Ctrl-C for the day when a certificate ended',
  async () => {
    const {url, ca} = await secureServer('20240101', '20240301')
    let connections = 0
    const silentAtSecond = net.createServer((socket) => {
      socket.on('error', () => {})
      if (++connections % 2 === 0) return
      const to = net.connect(Number(new URL(url).port), '127.0.0.1')
      to.on('error', () => socket.destroy())
      to.pipe(socket).pipe(to)
    })
    await new Promise<void>((done) => silentAtSecond.listen(0, '127.0.0.1', done))
    onTestFinished(() => void silentAtSecond.close())
    const {port} = silentAtSecond.address() as AddressInfo
    const image = `https://127.0.0.1:${port}/x.png`
    expect(await check(image, ca, {remote: {timeout: 2}})).toContain('dead image: certificate expired')
    connections = 0
    const child = spawn(process.execPath, COMMAND, world(image, ca, {remote: {timeout: 600}}))
    const ended = new Promise<number | null>((done) => child.on('close', done))
    await expect.poll(() => connections).toBe(2)
    // If it waited for the server, which says nothing, the test would run out of time.
    child.kill('SIGINT')
    expect(await ended).toBe(130)
  },
)

it.skipIf(noOpenssl)('takes a certificate that will be valid for what it is, and a valid one', async () => {
  const later = await secureServer('20700101', '20700301')
  expect(await check(later.url, later.ca)).toContain('Unexpected dead image: certificate is not valid yet')
  const valid = await secureServer('20240101', '20700301')
  expect(await check(valid.url, valid.ca)).toContain('no problems')
  expect(valid.requests()).toBe(1)
})

it.skipIf(noOpenssl)('knows whose certificate it is, and who vouches for it', async () => {
  const {url, ca, requests} = await secureServer('20240101', '20700301')
  const elsewhere = url.replace('127.0.0.1', 'localhost')
  expect(await check(elsewhere, ca)).toContain('Unexpected dead image: certificate is for another host')
  // A browser may know an authority that Node does not.
  expect(await check(url)).toContain('Unexpected unreachable image: certificate could not be verified')
  expect(requests()).toBe(0)
})

it.skipIf(noOpenssl)(
  'takes a redirect from HTTP to HTTPS for one that lasts, whatever its status',
  async () => {
    const {url, ca} = await secureServer('20240101', '20700301')
    const location = 'https://127.0.0.1/x.png'
    const plain = http.createServer((_, response) => response.writeHead(302, {location}).end())
    // Only a proxy lets both have their usual ports.
    const proxy = http.createServer()
    proxy.on('connect', (request, socket) => {
      const port = request.url!.endsWith(':443') ? new URL(url).port : (plain.address() as AddressInfo).port
      const to = net.connect(Number(port), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
        to.pipe(socket).pipe(to)
      })
      for (const each of [to, socket]) each.on('error', () => void [to.destroy(), socket.destroy()])
    })
    for (const server of [plain, proxy]) {
      await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
      onTestFinished(() => {
        server.closeAllConnections()
        server.close()
      })
    }
    const out = await check('http://127.0.0.1/x.png', ca, {
      remote: {proxy: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`},
      rules: {'no-unreachable-image': ['error', {redirected: 'warn'}]},
    })
    expect(out).toContain(`Unexpected permanently redirected image, expected \`${location}\``)
    expect(out).toContain('Can be fixed: 1 with `--fix`')
  },
)
