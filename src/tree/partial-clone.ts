import {IncompleteCloneError, UserError} from '../errors/errors.ts'
import {git} from './git.ts'

/** The error for what Git cannot do, with advice for partial clones. @param problem A clause, for the message. */
export async function gitFault(root: string, problem: string): Promise<UserError> {
  const settings = (await git(root, ['config', '--get-regexp', '^remote\\..*\\.(promisor|fetch)$'])) ?? ''
  if (!/\.promisor /.test(settings)) return new UserError(problem)
  // Without a refspec, as in a bare clone, Git would fetch one branch only.
  const other = /\.fetch /.test(settings) ? ', or run `git fetch --refetch --no-filter`' : ''
  return new IncompleteCloneError(
    `${problem}, since this is a partial clone; add \`--fetch\` to get what it lacks${other}`,
  )
}
