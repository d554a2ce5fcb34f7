import {createHash} from 'node:crypto'
import {readdirSync, readFileSync, symlinkSync} from 'node:fs'
import path from 'node:path'
import {afterAll, beforeAll, beforeEach, expect, it} from 'vitest'
import {imageFormat} from '../src/remote/image-format.ts'
import {type HostileServer, PNG, startHostileServer} from './hostile-server.ts'
import {doccheck, folder} from './run-doccheck.ts'
import {fakeNames} from './run-remote.ts'

const JPG = Buffer.from('ffd8ffe000104a464946000101', 'hex')
const SVG = '<?xml version="1.0"?>\n<!-- a drawing -->\n<svg xmlns="http://www.w3.org/2000/svg"/>'

let server: HostileServer
let secret: HostileServer

beforeAll(async () => {
  secret = await startHostileServer()
  const image = (type: string, body: Buffer | string) =>
    ((_, response) => void response.writeHead(200, {'content-type': type}).end(body)) as Parameters<
      typeof startHostileServer
    >[0] extends Record<string, infer Route> | undefined
      ? Route
      : never
  server = await startHostileServer({
    // The type that a server gives says little.
    '/photo': image('image/png', JPG),
    '/drawing': image('image/svg+xml', SVG),
    '/same.png': image('image/png', PNG),
    '/private.png': (_, response) => void response.writeHead(302, {location: `${secret.base}/ok.png`}).end(),
  })
})
afterAll(() => {
  server.close()
  secret.close()
})
beforeEach(() => {
  server.requests.length = 0
  secret.connections = 0
  return fakeNames()
})

const remote = () => ({allowPrivate: [`127.0.0.1:${server.port}`], timeout: 1, retries: 0})
const nameOf = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest('hex').slice(0, 16)

it('downloads every image that is alive, once, and rewrites every use of it', async () => {
  const {base} = server
  const page = (png: string, jpg: string, svg: string) =>
    `![a](${png} "title") ![again](<${png}>)\n\n<img src="${jpg}" srcset="${png} 1x, ${jpg} 2x" alt="">\n\n![ref][d]\n\n[d]: ${svg}\n\n![dead](${base}/404)\n\n[a link](${png}) [![framed](${jpg})](${jpg}) <a href="${svg}">a drawing</a> <${base}/ok.png> [not shown](${base}/hidden.png)\n`
  const cwd = folder({
    '.doccheckrc.json': JSON.stringify({remote: {...remote(), assets: 'docs/img'}}),
    'docs/sub/page.md': page(`${base}/ok.png`, `${base}/photo`, `${base}/drawing`),
    'other.md': `![the same image at another address](${base}/same.png)\n`,
  })
  const {out, code, err} = await doccheck(cwd, ['--fix', '--localize-images'])
  const [png, jpg, svg] = [`${nameOf(PNG)}.png`, `${nameOf(JPG)}.jpg`, `${nameOf(SVG)}.svg`]
  expect(readFileSync(path.join(cwd, 'docs/sub/page.md'), 'utf8')).toBe(
    page(`../img/${png}`, `../img/${jpg}`, `../img/${svg}`),
  )
  expect(readFileSync(path.join(cwd, 'other.md'), 'utf8')).toContain(`(docs/img/${png})`)
  expect(readdirSync(path.join(cwd, 'docs/img')).sort()).toEqual([png, jpg, svg].sort())
  expect(readFileSync(path.join(cwd, 'docs/img', jpg))).toEqual(JPG)
  expect(server.requests.filter((line) => line === 'GET /ok.png')).toHaveLength(1)
  expect(server.requests).not.toContain('GET /hidden.png')
  expect(err).toBe('')
  // What is left is the dead one.
  expect(out).toContain('11 problems fixed in 2 files')
  expect(out).toContain('1 error\n')
  expect(code).toBe(1)
  const again = await doccheck(cwd, ['--fix', '--localize-images'])
  expect(again.out).not.toContain('fixed')
})

it('stores nothing that is no image, nor what may not be asked, and says so', async () => {
  const {base} = server
  const text = ['/text-as.png', '/private.png', '/endless', '/ok.png']
    .map((each) => `![](${base}${each})\n`)
    .join('\n')
  const cwd = folder({'.doccheckrc.json': JSON.stringify({remote: remote()}), 'a.md': text})
  const {err} = await doccheck(cwd, ['--fix', '--localize-images'])
  expect(readdirSync(path.join(cwd, 'assets'))).toEqual([`${nameOf(PNG)}.png`])
  const after = readFileSync(path.join(cwd, 'a.md'), 'utf8')
  expect(after).toBe(text.replace(`${base}/ok.png`, `assets/${nameOf(PNG)}.png`))
  expect(err).toContain('it is not an image that browsers can show')
  expect(err).toMatch(/it (?:is larger than 50 MB|cannot be downloaded \(TimeoutError\))/)
  expect(secret.connections).toBe(0)
  await expect.poll(() => server.openSockets()).toBe(0)
})

