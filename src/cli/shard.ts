import type {Shard} from '../engine/types.ts'
import {UserError} from '../errors/errors.ts'
import {MOST_SHARDS} from '../report/blob/limits.ts'
import {refuseWith} from '../run/conflicts.ts'
import type {Flags} from './types.ts'

/**
 * Parse `--shard`: `2/4`.
 *
 * @throws {@link UserError} for another form, and for options that only make sense for a whole run
 */
export function shardOf(flags: Flags): Shard | undefined {
  if (flags.shard === undefined) return
  const [, index = 0, count = 0] = (/^(\d{1,3})\/(\d{1,3})$/.exec(flags.shard) ?? []).map(Number)
  if (index < 1 || index > count || count > MOST_SHARDS)
    throw new UserError(
      `Invalid value '${flags.shard}' for --shard, expected a part and the number of parts, such as 2/4, of at most ${MOST_SHARDS}`,
    )
  refuseWith('--shard', ['fix', 'diff', 'staged', 'since', 'watch', 'stdin'], flags)
  for (const option of ['maxWarnings', 'maxUnknown'] as const)
    if (flags[option] !== undefined)
      throw new UserError(
        `${option === 'maxWarnings' ? '--max-warnings' : '--max-unknown'} cannot be used with --shard, which knows a part of the findings only: use it with \`doccheck merge-reports\``,
      )
  return {index, count}
}
