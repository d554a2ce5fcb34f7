import type {Refs} from '../tree/refs.ts'

/** Where the file that a URL names has to be. */
export interface Standing {
  /** The path in the repository. */
  path: string
  /** The branch, tag or commit as the URL has it. */
  ref: string
  /** It is the tree that is checked, or becomes it by the next push. */
  isCheckedOut: boolean
  /** The object of Git that the ref names, if it is another one. */
  commit?: string
}

/** The default branch, unless Git knows its name. */
const USUAL_DEFAULTS = ['main', 'master']

/** Tells which commit the URLs of a repository are about. */
export class Standings {
  readonly #refs: Refs
  readonly #base: string | undefined
  /** The remotes of each repository. */
  readonly #remotes: ReadonlyMap<string, string>
  /** The branches that are checked out: several may be at the same commit. */
  readonly #checkedOut = new Map<string, ReadonlySet<string>>()

  /**
   * @param remotes The remotes of the repositories that the tree is a clone of.
   * @param base The branch that the pull request which is checked out is for.
   */
  constructor(refs: Refs, remotes: ReadonlyMap<string, string>, base: string | undefined) {
    this.#refs = refs
    this.#remotes = remotes
    this.#base = refs.isMerge ? base : undefined
  }

  /**
   * Tell what a place in a repository is about: `main/docs/a.md` is `docs/a.md` on the branch `main`.
   *
   * @returns undefined if Git does not know the branch, tag or commit
   */
  of(name: string, place: string): Standing | undefined {
    const remote = this.#remotes.get(name)
    if (remote === undefined) return
    const usual = place.replace(/^HEAD(?=\/|$)/, this.#defaultOf(remote) ?? 'HEAD')
    for (const [ref, path] of splits(usual)) {
      const found = this.#lookUp(remote, ref)
      if (found) return {ref, path, ...found}
    }
    const [, hash, path = ''] = /^([\da-f]{7,64})(?:\/(.*))?$/.exec(place) ?? []
    return hash === undefined ? undefined : {ref: hash, path, isCheckedOut: false, commit: hash}
  }

  #lookUp(remote: string, ref: string): Pick<Standing, 'isCheckedOut' | 'commit'> | undefined {
    const {objects} = this.#refs
    const commit =
      objects.get(`refs/remotes/${remote}/${ref}`) ??
      objects.get(`refs/tags/${ref}`) ??
      objects.get(`refs/heads/${ref}`)
    const isSame = commit === this.#refs.head
    const isDefault = ref === this.#defaultOf(remote)
    if (this.#isCheckedOut(remote, ref) || (isDefault && isSame)) {
      // The branch of a fork may be behind that of the repository.
      const isFork = remote === 'upstream' && commit !== undefined && !isSame
      return {isCheckedOut: true, ...(isFork && {commit})}
    }
    // A branch is merged into the default branch, so that its files will be there.
    return commit === undefined ? undefined : {isCheckedOut: isDefault, commit}
  }

  #isCheckedOut(remote: string, ref: string): boolean {
    const {branch, head, objects} = this.#refs
    if (branch !== undefined || this.#base !== undefined) return ref === (branch ?? this.#base)
    let branches = this.#checkedOut.get(remote)
    if (!branches) {
      const start = `refs/remotes/${remote}/`
      const names = [...objects].flatMap(([name, object]) =>
        object === head && name.startsWith(start) ? [name.slice(start.length)] : [],
      )
      this.#checkedOut.set(remote, (branches = new Set(names)))
    }
    return branches.has(ref)
  }

  #defaultOf(remote: string): string | undefined {
    const {defaults, objects, branch} = this.#refs
    const known = defaults.get(remote)
    if (known !== undefined) return known
    return USUAL_DEFAULTS.find((name) => name === branch || objects.has(`refs/remotes/${remote}/${name}`))
  }
}

/** Names of branches have hardly ever more segments. */
const MOST_SEGMENTS = 8

/** The ways to split a place into a ref and a path: `a/b/c` → `a` and `b/c`, `a/b` and `c`, `a/b/c` and ``. */
function* splits(place: string): Generator<[ref: string, path: string]> {
  let slash = place.indexOf('/')
  for (let segments = 0; segments < MOST_SEGMENTS && slash >= 0; segments++) {
    yield [place.slice(0, slash), place.slice(slash + 1)]
    slash = place.indexOf('/', slash + 1)
  }
  yield [place, '']
}
