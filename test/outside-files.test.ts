import {mkdirSync, rmSync, symlinkSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {describe, expect, it} from 'vitest'
import {run} from './repository.ts'
import {doccheck, folder} from './run-doccheck.ts'

/** What must be seen nowhere. */
const SECRET = 'geheim-4711'

/** A tree with a configuration, beside a folder with secrets that symlinks of the tree lead to. */
function machine(config: unknown, files: Record<string, string> = {}) {
  const top = folder({
    'home/secret.json': JSON.stringify({
      required: [SECRET],
      properties: {title: {const: SECRET}},
      [SECRET]: 1,
      rules: {[SECRET]: 'off'},
    }),
    'home/secret.yaml': `${SECRET}: [\n`,
    'home/secret.mjs': `throw new Error('${SECRET}')\n`,
    'home/linked/package.json': '{"main": "own.json"}',
    'home/linked/own.json': `{"${SECRET}": 1}`,
    'home/linked/own.cjs': "module.exports = {ignore: ['**']}",
    'home/node_modules/shared/package.json': '{"main": "own.json"}',
    'home/node_modules/shared/own.json': '{"extends": "./more.json"}',
    'home/node_modules/shared/more.json': '{"ignore": ["**"]}',
    'tree/.git/HEAD': `${SECRET}\n`,
    'tree/.git/secret.json': `{"required": ["${SECRET}"], "${SECRET}": 1}`,
    'tree/a.md': '---\ntitle: x\n---\n',
    'tree/docs/b.md': '# B\n',
  })
  const cwd = path.join(top, 'tree')
  for (const name of ['secret.json', 'secret.yaml', 'secret.mjs'])
    symlinkSync(path.join(top, 'home', name), path.join(cwd, `link-${name}`))
  symlinkSync('../home', path.join(cwd, 'linked-folder'))
  for (const [name, text] of Object.entries({'.doccheckrc.json': JSON.stringify(config), ...files})) {
    mkdirSync(path.dirname(path.join(cwd, name)), {recursive: true})
    writeFileSync(path.join(cwd, name), text)
  }
  return {top, cwd}
}

const withSchema = (schema: string) => ({
  rules: {'front-matter': ['error', {schemas: [{files: '**', schema}]}]},
})

/** Names of files that the tree may not name, by what stands for the folder around it. */
const OUTSIDE = [
  'TOP/home/secret.json',
  'TOP/home/secret.yaml',
  'TOP/home/nothing.json',
  '../home/secret.json',
  '../home/secret',
  './docs/../../home/secret.json',
  './link-secret.json',
  './link-secret.yaml',
  './linked-folder/secret.json',
  './.git/secret.json',
]

describe('a configuration of the tree names no file outside of it', () => {
  const refuses = async (what: string, config: (name: string) => unknown, name: string) => {
    const {top, cwd} = machine({})
    const own = name.replace('TOP', top)
    writeFileSync(path.join(cwd, '.doccheckrc.json'), JSON.stringify(config(own)))
    for (const words of [
      [],
      ['config'],
      ['baseline'],
      ['sites'],
      ['inspect', 'a.md'],
      ['--no-config-code'],
    ]) {
      const {code, out, err} = await doccheck(cwd, words)
      expect(err).toMatch(/leads out of the tree, to |leads to git's own files, /)
      const named = what.replace('NAME', own)
      const place = /\.doccheckrc\.json:1:\d+: /.exec(err)?.[0]
      expect(err.startsWith(`doccheck: ${cwd}/${place}${named} `), err).toBe(true)
      expect(out + err).not.toContain(SECRET)
      expect([code, err.trimEnd().split('\n').length]).toEqual([2, 1])
    }
  }
  it.each(OUTSIDE)('as a schema: %s', (name) => refuses('"NAME" of "front-matter"', withSchema, name))
  it.each(OUTSIDE)('by extends: %s', (name) =>
    refuses('"NAME" in "extends"', (own) => ({extends: own}), name),
  )
  it.each(OUTSIDE)('as a baseline: %s', (name) => refuses('"baseline"', (baseline) => ({baseline}), name))
  it.each(OUTSIDE)('as the cache: %s', (location) =>
    refuses('"remote.cache.location"', (own) => ({remote: {cache: {location: own}}}), location),
  )
  it.each(['../home/secret.mjs', './link-secret.mjs', 'TOP/home/secret.mjs'])(
    'as a plugin: %s',
    async (name) => {
      const {top, cwd} = machine({})
      writeFileSync(path.join(cwd, '.doccheckrc.json'), JSON.stringify({plugins: [name.replace('TOP', top)]}))
      const {code, err} = await doccheck(cwd, [])
      expect(err).toMatch(/".*" in "plugins" leads out of the tree, to /)
      expect(err).not.toContain(SECRET)
      expect(code).toBe(2)
    },
  )
  it('by way of a package', async () => {
    const {top, cwd} = machine({})
    mkdirSync(path.join(cwd, 'node_modules/main'), {recursive: true})
    writeFileSync(path.join(cwd, 'node_modules/main/package.json'), '{"main": "../../../home/secret.json"}')
    symlinkSync(path.join(top, 'home/linked'), path.join(cwd, 'node_modules/linked'))
    symlinkSync(path.join(top, 'home/node_modules/shared'), path.join(cwd, 'node_modules/shared'))
    const told = async (name: string, ...words: string[]) => {
      writeFileSync(path.join(cwd, '.doccheckrc.json'), JSON.stringify({extends: name}))
      const {out, err} = await doccheck(cwd, ['config', ...words])
      expect(out + err).not.toContain(SECRET)
      return err === '' ? JSON.parse(out).ignore : err
    }
    for (const words of [[], ['--no-config-code']]) {
      for (const name of ['linked', 'linked/own', 'main'])
        expect(await told(name, ...words)).toMatch(
          / leads out of the tree, .* not in a node_modules folder\n$/,
        )
      expect(await told('linked/../../../home/secret.json', ...words)).toMatch(
        / is not the name of a package\n$/,
      )
      expect(await told('shared', ...words)).toEqual(['**'])
    }
    // Whoever has a program of theirs linked here wants it to be run.
    expect(await told('linked/own.cjs')).toEqual(['**'])
  })
  it('by what it extends, nor by an override', async () => {
    const {cwd} = machine(
      {extends: './docs/more.json'},
      {
        'docs/more.json': JSON.stringify({overrides: [{files: '**', ...withSchema('../home/secret.json')}]}),
      },
    )
    const {code, err} = await doccheck(cwd, [])
    expect(err).toMatch(
      /docs\/more\.json:1:\d+: "\.\.\/home\/secret\.json" of "front-matter" leads out of the tree/,
    )
    expect(code).toBe(2)
  })
  it("nor writes images into git's own folder", async () => {
    const {cwd} = machine({remote: {assets: 'x/.git/hooks'}})
    expect((await doccheck(cwd, [])).err).toMatch(/"remote\.assets" must be a folder within the tree/)
  })
})

describe('a configuration of the tree is one of its own files', () => {
  it.each([
    ['.doccheckrc.json', '../home/secret.json'],
    ['.doccheckrc', '../home/secret.yaml'],
    ['doccheck.config.mjs', '../home/secret.mjs'],
  ])('%s is no symlink to another place', async (name, target) => {
    const {top, cwd} = machine({}, {'.doccheckrc.json': ''})
    rmSync(path.join(cwd, '.doccheckrc.json'))
    symlinkSync(target, path.join(cwd, name))
    for (const words of [[], ['--config', name], ['--config', `linked-folder/${path.basename(target)}`]]) {
      const {code, out, err} = await doccheck(cwd, words)
      expect(err).toContain(
        `is a symlink out of the tree, to ${path.join(top, 'home', path.basename(target))}. Name that file itself with --config`,
      )
      expect(out + err).not.toContain(SECRET)
      expect(code).toBe(2)
    }
  })
  it('and may be a symlink within the tree', async () => {
    const {cwd} = machine({}, {'docs/rc.json': '{"ignore": ["**"]}'})
    symlinkSync('rc.json', path.join(cwd, 'docs/.doccheckrc.json'))
    const {out} = await doccheck(path.join(cwd, 'docs'), ['config'])
    expect(JSON.parse(out).ignore).toEqual(['**'])
  })
  it.skipIf(process.platform === 'win32')('is a regular file', async () => {
    const {cwd} = machine({})
    expect((await run(cwd, 'mkfifo', ['docs/.doccheckrc', 'docs/package.json', 'x.json'])).code).toBe(0)
    expect((await doccheck(path.join(cwd, 'docs'), [])).err).toMatch(/\.doccheckrc is not a regular file/)
    expect((await doccheck(cwd, ['--config', 'x.json'])).err).toMatch(/x\.json is not a regular file/)
    writeFileSync(path.join(cwd, '.doccheckrc.json'), '{"extends": "./x.json"}')
    expect((await doccheck(cwd, [])).err).toMatch(/x\.json is not a regular file/)
  })
})

describe('a configuration outside of the tree, which the user named', () => {
  it('names files anywhere', async () => {
    const {top, cwd} = machine({})
    const files = {
      'conf/rc.json': JSON.stringify({extends: ['./more.json', path.join(top, 'other/rc.json')]}),
      'conf/more.json': JSON.stringify(withSchema('../schemas/post.json')),
      'other/rc.json': '{"rules": {"no-broken-link": "error"}}',
      'schemas/post.json': '{"required": ["date"]}',
    }
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(top, name)), {recursive: true})
      writeFileSync(path.join(top, name), text)
    }
    const {out, code} = await doccheck(cwd, ['--config', '../conf/rc.json'])
    expect(out).toContain('Unexpected front matter without `date`')
    expect(code).toBe(1)
  })
  it('does not make others of the tree that it extends do so', async () => {
    const {top, cwd} = machine(withSchema('../home/secret.json'))
    writeFileSync(path.join(top, 'rc.json'), '{"extends": "./tree/.doccheckrc.json"}')
    const {err, code} = await doccheck(cwd, ['--config', '../rc.json'])
    expect(err).toMatch(
      /tree\/\.doccheckrc\.json:1:11: "\.\.\/home\/secret\.json" of "front-matter" leads out of the tree/,
    )
    expect(code).toBe(2)
  })
  it('is not led astray by symlinks of the tree', async () => {
    const {top, cwd} = machine({})
    for (const config of [withSchema('tree/link-secret.json'), {extends: './tree/link-secret.json'}]) {
      writeFileSync(path.join(top, 'rc.json'), JSON.stringify(config))
      const {out, err, code} = await doccheck(cwd, ['--config', '../rc.json'])
      expect(err).toMatch(/leads out of the tree/)
      expect(out + err).not.toContain(SECRET)
      expect(code).toBe(2)
    }
  })
})
