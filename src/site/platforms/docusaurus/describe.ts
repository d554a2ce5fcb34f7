import type {FrontMatterUrl} from '../../../page/syntax.ts'
import {joinPath} from '../../../text/paths.ts'
import {encodePath} from '../../../text/urls.ts'
import {doubt} from '../../doubts.ts'
import type {PageSource, SiteContext, SiteDescription} from '../../platform.ts'
import {readModule} from '../../shared/javascript/read.ts'
import {UNKNOWN} from '../../shared/javascript/values.ts'
import {pathBelowBase} from '../../shared/local-url.ts'
import {unknownRouting} from '../../shared/unknown-routing.ts'
import type {SiteAnswers} from '../../types.ts'
import {docusaurusAnchors} from './anchors.ts'
import {aliasOf, type DocusaurusContext, pathOfAlias} from './context.ts'
import {resolveLink} from './links.ts'
import {readDocusaurus} from './read-config.ts'
import {DocusaurusRoutes} from './routes.ts'
import {findConfigFiles, readSiteFiles, type SiteFiles} from './site-files.ts'
import {isOwned} from './sources.ts'

/** The image of a page's metadata: a `./path` is loaded as a module, others are URLs below the base. */
const FRONT_MATTER_URLS: readonly FrontMatterUrl[] = [{pointer: '/image', as: './asset'}]

/**
 * Describe a Docusaurus site: links to Markdown files resolve by source file, all others by URL; ids are
 * github-slugger's.
 */
export async function describeDocusaurus(ctx: SiteContext): Promise<SiteDescription> {
  const {tree, lookup, marker} = ctx
  const {platform, root, why} = marker
  const read = async (file: string) => (lookup.isFile(file) ? tree.read(file).catch(() => '') : '')
  const {file, versions, patch} = await findConfigFiles(tree, root, read)
  const value = file === undefined ? UNKNOWN : await readModule({tree, aliases: {'@site': root}}, file)
  const config = readDocusaurus(value, root, (name) => versions.get(name))
  if (!config) return unknownRouting(ctx)
  if (patch !== undefined) {
    config.otherIds ??= doubt('plugin-ids', patch)
    config.hasPlainMdx = false
  }
  const files = await readSiteFiles(tree, {root, file}, config, read)
  return {
    platform,
    root,
    why,
    readsAll: true,
    owns: (path) => isOwned(files.sources, root, path),
    syntax: {
      ...(config.mdx && {mdx: true}),
      ...(config.hasPlainMdx && (await hasMdx2(ctx)) && {mdxBuild: 'compatible'}),
      jsxProps: true,
      frontMatterEnd: 'text',
      frontMatterUrls: FRONT_MATTER_URLS,
    },
    moduleAliases: {'@site': root},
    ...(config.home !== undefined && {home: config.home}),
    publish: (pages) => publish({...ctx, ...pages}, files),
  }
}

/** Is it Docusaurus 3 or later, which compiles MDX 2 and 3, rather than MDX 1, which takes mistakes for text? */
async function hasMdx2({tree, marker: {root}, lookup}: SiteContext): Promise<boolean> {
  for (const file of [joinPath(root, 'package.json'), 'package.json']) {
    const text = lookup.isFile(file) ? await tree.read(file).catch(() => '') : ''
    const version = /"@docusaurus\/core":\s*"[~^>=v ]*(\d+)\./.exec(text)?.[1]
    if (version !== undefined) return Number(version) >= 3
  }
  return false
}

function publish(ctx: SiteContext & PageSource, files: SiteFiles): SiteAnswers {
  const routes = new DocusaurusRoutes(ctx, files)
  const filled = {
    hasSection: (section: string) => routes.hasSection(section),
    hasFolder: (folder: string) => ctx.lookup.isFolder(folder),
    hasPages: (folder: string) => routes.hasPages(folder),
  }
  const context: DocusaurusContext = {...ctx, ...files, routes, filled}
  return {
    urlsOf: (path) => routes.urlsOf(path),
    resolve: (link, from) => resolveLink(context, link, from),
    anchorsOf: (page) => docusaurusAnchors(context, page),
    writeLink: (to, like) =>
      pathOfAlias(like) === undefined ? withoutBase(context, to, like) : aliasOf(context, to),
  }
}

/** The path of a static file from the root, without the base, which Docusaurus adds to links and images in Markdown. */
function withoutBase({config, routes}: DocusaurusContext, to: string, like: string): string | undefined {
  if (!like.startsWith('/') || pathBelowBase(like, config.base) !== undefined) return
  const path = routes.staticPath(to)
  return path === undefined ? undefined : encodePath(path)
}
