import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import {describe, expect, it} from 'vitest'
import {type Entry, parseBaseline, placesOf} from '../src/change/baseline.ts'
import {git, repository} from './repository.ts'
import {doccheck, folder} from './run-doccheck.ts'

const FILE = '.doccheck-baseline.json'
const docs = () =>
  folder({
    'a.md': '# A\n\n[x](x.md) [x](x.md) [y](b.md#y)\n\n[unused]: b.md\n',
    'b.md': '# B\n\n[z](z.md)\n',
  })
const put = (root: string, name: string, text: string) => writeFileSync(path.join(root, name), text)
const run = (root: string, ...words: string[]) => doccheck(root, ['--offline', ...words])
const check = (root: string, ...words: string[]) => run(root, '--baseline', FILE, ...words)
const problems = (root: string) => JSON.parse(readFileSync(path.join(root, FILE), 'utf8')).problems

/** By entry the text that stands where it is found. */
function placed(text: string): string[][] {
  const entries = parseBaseline(text, 'x')
  const places = placesOf(entries, text)
  const textAt = (entry: Entry) => {
    const {start, end} = places.get(entry)!
    return text.slice(start.offset, end.offset)
  }
  return entries.map((entry) => [entry.path, entry.rule, entry.about, textAt(entry)])
}

it('finds each entry in the text: of equal ones, of names like numbers, of members that are there twice', () => {
  const twice = '"a.md": {"r": ["no"]}, "a.md": {"r": ["a", "\\u0062", "a"], "q": [ "c" ], "r": ["a", "a"]}'
  const text = `{"problems": {"x": 1}, "version": 1, "problems": {${twice}, "9": {"1": ["d"], "0": ["e"]}, "__proto__": {"r": ["f"]}}}`
  expect(placed(text)).toEqual([
    ['9', '0', 'e', '"e"'],
    ['9', '1', 'd', '"d"'],
    ['a.md', 'r', 'a', '"a"'],
    ['a.md', 'r', 'a', '"a"'],
    ['a.md', 'q', 'c', '"c"'],
    ['__proto__', 'r', 'f', '"f"'],
  ])
  const entries = parseBaseline(text, 'x')
  const starts = entries.map((entry) => placesOf(entries, text).get(entry)!.start.offset)
  expect(new Set(starts).size).toBe(entries.length)
  expect(starts[2]).toBe(text.lastIndexOf('["a"') + 1)
})

it('knows no places where something beside the entries is nested too deep', () => {
  const deep = '['.repeat(50_000) + ']'.repeat(50_000)
  const text = `{"version": 1, "problems": {"a.md": {"r": ["a"]}}, "x": ${deep}}`
  const entries = parseBaseline(text, 'x')
  expect(entries).toEqual([{path: 'a.md', rule: 'r', about: 'a'}])
  expect(placesOf(entries, text)).toEqual(new Map())
})

