import type {SiteContext} from '../../platform.ts'
import {FolderMap, FolderSet} from '../../shared/folders.ts'
import type {HugoConfig} from './config.ts'
import type {ExternalFolder} from './mounts.ts'
import type {Routes} from './route-table.ts'
import type {HugoTemplates} from './templates.ts'
import {UrlIndex} from './url-index.ts'
import {urlize} from './urls.ts'

/** The site and routes needed to resolve links. */
export interface HugoSite {
  ctx: SiteContext
  config: HugoConfig
  templates: HugoTemplates
  routes(): Routes
  urlIndex: UrlIndex
  /** URL folders whose pages and files come from outside the tree. */
  externalFolders: FolderMap<ExternalFolder>
  /** URL folders with generated lists of pages. */
  taxonomies: FolderSet
}

/**
 * Assemble what resolving the links of a site requires.
 *
 * @param publish Determines the routes, on first use.
 */
export function makeHugoSite(
  ctx: SiteContext,
  config: HugoConfig,
  templates: HugoTemplates,
  publish: () => Routes,
): HugoSite {
  let published: Routes | undefined
  const routes = () => (published ??= publish())
  const externalFolders = new FolderMap<ExternalFolder>()
  for (const each of config.externalFolders) externalFolders.add(urlize(each.folder, config), each)
  return {
    ctx,
    config,
    templates,
    routes,
    urlIndex: new UrlIndex(routes),
    externalFolders,
    taxonomies: new FolderSet(config.taxonomies),
  }
}
