import {readdirSync, readFileSync} from 'node:fs'
import path from 'node:path'
import {defineConfig} from 'vitest/config'
import full from './vitest.config.js'

/** Modules that start other programs: Git, generators, a browser, the built doccheck. */
const STARTS_PROGRAMS = /'(?:node:child_process|\.\/(?:needs|built-site|browser|repository)\.ts)'|\bdist\//

/** Modules that replace others would do so for every test, since tests share their modules here. */
const REPLACES_MODULES = /\bvi\.mock\(/

const fast = readdirSync('test')
  .filter((file) => file.endsWith('.test.ts'))
  .map((file) => path.posix.join('test', file))
  .filter((file) => {
    const source = readFileSync(file, 'utf8')
    return !STARTS_PROGRAMS.test(source) && !REPLACES_MODULES.test(source)
  })

// `npm run test:fast`: the tests that need no other program than Node.
export default defineConfig({
  ...full,
  test: {...full.test, include: fast, env: {DOCCHECK_FAST: '1'}, isolate: false},
})
