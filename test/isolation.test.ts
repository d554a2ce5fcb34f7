import {spawnSync} from 'node:child_process'
import {existsSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {pathToFileURL} from 'node:url'
import {describe, expect, it} from 'vitest'
import {NotPlainError, plain} from '../src/data/plain.ts'
import {PageReader} from '../src/engine/pool.ts'
import {eachLimited, TooLongError} from '../src/errors/time-limit.ts'
import {CostlyTextError, refuseCostlyText} from '../src/page/parser-cost.ts'
import {readPage} from '../src/page/read-page.ts'
import type {Page} from '../src/page/types.ts'
import {guarded} from '../src/site/guarded.ts'
import {checkFolder, doccheck, folder} from './run-doccheck.ts'

const bin = path.resolve('bin/doccheck.js')

/** Run the built command, which alone has a second thread; `npm test` builds it first. */
function built(cwd: string, words: string[] = [], env: Record<string, string> = {}) {
  const {stdout, stderr, status} = spawnSync('node', [bin, '--offline', '--reporter', 'json', ...words], {
    cwd,
    env: {...process.env, ...env},
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  expect(stderr).toBe('')
  const files: {path: string; messages: {reason: string; ruleId: string}[]}[] = JSON.parse(stdout)
  const found = files.flatMap(({path: name, messages}) => messages.map(({reason}) => `${name}: ${reason}`))
  return {found, files: files.length, status}
}

/** Pages that each have one broken link, so that none is left out unseen. */
const pages = (count: number) =>
  Object.fromEntries(
    Array.from({length: count}, (_, index) => [`part-${index % 7}/page-${index}.md`, '[a](gone.md)\n']),
  )

describe('front matter that is no plain data', () => {
  const front = async (text: string) => (await readPage('a.md', text, {places: true})).frontMatter
  const yaml = (text: string) => front(`---\n${text}\n---\n`)

  it.each([
    ['a: &a [*a]', [7]],
    ['a: &a {b: [{c: *a}]}\nd: &d [*d]', [15, 28]],
    ['- &a\n  - *a', [9]],
    ['a: &a\n  <<: *a\n  b: 1', [12]],
  ])('is a problem where an alias stands within its own value: %j', async (text, places) => {
    const found = await yaml(text)
    expect(found?.data).toBeUndefined()
    expect(found?.problems.map(({start}) => start - 4)).toEqual(places)
    expect(found?.problems[0]?.message).toMatch(
      /^Unexpected alias `\*a` in the front matter, inside the value that it refers to$/,
    )
  })

  it('is a problem where aliases stand for more than can be read', async () => {
    const levels = Array.from(
      {length: 9},
      (_, level) => `l${level + 1}: &l${level + 1} [${`*l${level}, `.repeat(9)}]`,
    )
    for (const text of [
      ['l0: &l0 x', ...levels].join('\n'),
      `a: &a [${'1, '.repeat(5000)}]\nb: [${'*a, '.repeat(90)}]`,
    ]) {
      const found = await yaml(text)
      expect([found?.data, found?.problems.length]).toEqual([undefined, 1])
    }
  })

  it.each([300, 500, 5000])('is a problem where %i keys are each within the next', async (depth) => {
    const found = await yaml('? '.repeat(depth))
    expect(found?.data).toBeUndefined()
    expect(found?.problems).toEqual([
      {start: 0, end: depth * 2 + 8, message: 'Unexpected front matter that is nested too deeply to be read'},
    ])
  })

  it('has what JSON has for dates, sets and numbers beyond its own', async () => {
    expect((await front('+++\na = 9007199254740993\nb = nan\nc = 1979-05-27\n+++\n'))?.data).toEqual({
      a: 9007199254740992,
      b: null,
      c: '1979-05-27',
    })
    expect(
      (await yaml('a: !!set {x, y}\nb: !!omap [c: 1]\nd: !!timestamp 2001-02-03\ne: 1e999'))?.data,
    ).toEqual({
      a: ['x', 'y'],
      b: {c: 1},
      d: '2001-02-03T00:00:00.000Z',
      e: null,
    })
    expect((await front('+++\na = 99999999999999999999999\n+++\n'))?.problems).toEqual([])
  })

  it.each([
    ['---\n__proto__: {x: 1}\n---\n'],
    ['+++\n"__proto__" = {x = 1}\n+++\n'],
    ['{\n"__proto__": {"x": 1}\n}\n'],
  ])('has no other prototype: %j', async (text) => {
    const {data} = (await front(text))!
    expect(Object.entries(data as object)).toEqual([['__proto__', {x: 1}]])
    expect(Object.getPrototypeOf(data)).toBe(Object.prototype)
  })

  it.each(['__proto__.bad = 1', '[__proto__]\nbad = 1', '[a.__proto__]\nbad = 1', '[[toString]]\nbad = 1'])(
    'changes no prototype: %j',
    async (text) => {
      await front(`+++\n${text}\n+++\n`)
      await checkFolder(folder({'hugo.toml': text, 'content/a.md': '# A\n'}))
      expect(['bad' in {}, 'bad' in {}.toString]).toEqual([false, false])
    },
  )

  it('is copied with care', () => {
    const circle: unknown[] = []
    circle.push({circle})
    expect(() => plain(circle)).toThrow(NotPlainError)
    const shared = [1]
    expect(plain([shared, shared, new Date(NaN), () => 1, undefined, 10n ** 400n])).toEqual([
      [1],
      [1],
      null,
      null,
      null,
      null,
    ])
  })

  it.each([[3], [300]])('costs none of %d other pages', (count) => {
    const text = '---\na: &a [*a]\n---\n\n[a](gone.md)\n'
    const cwd = folder({...pages(count), 'bad.md': text, 'part-0/bad.md': text, 'part-6/bad.md': text})
    for (const words of [[], ['--config', 'c.json']]) {
      if (words.length > 0) {
        const schemas = [{files: ['**'], schema: {properties: {a: {type: 'array', items: {type: 'array'}}}}}]
        writeFileSync(
          path.join(cwd, 'c.json'),
          JSON.stringify({rules: {'front-matter': ['error', {schemas}]}}),
        )
      }
      const {found, files, status} = built(cwd, words)
      expect([files, status]).toEqual([count + 3, 1])
      expect(found.filter((words) => words.includes('missing file'))).toHaveLength(count + 3)
      expect(found.filter((words) => words.includes('alias `*a`'))).toHaveLength(3)
    }
  })
})

describe('a page of great depth', () => {
  const UNREAD = 'Cannot be read: it is nested too deeply'
  const GONE = 'Unexpected link to missing file `gone.md`'
  /** The second link may be dead. */
  const TEXT = 'a\n\n[a](gone.md)\n\n<!-- lint disable no-broken-link -->\n\n[b](gone.md)\n'

  it.each([[3], [300]])('costs none of %d others', (count) => {
    const MARKS = {quote: ['> ', ''], list: ['- ', ''], numbers: ['1. ', ''], emphasis: ['*a ', '*']}
    // As deep as it may be, deeper, and so deep that the stack of JavaScript would end.
    const depths = [60, 250, 700, 3000, 9000]
    const deep = Object.entries(MARKS).flatMap(([name, [open, close]]) =>
      depths.map((depth) => [
        `${name}-${depth}.md`,
        `${open!.repeat(depth)}a${close!.repeat(depth)}\n\n${TEXT}`,
      ]),
    )
    const covered = `{% comment %}\n\n${'> '.repeat(700)}a\n\n{% endcomment %}\n\n${TEXT}`
    const cwd = folder({
      ...pages(count),
      ...Object.fromEntries(deep),
      '_config.yml': '',
      'covered.md': covered,
      'bare.md': `${'> '.repeat(700)}[a](gone.md)\n`,
    })
    const {found, status} = built(cwd)
    expect(status).toBe(1)
    expect(found.filter((words) => words.startsWith('part-'))).toHaveLength(count)
    const expected = Object.keys(MARKS).flatMap((name) =>
      depths.map((depth) => `${name}-${depth}.md: ${depth === 60 ? GONE : UNREAD}`),
    )
    expect(found.filter((words) => !/^(?:part-|covered|bare)/.test(words)).sort()).toEqual(expected.sort())
    // Comments are looked for in the whole text.
    expect(found.filter((words) => words.startsWith('covered'))).toEqual([`covered.md: ${UNREAD}`])
    // Without comments no tree is needed.
    expect(found.filter((words) => words.startsWith('bare'))).toEqual([`bare.md: ${GONE}`])
  })
})

describe('a page that takes too long', () => {
  /** Its parser is native code and takes twice the time for each more; the fence hides it from whoever looks for code. */
  const ENDLESS = `- ~~~\n\n${'{...<A '.repeat(60)}\n\n~~~\n`

  it.each([[3], [300]])('costs none of %d others', (count) => {
    const cwd = folder({
      ...pages(count),
      'bad.mdx': ENDLESS,
      'part-0/bad.mdx': ENDLESS,
      'part-6/bad.mdx': ENDLESS,
    })
    const {found, files, status} = built(cwd, [], {DOCCHECK_PAGE_SECONDS: '1'})
    expect([files, status]).toEqual([count + 3, 1])
    expect(found.filter((words) => words.includes('missing file'))).toHaveLength(count)
    expect(
      found.filter((words) => /bad\.mdx: Cannot be read: it takes longer than 1 s$/.test(words)),
    ).toHaveLength(3)
  })

  it('is told of by inspect and for standard input, too', () => {
    const cwd = folder({'a.mdx': ENDLESS})
    const env = {...process.env, DOCCHECK_PAGE_SECONDS: '1'}
    const inspected = spawnSync('node', [bin, 'inspect', 'a.mdx'], {cwd, env, encoding: 'utf8'})
    expect([inspected.status, inspected.stderr]).toEqual([
      2,
      'doccheck: a.mdx: Cannot be read: it takes longer than 1 s\n',
    ])
    const words = ['--offline', '--stdin', '--stdin-filename', 'b.mdx']
    const {stdout, status} = spawnSync('node', [bin, ...words], {cwd, env, encoding: 'utf8', input: ENDLESS})
    expect(status).toBe(1)
    expect(stdout).toContain('Cannot be read: it takes longer than 1 s')
  })

  it('is stopped in JavaScript, be it in a regular expression', () => {
    const done: number[] = []
    const failed: [number, unknown][] = []
    const step = (item: number) => {
      if (item === 2) for (;;) done.length = 1
      if (item === 4) /^(a+)+$/.test(`${'a'.repeat(100)}b`)
      if (item === 5) throw new Error('no')
      done.push(item)
    }
    for (const cpu of [true, false]) {
      done.length = failed.length = 0
      eachLimited([1, 2, 3, 4, 5, 6], step, {limit: 200, cpu}, (item, error) => failed.push([item, error]))
      expect(done).toEqual([1, 3, 6])
      expect(failed.map(([item]) => item)).toEqual([2, 4, 5])
      expect(failed.map(([, error]) => error instanceof TooLongError)).toEqual([true, true, false])
    }
  })

  it('is not one that only waited', () => {
    const failed: number[] = []
    let turns = 0
    const wait = () => {
      // The first times somebody else has the CPU.
      if (++turns < 3) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2000)
    }
    eachLimited([1], wait, {limit: 100, cpu: true}, (item) => failed.push(item))
    expect([failed, turns > 1]).toEqual([[], true])
  })

  it.each(['0', 'x', '-1', 'Infinity'])(
    'has a limit that is a number of seconds: %s',
    async (DOCCHECK_PAGE_SECONDS) => {
      const {code, err} = await doccheck(folder({'a.md': ''}), ['--offline'], {env: {DOCCHECK_PAGE_SECONDS}})
      expect([code, err]).toEqual([
        2,
        `doccheck: Invalid value '${DOCCHECK_PAGE_SECONDS}' for DOCCHECK_PAGE_SECONDS, expected a number of seconds up to 86400\n`,
      ])
    },
  )
})

describe('which texts are read where reading can be stopped', () => {
  const isHeavy = (text: string, mdx = false) => {
    try {
      refuseCostlyText(text, mdx)
      return false
    } catch (error) {
      expect(error).toBeInstanceOf(CostlyTextError)
      return true
    }
  }
  it('takes those that may take the parser long', () => {
    expect(isHeavy('> '.repeat(40_000))).toBe(true)
    expect(isHeavy(`# a\n\n${'_a'.repeat(40_000)}\n\nb\n`)).toBe(true)
    expect(isHeavy(`${'- '.repeat(10_000)}a${'\n'.repeat(80_000)}  b`)).toBe(true)
    expect(isHeavy(`${'- '.repeat(10_000)}a${'\n'.repeat(15_000)}${' \r\n'.repeat(15_000)}  b`)).toBe(true)
    expect(isHeavy('{...<A '.repeat(20), true)).toBe(true)
    expect(isHeavy('<A b={'.repeat(20), true)).toBe(true)
  })
  it('takes no others', () => {
    expect(isHeavy('> '.repeat(30_000))).toBe(false)
    expect(isHeavy('A paragraph of some words.\nIn lines.\r\n\r\n'.repeat(50_000))).toBe(false)
    expect(isHeavy(`${'- a\n'.repeat(5000)}\n${'- b\n\n'.repeat(50_000)}`)).toBe(false)
    expect(isHeavy(`<A b={c}>{d}</A>\n\n${'{e.map((f) => g)} a < b\n'.repeat(50)}`, true)).toBe(false)
  })
})

describe('a thread or process that dies', () => {
  /** A program like the built one, but for what one of its parts does. */
  const program = (code: string) => {
    const file = path.join(
      folder({
        'worker.mjs': `import {isMainThread, parentPort, workerData} from 'node:worker_threads'\n${code}\nawait import(${JSON.stringify(pathToFileURL(path.resolve('dist/worker.js')).href)})\n`,
      }),
      'worker.mjs',
    )
    return pathToFileURL(file)
  }
  const read = async (program: URL, count: number, text = (index: number) => `# ${index}\n`) => {
    const root = folder(
      Object.fromEntries(Array.from({length: count}, (_, index) => [`${index}.md`, text(index)])),
    )
    const jobs = Array.from({length: count}, (_, index) => ({path: `${index}.md`, syntax: {}}))
    const reader = new PageReader(10_000, program)
    let told = 0
    const outcomes = await reader.files(jobs, root, (done) => void (told = done))
    reader.close()
    expect(told).toBe(count)
    return outcomes
  }

  it.each(['throw new Error()', 'process.exit(1)', 'process.exit(0)'])(
    'costs none of its pages: %s',
    {timeout: 300_000},
    async (dies) => {
      const outcomes = await read(
        program(
          `if (!isMainThread && workerData?.jobs) { Atomics.add(new Int32Array(workerData.counter), 0, 1); ${dies} }`,
        ),
        400,
      )
      expect(outcomes.map((outcome) => outcome.page?.headings[0]?.text)).toEqual(
        Array.from({length: 400}, (_, index) => String(index)),
      )
    },
  )

  it('costs the page that it dies of, and none of those after it', async () => {
    const heavy = '> '.repeat(40_000)
    const code =
      'if (!isMainThread && !workerData) parentPort.on("message", ({text}) => text.startsWith("DIE") && process.kill(process.pid, "SIGSEGV"))'
    const outcomes = await read(
      program(code),
      3,
      (index) => `${index === 1 ? 'DIE' : `[a](${index}.md)`} ${heavy}`,
    )
    expect(outcomes[1]?.unreadable).toMatch(
      /^Cannot be read: the process that read it ended with SIGSEGV; please/,
    )
    for (const index of [0, 2])
      expect(outcomes[index]?.page?.links.map(({url}) => url)).toEqual([`${index}.md`])
  })
})

describe('a mistake of a rule, a plugin or a site on one page', () => {
  const CONFIG = '{"plugins": ["./odd.mjs"]}'
  const rule = (check: string) =>
    `const check = ({path}, {report}) => { ${check} }
export default Object.assign(() => {}, {rule: {name: 'odd', needs: 'page', severity: 'warn', options: {}, check}})`
  const run = async (odd: string, env = {}) => {
    const cwd = folder({
      ...pages(3),
      'part-1/bad.md': '[a](gone.md)\n',
      '.doccheckrc': CONFIG,
      'odd.mjs': odd,
    })
    const ran = await doccheck(cwd, ['--offline', '--reporter', 'json'], {env})
    const files: {path: string; messages: {reason: string; ruleId: string}[]}[] = JSON.parse(ran.out)
    return {
      ...ran,
      cwd,
      messages: files.flatMap(({path: name, messages}) => messages.map((message) => ({name, ...message}))),
    }
  }
  const bad = (messages: {name: string; ruleId: string; reason: string}[]) =>
    messages
      .filter(({ruleId}) => ruleId !== 'no-broken-link')
      .map(({name, ruleId, reason}) => [name, ruleId, reason])

  it.each([
    ['rule', rule(`if (path.includes('bad')) throw new Error('no')`), 'rule odd on part-1/bad.md: no'],
    [
      'plugin',
      `export default () => (tree, file) => { if (file.path.includes('bad')) throw new Error('no') }`,
      'plugins on part-1/bad.md: no',
    ],
  ])('is told on the page, and the run goes on, which ends with 2: %s', async (_, odd, words) => {
    const {code, err, messages} = await run(odd)
    expect(code).toBe(2)
    expect(messages.filter(({ruleId}) => ruleId === 'no-broken-link')).toHaveLength(4)
    expect(bad(messages)).toEqual([
      ['part-1/bad.md', 'unchecked', `Not checked completely, because of an error: ${words}`],
    ])
    expect(err.split('\n')[0]).toBe(`doccheck: unexpected error: ${words}`)
    expect(err).toContain('odd.mjs:')
  })

  it('takes none of its findings where it is stopped, and is said to take too long', {
    timeout: 300_000,
  }, async () => {
    const odd = rule(
      `if (!path.includes('bad')) return; report({start: 0, end: 1, message: 'x'}); for (;;) path.trim()`,
    )
    const {code, err, messages} = await run(odd, {DOCCHECK_PAGE_SECONDS: '0.3'})
    expect([code, err]).toEqual([1, ''])
    expect(bad(messages)).toEqual([
      [
        'part-1/bad.md',
        'unchecked',
        'Not checked completely: rule odd on part-1/bad.md takes longer than 0.3 s',
      ],
    ])
  })

  it('says no more than the first of many', async () => {
    const {code, err} = await run(rule(`throw new Error('no')`))
    expect(code).toBe(2)
    expect(err.match(/unexpected error: rule odd on/g)).toHaveLength(3)
    expect(err).toContain('doccheck: 1 more unexpected error\n')
  })

  it('leaves a baseline as it is', async () => {
    const odd = rule(`if (path.includes('bad')) throw new Error('no')`)
    const {cwd} = await run(odd)
    const {code, err} = await doccheck(cwd, ['baseline', '--offline'])
    expect([code, err.split('\n')[0]]).toEqual([
      2,
      'doccheck: unexpected error: rule odd on part-1/bad.md: no',
    ])
    expect(existsSync(path.join(cwd, '.doccheck-baseline.json'))).toBe(false)
  })

  it('costs an answer of a site, and no more', () => {
    const told: string[] = []
    const no = () => {
      throw new Error('no')
    }
    const site = {
      platform: 'odd',
      root: '',
      why: '',
      syntax: {},
      owns: no,
      publish: () => ({urlsOf: no, resolve: no, anchorsOf: no, references: no, definitions: no}),
    }
    const page = {path: 'a.md'} as Page
    const pages = {page: () => page}
    const description = guarded(site, (name, doing) => told.push(`${name} ${doing}`))
    const safe = description.publish(pages)
    expect(safe.urlsOf('a.md')).toEqual([])
    expect(description.owns?.('a.md')).toBe(false)
    expect(safe.resolve({url: 'b.md'}, 'a.md').to).toBe('unknown')
    expect(safe.anchorsOf(page).doubts).toEqual([{reason: 'bug'}])
    expect([safe.references?.(page), safe.definitions?.(page), description.platform]).toEqual([
      {reason: 'bug'},
      {reason: 'bug'},
      'odd',
    ])
    expect(told).toHaveLength(6)
    expect(told[2]).toBe('a.md links on a.md (odd site .)')
    expect(() => guarded(site, undefined).publish(pages).resolve({url: 'b.md'}, 'a.md')).toThrow('no')
    const unpublished = guarded({...site, publish: no}, (name, doing) => told.push(`${name} ${doing}`))
    expect(unpublished.publish(pages).urlsOf('a.md')).toEqual([])
    expect(told.at(-1)).toBe(' publishing on . (odd site .)')
  })
})

describe('a configuration of a site that holds itself', () => {
  it.each([
    ['hugo.yaml', 'params: &a {b: *a}\nmodule: &m {mounts: [*m]}\n'],
    ['_config.yml', 'defaults: &a [*a]\ncollections: &c {a: *c}\n'],
    ['mkdocs.yml', 'nav: &a [*a]\nmarkdown_extensions: &b [{toc: *b}]\n'],
    ['_quarto.yml', 'project: &a {render: *a}\n'],
  ])('does not end the run: %s', async (name, text) => {
    const {pages} = await checkFolder(
      folder({[name]: text, 'index.md': '# A\n', 'content/docs/a.md': '# A\n'}),
    )
    expect(pages.map(({unreadable}) => unreadable)).toEqual([undefined, undefined])
  })

  it.each([
    ['hugo.toml', 'baseURL = \n', 'invalid'],
    ['hugo.yaml', 'params: &a {b: *a}\n', 'it contains itself'],
    ['_config.yml', 'a: [\n', 'flow'],
    ['mkdocs.yml', 'a: "\n', 'quote'],
    ['book.toml', '[[', 'unterminated'],
    ['docfx.json', '{"build": {', 'brace'],
    // Keys within keys.
    ['mkdocs.yml', `site_name: a\nextra: ${'? '.repeat(500)}\n`, 'nested too deeply'],
    ['_config.yml', `a: b\nc: ${'!x '.repeat(300_000)}\n`, 'at most one tag at line 2, column 7'],
    ['hugo.yaml', `a: b\n${'#'.repeat(1_000_000)}\n`, 'larger than 1 mb'],
  ])('is told once where it cannot be read: %s', async (name, text, why) => {
    const cwd = folder({[name]: text, 'content/a.md': '[a](gone.md)\n', 'b.md': '# B\n'})
    const {err, out} = await doccheck(cwd, ['--offline'])
    expect(err).toMatch(/^doccheck: \S+ cannot be read, so its site is known only in part: [^\n]+\n$/)
    expect(err.startsWith(`doccheck: ${name} `)).toBe(true)
    expect(err.toLowerCase()).toContain(why)
    expect(out).toMatch(/2 files checked/)
  })

  it('may have a key twice, as Jekyll allows', async () => {
    const cwd = folder({
      '_config.yml': 'permalink: /a/:title\npermalink: /b/:title/\n',
      '_posts/2020-01-01-x.md': '---\n---\n# A\n',
    })
    const {out} = await doccheck(cwd, ['inspect', '_posts/2020-01-01-x.md'])
    expect(JSON.parse(out).urls).toContain('/b/x/')
  })

  it('nor does a schema, but it is refused', async () => {
    const cwd = folder({
      'a.md': '# A\n',
      's.yml': 'items: &a {items: *a}\n',
      '.doccheckrc.json':
        '{"rules": {"front-matter": ["error", {"schemas": [{"files": ["**"], "schema": "s.yml"}]}]}}',
    })
    const {code, err} = await doccheck(cwd, ['--offline'])
    expect(code).toBe(2)
    expect(err).toMatch(
      /^doccheck: [^\n]*s\.yml, which "front-matter" names, cannot be read: it contains itself\n$/,
    )
  })
})
