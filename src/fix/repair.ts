import type {VFile} from 'vfile'
import type {CheckInput, CheckResult} from '../engine/types.ts'
import type {Localized, StoredImage} from './localize.ts'
import {keepApplicable, type PlanSettings} from './plan.ts'
import {type ChangedFiles, RepairRounds} from './rounds.ts'

/** The settings for repairing a tree. */
export interface RepairSettings extends PlanSettings {
  /** Apply suggestions, too. */
  unsafe: boolean
  /** The rules whose fixes are applied; all by default. */
  rules?: ReadonlySet<string>
  /** Create further fixes for the first round, with the files that they link to. */
  localize?(result: CheckResult): Promise<Localized>
  /**
   * Write changed and new files; if absent, nothing is written.
   *
   * @returns the files that could not be written
   */
  write?(repairs: Repairs): Promise<ReadonlySet<string>>
}

/** The files to write. */
export interface Repairs {
  changed: ChangedFiles
  /** New files, which are written first. */
  files: ReadonlyMap<string, StoredImage>
}

/** The outcome of repairing. */
export interface Repaired {
  /** The last run, with the remaining findings. */
  result: CheckResult
  /** Its messages, a file for each page. */
  reported: VFile[]
  changed: ChangedFiles
  /** The files that could not be written. */
  unwritten: ReadonlySet<string>
}

/**
 * A fix may make another one possible, or necessary; after more rounds than this, two rules undo each other's fixes.
 */
const MOST_ROUNDS = 10

/**
 * Check, apply fixes in memory, and check again until there is nothing more to apply. Then write everything; files that
 * could not be written are checked as they are on disk.
 */
export async function repair(input: CheckInput, settings: RepairSettings): Promise<Repaired> {
  const rounds = new RepairRounds(input, settings)
  let run = await rounds.check()
  const localized = await settings.localize?.(run.result)
  const files = localized?.files ?? new Map<string, StoredImage>()
  rounds.pretend(files.keys())
  for (let round = 0; round < MOST_ROUNDS && !run.result.answer?.interrupted; round++) {
    const isChanged = await rounds.apply(run, round === 0 ? localized?.fixes : undefined)
    if (!isChanged) break
    run = await rounds.check()
  }
  const {changed} = rounds
  const unwritten = (await settings.write?.({changed, files})) ?? new Set<string>()
  if (unwritten.size > 0) {
    rounds.forget()
    rounds.pretend([...files.keys()].filter((file) => !unwritten.has(file)))
    run = await rounds.check()
  }
  rounds.withdrawRefused(run)
  await keepApplicable(input, run, settings)
  return {result: run.result, reported: run.reported, changed, unwritten}
}
