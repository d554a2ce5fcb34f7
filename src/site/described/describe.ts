import {isMarkdownFile} from '../../text/markdown-files.ts'
import {trimBoth} from '../../text/trim.ts'
import type {Description} from '../description.ts'
import {isForReaders} from '../for-readers.ts'
import type {HostContext, SiteDescription} from '../platform.ts'
import {describedAnchors} from './anchors.ts'
import {type DescribedContext, describedContext, resolveLink} from './links.ts'
import {isPageSource, type Routes} from './routes.ts'

/** A site that follows from its description alone. Whether its answers are certain is for the caller to know. */
export function describedSite(ctx: HostContext, description: Description): SiteDescription {
  const {platform, why} = ctx.marker
  const {root, home} = description
  const context = describedContext(ctx, description)
  return {
    platform,
    root,
    why,
    syntax: {},
    ...(home !== undefined && {home: trimBoth(home, '/')}),
    owns: (path) => isPublished(context, path) && !(isForReaders(path) && !isIndex(path, description)),
    readsAll: true,
    publish: ({page}) => {
      const published = describedContext({...ctx, page}, description)
      return {
        urlsOf: (path) => urlsOf(published, path),
        resolve: (link, from) => resolveLink(published, link, from),
        anchorsOf: (each) => describedAnchors(published, each),
      }
    },
  }
}

const isIndex = (path: string, {routes}: Description) => {
  const name = path.replace(/\.[^./]+$/, '')
  return routes?.index?.includes(name) ?? false
}

/** Is a file a page or part of the content, or an asset? What lies among assets as source of a page may be anything. */
const isPublished = ({assets, routes}: DescribedContext, path: string): boolean =>
  routes.content.folderOf(path) !== undefined || (!isPageSource(path) && assets.folderOf(path) !== undefined)

/**
 * The URL path of a file: as an asset at its own path, as a page in the form that the site gives pages. Of several pages
 * with one URL, the site publishes the first, unless the description is complete.
 */
function urlsOf({assets, description, routes}: DescribedContext, path: string): string[] {
  const base = trimBoth(description.base ?? '', '/')
  const absolute = (...parts: string[]) => `/${[base, ...parts].filter(Boolean).join('/')}`
  for (const mounts of isMarkdownFile(path) ? [assets] : [assets, routes.content]) {
    const place = mounts.split(path)
    if (place) return [absolute(mounts.urlOf(place.folder), place.rest)]
  }
  const route = routes.of(path)
  const first = route === undefined || description.complete ? path : (routes.at(route) ?? path)
  if (route === undefined || first !== path) return []
  return [absolute(route) + endingOf(path, route, description, routes)]
}

function endingOf(path: string, route: string, description: Description, routes: Routes): string {
  const ending = description.routes?.ending
  if (route === '' || (ending !== 'slash' && ending !== '.html')) return ''
  return ending === 'slash' || routes.isIndex(path) ? '/' : '.html'
}
