import type {MissingTarget} from '../site/types.ts'
import {isMarkdownFile, withoutMarkdownExtension} from '../text/markdown-files.ts'
import {folded, folderOf, nameOf} from '../text/paths.ts'

/** Tells which missing targets are files that git shows to be removed, and that nothing seems to generate now. */
export class RemovedFiles {
  /** Nothing but pages and images changed with them, so that no program can have begun to generate them. */
  readonly isCertain: boolean
  readonly #targets = new Set<string>()
  #names: ReadonlySet<string> | undefined

  /**
   * @param removed Former paths of files that are gone.
   * @param files The files of the tree.
   */
  constructor(removed: ReadonlySet<string>, files: ReadonlySet<string>, isCertain: boolean) {
    this.isCertain = isCertain
    const left = countByFolder(files)
    const gone = countByFolder(removed)
    for (const path of removed) {
      // If most files of a folder were removed, the build may generate them now.
      if (gone.get(kindOf(path))! > (left.get(kindOf(path)) ?? 0)) continue
      for (const target of targetsOf(path)) this.#targets.add(target)
    }
  }

  /** Does a missing path, of a file or of a published page without extension, lead to a removed file? */
  has({path, byName}: Pick<MissingTarget, 'path' | 'byName'>): boolean {
    if (byName) {
      this.#names ??= new Set([...this.#targets].map((each) => folded(nameOf(each))))
      return this.#names.has(folded(nameOf(path)))
    }
    return this.#targets.has(path) || this.#targets.has(path.replace(/\.html?$/i, ''))
  }
}

/** The paths by which links lead to a file: `guide/index.md` → `guide/index.md`, `guide/index`, `guide` */
function targetsOf(path: string): string[] {
  if (!isMarkdownFile(path)) return [path]
  const stem = withoutMarkdownExtension(path)
  return /(?:^|\/)(?:_?index|readme)$/i.test(stem) ? [path, stem, folderOf(stem)] : [path, stem]
}

/** The folder of a file, for pages and for other files. */
const kindOf = (path: string): string => `${isMarkdownFile(path)} ${folderOf(path)}`

function countByFolder(paths: ReadonlySet<string>): Map<string, number> {
  const counts = new Map<string, number>()
  for (const path of paths) counts.set(kindOf(path), (counts.get(kindOf(path)) ?? 0) + 1)
  return counts
}
