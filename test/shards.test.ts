import {execFile} from 'node:child_process'
import {once} from 'node:events'
import {mkdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs'
import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import path from 'node:path'
import {promisify} from 'node:util'
import fc from 'fast-check'
import {describe, expect, it, onTestFinished} from 'vitest'
import {parse} from 'yaml'
import {HARM} from './hostile-report.ts'
import {doccheck, folder, type Ran} from './run-doccheck.ts'
import {faultsOfWorkflow, hasLinters} from './workflows.ts'

const execute = promisify(execFile)

/** A server that knows no page, and records what is requested. */
async function server() {
  const asked: string[] = []
  const own = createServer((request, response) => {
    asked.push(request.url!)
    response.writeHead(request.url!.includes('here') ? 200 : 404).end()
  })
  own.listen(0, '127.0.0.1')
  await once(own, 'listening')
  onTestFinished(() => void own.close())
  return {asked, host: `127.0.0.1:${(own.address() as AddressInfo).port}`}
}

/** Run all shards, and merge their reports. */
async function inShards(
  root: string,
  count: number,
  options: readonly string[],
  merge: readonly string[],
): Promise<Ran> {
  const reports = folder()
  for (let index = 1; index <= count; index++) {
    const blob = path.join(reports, `shard-${index}/report.json`)
    const ran = await doccheck(root, [
      ...options,
      '--shard',
      `${index}/${count}`,
      '--reporter',
      `blob:${blob}`,
    ])
    expect(ran.err).toBe('')
  }
  return doccheck(root, ['merge-reports', reports, ...merge])
}

/** A report without its duration. */
const timeless = (text: string) => text.replace(/ in \d+\.\d s/g, '').replace(/ time="[\d.]+"/g, '')

describe('all shards together', () => {
  const part = fc.record({
    folder: fc.constantFrom('', 'a/', 'b/c/'),
    links: fc.array(
      fc.constantFrom('x.md', '/a/p0.md', 'p1.md#no', '#top', '../p2.md', '/gone.png', 'p0.md', 'B/p3.md'),
      {maxLength: 6},
    ),
    extra: fc.constantFrom(
      '',
      '[x]: y.md\n',
      '[z][nowhere]\n',
      '---\na: 1\na: 2\n---\n',
      '<!-- lint disable no-broken-link -->\n',
    ),
  })

  it('report what one run reports', async () => {
    const tree = fc.array(part, {minLength: 1, maxLength: 9})
    await fc.assert(
      fc.asyncProperty(tree, fc.integer({min: 1, max: 4}), async (parts, count) => {
        const root = folder(
          Object.fromEntries(
            parts.map(({folder: at, links, extra}, index) => [
              `${at}p${index}.md`,
              `${extra}\n# Top\n\n${links.map((url) => `[l](${url})\n`).join('')}`,
            ]),
          ),
        )
        for (const reporter of ['json', 'text', 'sarif']) {
          const whole = await doccheck(root, ['--offline', '--reporter', reporter])
          const merged = await inShards(root, count, ['--offline'], ['--reporter', reporter])
          expect(timeless(merged.out)).toBe(timeless(whole.out))
          expect(merged.code).toBe(whole.code)
        }
      }),
      {numRuns: 12},
    )
  })

  it.each(['html', 'markdown', 'junit', 'gitlab', 'rdjson', 'github', 'blob'])(
    'make the same %s',
    async (reporter) => {
      const root = folder({
        'docusaurus.config.js': 'export default {plugins: ["unknown-plugin"]}\n',
        'docs/a.md': '\uFEFF# A\n\nü [b](b.md) [c](C.md) [x](x.md) [y](/somewhere/y)\n',
        'docs/b.md': '# B\n\n[a](a.md#no) ![x](x.png)\n[unused]: a.md\n',
        'docs/c.md': '# C\n',
        'docs/bad.md': Buffer.from([0xff, 0xfe, 0]),
        'fixtures/d.md': '[x](x.md)\n',
      })
      const whole = await doccheck(root, ['--offline', '--reporter', reporter])
      const merged = await inShards(root, 3, ['--offline'], ['--reporter', reporter])
      const shown = ({out}: Ran) => timeless(out).replace(/"(?:milliseconds|digest)":[^,}]*/g, '')
      expect(shown(merged)).toBe(shown(whole))
      expect(merged.code).toBe(1)
    },
  )

  it('name files relative to the folder that they ran in', async () => {
    const root = folder({'.git/HEAD': '', 'docs/a.md': '[x](../x.md)\n', 'docs/b.md': '[x](x.md)\n'})
    const docs = path.join(root, 'docs')
    const whole = await doccheck(docs, ['--offline', '--reporter', 'json'])
    expect((await inShards(docs, 2, ['--offline'], ['--reporter', 'json'])).out).toBe(whole.out)
  })

  it('leave the problems of a baseline out, and report its entries that are obsolete', async () => {
    const root = folder(
      Object.fromEntries(Array.from({length: 6}, (_, at) => [`p${at}.md`, `[x](x${at}.md)\n`])),
    )
    await doccheck(root, ['baseline', '--offline'])
    for (const at of [0, 1, 2]) writeFileSync(path.join(root, `p${at}.md`), `# Fixed\n[new](new${at}.md)\n`)
    const options = ['--offline', '--baseline', '.doccheck-baseline.json']
    const whole = await doccheck(root, options)
    const merged = await inShards(root, 3, options, [])
    expect(whole.out).toContain('3 known problems in the baseline')
    expect(timeless(merged.out)).toBe(timeless(whole.out))
  })
})

