import {execFileSync} from 'node:child_process'
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {VFile} from 'vfile'
import type {VFileMessage} from 'vfile-message'
import {describe, expect, it} from 'vitest'
import {fingerprintMessages} from '../src/report/fingerprint.ts'
import {githubReporter} from '../src/report/github.ts'
import {gitlabReporter} from '../src/report/gitlab.ts'
import {junitReporter} from '../src/report/junit.ts'
import {markdownReporter} from '../src/report/markdown.ts'
import {ruleUrl} from '../src/report/package-info.ts'
import {rdjsonReporter} from '../src/report/rdjson.ts'
import type {Report} from '../src/report/report.ts'
import {sarifReporter} from '../src/report/sarif.ts'
import {rangeOf} from '../src/report/source-range.ts'
import {type ReportedPage, reportOf} from './hostile-report.ts'
import {doccheck, folder} from './run-doccheck.ts'

/** A page with emoji, Hangul and CRLF, and one without findings. */
const docs = () =>
  folder({
    'docs/a.md': '# A 😀 한글\r\n\r\n😀 [b](b.md) 한 [c](A.md#x) [d][nope]\r\n',
    'docs/ok.md': '# ok\n',
  })

async function report(cwd: string, name: string): Promise<string> {
  const {out, err} = await doccheck(cwd, ['--offline', '--no-config', '--reporter', name])
  expect(err).toBe('')
  return out
}

type Place = NonNullable<VFileMessage['place']>

/** So many errors on each of so many pages. */
const many = (pages: number, errors: number, more: object = {}): ReportedPage[] =>
  Array.from({length: pages}, (_, page) => ({
    path: `${page}.md`,
    findings: Array.from({length: errors}, (_, at) => ({
      message: `Unexpected link to missing file \`${at}\``,
      target: {file: `${at}.md`},
      ...more,
    })),
  }))

describe('github', () => {
  it('writes one command for each finding, with paths from the root of the tree', async () => {
    const cwd = docs()
    mkdirSync(path.join(cwd, '.git'))
    expect((await report(path.join(cwd, 'docs'), 'github')).split('\n')).toEqual([
      '::error file=docs/a.md,line=3,endLine=3,col=8,endColumn=12,title=doccheck no-broken-link::Unexpected link to missing file `b.md`',
      '::error file=docs/a.md,line=3,endLine=3,col=20,endColumn=26,title=doccheck no-broken-link::Unexpected letter case in link `A.md#x`, expected `a.md#x`',
      '::error file=docs/a.md,line=3,endLine=3,col=28,endColumn=37,title=doccheck no-undefined-reference::Unexpected reference to undefined label `nope`',
      '',
    ])
  })

  it('gives columns within one line only, and neither for a whole page', async () => {
    const lines = githubReporter(
      await reportOf([
        {path: 'a.md', text: 'one\ntwo\n', findings: [{start: 1, end: 6, message: 'Two lines'}]},
        {path: 'gone.md', unreadable: 'cannot be read'},
      ]),
    )
    expect(lines).toBe(
      '::error file=a.md,line=1,endLine=2,title=doccheck no-broken-link::Two lines\n' +
        '::error file=gone.md,title=doccheck unreadable::cannot be read\n',
    )
  })

  it('writes as many as GitHub shows, spread over the files, and counts the others', async () => {
    const lines = githubReporter(await reportOf(many(3, 10)))
      .trimEnd()
      .split('\n')
    expect(lines.map((line) => /^::(\w+) (?:file=(\d))?/.exec(line)!.slice(1).join(' '))).toEqual([
      // Three turns over three files, and one more.
      ...['error 0', 'error 1', 'error 2', 'error 0', 'error 1', 'error 2'],
      ...['error 0', 'error 1', 'error 2', 'error 0'],
      'notice ',
    ])
    expect(lines.at(-1)).toBe(
      '::notice title=doccheck::20 more errors in 3 files: see the log or the job summary',
    )
  })

  it('has ten of each kind, its own notice among them', async () => {
    const pages = ['error', 'warn', 'info'].flatMap((severity) =>
      many(1, 12, {severity}).map((page) => ({...page, path: `${severity}.md`})),
    )
    const text = githubReporter(await reportOf(pages))
    for (const kind of ['error', 'warning', 'notice'])
      expect(text.match(new RegExp(`^::${kind} `, 'gm'))).toHaveLength(10)
    expect(text).toContain('::2 more errors, 2 more warnings, 3 more notices in 3 files: ')
  })

  it('counts nothing where all is shown', async () => {
    const pages = [
      ...many(1, 10),
      ...many(1, 10, {severity: 'info'}).map((page) => ({...page, path: 'i.md'})),
    ]
    const lines = githubReporter(await reportOf(pages))
      .trimEnd()
      .split('\n')
    expect(lines).toHaveLength(20)
    expect(lines.at(-1)).toMatch(/^::notice file=i\.md,/)
    expect(githubReporter(await reportOf([{path: 'a.md'}]))).toBe('')
  })
})

