import type {VFile} from 'vfile'
import {
  type Entry,
  entriesOf,
  formatBaseline,
  matchBaseline,
  parseBaseline,
  placesOf,
} from '../../src/change/baseline.ts'
import {compare, type ReportedRun} from '../../src/change/compare.ts'
import type {CheckResult, PageResult} from '../../src/engine/types.ts'
import {applyFixes} from '../../src/fix/edits.ts'
import {type LazyVersion, renamedAnchor, type Version} from '../../src/history/renamed-headings.ts'
import {readPage} from '../../src/page/read-page.ts'
import {expressionOf} from '../../src/pattern/expression.ts'
import {pathMatcher} from '../../src/pattern/path-matcher.ts'
import {wildcard} from '../../src/pattern/wildcard.ts'
import {toVFile} from '../../src/report/messages.ts'
import type {Report, Reporter} from '../../src/report/report.ts'
import {loadReporter, REPORTERS} from '../../src/report/reporters.ts'
import {countMessages} from '../../src/report/summary.ts'
import type {Fix} from '../../src/rule/types.ts'
import {withoutCredentials} from '../../src/text/safe.ts'
import {RUN_FACTS} from '../hostile-report.ts'
import {checkTree, counted, prepare, repeated, type Series, series, treeOf} from './series.ts'

/** What a run found, with its messages. */
async function tell(files: Record<string, string>, pages?: readonly string[]): Promise<ReportedRun> {
  const result = await checkTree(await prepare(files, pages))
  const made = await Promise.all(result.pages.map((page) => toVFile(page, {display: (path) => path})))
  return {result, files: made}
}

function reportOf({result, files}: ReportedRun, texts: Record<string, string>): Report {
  const tree = treeOf(texts)
  return {
    version: '1.2.3',
    root: '/tree',
    display: (path) => path,
    pages: result.pages,
    files,
    counts: countMessages(files),
    summary: 'all of it\n\nin 1 s',
    run: RUN_FACTS,
    view: result.view,
    read: tree.read,
    readWithMark: tree.read,
  }
}

const broken = (size: number) => counted(size, (at) => `[a](x${at}.md)\n`)

/** A series that reports what was found on a tree. */
const reporting = (name: string, what: string, texts: (size: number) => Record<string, string>): Series =>
  series<{report: Report; reporter: Reporter}>({
    name: `reporter ${name}: ${what}`,
    unit: 'items',
    of: async (size) => {
      const files = texts(size)
      return {report: reportOf(await tell(files), files), reporter: await loadReporter(name, '.')}
    },
    run: async ({report, reporter}) => (await reporter(report, {color: false, inActions: false})).length,
  })

const reporters = REPORTERS.flatMap((name) => [
  reporting(name, 'many findings on one page', (n) => ({'a.md': broken(n)})),
  reporting(name, 'many findings on one line', (n) => ({'a.md': counted(n, (at) => `[a](x${at}.md) é`)})),
  reporting(name, 'many pages with one finding, and one with many', (n) => ({
    'a.md': broken(n / 2),
    ...Object.fromEntries(Array.from({length: n / 2}, (_, at) => [`b/${at}/c.md`, '[a](x.md)\n'])),
  })),
])

/** Edits of one text. */
const fixing = (what: string, fixes: (size: number) => Fix[]): Series =>
  series<{text: string; fixes: Fix[]}>({
    name: `fix: ${what}`,
    unit: 'items',
    of: (size) => ({text: repeated('a b ', size * 4), fixes: fixes(size)}),
    run: ({text, fixes: all}) => applyFixes(text, all).applied.length,
  })

const edits = (size: number, edit: (at: number) => Fix['edits']): Fix[] =>
  Array.from({length: size}, (_, at) => ({edits: edit(at), safe: true}))

/** Entries of a baseline, each of which is found in its text. */
const placing = (what: string, entry: (at: number) => Entry): Series =>
  series<string>({
    name: `baseline: places of ${what}`,
    unit: 'items',
    of: (size) => formatBaseline(Array.from({length: size}, (_, at) => entry(at))),
    run: (text) => placesOf(parseBaseline(text, 'x'), text).size,
  })

/** The comments of a page switch messages off. */
const commenting = (what: string, text: (size: number) => string): Series =>
  series<PageResult>({
    name: `comments: ${what}`,
    unit: 'items',
    of: async (size) => {
      const files = {'a.md': text(size)}
      const {pages} = await checkTree(await prepare(files))
      return {...pages[0]!, text: files['a.md']}
    },
    run: async (page) => (await toVFile(page, {display: (path) => path})).messages.length + 1,
  })

/** Messages of a run of before and of now. */
const comparing = (
  what: string,
  trees: (size: number) => Record<'before' | 'now', Record<string, string>>,
): Series =>
  series<Record<'before' | 'now', ReportedRun>>({
    name: `compare: ${what}`,
    unit: 'items',
    from: 250,
    of: async (size) => {
      const {before, now} = trees(size)
      return {before: await tell(before), now: await tell(now)}
    },
    run: ({before, now}) => {
      const files = now.files.map(({messages}) => ({messages: [...messages]}) as unknown as VFile)
      const old = Object.keys(before.result.read)
      const changes = {
        renamed: new Map(old.map((path) => [path, path])),
        deleted: new Set(before.result.pages.map(({path}) => path).filter((path) => path !== 'a.md')),
        changed: new Set(['a.md']),
      }
      compare({result: now.result, files}, before, changes)
      return before.files.length
    },
  })

