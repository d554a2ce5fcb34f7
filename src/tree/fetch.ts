import {UserError} from '../errors/errors.ts'
import {type FetchStore, openStore} from './fetch-store.ts'
import {git} from './git.ts'
import {commitEntries} from './git-tree.ts'
import {commitIn, cutsOf, findCommit, wholeMergeBase} from './merge-base.ts'
import {nameIn, type Remote, readRemotes, remoteFor} from './revisions.ts'

/** What was fetched for a clone, which stays as it was. */
export interface Fetched {
  /** The commit that was looked for. */
  commit: string
  /** A sentence that says what was fetched. */
  report: string
  /** Remove it. */
  close(): void
}

/** The depth by which Git means all of the history. */
const ALL = 2_147_483_647

/** Most branches are shorter than the first depth. */
const DEPTHS = [100, ALL]

/** A revision that a remote is asked for. */
interface Wanted {
  remote: Remote
  /** What names it in the store. */
  expression: string
  /** Makes it known there; nothing if the clone has the commit that its name begins with. */
  refspecs: readonly string[]
  /** `--since main`, for messages. */
  subject: string
}

/**
 * Fetch what a comparison with a revision needs: the history back to the merge base, the list of its files, and those
 * of its files that the clone does not have, all at once.
 *
 * @param root The top of a work tree, or a bare repository, with a commit.
 * @throws {@link UserError} if the remote does not answer, or does not have it
 */
export const fetchBase = (root: string, revision: string, isBare: boolean): Promise<Fetched> =>
  inStore(root, revision, '--since', async (store, wanted) => {
    const known = await findCommit(root, revision)
    const whole = known && (await wholeMergeBase(root, known))
    const commit = whole || (await fetchHistory(store, wanted))
    const files = await fetchFiles(store, root, commit, isBare)
    const what = [
      ...(whole ? [] : [`the history back to ${commit.slice(0, 9)}`]),
      ...(files > 0 ? [`the former content of ${files} file${files === 1 ? '' : 's'}`] : []),
    ]
    return {commit, what: what.join(' and ')}
  })

/**
 * Fetch a commit with its files.
 *
 * @param option The option that names the revision, for messages.
 * @throws {@link UserError} if the remote does not answer, or does not have it
 */
export const fetchCommit = (root: string, revision: string, option: string): Promise<Fetched> =>
  inStore(root, revision, option, async (store, wanted) => {
    const cuts = await cutsOf(store.folder)
    const depth = wanted.expression.endsWith(NAME_IN_STORE) ? 1 : cuts.length > 0 ? ALL : undefined
    await store.fetch([...(depth === 1 ? [] : cuts), ...wanted.refspecs], {depth})
    const commit = await commitIn(store.folder, wanted.expression)
    if (commit === undefined) throw new UserError(`${wanted.subject}: ${wanted.remote.name} does not have it`)
    return {commit, what: `the commit ${commit.slice(0, 9)}`}
  })

const NAME_IN_STORE = 'refs/doccheck/wanted'

/** Fetch the commits on both sides back to the merge base. @returns its hash */
async function fetchHistory(store: FetchStore, {expression, refspecs, subject}: Wanted): Promise<string> {
  const isShallow = (await cutsOf(store.folder)).length > 0
  for (const depth of isShallow ? DEPTHS : [undefined]) {
    const names = [...(await cutsOf(store.folder)), ...refspecs]
    if (names.length > 0) await store.fetch(names, {depth, filters: ['tree:0', 'blob:none']})
    const commit = await commitIn(store.folder, expression)
    const base = commit && (await wholeMergeBase(store.folder, commit))
    if (base) return base
  }
  throw new UserError(
    (await commitIn(store.folder, expression)) === undefined
      ? `${subject}: no such branch, tag or commit`
      : `${subject}: it has no commit in common with HEAD`,
  )
}

/** Fetch the files of a commit that the clone does not have. @returns their number */
async function fetchFiles(store: FetchStore, root: string, commit: string, isBare: boolean): Promise<number> {
  if ((await git(root, ['ls-tree', '-r', commit])) === undefined)
    await store.fetch([commit], {depth: 1, filters: ['blob:none'], asksForAll: true})
  const [former, current] = await Promise.all([commitEntries(root, commit), commitEntries(root, 'HEAD')])
  const args = ['--no-walk', '--objects', '--no-object-names', '--missing=print'] as const
  const listed = (await git(root, ['rev-list', ...args, commit, ...(isBare ? ['HEAD'] : [])])) ?? ''
  // `?1f2e3d…`
  const missing = new Set(listed.split('\n').flatMap((line) => (line.startsWith('?') ? [line.slice(1)] : [])))
  // Objects that the work tree contains are read from there.
  if (!isBare) for (const {object} of current) missing.delete(object)
  const blobs = [...(isBare ? current : []), ...former].map(({object}) => object)
  const wanted = [...new Set(blobs)].filter((object) => missing.has(object))
  if (wanted.length > 0) await store.fetch(wanted, {filters: ['blob:none'], asksForAll: true})
  return wanted.length
}

async function inStore(
  root: string,
  revision: string,
  option: string,
  work: (store: FetchStore, wanted: Wanted) => Promise<{commit: string; what: string}>,
): Promise<Fetched> {
  const subject = `${option} ${revision}`
  const remotes = await readRemotes(root)
  const remote = remotes.size > 0 ? remoteFor(revision, remotes) : undefined
  if (!remote) throw new UserError(`${subject}: the repository has no remote to fetch from`)
  const store = await openStore(root, remote, subject)
  try {
    const {commit, what} = await work(store, await wantedOf(root, revision, remote, subject))
    return {commit, report: `Fetched ${what} from ${remote.name} for ${subject}`, close: store.close}
  } catch (error) {
    store.close()
    throw error
  }
}

async function wantedOf(root: string, revision: string, remote: Remote, subject: string): Promise<Wanted> {
  const named = nameIn(revision, remote)
  if (!named)
    return {
      remote,
      subject,
      refspecs: [],
      expression: (await findCommit(root, revision)) ?? revision,
    }
  const known = await findCommit(root, named.local)
  return {
    remote,
    subject,
    refspecs: known === undefined ? [`+${named.source}:${NAME_IN_STORE}`] : [],
    expression: (known ?? NAME_IN_STORE) + named.suffix,
  }
}
