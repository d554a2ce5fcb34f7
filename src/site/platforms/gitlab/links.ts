import {isAbove} from '../../../text/paths.ts'
import {doubt} from '../../doubts.ts'
import type {HostContext} from '../../platform.ts'
import {splitUrl} from '../../shared/local-url.ts'
import {fileAt, placeInRepository, resolveInRepository} from '../../shared/repository.ts'
import type {Resolution} from '../../types.ts'

/** Resolve a link on GitLab. */
export function resolveOnGitlab(ctx: HostContext, url: string, from: string): Resolution {
  const parts = splitUrl(url)
  if ('to' in parts) return parts
  // https://docs.gitlab.com/development/routing/: the paths of everything but files have a segment `-` in front.
  if (/(?:^|\/)-\//.test(parts.path)) return {to: 'outside', why: 'a part of the project on GitLab'}
  const place = placeInRepository(parts, from)
  if (isAbove(place)) return {to: 'unknown', doubt: doubt('other-site')}
  if (parts.raw === '') return fileAt(ctx, from, parts.fragment)
  if (parts.path.endsWith('/') && ctx.lookup.isFile(place)) return fileAt(ctx, place, parts.fragment)
  return resolveInRepository(ctx, parts, place, from)
}