describe('a baseline', () => {
  it('may be named by another path to the folder, by way of a symlink', async () => {
    const root = docs()
    const link = path.join(folder(), 'link')
    symlinkSync(root, link)
    const [own, other] = [root, link].map((place) => path.join(place, FILE))
    expect((await run(root, 'baseline', '--baseline', other!)).out).toContain(`written to ${FILE}`)
    for (const [cwd, place] of [
      [root, other!],
      [link, own!],
    ] as const)
      expect((await run(cwd, '--baseline', place)).out).toContain('no problems')
  })

  it('notes what there is, sorted, and keeps it out of reports', async () => {
    const root = docs()
    const {code, out} = await run(root, 'baseline')
    expect({code, out}).toEqual({
      code: 0,
      out: `5 problems written to ${FILE}; check with \`--baseline ${FILE}\`, or set \`baseline\` in the configuration\n`,
    })
    expect(problems(root)).toEqual({
      'a.md': {
        'no-broken-link': ['x.md', 'x.md'],
        'no-missing-anchor': ['b.md#y'],
        'no-unused-definition': ['UNUSED'],
      },
      'b.md': {'no-broken-link': ['z.md']},
    })
    const checked = await check(root)
    expect(checked.code).toBe(0)
    expect(checked.out).toMatch(
      /^2 files checked in .* s: no problems\n5 known problems in the baseline not shown\n$/,
    )
  })

  it('does not depend on lines, and lets nothing new through', async () => {
    const root = docs()
    await run(root, 'baseline')
    put(root, 'a.md', '# A\n\nMore.\n\n[y](b.md#y) [x](x.md) [x](x.md) [third](x.md)\n\n[unused]: b.md\n')
    const {code, out} = await check(root)
    expect(code).toBe(1)
    expect(out).toContain('a.md:5:41 ')
    expect(out).toContain('1 error\n')
  })

  it('may only shrink: a fixed entry is an error at its line until it is removed, as --fix does', async () => {
    const root = docs()
    await run(root, 'baseline')
    put(root, 'a.md', '# A\n\n[x](x.md) [y](b.md#y)\n\n[unused]: b.md\n')
    rmSync(path.join(root, 'b.md'))
    put(root, 'c.md', '# C\n')
    const {code, out} = await check(root)
    expect(code).toBe(1)
    const lines = readFileSync(path.join(root, FILE), 'utf8').split('\n')
    const line = lines.findLastIndex((text) => text.includes('"z.md"')) + 1
    expect(out).toMatch(
      new RegExp(`json:${line}:9 +error +Unexpected entry for a problem of \`b\\.md\` that no longer exists`),
    )
    const diff = await check(root, '--diff')
    expect(diff.out).toContain('-      "no-broken-link": [\n-        "z.md"\n')
    const fixed = await check(root, '--fix')
    expect(fixed.out).not.toContain('no more')
    // `b.md` is gone, so its problem is, and the anchor that it lacked; the link to it is broken now.
    expect(problems(root)).toEqual({
      'a.md': {'no-broken-link': ['x.md'], 'no-unused-definition': ['UNUSED']},
    })
    expect((await check(root)).out).toContain('missing file `b.md#y`')
  })

  it('is not said to be outdated by a text that is not saved', async () => {
    const root = docs()
    await run(root, 'baseline')
    const words = ['--offline', '--baseline', FILE, '--stdin', '--stdin-filename', 'b.md']
    const {code, out} = await doccheck(root, words, {input: '# B\n'})
    expect([code, out]).toEqual([0, expect.not.stringContaining(FILE)])
    expect(await check(root)).toMatchObject({code: 0})
  })

  it('is no page: reports neither count it nor take its entries for findings of a plugin', async () => {
    const root = docs()
    await run(root, 'baseline')
    put(root, 'a.md', '# A\n\n[b](b.md)\n')
    expect((await check(root)).out).toMatch(/^2 files checked in .*: 4 errors$/m)
    const html = (await check(root, '--reporter', 'html')).out
    expect(html).toContain('in 0 of 2 pages')
    expect(html).toContain('1 link, 1 orphan, 1 more page not checked')
    const sarif = JSON.parse((await check(root, '--reporter', 'sarif')).out)
    const {rules} = sarif.runs[0].tool.driver
    expect(rules.find(({id}: {id: string}) => id === 'baseline').shortDescription.text).toBe(
      'Baseline entries for problems that no longer exist',
    )
  })

  it('that --fix could not write is reported still', async () => {
    const root = docs()
    await run(root, 'baseline')
    put(root, 'b.md', '# B\n')
    chmodSync(path.join(root, FILE), 0o444)
    const {code, out, err} = await check(root, '--fix')
    expect(err).toBe(`doccheck: ${FILE}: Cannot be fixed: it is read-only\n`)
    expect(out).toContain('Unexpected entry for a problem of `b.md` that no longer exists')
    expect(out).not.toContain('fixed in')
    expect(code).toBe(2)
  })

  it('is not added to by a second `doccheck baseline`', async () => {
    const root = docs()
    await run(root, 'baseline')
    put(root, 'b.md', '# B\n\n[new](new.md)\n')
    const {code, out} = await run(root, 'baseline')
    expect(code).toBe(1)
    expect(out).toBe(
      `1 fixed problem removed from ${FILE}, 4 left\n` +
        '1 new problem not added, since a baseline only shrinks: fix them, or delete the file to record all problems again\n',
    )
    expect(problems(root)['b.md']).toBeUndefined()
  })

  it('holds what this run did not look for: other files, other rules, remote addresses', async () => {
    const root = docs()
    put(
      root,
      FILE,
      JSON.stringify({
        version: 1,
        problems: {
          'a.md': {
            'no-broken-link': ['x.md', 'x.md'],
            'no-missing-anchor': ['b.md#y'],
            'no-unused-definition': ['UNUSED'],
            'no-unreachable-image': ['https://example.org/x.png'],
            'remark-lint:no-shouting': ['No shouting'],
          },
          'b.md': {'no-broken-link': ['z.md', 'fixed.md']},
        },
      }),
    )
    const only = ['--rule', 'no-missing-anchor: off']
    expect(await check(root, 'a.md', ...only)).toMatchObject({code: 0})
    // Only where `b.md` is checked is it known that one of its problems is gone.
    const {code, out} = await check(root, ...only)
    expect(code).toBe(1)
    expect(out.match(/Unexpected entry/g)).toHaveLength(1)
    expect(out).toContain('`fixed.md`')
  })

  it('is found by the configuration, relative to it', async () => {
    const root = docs()
    put(root, '.doccheckrc.json', '{"baseline": "known.json"}')
    expect((await run(root, 'baseline')).out).toBe('5 problems written to known.json\n')
    expect((await run(root)).code).toBe(0)
    expect(existsSync(path.join(root, FILE))).toBe(false)
  })

  it('is not made where there is nothing to note', async () => {
    const root = folder({'a.md': '# A\n'})
    expect(await run(root, 'baseline')).toMatchObject({
      code: 0,
      out: 'No problems, no baseline needed\n',
    })
    expect(existsSync(path.join(root, FILE))).toBe(false)
  })

  it.each([
    ['no JSON', 'x', /not valid JSON/],
    ['of another version', '{"version": 2}', /expected `version` 1/],
    ['without problems', '{"version": 1}', /expected an object `problems`/],
    [
      'of odd values',
      '{"version": 1, "problems": {"a.md": {"r": [1]}}}',
      /expected a list of strings at a\.md, r/,
    ],
    ['of odd rules', '{"version": 1, "problems": {"a.md": []}}', /expected an object of rules at a\.md/],
  ])('that is %s is a clear error', async (_, text, line) => {
    const root = docs()
    put(root, FILE, text)
    for (const words of [['--baseline', FILE], ['baseline']]) {
      const {code, err, out} = await run(root, ...words)
      expect({code, out}).toEqual({code: 2, out: ''})
      expect(err).toMatch(line)
      expect(err.trimEnd().split('\n')).toHaveLength(1)
    }
    expect(readFileSync(path.join(root, FILE), 'utf8')).toBe(text)
  })

  it('that cannot be read is a clear error', async () => {
    const root = docs()
    writeFileSync(path.join(root, 'latin.json'), new Uint8Array([0xff]))
    mkdirSync(path.join(root, 'folder.json'))
    for (const [name, why] of [
      ['latin.json', 'it is not UTF-8 (invalid byte in line 1, column 1)'],
      ['folder.json', 'it is a folder'],
    ] as const)
      for (const words of [[], ['baseline']])
        expect(await run(root, ...words, '--baseline', name)).toEqual({
          code: 2,
          out: '',
          err: `doccheck: Cannot read the baseline ${name}: ${why}\n`,
        })
  })

  it('that is missing, outside, or asked for with flags that make no sense is a clear error', async () => {
    const root = docs()
    expect((await check(root)).err).toContain(`No such baseline: ${FILE}`)
    expect((await run(root, '--baseline', '../x.json')).err).toContain('is outside the checked tree')
    expect((await run(root, 'baseline', '--fix')).err).toContain('--fix cannot be used with')
  })

  it('is written neither through a link out of the tree nor over what came meanwhile', async () => {
    const root = docs()
    const outside = folder({
      'base.json': '{"version": 1, "problems": {"b.md": {"no-broken-link": ["none.md"]}}}',
    })
    symlinkSync(path.join(outside, 'base.json'), path.join(root, FILE))
    const {code, err} = await run(root, 'baseline')
    expect({code, err}).toEqual({
      code: 2,
      err: expect.stringContaining('a symlink to outside the tree'),
    })
    expect(readFileSync(path.join(outside, 'base.json'), 'utf8')).toContain('none.md')
  })

  it('takes names that mean something to JavaScript', async () => {
    const root = folder({'__proto__.md': '[a](__proto__)\n', 'constructor.md': '[b](constructor)\n'})
    await run(root, 'baseline')
    expect(await check(root)).toMatchObject({code: 0})
  })
})

