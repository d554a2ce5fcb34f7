import {nameOf} from '../text/paths.ts'
import type {Refs} from '../tree/refs.ts'
import type {Tree} from '../tree/tree.ts'
import {repositoryName} from './names.ts'
import {statedRepositories} from './stated-repositories.ts'

/** The remotes that may be the repository which the tree is a clone of, or a fork of. */
const OWN_REMOTES = ['origin', 'upstream']

/** Find the repositories that a tree is a clone of, or a fork of, as its remotes name them. @returns the remotes by them */
export function ownRemotes({remotes}: Refs): Map<string, string> {
  const [only, ...others] = remotes.keys()
  const names = only !== undefined && others.length === 0 ? [only] : OWN_REMOTES
  const found = new Map<string, string>()
  for (const remote of names) {
    const name = repositoryName(remotes.get(remote) ?? '')
    if (name !== undefined && !found.has(name)) found.set(name, remote)
  }
  return found
}

/**
 * Find the repositories that the tree says it is, if no remote names one, or one of the same name: it may be a fork.
 *
 * @param names The repositories that URLs are of; files are only read for them.
 */
export async function statedBeside(
  own: readonly string[],
  names: readonly string[],
  tree: Tree,
): Promise<ReadonlySet<string>> {
  const mayBeOwn = (name: string) =>
    !own.includes(name) && (own.length === 0 || own.some((each) => nameOf(each) === nameOf(name)))
  if (!names.some(mayBeOwn)) return new Set()
  return new Set([...(await statedRepositories(tree))].filter(mayBeOwn))
}