describe('in GitHub Actions', () => {
  const inActions = async (args: string[], before?: string) => {
    const cwd = docs()
    const file = path.join(cwd, 'summary')
    if (before) writeFileSync(file, before)
    const {out} = await doccheck(cwd, ['--offline', '--no-config', ...args], {
      env: {GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: file},
    })
    return {out, summary: readFileSync(file, 'utf8')}
  }

  it('annotations and the summary of the job come by themselves', async () => {
    const {out, summary} = await inActions([], 'of another step\n')
    // What people read stands where the runner obeys nothing; annotations come behind it.
    const [, token] = /^::stop-commands::(\S+)\n/.exec(out)!
    expect(out.slice(out.indexOf(`\n::${token}::\n`)).match(/^::error file=docs\/a\.md,/gm)).toHaveLength(3)
    expect(out.match(/^::error /gm)).toHaveLength(3)
    expect(summary).toMatch(/^of another step\n## doccheck: 3 errors in 1 file\n/)
  })

  it('annotations come once where they were asked for', async () => {
    const {out} = await inActions(['--reporter', 'github'])
    expect(out.trimEnd().split('\n')).toHaveLength(3)
  })

  it('a program that reads the report finds no annotations in it', async () => {
    const {out, summary} = await inActions(['--reporter', 'sarif'])
    expect(JSON.parse(out).runs[0].results).toHaveLength(3)
    expect(summary).toMatch(/^## doccheck: 3 errors/)
  })
})

/** The UTF-16 offset of a line and column, both from 1. */
function offsetOf(text: string, line: number, column: number): number {
  let at = 0
  for (let left = line; left > 1; left--) at = text.indexOf('\n', at) + 1
  return at + column - 1
}

describe('places', () => {
  it('are the very text in SARIF, by offset and by line and column', async () => {
    const cwd = docs()
    const text = readFileSync(path.join(cwd, 'docs/a.md'), 'utf8')
    const {results, columnKind} = JSON.parse(await report(cwd, 'sarif')).runs[0]
    expect(columnKind).toBe('utf16CodeUnits')
    for (const [index, expected] of ['b.md', 'A.md#x', '[d][nope]'].entries()) {
      const {charOffset, charLength, startLine, startColumn, endLine, endColumn} =
        results[index].locations[0].physicalLocation.region
      expect(text.slice(charOffset, charOffset + charLength)).toBe(expected)
      expect(text.slice(offsetOf(text, startLine, startColumn), offsetOf(text, endLine, endColumn))).toBe(
        expected,
      )
    }
  })

  it('are counted in bytes of UTF-8 in rdjson', async () => {
    const {diagnostics} = JSON.parse(await report(docs(), 'rdjson'))
    // `😀 [b](b.md) 한 [c](` takes 4 + 1 + 9 + 1 + 3 + 1 + 4 bytes, and 21 - 2 - 2 units of UTF-16.
    expect(diagnostics[1]).toMatchObject({
      location: {path: 'docs/a.md', range: {start: {line: 3, column: 24}, end: {line: 3, column: 30}}},
      suggestions: [{range: {start: {line: 3, column: 24}, end: {line: 3, column: 30}}, text: 'a.md#x'}],
    })
  })
})

it('messages of plugins may stand on a point, and leave offsets out', async () => {
  const report = await reportOf([{path: 'a.md', text: '# a\n\nsome text\n'}])
  const [page] = report.pages
  const file = new VFile({path: 'a.md'})
  const stretch = (place?: Place) => rangeOf(file.message('x', place && {place}), page!)
  const start = {line: 3, column: 2, offset: 6}
  expect(stretch({start: {line: 3, column: 2}, end: {line: 3, column: 5}})).toEqual({
    start,
    end: {line: 3, column: 5, offset: 9},
  })
  expect(stretch({line: 3, column: 2})).toEqual({start, end: start})
  expect(stretch()).toBeUndefined()
})

describe.each([
  ['one byte order mark', '\uFEFF'],
  ['two', '\uFEFF\uFEFF'],
])('fixes in a file with %s', (_, mark) => {
  /** Everything `--fix` mends: other letter case, a second definition; CRLF. */
  const fixable = () =>
    folder({
      'docs/a.md': `${mark}# A 😀 한글 [f](B.md)\r\n\r\n😀 [b](B.md) 한글 ![i](I.png) 😀 [d](b.md)\r\n\r\n* 한글 [e](./B.md)\r\n\r\n[x]: b.md\r\n[x]: b.md\r\n\r\n[x]\r\n`,
      'docs/b.md': '# b\n',
      'docs/i.png': '',
    })
  const pageOf = (cwd: string) => readFileSync(path.join(cwd, 'docs/a.md'), 'utf8')

  async function fixed(): Promise<string> {
    const cwd = fixable()
    await doccheck(cwd, ['--offline', '--no-config', '--fix'])
    expect(pageOf(cwd)).not.toBe(pageOf(fixable()))
    return pageOf(cwd)
  }

  it('of SARIF do what --fix does', async () => {
    const cwd = fixable()
    const {results} = JSON.parse(await report(cwd, 'sarif')).runs[0]
    // Offsets are of the text without its byte order mark.
    let text = pageOf(cwd).slice(1)
    const replacements = results.flatMap(({fixes = []}: {fixes?: {artifactChanges: object[]}[]}) => {
      for (const {description} of fixes as unknown as {description: {text: string}}[])
        expect(description.text).toMatch(/^Safe fix: /)
      return fixes.flatMap(({artifactChanges: [change]}) => (change as {replacements: object[]}).replacements)
    })
    expect(replacements).toHaveLength(5)
    for (const {deletedRegion, insertedContent} of replacements.reverse()) {
      const {charOffset, charLength} = deletedRegion
      text = text.slice(0, charOffset) + (insertedContent?.text ?? '') + text.slice(charOffset + charLength)
    }
    expect(`\uFEFF${text}`).toBe(await fixed())
  })

  it('of rdjson do what --fix does', async () => {
    const cwd = fixable()
    const {diagnostics} = JSON.parse(await report(cwd, 'rdjson'))
    let bytes = readFileSync(path.join(cwd, 'docs/a.md'))
    const byteOf = ({line, column}: {line: number; column: number}) => {
      let at = 0
      for (let left = line; left > 1; left--) at = bytes.indexOf('\n', at) + 1
      return at + column - 1
    }
    const suggestions = diagnostics.flatMap(({suggestions = []}) => suggestions)
    expect(suggestions).toHaveLength(5)
    for (const {range, text} of suggestions.reverse())
      bytes = Buffer.concat([
        bytes.subarray(0, byteOf(range.start)),
        Buffer.from(text),
        bytes.subarray(byteOf(range.end)),
      ])
    expect(bytes.toString()).toBe(await fixed())
  })

  it('stand in columns that do not count the mark, in the folder and in the index', async () => {
    const cwd = fixable()
    execFileSync('git', ['init', '-q'], {cwd})
    const columns = async (...words: string[]) => {
      const {out} = await doccheck(cwd, ['--offline', '--no-config', '--reporter', 'json', ...words])
      const [{messages}] = JSON.parse(out)
      return messages.slice(0, 2).map(({place}: {place: {start: Place}}) => place.start)
    }
    const first = {line: 1, column: 15 + mark.length - 1, offset: 14 + mark.length - 1}
    const second = {line: 3, column: 8, offset: 30 + mark.length - 1}
    expect(await columns()).toEqual([first, second])
    execFileSync('git', ['add', '--all'], {cwd})
    expect(await columns('--staged')).toEqual([first, second])
    // Read from the index, not from the folder.
    writeFileSync(path.join(cwd, 'docs/a.md'), 'other\n')
    expect(await columns('--staged')).toEqual([first, second])
  })
})

describe('fingerprints', () => {
  const target = {file: 'b.md'}
  const of = async (...pages: ReportedPage[]) => [...fingerprintMessages(await reportOf(pages)).values()]

  it('stay while lines move and words change', async () => {
    expect(await of({path: 'a.md', text: 'abc', findings: [{message: 'One', target}]})).toEqual(
      await of({path: 'a.md', text: '\n\nabc', findings: [{start: 2, message: 'Another', target}]}),
    )
  })

  it('differ by page, rule, target, and number', async () => {
    const found = [{target}, {target}, {target: {file: 'c.md'}}, {target, rule: 'x'}, {message: 'No target'}]
    const all = await of({path: 'a.md', findings: found}, {path: 'b.md', findings: found})
    expect(all).toHaveLength(10)
    expect(new Set(all).size).toBe(10)
  })

  it('stay where other findings of the page are mended', async () => {
    const [first, second] = await of({path: 'a.md', findings: [{target}, {target: {file: 'c.md'}}]})
    expect(await of({path: 'a.md', findings: [{target: {file: 'c.md'}}]})).toEqual([second])
    expect(first).not.toBe(second)
  })
})

describe('gitlab', () => {
  it('gives every finding a name of its own', async () => {
    const findings: {fingerprint: string}[] = JSON.parse(
      await report(folder({'a.md': '[b](b.md) [b](b.md)\n'}), 'gitlab'),
    )
    expect(new Set(findings.map(({fingerprint}) => fingerprint)).size).toBe(2)
  })
  it('is an empty array where nothing was found', async () => {
    expect(await report(folder({'a.md': '# A\n'}), 'gitlab')).toBe('[]\n')
  })
})

describe('junit', () => {
  it('counts files without findings as passing', async () => {
    const out = await report(docs(), 'junit')
    expect(out).toContain('<testsuites name="doccheck" tests="4" failures="3" errors="0">')
    expect(out).toContain('<testcase name="no findings" classname="docs/ok.md" file="docs/ok.md"/>')
  })
})

describe('markdown', () => {
  it('puts findings together that have one cause', async () => {
    const cwd = folder({
      'a.md': '[b](b.md) [b](b.md)\n',
      'c.md': '# c\n\n[b](b.md) [x](x.md) [c](#no)\n',
      'd.md': '[c](c.md#no)\n',
    })
    expect(await report(cwd, 'markdown')).toContain(
      `## doccheck: 6 errors in 3 files

### \`b.md\` is missing: 3 links in 2 files

- \`a.md:1\` error: Unexpected link to missing file \`b.md\`
- \`a.md:1\` error: Unexpected link to missing file \`b.md\`
- \`c.md:3\` error: Unexpected link to missing file \`b.md\`

### \`c.md\` has no \`#no\`: 2 links in 2 files

- \`c.md:3\` error: Unexpected link to missing anchor \`#no\`
- \`d.md:1\` error: Unexpected link to missing anchor \`#no\` in \`c.md\`

### [\`no-broken-link\`](<${ruleUrl('no-broken-link')}>): 1 finding in 1 file

- \`c.md:3\` error: Unexpected link to missing file \`x.md\`

\`\`\`text
`,
    )
  })

  it('says first what of a change brought findings about', async () => {
    const change = 'docs/setup.md was renamed to docs/install.md in this change'
    const message = 'Unexpected link to missing file `setup.md`'
    const text = markdownReporter(
      await reportOf([
        ...many(3, 1),
        {path: 'x.md', findings: [{message}], change},
        {path: 'y.md', findings: [{message}], change: 'old.md was deleted in this change'},
        {path: 'z.md', findings: [{message}], change: 'c.md lost #a in this change'},
      ]),
    )
    expect(text.match(/^### .*$/gm)).toEqual([
      '### `docs/setup.md` was renamed to `docs/install.md` in this change: breaks 1 link in 1 file',
      '### `old.md` was deleted in this change: breaks 1 link in 1 file',
      '### `c.md` lost `#a` in this change: breaks 1 link in 1 file',
      '### `0.md` is missing: 3 links in 3 files',
    ])
    expect(text).toContain('- `x.md:1` error: Unexpected link to missing file `setup.md`\n')
  })

  it('says what a staged change breaks', async () => {
    const cwd = folder({'a.md': '[s](setup.md)\n', 'b.md': '[s](setup.md#x)\n', 'setup.md': '# x\n'})
    const git = (...words: string[]) =>
      execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...words], {
        cwd,
        env: {PATH: process.env.PATH, HOME: cwd, GIT_CONFIG_NOSYSTEM: '1'},
      })
    git('init', '-q', '-b', 'main')
    git('add', '--all')
    git('commit', '-q', '-m', 'x')
    git('mv', 'setup.md', 'install.md')
    const {out} = await doccheck(cwd, ['--offline', '--no-config', '--staged', '--reporter', 'markdown'])
    expect(out).toContain(`## doccheck: 2 errors in 2 files

### \`setup.md\` was renamed to \`install.md\` in this change: breaks 2 links in 2 files

- \`a.md:1\` error: Unexpected link to missing file \`setup.md\`, expected \`install.md\`
- \`b.md:1\` error: Unexpected link to missing file \`setup.md#x\`, expected \`install.md#x\`
`)
  })

  it('folds long lists, and counts the rest of very long ones', async () => {
    const text = markdownReporter(await reportOf(many(130, 1)))
    expect(text).toContain('### `0.md` is missing: 130 links in 130 files\n')
    const [open, folded] = text.split('<details><summary>125 more</summary>') as [string, string]
    expect(open.match(/^- `/gm)).toHaveLength(5)
    expect(folded.match(/^- `/gm)).toHaveLength(95)
    expect(folded).toContain('- 30 more not listed\n\n</details>\n')
  })

  it('calls links and images missing only where their file is', async () => {
    const cwd = folder({'a.md': '[b](B.md) [b](B.md)\n', 'b.md': '# b\n'})
    expect(await report(cwd, 'markdown')).toContain('### `B.md` cannot be reached: 2 links in 1 file\n')
    const images = folder({'a.md': '![](x.png) ![](x.png)\n'})
    expect(await report(images, 'markdown')).toContain('### `x.png` is missing: 2 links in 1 file\n')
  })

  it('tells notes, too', async () => {
    const text = markdownReporter(await reportOf(many(1, 1, {severity: 'info', message: 'It expires'})))
    expect(text).toMatch(/^## doccheck: 1 note in 1 file\n/)
    expect(text).toContain('- `0.md:1` info: It expires\n')
  })

  it('shows a message as code where it could be taken for anything else', async () => {
    const messages = [
      'See `a` and `b`',
      'See `a``b`',
      'See @team',
      'See `a',
      '``',
      'See GH-1',
      'Is 7 of 9 (so far)',
    ]
    const text = markdownReporter(
      await reportOf([
        {path: 'a.md', text: 'some text', findings: messages.map((message, start) => ({start, message}))},
      ]),
    )
    expect(text.match(/(?<=error: ).*$/gm)).toEqual([
      'See `a` and `b`',
      '``` See `a``b` ```',
      '`See @team`',
      '``See `a``',
      '` `` `',
      '`See GH-1`',
      'Is 7 of 9 (so far)',
    ])
  })

  it('is one line where nothing was found', async () => {
    expect(await report(folder({'a.md': '# A\n'}), 'markdown')).toBe(
      '**doccheck** found no problems in 1 file\n',
    )
  })
})

it('files with hostile names come through a real run', async () => {
  const names = [
    'a b.md',
    '\'q\' "q".md',
    '100%.md',
    '%3A.md',
    '#x.md',
    '?x.md',
    'a\nb.md',
    '::error::x.md',
    ']]>.md',
    '😀.md',
    'a\u202Efdp.md',
    '`x`.md',
    'a|b.md',
    '@team.md',
    '-->.md',
    '</failure>/x.md',
    '<!--.md',
  ]
  const cwd = folder(Object.fromEntries(names.map((name) => [name, '[x](gone.md)\n'])))
  const sorted = names.toSorted()
  const {results} = JSON.parse(await report(cwd, 'sarif')).runs[0]
  expect(
    results
      .map((result: {locations: [{physicalLocation: {artifactLocation: {uri: string}}}]}) =>
        decodeURIComponent(result.locations[0].physicalLocation.artifactLocation.uri),
      )
      .toSorted(),
  ).toEqual(sorted)
  const paths = (list: {location: {path: string}}[]) => list.map(({location}) => location.path).toSorted()
  expect(paths(JSON.parse(await report(cwd, 'gitlab')))).toEqual(sorted)
  expect(paths(JSON.parse(await report(cwd, 'rdjson')).diagnostics)).toEqual(sorted)
  const lines = (await report(cwd, 'github')).trimEnd().split('\n')
  // Ten, and what counts the others.
  expect(lines).toHaveLength(11)
  for (const line of lines) expect(line).toMatch(/^::(?:error file=|notice title=)/)
})

it('thousands of findings come through', async () => {
  const huge: Report = await reportOf(many(1500, 4))
  const {results} = JSON.parse(await sarifReporter(huge)).runs[0]
  expect(results).toHaveLength(6000)
  expect(JSON.parse(await rdjsonReporter(huge)).diagnostics).toHaveLength(6000)
  const found: {fingerprint: string}[] = JSON.parse(gitlabReporter(huge))
  expect(new Set(found.map(({fingerprint}) => fingerprint)).size).toBe(6000)
  expect(junitReporter(huge)).toContain(
    '<testsuites name="doccheck" tests="6000" failures="6000" errors="0">',
  )
  expect(githubReporter(huge)).toContain('::5,990 more errors in 1,500 files: ')
  expect(markdownReporter(huge).length).toBeLessThan(60_000)
})

it('name the page about the rule where the format has a place for it', async () => {
  const cwd = folder({'a.md': '[b](b.md)\n'})
  const url = ruleUrl('no-broken-link')
  expect(url).toMatch(/^https:.*no-broken-link/)
  const parsed = async (name: string) => JSON.parse(await report(cwd, name))
  expect((await parsed('json'))[0].messages[0].url).toBe(url)
  expect((await parsed('rdjson')).diagnostics[0].code).toEqual({value: 'no-broken-link', url})
  const [{tool, results}] = (await parsed('sarif')).runs
  expect(tool.driver.rules[results[0].ruleIndex]).toMatchObject({id: 'no-broken-link', helpUri: url})
  for (const name of ['junit', 'markdown', 'html']) expect(await report(cwd, name)).toContain(url)
  // The terminal has no room for it.
  expect(await report(cwd, 'text')).not.toContain(url)
})
