import {normalizeLabel} from '../../../text/labels.ts'
import {folderOf, folderPrefix, isBelow, joinPath, nameOf, pathBelow} from '../../../text/paths.ts'
import type {Tree} from '../../../tree/tree.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import {missingIn} from '../../missing-in.ts'
import type {Marker, SiteContext, SiteDescription} from '../../platform.ts'
import {firstLine} from '../../shared/data.ts'
import {doubted} from '../../shared/doubted.ts'
import {readGitIgnored} from '../../shared/git-ignored.ts'
import {hiddenReferences} from '../../shared/html-blocks.ts'
import {unknownRouting} from '../../shared/unknown-routing.ts'
import type {Labels, Resolution, SiteLink} from '../../types.ts'
import {mkdocsAnchors} from './anchors.ts'
import {readBuiltPages} from './built-pages.ts'
import {type MkdocsConfig, readMkdocs} from './config.ts'
import {NAMES} from './detect.ts'
import {includePatterns, resolveMkdocsInclude} from './includes.ts'
import {type MkdocsSite, resolveMkdocsLink, sourceAt} from './links.ts'
import {linksByName} from './links-by-name.ts'
import {MkdocsRoutes} from './routes.ts'
import {type MkdocsSource, readCode, readSource} from './source.ts'
import {isComment, isUnreadBlock, mkdocsSyntax} from './syntax.ts'
import {type MkdocsWikilinks, urlOfLabel, WikilinkTargets, wikilinkSyntax} from './wikilinks.ts'

/** Read the configuration of a MkDocs site, its hooks, and the files that are appended to its pages. */
export async function describeMkdocs(ctx: SiteContext): Promise<SiteDescription> {
  const {tree, lookup, marker} = ctx
  const file =
    marker.file ?? NAMES.map((name) => joinPath(marker.root, name)).find((path) => lookup.isFile(path))
  // Of several configurations in a folder, each describes the site of its own pages.
  const root = file === undefined ? marker.root : folderOf(file)
  try {
    const source =
      file === undefined ? {data: {}, text: ''} : await readSource(tree, file, (why) => ctx.warn?.(file, why))
    return await describeSource(ctx, source, root)
  } catch (error) {
    if (file !== undefined) ctx.warn?.(file, firstLine(error))
    return unknownRouting(ctx)
  }
}

/**
 * Describe a site by the source of its configuration.
 *
 * @param root The folder of the configuration.
 * @param rules What the generator does in another way than MkDocs.
 */
export async function describeSource(
  ctx: SiteContext,
  source: MkdocsSource,
  root: string,
  rules: Partial<MkdocsConfig> = {},
): Promise<SiteDescription> {
  const {tree, marker} = ctx
  const code = await readCode(tree, source.data, root)
  const settings = {...readMkdocs(source.data, source.text, root, code, source.missing), ...rules}
  const main = inheritedSite(ctx, settings, root, source.parent)
  const config = {
    ...settings,
    ...(main && source.hasUrlOfParent && {home: homeOfLanguage(settings, root)}),
    listed: await readBuiltPages(tree, settings),
  }
  const site = mkdocsSite(
    {...ctx, isIgnored: await readGitIgnored(tree, config.docs), main},
    marker,
    config,
    await readAppendedLabels(tree, config),
  )
  return root === '' || root !== marker.root || main
    ? site
    : {...site, translations: translations(ctx, config)}
}

/** The site whose configuration a site inherits: that of the main language, which pages fall back to. */
function inheritedSite(
  ctx: SiteContext,
  config: MkdocsConfig,
  root: string,
  parent: string | undefined,
): MkdocsSite | undefined {
  const docs =
    parent === undefined
      ? undefined
      : joinPath(folderOf(parent), config.docs.slice(folderPrefix(root).length))
  if (docs === undefined || docs === config.docs || !ctx.lookup.isFolder(docs)) return
  const main = {...config, docs}
  return {ctx, config: main, routes: new MkdocsRoutes(ctx.tree, main), isIgnored: () => false}
}

/** Read files; undefined if one of them cannot be read. */
async function readAll(tree: Tree, files: readonly string[]): Promise<string[] | undefined> {
  try {
    return await Promise.all(files.map((file) => tree.read(file)))
  } catch {
    return
  }
}

/** The labels defined in files that are appended to every page; or the reason why they are unknown. */
async function readAppendedLabels(tree: Tree, {appended}: MkdocsConfig): Promise<Labels | Doubt> {
  const texts = await readAll(tree, appended)
  if (!texts) return doubt('hidden-definitions', 'a file that is appended to pages')
  const definitions = texts.flatMap((text) => [...text.matchAll(/^ {0,3}\[([^\]\n\r\u2028\u2029]+)\]:/gm)])
  return new Set(definitions.map(([, label]) => normalizeLabel(label!)))
}

