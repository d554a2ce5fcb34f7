import type {Link} from '../page/types.ts'
import {type Place, placeOf} from '../site/evidence/places.ts'
import {missingIn} from '../site/missing-in.ts'
import {basePathOf} from '../site/site-urls.ts'
import type {Resolution, Site} from '../site/types.ts'
import {isMarkdownFile} from '../text/markdown-files.ts'
import {folderOf, joinPath, nameOf} from '../text/paths.ts'
import {trimEnd} from '../text/trim.ts'
import {withoutQuery} from '../text/urls.ts'

/** A link, as far as the place that it names is concerned. */
export type NamingLink = Pick<Link, 'url'> & Partial<Pick<Link, 'kind'>>

/** The place that a link names; for a template such as `{{ site.baseurl }}/use`, the one that it stands for. */
export function placeMeant(
  {kind, url}: NamingLink,
  found: Resolution,
  from: string,
  site: Site,
): Place | undefined {
  if (kind === 'wikilink') return placeNamed(found)
  if (!/\{\{(?![<%])/.test(url)) return placeOf(url, from, site.urlsOf)
  const isFound = found.to === 'page' || found.to === 'file'
  const path = isFound ? site.urlsOf(found.path)[0] : missingIn(found)?.url
  return path === undefined ? undefined : placeOf(basePathOf(site) + path, from, site.urlsOf)
}

/** The place that a wikilink leads to, since its target names no folder. */
function placeNamed(found: Resolution): Place | undefined {
  const path = found.to === 'page' || found.to === 'file' ? found.path : missingIn(found)?.path
  return path === undefined ? undefined : {form: isMarkdownFile(path) ? 'source' : 'asset', path}
}

/** The place that a relative link by URL leads to, which is another one on the index of a folder than on other pages. */
export function placeFound(
  found: Resolution,
  place: Place | undefined,
  url: string,
  from: string,
  {urlsOf}: Site,
): Place | undefined {
  if (place?.form !== 'url' || /^[/{]/.test(url)) return place
  const path = found.to === 'page' ? found.path : pathOfMissing(found, url, from)
  const [own] = path === undefined ? [] : urlsOf(path)
  const at = own === undefined ? undefined : placeOf(own, '', urlsOf)
  // The host of a repository shows pages at the paths of their files.
  return at?.form === 'url' ? at : place
}

/** The page that is missing where the site finds pages by their paths from that of the link: `docs/b.md` for `b`. */
function pathOfMissing(found: Resolution, url: string, from: string): string | undefined {
  const path = joinPath(folderOf(from), trimEnd(withoutQuery(url), '/'))
  const [extension] = /\.\w+$/.exec(nameOf(from)) ?? []
  const isByPath = extension !== undefined && trimEnd(missingIn(found)?.path ?? '', '/') === path
  return isByPath ? path + extension : undefined
}
