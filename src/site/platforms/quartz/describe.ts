import {patternOf} from '../../../page/pattern.ts'
import type {Syntax} from '../../../page/syntax.ts'
import type {SiteContext, SiteDescription} from '../../platform.ts'
import {quartzAnchors} from './anchors.ts'
import {type QuartzConfig, readQuartz} from './config.ts'
import {type QuartzContext, resolveQuartzLink, SourceNames} from './links.ts'
import {isRead, QuartzPages} from './pages.ts'

/** Describe a Quartz site, whose pages and files are in its content folder. */
export async function describeQuartz(ctx: SiteContext): Promise<SiteDescription> {
  const {platform, root, why} = ctx.marker
  const config = await readQuartz(ctx)
  return {
    platform,
    root,
    why,
    ...(config.home !== undefined && {home: config.home}),
    syntax: syntaxOf(config),
    // Front matter has drafts and aliases.
    readsAll: true,
    owns: (path) => isRead(config, path),
    publish: (pages) => {
      const published = new QuartzPages(ctx.tree, config, pages.page)
      const files = () => [...ctx.tree.files].filter((file) => published.urlOf(file) !== undefined)
      const names = new SourceNames(files)
      const context: QuartzContext = {...ctx, ...pages, config, pages: published, names}
      return {
        urlsOf: (path) => {
          const url = published.urlOf(path)
          return url === undefined ? [] : [`${config.base}/${url}`]
        },
        resolve: (link, from) => resolveQuartzLink(context, link, from),
        anchorsOf: (page) => quartzAnchors(context, page),
      }
    },
  }
}

/** The content of a wikilink: `wikilinkRegex` of Quartz's plugin ObsidianFlavoredMarkdown. */
const WIKILINK = patternOf(/(?:[^[\]|#\\]+)?(?:#+[^[\]|#\\]+)?(?:\\?\|[^[\]#]*)?/)

/** Double brackets, block ids and comments, as far as the plugin for them is there and set so. */
const syntaxOf = ({obsidian}: QuartzConfig): Syntax => ({
  ...(obsidian?.wikilinks && {wikilinks: {embeds: true, spansCells: true, content: WIKILINK}}),
  ...(obsidian?.blockIds && {blockIds: true}),
  ...(obsidian?.comments && {percentComments: true}),
})
