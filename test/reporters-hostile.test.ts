import fc from 'fast-check'
import type {InlineCode, Nodes} from 'mdast'
import {fromMarkdown} from 'mdast-util-from-markdown'
import {gfmFromMarkdown} from 'mdast-util-gfm'
import {gfm} from 'micromark-extension-gfm'
import {SaxesParser} from 'saxes'
import {visit} from 'unist-util-visit'
import {describe, expect, it} from 'vitest'
import {githubReporter} from '../src/report/github.ts'
import {gitlabReporter} from '../src/report/gitlab.ts'
import {junitReporter} from '../src/report/junit.ts'
import {markdownReporter} from '../src/report/markdown.ts'
import {ruleUrl} from '../src/report/package-info.ts'
import {rdjsonReporter} from '../src/report/rdjson.ts'
import type {Report} from '../src/report/report.ts'
import {sarifReporter} from '../src/report/sarif.ts'
import {safe} from '../src/text/safe.ts'
import {amount} from './amount.ts'
import {HARM, HOSTILE, hostilePages, reportOf} from './hostile-report.ts'

const RUNS = {numRuns: amount(150)}

/** Each message with its page's path. */
const toldBy = ({files, pages}: Report) =>
  files.flatMap(({messages}, index) => messages.map((message) => ({message, path: pages[index]!.path})))

/** One workflow command, taken apart as GitHub's runner does: see `ActionCommand.TryParseV2` in actions/runner. */
function commandIn(line: string) {
  const text = line.trimStart()
  const end = text.indexOf('::', 2)
  if (!text.startsWith('::') || end < 0) return undefined
  const [, name = '', list = ''] = /^(\S*) ?(.*)$/s.exec(text.slice(2, end))!
  const plain = (value: string) => value.replaceAll('%0D', '\r').replaceAll('%0A', '\n')
  const properties = Object.fromEntries(
    list
      .trim()
      .split(',')
      .filter(Boolean)
      .map((pair) => {
        const at = pair.indexOf('=')
        const value = plain(pair.slice(at + 1))
          .replaceAll('%3A', ':')
          .replaceAll('%2C', ',')
        return [pair.slice(0, at), value.replaceAll('%25', '%')]
      }),
  )
  return {name, properties, data: plain(text.slice(end + 2)).replaceAll('%25', '%')}
}

describe('github', () => {
  it('gives the runner nothing but its own commands, with names that are harmless to its log', async () => {
    await fc.assert(
      fc.asyncProperty(hostilePages, async (found) => {
        const report = await reportOf(found)
        // .NET's reader takes each of these for the end of a line.
        const lines = githubReporter(report).split(/\r\n|\r|\n/)
        expect(lines.pop()).toBe('')
        const told = toldBy(report).map(({message, path}) => `${safe(path)}\0${message.reason}`)
        for (const line of lines) {
          expect(line).not.toMatch(HARM)
          const {name, properties, data} = commandIn(line)!
          expect(['error', 'warning', 'notice']).toContain(name)
          if (properties.file === undefined)
            // Long names are shortened, perhaps with the words behind them.
            expect(data).toMatch(/^[\d,]+ (?:more |links? not judged: .)/)
          else expect(told).toContain(`${properties.file}\0${data}`)
        }
      }),
      RUNS,
    )
  })
})

describe('junit', () => {
  it('is well-formed XML with every name and message', async () => {
    await fc.assert(
      fc.asyncProperty(hostilePages, async (found) => {
        const report = await reportOf(found)
        const xml = junitReporter(report)
        expect(xml).not.toMatch(HARM)
        expect(xml).not.toMatch(/^\s*::/m)
        const suites: string[] = []
        const said: string[] = []
        const parser = new SaxesParser()
        parser.on('error', (error) => {
          throw error
        })
        parser.on('opentag', ({name, attributes}) => {
          if (name === 'testsuite') suites.push(attributes.name as string)
          if (name === 'failure' || name === 'error') said.push(attributes.message as string)
        })
        parser.write(xml).close()
        expect(suites).toEqual(report.pages.map(({path}) => allowed(path)))
        const failures = toldBy(report).filter(({message}) => message.fatal !== null)
        expect(said).toEqual(failures.map(({message}) => allowed(message.reason)))
      }),
      RUNS,
    )
  })

  it('names no two cases of a suite alike', async () => {
    const finding = {message: 'Unexpected `x`'}
    const xml = junitReporter(await reportOf([{path: 'a.md', findings: [finding, finding, finding]}]))
    expect([...xml.matchAll(/<testcase name="([^"]*)"/g)].map(([, name]) => name)).toEqual([
      'no-broken-link: Unexpected `x`',
      'no-broken-link: Unexpected `x` (2)',
      'no-broken-link: Unexpected `x` (3)',
    ])
  })
})

/** Text without what XML 1.0 cannot hold. */
const allowed = (text: string) =>
  text.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')

