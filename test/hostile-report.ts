import fc from 'fast-check'
import type {PageResult, RuleFinding, Skipped} from '../src/engine/types.ts'
import {readPage} from '../src/page/read-page.ts'
import {toVFile} from '../src/report/messages.ts'
import type {Report, RunFacts} from '../src/report/report.ts'
import {countMessages} from '../src/report/summary.ts'
import {doubt} from '../src/site/doubts.ts'
import {safe} from '../src/text/safe.ts'

/** A page with what was found on it. */
export interface ReportedPage {
  path: string
  text?: string
  findings?: Partial<RuleFinding>[]
  unreadable?: string
  skipped?: Skipped[] | undefined
  change?: string | undefined
}

/** The facts of a run about which there is nothing to say. */
export const RUN_FACTS: RunFacts = {
  milliseconds: 1000,
  display: (path) => path,
  ignoredPages: new Map(),
  isDocumented: () => false,
  checksNamedTestData: false,
  fixes: 0,
  files: 0,
  unverified: [],
  cwd: '/somewhere/on/this/machine',
  testData: [],
  failures: [],
  isInterrupted: false,
}

/** A report as a run would make it. */
export async function reportOf(found: readonly ReportedPage[], summary = 'all of it'): Promise<Report> {
  const pages = await Promise.all(
    found.map(
      async ({path, text = '', findings = [], unreadable, skipped}): Promise<PageResult> => ({
        path,
        ...(unreadable === undefined ? {page: await readPage(path, text, {})} : {unreadable}),
        findings: findings.map(({start = 0, ...finding}) => ({
          start: Math.min(start, text.length),
          end: Math.min(start + 3, text.length),
          rule: 'no-broken-link',
          ruleSeverity: 'error',
          ...finding,
          // As what runs the rules does.
          message: `${finding.message ?? 'Unexpected thing'}${finding.likely === undefined ? '' : ` (likely: ${finding.likely})`}`,
        })),
        ...(skipped && {skipped}),
        pluginMessages: [],
      }),
    ),
  )
  const files = await Promise.all(pages.map((page) => toVFile(page, {display: (path) => path})))
  for (const [index, {change}] of found.entries()) {
    if (change === undefined) continue
    for (const message of files[index]!.messages) {
      // As what compares two runs does.
      message.change = safe(change)
      message.reason = message.message = `${message.reason} (${message.change})`
    }
  }
  const texts = new Map(found.map(({path, text = ''}) => [path, text]))
  return {
    version: '1.2.3',
    root: '/somewhere/on/this/machine',
    display: (path) => path,
    pages,
    files,
    counts: countMessages(files),
    summary,
    run: RUN_FACTS,
    view: () => {
      throw new Error('no reporter asks the site')
    },
    read: async (path) => texts.get(path)!,
    readWithMark: async (path) => texts.get(path)!,
  }
}

/** What a terminal obeys, what reorders or hides text, and what log readers take for commands anywhere in a line. */
export const HARM =
  /(?!\u200D|[\t\n\u0600-\u0605\u06DD\u070F\u08E2])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}\u{E0000}-\u{E0FFF}]|##\[|##vso\[|##teamcity\[/iu

