import {isBelow, joinPath} from '../../../text/paths.ts'
import {doubt} from '../../doubts.ts'
import type {SiteContext, SiteDescription} from '../../platform.ts'
import {readData} from '../../shared/data.ts'
import type {SiteLink} from '../../types.ts'
import {mdbookAnchors} from './anchors.ts'
import {chaptersOf, type MdbookConfig, preprocessor, readMdbook} from './config.ts'
import {type Book, resolveMdbookInclude, resolveMdbookLink} from './links.ts'
import {MdbookRoutes} from './routes.ts'
import {mdbookSyntax} from './syntax.ts'

/** Read the configuration of a book, and its list of chapters. */
export async function describeMdbook(ctx: SiteContext): Promise<SiteDescription> {
  const {tree, lookup} = ctx
  const {root} = ctx.marker
  const config = readMdbook(await readData(ctx, joinPath(root, 'book.toml')), root)
  const summary = joinPath(config.source, 'SUMMARY.md')
  const chapters = lookup.isFile(summary) ? chaptersOf(await tree.read(summary).catch(() => '')) : undefined
  return mdbookSite(ctx, config, chapters)
}

/** @param chapters As listed in `SUMMARY.md`, from the folder of the chapters; undefined without such a file. */
function mdbookSite(
  ctx: SiteContext,
  config: MdbookConfig,
  chapters: readonly string[] | undefined,
): SiteDescription {
  const {platform, root, why} = ctx.marker
  const routes = new MdbookRoutes(ctx.tree, config, chapters)
  const book: Book = {ctx, config, routes}
  return {
    platform,
    root,
    why,
    syntax: mdbookSyntax,
    // A chapter may include any other file of the folder.
    readsAll: true,
    owns: (path) => isBelow(path, config.source),
    ...(config.home !== undefined && {home: config.home}),
    publish: (pages) => {
      const include = (link: SiteLink, from: string) => resolveMdbookInclude(book, link, from)
      return {
        references: () =>
          config.program === undefined ? undefined : doubt('hidden-references', preprocessor(config.program)),
        urlsOf: (path) => routes.urlsOf(path),
        resolve: (link, from) => resolveMdbookLink(book, link, from),
        include,
        anchorsOf: (page) => mdbookAnchors(book, {...pages, include}, page),
      }
    },
  }
}
