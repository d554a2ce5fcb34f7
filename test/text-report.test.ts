import {stripVTControlCharacters} from 'node:util'
import fc from 'fast-check'
import stringWidth from 'fast-string-width'
import {describe, expect, it} from 'vitest'
import {conciseReporter} from '../src/report/concise.ts'
import {showsHyperlinks} from '../src/report/terminal.ts'
import {textReporter} from '../src/report/text.ts'
import {amount} from './amount.ts'
import {HARM, hostilePages, reportOf} from './hostile-report.ts'
import {doccheck, folder} from './run-doccheck.ts'

const PLAIN = {color: false, inActions: false}

/** The lines of a report before its summary. */
const linesOf = (text: string) => text.split('\n').slice(0, -2)

describe('the text report', () => {
  it('gives each finding one word for its place, and pads places and severities by file', async () => {
    const report = await reportOf([
      {
        path: 'docs/a.md',
        text: 'one\n\ntwo words',
        findings: [{message: 'A'}, {start: 9, message: 'B', severity: 'warn' as never, ruleSeverity: 'warn'}],
      },
      {path: 'b.md', text: 'x', findings: [{message: 'C', rule: 'front-matter'}]},
      {path: 'gone.md', unreadable: 'Cannot be read'},
    ])
    expect(textReporter(report, PLAIN)).toBe(
      `docs/a.md:1:1  error    A [no-broken-link]
docs/a.md:3:5  warning  B [no-broken-link]

b.md:1:1  error  C [front-matter]
gone.md:1:1  error  Cannot be read [unreadable]

all of it
`,
    )
  })

  it('breaks messages between words at the width of a terminal, with an indent', async () => {
    const message = `Unexpected ${'word '.repeat(20)}end`
    const report = await reportOf([{path: 'docs/a.md', text: 'x', findings: [{message}]}])
    const lines = linesOf(textReporter(report, {...PLAIN, width: 80}))
    expect(lines).toEqual([
      'docs/a.md:1:1  error  Unexpected word word word word word word word word word',
      `${' '.repeat(22)}word word word word word word word word word word word end`,
      `${' '.repeat(22)}[no-broken-link]`,
      '',
    ])
    // A pipe has no width.
    expect(linesOf(textReporter(report, PLAIN))).toEqual([
      `docs/a.md:1:1  error  ${message} [no-broken-link]`,
      '',
    ])
  })

  it.each([
    [`${'deep/'.repeat(9)}a.md`, 'Unexpected link'],
    ['a.md', `Unexpected \`https://example.com/${'x'.repeat(60)}\``],
  ])('puts messages below places that leave them no room: %s %s', async (path, message) => {
    const report = await reportOf([{path, text: 'x', findings: [{message}]}])
    const [place, ...below] = linesOf(textReporter(report, {...PLAIN, width: 80}))
    expect(place).toBe(`${path}:1:1  error`)
    expect(below.join(' ').trim().replace(/ +/g, ' ')).toBe(`${message} [no-broken-link]`)
    for (const line of below.slice(0, -1)) expect(line).toMatch(/^ {4}\S/)
  })

  it('aligns by the width of characters: CJK and emoji take two columns', async () => {
    const report = await reportOf([
      {
        path: '文档/介绍.md',
        text: 'x',
        findings: [{message: '找不到 '.repeat(10)}, {message: '🚢 '.repeat(40)}],
      },
    ])
    const lines = linesOf(textReporter(report, {...PLAIN, width: 80}))
    expect(lines[0]).toMatch(/^文档\/介绍\.md:1:1 {2}error {2}找/)
    expect(lines[1]).toMatch(/^ {25}找/)
    expect(lines[3]).toMatch(/^ {25}🚢/)
    for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(80)
  })

  it('colors severities and links rules to their pages, where the terminal can', async () => {
    const report = await reportOf([{path: 'a.md', text: 'x', findings: [{message: 'A'}]}])
    const text = textReporter(report, {...PLAIN, color: true, hyperlinks: true})
    expect(text).toContain('\x1b[31merror\x1b[39m')
    expect(text).toMatch(
      /\x1b\]8;;https:\/\/[^\x1b]*no-broken-link[^\x1b]*\x1b\\\[no-broken-link\]\x1b\]8;;\x1b\\/,
    )
    expect(stripVTControlCharacters(text)).toBe(textReporter(report, PLAIN))
  })

  it.each([
    [{TERM_PROGRAM: 'vscode'}, true],
    [{TERM_PROGRAM: 'iTerm.app'}, true],
    [{TERM: 'xterm-kitty'}, true],
    [{VTE_VERSION: '7600'}, true],
    [{WT_SESSION: 'x'}, true],
    [{VTE_VERSION: '5000'}, false],
    [{TERM: 'xterm-256color'}, false],
    [{TERM_PROGRAM: 'vscode', TMUX: '/tmp/x'}, false],
    [{FORCE_HYPERLINK: '1'}, true],
    [{TERM_PROGRAM: 'vscode', FORCE_HYPERLINK: '0'}, false],
  ])('knows which terminals show hyperlinks: %j', (env, expected) => {
    expect(showsHyperlinks(env)).toBe(expected)
  })

  it('is harmless at any width, whatever pages say', async () => {
    await fc.assert(
      fc.asyncProperty(hostilePages, fc.integer({min: 1, max: 200}), async (pages, width) => {
        const text = textReporter(await reportOf(pages), {...PLAIN, width})
        expect(text).not.toMatch(HARM)
        // Nothing is lost or added but spaces and line breaks.
        const words = (from: string) => from.split(/\s+/).filter(Boolean)
        expect(words(text)).toEqual(words(textReporter(await reportOf(pages), PLAIN)))
      }),
      {numRuns: amount(100)},
    )
  })

  it('puts errors of all files before warnings on request', async () => {
    const warning = {message: 'W', ruleSeverity: 'warn'} as const
    const found = [
      {path: 'a.md', text: 'x', findings: [warning, {message: 'E'}]},
      {path: 'b.md', text: 'x', findings: [warning, {message: 'E'}]},
    ]
    const order = (text: string) => [...text.matchAll(/^(\w\.md):\S+ +(\w+)/gm)].map(([, ...words]) => words)
    const report = await reportOf(found)
    const sorted = [
      ['a.md', 'error'],
      ['b.md', 'error'],
      ['a.md', 'warning'],
      ['b.md', 'warning'],
    ]
    expect(order(textReporter(report, {...PLAIN, sort: 'severity'}))).toEqual(sorted)
    expect(order(conciseReporter(report, {...PLAIN, sort: 'severity'}))).toEqual(sorted)
    expect(order(textReporter(report, PLAIN))).not.toEqual(sorted)
  })
})

