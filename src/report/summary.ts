import type {VFile} from 'vfile'
import type {CheckResult} from '../check.ts'

/** How much was found. */
export interface Counts {
  errors: number
  warnings: number
  byRule: Map<string, number>
}

/** Count the messages of all files. */
export function count(files: readonly VFile[]): Counts {
  const counts: Counts = {errors: 0, warnings: 0, byRule: new Map()}
  for (const file of files)
    for (const {fatal, ruleId} of file.messages) {
      if (fatal === null) continue
      if (fatal) counts.errors++
      else counts.warnings++
      const rule = ruleId ?? 'other'
      counts.byRule.set(rule, (counts.byRule.get(rule) ?? 0) + 1)
    }
  return counts
}

/** With a comma between thousands; `toLocaleString` would load 16 ms of language data at every start. */
const digits = (value: number) => String(value).replace(/\B(?=(?:\d{3})+$)/g, ',')

const number = (value: number, noun: string) => `${digits(value)} ${noun}${value === 1 ? '' : 's'}`

/** The lines at the end of a text report: what was checked, what was found by rule, what was not checked. */
export function summary(
  result: CheckResult,
  {errors, warnings, byRule}: Counts,
  milliseconds: number,
  offline: boolean,
): string {
  const lines: string[] = []
  const rules = [...byRule].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
  const width = Math.max(0, ...rules.map(([, times]) => digits(times).length))
  for (const [rule, times] of rules) lines.push(`  ${digits(times).padStart(width)}  ${rule}`)
  if (lines.length > 0) lines.push('')
  const found =
    errors + warnings === 0
      ? 'no problems'
      : [errors && number(errors, 'error'), warnings && number(warnings, 'warning')]
          .filter(Boolean)
          .join(', ')
  lines.push(
    `${number(result.pages.length, 'file')} checked in ${(milliseconds / 1000).toFixed(1)} s: ${found}`,
  )
  if (result.networkDown !== undefined)
    lines.push(`${number(result.images, 'remote image')} not checked: ${result.networkDown}`)
  else if (offline && result.images > 0)
    lines.push(`${number(result.images, 'remote image')} not checked (--offline)`)
  return lines.join('\n')
}
