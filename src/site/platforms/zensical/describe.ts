import {folderOf, joinPath} from '../../../text/paths.ts'
import type {SiteContext, SiteDescription} from '../../platform.ts'
import {readValue, record} from '../../shared/data.ts'
import {unknownRouting} from '../../shared/unknown-routing.ts'
import {describeSource} from '../mkdocs/describe.ts'
import {asMkdocs} from './source.ts'

/** `zensical/extensions/links.py`: relative URLs are rewritten, also in raw HTML, whether or not they name a source. */
const LINKS = {rewritesHtml: true, relativeToSource: true}

/** Describe a Zensical site: by the rules of MkDocs, with other defaults, and links that it rewrites itself. */
export async function describeZensical(ctx: SiteContext): Promise<SiteDescription> {
  const {marker} = ctx
  const file = marker.file ?? joinPath(marker.root, 'zensical.toml')
  const isThere = ctx.lookup.isFile(file)
  const value = isThere ? await readValue(ctx, file) : {}
  if (value === undefined) return unknownRouting(ctx)
  return describeSource(ctx, asMkdocs(record(value)), isThere ? folderOf(file) : marker.root, LINKS)
}
