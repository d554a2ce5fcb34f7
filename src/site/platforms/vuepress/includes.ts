import {folderOf, isAbove, joinPath} from '../../../text/paths.ts'
import {doubt} from '../../doubts.ts'
import {includedFile} from '../../shared/included-file.ts'
import type {Resolution, SiteLink} from '../../types.ts'
import type {VuepressContext} from './context.ts'

/**
 * Find a file that a page shows: beside the page; for code of the first version, `<<< @/a.js`, and for
 * `!!!include(a.md)!!!` from the folder in which VuePress is run.
 */
export function resolveVuepressInclude(
  context: VuepressContext,
  {url, tag}: SiteLink,
  from: string,
): Resolution {
  if (tag === 'snippet') {
    const places = [...context.runFrom].map((folder) => joinPath(folder, url.replace(/^@\/?/, '')))
    // VuePress is hardly run where the path leaves the tree if it is in a folder of the tree elsewhere.
    const inTree = places.filter((place) => !isAbove(place))
    const isBeside = inTree.some((place) => context.lookup.isFolder(folderOf(place)))
    return includedFile(context, (isBeside ? inTree : places) as [string, ...string[]])
  }
  if (tag === 'embed') return {to: 'outside', why: 'a plugin embeds it'}
  if (tag === 'marked') {
    // In a file that is itself included, from its own folder.
    const folders = new Set([...context.runFrom, folderOf(from)])
    return includedFile(context, [...folders].map((folder) => joinPath(folder, url)) as [string, ...string[]])
  }
  // Aliases are functions of the configuration.
  if (/^[@~$]/.test(url)) return {to: 'unknown', doubt: doubt('bundler-path')}
  return includedFile(context, [joinPath(folderOf(from), url)])
}
