import type {ShortcodeUrl} from '../../../page/include-pattern.ts'
import {joinPath} from '../../../text/paths.ts'
import {doubt} from '../../doubts.ts'
import {doubted} from '../../shared/doubted.ts'
import {splitUrl} from '../../shared/local-url.ts'
import {fileAt} from '../../shared/repository.ts'
import type {Resolution, SiteLink} from '../../types.ts'
import type {HugoConfig} from './config.ts'
import {absent, atUrl, resourceAt} from './links.ts'
import {pageAt} from './logical-paths.ts'
import {absent as withoutPage} from './references.ts'
import type {HugoSite} from './site.ts'
import type {HugoTemplates} from './templates.ts'

/**
 * The parameters of shortcodes that are URLs or pages: those of Hugo's own `figure`, unless a template takes its place,
 * and of shortcodes that show the page of that name or fail.
 */
export function shortcodeUrls({externalTheme}: HugoConfig, {idsOfShortcodes}: HugoTemplates): ShortcodeUrl[] {
  const shown = [...idsOfShortcodes]
    .filter(([, {needsPage}]) => needsPage)
    .map(([shortcode]): ShortcodeUrl => ({shortcode, parameter: '0', as: 'include'}))
  const isReplaced = externalTheme !== undefined || idsOfShortcodes.has('figure')
  return isReplaced ? shown : [...FIGURE, ...shown]
}

const FIGURE: readonly ShortcodeUrl[] = [
  {shortcode: 'figure', parameter: 'src', as: 'image'},
  {shortcode: 'figure', parameter: 'link', as: 'link'},
]

/** Resolve a URL of a figure: its image may be a resource of the page or of the site, everything else is as written. */
export function resolveFigure(site: HugoSite, link: SiteLink, from: string): Resolution {
  const {languageOf, hidden} = site.routes()
  if (!languageOf.has(from)) return {to: 'unknown', doubt: doubt('not-published')}
  const parts = splitUrl(link.url)
  if ('to' in parts) return parts
  if (parts.raw === '') return fileAt(site.ctx, from, parts.fragment)
  if (hidden.has(from) && !parts.raw.startsWith('/'))
    return {to: 'unknown', doubt: doubt('included-elsewhere')}
  const resource = link.image ? resourceAt(site, parts.path, from, false) : undefined
  if (resource !== undefined) return fileAt(site.ctx, resource, parts.fragment)
  return atUrl(site, parts, from) ?? absent(site, parts, from, 'plain')
}

/** Find the page that a shortcode shows; the build fails without it. */
export function resolveHugoInclude(site: HugoSite, {url}: SiteLink, from: string): Resolution {
  const {config, ctx, routes} = site
  const page = pageAt(routes(), config, url, from, true)
  if (page !== undefined) return fileAt(ctx, page, undefined)
  const path = url.replace(/^\/+|\.md$/g, '')
  const file = config.content
    .flatMap(({source}) => ['.md', '/index.md', '/_index.md'].map((end) => joinPath(source, path + end)))
    .find((each) => ctx.lookup.isFile(each))
  if (file !== undefined) return fileAt(ctx, file, undefined)
  const found = withoutPage(site, url, from)
  return routes().hidden.has(from) ? doubted(found, doubt('not-published')) : found
}
