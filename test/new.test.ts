import {spawnSync} from 'node:child_process'
import {cpSync, existsSync, readFileSync, symlinkSync} from 'node:fs'
import path from 'node:path'
import {expect, it} from 'vitest'
import {folder} from './run-doccheck.ts'

const NOT_COPIED = [
  '.git',
  'coverage',
  'dist',
  'node_modules',
  'test/engine-parts',
  'test/engines',
  'test/sites',
].map((name) => path.resolve(name))

it('npm run new:* adds parts that are tested, formatted, typed and documented', () => {
  const copy = folder()
  cpSync('.', copy, {recursive: true, filter: (source) => !NOT_COPIED.includes(path.resolve(source))})
  symlinkSync(path.resolve('node_modules'), path.join(copy, 'node_modules'))
  const run = (command: string, ...args: string[]) => {
    // npm hands its own settings down, such as the `--call` of an npx that runs these tests.
    const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)))
    // With `CI`, the last run would not write a snapshot that is missing.
    const env = {...own, CI: '1', NODE_ENV: undefined, VITEST: undefined}
    const {status, stdout, stderr} = spawnSync(command, args, {cwd: copy, encoding: 'utf8', env})
    expect({status, said: status === 0 ? '' : stdout + stderr}).toEqual({status: 0, said: ''})
    return stdout
  }
  const read = (file: string) => readFileSync(path.join(copy, file), 'utf8')

  run('npm', 'run', 'new:rule', 'no-new-thing')
  run('npm', 'run', 'new:platform', 'new-site', 'new-site.toml')
  run('npm', 'run', 'new:reporter', 'new-lines')

  run('npx', 'tsc', '--noEmit')
  run('npx', 'biome', 'check', '.')
  const tests = [
    'no-new-thing',
    'new-site',
    'new-lines',
    'rules',
    'fixtures',
    'generated',
    'architecture',
    'detect',
  ]
  run('npx', 'vitest', 'run', ...tests.map((name) => `test/${name}.test.ts`))
  expect(read('fixtures/rules/no-new-thing.txt')).toContain('no-new-thing')
  expect(read('fixtures/new-site/site.txt')).toContain('no-broken-link')
  expect(read('docs/sites.md')).toContain('- NewSite: `new-site.toml`')
  expect(read('docs/reports.md')).toContain('| `new-lines` |')
  expect(existsSync(path.join(copy, 'docs/rules/no-new-thing.md'))).toBe(true)

  const again = spawnSync('node', ['scripts/new.js', 'rule', 'no-new-thing'], {cwd: copy, encoding: 'utf8'})
  expect([again.status, again.stderr]).toEqual([1, 'rules/no-new-thing.ts already exists\n'])
  const odd = spawnSync('node', ['scripts/new.js', 'rule', 'NoNewThing'], {cwd: copy, encoding: 'utf8'})
  expect([odd.status, odd.stderr]).toEqual([2, expect.stringContaining('Usage: npm run new:rule')])
})
