import type {VFileMessage} from 'vfile-message'
import {builtIn} from '../../rules/index.ts'
import type {PageResult} from '../engine/types.ts'
import {loadDocs, summaryOf} from '../rule/docs.ts'
import type {Fix} from '../rule/types.ts'
import {safe, safeJson} from '../text/safe.ts'
import {severityOf} from './finding-message.ts'
import {fingerprintMessages} from './fingerprint.ts'
import {packageInfo, ruleUrl} from './package-info.ts'
import type {Report} from './report.ts'
import {skippedLines} from './skipped.ts'
import {rangeBetween, rangeOf, type SourceRange} from './source-range.ts'

const LEVEL = {error: 'error', warning: 'warning', info: 'note'} as const

/** The base of relative URIs; its absolute path would disclose the layout of this machine. */
const ROOT = '%SRCROOT%'

/**
 * A report in SARIF 2.1.0 as GitHub code scanning accepts it: paths are URIs relative to the tree's root; lines and
 * columns from 1, offsets from 0, columns and offsets in UTF-16 units.
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html
 */
export async function sarifReporter(report: Report): Promise<string> {
  const {pages, files, version} = report
  const rules = await describeRules(files.flatMap(({messages}) => messages))
  const indexes = new Map(rules.map(({id}, index) => [id, index]))
  const fingerprints = fingerprintMessages(report)
  const unreadable = pages.filter((page) => page.unreadable !== undefined)
  const run = {
    tool: {
      driver: {
        name: 'doccheck',
        version,
        semanticVersion: version,
        informationUri: packageInfo().homepage,
        rules,
      },
    },
    originalUriBaseIds: {[ROOT]: {description: {text: 'The root of the checked files'}}},
    columnKind: 'utf16CodeUnits',
    newlineSequences: ['\r\n', '\n', '\r'],
    invocations: [
      {
        executionSuccessful: true,
        toolExecutionNotifications: [
          ...unreadable.map((page) => ({
            level: 'error',
            descriptor: {id: 'unreadable'},
            message: {text: plain(safe(page.unreadable!))},
            locations: [{physicalLocation: {artifactLocation: artifact(page)}}],
          })),
          ...skippedLines(pages).map((line) => ({
            level: 'note',
            descriptor: {id: 'not-judged'},
            message: {text: plain(line)},
          })),
        ],
      },
    ],
    results: files.flatMap(({messages}, index) =>
      messages.map((message) => {
        const ruleId = message.ruleId ?? OTHER
        return {
          ruleId,
          ruleIndex: indexes.get(ruleId),
          ...result(message, pages[index]!, fingerprints.get(message)!),
        }
      }),
    ),
  }
  return `${safeJson({$schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run]})}\n`
}

/** The rule of messages without a rule id. */
const OTHER = 'other'

/** Messages of doccheck itself. */
const OTHERS: ReadonlyMap<string, string> = new Map([
  ['baseline', 'Baseline entries for problems that no longer exist'],
  ['lint-comment', 'Malformed `lint` comments'],
  ['unchecked', 'Pages that could not be checked completely'],
  ['unreadable', 'Files that could not be read'],
  ['unused-disable', '`lint` comments that suppress nothing'],
])

/** All rules of doccheck, and the rules of plugins that reported something. */
async function describeRules(messages: readonly VFileMessage[]): Promise<{id: string}[]> {
  const docs = await loadDocs()
  const own = [...builtIn.values()].map(({name, severity}) => {
    const {text} = docs.get(name)!
    return {
      id: name,
      helpUri: ruleUrl(name),
      shortDescription: {text: summaryOf(docs.get(name)!)},
      fullDescription: {text: oneLine(text)},
      help: {text, markdown: text},
      defaultConfiguration: {enabled: severity !== 'off', level: severity === 'error' ? 'error' : 'warning'},
    }
  })
  const others = new Map<string, object>()
  for (const {ruleId = OTHER, url} of messages)
    if (!builtIn.has(ruleId) && !others.has(ruleId)) {
      // GitHub requires all three for every rule.
      const description = {text: OTHERS.get(ruleId) ?? plain(`Messages of a remark plugin: ${ruleId}`)}
      others.set(ruleId, {
        shortDescription: description,
        fullDescription: description,
        help: description,
        ...(url && {helpUri: url}),
      })
    }
  return [...own, ...[...others].map(([id, more]) => ({id, ...more}))]
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim()

function result(message: VFileMessage, page: PageResult, fingerprint: string): object {
  const range = rangeOf(message, page)
  return {
    level: LEVEL[severityOf(message)],
    message: {text: plain(message.reason)},
    // GitHub requires a line even for a result about the file as such.
    locations: [
      {
        physicalLocation: {
          artifactLocation: artifact(page),
          region: range ? region(range) : {startLine: 1},
        },
      },
    ],
    // GitHub's upload action computes its own `primaryLocationLineHash` from the line's text and warns of differences: https://github.com/github/codeql-action/issues/4052
    partialFingerprints: {'doccheck/v1': fingerprint},
    ...propertiesOf(message),
    ...(message.fix && page.page && {fixes: [fixOf(message.fix, page)]}),
  }
}

function propertiesOf({likely, seen}: VFileMessage): {properties?: object} {
  const properties = {...(likely !== undefined && {likely}), ...(seen !== undefined && {seen})}
  return Object.keys(properties).length > 0 ? {properties} : {}
}

/**
 * Escapes the placeholders and links that SARIF defines for messages (3.11.5, 3.11.6): `{0} [a](b)` → `{{0}} [a\\](b)`
 */
const plain = (text: string) =>
  text
    .replace(/[{}]/g, '$&$&')
    .replace(/(\\*)\]\(/g, (all, slashes: string) => (slashes.length % 2 === 1 ? all : `${slashes}\\](`))

function fixOf({safe: isSafe, edits}: Fix, page: PageResult): object {
  return {
    description: {
      text: isSafe ? 'Safe fix: the only possible answer' : 'Suggestion: may not be what was meant',
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
