import path from 'node:path'
import {UserError} from '../../errors/errors.ts'
import {findTargets, pathOfStdin, targetsIn} from '../targets.ts'
import type {Flags, Io} from '../types.ts'
import {refuseWith, refuseWithout} from './conflicts.ts'
import type {Request} from './prepare.ts'
import {outputsOf} from './reports.ts'
import {openSession, runSession, type WatchState} from './session.ts'

/** `doccheck [paths..]`. @returns the exit code */
export async function checkPaths(
  positionals: string[],
  flags: Flags,
  io: Io,
  watch: WatchState = {},
): Promise<number> {
  const started = performance.now()
  refuseConflicts(positionals, flags)
  const outputs = await outputsOf(flags, io)
  const request = await openRequest(positionals, flags, io)
  try {
    return await runSession(await openSession(request, {flags, io, outputs, started, watch}))
  } finally {
    request.change?.close()
  }
}

/** Reject combinations of options that make no sense. */
function refuseConflicts(positionals: string[], flags: Flags): void {
  if (flags.stdin) {
    if (positionals.length > 0) throw new UserError('--stdin cannot be used with paths')
    refuseWith('--stdin', ['fix', 'diff', 'staged', 'since'], flags)
  }
  if (flags.staged) refuseWith('--staged', ['since', 'fix', 'diff', 'maxUnknown'], flags)
  // Links that are not judged are counted on every page that is read, whether or not the change concerns them.
  if (flags.since !== undefined) refuseWith('--since', ['maxUnknown'], flags)
  refuseWithout(['fix', 'diff'], 'unsafe', flags)
  refuseWithout(['fix'], 'localizeImages', flags)
  if (flags.localizeImages) refuseWith('--localize-images', ['diff', 'offline'], flags)
  refuseWithout(['stdin'], 'stdinFilename', flags)
}

/** Find the files to check, and the change to check them for. */
async function openRequest(positionals: string[], flags: Flags, io: Io): Promise<Request> {
  const stdin = flags.stdin ? pathOfStdin(flags.stdinFilename ?? 'stdin.md', io.cwd) : undefined
  const checksChange = flags.staged || flags.since !== undefined
  const named = await findTargets(stdin ? [path.dirname(stdin)] : positionals, io.cwd, checksChange)
  if (stdin) Object.assign(named, {folders: [], files: [stdin]})
  if (!checksChange) return {targets: named, positionals, stdin}
  const change = await (await import('./change.ts')).openChange(flags, named.root)
  try {
    return {targets: targetsIn(named, change.tree, io.cwd), positionals, change}
  } catch (error) {
    change.close()
    throw error
  }
}
