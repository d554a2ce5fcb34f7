import {existsSync} from 'node:fs'
import path from 'node:path'
import {git} from './git.ts'

/** The remotes, branches and tags of a Git repository. */
export interface Refs {
  /** The URLs of the remotes, by their names. */
  remotes: ReadonlyMap<string, string>
  /** The commit that is checked out. */
  head: string
  /** The branch that is checked out; undefined if `HEAD` is detached. */
  branch: string | undefined
  /** `HEAD` is what GitHub would merge of a pull request. */
  isMerge: boolean
  /** The object that each ref names, by its full name: `refs/remotes/origin/main`. */
  objects: ReadonlyMap<string, string>
  /** The default branches of remotes, by the name of the remote. */
  defaults: ReadonlyMap<string, string>
}

/**
 * Read the remotes, branches and tags of a repository.
 *
 * @param root The top of a work tree.
 * @returns undefined without Git, or if there is no commit
 */
export async function readRefs(root: string): Promise<Refs | undefined> {
  if (!existsSync(path.join(root, '.git'))) return
  const [head, listed, remotes] = await Promise.all([
    git(root, ['rev-parse', 'HEAD', '--symbolic-full-name', 'HEAD']),
    git(root, ['for-each-ref', '--format=%(objectname) %(refname) %(symref)']),
    git(root, ['config', '--get-regexp', '^remote\\..*\\.url$']),
  ])
  const [commit, name = ''] = (head ?? '').trim().split('\n')
  if (!commit || listed === undefined) return
  const objects = new Map<string, string>()
  const defaults = new Map<string, string>()
  for (const line of listed.split('\n')) {
    const [object, ref = '', target = ''] = line.split(' ')
    const remote = /^refs\/remotes\/([^/]+)\/HEAD$/.exec(ref)?.[1]
    if (remote === undefined) objects.set(ref, object!)
    else if (target !== '') defaults.set(remote, target.slice(`refs/remotes/${remote}/`.length))
  }
  return {
    remotes: new Map(remotesIn(remotes ?? '')),
    head: commit,
    branch: /^refs\/heads\/(.+)$/.exec(name)?.[1],
    isMerge: [...objects].some(([ref, object]) => object === commit && PULL_REQUEST.test(ref)),
    objects,
    defaults,
  }
}

/**
 * Read the URL of the remote that a repository was cloned from.
 *
 * @param root The top of a work tree.
 * @returns undefined if Git is missing, or the repository has no remote `origin`
 */
export async function readOrigin(root: string): Promise<string | undefined> {
  if (!existsSync(path.join(root, '.git'))) return
  const found = await git(root, ['config', '--get', 'remote.origin.url'])
  return found?.trim() || undefined
}

/** The merge of a pull request, as GitHub Actions check it out. */
const PULL_REQUEST = /^refs\/remotes\/pull\/\d+\/merge$/

/** @param listed `remote.origin.url https://example.org/a.git` on each line. */
function* remotesIn(listed: string): Generator<[name: string, url: string]> {
  for (const line of listed.split('\n')) {
    const [, name, url] = /^remote\.(.+)\.url (.+)$/.exec(line) ?? []
    if (name !== undefined) yield [name, url!]
  }
}