const anchorsOf = async (text: string): Promise<Version> => {
  const page = await readPage('a.md', text, {})
  const ids = page.headings.map((heading) => heading.text)
  const set = new Set(ids)
  return {
    text,
    page,
    anchors: {ids: set, has: (id) => set.has(id), ofHeadings: ids, idOf: (heading) => heading, doubts: []},
  }
}

/** What a run does besides reading, slugging and judging: repairs, comparisons, reports, patterns that users give. */
export const steps: readonly Series[] = [
  fixing('edits in order', (n) => edits(n, (at) => [{start: at * 4, end: at * 4 + 1, text: 'c'}])),
  fixing('edits from the end', (n) =>
    edits(n, (at) => [{start: (n - at) * 4, end: (n - at) * 4 + 1, text: 'c'}]),
  ),
  fixing('edits that overlap', (n) => edits(n, (at) => [{start: at, end: at + 50, text: 'c'}])),
  fixing('insertions at one place', (n) => edits(n, () => [{start: 2, end: 2, text: 'c'}])),
  fixing('one fix of many edits', (n) => [
    {
      edits: edits(n, (at) => [{start: at * 4, end: at * 4 + 1, text: 'c'}]).flatMap((fix) => fix.edits),
      safe: true,
    },
  ]),

  commenting('among inline HTML', (n) => `<!-- lint disable a -->\n\n${repeated('a <i>b</i> c\n', n * 13)}`),
  commenting('around links', (n) =>
    counted(n / 2, () => '<!-- lint disable -->\n\n[a](b.md)\n\n<!-- lint enable -->\n\n[a](b.md)\n\n'),
  ),
  commenting('before links', (n) => counted(n, () => '<!-- lint ignore no-broken-link -->\n\n[a](b.md)\n\n')),
  commenting(
    'in one block of HTML',
    (n) => `<div>\n${counted(n, () => '<!-- lint disable a --> b\n')}</div>\n`,
  ),
  commenting(
    'with many names',
    (n) => `<!-- lint disable${counted(n, (at) => ` a${at}`)} -->\n\n[a](b.md)\n`,
  ),

  series<{entries: Entry[]; result: CheckResult; files: readonly VFile[]}>({
    name: 'baseline: equal entries',
    unit: 'items',
    of: async (size) => {
      const {result, files} = await tell({'a.md': repeated('[a](x.md)\n', size * 10)})
      return {entries: entriesOf(result.pages, files), result, files}
    },
    run: ({entries, result, files}) => {
      const {known} = matchBaseline(entries, result.pages, files)
      return known.size + formatBaseline(entries).length
    },
  }),
  placing('entries of one page', (at) => ({path: 'a.md', rule: 'no-broken-link', about: `${at}.md`})),
  placing('entries of many pages', (at) => ({path: `${at}.md`, rule: 'no-broken-link', about: 'x.md'})),
  placing('entries of many rules', (at) => ({path: 'a.md', rule: `x:${at}`, about: 'x'})),
  comparing('many messages on one page', (n) => ({
    before: {'a.md': broken(n)},
    now: {'a.md': `${broken(n)}# b\n`},
  })),
  comparing('many deleted files', (n) => ({
    before: {
      'a.md': counted(n, (at) => `[a](b/${at}.md)\n`),
      ...Object.fromEntries(Array.from({length: n}, (_, at) => [`b/${at}.md`, ''])),
    },
    now: {'a.md': counted(n, (at) => `[a](b/${at}.md)\n`)},
  })),
  series<{fragments: string[]; versions: LazyVersion[]}>({
    name: 'history: renamed headings',
    unit: 'items',
    of: async (size) => {
      const texts = ['new', 'old'].map((word) => counted(size, (at) => `# ${word}${at}\n\ntext ${at}\n\n`))
      const versions = await Promise.all(texts.map(anchorsOf))
      return {
        fragments: Array.from({length: size}, (_, at) => `old${at}`),
        versions: versions.map((version) => ({text: async () => version.text, parsed: async () => version})),
      }
    },
    run: async ({fragments, versions}) => {
      let found = 0
      for (const fragment of fragments) if (await renamedAnchor(fragment, versions)) found++
      return found
    },
  }),

  ...reporters,
  ...['https:', 'https://a', '//', 'a://', 'a:b@', '@'].map((part) =>
    series<string>({
      name: `report: user names in URLs, ${part}`,
      unit: 'characters',
      of: (size) => repeated(part, size),
      run: (text) => withoutCredentials(text).length,
    }),
  ),

  ...['*a*a*a*a*b', '*'.repeat(50), 'a*'].map((pattern) =>
    series<string>({
      name: `pattern: wildcards, ${pattern}`,
      unit: 'characters',
      of: (size) => repeated('a', size),
      run: (text) => 1 + Number(wildcard(pattern).test(text)),
    }),
  ),
  ...['(a+)+$', '(a|a)*b', 'a*a*a*a*b', '(.*)(.*)(.*)x'].map((source) =>
    series<string>({
      name: `pattern: expression, ${source}`,
      unit: 'characters',
      of: (size) => `${repeated('a', size)}!`,
      run: (text) => 1 + Number(expressionOf({source, flags: ''}).test(text)),
    }),
  ),
  ...['*a*a*a*a*a*a*b', '**/a/**/a/**/a/**/b', '**/*a*/**/*a*/**/*a*b'].map((glob) =>
    series<string>({
      name: `pattern: glob, ${glob}`,
      unit: 'characters',
      of: (size) => repeated('a/a', size),
      run: (path) => 1 + Number(pathMatcher([glob], 'ignore')(path)),
    }),
  ),
]
