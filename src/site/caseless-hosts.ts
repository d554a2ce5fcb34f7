import {isMarkdownFile} from '../text/markdown-files.ts'
import {folderPrefix, foldersAbove} from '../text/paths.ts'
import {hashOf, withoutQuery} from '../text/urls.ts'
import type {ResolverContext} from './resolver-context.ts'
import {canonicalUrl} from './shared/canonical-url.ts'
import type {MissingTarget, Resolution, Site, SiteLink} from './types.ts'
import {urlPathsOf} from './url-paths.ts'

/** The URL paths of a site's files, by how Netlify compares them. */
const publishedPaths = new WeakMap<Site, ReadonlyMap<string, string>>()

/**
 * Netlify ignores letter case in paths: a link to `/Guide/` leads to `/guide/`. Images are left to the generator, which
 * may read their files.
 */
export function inOtherLetterCase(
  missing: MissingTarget,
  link: SiteLink,
  from: string,
  site: Site,
  context: ResolverContext,
): Resolution {
  const url = missing.url ?? link.url
  if (link.image || isMarkdownFile(withoutQuery(url)) || !isOnNetlify(site, context)) return missing
  const published = publishedPathsOf(site, context)
  for (const path of urlPathsOf(url, site, from)) {
    const found = published.get(folded(path))
    if (found === undefined || canonicalUrl(found) === canonicalUrl(path)) continue
    const answer = site.resolve({...link, url: found + hashOf(link.url)}, from)
    if (answer.to !== 'missing') return answer
  }
  return missing
}

const isOnNetlify = ({root}: Site, {isInTree}: ResolverContext): boolean =>
  [...foldersAbove(`${root}/netlify.toml`), ''].some((folder) =>
    isInTree(`${folderPrefix(folder)}netlify.toml`),
  )

function publishedPathsOf(site: Site, {publishedBy}: ResolverContext): ReadonlyMap<string, string> {
  const known = publishedPaths.get(site)
  if (known) return known
  const paths = new Map([...publishedBy(site).keys()].map((path) => [folded(path), path]))
  publishedPaths.set(site, paths)
  return paths
}

const folded = (path: string): string => canonicalUrl(path).toLowerCase()
