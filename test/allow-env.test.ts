import {afterAll, beforeAll, beforeEach, expect, it} from 'vitest'
import {type HostileServer, startHostileServer} from './hostile-server.ts'
import {doccheck, folder} from './run-doccheck.ts'

let server: HostileServer

beforeAll(async () => {
  server = await startHostileServer()
})
afterAll(() => server.close())
beforeEach(() => {
  server.requests.length = 0
  server.headers.length = 0
})

const env = {TOKEN: 'geheim-1', OTHER: 'geheim-2'}

/** A tree whose configuration sends variables to a server on loopback, as an image of it is asked for. */
const docs = (...values: string[]) =>
  folder({
    'a.md': `![a](${server.base}/ok.png)\n`,
    '.doccheckrc.json': JSON.stringify({
      remote: {
        allowPrivate: [`127.0.0.1:${server.port}`],
        hosts: {
          '127.0.0.1': {headers: Object.fromEntries(values.map((value, index) => [`X-${index}`, value]))},
        },
      },
    }),
  })

it.each([
  [[], {}],
  [['--fix'], {}],
  [['--diff'], {}],
  [['--fix', '--localize-images'], {}],
  [['baseline'], {}],
  [['--stdin'], {}],
  [['--allow-env', 'OTHER'], {}],
  [[], {DOCCHECK_ALLOW_ENV: 'OTHER,TOKE,TOKENS'}],
])('sends no variable of the environment that nobody allowed: %j %j', async (words, more) => {
  const {code, out, err} = await doccheck(docs('Bearer ${TOKEN}'), words, {env: {...env, ...more}})
  expect(err).toBe(
    'doccheck: The configuration sends the environment variable TOKEN to `127.0.0.1`, which is not allowed: use `--allow-env TOKEN` or set DOCCHECK_ALLOW_ENV=TOKEN to allow it\n',
  )
  expect(code).toBe(2)
  expect(out + err).not.toContain('geheim')
  expect(server.requests).toEqual([])
})

it.each([
  [['--allow-env', 'TOKEN', '--allow-env', 'OTHER'], {}],
  [['--allow-env', 'TOKEN,OTHER'], {}],
  [[], {DOCCHECK_ALLOW_ENV: 'TOKEN, OTHER'}],
  [['--allow-env', 'TOKEN'], {DOCCHECK_ALLOW_ENV: 'OTHER'}],
])('sends those that are allowed: %j %j', async (words, more) => {
  const {code, err} = await doccheck(docs('Bearer ${TOKEN}', '${OTHER}${TOKEN}'), words, {
    env: {...env, ...more},
  })
  expect({code, err}).toEqual({code: 0, err: ''})
  expect(server.headers.length).toBeGreaterThan(0)
  for (const [, headers] of server.headers)
    expect(headers).toMatchObject({'x-0': 'Bearer geheim-1', 'x-1': 'geheim-2geheim-1'})
})

it('asks nothing of a host for which an allowed variable is not set', async () => {
  const {code, out} = await doccheck(docs('${TOKEN}'), ['--allow-env', 'TOKEN'])
  expect(out).toContain('environment variable TOKEN for its host is not set')
  expect(code).toBe(0)
  expect(server.requests).toEqual([])
})

it.each([[['--offline']], [['config']], [['sites']], [['inspect', 'a.md']]])(
  'needs no leave where nothing is sent: %j',
  async (words) => {
    const {code, out} = await doccheck(docs('Bearer ${TOKEN}'), words, {env})
    expect(code).toBe(0)
    expect(out).not.toContain('geheim')
  },
)
