import {isBelow, joinPath} from '../../../text/paths.ts'
import type {PageSource, SiteContext, SiteDescription} from '../../platform.ts'
import type {SiteAnswers} from '../../types.ts'
import {hugoAnchors} from './anchors.ts'
import {buildsDrafts, findVersion} from './build.ts'
import {type HugoConfig, readHugo} from './config.ts'
import {readHugoFiles} from './config-files.ts'
import {resolveHugoLink} from './links.ts'
import {mayInsertDefinitions, mayInsertReferences} from './markdown-shortcodes.ts'
import {publish} from './routes.ts'
import {foldersFilledByScripts} from './scripts.ts'
import {resolveFigure, resolveHugoInclude, shortcodeUrls} from './shortcode-files.ts'
import {makeHugoSite} from './site.ts'
import {hugoSyntax} from './syntax.ts'
import {type HugoTemplates, readTemplates} from './templates.ts'
import {readThemes} from './themes.ts'

/** Read the configuration and templates of a Hugo site, and information about its build from other files. */
export async function describeHugo(ctx: SiteContext): Promise<SiteDescription> {
  const {root} = ctx.marker
  const data = await readHugoFiles(ctx, root)
  const configured = readHugo(data, root, ctx, await readThemes(ctx, data, root))
  const {builds, externalFolders} = configured
  const filled = await foldersFilledByScripts(ctx, configured, root)
  const version = await findVersion(ctx, root)
  const config: HugoConfig = {
    ...configured,
    builds: {...builds, drafts: builds.drafts || (await buildsDrafts(ctx, root))},
    externalFolders: [...externalFolders, ...filled.map((folder) => ({folder}))],
    ...(version !== undefined && {plainIds: version >= 145}),
  }
  return hugoSite(ctx, config, await readTemplates(ctx, config))
}

function hugoSite(ctx: SiteContext, config: HugoConfig, templates: HugoTemplates): SiteDescription {
  const {platform, root, why} = ctx.marker
  const contentFolders = config.content
    .map(({source}) => source)
    .filter((source) => !ctx.lookup.isFile(source))
  // Markdown templates are not pages, neither of the site nor on GitHub.
  const folders = [...contentFolders, ...config.layouts, joinPath(root, 'archetypes')]
  return {
    platform,
    root,
    why,
    syntax: hugoSyntax(templates.verbatimShortcodes, config.passthrough, shortcodeUrls(config, templates)),
    readsAll: true,
    ...(config.lowerCase && {hasLowerCaseUrls: true}),
    ...(config.home !== undefined && {home: config.home}),
    owns: (path) => folders.some((folder) => isBelow(path, folder)),
    publish: (pages) => publishHugo(ctx, pages, config, templates),
  }
}

function publishHugo(
  ctx: SiteContext,
  pages: PageSource,
  config: HugoConfig,
  templates: HugoTemplates,
): SiteAnswers {
  const site = makeHugoSite(ctx, config, templates, () => publish({...ctx, ...pages}, config))
  return {
    urlsOf: (path) => (site.routes().hidden.has(path) ? [] : (site.routes().urls.get(path) ?? [])),
    resolve: (link, from) =>
      link.tag === 'figure' ? resolveFigure(site, link, from) : resolveHugoLink(site, link, from),
    include: (link, from) => resolveHugoInclude(site, link, from),
    references: ({opaqueContent}) => mayInsertReferences(opaqueContent),
    definitions: ({opaqueContent}) => mayInsertDefinitions(opaqueContent) ?? new Set(),
    anchorsOf: (page) => hugoAnchors(site, page, pages),
  }
}
