import {folderOf, joinPath, nameOf} from '../../../text/paths.ts'
import type {SiteContext} from '../../platform.ts'
import {readData, records} from '../../shared/data.ts'
import {FolderSet} from '../../shared/folders.ts'

/** The configuration beside `docfx.json` that only Microsoft Learn reads. */
export interface Learn {
  /** The site is built by Microsoft Learn. */
  isLearn: boolean
  /** Deleted files that redirect, from the tree's root and in lower case. */
  redirected: ReadonlySet<string>
  /** Folders copied from other repositories, from the tree's root. */
  borrowed: FolderSet
}

const PUBLISH = '.openpublishing.publish.config.json'
const REDIRECTS = /(?:^|\/)(?:\.openpublishing\.)?redirections?[\w.-]*\.(?:json|ya?ml)$/

/** Read the configuration of Microsoft Learn, from anywhere in the tree. */
export async function readLearn(ctx: SiteContext): Promise<Learn> {
  const redirected = new Set<string>()
  const borrowed: string[] = []
  const files = [...ctx.tree.files]
  for (const file of files.filter((path) => REDIRECTS.test(path)))
    for (const path of redirectedBy(await readData(ctx, file), file)) redirected.add(path.toLowerCase())
  const publish = files.filter((path) => nameOf(path) === PUBLISH)
  for (const file of publish) borrowed.push(...borrowedBy(await readData(ctx, file), file))
  return {isLearn: publish.length > 0, redirected, borrowed: new FolderSet(borrowed)}
}

/** The sources of redirects; a relative one may be based on the tree's root or on the folder of the file. */
function redirectedBy({redirections, renames}: Record<string, unknown>, file: string): string[] {
  return [...records(redirections), ...records(renames)].flatMap(
    ({source_path: source, source_path_from_root: fromRoot}) => [
      ...(typeof fromRoot === 'string' ? [joinPath('', fromRoot)] : []),
      ...(typeof source === 'string' ? [joinPath('', source), joinPath(folderOf(file), source)] : []),
    ],
  )
}

const borrowedBy = (
  {dependent_repositories: repositories}: Record<string, unknown>,
  file: string,
): string[] =>
  records(repositories)
    .map(({path_to_root: path}) => path)
    .filter((path) => typeof path === 'string')
    .map((path) => joinPath(folderOf(file), path))
