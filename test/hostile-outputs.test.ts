import {readFileSync} from 'node:fs'
import path from 'node:path'
import {describe, expect, it} from 'vitest'
import {diffReport} from '../src/report/diff.ts'
import {progressLine} from '../src/report/progress.ts'
import {loadReporter, REPORTERS} from '../src/report/reporters.ts'
import {HARM, HOSTILE, reportOf} from './hostile-report.ts'
import {git, repository, write} from './repository.ts'
import {doccheck, folder, type Ran} from './run-doccheck.ts'

/** What log readers take for a command at the beginning of a line. */
const COMMAND = /^\s*::(?!(?:error|warning|notice) (?:file|title)=)/m

function expectHarmless(text: string): void {
  expect(text).not.toMatch(HARM)
  // Of the style sheet of the HTML report, lines begin so.
  expect(text.replace(/<style>[\s\S]*?<\/style>/, '')).not.toMatch(COMMAND)
}

/** On a terminal, with doccheck's own colors and moves taken off. */
const uncolored = (text: string) => text.replace(/\x1b\[\d+m|\r\x1b\[2K/g, '')

function expectHarmlessRun({out, err, code}: Ran, isFault = false): void {
  expectHarmless(out)
  expectHarmless(err)
  expect(err).not.toContain('unexpected error')
  // Whatever is wrong, it is said.
  if (isFault) expect([code, err.split('\n').length]).toEqual([2, 2])
}

/** Hostile text as the name of a file: without what no file system takes. */
const names = [
  ...new Set(
    HOSTILE.map((text) =>
      text
        .replace(/\p{Surrogate}/gu, '')
        .replace(/[\0/\uFFFD]/g, '')
        .slice(0, 60),
    ),
  ),
].filter((name) => name.trim() !== '' && !/^[.~]/.test(name))

/** A page that says the text in every way in which a finding may say it. */
function pageOf(text: string): string {
  const line = text.replace(/[\0\r\n\u2028\u2029\u0085]/g, ' ')
  return [
    `---\n${JSON.stringify(line)}: 1\n${JSON.stringify(line)}: 2\n---`,
    `# ${line}`,
    `[a](<gone ${line.replace(/[<>]/g, '')}>) ![b](gone-${encodeURIComponent(text.replace(/\p{Surrogate}/gu, ''))}.png) [c](#${encodeURIComponent(text.replace(/\p{Surrogate}/gu, ''))})`,
    `<a href="gone ${line.replaceAll('"', '&quot;')}">d</a>`,
    `[e][${line.replace(/[[\]\\]/g, '')} e]`,
    `[${line.replace(/[[\]\\]/g, '')} f]: https://user:secret@example.com/${line.replaceAll(' ', '')}`,
    `<!-- lint ${line.replace(/-->/g, '')} -->`,
    `<!-- lint disable ${line.replace(/-->/g, '')} -->`,
    `{/* lint disable ${line.replace(/\*\//g, '')} */}`,
  ].join('\n\n')
}

const pages = Object.fromEntries(names.map((name) => [`docs/${name}.md`, pageOf(name)]))
// What can be in no name is in a page all the same.
pages['docs/all.mdx'] = HOSTILE.map((text) => pageOf(text.replace(/[{}<>]/g, ''))).join('\n\n')
for (const [index, text] of HOSTILE.entries())
  if (!names.includes(text)) pages[`docs/${index}.md`] = pageOf(text)

// What is added to the list of reporters is tested by it.
describe.each([...REPORTERS])('%s', (reporter) => {
  it('is harmless, whatever pages hold and are called, on standard output and in a file', async () => {
    const cwd = folder(pages)
    const ran = await doccheck(cwd, ['--offline', '--no-config', '--reporter', reporter])
    expectHarmlessRun(ran)
    expect(ran.code).toBe(1)
    expect(ran.out).not.toContain('secret')
    await doccheck(cwd, ['--offline', '--no-config', '--reporter', `${reporter}:out/report`])
    expectHarmless(readFileSync(path.join(cwd, 'out/report'), 'utf8'))
  })

  it.each(HOSTILE.map((text) => [JSON.stringify(text).slice(0, 40), text]))(
    'is harmless where %s is in every field',
    async (_, text) => {
      const report = await reportOf([
        {
          path: text,
          text: '# A\n\n[b](b.md)\n',
          findings: [
            {message: text, rule: text, target: {file: text, name: text}, start: 5, expected: [text]},
            {
              message: `Unexpected link to missing file \`${text}\``,
              target: {file: text, name: text},
              start: 5,
              fix: {edits: [{start: 5, end: 6, text}], safe: true},
            },
            {message: text, severity: 'info'},
          ],
          change: `${text} was renamed to ${text} in this change`,
        },
        {path: `${text}2`, unreadable: text},
      ])
      for (const {messages} of report.files)
        for (const message of messages) Object.assign(message, {url: message.reason, note: message.reason})
      const resolve = () => ({to: 'missing', path: text, why: text})
      const view = () => ({resolve, anchorsOf: () => undefined, urlsOf: () => [text]})
      const report2 = {...report, view} as unknown as typeof report
      const make = await loadReporter(reporter, '.')
      const made = await make(report2, {color: false, inActions: false})
      expectHarmless(made)
      expect(made.length).toBeLessThan(400_000)
    },
  )
})

it('a long message does not widen every row of a table', async () => {
  const findings = Array.from({length: 500}, (_, at) => ({message: at === 0 ? 'x'.repeat(1e6) : 'Short'}))
  const report = await reportOf([{path: 'a.md', findings}])
  const make = await loadReporter('text', '.')
  expect((await make(report, {color: false, inActions: false})).length).toBeLessThan(1e6)
})

it('--diff is harmless on a terminal and in the log of GitHub', () => {
  for (const text of HOSTILE) {
    const diff = diffReport([{path: text, before: `a\n${text}\n`, after: `b\n${text}${text}\n`}], true)
    expect(diff).not.toMatch(HARM)
  }
})

it('a report in colors holds no other controls', async () => {
  const {out} = await doccheck(folder(pages), ['--offline', '--no-config', '--color'])
  expect(out).toContain('\x1b[')
  expectHarmless(uncolored(out))
})

it('what else is printed of a tree is harmless', async () => {
  const cwd = folder({
    ...pages,
    ...Object.fromEntries(names.map((name) => [`${name}/_config.yml`, `title: ${name}`])),
  })
  expectHarmlessRun(await doccheck(cwd, ['sites']))
  expectHarmlessRun(await doccheck(cwd, ['config']))
  for (const file of [...Object.keys(pages).slice(0, 20), 'docs/all.mdx']) {
    expectHarmlessRun(await doccheck(cwd, ['inspect', file]))
    expectHarmlessRun(await doccheck(cwd, ['config', file]))
  }
  const diff = await doccheck(cwd, ['--offline', '--no-config', '--diff', '--unsafe'], {terminal: true})
  expectHarmlessRun({...diff, err: uncolored(diff.err)})
  for (const name of names.slice(0, 20)) {
    const noted = await doccheck(cwd, ['baseline', 'docs', '--offline', '--baseline', `${name}.json`])
    expectHarmlessRun(noted)
  }
})

it('entries of a baseline are harmless', async () => {
  const problems = Object.fromEntries(HOSTILE.map((text) => [`${text}.md`, {[text]: [text]}]))
  const cwd = folder({'a.md': '# A\n', 'b.json': JSON.stringify({version: 1, problems})})
  const ran = await doccheck(cwd, ['--offline', '--baseline', 'b.json'])
  expect(ran.out).toContain('Unexpected entry')
  expectHarmlessRun(ran)
})

it('what a change did is harmless', async () => {
  const root = await repository({
    ...pages,
    'docs/index.md': names.map((name) => `[a](<${name.replace(/[\r\n<>\\]/g, '')}.md>)`).join('\n\n'),
  })
  await git(root, 'commit', '-qm', 'a')
  for (const name of names) await git(root, 'mv', '--', `docs/${name}.md`, `docs/${name}-moved.md`)
  for (const reporter of ['text', 'markdown', 'json'])
    expectHarmlessRun(await doccheck(root, ['--staged', '--offline', '--reporter', reporter]))
  write(root, {'x.md': '# X\n'})
  expectHarmlessRun(await doccheck(root, ['--since', 'HEAD', '--offline']))
})

/** All of it at once, and what counts at the beginning of a line. */
const MISTAKES = [
  HOSTILE.map((text) => text.slice(0, 80)).join(''),
  '\r\n::error::x',
  '\n ##[error]x',
  '::error::x',
]

describe.each(
  MISTAKES.map((text) => [JSON.stringify(text).slice(0, 40), text.replaceAll('\0', '')] as const),
)('a mistake is told in one harmless line: %s', (_, text) => {
  it.each([
    [[`gone${text}`]],
    [['--config', `gone${text}`]],
    [['--rule', `gone${text}`]],
    [['--rule', `gone${text}: error`]],
    [['--reporter', `gone${text}`]],
    [['--since', `gone${text}`]],
    [['--baseline', `gone${text}`]],
    [[`--gone${text}`]],
    [['--max-warnings', `gone${text}`]],
    [['rules', `gone${text}`]],
    [['inspect', `gone${text}`]],
    [['config', `gone${text}`]],
  ])('%j', async (words) => {
    const ran = await doccheck(folder({'a.md': '# A\n'}), ['--offline', ...words])
    expectHarmlessRun(ran)
    expect([0, 1, 2]).toContain(ran.code)
  })

  it.each([
    [{[`gone${text}`]: 1}],
    [{rules: {[`gone${text}`]: 'error'}}],
    [{rules: {'no-broken-link': `gone${text}`}}],
    [{rules: {'no-broken-link': ['error', {[`gone${text}`]: 1}]}}],
    [{extends: `gone${text}`}],
    [{plugins: [`gone${text}`]}],
    [{site: `gone${text}`}],
    [{remote: {[`gone${text}`]: 1}}],
    [{remote: {timeout: `gone${text}`}}],
    [{overrides: [{files: [text], rules: {[`gone${text}`]: 'error'}}]}],
  ])('of the configuration: %j', async (config) => {
    const cwd = folder({'a.md': '# A\n', '.doccheckrc.json': JSON.stringify(config)})
    expectHarmlessRun(await doccheck(cwd, ['--offline']), true)
  })

  it('of a configuration that cannot be read', async () => {
    const cwd = folder({'a.md': '# A\n', '.doccheckrc.json': `{${text}`})
    expectHarmlessRun(await doccheck(cwd, ['--offline']), true)
  })
})

it('the line of progress is harmless', () => {
  for (const host of HOSTILE) {
    let said = ''
    let now = 0
    const line = progressLine({errIsTerminal: true, err: (text) => void (said += text)}, () => (now += 1000))
    line.remote({done: 1, total: 2, host})
    line.remote({done: 1, total: 2, host})
    expect(said).toContain('requesting 1/2')
    expectHarmless(uncolored(said))
  }
})