describe('sarif, gitlab and rdjson', () => {
  it('are JSON with every name and message', async () => {
    await fc.assert(
      fc.asyncProperty(hostilePages, async (found) => {
        const report = await reportOf(found)
        const told = toldBy(report).map(({message, path}) => [path, message.reason])
        const [sarif, gitlab, rdjson] = [
          await sarifReporter(report),
          gitlabReporter(report),
          await rdjsonReporter(report),
        ]
        for (const text of [sarif, gitlab, rdjson]) {
          expect(text).not.toMatch(HARM)
          expect(text).not.toMatch(/^\s*::/m)
        }
        expect(
          JSON.parse(gitlab).map(({location, description}: Json) => [location.path, description]),
        ).toEqual(told)
        expect(
          JSON.parse(rdjson).diagnostics.map(({location, message}: Json) => [location.path, message]),
        ).toEqual(told)
        expect(
          JSON.parse(sarif).runs[0].results.map(({locations, message}: Json) => [
            decodeURIComponent(locations[0].physicalLocation.artifactLocation.uri),
            message.text.replace(/\{\{|\}\}/g, (pair: string) => pair[0]).replace(/\\+\]\(/g, ']('),
          ]),
        ).toEqual(
          told.map(([path, message]) => [
            path!.replace(/\p{Surrogate}/gu, '\uFFFD'),
            message!.replace(/\\+\]\(/g, ']('),
          ]),
        )
        // No URI is taken for an absolute one, or for one with a query or a fragment.
        for (const {locations} of JSON.parse(sarif).runs[0].results)
          expect(locations[0].physicalLocation.artifactLocation.uri).toMatch(/^[\w.!~*'()%/-]+$/)
        expect(sarif).not.toContain(report.root)
      }),
      RUNS,
    )
  })
})

it('sarif has neither placeholders nor links in its messages', async () => {
  const messages = ['A {0} {b}', 'B [l](https://example.com)', 'C [l\\](x)', 'D [l\\\\](x)', 'E [l] (x)']
  const sarif = JSON.parse(
    await sarifReporter(await reportOf([{path: 'a.md', findings: messages.map((message) => ({message}))}])),
  )
  expect(sarif.runs[0].results.map(({message}: Json) => message.text)).toEqual([
    'A {{0}} {{b}}',
    'B [l\\](https://example.com)',
    // An odd number of backslashes escapes the bracket.
    'C [l\\](x)',
    'D [l\\\\\\](x)',
    'E [l] (x)',
  ])
})

// biome-ignore lint/suspicious/noExplicitAny: parsed JSON
type Json = any

/** Prose that is nothing but words: no address, mention, issue, commit, emoji or markup. */
const PROSE = /^(?:(?!GH-|[\da-f]{7})[\p{L}\p{M}\p{N} ,;()'’"…-]|[.:](?= |\)|$))*$/iu

function markdownNodes(text: string): Nodes[] {
  const nodes: Nodes[] = []
  visit(fromMarkdown(text, {extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()]}), (node) => {
    nodes.push(node)
  })
  return nodes
}

/** Nothing but what the reporter itself writes comes out. */
function expectOwnOnly(text: string) {
  for (const node of markdownNodes(text)) {
    expect([
      'root',
      'heading',
      'paragraph',
      'list',
      'listItem',
      'text',
      'inlineCode',
      'link',
      'html',
      'code',
    ]).toContain(node.type)
    if (node.type === 'text') expect(node.value).toMatch(PROSE)
    // The reporter links to the pages about doccheck's own rules.
    if (node.type === 'link') expect(node.url).toBe(ruleUrl((node.children[0] as InlineCode).value))
    if (node.type === 'html')
      expect(node.value).toMatch(/^(?:<details><summary>[\d,]+ more<\/summary>|<\/details>)$/)
    if (node.type === 'heading' && node.depth !== 2) expect(node.depth).toBe(3)
  }
}

describe('markdown', () => {
  it('makes nothing of what pages say', async () => {
    await fc.assert(
      fc.asyncProperty(hostilePages, async (found) => {
        const report = await reportOf(found, 'a\n```\n</details> @team')
        const text = markdownReporter(report)
        expect(text).not.toMatch(HARM)
        if (toldBy(report).length === 0) return
        expectOwnOnly(text)
        const codes = markdownNodes(text).flatMap((node) => (node.type === 'inlineCode' ? [node.value] : []))
        for (const {path, message} of toldBy(report)) {
          const name = safe(`${path}:${message.line}`)
          // Very long names are cut.
          if (name.length <= 300) expect(codes).toContain(name)
        }
        expect(markdownNodes(text).at(-1)).toMatchObject({
          type: 'code',
          lang: 'text',
          value: 'a\n```\n</details> @team',
        })
      }),
      RUNS,
    )
  })

  it.each(HOSTILE.map((name) => [name.slice(0, 30), name]))('makes nothing of %j', async (_, name) => {
    const message = `Unexpected link to missing file \`${name}\`, expected \`x\``
    const target = {file: name, name}
    const findings = ['no-broken-link', 'no-missing-anchor', 'no-dead-link', name].flatMap((rule) => [
      {rule, message, target},
      {rule, message: name, target},
    ])
    const change = `${name} was renamed to ${name} in this change`
    expectOwnOnly(markdownReporter(await reportOf([{path: name, findings}])))
    expectOwnOnly(markdownReporter(await reportOf([{path: name, findings, change}])))
  })

  it('stays below what GitHub takes, and counts what is left out', async () => {
    const long = '한글'.repeat(200)
    const found = Array.from({length: 300}, (_, at) => ({
      path: `${long}${at}.md`,
      findings: Array.from({length: 20}, (_, number) => ({
        message: `Unexpected ${long}`,
        rule: `rule-${number % 7}${long}`,
      })),
    }))
    const text = markdownReporter(await reportOf(found, `${long}${'x'.repeat(1e6)}\n`.repeat(100)))
    expect(Buffer.byteLength(text)).toBeLessThan(60_000)
    expectOwnOnly(text)
    const listed = text.match(/^- `/gm)!.length
    const number = (digits: string) => Number(digits.replaceAll(',', ''))
    const unlisted = [...text.matchAll(/^- ([\d,]+) more not listed/gm)].map(([, count]) => number(count!))
    const left = number(/\n([\d,]+) more findings omitted/.exec(text)![1]!)
    expect(listed + unlisted.reduce((sum, count) => sum + count, 0) + left).toBe(6000)
  })
})
