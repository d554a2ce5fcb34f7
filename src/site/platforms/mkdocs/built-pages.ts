import {joinPath, nameOf} from '../../../text/paths.ts'
import type {Tree} from '../../../tree/tree.ts'
import type {MkdocsConfig} from './config.ts'

/** Files that tell how the site is built: at the root or in one of its folders, and workflows. */
const BUILD_FILE =
  /^(?:[^/]+\/)?(?:[Mm]akefile|GNUmakefile|[Jj]ustfile|Taskfile\.ya?ml|tox\.ini|noxfile\.py|tasks\.py|pyproject\.toml|hatch\.toml|package\.json|\.readthedocs\.ya?ml|[^/]+\.(?:sh|mk))$|^\.(?:github|gitlab)\/(?:workflows\/)?[^/]+\.ya?ml$|^\.gitlab-ci\.ya?ml$|^(?:scripts?|docs|tools|hack)\/[^/]+\.py$/
/** More build files than any tree has. */
const MOST_FILES = 100

/**
 * The pages that the navigation lists and that are not in the tree, if a build file names them: it probably creates
 * them. Otherwise they are missing there as well, as MkDocs itself reports.
 */
export async function readBuiltPages(tree: Tree, {listed, docs}: MkdocsConfig): Promise<ReadonlySet<string>> {
  const missing = [...listed].filter((path) => /\.\w+$/.test(path) && !tree.files.has(joinPath(docs, path)))
  if (missing.length === 0) return new Set()
  const files = [...tree.files].filter((file) => BUILD_FILE.test(file)).slice(0, MOST_FILES)
  const texts = await Promise.all(files.map((file) => tree.read(file).catch(() => '')))
  return new Set(missing.filter((path) => texts.some((text) => text.includes(nameOf(path)))))
}
