import path from 'node:path'
import {UserError} from '../errors/errors.ts'
import {refuseWith, refuseWithout} from './conflicts.ts'
import type {Request} from './prepare.ts'
import {findTargets, pathOfStdin, targetsIn} from './targets.ts'
import type {RunOptions, World} from './types.ts'

/**
 * Find the files to check, and the change to check them for, which must be closed afterwards.
 *
 * @param paths Files, folders and globs; none means the current folder.
 * @throws {@link UserError} for a path that does not exist, and for options that make no sense together
 */
export async function openRequest(
  paths: readonly string[],
  flags: RunOptions,
  world: Pick<World, 'cwd' | 'env' | 'warn'>,
): Promise<Request> {
  const {cwd} = world
  refuseConflicts(paths, flags)
  const stdin = flags.stdin ? pathOfStdin(flags.stdinFilename ?? 'stdin.md', cwd) : undefined
  const checksChange = flags.staged || flags.since !== undefined
  const named = await findTargets(stdin ? [path.dirname(stdin)] : paths, cwd, checksChange)
  if (stdin) Object.assign(named, {folders: [], files: [stdin]})
  if (!checksChange) return {targets: named, positionals: paths, stdin}
  const change = await (await import('./change.ts')).openChange(flags, named.root, world)
  try {
    return {targets: targetsIn(named, change.tree, cwd), positionals: paths, change}
  } catch (error) {
    change.close()
    throw error
  }
}

/** Reject combinations of options that make no sense. */
function refuseConflicts(paths: readonly string[], flags: RunOptions): void {
  if (flags.stdin) {
    if (paths.length > 0) throw new UserError('--stdin cannot be used with paths')
    refuseWith('--stdin', ['staged', 'since', 'localizeImages'], flags)
  }
  if (flags.staged && flags.fix)
    throw new UserError(
      '--fix cannot be used with --staged: fix the working tree with `--since HEAD --fix`, and stage the result',
    )
  if (flags.staged) refuseWith('--staged', ['since', 'diff'], flags)
  refuseWithout(['fix', 'diff'], 'unsafe', flags)
  refuseWithout(['fix', 'diff'], 'fixRule', flags)
  refuseWithout(['fix'], 'localizeImages', flags)
  if (flags.localizeImages) refuseWith('--localize-images', ['diff', 'offline'], flags)
  refuseWithout(['stdin'], 'stdinFilename', flags)
  refuseWithout(['since', 'configFrom'], 'fetch', flags)
}