/** What may be in a file's name, a link or a message and means something to a format, a terminal or a log. */
export const HOSTILE = [
  'a b.md',
  '"a".md',
  "it's.md",
  '100%.md',
  '%3A%25%0A.md',
  '#a.md',
  '?a=b&c.md',
  'a,b;c.md',
  'a\nb.md',
  'a\r\n::error::x.md',
  '::error::x.md',
  '::warning file=a,line=1::x.md',
  '::stop-commands::x',
  '##[error]x.md',
  '##vso[task.complete]x.md',
  ']]>',
  '</failure></testcase>',
  '<!-- x -->',
  '-->',
  '<img src=x onerror=alert(1)>',
  '<details><summary>x',
  '![i](https://example.com/i.png)',
  '[l](https://example.com)',
  '{0} {{ x }} {% y %}',
  '\\](',
  'https://example.com/x',
  'www.example.com',
  'mail@example.com',
  '😀.md',
  '한글.md',
  'e\u0301.md',
  'a\u202Efdp.md',
  'a\u200Bb.md',
  '`',
  '``a`` ``` b',
  '` a `',
  'a|b|c.md',
  '| a |\n| - |\n| b |',
  '@team',
  '@org/team',
  '#123',
  'GH-123',
  'org/name#1',
  'JIRA-123',
  '0123456789abcdef0123456789abcdef01234567',
  '**bold** _it_ ~~no~~ \\*',
  '[^1]',
  ':tada:',
  '$x$ $$y$$',
  '&amp;&#38;&lt;',
  '\x1b[2J\x07\0',
  '\x9b31m',
  '\x1b]8;;https://example.com\x07link\x1b]8;;\x07',
  '\x1b]8;;https://example.com\x1b\\link',
  '\x9d8;;https://example.com\x9clink',
  'a\rb\x08\x7f\v\f',
  // All that a terminal may obey, and all that reorders text.
  ...[
    [0x00, 0x1f],
    [0x7f, 0x9f],
    [0x200b, 0x200f],
    [0x202a, 0x202e],
    [0x2060, 0x2069],
  ].map(([first, last]) =>
    String.fromCodePoint(...Array.from({length: last! - first! + 1}, (_, at) => first! + at)),
  ),
  '\u061C\u00AD\uFEFF\uFFF9\uFFFB',
  '##teamcity[x]',
  'a ##[group]b',
  '##VSO[x]',
  ' ::error::x',
  '%0A::error::x',
  '%1B[2J',
  '\uFFFE\uFFFF',
  '\uD800',
  '\uDC00\uD800',
  '\u{E0041}',
  '\u2028\u2029\u0085',
  '../x.md',
  '=x.md',
  'x'.repeat(5000),
  '`'.repeat(400),
]

/** Such text, mixed with any other. */
const hostile = fc
  .array(
    fc.oneof(
      {weight: 3, arbitrary: fc.constantFrom(...HOSTILE)},
      fc.string({unit: 'binary', maxLength: 8}),
      fc.constantFrom(' ', '/', '`', ' a ', 'x'),
    ),
    {minLength: 1, maxLength: 4},
  )
  .map((parts) => parts.join(''))
  // Neither a name nor a message is empty.
  .filter((text) => text !== '')

/** Pages with hostile names, and findings about hostile things; each page once. */
export const hostilePages: fc.Arbitrary<ReportedPage[]> = fc.uniqueArray(
  fc.record({
    // As in a tree: from its root, without a leading slash.
    path: hostile.map((path) => path.replace(/^(?:\.?\/)+/, '')).filter((path) => path !== ''),
    text: fc.constantFrom('', '# a\r\n\r\n😀 [b](b.md) 한글\r\n', 'a\nb\n'),
    findings: fc.array(
      fc.record(
        {
          start: fc.nat(20),
          message: fc.oneof(
            hostile,
            hostile.map((text) => `Unexpected link to missing file \`${text}\``),
          ),
          rule: fc.oneof(
            fc.constantFrom('no-broken-link', 'no-missing-anchor', 'no-dead-link', 'constructor'),
            hostile,
          ),
          target: fc.record({file: hostile, name: hostile}, {requiredKeys: []}),
          severity: fc.constantFrom('info', 'warn', 'error'),
          likely: hostile.map((name) => `all 9 other targets in ${name}/ exist`),
        },
        {requiredKeys: ['start', 'message', 'rule']},
      ),
      {maxLength: 4},
    ),
    skipped: fc.option(
      fc.array(
        hostile.map((name): Skipped => ({rule: 'no-broken-link', doubt: doubt('plugin-pages', name)})),
        {minLength: 1, maxLength: 8},
      ),
      {nil: undefined},
    ),
    change: fc.option(
      fc.oneof(
        hostile,
        fc.tuple(hostile, hostile).map(([a, b]) => `${a} was renamed to ${b} in this change`),
        hostile.map((name) => `${name} was deleted in this change`),
      ),
      {nil: undefined, freq: 3},
    ),
  }),
  {selector: ({path}) => path, minLength: 1, maxLength: 4},
) as fc.Arbitrary<ReportedPage[]>
