import type {Refs} from '../tree/refs.ts'
import {repositoryName} from './names.ts'

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

/** The remotes that may be the repository which the tree is a clone of, or a fork of. */
const OWN_REMOTES = ['origin', 'upstream']

/** The default branch, unless Git knows its name. */
const USUAL_DEFAULTS = ['main', 'master']

/** Tells which commit the URLs of a repository are about. */
export class Standings {
  readonly #refs: Refs
  readonly #base: string | undefined
  /** The remotes of each repository. */
  readonly #remotes = new Map<string, string>()
  /** The branches that are checked out: several may be at the same commit. */
  readonly #checkedOut = new Map<string, ReadonlySet<string>>()

  /** @param base The branch that the pull request which is checked out is for. */
  constructor(refs: Refs, base: string | undefined) {
    this.#refs = refs
    this.#base = refs.isMerge ? base : undefined
    const [only, ...others] = refs.remotes.keys()
    const names = only !== undefined && others.length === 0 ? [only] : OWN_REMOTES
    for (const remote of names) {
      const name = repositoryName(refs.remotes.get(remote) ?? '')
      if (name !== undefined && !this.#remotes.has(name)) this.#remotes.set(name, remote)
    }
  }

  /** Is a repository the one that the tree is a clone of, or a fork of? */
  isOwn(name: string): boolean {
    return this.#remotes.has(name)
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
