import {readdirSync} from 'node:fs'
import path from 'node:path'
import {beforeEach, describe, expect, it} from 'vitest'
import {type Done, run} from './repository.ts'
import {folder} from './run-doccheck.ts'

// Each run is a process of its own, as libraries may look around in its folder; `npm test` builds it first.
const doccheck = (cwd: string, ...words: string[]): Promise<Done> =>
  run(cwd, process.execPath, [path.resolve('bin/doccheck.js'), ...words])

const COMMANDS = [
  ['.'],
  ['--config', 'trusted.json'],
  ['sites'],
  ['inspect', 'a.md'],
  ['config'],
  ['config', '--config', 'trusted.json'],
  ['baseline'],
]

/** A program that leaves a trace of having been run. */
const marks = (name: string) =>
  `require('node:fs').writeFileSync(${JSON.stringify(path.join(trace, name))}, '')\n`
const marksAsModule = (name: string) =>
  `import {writeFileSync} from 'node:fs'\nwriteFileSync(${JSON.stringify(path.join(trace, name))}, '')\n`
let trace = ''

beforeEach(() => {
  trace = folder()
})

const tree = (files: Record<string, string>) =>
  folder({
    'a.md': '# A\n',
    'b.md': '[gone](gone.md)\n',
    '.doccheckrc.json': '{"extends": "./base.json"}',
    'base.json': '{"rules": {"no-broken-link": "warn"}}',
    'trusted.json': '{"extends": "./base.json"}',
    ...files,
  })

/** Where cosmiconfig looks for a configuration of its own. */
const OWN = (): Record<string, string> => ({
  '.config/config.js': `${marks('js')}module.exports = {searchPlaces: ['evil.js']}`,
  '.config/config.yaml': 'a: [\n',
  '.config/config.cjs': `${marks('cjs')}module.exports = {searchPlaces: ['evil.js']}`,
  '.config/config.mjs': `${marksAsModule('mjs')}export default {searchPlaces: ['evil.js']}`,
  '.config/config.ts': `${marksAsModule('ts')}export default {searchPlaces: ['evil.js']}`,
  '.config/config.yml': '{"cosmiconfig": {"searchPlaces": ["evil.js"]}',
  '.config/config.json': '{"cosmiconfig": {"searchPlaces": ["evil.js"]}}',
  'package.json': '{"cosmiconfig": {"searchPlaces": ["evil.js"], "$import": "./evil.js"}}',
  'package.yaml': 'cosmiconfig: {searchPlaces: [evil.js]}',
})

describe('a configuration of cosmiconfig itself is neither read nor run', () => {
  const ignores = async (name: string, words: string[]) => {
    const cwd = tree({[name]: OWN()[name]!, 'evil.js': marks('evil')})
    const {code, err} = await doccheck(cwd, ...words)
    expect({code, err}).toEqual({code: 0, err: ''})
    expect(readdirSync(trace)).toEqual([])
  }
  it.each(COMMANDS.map((words) => words.join(' ')))('doccheck %s', async (words) => {
    for (const name of Object.keys(OWN()).slice(0, 2)) await ignores(name, words.split(' '))
  })
  it.each(Object.keys(OWN()))('%s', (name) => ignores(name, ['.']))
})
