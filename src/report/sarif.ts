import type {VFileMessage} from 'vfile-message'
import {builtIn} from '../../rules/index.ts'
import type {PageResult} from '../engine/types.ts'
import {loadDocs, summaryOf} from '../rule/docs.ts'
import type {Fix} from '../rule/types.ts'
import {safe, safeJson} from '../text/safe.ts'
import {fingerprintMessages} from './fingerprint.ts'
import {severityOf} from './messages.ts'
import {packageInfo} from './package-info.ts'
import type {Report} from './report.ts'
import {rangeBetween, rangeOf, type SourceRange} from './source-range.ts'

const LEVEL = {error: 'error', warning: 'warning', info: 'note'} as const

/** What paths are relative to; where that is on this machine is nobody's business. */
const ROOT = '%SRCROOT%'

/**
 * A report in SARIF 2.1.0, as GitHub's code scanning takes it: paths are URIs relative to the tree's root; lines and
 * columns from 1, offsets from 0, both in UTF-16 units.
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html
 */
export async function sarifReporter(report: Report): Promise<string> {
  const {pages, files, version} = report
  const rules = await describeRules(files.flatMap(({messages}) => messages))
  const indexes = new Map(rules.map(({id}, index) => [id, index]))
  const known = fingerprintMessages(report)
  const unreadable = pages.filter((page) => page.unreadable !== undefined)
  const run = {
    tool: {
      driver: {
        name: 'doccheck',
        version,
        semanticVersion: version,
        informationUri: packageInfo().contact,
        rules,
      },
    },
    originalUriBaseIds: {[ROOT]: {description: {text: 'The root of what was checked'}}},
    columnKind: 'utf16CodeUnits',
    newlineSequences: ['\r\n', '\n', '\r'],
    invocations: [
      {
        executionSuccessful: true,
        toolExecutionNotifications: unreadable.map((page) => ({
          level: 'error',
          descriptor: {id: 'unreadable'},
          message: {text: plain(safe(page.unreadable!))},
          locations: [{physicalLocation: {artifactLocation: artifact(page)}}],
        })),
      },
    ],
    results: files.flatMap(({messages}, index) =>
      messages.map((message) => {
        const ruleId = message.ruleId ?? OTHER
        return {
          ruleId,
          ruleIndex: indexes.get(ruleId),
          ...result(message, pages[index]!, known.get(message)!),
        }
      }),
    ),
  }
  return `${safeJson({$schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run]})}\n`
}

/** The rule of messages that name none. */
const OTHER = 'other'

/** What doccheck reports that is no rule's. */
const OTHERS: ReadonlyMap<string, string> = new Map([
  ['baseline', 'Entries of the baseline whose problems no longer exist'],
  ['lint-comment', 'Comments that should switch rules on or off, and have a mistake in them'],
  ['unchecked', 'Pages of which something could not be checked'],
  ['unreadable', 'Files that cannot be read'],
  ['unused-disable', 'Comments that switch rules on or off where there is nothing to switch'],
])

/** All rules of doccheck, and those of plugins that found something. */
async function describeRules(messages: readonly VFileMessage[]): Promise<{id: string}[]> {
  const docs = await loadDocs()
  const own = [...builtIn.values()].map(({name, severity}) => {
    const {text} = docs.get(name)!
    return {
      id: name,
      shortDescription: {text: summaryOf(docs.get(name)!)},
      fullDescription: {text: oneLine(text)},
      help: {text, markdown: text},
      defaultConfiguration: {enabled: severity !== 'off', level: severity === 'error' ? 'error' : 'warning'},
    }
  })
  const others = new Map<string, object>()
  for (const {ruleId = OTHER, url} of messages)
    if (!builtIn.has(ruleId) && !others.has(ruleId)) {
      // GitHub asks for all three of every rule.
      const said = {text: OTHERS.get(ruleId) ?? plain(`What a remark plugin reports as ${ruleId}`)}
      others.set(ruleId, {
        shortDescription: said,
        fullDescription: said,
        help: said,
        ...(url && {helpUri: url}),
      })
    }
  return [...own, ...[...others].map(([id, more]) => ({id, ...more}))]
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim()

function result(message: VFileMessage, page: PageResult, fingerprint: string): object {
  const stretch = rangeOf(message, page)
  return {
    level: LEVEL[severityOf(message)],
    message: {text: plain(message.reason)},
    // GitHub asks for a line even where a whole page is meant.
    locations: [
      {
        physicalLocation: {
          artifactLocation: artifact(page),
          region: stretch ? region(stretch) : {startLine: 1},
        },
      },
    ],
    // GitHub's own, `primaryLocationLineHash`, is left to its upload action, which makes it of the line's text and warns
    // of each that differs: https://github.com/github/codeql-action/issues/4052
    partialFingerprints: {'doccheck/v1': fingerprint},
    ...(message.fix && page.page && {fixes: [fixOf(message.fix, page)]}),
  }
}

/**
 * A message without placeholders and links, which SARIF finds in any text (3.11.5, 3.11.6): braces are doubled, and the
 * bracket that would end a link's text is escaped.
 */
const plain = (text: string) =>
  text
    .replace(/[{}]/g, '$&$&')
    .replace(/(\\*)\]\(/g, (all, slashes: string) => (slashes.length % 2 === 1 ? all : `${slashes}\\](`))

function fixOf({safe: isSafe, edits}: Fix, page: PageResult): object {
  return {
    description: {
      text: isSafe ? 'Safe: there is one possible answer' : 'A suggestion, which may not be what was meant',
    },
    artifactChanges: [
      {
        artifactLocation: artifact(page),
        replacements: edits.map(({start, end, text}) => ({
          deletedRegion: region(rangeBetween(page, start, end)),
          ...(text !== '' && {insertedContent: {text}}),
        })),
      },
    ],
  }
}

const artifact = ({path}: PageResult) => ({
  uri: path
    .split('/')
    .map((segment) => encodeURIComponent(segment.replace(/\p{Surrogate}/gu, '\uFFFD')))
    .join('/'),
  uriBaseId: ROOT,
})

const region = ({start, end}: SourceRange) => ({
  startLine: start.line,
  startColumn: start.column,
  endLine: end.line,
  endColumn: end.column,
  charOffset: start.offset,
  charLength: end.offset - start.offset,
})
