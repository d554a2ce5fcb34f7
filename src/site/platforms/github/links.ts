import {isAbove} from '../../../text/paths.ts'
import {doubt} from '../../doubts.ts'
import type {HostContext} from '../../platform.ts'
import {splitUrl} from '../../shared/local-url.ts'
import {type Lookup, withLikelyReading} from '../../shared/lookup.ts'
import {PARTS_OF_A_REPOSITORY} from '../../shared/parts-of-repository.ts'
import {fileAt, placeInRepository, resolveInRepository} from '../../shared/repository.ts'
import type {Resolution} from '../../types.ts'

/** Resolve a link on github.com. */
export function resolveOnGithub(ctx: HostContext, url: string, from: string): Resolution {
  const parts = splitUrl(url)
  if ('to' in parts) return parts
  if (parts.raw === '') return fileAt(ctx, from, parts.fragment)
  const place = placeInRepository(parts, from)
  return isAbove(place)
    ? withLikelyReading(ctx.lookup, above(ctx.lookup, place, from), parts.path, from)
    : resolveInRepository(ctx, parts, place, from)
}

/**
 * Resolve a path above the root on github.com: a file is shown at `/owner/repository/blob/branch/…`, so `../../issues`
 * leads to the repository's issues, and three levels up is another repository.
 */
function above(lookup: Lookup, place: string, from: string): Resolution {
  if (lookup.tree.beyond(place) === 'unknown') return {to: 'unknown', doubt: doubt('not-in-tree')}
  const segments = place.split('/')
  const levels = segments.filter((segment) => segment === '..').length
  const rest = segments.slice(levels)
  if (levels === 2 && PARTS_OF_A_REPOSITORY.has(rest[0] ?? ''))
    return {to: 'outside', why: 'a part of the repository on GitHub'}
  // One level up is the branch: `../main/x.md`.
  if (levels === 1 && rest.length > 1) return {to: 'unknown', doubt: doubt('other-branch')}
  if (levels > 2 || rest.length === 0) return {to: 'outside', why: `leads above the repository of ${from}`}
  return {to: 'missing', path: place, why: 'leaves'}
}
