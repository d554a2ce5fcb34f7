import {isCommonProjectFile} from '../site/shared/subprojects.ts'
import {before} from '../text/trim.ts'
import type {RepositoryUrl} from './repository-url.ts'

/** Branches that are hardly ever anything but the default branch. */
const DEFAULT_BRANCH = /^(?:main|master|HEAD|trunk)\//

/** So many distinct paths of a branch must exist, and at most this share may be missing. */
interface Thresholds {
  found: number
  missing: number
}

/** Fewer files may have the same paths in a sibling of the repository. */
const OF_ANY: Thresholds = {found: 10, missing: 0.1}
/**
 * For the repository that the tree is a clone of, of which only the branch is not known: 149 of 342 paths in
 * kubernetes/community are missing, whose default branch was renamed.
 */
const OF_OWN: Thresholds = {found: 3, missing: 0.5}

/** The path on the default branch, as far as its usual names tell: `main/docs/a.md` → `docs/a.md`. */
export const pathOnDefaultBranch = ({
  view,
  place,
}: Pick<RepositoryUrl, 'view' | 'place'>): string | undefined =>
  view !== 'home' && DEFAULT_BRANCH.test(place) ? place.slice(place.indexOf('/') + 1) : undefined

interface Counts {
  found: Set<string>
  missing: Set<string>
}

/** The branches whose URLs on pages name files of the tree: it is a copy of them, whatever Git says. */
export class GuessedBranches {
  readonly #counts = new Map<string, Counts>()

  /** Count a URL. @param exists Does the tree have a file or folder at the path? */
  add(url: RepositoryUrl, path: string, exists: boolean): void {
    if (path === '' || isCommonProjectFile(path)) return
    const branch = branchOf(url)
    let counts = this.#counts.get(branch)
    if (!counts) this.#counts.set(branch, (counts = {found: new Set(), missing: new Set()}))
    counts[exists ? 'found' : 'missing'].add(path)
  }

  /**
   * The reason why a path that the tree lacks is likely missing on a branch: most others exist.
   *
   * @param isOwn Is the tree a clone of the repository?
   */
  reasonFor(url: RepositoryUrl, isOwn: boolean): string | undefined {
    const counts = this.#counts.get(branchOf(url))
    if (!counts) return
    const found = counts.found.size
    const missing = counts.missing.size
    const least = isOwn ? OF_OWN : OF_ANY
    if (found < least.found || missing > (found + missing) * least.missing) return
    return missing === 1
      ? `all ${found} other paths in URLs of the branch exist`
      : `${found} of ${found + missing} paths in URLs of the branch exist`
  }
}

const branchOf = ({name, place}: RepositoryUrl): string => `${name}/${before(place, '/')}`
