import type {VFile} from 'vfile'
import type {Compared} from '../change/compare.ts'
import type {CheckResult, PageResult} from '../engine/types.ts'
import type {RemoteUse} from '../remote/types.ts'
import {safe} from '../text/safe.ts'

/** How much was found. */
export interface Counts {
  errors: number
  warnings: number
  byRule: Map<string, number>
  /** How many `--fix` would mend, and how many more `--fix --unsafe`. */
  safeFixes: number
  unsafeFixes: number
}

/** Count the messages of all files. */
export function countMessages(files: readonly VFile[]): Counts {
  const counts: Counts = {errors: 0, warnings: 0, byRule: new Map(), safeFixes: 0, unsafeFixes: 0}
  for (const file of files)
    for (const {fatal, ruleId, fix} of file.messages) {
      if (fix) counts[fix.safe ? 'safeFixes' : 'unsafeFixes']++
      if (fatal === null) continue
      if (fatal) counts.errors++
      else counts.warnings++
      const rule = ruleId ?? 'other'
      counts.byRule.set(rule, (counts.byRule.get(rule) ?? 0) + 1)
    }
  return counts
}

/** With a comma between thousands; `toLocaleString` would load 16 ms of language data at every start. */
export const formatNumber = (value: number): string => String(value).replace(/\B(?=(?:\d{3})+$)/g, ',')

/** `1 file`, `1,500 files`. */
export const plural = (value: number, noun: string): string =>
  `${formatNumber(value)} ${noun}${value === 1 ? '' : 's'}`

/** How a run went. */
export interface RunSummary {
  milliseconds: number
  offline: boolean
  /** How many fixes were applied, in how many files. */
  fixes: number
  files: number
  /** How many problems a baseline holds, where there is one. */
  inBaseline?: number
  /** What a change was compared with. */
  compared?: Compared & {since: string; isIdle: boolean}
}

/** How many pages were checked. */
export const checkedCount = (pages: readonly PageResult[]): number =>
  pages.filter(({isBaseline}) => !isBaseline).length

/** The lines at the end of a text report: what was checked, what was found by rule, what was not checked. */
export function summary(
  result: CheckResult,
  {errors, warnings, byRule, safeFixes: certain, unsafeFixes}: Counts,
  {milliseconds, offline, fixes, files, inBaseline, compared}: RunSummary,
): string {
  const lines: string[] = []
  const rules = [...byRule].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
  const width = Math.max(0, ...rules.map(([, times]) => formatNumber(times).length))
  for (const [rule, times] of rules) lines.push(`  ${formatNumber(times).padStart(width)}  ${rule}`)
  if (lines.length > 0) lines.push('')
  const found =
    errors + warnings === 0
      ? 'no problems'
      : [errors && plural(errors, 'error'), warnings && plural(warnings, 'warning')]
          .filter(Boolean)
          .join(', ')
  lines.push(
    `${plural(checkedCount(result.pages), 'file')} checked in ${(milliseconds / 1000).toFixed(1)} s: ${found}`,
  )
  if (inBaseline) lines.push(`${plural(inBaseline, 'known problem')} of the baseline not shown`)
  if (compared) lines.push(...sayCompared(compared))
  if (files > 0) lines.push(`${plural(fixes, 'problem')} fixed in ${plural(files, 'file')}`)
  const commands = [
    certain && `${formatNumber(certain)} with \`--fix\``,
    unsafeFixes && `${formatNumber(unsafeFixes)} with \`--fix --unsafe\``,
  ]
  if (certain + unsafeFixes > 0) lines.push(`Can be fixed: ${commands.filter(Boolean).join(', ')}`)
  lines.push(...notAsked(result, offline))
  return lines.join('\n')
}

/** What was left out because it is not of this change, and what the change mended. */
function sayCompared({since, known, fixed, isIdle}: NonNullable<RunSummary['compared']>): string[] {
  if (since === 'staged')
    return isIdle
      ? ['Nothing is staged']
      : known > 0
        ? [`${plural(known, 'known problem')} elsewhere not shown`]
        : []
  return [`Since ${safe(since)}: ${plural(fixed, 'problem')} fixed, ${formatNumber(known)} known not shown`]
}

/** What the report says nothing of because it was not asked or not answered, by reason. */
function notAsked({asks, answer}: CheckResult, offline: boolean): string[] {
  const wanted = asks.image.size + asks.link.size
  if (wanted === 0) return []
  if (!answer) return offline ? [`${remote(asks)} not checked (--offline)`] : []
  const reasons = new Map<string, Record<RemoteUse, Set<string>>>()
  for (const kind of ['image', 'link'] as const)
    for (const url of asks[kind]) {
      const verdict = answer.fact(kind, url)?.verdict
      if (verdict?.state !== 'unchecked' && verdict?.state !== 'blocked') continue
      const reason = verdict.state === 'blocked' ? 'turned away' : verdict.reason
      const found = reasons.get(reason) ?? {image: new Set(), link: new Set()}
      reasons.set(reason, found)
      found[kind].add(url)
    }
  return [...reasons].map(([reason, urls]) =>
    reason === 'turned away'
      ? `${remote(urls)} not verified: the server turns programs away`
      : `${remote(urls)} not checked: ${safe(reason)}`,
  )
}

/** `2 remote images and 1 remote link`. */
const remote = ({image, link}: CheckResult['asks']) =>
  [image.size && plural(image.size, 'remote image'), link.size && plural(link.size, 'remote link')]
    .filter(Boolean)
    .join(' and ')
