import {spawn, spawnSync} from 'node:child_process'
import {existsSync, rmSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {describe, expect, it, onTestFinished} from 'vitest'
import {doccheck, folder} from './run-doccheck.ts'

const bin = path.resolve('bin/doccheck.js')

// Only the built command has a second thread; `npm test` builds it first.
it('finds the same in two threads as in one', async () => {
  const files: Record<string, string> = {'latin.md': ''}
  for (let index = 0; index < 400; index++)
    files[`part-${index % 7}/page-${index}.md`] =
      `---\ntitle: Page ${index}\nlist:\n  - é\n---\n\n# Página ${index} 🚀\n\n[next](../part-${(index + 1) % 7}/page-${index + 1}.md#página-${index + 1}-) ` +
      `[gone](gone-${index}.md) [x][undefined ${index}]\n\n<!-- lint ignore no-missing-anchor -->\n\n[a](#nowhere)\n\n[b](#nowhere)\n`
  const cwd = folder(files)
  const words = ['--offline', '--reporter', 'json']
  const built = spawnSync('node', [bin, ...words], {cwd, encoding: 'utf8', maxBuffer: 1 << 28})
  const plain = await doccheck(cwd, words)
  const strip = (text: string) =>
    JSON.parse(text).map(({path: name, messages}: {path: string; messages: object[]}) => ({name, messages}))
  const found = strip(built.stdout)
  expect(found).toEqual(strip(plain.out))
  expect(found).toHaveLength(401)
  // A missing file and an undefined reference on each page, an anchor that no comment covers, the last page's next one.
  expect(found.flatMap(({messages}: {messages: object[]}) => messages)).toHaveLength(400 * 3 + 1)
  expect([built.status, built.stderr]).toEqual([1, ''])
})

it('starts by its own name, from any folder', () => {
  const cwd = folder({'a.md': '# A\n'})
  const {stdout, status} = spawnSync('node', [bin, '--offline'], {cwd, encoding: 'utf8'})
  expect(stdout).toMatch(/^1 file checked in \d\.\d s: no problems\n$/)
  expect(status).toBe(0)
})

it('says nothing when nobody reads its report to the end', () => {
  const links = Array.from({length: 5000}, (_, index) => `[gone](gone-${index}.md)\n`).join('\n')
  const cwd = folder({'a.md': links})
  // A pipe holds less than the report of so many.
  const {stdout, stderr, status} = spawnSync('sh', ['-c', '"$0" "$1" --offline | head -n 1', 'node', bin], {
    cwd,
    encoding: 'utf8',
  })
  expect([stdout, stderr, status]).toEqual([expect.stringMatching(/^a\.md:1:8 .*\n$/), '', 0])
})

// Vitest reads modules in its own way.
it.each([
  ['doccheck.config.js', 'export default {', 'Unexpected end of input'],
  ['.doccheckrc.cjs', 'module.exports = {', 'Unexpected end of input'],
  ['doccheck.config.mjs', 'import "gone-package"', "Cannot find package 'gone-package'"],
  ['package.json', '{"doccheck": {}', 'Close brace expected'],
])('says why %s cannot be read', (name, content, why) => {
  const cwd = folder({'a.md': '# A\n', [name]: content})
  // Some programs color what they say in CI.
  const env = {...process.env, CI: 'true'}
  const {stderr, status} = spawnSync('node', [bin, '--offline'], {cwd, env, encoding: 'utf8'})
  expect(stderr).toMatch(/^doccheck: The configuration [^\n]* cannot be read: [^\n]*\n$/)
  expect(stderr.split(' cannot be read: ')[1]).toContain(why)
  expect(status).toBe(2)
})

it.each([
  ['.doccheckrc.js', `module.exports = {rules: {'no-broken-link': 'off'}}`],
  ['.doccheckrc.cjs', `module.exports = {rules: {'no-broken-link': 'off'}}`],
  ['doccheck.config.js', `export default {rules: {'no-broken-link': 'off'}}`],
  ['doccheck.config.mjs', `export default {rules: {'no-broken-link': 'off'}}`],
])('takes the configuration of %s', (name, content) => {
  const cwd = folder({'a.md': '[x](gone.md)\n', [name]: content})
  expect(spawnSync('node', [bin, '--offline'], {cwd, encoding: 'utf8'})).toMatchObject({
    status: 0,
    stderr: '',
  })
})

describe.skipIf(!existsSync('/dev/full'))('where standard output has no room', () => {
  const run = (line: string) => {
    const cwd = folder({'a.md': '[gone](gone.md)\n'})
    const {stderr, status} = spawnSync('bash', ['-c', line, 'node', bin, '--offline'], {
      cwd,
      encoding: 'utf8',
    })
    return {stderr, status}
  }
  const full = 'doccheck: Standard output cannot be written: the disk is full\n'

  it.each(['', '--help', '--version', '--reporter json', 'rules', 'inspect a.md'])(
    'says so, and has not run: %s',
    (words) => {
      const line = words.startsWith('-') || words === '' ? `"$0" "$@" ${words}` : `"$0" "$1" ${words}`
      expect(run(`${line} >/dev/full`)).toEqual({stderr: full, status: 2})
    },
  )

  it('says it once, and of a limit and standard error too', () => {
    expect(run('"$0" "$@" --reporter text --reporter json --reporter junit >/dev/full')).toEqual({
      stderr: full,
      status: 2,
    })
    expect(run('trap "" XFSZ; ulimit -f 0; "$0" "$@" >out')).toEqual({
      stderr: 'doccheck: Standard output cannot be written: the file is larger than the system allows\n',
      status: 2,
    })
    expect(run('"$0" "$1" --max-warnings 0 --rule "no-broken-link: warn" --offline 2>/dev/full').status).toBe(
      2,
    )
    expect(run('"$0" "$@" >/dev/full 2>&1').status).toBe(2)
    // It is no failure that nobody reads on.
    expect(run('"$0" "$@" --reporter json | true; exit ${PIPESTATUS[0]}')).toEqual({stderr: '', status: 1})
  })
})

/** `doccheck --watch` as its users start it; `next` waits for what the next check prints. */
function watching(cwd: string) {
  const child = spawn('node', [bin, '--watch', '--offline'], {cwd})
  onTestFinished(() => void child.kill())
  let said = ''
  let wake = () => {}
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data) => {
      said += data
      wake()
    })
  return async () => {
    while (!said.includes('Watching')) await new Promise<void>((resolve) => (wake = resolve))
    const text = said
    said = ''
    return text
  }
}

