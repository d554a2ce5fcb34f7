import {isAtOrBelow, joinPath} from '../../../text/paths.ts'
import {trimEnd} from '../../../text/trim.ts'
import {doubt} from '../../doubts.ts'
import type {SiteContext} from '../../platform.ts'
import {doubted} from '../../shared/doubted.ts'
import type {UrlParts} from '../../shared/local-url.ts'
import {fileAt} from '../../shared/repository.ts'
import type {Resolution} from '../../types.ts'
import type {DocfxConfig} from './config.ts'
import type {Learn} from './learn.ts'

const OUTSIDE = {to: 'outside', why: 'in another docset'} as const

/** A site with what determines its URLs. */
interface PublishedSite {
  ctx: SiteContext
  config: Pick<DocfxConfig, 'home' | 'generated'>
  learn: Learn
}

/** Resolve the absolute path of a URL: on Microsoft Learn, or else on the host of the site, if that is known. */
export function byUrl(site: PublishedSite, parts: UrlParts): Resolution {
  const {config, learn} = site
  return config.home === undefined || learn.isLearn ? onLearn(site, parts) : onHost(site, config.home, parts)
}

/** Resolve the absolute path of a URL on Microsoft Learn, which publishes a docset below one of some base paths. */
function onLearn({ctx, learn: {bases, redirected}}: PublishedSite, {path, fragment}: UrlParts): Resolution {
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

/** Resolve the absolute path of a URL on the host of a site that Docfx itself publishes. */
function onHost({ctx, config}: PublishedSite, home: string, {path, fragment}: UrlParts): Resolution {
  const base = trimEnd(new URL(home).pathname, '/')
  const url = `/${joinPath('', path)}`
  // Docfx leaves such links as they are, and publishes no sources.
  if (!isAtOrBelow(url, base) || /\.(?:md|ya?ml)$/i.test(path)) return OUTSIDE
  const inside = url.slice(base.length + 1)
  const page = joinPath(
    ctx.marker.root,
    path.endsWith('/') ? joinPath(inside, 'index.html') : inside || 'index.html',
  )
  const stem = page.replace(/\.html$/i, '')
  const file = [`${stem}.md`, `${stem}.yml`, page].find((each) => ctx.lookup.isFile(each))
  if (file !== undefined) return fileAt(ctx, file, fragment)
  const missing = ctx.lookup.missing(`${stem}.md`)
  // Templates add other files.
  const isCertain = stem !== page && !config.generated.has(page)
  if (missing.to !== 'missing') return missing
  const absent: Resolution = {...missing, why: 'file', url: path}
  return isCertain ? absent : doubted(absent, doubt('code-pages', 'the build'))
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
