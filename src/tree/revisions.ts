import {git} from './git.ts'

/** Another repository, as `.git/config` states it. */
export interface Remote {
  name: string
  url: string
}

/** The remotes of a repository, by their names. */
export async function readRemotes(root: string): Promise<ReadonlyMap<string, Remote>> {
  const listed = (await git(root, ['config', '-z', '--get-regexp', '^remote\\..*\\.url$'])) ?? ''
  const remotes = new Map<string, Remote>()
  for (const entry of listed.split('\0')) {
    const [, name, url] = /^remote\.(.+)\.url\n(.+)$/s.exec(entry) ?? []
    // Git fetches from the first URL.
    if (name !== undefined && !remotes.has(name)) remotes.set(name, {name, url: url!})
  }
  return remotes
}

/**
 * The remote that a revision is looked for in: the one that its name begins with, or `origin`.
 *
 * @param remotes At least one.
 */
export function remoteFor(revision: string, remotes: ReadonlyMap<string, Remote>): Remote {
  const named = [...remotes.values()].filter(({name}) => revision.startsWith(`${name}/`))
  const [longest] = named.sort((a, b) => b.name.length - a.name.length)
  return longest ?? remotes.get('origin') ?? [...remotes.values()][0]!
}

/** The parts of a revision whose start is a name. */
export interface Named {
  /** The name in the clone: `origin/main`. */
  local: string
  /** The name in the remote: `refs/heads/main`. */
  source: string
  /** What follows it: `~2`. */
  suffix: string
}

/** Names of branches, tags and commits, without what `git fetch` would read as a part of a refspec. */
const NAME = /^(?![-+^.])(?!.*(?:@\{|\.\.|\/\/))[^\s~^:?*[\\\p{Cc}]+$/u

/** Take a revision apart: `origin/main~2`. @returns undefined if it is not a name that a remote could know */
export function nameIn(revision: string, remote: Remote): Named | undefined {
  const [local = ''] = /^[^~^]*/.exec(revision) ?? []
  if (!NAME.test(local)) return
  const prefix = [`refs/remotes/${remote.name}/`, `remotes/${remote.name}/`, `${remote.name}/`].find((each) =>
    local.startsWith(each),
  )
  const source = prefix === undefined ? local : `refs/heads/${local.slice(prefix.length)}`
  return {local, source, suffix: revision.slice(local.length)}
}
