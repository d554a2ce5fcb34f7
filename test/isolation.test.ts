import {spawnSync} from 'node:child_process'
import {writeFileSync} from 'node:fs'
import path from 'node:path'
import {describe, expect, it} from 'vitest'
import {readPage} from '../src/page/facts.ts'
import {NotPlainError, plain} from '../src/plain.ts'
import {checkFolder, doccheck, folder} from './world.ts'

const bin = path.resolve('bin/doccheck.js')

/** Run the built command, which alone has a second thread; `npm test` builds it first. */
function built(cwd: string, words: string[] = []) {
  const {stdout, stderr, status} = spawnSync('node', [bin, '--offline', '--reporter', 'json', ...words], {
    cwd,
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
  const front = async (text: string) =>
    (await readPage('a.md', text, {liquid: false, places: true})).frontMatter
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
      /^Unexpected alias `\*a` in the front matter, within the value/,
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

  it.each([[3], [300]])('costs none of %d other pages', {timeout: 60_000}, (count) => {
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

  it('nor does a schema, but it is refused', async () => {
    const cwd = folder({
      'a.md': '# A\n',
      's.yml': 'items: &a {items: *a}\n',
      '.doccheckrc.json':
        '{"rules": {"front-matter": ["error", {"schemas": [{"files": ["**"], "schema": "s.yml"}]}]}}',
    })
    const {code, err} = await doccheck(cwd, ['--offline'])
    expect(code).toBe(2)
    expect(err).toMatch(/^doccheck: The front matter schema .*s\.yml cannot be read: it holds itself\n$/)
  })
})
