import type {VFile} from 'vfile'
import type {Comparison} from '../change/compare.ts'
import type {CheckResult, PageResult, Shard} from '../engine/types.ts'
import type {RemoteUse} from '../remote/types.ts'
import type {Target} from '../rule/types.ts'
import {safe, shortened} from '../text/safe.ts'
import {testDataAround} from '../text/test-data.ts'
import {formatNumber, plural} from './numbers.ts'
import {skippedCount, skippedLines} from './skipped.ts'

/** The numbers of problems and fixes in a report. */
export interface Counts {
  errors: number
  warnings: number
  byRule: Map<string, RuleCount>
  /** The problems that `--fix` resolves, and those that only `--fix --unsafe` does. */
  safeFixes: number
  unsafeFixes: number
}

/** The number of problems of a rule. */
interface RuleCount {
  count: number
  /** The number for each file, fragment, label or URL that they are about. */
  byTarget: Map<string, {count: number; target: Target}>
}

/** Is a message about an outdated entry of a baseline, which `--fix` updates? */
const isOutdatedEntry = (rule: string, source: string | undefined) =>
  rule === 'baseline' && source === 'doccheck'

/** Count the messages of all files; those of severity `info` are not problems. */
export function countMessages(files: readonly VFile[]): Counts {
  const counts: Counts = {errors: 0, warnings: 0, byRule: new Map(), safeFixes: 0, unsafeFixes: 0}
  for (const {fatal, ruleId = 'other', fix, source, target} of files.flatMap(({messages}) => messages)) {
    if (fix || isOutdatedEntry(ruleId, source)) counts[fix?.safe === false ? 'unsafeFixes' : 'safeFixes']++
    if (fatal === null) continue
    counts[fatal ? 'errors' : 'warnings']++
    const ofRule = counts.byRule.get(ruleId) ?? {count: 0, byTarget: new Map()}
    counts.byRule.set(ruleId, ofRule)
    ofRule.count++
    if (target) countTarget(ofRule, target)
  }
  return counts
}

function countTarget({byTarget}: RuleCount, target: Target): void {
  const key = JSON.stringify([target.file, target.name])
  const known = byTarget.get(key)
  if (known) known.count++
  else byTarget.set(key, {count: 1, target})
}

/** The facts of a run that the summary reports. */
export interface RunSummary {
  milliseconds: number
  /** A path of the tree relative to the working directory, as the user would type it. */
  display(path: string): string
  /** Does `doccheck rules` explain a rule? */
  isDocumented(rule: string): boolean
  /** The number of pages that are not checked, by what excludes them. */
  ignoredPages: ReadonlyMap<string, number>
  /** Test data is checked if it is named on the command line. */
  checksNamedTestData: boolean
  /** The number of fixes that were applied, and of the files they changed. */
  fixes: number
  files: number
  /** The numbers of remote URLs without a verdict, by reason in words. */
  unverified: readonly Unverified[]
  /** The part of the run that is reported; absent for all of it. */
  shard?: Shard
  /** The number of problems in the baseline, if there is one. */
  inBaseline?: number
  /** The revision that a change was compared with. */
  compared?: Comparison & {since: string; isIdle: boolean}
}

/** The number of checked pages. */
export const checkedCount = (pages: readonly PageResult[]): number =>
  pages.filter(({isBaseline}) => !isBaseline).length

/** The closing lines of a text report: problems by rule, pages checked, and remote URLs not verified. */
export function summary(
  result: Pick<CheckResult, 'pages' | 'testData'>,
  counts: Counts,
  run: RunSummary,
): string {
  const {milliseconds, fixes, files, shard, inBaseline, compared} = run
  const seconds = (milliseconds / 1000).toFixed(1)
  const lines = ruleLines(counts, run)
  if (lines.length > 0) lines.push('')
  const checked = checkedCount(result.pages)
  const found = problemCounts(counts) || (checked > 0 ? withoutProblems(result.pages) : '')
  const part = shard ? `Shard ${shard.index}/${shard.count}: ` : ''
  lines.push(`${part}${plural(checked, 'file')} checked in ${seconds} s${found && `: ${found}`}`)
  lines.push(...ignoredLines(run))
  if (result.testData.length > 0) lines.push(testDataLine(result.testData, run))
  if (inBaseline) lines.push(`${plural(inBaseline, 'known problem')} in the baseline not shown`)
  if (compared) lines.push(...comparisonLines(compared))
  if (files > 0) lines.push(`${plural(fixes, 'problem')} fixed in ${plural(files, 'file')}`)
  lines.push(...fixableLines(counts), ...skippedLines(result.pages), ...unverifiedLines(run.unverified))
  lines.push(...hintLines(counts, run))
  return lines.join('\n')
}

const mostFirst = (byRule: Counts['byRule']) =>
  [...byRule].sort((a, b) => b[1].count - a[1].count || (a[0] < b[0] ? -1 : 1))

/** The number of problems of each rule, most first. */
function ruleLines({byRule}: Counts, run: RunSummary): string[] {
  const rules = mostFirst(byRule)
  const width = Math.max(0, ...rules.map(([, {count}]) => formatNumber(count).length))
  return rules.map(
    ([rule, ofRule]) => `  ${formatNumber(ofRule.count).padStart(width)}  ${rule}${mostly(ofRule, run)}`,
  )
}

/** So many problems with one target have one cause, such as a renamed file. */
const LEAST_SHARED = 5
const LONGEST_TARGET = 80

