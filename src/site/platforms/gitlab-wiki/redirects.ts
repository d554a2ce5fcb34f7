import {joinPath} from '../../../text/paths.ts'
import type {SiteContext} from '../../platform.ts'
import {readData} from '../../shared/data.ts'
import {GITLAB_REDIRECTS} from '../../shared/wikis/find-wikis.ts'
import type {Slugs} from './wiki.ts'

/** Read the slugs of pages that were moved or renamed on GitLab, each with the new one. */
export async function readRedirects(ctx: SiteContext): Promise<Slugs> {
  const file = joinPath(ctx.marker.root, GITLAB_REDIRECTS)
  if (!ctx.tree.files.has(file)) return new Map()
  const slugs = Object.entries(await readData(ctx, file))
  return new Map(slugs.flatMap(([from, to]) => (typeof to === 'string' ? [[from, to]] : [])))
}
