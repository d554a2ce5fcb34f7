import path from 'node:path'
import {expect, it} from 'vitest'
import {type Done, run} from './repository.ts'
import {folder} from './run-doccheck.ts'

// Node itself loads the programs, and tells what is wrong with them; `npm test` builds doccheck first.
const doccheck = (cwd: string): Promise<Done> =>
  run(cwd, process.execPath, [path.resolve('bin/doccheck.js'), '--offline'])

const page = {'a.md': '[x](gone.md)\n'}

it.each([
  ['doccheck.config.mjs', 'throw new Error("boom\\nmore")', ':1:7', 'boom'],
  ['doccheck.config.mjs', 'const f = () => {\n  throw Error("x")\n}\nf()', ':2:9', 'x'],
  ['doccheck.config.mjs', 'throw "boom"', '', 'boom'],
  ['doccheck.config.mjs', 'export default {\n  rules: {,}\n}', ':2:11', "Unexpected token ','"],
  ['.doccheckrc.cjs', '\nmodule.exports = {,}', ':2:19', "Unexpected token ','"],
  ['.doccheckrc.cjs', '\nrequire("./gone")', ':2:9', "Cannot find module './gone'"],
  [
    'doccheck.config.mjs',
    'import "node:fs"\nawait import("gone-package")',
    ':2:14',
    "Cannot find package 'gone-package'",
  ],
  [
    'doccheck.config.mjs',
    'import {defineConfig} from "doccheck"',
    ':1:28',
    "Cannot find package 'doccheck'. The name of this package is 'doccheck-cli'",
  ],
  ['doccheck.config.mjs', '\n\nimport "./gone.mjs"', ':3:8', /^Cannot find module '.*gone.mjs'$/],
  ['doccheck.config.mjs', 'import {x} from "node:fs"', ':1:9', /does not provide an export named 'x'$/],
  ['doccheck.config.mjs', 'import {statSync} from "node:fs"\nstatSync("gone")', ':2:1', /^ENOENT: .*'gone'/],
  [
    'doccheck.config.mjs',
    '\nmodule.exports = {}',
    ':2:1',
    'module is not defined in ES module scope. Write `export default {…}`, or give the file the extension .cjs',
  ],
])('%s that is broken: %j', async (name, content, place, why) => {
  const cwd = folder({...page, [name]: content})
  const {code, err} = await doccheck(cwd)
  const start = `doccheck: The configuration ${path.join(cwd, name)}${place} cannot be read: `
  expect(err.slice(0, start.length)).toBe(start)
  expect(err.slice(start.length, -1)).toMatch(why)
  if (typeof why === 'string') expect(err.slice(start.length, -1)).toBe(why)
  expect([code, err.trimEnd().split('\n').length]).toEqual([2, 1])
})

it.each([
  ['throw Error("boom")', ':1:7: boom'],
  ['\nexport const a = ]', ":2:18: Unexpected token ']'"],
])('names the imported file that is broken: %j', async (content, why) => {
  const cwd = folder({...page, 'doccheck.config.mjs': 'import "./lib/a.mjs"', 'lib/a.mjs': content})
  const {code, err} = await doccheck(cwd)
  const [config, imported] = ['doccheck.config.mjs', 'lib/a.mjs'].map((name) => path.join(cwd, name))
  expect(err).toBe(`doccheck: The configuration ${config} cannot be read: ${imported}${why}\n`)
  expect(code).toBe(2)
})
it.each([
  [
    'doccheck.config.mjs',
    'export const config = {}',
    'has no default export. Write `export default {…}`, or `module.exports = {…}` in CommonJS',
  ],
  [
    '.doccheckrc.cjs',
    'const config = {rules: {}}',
    'has no default export. Write `export default {…}`, or `module.exports = {…}` in CommonJS',
  ],
  [
    'doccheck.config.mjs',
    'export default () => ({})',
    'exports a function. Expected an object: call the function, as in `export default await config()`',
  ],
  ['doccheck.config.mjs', 'export default []', 'exports a list. Expected an object'],
  ['doccheck.config.mjs', 'export default "strict"', 'exports a string. Expected an object'],
])('%s that exports no configuration: %s', async (name, content, why) => {
  const cwd = folder({...page, [name]: content})
  const {code, err} = await doccheck(cwd)
  expect(err).toBe(`doccheck: The configuration ${path.join(cwd, name)} ${why}\n`)
  expect(code).toBe(2)
})
it.each(['ts', 'mts', 'cts'])('.%s, where Node runs TypeScript', async (end) => {
  const name = `doccheck.config.${end}`
  const cwd = folder({
    ...page,
    [name]: `${end === 'cts' ? 'module.exports =' : 'export default'} {rules: {'no-broken-link': 'off'}} as {rules: object}\n`,
  })
  const {code, err} = await doccheck(cwd)
  const runs = 'typescript' in process.features && Boolean(process.features.typescript)
  const why = `Node ${process.versions.node} does not run TypeScript. Use Node 22.18 or later, or write the file in JavaScript`
  const refusal = `doccheck: The configuration ${path.join(cwd, name)} cannot be read: ${why}\n`
  expect([code, err]).toEqual(runs ? [0, ''] : [2, refusal])
})
