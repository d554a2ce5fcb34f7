import {refuseWith} from '../../run/conflicts.ts'
import {openRequest} from '../../run/request.ts'
import {shardOf} from '../shard.ts'
import type {Flags, Io} from '../types.ts'
import {worldOf} from '../world.ts'
import {runAndReport, type WatchState} from './report-run.ts'
import {outputsOf} from './reports.ts'

/** `doccheck [paths..]`. @returns the exit code */
export async function checkPaths(
  positionals: string[],
  flags: Flags,
  io: Io,
  watch: WatchState = {},
): Promise<number> {
  const started = performance.now()
  // Links that are not judged are counted on every page that is read, whether or not the change concerns them.
  if (flags.staged) refuseWith('--staged', ['maxUnknown'], flags)
  if (flags.since !== undefined) refuseWith('--since', ['maxUnknown'], flags)
  if (flags.sourceUrl !== undefined)
    (await import('../../repository/source-links.ts')).checkTemplate(flags.sourceUrl)
  const part = shardOf(flags)
  const outputs = await outputsOf(flags, io)
  const request = await openRequest(positionals, flags, worldOf(io))
  try {
    return await runAndReport(request, {flags: part ? {...flags, part} : flags, io, outputs, started, watch})
  } finally {
    request.change?.close()
  }
}