it('writes nothing outside of the tree, and then changes no page', async () => {
  const elsewhere = folder()
  const page = `![](${server.base}/ok.png)\n`
  const cwd = folder({'.doccheckrc.json': JSON.stringify({remote: remote()}), 'a.md': page})
  symlinkSync(elsewhere, path.join(cwd, 'assets'))
  const {out, err, code} = await doccheck(cwd, ['--fix', '--localize-images'])
  expect(readdirSync(elsewhere)).toEqual([])
  expect(readFileSync(path.join(cwd, 'a.md'), 'utf8')).toBe(page)
  expect(out).not.toContain('fixed')
  expect(err).toBe(
    `doccheck: assets/${nameOf(PNG)}.png: Cannot be stored: assets is a symlink; use the path of its target\n`,
  )
  expect(code).toBe(2)
  const wrong = folder({'.doccheckrc.json': JSON.stringify({remote: {assets: '../x'}}), 'a.md': ''})
  const refused = await doccheck(wrong, [])
  expect(refused.code).toBe(2)
  expect(refused.err).toContain('"remote.assets" must be a folder within the tree')
})

it('leaves an image as it is where its page would not find the file', async () => {
  const {base} = server
  const page = (png: string) => `![](${png}) <img src="${base}/ok.png" alt="">\n`
  const cwd = folder({
    '.doccheckrc.json': JSON.stringify({remote: {...remote(), assets: 'docs/img'}}),
    'mkdocs.yml': 'site_name: x\n',
    'docs/index.md': '# Home\n',
    'docs/page.md': page(`${base}/ok.png`),
  })
  const {out, code} = await doccheck(cwd, ['--fix', '--localize-images'])
  // It is published as `page/index.html`; only what is Markdown is rewritten to suit.
  expect(readFileSync(path.join(cwd, 'docs/page.md'), 'utf8')).toBe(page(`img/${nameOf(PNG)}.png`))
  expect(out).toContain('no problems')
  expect(code).toBe(0)
})

it('leaves the pages alone that use an image which cannot be stored, with what is found on them', async () => {
  const {base} = server
  const [png, jpg] = [`${nameOf(PNG)}.png`, `${nameOf(JPG)}.jpg`]
  const both = `![](${base}/ok.png) ![](${base}/photo) [b](Guide.md)\n`
  const cwd = folder({
    '.doccheckrc.json': JSON.stringify({remote: remote()}),
    'both.md': both,
    'guide.md': '[g](Guide.md)\n',
    'jpg.md': `![](${base}/photo)\n`,
    // A folder stands where the image is to be.
    [`assets/${png}/x`]: '',
  })
  const {out, err, code} = await doccheck(cwd, ['--fix', '--localize-images'])
  expect(err).toMatch(new RegExp(`^doccheck: assets/${png}: Cannot be stored: .*\n$`))
  expect(readFileSync(path.join(cwd, 'both.md'), 'utf8')).toBe(both)
  expect(readFileSync(path.join(cwd, 'guide.md'), 'utf8')).toBe('[g](guide.md)\n')
  expect(readFileSync(path.join(cwd, 'jpg.md'), 'utf8')).toBe(`![](assets/${jpg})\n`)
  expect(out).toMatch(/^both\.md:.*`Guide\.md`.*\n\n/)
  expect(out).toContain('2 problems fixed in 2 files\nCan be fixed: 1 with `--fix`\n')
  expect(code).toBe(2)
})

it('is refused where it makes no sense', async () => {
  const cwd = folder({'a.md': ''})
  for (const [args, line] of [
    [['--localize-images'], '--localize-images requires --fix'],
    [['--localize-images', '--diff'], '--localize-images requires --fix'],
    [['--localize-images', '--fix', '--diff'], '--diff cannot be used with --localize-images'],
    [['--fix', '--localize-images', '--offline'], '--offline cannot be used with --localize-images'],
  ] as const)
    expect(await doccheck(cwd, [...args])).toMatchObject({code: 2, err: `doccheck: ${line}\n`})
})

it.each([
  [PNG, 'png'],
  [JPG, 'jpg'],
  [Buffer.from('GIF89a'), 'gif'],
  [Buffer.from('RIFF0000WEBPVP8 '), 'webp'],
  [Buffer.from('0000ftypavif0000'), 'avif'],
  [Buffer.from(SVG), 'svg'],
  [Buffer.from('\uFEFF  <svg>'), 'svg'],
  [Buffer.from('<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x"><svg >'), 'svg'],
  [Buffer.from('<html><svg>'), undefined],
  [Buffer.from('<!doctype html><svg>'), undefined],
  [Buffer.from(''), undefined],
])('knows the format of an image by its first bytes: %s', (bytes, extension) => {
  expect(imageFormat(bytes)).toBe(extension)
})

it('is not kept busy by what is nearly a drawing', () => {
  // Trying every way to divide the pieces would never end.
  for (const piece of ['<!---->', '<??>', ' ', '<!DOCTYPE svg>', '<!--', '<?'])
    expect(imageFormat(Buffer.from(`${piece.repeat(500)}x`))).toBeUndefined()
})
