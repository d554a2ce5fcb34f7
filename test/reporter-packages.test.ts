import {symlinkSync} from 'node:fs'
import path from 'node:path'
import {expect, it} from 'vitest'
import {doccheck, folder} from './run-doccheck.ts'

/** A folder with a page that has one finding, and this package. */
function withPackage(name: string, manifest: object, code: string): string {
  return folder({
    'a.md': '[b](b.md)\n',
    [`node_modules/${name}/package.json`]: JSON.stringify({name, version: '1.0.0', ...manifest}),
    [`node_modules/${name}/main.js`]: code,
  })
}

const run = (cwd: string, name: string) => doccheck(cwd, ['--offline', '--no-config', '--reporter', name])

const BODY = 'files.map((file) => `${file.path}=${file.messages.length}`).join()'
const ESM = {type: 'module', exports: {import: './main.js'}}

it.each([
  ['an import of default', ESM, `export default (files) => ${BODY}`],
  ['an import of `reporter`', ESM, `export const reporter = (files) => ${BODY}`],
  ['a promise', ESM, `export default async (files) => ${BODY}`],
  [
    'a name of its own',
    ESM,
    `export const other = () => 'no'; export const reporterExample = (files) => ${BODY}`,
  ],
  ['CommonJS', {main: 'main.js'}, `module.exports = (files) => ${BODY}`],
  ['CommonJS with `reporter`', {main: './main'}, `module.exports = {['report' + 'er']: (files) => ${BODY}}`],
  [
    'CommonJS made from a module',
    {exports: {require: './main.js', default: './main.js'}},
    `Object.defineProperty(exports, '__esModule', {value: true}); exports.default = (files) => ${BODY}`,
  ],
])('takes a package with %s', async (_, manifest, code) => {
  const cwd = withPackage('vfile-reporter-example', manifest, code)
  expect(await run(cwd, 'example')).toEqual({code: 1, out: 'a.md=1\n', err: ''})
  expect((await run(cwd, 'vfile-reporter-example')).out).toBe('a.md=1\n')
})

it('takes a package with a scope', async () => {
  const cwd = withPackage('@team/reporter', ESM, `export default (files) => ${BODY}`)
  expect((await run(cwd, '@team/reporter')).out).toBe('a.md=1\n')
})

it.each([
  ['exports no function', 'export const reporter = 1', /Reporter example failed: it exports no function\n/],
  ['throws as it is loaded', 'throw new Error("broken")', /Reporter example failed: broken\n/],
  ['throws what is no error', 'throw "broken"', /Reporter example failed: broken\n/],
  [
    'cannot make its report',
    'export default () => { throw new Error("no way") }',
    /Reporter example failed: no way\n/,
  ],
  [
    'needs what is not there',
    'import "vfile-reporter-gone"; export default () => ""',
    /Reporter example failed: Cannot find package 'vfile-reporter-gone'/,
  ],
])('says so where a package %s', async (_, code, error) => {
  const {code: exit, err} = await run(withPackage('vfile-reporter-example', ESM, code), 'example')
  expect(err).toMatch(error)
  expect(exit).toBe(2)
})

it.each(['constructor', '__proto__', 'toString'])('finds no reporter in %s', async (name) => {
  const {code, err} = await run(folder({'a.md': ''}), name)
  expect(err).toMatch(/Unknown reporter .*: expected one of .* or an installed package /)
  expect(code).toBe(2)
})

it('says so where a package cannot be imported', async () => {
  const cwd = withPackage('vfile-reporter-example', {exports: {browser: './main.js'}}, '')
  const {code, err} = await run(cwd, 'example')
  expect(err).toMatch(/Reporter example failed: No "exports" main defined/)
  expect(code).toBe(2)
})

it.each([
  ['vfile-reporter-pretty', /Unexpected link to missing file b\.md/],
  ['vfile-reporter-json', /"reason": ?"Unexpected link to missing file `b\.md`"/],
  ['vfile-reporter', /error Unexpected link to missing file `b\.md`/],
])('takes %s', async (name, said) => {
  const cwd = folder({'a.md': '[b](b.md)\n', 'node_modules/note.txt': ''})
  symlinkSync(path.resolve('node_modules', name), path.join(cwd, 'node_modules', name))
  const {out, err} = await run(cwd, name)
  expect(err).toBe('')
  expect(out.replace(/\x1b\[[\d;]*m/g, '')).toMatch(said)
})