describe('on the command line', () => {
  const DOCS = {'a.md': `${'[a](gone.md) '.repeat(6)}[b](b.md)\n\n[c]: b.md\n`}

  it('ends with what to do next, the same on a terminal and on a pipe', async () => {
    const end = (out: string) => out.slice(out.indexOf('\n\n  ')).replace(/ in \d+\.\d s/, '')
    const shown = await doccheck(folder(DOCS), [], {terminal: true, columns: 80})
    expect(end(shown.out)).toBe(`

  8  no-broken-link, 6 of them about \`gone.md\`
  1  no-unused-definition

1 file checked: 8 errors, 1 warning
Can be fixed: 1 with \`--fix\`
More about a rule, and how to turn it off: \`doccheck rules no-broken-link\`; errors only: \`--quiet\`
`)
    expect(end((await doccheck(folder(DOCS), [])).out)).toBe(end(shown.out))
    expect((await doccheck(folder(DOCS), ['--quiet'])).out).not.toContain('--quiet')
    expect((await doccheck(folder({'a.md': '# A\n'}), [])).out).not.toContain('doccheck rules')
  })

  it('says in `rules` how to turn the rule off', async () => {
    const {out} = await doccheck(folder(), ['rules', 'no-broken-link'])
    const [, comment] = /(<!-- .* -->)/.exec(out.slice(out.indexOf('To turn it off')))!
    const option = /--rule '(.*)'/.exec(out)![1]!
    const page = '[a](gone.md)\n'
    const run = async (text: string, ...args: string[]) => (await doccheck(folder({'a.md': text}), args)).code
    expect(await run(page)).toBe(1)
    expect(await run(`${comment}\n\n${page}`)).toBe(0)
    expect(await run(page, '--rule', option)).toBe(0)
  })

  it('is broken at the width of the terminal only, and without colors in a pipe', async () => {
    const lengths = (out: string) => linesOf(out.slice(0, out.indexOf('\n\n'))).map((line) => line.length)
    const {out} = await doccheck(folder(DOCS), ['--no-color'], {terminal: true, columns: 60})
    expect(Math.max(...lengths(out))).toBeLessThanOrEqual(60)
    const piped = (await doccheck(folder(DOCS), [])).out
    expect(Math.max(...lengths(piped))).toBeGreaterThan(60)
    expect(piped).not.toContain('\x1b')
  })
})
