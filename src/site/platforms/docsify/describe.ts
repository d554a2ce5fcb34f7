import type {Link} from '../../../page/types.ts'
import {isBelow, joinPath, nameOf, pathBelow, relativePath} from '../../../text/paths.ts'
import {encodePath, isImage, queryAndHashOf} from '../../../text/urls.ts'
import {isForReaders} from '../../for-readers.ts'
import type {SiteContext, SiteDescription} from '../../platform.ts'
import type {SiteAnswers, SiteLink} from '../../types.ts'
import {docsifyAnchors} from './anchors.ts'
import {readDocsifyConfig} from './config.ts'
import {ROUTE_IN_FRAGMENT, resolveDocsifyInclude, resolveDocsifyLink} from './links.ts'
import {contentFolder, type DocsifySite, folderOfPage, isPageOf, pathOfPage, routeOf} from './site.ts'
import {docsifySyntax} from './syntax.ts'

/** Read the page that loads Docsify. */
export async function describeDocsify(ctx: SiteContext): Promise<SiteDescription> {
  const {tree, marker} = ctx
  const {root, platform, why} = marker
  const html = await tree.read(marker.file ?? joinPath(root, 'index.html')).catch(() => '')
  const config = await readDocsifyConfig(html)
  const site: DocsifySite = {ctx, config, root, content: contentFolder(ctx, root, config)}
  return {
    platform,
    root,
    why,
    syntax: docsifySyntax,
    readsAll: true,
    owns: (path) => isOwn(site, path),
    publish: (pages) => {
      const include = (link: SiteLink, from: string) => resolveDocsifyInclude(site, link, from)
      const answers: SiteAnswers = {
        urlsOf: (path) =>
          isPageOf(site, path)
            ? [routeOf(site, path)]
            : isBelow(path, root)
              ? [`/${path.slice(root === '' ? 0 : root.length + 1)}`]
              : [],
        resolve: (link, from) => resolveDocsifyLink(site, link, from),
        include,
        anchorsOf: (page) => docsifyAnchors(page, config, {...pages, include}),
        writeLink: (to, like, from) => writeRoute(site, to, like, from),
        writeWhole: (to, like, kind) => writeForBrowser(site, to, like, kind),
      }
      return answers
    },
  }
}

/** All files below are served; those for readers of the repository are pages only if they are shown at the start. */
function isOwn(site: DocsifySite, path: string): boolean {
  const {root, content = root, config} = site
  if (!isBelow(path, root) && !isBelow(path, content)) return false
  const isStart = path === joinPath(content, config.homepage) || nameOf(path) === `README${config.extension}`
  return isStart || root !== '' || !isForReaders(path)
}

/**
 * Write a link that the browser follows: a route in the fragment, or a path from the page that loads Docsify.
 *
 * @returns undefined for links that Docsify turns into routes; the other link if the file cannot be reached in its form
 */
function writeForBrowser(
  site: DocsifySite,
  to: string,
  like: string,
  kind: Link['kind'] | undefined,
): string | undefined {
  const [, start, query] = ROUTE_IN_FRAGMENT.exec(like) ?? []
  if (start !== undefined) return isPageOf(site, to) ? start + encodePath(routeOf(site, to)) + query : like
  if (kind !== 'html' || site.config.hasPaths) return undefined
  const path = pathBelow(to, site.root)
  return path === undefined || like.startsWith('/') ? like : encodePath(path) + queryAndHashOf(like)
}

/** Write a link to a page in the form of another one: with or without its extension, from the root or from the page. */
function writeRoute(site: DocsifySite, to: string, like: string, from: string): string | undefined {
  const {config} = site
  const folder = folderOfPage(site, from)
  // Images are always found from the page.
  if (!isPageOf(site, to))
    return isImage(to) ? encodePath(relativePath(folder, pathOfPage(site, to))) : undefined
  const path = pathOfPage(site, to)
  const written = like.endsWith(config.extension) ? path : routeOf(site, to).slice(1)
  if (like.startsWith('/')) return `/${encodePath(written)}`
  if (!config.relativePath) return encodePath(written || '/')
  return encodePath(relativePath(folder, written) || './')
}
