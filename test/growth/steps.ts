import type {Series} from './series.ts'

/** What a run does besides reading, slugging and judging: repairs, comparisons, reports, patterns that users give. */
export const steps: readonly Series[] = []
