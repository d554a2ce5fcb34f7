import {isRedirectsOfOneSite, mayHaveDestinations} from '../redirects/file-names.ts'
import {folderOf, isAtOrBelow} from '../text/paths.ts'
import type {SiteFacts} from './types.ts'

/** Does a table apply to a site? It is above the site, or at most as deep as `public/` and `src/static/`. */
export function isTableFor(file: string, root: string): boolean {
  const folder = folderOf(file)
  if (isRedirectsOfOneSite(file)) return folder === root
  if (isAtOrBelow(root, folder)) return true
  // A deeper one is a fixture, or belongs to another program.
  return isAtOrBelow(folder, root) && folder.slice(root.length).split('/').filter(Boolean).length <= 2
}

/** The site whose redirects a file contains: the one around it, or the only one below its folder. */
export function siteOfRedirects<S extends SiteFacts>(path: string, sites: readonly S[]): S | undefined {
  if (!mayHaveDestinations(path)) return
  const folder = folderOf(path)
  const around = sites.find(({root}) => isAtOrBelow(folder, root))
  if (around) return isTableFor(path, around.root) ? around : undefined
  const [below, ...others] = sites.filter(({root}) => isAtOrBelow(root, folder))
  return others.length === 0 ? below : undefined
}
