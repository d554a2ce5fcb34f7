import {folderOf, joinPath} from '../../../text/paths.ts'
import {doubt} from '../../doubts.ts'
import {doubted} from '../../shared/doubted.ts'
import {includedFile} from '../../shared/included-file.ts'
import type {Resolution, SiteLink} from '../../types.ts'
import type {VitepressContext} from './links.ts'

/**
 * Find a file that a page shows: from the source folder if its name begins with `@`, otherwise from the page, or for a
 * code snippet on an included page, from the page that includes it.
 */
export function resolveVitepressInclude(context: VitepressContext, link: SiteLink, from: string): Resolution {
  const found = resolve(context, link, from)
  const {otherSnippets} = context.config
  return link.as === 'code' && found.to === 'missing' && otherSnippets ? doubted(found, otherSnippets) : found
}

function resolve(context: VitepressContext, {url, as}: SiteLink, from: string): Resolution {
  const {config, routes} = context
  // A script replaces it before VitePress sees it.
  if (/^[a-z][\w-]+:/i.test(url)) return {to: 'unknown', doubt: doubt('bundler-path')}
  if (url.startsWith('@'))
    return config.otherRoutes === undefined
      ? includedFile(context, [joinPath(config.source, url.replace(/^@\/?/, ''))])
      : {to: 'unknown', doubt: config.otherRoutes}
  if (as === 'code' && !routes.isPublished(from)) return {to: 'unknown', doubt: doubt('included-elsewhere')}
  return includedFile(context, [joinPath(folderOf(from), url)])
}
