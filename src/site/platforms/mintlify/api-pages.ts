import {isAtOrBelow, joinPath} from '../../../text/paths.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import type {SiteContext} from '../../platform.ts'
import type {ApiSource, MintlifyConfig} from './config.ts'
import {operationRoutes, readSpecification} from './operations.ts'

/** The pages that Mintlify generates from descriptions of APIs. */
export interface ApiPages {
  /** Is there such a page at a path from the site's folder? */
  has(path: string): boolean
  /** The reason why there may be one although none is known. */
  doubtAbout(path: string): Doubt | undefined
}

/** Read the descriptions of APIs that are in the tree; those elsewhere leave unknown what is in their folders. */
export async function readApiPages(ctx: SiteContext, {sources}: MintlifyConfig): Promise<ApiPages> {
  const known = new Set<string>()
  const unknown: ApiSource[] = []
  for (const each of sources) {
    const routes = await routesOf(ctx, each)
    if (routes) for (const route of routes) known.add(route)
    else unknown.push(each)
  }
  return {
    has: (path) => known.has(path),
    doubtAbout: (path) => {
      const found = unknown.find(({directory}) => isAtOrBelow(path, directory))
      return found && doubt('code-pages', found.source)
    },
  }
}

/** The routes of the pages of an API; undefined if they are not known. */
async function routesOf(
  ctx: SiteContext,
  {kind, source, directory}: ApiSource,
): Promise<readonly string[] | undefined> {
  if (kind !== 'openapi' || /^https?:/.test(source)) return
  const file = joinPath(ctx.marker.root, source.replace(/^\/+/, ''))
  const specification = ctx.lookup.isFile(file) ? await readSpecification(ctx, file) : undefined
  return specification && operationRoutes(specification, directory)
}
