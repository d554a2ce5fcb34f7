import type {SectionEvidence, SiteListing} from '../../engine/list-sites.ts'
import {formatNumber, plural} from '../../report/numbers.ts'
import type {GuessedHome} from '../../site/guess-homes.ts'
import type {SiteFacts} from '../../site/types.ts'
import {safe} from '../../text/safe.ts'

/** Rows of cells as lines of text, in columns. */
export function aligned(rows: readonly (readonly string[])[]): string {
  const shown = rows.map((row) => row.map(safe))
  const columns = Math.max(0, ...shown.map(({length}) => length))
  // The last column is not padded.
  const widths = Array.from({length: columns - 1}, (_, column) =>
    Math.max(...shown.map((row) => row[column]!.length)),
  )
  return shown
    .map((row) => `${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd())
    .map((line) => `${line}\n`)
    .join('')
}

const HEADER = ['section', 'links by', 'found', 'missing', 'likely missing', 'not judged', '']

const LINKS_BY: Record<SectionEvidence['form'], string> = {
  url: 'URL',
  source: 'source file',
  asset: 'file',
  fragment: 'anchor',
}

/** The evidence about a site as text; sections without missing and doubted targets are counted together. */
export function explained(site: SiteFacts, {evidenceOf, homesOf}: SiteListing): string {
  const sections = evidenceOf(site)
  const homes = homesOf(site).map(homeLine).join('')
  if (sections.length === 0 && homes === '') return ''
  const isWhole = ({missing, refuted, doubted}: SectionEvidence) => missing + refuted + doubted === 0
  const rows = sections
    .filter((section) => !isWhole(section))
    .sort((a, b) => b.doubted + b.missing + b.refuted - (a.doubted + a.missing + a.refuted))
    .map(({section, form, found, missing, refuted, doubted, doubts}) => [
      section || '.',
      LINKS_BY[form],
      ...[found, missing, refuted, doubted].map(formatNumber),
      doubts.join('; '),
    ])
  const whole = sections.filter(isWhole)
  const found = whole.reduce((sum, section) => sum + section.found, 0)
  const rest = `${plural(found, 'target')} in ${plural(whole.length, 'other section')}, all found\n`
  return `\nEvidence for ${safe(`${site.root || '.'} (${site.platform}, ${site.why})`)}:\n\n${
    rows.length > 0 ? aligned([HEADER, ...rows]) : ''
  }${whole.length > 0 ? rest : ''}${homes}`
}

const homeLine = ({url, found, left}: GuessedHome) =>
  `Its home may be ${safe(url)}: ${formatNumber(found)} of ${plural(found + left, 'URL')} there are found\n`