/** @param appended Labels defined for every page; or the reason why they are unknown. */
function mkdocsSite(
  ctx: SiteContext & Pick<MkdocsSite, 'isIgnored' | 'main'>,
  {platform, root, why}: Pick<Marker, 'platform' | 'root' | 'why'>,
  config: MkdocsConfig,
  appended: Labels | Doubt,
): SiteDescription {
  const routes = new MkdocsRoutes(ctx.tree, config)
  const site: MkdocsSite = {ctx, config, routes, isIgnored: ctx.isIgnored, main: ctx.main}
  const {wikilinks} = config
  const syntax = {
    ...mkdocsSyntax(config.extensions, config.hasHooks),
    includes: includePatterns(config),
    ...(wikilinks && {wikilinks: wikilinkSyntax(wikilinks)}),
  }
  return {
    platform,
    root,
    why,
    ...(config.home !== undefined && {home: config.home}),
    // Files beside the pages' folder do not belong to the site.
    owns: (path) => isBelow(path, config.docs),
    isPart: (path) => config.navigation?.has(pathBelow(path, config.docs) ?? path) === false,
    sourceFolder: config.docs,
    syntax,
    lastDefinition: true,
    ...(wikilinks?.reads === 'aliases' && {readsAll: true}),
    publish: (pages) => {
      const sources = {...ctx, ...pages}
      const at = (file: string, fragment: string | undefined) => sourceAt(site, file, fragment)
      const targets = wikilinks && new WikilinkTargets(sources, config.docs, wikilinks, at)
      const byName = linksByName(ctx, config, at)
      const include = (link: SiteLink, from: string) => {
        const found = resolveMkdocsInclude(ctx, config, link, from)
        return routes.isPublished(from) ? found : doubted(found, doubt('not-published'))
      }
      return {
        references: (page) =>
          config.references ??
          hiddenReferences(page, (content) =>
            isComment(content) ? content.includes('[') : isUnreadBlock(content, syntax),
          ),
        definitions: (page) => {
          if (config.definitions !== undefined) return config.definitions
          if (!('has' in appended)) return appended
          const own = new Set(page.labels)
          return {has: (label) => appended.has(label) || own.has(label)}
        },
        urlsOf: (path) => routes.urlsOf(path),
        resolve: (link, from) =>
          link.kind === 'wikilink' && targets && wikilinks
            ? resolveWikilink(site, targets, wikilinks, link, from)
            : foundByName(resolveMkdocsLink(site, link, from), () => byName?.(link)),
        include,
        anchorsOf: (page) => mkdocsAnchors(page, config, {...pages, include}),
      }
    },
  }
}

/** A resolution, or if it is missing, what plugins find by its name. */
const foundByName = (found: Resolution, named: () => Resolution | undefined): Resolution =>
  missingIn(found) ? (named() ?? found) : found

/** Resolve double brackets, of which an extension may make a URL. */
const resolveWikilink = (
  site: MkdocsSite,
  targets: WikilinkTargets,
  {around}: MkdocsWikilinks,
  link: SiteLink,
  from: string,
): Resolution =>
  around
    ? resolveMkdocsLink(site, {kind: 'html', tag: 'a', url: urlOfLabel(link.url, around)}, from)
    : targets.resolve(link, from)

/** The main language is published at the root, those of other folders below it. */
const homeOfLanguage = ({home}: MkdocsConfig, folder: string): string | undefined =>
  home && `${home}/${nameOf(folder)}`

/** More languages than any site has. */
const MOST_TRANSLATIONS = 200

/** Folders beside a site's folder with pages in a folder of the same name, such as `de/docs` beside `en/docs`. */
function translations(ctx: SiteContext, config: MkdocsConfig): SiteDescription[] {
  const {tree, lookup} = ctx
  const {platform, root} = ctx.marker
  const inside = config.docs.slice(root.length)
  const why = `beside ${root}, which may be built for other languages`
  const languages = doubt('computed-setting', 'the list of languages')
  const main: MkdocsSite = {ctx, config, routes: new MkdocsRoutes(tree, config), isIgnored: () => false}
  return [...tree.folders]
    .filter((folder) => folder !== root && folder !== '' && folderOf(folder) === folderOf(root))
    .filter((folder) => lookup.isFolder(folder + inside))
    .slice(0, MOST_TRANSLATIONS)
    .map((folder) => {
      const translated = {
        ...config,
        docs: folder + inside,
        home: homeOfLanguage(config, folder),
        idDoubts: [languages, ...config.idDoubts],
      }
      return mkdocsSite(
        {...ctx, isIgnored: () => false, main},
        {platform, root: folder, why},
        translated,
        new Set(),
      )
    })
}
