import type {Page} from '../../../page/types.ts'
import {joinPath} from '../../../text/paths.ts'
import type {Lookup} from '../../shared/lookup.ts'
import type {Marker, PageSource, Site} from '../../types.ts'
import {starlightAnchors} from './anchors.ts'
import {componentsWithoutIds, idsInComponents} from './components.ts'
import {readAstro} from './config.ts'
import type {SiteContext} from './context.ts'
import {resolveLink, rewritingTagsOf} from './links.ts'
import {whyFilesAddPages, whyModulesAddPages} from './more-pages.ts'
import {Routes} from './routes.ts'
import {isOwned, urlsOf} from './urls.ts'

/** Code of the site's own in its configuration. */
const OWN_CODE = /=>|\bfunction\b|(?:from|import)\s*\(?['"]\./

/** Read the configuration of a site that was found, and make it. */
export async function makeStarlight(world: PageSource, lookup: Lookup, {root, why}: Marker): Promise<Site> {
  const file = ['mjs', 'ts', 'js', 'mts', 'cjs', 'cts']
    .map((end) => joinPath(root, `astro.config.${end}`))
    .find((name) => lookup.isFile(name))
  const code = file === undefined ? '' : await world.tree.read(file).catch(() => '')
  const config = await readAstro(code, root)
  const modules = file === undefined ? undefined : await whyModulesAddPages(world, lookup, file)
  const rewrites =
    config.otherIds !== undefined && OWN_CODE.test(code)
      ? 'a plugin of the site’s own may change links'
      : undefined
  const morePages =
    config.morePages ?? modules ?? rewrites ?? (await whyFilesAddPages(world, lookup, root, config))
  const context = contextOf(world, lookup, {
    config: {...config, morePages, otherIds: config.otherIds ?? modules},
    componentsWithoutIds: await componentsWithoutIds(world, lookup, config.sourceFolder),
    componentIds: config.hasOwnComponents
      ? await idsInComponents(world, config.sourceFolder)
      : new Set<string>(),
  })
  return starlightSite(context, root, why)
}

function contextOf(
  world: PageSource,
  lookup: Lookup,
  files: Pick<SiteContext, 'config' | 'componentsWithoutIds' | 'componentIds'>,
): SiteContext {
  let routes: Routes | undefined
  const tags = new WeakMap<Page, ReadonlySet<string>>()
  return {
    ...files,
    world,
    lookup,
    routes: () => (routes ??= new Routes(world, files.config)),
    rewritingTags: (page) => {
      let found = tags.get(page)
      if (!found) tags.set(page, (found = rewritingTagsOf(page)))
      return found
    },
  }
}

/** A site of Starlight, or another one of Astro. */
function starlightSite(context: SiteContext, root: string, why: string): Site {
  const {home} = context.config
  return {
    platform: 'starlight',
    root,
    why,
    readsAll: true,
    owns: (path) => isOwned(context, path),
    syntax: {},
    ...(home !== undefined && {home}),
    urlsOf: (path) => urlsOf(context, path),
    resolve: (link, from) => resolveLink(context, link, from),
    anchorsOf: (page) => starlightAnchors(context, page),
  }
}
