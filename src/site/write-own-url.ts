import {trimEnd} from '../text/trim.ts'
import {encodePath, queryAndHashOf, withoutQuery} from '../text/urls.ts'
import {type Home, pathBelowHome} from './homes.ts'
import {basePathOf, isUrlAtOrBelow} from './site-urls.ts'

/**
 * Write the URL at which a site publishes a file in the form of another one: like
 * `https://example.org/docs/instal#use`, it is `https://example.org/docs/install#use`.
 *
 * @returns undefined if the site does not publish the file
 */
export function writeOwnUrl(to: string, like: string, home: Home): string | undefined {
  const [published] = home.site.urlsOf(to)
  if (published === undefined) return
  const place = withoutQuery(like)
  const start = place.slice(0, place.length - pathBelowHome(place, home).length)
  const base = home.guess ? '' : basePathOf(home.site)
  const path = encodePath(isUrlAtOrBelow(published, base) ? published : base + published)
  const hasSlash = place.endsWith('/') || path === '/'
  return start + (hasSlash ? path : trimEnd(path, '/')) + queryAndHashOf(like)
}
