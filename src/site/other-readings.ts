import {isMarkdownFile} from '../text/markdown-files.ts'
import {folderOf, foldersAbove, joinPath} from '../text/paths.ts'
import {trimEnd} from '../text/trim.ts'
import {decodePercent, hashOf, withoutQuery} from '../text/urls.ts'
import {followRedirects} from './follow-redirects.ts'
import {firstFileOf, type ResolverContext, siteAround} from './resolver-context.ts'
import {browserLink} from './site-urls.ts'
import type {Resolution, SiteLink} from './types.ts'

/**
 * Resolve a link of a page whose reader is not known, which leads nowhere on the repository's host, as a program would
 * that publishes the page: it may leave out extensions, resolve links against URLs, or belong to the site around it.
 *
 * @returns the answer of the host, without a missing target unless every reading lacks it; else what the link leads to
 */
export function readOtherwise(
  onHost: Resolution,
  link: SiteLink,
  from: string,
  context: ResolverContext,
): Resolution {
  if (onHost.to !== 'unknown' || !onHost.otherwise) return onHost
  const path = decodePercent(withoutQuery(link.url))
  const place = placesOf(path, from).find((each) => context.isInTree(each))
  if (place !== undefined) return targetAt(place, link.url)
  const onSite = path.startsWith('/') ? onSiteAround(link.url, from, context) : undefined
  if (onSite?.to === 'page' || onSite?.to === 'file') return {to: onSite.to, path: onSite.path}
  const isLacking = onSite?.to === 'unknown' ? onSite.otherwise : !onSite || onSite.to === 'missing'
  return isLacking ? onHost : {to: 'unknown', doubt: onHost.doubt}
}

/** A page or file in the tree, with the fragment of the link. */
function targetAt(place: string, url: string): Resolution {
  const fragment = decodePercent(hashOf(url).slice(1))
  return isMarkdownFile(place)
    ? {to: 'page', path: place, ...(fragment !== '' && {fragment})}
    : {to: 'file', path: place}
}

const ENDINGS = ['.md', '.mdx', '/index.md', '/index.mdx', '/README.md', '']

/** The files that a path may stand for: beside the page or below its URL, or, unless it says so, from a folder above. */
function placesOf(path: string, from: string): string[] {
  const page = from.replace(/(?:\/(?:index|readme))?\.\w+$/i, '')
  const folders = [
    ...(path.startsWith('/') ? [] : [folderOf(from), page]),
    ...(path.startsWith('.') ? [] : foldersAbove(from)),
  ]
  const name = trimEnd(path.replace(/\.html?$/, ''), '/')
  return folders.flatMap((folder) => ENDINGS.map((ending) => joinPath(folder, `./${name}`) + ending))
}

/** The resolution of an absolute path on the site whose folder a page is in. */
function onSiteAround(url: string, from: string, context: ResolverContext): Resolution | undefined {
  const site = siteAround(from, context.sites)
  const page = site && firstFileOf(site, context)
  if (!site || page === undefined) return
  const link = browserLink(url)
  const found = site.resolve(link, page)
  return found.to === 'missing' ? followRedirects(found, link, page, site, context.rules?.redirects) : found
}
