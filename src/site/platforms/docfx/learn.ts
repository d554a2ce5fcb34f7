import {folderOf, foldersAbove, joinPath, nameOf} from '../../../text/paths.ts'
import type {SiteContext} from '../../platform.ts'
import {readData, record, records} from '../../shared/data.ts'
import {FolderSet} from '../../shared/folders.ts'

/** The configuration beside `docfx.json` that only Microsoft Learn reads. */
export interface Learn {
  /** The site is built by Microsoft Learn. */
  isLearn: boolean
  /** The URL paths below which Learn may publish the docset, in lower case and without a slash at the end. */
  bases: readonly string[]
  /** Deleted files that redirect, from the tree's root and in lower case. */
  redirected: ReadonlySet<string>
  /** Folders copied from other repositories, from the tree's root. */
  borrowed: FolderSet
}

const PUBLISH = '.openpublishing.publish.config.json'
const REDIRECTS = /(?:^|\/)(?:\.openpublishing\.)?redirections?[\w.-]*\.(?:json|ya?ml)$/

/** Read the configuration of Microsoft Learn, from anywhere in the tree. */
export async function readLearn(ctx: SiteContext, docfx: Record<string, unknown>): Promise<Learn> {
  const redirected = new Set<string>()
  const borrowed: string[] = []
  const files = [...ctx.tree.files]
  for (const file of files.filter((path) => REDIRECTS.test(path)))
    for (const path of redirectedBy(await readData(ctx, file), file)) redirected.add(path.toLowerCase())
  const publish = files.filter((path) => nameOf(path) === PUBLISH)
  for (const file of publish) borrowed.push(...borrowedBy(await readData(ctx, file), file))
  const isLearn = publish.length > 0
  return {isLearn, bases: isLearn ? basesOf(docfx, ctx) : [], redirected, borrowed: new FolderSet(borrowed)}
}

/** The base paths that the destination of a docset and the path of its breadcrumbs show. */
function basesOf({build}: Record<string, unknown>, {lookup, marker}: SiteContext): string[] {
  const {dest, globalMetadata} = record(build)
  const bases = typeof dest === 'string' ? [`/${joinPath('', dest)}`] : []
  const {breadcrumb_path: crumbs} = record(globalMetadata)
  if (typeof crumbs === 'string' && crumbs.startsWith('/')) {
    const stem = crumbs.slice(1).replace(/\.json$/, '.yml')
    const folders = foldersAbove(stem)
    for (const base of folders)
      if (lookup.isFile(joinPath(marker.root, stem.slice(base.length + 1)))) bases.unshift(`/${base}`)
  }
  return bases.map((base) => base.toLowerCase()).filter((base) => base !== '/' && base !== '/.')
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
