import {existsSync, lchownSync, mkdirSync, statSync, symlinkSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {afterEach, beforeEach, describe, expect, it, vi} from 'vitest'
import {doccheck, folder} from './run-doccheck.ts'

/** Only root can give files away. For anybody else, all of them are another user's as soon as this process is. */
const isRoot = process.getuid?.() === 0
const other = isRoot ? 1000 : (process.getuid?.() ?? 0)

const becomes = (uid: number) => vi.spyOn(process as Required<typeof process>, 'geteuid').mockReturnValue(uid)

beforeEach(() => {
  vi.stubEnv('SUDO_UID', '')
  becomes(0)
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
})

/** Another user's folder with a folder `work` in it, where doccheck is started. Programs leave a file behind. */
function foreign(data: Record<string, string>, programs: Record<string, string>) {
  const own = folder({'.git/HEAD': '', 'work/a.md': '# A\n', ...data})
  const ran = path.join(folder(), 'ran')
  for (const [name, what] of Object.entries(programs)) {
    mkdirSync(path.dirname(path.join(own, name)), {recursive: true})
    writeFileSync(
      path.join(own, name),
      `import {writeFileSync} from 'node:fs'\nwriteFileSync(${JSON.stringify(ran)}, '')\nexport default ${what}\n`,
    )
  }
  return {own, work: path.join(own, 'work'), hasRun: () => existsSync(ran)}
}

const give = (...places: string[]) => {
  if (isRoot) for (const place of places) lchownSync(place, other, other)
}

const refusal = (what: string, at: string, instead: string) =>
  `doccheck: ${what} is a program and was not run: ${at} is outside the current folder and belongs to user ${other}; ${instead}, or \`chown\` it\n`

const CONFIG = 'doccheck.config.mjs'

describe.skipIf(process.platform === 'win32')('above the current folder, of another user', () => {
  it('a configuration that is a program is not run', async () => {
    const {own, work, hasRun} = foreign({}, {[CONFIG]: '{}'})
    const file = path.join(own, CONFIG)
    give(own, file)
    const {code, err} = await doccheck(work, ['--offline'])
    const instead = `--config ${file} runs it, --no-config ignores it`
    expect({code, err}).toEqual({code: 2, err: refusal(`The configuration ${file}`, file, instead)})
    expect((await doccheck(work, ['--offline', '--no-config'])).code).toBe(0)
    expect(hasRun()).toBe(false)
    expect((await doccheck(work, ['--offline', '--config', file])).code).toBe(0)
    expect(hasRun()).toBe(true)
  })

  it('its folder counts, and so does a file in a folder of all', async () => {
    for (const at of isRoot ? ['', CONFIG] : ['']) {
      const {own, work, hasRun} = foreign({}, {[CONFIG]: '{}'})
      give(path.join(own, at))
      expect((await doccheck(work, ['--offline'])).code).toBe(2)
      expect(hasRun()).toBe(false)
    }
  })

  it.each([
    ['whoever became root by sudo', () => vi.stubEnv('SUDO_UID', String(other))],
    ['the user', () => void becomes(other)],
  ])('runs for %s', async (_, begin) => {
    const {own, work, hasRun} = foreign({}, {[CONFIG]: '{}'})
    give(own, path.join(own, CONFIG))
    begin()
    expect((await doccheck(work, ['--offline'])).code).toBe(0)
    expect(hasRun()).toBe(true)
  })

  it('is refused by SUDO_UID to one who is not root', async () => {
    const {own, work, hasRun} = foreign({}, {[CONFIG]: '{}'})
    give(own, path.join(own, CONFIG))
    becomes(4242)
    vi.stubEnv('SUDO_UID', String(other))
    expect((await doccheck(work, ['--offline'])).code).toBe(2)
    expect(hasRun()).toBe(false)
  })

  it('one in the current folder runs', async () => {
    const {own, work, hasRun} = foreign({}, {[`work/${CONFIG}`]: '{}'})
    give(own, work, path.join(work, CONFIG))
    expect((await doccheck(work, ['--offline'])).code).toBe(0)
    expect(hasRun()).toBe(true)
  })

  it.each([
    ['plugins', './plugin.mjs', 'plugin.mjs'],
    ['plugins', 'remark-own', 'node_modules/remark-own/index.mjs'],
    ['extends', './base.mjs', 'base.mjs'],
  ])('what data names is not run: %s %s', async (key, name, program) => {
    const config = JSON.stringify({[key]: [name]})
    const {own, work, hasRun} = foreign(
      {'.doccheckrc.json': config, 'node_modules/remark-own/package.json': '{"main": "index.mjs"}'},
      {[program]: key === 'plugins' ? '() => () => {}' : '{}'},
    )
    const place = path.join(own, program.replace('/index.mjs', ''))
    give(own, place)
    const file = path.join(own, '.doccheckrc.json')
    const {code, err} = await doccheck(work, ['--offline'])
    const instead = `--config ${file} runs it, --no-config ignores it`
    expect({code, err}).toEqual({code: 2, err: refusal(`${file}: "${name}" in "${key}"`, place, instead)})
    expect(hasRun()).toBe(false)
    expect((await doccheck(work, ['--offline', '--config', file])).code).toBe(0)
    expect(hasRun()).toBe(true)
  })

  it('data is taken', async () => {
    const {own, work} = foreign(
      {'.doccheckrc.json': '{"ignore": ["work/b.md"]}', 'work/b.md': '[x](x.md)\n'},
      {},
    )
    give(own, path.join(own, '.doccheckrc.json'))
    expect((await doccheck(work, ['--offline'])).code).toBe(0)
  })

  it.each(['node_modules/vfile-reporter-own', ''])('a reporter is not run: %s', async (place) => {
    const manifest = '{"name": "vfile-reporter-own", "main": "own.mjs", "exports": "./own.mjs"}'
    const {own, work, hasRun} = foreign(
      {[path.join(place, 'package.json')]: manifest},
      {[path.join(place, 'own.mjs')]: "() => 'own report'"},
    )
    const at = path.join(own, place || 'own.mjs')
    give(own, at)
    const {code, err} = await doccheck(work, ['--offline', '--reporter', 'own'])
    expect(code).toBe(2)
    expect(err).toBe(
      refusal('The package `vfile-reporter-own`', at, 'install it in the current folder').replace(
        'doccheck: ',
        'doccheck: Reporter own failed: ',
      ),
    )
    expect(hasRun()).toBe(false)
    // A link to it is the user's own.
    mkdirSync(path.join(work, 'node_modules'))
    if (place) symlinkSync(at, path.join(work, place))
    expect((await doccheck(work, ['--offline', '--reporter', 'own'])).code).toBe(place ? 0 : 2)
    expect(statSync(own).uid).toBe(other)
  })
})