/** `, 998 of them about docs/setup.md`; empty unless that is half of the problems or more */
function mostly({count, byTarget}: RuleCount, {display}: RunSummary): string {
  let most: {count: number; target: Target} | undefined
  for (const each of byTarget.values()) if (each.count > (most?.count ?? 0)) most = each
  if (!most || most.count < LEAST_SHARED || most.count < count / 2) return ''
  const {file, name} = most.target
  const isFragment = file !== undefined && name !== undefined
  const target = `${file === undefined ? '' : display(file)}${isFragment ? '#' : ''}${name ?? ''}`
  const those = most.count === count ? 'all' : `${formatNumber(most.count)} of them`
  return `, ${those} about \`${safe(shortened(target, LONGEST_TARGET))}\``
}

/** The number of folders of test data that the summary names. */
const MOST_FOLDERS = 3
const LONGEST_FOLDER = 80

/** `12 files ignored by .doccheckignore, 3 by --ignore-pattern` */
function ignoredLines({ignoredPages}: RunSummary): string[] {
  const parts = [...ignoredPages].map(([reason, count], index) =>
    index === 0
      ? `${plural(count, 'file')} ignored by ${safe(reason)}`
      : `${formatNumber(count)} by ${safe(reason)}`,
  )
  return parts.length > 0 ? [parts.join(', ')] : []
}

/** `12 files of test data not checked (fixtures/, test/); name them to check them` */
function testDataLine(files: readonly string[], {display, checksNamedTestData}: RunSummary): string {
  const places = [...new Set(files.map((file) => testDataAround(file)!))]
  const named = places
    .slice(0, MOST_FOLDERS)
    .map((place) => (place.endsWith('/') ? `${display(place)}/` : place))
    .map((place) => safe(shortened(place, LONGEST_FOLDER)))
  if (places.length > MOST_FOLDERS) named.push('…')
  const hint = checksNamedTestData ? '; name them to check them' : ''
  return `${plural(files.length, 'file')} of test data not checked (${named.join(', ')})${hint}`
}

/** The result of a run without problems, with the number of links that were not judged. */
function withoutProblems(pages: readonly PageResult[]): string {
  const skipped = skippedCount(pages)
  return skipped === 0 ? 'no problems' : `no problems found, ${plural(skipped, 'link')} not judged`
}

/** `2 errors, 1 warning`; empty without problems */
function problemCounts({errors, warnings}: Counts): string {
  const parts = [errors && plural(errors, 'error'), warnings && plural(warnings, 'warning')]
  return parts.filter(Boolean).join(', ')
}

function fixableLines({safeFixes, unsafeFixes}: Counts): string[] {
  const options = [
    safeFixes && `${formatNumber(safeFixes)} with \`--fix\``,
    unsafeFixes && `${formatNumber(unsafeFixes)}${safeFixes > 0 ? ' more' : ''} with \`--fix --unsafe\``,
  ].filter(Boolean)
  return options.length > 0 ? [`Can be fixed: ${options.join(', ')}`] : []
}

/** What to do about a finding that is not wanted. */
function hintLines({errors, warnings, byRule}: Counts, {isDocumented}: RunSummary): string[] {
  const [rule] = mostFirst(byRule).find(([name]) => isDocumented(name)) ?? []
  if (rule === undefined) return []
  const quiet = errors > 0 && warnings > 0 ? '; errors only: `--quiet`' : ''
  return [`More about a rule, and how to turn it off: \`doccheck rules ${rule}\`${quiet}`]
}

/** The known problems that are hidden, since the change did not cause them, and those that it fixed. */
function comparisonLines({since, known, fixed, isIdle}: NonNullable<RunSummary['compared']>): string[] {
  if (since !== 'staged')
    return [
      `Since ${safe(since)}: ${plural(fixed, 'problem')} fixed, ${plural(known, 'known problem')} not shown`,
    ]
  if (isIdle) return ['Nothing is staged']
  return known > 0 ? [`${plural(known, 'known problem')} in other files not shown`] : []
}

/** The numbers of remote URLs without a verdict for one reason, by use. */
export interface Unverified extends Record<RemoteUse, number> {
  reason: string
}

/** Count the remote URLs that a report cannot judge, because they were not requested or not answered, by reason. */
export function unverifiedIn(
  {asks, answer}: Pick<CheckResult, 'asks' | 'answer'>,
  offline: boolean,
): Unverified[] {
  if (!answer) {
    const {image, link} = asks
    const isNone = !offline || image.size + link.size === 0
    return isNone ? [] : [{reason: 'not checked (--offline)', image: image.size, link: link.size}]
  }
  const byReason = new Map<string, Unverified>()
  for (const use of ['image', 'link'] as const)
    for (const url of asks[use]) {
      const verdict = answer.fact(use, url)?.verdict
      if (verdict?.state !== 'unchecked' && verdict?.state !== 'blocked') continue
      const reason =
        verdict.state === 'blocked'
          ? 'not verified: the server rejects automated requests'
          : `not checked: ${safe(verdict.reason)}`
      const counts = byReason.get(reason) ?? {reason, image: 0, link: 0}
      byReason.set(reason, counts)
      counts[use]++
    }
  return [...byReason.values()]
}

/** `2 remote images and 1 remote link not checked: the time limit of 5 min was reached` */
const unverifiedLines = (unverified: readonly Unverified[]): string[] =>
  unverified.map(({reason, image, link}) => {
    const counts = [image && plural(image, 'remote image'), link && plural(link, 'remote link')]
    return `${counts.filter(Boolean).join(' and ')} ${reason}`
  })
