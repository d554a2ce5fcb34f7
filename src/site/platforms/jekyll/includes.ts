import type {IncludePattern} from '../../../page/include-pattern.ts'
import {patternOf} from '../../../page/pattern.ts'
import {folderOf, joinPath} from '../../../text/paths.ts'
import {doubt} from '../../doubts.ts'
import {doubted} from '../../shared/doubted.ts'
import {includedFile} from '../../shared/included-file.ts'
import type {Resolution, SiteLink} from '../../types.ts'
import type {JekyllSite} from './links.ts'

/** A file of the folder of includes, which is a part of the page's Markdown. */
const MARKDOWN =
  /\{%-?\s{0,9}include(?:_cached)?\s{1,9}(?<names>[\w./+~#@-]{1,200}\.(?:md|markdown))(?=[\s%])/dg
/** One with HTML, about which only its ids are known. */
const HTML =
  /\{%-?\s{0,9}include(?:_cached)?\s{1,9}(?<names>[\w./+~#@-]{1,200}(?<!\.md|\.markdown))(?=[\s%])/dg
/** A file from the folder of the page. */
const RELATIVE = /\{%-?\s{0,9}include_relative\s{1,9}(?<names>[\w./+~#@-]{1,200})(?=[\s%])/dg

/** Tags that insert files; the build fails if there is none. */
export const INCLUDES: readonly IncludePattern[] = [
  {...patternOf(MARKDOWN), sign: 'include', within: 'template'},
  {...patternOf(HTML), sign: 'include', within: 'template', as: 'code', isOpaque: true},
  {...patternOf(RELATIVE), sign: 'include_relative', within: 'template', tag: 'include_relative'},
]

/** Find a file that a tag inserts. */
export function resolveJekyllInclude(site: JekyllSite, {url, tag}: SiteLink, from: string): Resolution {
  const {ctx, config, prefix, plugins, routes} = site
  const isPublished = routes().urlsOf(from).length > 0
  if (tag === 'include_relative') {
    const found = includedFile(ctx, [joinPath(folderOf(from), url)])
    // In a partial, it begins at the page that includes that.
    return isPublished ? found : doubted(found, doubt('included-elsewhere'))
  }
  const folder = `${prefix}${config.includes}`
  const found = includedFile(ctx, [joinPath(folder, url)])
  if (!isPublished && !from.startsWith(`${folder}/`)) return doubted(found, doubt('not-published'))
  const why = plugins.includes ?? (config.theme ? doubt('theme-files') : undefined)
  return why === undefined ? found : doubted(found, why)
}