describe('remote URLs', () => {
  it('are requested by the shard that has their host, which reports them on any page', async () => {
    const servers = await Promise.all([server(), server(), server(), server(), server()])
    const remote = {allowPrivate: servers.map(({host}) => host), cache: false, timeout: 5}
    const pages = Array.from({length: 7}, (_, at) => {
      const lines = servers.map(
        ({host}, index) => `[l](http://${host}/${at % (index + 2)}) [h](http://${host}/here)`,
      )
      const image = `![i](http://${servers[at % 5]!.host}/i${at}.png) [x](x.md)`
      return [`p${at}.md`, [...lines, image, ''].join('\n')]
    })
    const root = folder({
      ...Object.fromEntries(pages),
      '.doccheckrc.json': JSON.stringify({rules: {'no-dead-link': 'error'}, remote}),
    })
    const whole = await doccheck(root, ['--reporter', 'json'])
    const wanted = servers.map(({asked}) => new Set(asked.splice(0)))
    const reports = folder()
    const askedBy: boolean[][] = servers.map(() => [])
    for (const index of [1, 2, 3]) {
      await doccheck(root, ['--shard', `${index}/3`, '--reporter', `blob:${reports}/${index}.json`])
      for (const [at, {asked}] of servers.entries()) {
        askedBy[at]![index - 1] = asked.length > 0
        if (asked.length > 0) expect(new Set(asked.splice(0))).toEqual(wanted[at])
      }
    }
    expect(askedBy.map((shards) => shards.filter(Boolean).length)).toEqual([1, 1, 1, 1, 1])
    // They are divided: no shard has all hosts.
    for (const index of [0, 1, 2]) expect(askedBy.filter((shards) => shards[index]).length).toBeLessThan(5)
    expect((await doccheck(root, ['merge-reports', reports, '--reporter', 'json'])).out).toBe(whole.out)
  })

  it('leave verdicts in caches that are merged, the later one of two', async () => {
    const {host, asked} = await server()
    const root = folder({
      'a.md': `[l](http://${host}/a) [l](http://${host}/here)\n`,
      'b.md': '[x](x.md)\n',
      '.doccheckrc.json': JSON.stringify({rules: {'no-dead-link': 'error'}, remote: {allowPrivate: [host]}}),
    })
    const reports = folder()
    for (const index of [1, 2])
      await doccheck(root, [
        ...['--shard', `${index}/2`, '--reporter', `blob:${reports}/${index}/report.json`],
        ...['--cache-location', `${reports}/${index}/verdicts.json`],
      ])
    const merged = path.join(reports, 'merged/verdicts.json')
    const noPlace = await doccheck(root, ['merge-reports', reports])
    expect(noPlace.err).toBe('doccheck: 1 cache not merged: name a file for them with --cache-location\n')
    // An older cache says that the dead one is alive.
    const [name] = [1, 2].map((index) => `${reports}/${index}/verdicts.json`).filter((file) => isThere(file))
    const cache = JSON.parse(readFileSync(name!, 'utf8'))
    const old = Object.fromEntries(
      Object.entries<[number, string]>(cache.entries).map(([key, [at]]) => [key, [at - 5000, 'alive']]),
    )
    mkdirSync(path.dirname(merged), {recursive: true})
    writeFileSync(merged, JSON.stringify({...cache, entries: old}))
    await doccheck(root, ['merge-reports', reports, '--cache-location', merged])
    expect(JSON.parse(readFileSync(merged, 'utf8')).entries).toEqual(cache.entries)
    asked.length = 0
    const next = await doccheck(root, ['--cache-location', merged])
    expect(asked).toEqual([])
    expect(next.out).toContain('Unexpected dead link')
  })
})

