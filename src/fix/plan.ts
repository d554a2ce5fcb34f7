import type {VFile} from 'vfile'
import type {CheckInput} from '../engine/types.ts'
import {RepairRounds, type Round, type RoundSettings} from './rounds.ts'

/** The settings for planning fixes. */
export interface PlanSettings extends Pick<RoundSettings, 'report'> {
  /** Like `report`, but for rounds that are only tried. */
  tryReport: RoundSettings['report']
  /** May a file be replaced? If absent, every file may. */
  mayReplace?(path: string): Promise<boolean>
}

type Message = VFile['messages'][number]

/**
 * Keep only those fixes in the messages of a run that `--fix` would apply, or `--fix --unsafe`: not those that it would
 * refuse, nor those in files that it could not write. They are applied in memory, as by {@link repair}; the tree is only
 * checked again if fixes overlap.
 */
export async function keepApplicable(
  input: CheckInput,
  run: Round,
  {tryReport, mayReplace}: Omit<PlanSettings, 'report'>,
): Promise<void> {
  const fixes = run.reported.flatMap(({messages}) => messages.flatMap(({fix}) => fix ?? []))
  if (fixes.length === 0) return
  const {answer} = run.result
  // The verdicts are known; a trial requests nothing.
  const {probe: _, progress: __, ...rest} = input
  const trial: CheckInput = {...rest, tree: run.tree, ...(answer && {probe: async () => answer})}
  const fixedBy = async (unsafe: boolean) => tryRounds(trial, run, {unsafe, report: tryReport})
  const safe = fixes.some((fix) => fix.safe) ? await fixedBy(false) : new Set<Message>()
  const all = fixes.every((fix) => fix.safe) ? safe : await fixedBy(true)
  for (const [index, {path}] of run.result.pages.entries()) {
    const fixable = run.reported[index]!.messages.filter(({fix}) => fix)
    if (fixable.length === 0) continue
    const isWritable = (await mayReplace?.(path)) ?? true
    for (const message of fixable)
      mark(message, isWritable && safe.has(message), isWritable && all.has(message))
  }
}

/** Keep the fix of a message if it would be applied; if only `--unsafe` does that, as a suggestion. */
function mark(message: Message, isFixed: boolean, isFixedUnsafe: boolean): void {
  if (isFixed) return
  if (isFixedUnsafe) message.fix = {...message.fix!, safe: false}
  else delete message.fix
}

/** The messages of a run that rounds of fixes would fix. */
async function tryRounds(input: CheckInput, run: Round, settings: RoundSettings): Promise<Set<Message>> {
  const rounds = new RepairRounds(input, settings, run.result)
  let round = run
  while ((await rounds.apply(round)) && rounds.isWaiting) round = await rounds.check()
  return rounds.fixed
}
