import {folderOf, isBelow, joinPath, nameOf, pathBelow} from '../../../text/paths.ts'
import {trimBoth} from '../../../text/trim.ts'
import type {SiteContext} from '../../platform.ts'
import type {DocsifyConfig} from './config.ts'

/** A Docsify site, as needed to resolve links. */
export interface DocsifySite {
  ctx: SiteContext
  config: DocsifyConfig
  /** The folder of the HTML page, from the tree's root. */
  root: string
  /** The folder of the pages; undefined if they are loaded from another host. */
  content: string | undefined
}

/** The folder that pages are loaded from: `basePath` may be that of the site on its host. */
export function contentFolder(
  {lookup}: SiteContext,
  root: string,
  {basePath}: DocsifyConfig,
): string | undefined {
  if (/^[a-z]+:|^\/\//i.test(basePath)) return
  const folder = joinPath(root, trimBoth(basePath, '/'))
  return lookup.isFolder(folder) ? folder : root
}

/** Is a page shown around others, so that its links and images begin at the page that is shown? */
export const isAround = ({config}: DocsifySite, file: string): boolean => config.around.has(nameOf(file))

/** The path of a page in the folder of pages: the start page may be in another folder. */
export function pathOfPage({config, content = ''}: DocsifySite, file: string): string {
  const path = pathBelow(file, content) ?? file
  return file === joinPath(content, config.homepage) ? `README${config.extension}` : path
}

/** The folder that relative links of a page are resolved against, in that of the pages. */
export const folderOfPage = (site: DocsifySite, file: string): string => folderOf(pathOfPage(site, file))

/** Does Docsify load a file as a page? */
export const isPageOf = ({config, content}: DocsifySite, file: string): boolean =>
  content !== undefined && isBelow(file, content) && file.endsWith(config.extension)

/** The route of a page: `guide/README.md` → `/guide/`, `guide/setup.md` → `/guide/setup`. */
export function routeOf(site: DocsifySite, file: string): string {
  const {extension} = site.config
  const path = pathOfPage(site, file)
  return `/${path.slice(0, -extension.length).replace(/(^|\/)README$/, '$1')}`
}
