const MONTHS = [
  ['jan', 'january'],
  ['feb', 'february'],
  ['mar', 'march'],
  ['apr', 'april'],
  ['may'],
  ['jun', 'june'],
  ['jul', 'july'],
  ['aug', 'august'],
  ['sep', 'sept', 'september'],
  ['oct', 'october'],
  ['nov', 'november'],
  ['dec', 'december'],
]

/** The number of a month, 1 to 12, by its English name; 0 for any other word. */
const monthNumber = (name: string): number =>
  MONTHS.findIndex((names) => names.includes(name.toLowerCase())) + 1

/**
 * Convert a date to ISO form, if its day and month are unambiguous: `2026/1/2`, `2 January 2026` and `Jan 2nd, 2026` →
 * `2026-01-02`.
 *
 * @returns undefined for any other form, such as `1/2/2026`, or a date that does not exist
 */
export function isoDate(text: string): string | undefined {
  const [year, month, day] = partsOf(text.trim())
  if (!year || !month || !day) return
  const iso = `${year}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}`
  const date = new Date(`${iso}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso) ? iso : undefined
}

function partsOf(text: string): [year?: string, month?: number, day?: string] {
  const yearFirst = /^(\d{4})[/. -](\d{1,2})[/. -](\d{1,2})$/.exec(text)
  if (yearFirst) return [yearFirst[1]!, Number(yearFirst[2]), yearFirst[3]!]
  const dayFirst = /^(\d{1,2})(?:st|nd|rd|th)?\.?[ -]([A-Za-z]{3,9})\.?,?[ -](\d{4})$/.exec(text)
  if (dayFirst) return [dayFirst[3]!, monthNumber(dayFirst[2]!), dayFirst[1]!]
  const monthFirst = /^([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$/.exec(text)
  return monthFirst ? [monthFirst[3]!, monthNumber(monthFirst[1]!), monthFirst[2]!] : []
}