// Vitest imports modules in its own way.
it.each(['doccheck.config.mjs', 'doccheck.config.js', '.doccheckrc.cjs'])(
  'watches %s',
  async (name) => {
    const cwd = folder({'a.md': '[x](gone.md)\n'})
    const put = (severity: string) => {
      const start = name.endsWith('.cjs') ? 'module.exports =' : 'export default'
      writeFileSync(path.join(cwd, name), `${start} {rules: {'no-broken-link': '${severity}'}}\n`)
    }
    put('error')
    const next = watching(cwd)
    expect(await next()).toContain('1 error')
    put('warn')
    expect(await next()).toContain('1 warning')
    put('off')
    expect(await next()).toContain('no problems')
  },
  300_000,
)

it('watches the rules of plugins', async () => {
  const rule = (words: string) => `import {defineRule} from ${JSON.stringify(path.resolve('dist/index.js'))}
    export default defineRule({name: 'mine', needs: 'page', severity: 'error', options: {}}, (page, {report}) =>
      report({start: 0, end: 1, message: '${words}'}))`
  const config = '{"plugins": ["./mine.mjs"]}'
  const cwd = folder({'a.md': '# A\n', 'mine.mjs': rule('Unexpected A'), '.doccheckrc.json': config})
  const next = watching(cwd)
  expect(await next()).toContain('Unexpected A')
  writeFileSync(path.join(cwd, 'mine.mjs'), rule('Unexpected letter'))
  expect(await next()).toContain('Unexpected letter')
})

it('ends a watch of a folder that vanishes', async () => {
  for (let times = 0; times < 6; times++) {
    const cwd = folder({'a.md': '[x](gone.md)\n', 'doccheck.config.mjs': 'export default {}\n'})
    const child = spawn('node', [bin, '--watch', '--offline'], {cwd})
    const ended = new Promise((resolve) => child.on('exit', resolve))
    await new Promise<void>((resolve) =>
      child.stderr.on('data', (data) => String(data).includes('Watching') && resolve()),
    )
    child.kill()
    rmSync(cwd, {recursive: true, force: true})
    expect([1, 2]).toContain(await ended)
  }
})

it.each([
  [
    'a timer',
    'setTimeout(() => { throw new Error("boom") }, 0)\nexport default () => {}',
    /unexpected error: boom/,
  ],
  ['a promise', 'Promise.reject(new Error("boom"))\nexport default () => {}', /unexpected error: boom/],
  ['what never ends', 'export default () => () => new Promise(() => {})', /did not finish/],
])('ends with 2 where %s of a plugin goes wrong', (_, code, words) => {
  const config = {'.doccheckrc.json': '{"plugins": ["./plugin.mjs"]}', 'plugin.mjs': code}
  const cwd = folder({...config, 'a.md': '[a](gone.md)\n'})
  const {stderr, status} = spawnSync('node', [bin, '--offline'], {cwd, encoding: 'utf8'})
  expect(stderr).toMatch(words)
  expect(status).toBe(2)
})

it('says that the current folder no longer exists', () => {
  const line = 'rmdir "$PWD" && exec "$0" "$1" --offline'
  const {stdout, stderr, status} = spawnSync('sh', ['-c', line, process.execPath, bin], {
    cwd: folder(),
    encoding: 'utf8',
  })
  expect([stdout, stderr, status]).toEqual(['', 'doccheck: The current folder no longer exists\n', 2])
})
