/** A count with commas: `1500` → `1,500`. `toLocaleString` would load 16 ms of language data at every start. */
export const formatNumber = (value: number): string => String(value).replace(/\B(?=(?:\d{3})+$)/g, ',')

/** A count with its noun: `1 file`, `1,500 files`. */
export const plural = (value: number, noun: string): string =>
  `${formatNumber(value)} ${noun}${value === 1 ? '' : 's'}`
