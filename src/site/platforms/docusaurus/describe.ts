import {readCode} from '../../shared/javascript.ts'
import type {Lookup} from '../../shared/lookup.ts'
import {unknownRouting} from '../../shared/unknown-routing.ts'
import type {Marker, PageSource, Site} from '../../types.ts'
import {docusaurusAnchors} from './anchors.ts'
import type {SiteContext} from './context.ts'
import {resolveLink} from './links.ts'
import {readDocusaurus} from './read-config.ts'
import {DocusaurusRoutes} from './routes.ts'
import {findConfigFiles, readSiteFiles} from './site-files.ts'
import {isOwned} from './sources.ts'

/** Read the configuration of a site that was found, and make it. */
export async function makeDocusaurus(world: PageSource, lookup: Lookup, marker: Marker): Promise<Site> {
  const {root, why} = marker
  const {tree} = world
  const read = async (file: string) => (lookup.isFile(file) ? tree.read(file).catch(() => '') : '')
  const {file, versions} = await findConfigFiles(tree, root, read)
  const value = await readCode(file === undefined ? '' : await read(file))
  const config = readDocusaurus(value, root, (name) => versions.get(name))
  if (!config) return unknownRouting(world, lookup, 'docusaurus', root, why)
  const files = await readSiteFiles(tree, root, config, read)
  const routes = new DocusaurusRoutes(world, lookup, config, files.sources)
  return docusaurusSite({...files, world, lookup, root, routes}, why)
}

/** A Docusaurus site: links to Markdown files by source, all others by URL; ids of github-slugger. */
function docusaurusSite(context: SiteContext, why: string): Site {
  const {config, root, routes, sources} = context
  return {
    platform: 'docusaurus',
    root,
    why,
    readsAll: true,
    owns: (path) => isOwned(sources, root, path),
    syntax: config.mdx ? {mdx: true} : {},
    ...(config.home !== undefined && {home: config.home}),
    urlsOf: (path) => routes.urlsOf(path),
    resolve: (link, from) => resolveLink(context, link, from),
    anchorsOf: (page) => docusaurusAnchors(context, page),
  }
}
