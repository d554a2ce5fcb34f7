import {UserError} from '../errors.ts'
import {git, withIntended} from './git.ts'

/** What a change did to files: by today's path, or the former one for those deleted. */
export interface Changes {
  /** Added or changed, by their paths of today; what was renamed is among them. */
  changed: ReadonlySet<string>
  /** Where renamed files are today, by where they were. */
  renamed: ReadonlyMap<string, string>
  deleted: ReadonlySet<string>
}

/**
 * A folder that moved brings more renames than git looks for by itself. Of a submodule only its commit counts, and
 * that it is there.
 */
const WORDS = [
  '--name-status',
  '-z',
  '-M',
  '-l5000',
  '--no-ext-diff',
  '--ignore-submodules=dirty',
  '--no-relative',
]

/** What is staged: what changes from the last commit to the index, or all that is there before the first commit. */
export const stagedChanges = async (root: string): Promise<Changes> =>
  parse(await git(root, ['diff', '--cached', ...WORDS]))

/**
 * What changed from a commit to the working folder, files that git does not know yet included, or to another commit.
 *
 * @param base A commit's full name.
 * @param end Another one; left out, the working folder.
 */
export async function changesSince(root: string, base: string, end?: string): Promise<Changes> {
  if (end !== undefined) return parse(await git(root, ['diff', ...WORDS, base, end]))
  return parse(await withIntended(root, (env) => git(root, ['diff', ...WORDS, base], env)))
}

function parse(listed: string | undefined): Changes {
  if (listed === undefined) throw new UserError('git cannot say what changed')
  const changed = new Set<string>()
  const renamed = new Map<string, string>()
  const deleted = new Set<string>()
  // `M\0path\0`, `R100\0old\0new\0`.
  const fields = listed.split('\0')
  for (let at = 0; at + 1 < fields.length; ) {
    const letter = fields[at++]!
    const file = fields[at++]!
    if (/^[RC]/.test(letter)) {
      const now = fields[at++]!
      if (letter.startsWith('R')) renamed.set(file, now)
      changed.add(now)
    } else if (letter === 'D') deleted.add(file)
    else changed.add(file)
  }
  return {changed, renamed, deleted}
}

/** How CI systems are told to clone it. */
const WHOLE = '`fetch-depth: 0` in GitHub Actions, `GIT_DEPTH: 0` in GitLab CI'

/**
 * The commit at which a change left another branch.
 *
 * @param ref A branch, tag or commit.
 * @throws {@link UserError} that says what to fetch, where git does not have it.
 */
export async function mergeBase(root: string, ref: string): Promise<string> {
  if ((await find(root, 'HEAD')) === undefined)
    throw new UserError(`--since ${ref}: there is no commit yet to compare with`)
  const commit = await commitOf(root, ref, '--since')
  const isShallow = await isShallowClone(root)
  const base = (await git(root, ['merge-base', commit, 'HEAD']))?.trim()
  if (base) return base
  throw new UserError(
    isShallow
      ? `--since ${ref}: this clone is too shallow to know where it left \`${ref}\`; \`git fetch --unshallow\` brings the whole history (${WHOLE})`
      : `--since ${ref}: it has no commit in common with what is checked out`,
  )
}

const find = async (root: string, name: string) =>
  (await git(root, ['rev-parse', '--quiet', '--verify', '--end-of-options', `${name}^{commit}`]))?.trim()

const isShallowClone = async (root: string) =>
  (await git(root, ['rev-parse', '--is-shallow-repository']))?.trim() === 'true'

/**
 * The full name of a commit.
 *
 * @param ref A branch, tag or commit.
 * @param option The option that names it.
 * @throws {@link UserError} that says what to fetch, where git does not have it.
 */
export async function commitOf(root: string, ref: string, option: string): Promise<string> {
  const commit = await find(root, ref)
  if (commit !== undefined) return commit
  const remote = (await find(root, `origin/${ref}`)) === undefined ? undefined : `origin/${ref}`
  const hint = remote
    ? `expected \`${remote}\`, which is`
    : (await isShallowClone(root))
      ? `this clone is shallow: \`git fetch --unshallow origin ${ref}:refs/remotes/origin/${ref}\` brings it as \`origin/${ref}\`; or clone the whole history (${WHOLE})`
      : `if it is a branch of the remote repository, \`git fetch origin ${ref}\` and use \`origin/${ref}\``
  throw new UserError(`${option} ${ref}: there is no such commit, branch or tag here; ${hint}`)
}
