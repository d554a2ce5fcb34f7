import {isBelow, joinPath, pathBelow} from '../../../text/paths.ts'
import type {SiteContext, SiteDescription} from '../../platform.ts'
import {readData} from '../../shared/data.ts'
import {unknownRouting} from '../../shared/unknown-routing.ts'
import {withoutPages} from '../../shared/without-pages.ts'
import type {SiteLink} from '../../types.ts'
import {docfxAnchors} from './anchors.ts'
import {type DocfxConfig, readDocfx} from './config.ts'
import {type Learn, readLearn, readPublishSettings} from './learn.ts'
import {type DocfxSite, resolveDocfxInclude, resolveDocfxLink} from './links.ts'
import {docfxSyntax} from './syntax.ts'
import {Uids} from './uids.ts'

/** Read the configuration of a Docfx site, or of a docset of Microsoft Learn. */
export async function describeDocfx(ctx: SiteContext): Promise<SiteDescription> {
  const {tree, lookup} = ctx
  const {root} = ctx.marker
  const file = joinPath(root, 'docfx.json')
  if (!lookup.isFile(file)) {
    // The docsets are elsewhere, each with its own configuration.
    const hasDocsets = [...tree.files].some((path) => path.endsWith('/docfx.json'))
    return hasDocsets ? withoutPages(ctx) : unknownRouting(ctx)
  }
  const data = await readData(ctx, file)
  const settings = await readPublishSettings(ctx)
  const config = readDocfx(data, root, settings.convertsMarkdown)
  return docfxSite(ctx, config, await readLearn(ctx, data, config, settings))
}

/** Files for the readers of the repository. */
const FOR_REPOSITORY =
  /(?:^|\/)(?:(?:README|CONTRIBUTING|CODE_OF_CONDUCT|SECURITY|LICENSE|SUPPORT|CHANGELOG|ThirdPartyNotices)[\w.-]*\.md$|\.github\/)/i

/** A site whose files may be anywhere in the tree. */
export function docfxSite(ctx: SiteContext, config: DocfxConfig, learn: Learn): SiteDescription {
  const {platform, root, why} = ctx.marker
  return {
    platform,
    root,
    why,
    ...(config.home !== undefined && !learn.isLearn && {home: config.home}),
    syntax: docfxSyntax,
    // A page may include any other file.
    readsAll: true,
    owns: (path) => config.isContent(path) || (isBelow(path, root) && !FOR_REPOSITORY.test(path)),
    publish: (pages) => {
      let uids: Uids | undefined
      const site: DocfxSite = {ctx, config, learn, uids: () => (uids ??= new Uids(ctx.tree.files, pages))}
      const include = (link: SiteLink, from: string) => resolveDocfxInclude(site, link, from)
      return {
        urlsOf: (path) => {
          const inside = config.isContent(path) ? pathBelow(path, root) : undefined
          return inside === undefined ? [] : [`/${inside.replace(/\.(?:md|yml)$/, '')}.html`]
        },
        resolve: (link, from) => resolveDocfxLink(site, link, from),
        include,
        anchorsOf: (page) => docfxAnchors(site, {...pages, include}, page),
      }
    },
  }
}
