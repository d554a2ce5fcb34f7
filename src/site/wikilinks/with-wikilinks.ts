import {WITHOUT_BRACKETS} from '../../page/wikilink-syntax.ts'
import type {PageSource, Platform, SiteContext, SiteDescription} from '../platform.ts'
import type {SiteAnswers} from '../types.ts'
import {findWikilinkPlugin, type WikilinkPlugin} from './find-plugin.ts'
import {NamedPages} from './named-pages.ts'

/**
 * Add wikilinks to a site whose generator has none, if a plugin or code of the site makes links of double brackets. Their
 * rules differ: a target counts as found by whatever name some plugin finds it, and a missing one is never certain.
 *
 * @param pageCode See {@link Platform.pageCode}.
 */
export async function withWikilinks(
  site: SiteDescription,
  ctx: SiteContext,
  pageCode: Platform['pageCode'],
): Promise<SiteDescription> {
  if (site.syntax.wikilinks) return site
  const plugin = await findWikilinkPlugin(ctx, pageCode)
  if (!plugin) return site
  const {divider} = plugin
  const form = divider === undefined ? {content: WITHOUT_BRACKETS} : {divider}
  const withPlugin = (each: SiteDescription): SiteDescription => ({
    ...each,
    syntax: {...each.syntax, wikilinks: {embeds: true, ...form}},
    // Titles and aliases in front matter are names of pages.
    readsAll: true,
    publish: (pages) => publish(each, {...ctx, ...pages}, plugin),
  })
  return {
    ...withPlugin(site),
    ...(site.translations && {translations: site.translations.map(withPlugin)}),
    withPlugins: withPlugin,
  }
}

function publish(site: SiteDescription, ctx: SiteContext & PageSource, plugin: WikilinkPlugin): SiteAnswers {
  const answers = site.publish(ctx)
  const named = new NamedPages(ctx, answers, plugin.name)
  return {
    ...answers,
    resolve: (link, from) =>
      link.kind === 'wikilink' ? named.resolve(link, from) : answers.resolve(link, from),
  }
}
