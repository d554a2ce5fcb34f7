import {folderOf, foldersAbove, joinPath, nameOf} from '../../../text/paths.ts'
import type {SiteContext} from '../../platform.ts'
import {readData, record, records, strings} from '../../shared/data.ts'
import {FolderSet} from '../../shared/folders.ts'
import type {DocfxConfig} from './config.ts'

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

/** The settings by which Microsoft Learn publishes docsets, of any file of that name in the tree. */
export interface PublishSettings {
  /** Does the tree have any such settings? */
  isLearn: boolean
  /** The URL path that they state for the docset. */
  base: string | undefined
  /** A program (MAML2Yaml) converts pages about commands before Docfx runs. */
  convertsMarkdown: boolean
  /** Folders copied from other repositories, from the tree's root. */
  borrowed: FolderSet
}

/** Read the settings by which Microsoft Learn publishes the docset in a folder. */
export async function readPublishSettings(ctx: SiteContext): Promise<PublishSettings> {
  const files = [...ctx.tree.files].filter((path) => nameOf(path) === PUBLISH)
  const borrowed: string[] = []
  let base: string | undefined
  let convertsMarkdown = false
  for (const file of files) {
    const data = await readData(ctx, file)
    borrowed.push(...borrowedBy(data, file))
    const docset = records(data.docsets_to_publish).find(
      ({build_source_folder: source}) =>
        typeof source === 'string' && joinPath(folderOf(file), joinPath('', source)) === ctx.marker.root,
    )
    if (typeof docset?.base_path === 'string') base = `/${joinPath('', docset.base_path)}`
    // As in `GetMAML2YamlMonikerPath` of Docfx 3.
    if (strings(docset?.monikerPath ?? data.monikerPath).length > 0) convertsMarkdown = true
  }
  return {isLearn: files.length > 0, base, convertsMarkdown, borrowed: new FolderSet(borrowed)}
}

/** Read the configuration of Microsoft Learn, from anywhere in the tree. */
export async function readLearn(
  ctx: SiteContext,
  docfx: Record<string, unknown>,
  config: Pick<DocfxConfig, 'sourcesOf'>,
  {isLearn, base, borrowed}: PublishSettings,
): Promise<Learn> {
  const redirected = new Set<string>()
  for (const file of [...ctx.tree.files].filter((path) => REDIRECTS.test(path)))
    for (const path of redirectedBy(await readData(ctx, file), file)) redirected.add(path.toLowerCase())
  const bases = base === undefined ? basesOf(docfx, ctx, config) : [base]
  return {
    isLearn,
    bases: isLearn ? bases.map((each) => each.toLowerCase()).filter((each) => !/^\/\.?$/.test(each)) : [],
    redirected,
    borrowed,
  }
}

/** The base paths that the destination of a docset and the URL of its breadcrumbs show. */
function basesOf(
  {build}: Record<string, unknown>,
  {lookup}: SiteContext,
  {sourcesOf}: Pick<DocfxConfig, 'sourcesOf'>,
): string[] {
  const {dest, globalMetadata} = record(build)
  const bases = typeof dest === 'string' ? [`/${joinPath('', dest)}`] : []
  const {breadcrumb_path: crumbs} = record(globalMetadata)
  if (typeof crumbs !== 'string' || !crumbs.startsWith('/')) return bases
  const published = crumbs.slice(1).replace(/\.json$/, '')
  for (const base of foldersAbove(published)) {
    const sources = sourcesOf(published.slice(base.length + 1))
    if (sources.some(({stem}) => lookup.isFile(`${stem}.yml`))) bases.unshift(`/${base}`)
  }
  return bases
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
