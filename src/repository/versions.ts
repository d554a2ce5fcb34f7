import {UnreadableError} from '../errors/errors.ts'
import {type Objects, objectsOf} from '../tree/objects.ts'
import type {Tree} from '../tree/tree.ts'
import {countLines} from './lines.ts'
import {isIn, type Snapshot, snapshotOf} from './snapshot.ts'
import type {Standing} from './standing.ts'

/** Beyond this number, the files of further commits are not listed. */
const MOST_COMMITS = 30
/** Beyond this number, the lines of further files are not counted. */
const MOST_FILES = 1000

/** The versions of files that URLs are about: those of the tree, and those of commits. */
export class Versions {
  readonly #tree: Tree
  readonly #snapshots = new Map<string, Snapshot | undefined>()
  /** The numbers of lines, by {@link keysOf}. */
  readonly #lines = new Map<string, number>()

  constructor(tree: Tree) {
    this.#tree = tree
  }

  /** List the files of the commits that URLs are about. */
  async list(standings: readonly Standing[]): Promise<void> {
    const commits = new Set(standings.flatMap(({commit}) => commit ?? []))
    for (const commit of [...commits].slice(0, MOST_COMMITS))
      this.#snapshots.set(commit, await snapshotOf(this.#tree.root, commit))
  }

  /** Count the lines of the files that URLs are about. */
  async countLines(standings: readonly Standing[]): Promise<void> {
    const objects = objectsOf(this.#tree.root)
    try {
      const keys = new Set(standings.flatMap((standing) => this.#keysOf(standing)))
      for (const key of [...keys].slice(0, MOST_FILES)) {
        const text = await this.#read(key, objects)
        if (text !== undefined) this.#lines.set(key, countLines(text))
      }
    } finally {
      objects.close()
    }
  }

  /** Does a commit have a file or folder at a path? Undefined if Git does not tell. */
  isInCommit({commit, path}: Standing): boolean | undefined {
    const snapshot = commit === undefined ? undefined : this.#snapshots.get(commit)
    return snapshot && isIn(snapshot, path)
  }

  /** The number of lines of the longest version of a file that a URL is about; undefined if one could not be read. */
  linesOf(standing: Standing): number | undefined {
    const counts = this.#keysOf(standing).map((key) => this.#lines.get(key))
    return counts.includes(undefined) || counts.length === 0 ? undefined : Math.max(...(counts as number[]))
  }

  /** The versions of a file: by its path in the tree, and by `commit:path`. */
  #keysOf({path, isCheckedOut, commit}: Standing): string[] {
    const inTree = isCheckedOut && this.#tree.files.has(path) ? [path] : []
    const isCommitted = commit !== undefined && this.#snapshots.get(commit)?.files.has(path)
    return isCommitted ? [...inTree, `${commit}:${path}`] : inTree
  }

  async #read(key: string, objects: Objects): Promise<string | undefined> {
    try {
      return this.#tree.files.has(key)
        ? await this.#tree.read(key)
        : (await objects.read(key))?.toString('utf8')
    } catch (error) {
      if (error instanceof UnreadableError) return
      throw error
    }
  }
}