const isThere = (file: string) => {
  try {
    return readFileSync(file).length > 0
  } catch {
    return false
  }
}

describe('merge-reports', () => {
  const FILES = {
    'a.md': '[x](x.md)\n',
    'b.md': '[y](#y)\n',
    'c.md': '# C\n[u]: a.md\n',
    'd.md': '[z](z.md)\n',
  }

  /** The reports of shards. */
  async function reportsOf(
    root: string,
    count: number,
    indexes: readonly number[],
    more: readonly string[] = [],
  ) {
    const reports = folder()
    for (const index of indexes)
      await doccheck(root, [
        ...['--offline', '--shard', `${index}/${count}`, '--reporter', `blob:${reports}/${index}.json`],
        ...more,
      ])
    return reports
  }

  it('refuses what is not one whole run', async () => {
    const root = folder(FILES)
    const merge = async (...args: string[]) => {
      const {code, err, out} = await doccheck(root, ['merge-reports', ...args])
      expect([code, out]).toEqual([2, ''])
      return err.replace('doccheck: ', '').trimEnd()
    }
    const two = await reportsOf(root, 4, [1, 3])
    expect(await merge(two)).toBe('Missing the reports of shard 2/4, 4/4')
    const others = await reportsOf(root, 3, [2])
    expect(await merge(two, others)).toContain('2.json is shard 2/3, but ')
    expect(await merge(two, `${two}/1.json`)).toMatch(/^Both .*1\.json and .*1\.json are shard 1\/4$/)
    const otherRules = await reportsOf(root, 4, [2], ['--rule', 'no-broken-link: off'])
    expect(await merge(two, otherRules)).toContain(
      'are not of the same run: all shards must check the same commit',
    )
    writeFileSync(path.join(root, 'e.md'), '# E\n')
    expect(await merge(two, await reportsOf(root, 4, [2, 4]))).toContain('are not of the same run')
    expect(await merge()).toBe(
      '`doccheck merge-reports` requires files or folders with the reports of shards',
    )
    expect(await merge('no')).toBe('No such file or folder: no')
    expect(await merge('a.md')).toContain('a.md is not a report of a shard')
    expect(await merge('.')).toBe('No reports to merge: write them with `--reporter blob:report.json`')
    expect(await merge(two, '--shard', '1/2')).toMatch(
      /^--shard cannot be used with `doccheck merge-reports` /,
    )
    const newer = readFileSync(`${two}/1.json`, 'utf8').replace(/"program":"[^"]*"/, '"program":"99.0.0"')
    writeFileSync(`${two}/1.json`, newer)
    expect(await merge(two)).toMatch(/1\.json was written by doccheck 99\.0\.0, and this is \d/)
  })

  it('decides about warnings of the whole run', async () => {
    const root = folder({'a.md': '[u]: a.md\n', 'b.md': '[u]: a.md\n', 'c.md': '[u]: a.md\n'})
    const reports = await reportsOf(root, 2, [1, 2])
    expect((await doccheck(root, ['merge-reports', reports, '--max-warnings', '3'])).code).toBe(0)
    const over = await doccheck(root, ['merge-reports', reports, '--max-warnings', '2'])
    expect(over).toMatchObject({code: 1, err: 'doccheck: Too many warnings: 3 (maximum: 2)\n'})
    expect((await doccheck(root, ['merge-reports', reports, '--quiet', '--max-warnings', '0'])).code).toBe(0)
  })

  it('never trusts what it reads', async () => {
    const root = folder(FILES)
    const reports = await reportsOf(root, 1, [1])
    const good = JSON.parse(readFileSync(`${reports}/1.json`, 'utf8'))
    const tryOut = async (blob: unknown, reporter = 'text') => {
      writeFileSync(`${reports}/1.json`, typeof blob === 'string' ? blob : JSON.stringify(blob))
      return doccheck(root, ['merge-reports', reports, '--reporter', reporter])
    }
    const hostile = structuredClone(good)
    hostile.pages[0].path = '../../\x1b[31m::error::\n\u202e.md'
    hostile.pages[0].messages[0].reason = '\x1b]0;x\x07::error::x\r\n##[error]'
    hostile.run.failures = ['\x1b[2J']
    for (const reporter of ['text', 'json', 'html', 'markdown', 'github']) {
      const {out, err, code} = await tryOut(hostile, reporter)
      expect(code).toBe(2)
      expect(out.replace(/^::error file=/gm, '')).not.toMatch(HARM)
      expect(err).not.toMatch(HARM)
    }
    const script = structuredClone(good)
    script.pages[0].messages[0].url = 'javascript:alert(1)'
    expect(await tryOut(script)).toMatchObject({
      code: 2,
      err: expect.stringContaining('1.json is damaged: pages.0.messages.0.url is not what doccheck writes'),
    })
    expect((await tryOut(`{"doccheck":"report","pages":${'['.repeat(100_000)}`)).err).toContain(
      'No reports to merge',
    )
  })

  it('ends with a report or an error of the user, whatever was changed', async () => {
    const root = folder(FILES)
    const reports = await reportsOf(root, 1, [1])
    const good = readFileSync(`${reports}/1.json`, 'utf8')
    const values = fc.constantFrom('null', '-1', '1e99', '"x"', '[]', '{}', '{"__proto__": 1}', 'true', '""')
    await fc.assert(
      fc.asyncProperty(fc.nat(), values, async (at, value) => {
        // Replace one number, string or literal of the report.
        const tokens = [...good.matchAll(/(?<=[:,[])(?:"(?:[^"\\]|\\.)*"|-?\d+|true|false|null)(?=[,\]}])/g)]
        const token = tokens[at % tokens.length]!
        writeFileSync(
          `${reports}/1.json`,
          good.slice(0, token.index) + value + good.slice(token.index + token[0].length),
        )
        const {err} = await doccheck(root, ['merge-reports', reports, '--reporter', 'html'])
        expect(err).not.toContain('unexpected error')
      }),
      {numRuns: 60},
    )
  })
})

describe('--shard', () => {
  it('says which part a report is about', async () => {
    const root = folder({'a.md': '# A\n', 'b.md': '# B\n', 'c.md': '# C\n'})
    const first = await doccheck(root, ['--offline', '--shard', '1/2'])
    expect(timeless(first.out)).toBe('Shard 1/2: 2 files checked: no problems\n')
    const second = await doccheck(root, ['--offline', '--shard', '2/2'])
    expect(timeless(second.out)).toBe('Shard 2/2: 1 file checked: no problems\n')
  })

  it.each([
    [
      '0/2',
      "Invalid value '0/2' for --shard, expected a part and the number of parts, such as 2/4, of at most 256",
    ],
    ['3/2', "Invalid value '3/2' for --shard"],
    ['2', "Invalid value '2' for --shard"],
    ['1/999', "Invalid value '1/999' for --shard"],
  ])('refuses %s', async (value, message) => {
    const {code, err} = await doccheck(folder({'a.md': ''}), ['--shard', value])
    expect(code).toBe(2)
    expect(err).toContain(message)
  })

  it.each([
    [['--fix'], '--fix cannot be used with --shard'],
    [['--since', 'x'], '--since cannot be used with --shard'],
    [
      ['--max-warnings', '0'],
      '--max-warnings cannot be used with --shard, which knows a part of the findings only: use it with `doccheck merge-reports`',
    ],
  ])('refuses %j', async (args, message) => {
    const {code, err} = await doccheck(folder({'a.md': ''}), ['--shard', '1/2', ...args])
    expect([code, err]).toEqual([2, `doccheck: ${message}\n`])
  })
})

describe('the recipe for GitHub', () => {
  const recipe = readFileSync('test/recipes/github/.github/workflows/links.yml', 'utf8')
  const {check, report} = parse(recipe).jobs

  it.skipIf(!hasLinters)('is valid', async () => {
    expect(await faultsOfWorkflow(recipe)).toEqual([])
    expect(await faultsOfWorkflow(recipe.replace('matrix.shard', 'matrix.shrad'))).not.toEqual([])
  })

  it('reports what one run would, with commands that work', async () => {
    const servers = await Promise.all([server(), server()])
    const root = folder({
      'a.md': servers.map(({host}) => `[l](http://${host}/a) [h](http://${host}/here)\n`).join(''),
      'b.md': '[x](x.md)\n',
      '.doccheckrc.json': JSON.stringify({remote: {allowPrivate: servers.map(({host}) => host)}}),
    })
    const temp = folder()
    const [bin, merging] = [path.join(temp, 'bin'), path.join(temp, 'merging')]
    mkdirSync(bin)
    symlinkSync(path.resolve('bin/doccheck.js'), path.join(bin, 'doccheck'))
    const shards: number[] = check.strategy.matrix.shard
    /** Run the command of a job that runs doccheck, as the runner would. */
    const runJob = async ({steps}: {steps: {run?: string}[]}, runnerTemp: string, env: object = {}) => {
      const command = steps.map(({run}) => run).find((run) => run?.startsWith('doccheck '))!
      mkdirSync(runnerTemp, {recursive: true})
      const own = {...process.env, ...env, RUNNER_TEMP: runnerTemp, PATH: `${bin}:${process.env.PATH}`}
      return execute('bash', ['-e', '-c', command], {cwd: root, env: {...own, GITHUB_ACTIONS: ''}}).then(
        ({stdout}) => ({code: 0, stdout}),
        ({code, stdout}: {code: number; stdout: string}) => ({code, stdout}),
      )
    }
    for (const shard of shards) {
      const env = {SHARD: `${shard}/${shards.length}`}
      expect(check.steps.find((step: {env?: object}) => step.env).env.SHARD).toBe(
        `\${{ matrix.shard }}/${shards.length}`,
      )
      // What the job uploads is where the other one downloads it.
      expect((await runJob(check, path.join(merging, `shards/shard-${shard}`), env)).code).toBe(0)
    }
    const {code, stdout} = await runJob(report, merging)
    expect(code).toBe(1)
    expect(stdout).toContain('2 files checked')
    expect(stdout).toContain(': 3 errors')
    expect(readFileSync(path.join(merging, 'report.html'), 'utf8')).toContain('<!doctype html>')
    expect(
      Object.keys(JSON.parse(readFileSync(path.join(merging, 'verdicts.json'), 'utf8')).entries),
    ).toHaveLength(4)
    expect(servers.map(({asked}) => new Set(asked))).toEqual([
      new Set(['/a', '/here']),
      new Set(['/a', '/here']),
    ])
  })
})
