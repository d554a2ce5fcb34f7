import type {SiteContext} from '../../platform.ts'
import {FolderSet} from '../../shared/folders.ts'
import type {HugoConfig} from './config.ts'
import type {Routes} from './routes.ts'
import type {HugoTemplates} from './templates.ts'
import {UrlIndex} from './url-index.ts'
import {urlize} from './urls.ts'

/** A site that links are resolved on. */
export interface HugoSite {
  ctx: SiteContext
  config: HugoConfig
  templates: HugoTemplates
  routes(): Routes
  urlIndex: UrlIndex
  /** Folders of URLs whose pages and files come from outside the tree. */
  externalFolders: FolderSet
  /** Folders of URLs with generated lists of pages. */
  taxonomies: FolderSet
}

/**
 * Put together what links of a site are resolved with.
 *
 * @param publish Works out the routes, when they are first needed.
 */
export function makeHugoSite(
  ctx: SiteContext,
  config: HugoConfig,
  templates: HugoTemplates,
  publish: () => Routes,
): HugoSite {
  let published: Routes | undefined
  const routes = () => (published ??= publish())
  return {
    ctx,
    config,
    templates,
    routes,
    urlIndex: new UrlIndex(routes),
    externalFolders: new FolderSet(config.externalFolders.map((folder) => urlize(folder, config))),
    taxonomies: new FolderSet(config.taxonomies),
  }
}
