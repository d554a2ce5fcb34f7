import {isAtOrBelow, joinPath} from '../../../text/paths.ts'
import {trimEnd} from '../../../text/trim.ts'
import {doubt} from '../../doubts.ts'
import type {SiteContext} from '../../platform.ts'
import {doubted} from '../../shared/doubted.ts'
import type {UrlParts} from '../../shared/local-url.ts'
import {fileAt} from '../../shared/repository.ts'
import type {Resolution} from '../../types.ts'
import type {Learn} from './learn.ts'

const OUTSIDE = {to: 'outside', why: 'in another docset'} as const

/** Resolve the absolute path of a URL on Microsoft Learn, which publishes a docset below one of some base paths. */
export function byUrl(
  ctx: SiteContext,
  {bases, redirected}: Pick<Learn, 'bases' | 'redirected'>,
  {path, fragment}: UrlParts,
): Resolution {
  const url = `/${trimEnd(joinPath('', path), '/')}`
  const base = bases.find((each) => isAtOrBelow(url.toLowerCase(), each))
  if (base === undefined) return OUTSIDE
  const stem = joinPath(ctx.marker.root, url.slice(base.length + 1).replace(/\.html?$/i, ''))
  const found = atStem(ctx, redirected, stem, fragment)
  if (found) return found
  const missing = ctx.lookup.missing(`${stem}.md`)
  return missing.to === 'missing'
    ? doubted({...missing, why: 'file', url: path}, doubt('code-pages', 'the build'))
    : missing
}

/** The page whose URL has no extension, as on Microsoft Learn: `guide/use` → `guide/use.md` or `guide/use/index.yml`. */
export function atStem(
  ctx: SiteContext,
  redirected: ReadonlySet<string>,
  stem: string,
  fragment: string | undefined,
): Resolution | undefined {
  for (const place of [
    `${stem}.md`,
    `${stem}.yml`,
    joinPath(stem, 'index.md'),
    joinPath(stem, 'index.yml'),
  ]) {
    if (redirected.has(place.toLowerCase())) return {to: 'outside', why: 'it is redirected'}
    const file = fileInAnyCase(ctx, place)
    if (file !== undefined) return fileAt(ctx, file, fragment)
  }
}

/** A file of a path, whose letter case does not matter. */
function fileInAnyCase({lookup}: SiteContext, path: string): string | undefined {
  if (lookup.isFile(path)) return path
  const missing = lookup.missing(path)
  return missing.to === 'missing' && missing.why === 'case' ? missing.suggestion : undefined
}