describe('a baseline and files that were renamed', () => {
  const TEXT = 'Enough words that git knows the page again, whatever becomes of its name.\n'
  /** A repository whose baseline holds three problems, of a page with links and of a link to an anchor. */
  async function noted(): Promise<string> {
    const root = await repository({
      'docs/p.md': `# P\n\n[b](b.md) [c](/c.md)\n\n${TEXT}`,
      't.md': `# T\n\n${TEXT}\nAnd others.\n`,
      'u.md': '# U\n\n[t](t.md#y)\n',
    })
    await run(root, 'baseline')
    await commit(root)
    return root
  }
  const commit = async (root: string) => {
    await git(root, 'add', '--all')
    await git(root, 'commit', '-q', '-m', 'x')
  }
  const NEW = {
    'q.md': {'no-broken-link': ['b.md', 'c.md']},
    'u.md': {'no-missing-anchor': ['t2.md#y']},
  }
  const rename = (root: string) => {
    renameSync(path.join(root, 'docs/p.md'), path.join(root, 'q.md'))
    renameSync(path.join(root, 't.md'), path.join(root, 't2.md'))
    put(root, 'u.md', '# U\n\n[t](t2.md#y)\n')
  }

  it('knows their problems again in a change', async () => {
    const root = await noted()
    rename(root)
    const known = {code: 0, out: expect.stringContaining('3 known problems in the baseline not shown')}
    expect(await check(root, '--since', 'HEAD')).toMatchObject(known)
    await git(root, 'add', '--all')
    expect(await check(root, '--staged')).toMatchObject(known)
    // A problem that is gone is to go from the baseline, under whichever name.
    put(root, 'q.md', `# P\n\n[c](/c.md)\n\n${TEXT}`)
    const {code, out} = await check(root, '--since', 'HEAD')
    expect(code).toBe(1)
    expect(out.match(/Unexpected entry/g)).toHaveLength(1)
    expect(out).toContain('`docs/p.md` that no longer exists (no-broken-link: `docs/b.md`)')
  })

  it.each([
    ['in the folder', async () => {}],
    ['by several commits', commit],
  ])('follows them by another `doccheck baseline`, and is not added to: %s', async (_, then) => {
    const root = await noted()
    rename(root)
    await then(root)
    renameSync(path.join(root, 't2.md'), path.join(root, 't3.md'))
    put(root, 'u.md', '# U\n\n[t](t3.md#y)\n')
    await then(root)
    expect(await run(root, 'baseline')).toMatchObject({
      code: 0,
      out: `0 fixed problems removed from ${FILE}, 3 left\n3 problems moved to the new names of files\n`,
    })
    expect(problems(root)).toEqual({...NEW, 'u.md': {'no-missing-anchor': ['t3.md#y']}})
    await commit(root)
    renameSync(path.join(root, 'q.md'), path.join(root, 'r.md'))
    put(root, 'r.md', `# P\n\n[b](b.md) [b](b.md) [c](/c.md)\n\n${TEXT}`)
    const {code, out} = await run(root, 'baseline')
    expect({code, out}).toEqual({code: 1, out: expect.stringContaining('1 new problem not added')})
    expect(problems(root)['r.md']).toEqual(NEW['q.md'])
  })

  it('follows them by --fix, where their problems were looked for', async () => {
    const root = await noted()
    rename(root)
    await commit(root)
    expect((await check(root)).out).toContain(', or the new path of a renamed file: `--fix` updates it')
    await check(root, '--fix', 'u.md')
    expect(problems(root)).toEqual({
      'docs/p.md': {'no-broken-link': ['c.md', 'docs/b.md']},
      'u.md': NEW['u.md'],
    })
    await check(root, '--fix')
    expect(problems(root)).toEqual(NEW)
    expect(await check(root)).toMatchObject({code: 0})
  })
})

it('makes no folder behind a link that leads out of the tree', async () => {
  const root = docs()
  const outside = folder()
  symlinkSync(outside, path.join(root, 'out'))
  const {code, err} = await run(root, 'baseline', '--baseline', 'out/deep/base.json')
  expect({code, err}).toEqual({
    code: 2,
    err: expect.stringContaining('out is a symlink; use the path of its target'),
  })
  expect(existsSync(path.join(outside, 'deep'))).toBe(false)
})
