import type {ChangedFiles} from '../../fix/rounds.ts'
import type {Session} from '../../run/session.ts'
import type {ChangePlace} from '../../run/write-changes.ts'
import type {Io} from '../types.ts'

/** Print the changes as a unified diff instead of writing them. @returns the exit code: 1 if there are any */
export async function showDiff(
  changed: ChangedFiles,
  {root, display, input}: ChangePlace & Pick<Session, 'input'>,
  io: Io,
): Promise<number> {
  if (changed.size === 0) return 0
  const [{diffReport}, {markOf}] = await Promise.all([
    import('../../report/diff.ts'),
    import('../../tree/write.ts'),
  ])
  const files = await Promise.all(
    [...changed].map(async ([file, {before, after}]) => {
      // Standard input is in the tree, but not on the disk.
      const isGiven = input.tree.unsaved?.has(file) && (await input.tree.whole(file)).startsWith('\uFEFF')
      const mark = isGiven ? '\uFEFF' : await markOf(root, file)
      return {path: display(file), before: mark + before, after: mark + after}
    }),
  )
  const inActions = io.env.GITHUB_ACTIONS === 'true'
  const diff = diffReport(files, io.outIsTerminal || inActions)
  const {stopCommands} = await import('../../report/text.ts')
  io.out(inActions ? `${stopCommands(diff)}\n` : diff)
  return 1
}
