import {folderOf, folderPrefix, isAtOrBelow, joinPath, nameOf} from '../../../text/paths.ts'
import {trimEnd} from '../../../text/trim.ts'
import {doubt} from '../../doubts.ts'
import type {SiteContext} from '../../platform.ts'
import {doubted} from '../../shared/doubted.ts'
import type {UrlParts} from '../../shared/local-url.ts'
import {fileAt} from '../../shared/repository.ts'
import type {Resolution} from '../../types.ts'
import {type DocfxConfig, PAGE_ENDINGS, type PageFile} from './config.ts'
import type {Learn} from './learn.ts'

const OUTSIDE = {to: 'outside', why: 'in another docset'} as const
/** The answer for the URL or file of a page that was moved. */
export const REDIRECTED = {to: 'outside', why: 'it is redirected'} as const

/** A site with what determines its URLs. */
interface PublishedSite {
  ctx: SiteContext
  config: Pick<DocfxConfig, 'copiesAt' | 'home' | 'generated' | 'isConverted' | 'sourcesOf'>
  learn: Learn
}

/** Resolve the absolute path of a URL: on Microsoft Learn, or else on the host of the site, if that is known. */
export function byUrl(site: PublishedSite, parts: UrlParts, from: string): Resolution {
  const {config, learn} = site
  return config.home === undefined || learn.isLearn
    ? onLearn(site, parts, from)
    : onHost(site, config.home, parts)
}

/** Resolve the absolute path of a URL on Microsoft Learn, which publishes a docset below one of some base paths. */
function onLearn(site: PublishedSite, {path, fragment}: UrlParts, from: string): Resolution {
  const {ctx, config, learn} = site
  const url = `/${trimEnd(joinPath('', path), '/')}`
  const base = learn.bases.find((each) => isAtOrBelow(url.toLowerCase(), each))
  if (base === undefined) return OUTSIDE
  const sources = config.sourcesOf(url.slice(base.length + 1).replace(/\.html?$/i, ''))
  const pages = sources.flatMap(({folder, stem}) => {
    const page = pageAt(site, stem)
    return page === undefined ? [] : [{folder, page}]
  })
  if (pages.length > 0) return inVersionOf(ctx, from, pages, fragment)
  if (sources.some(({stem}) => isRedirected(learn, stem))) return REDIRECTED
  // Of some folders, a docset has nothing but redirects.
  const own = sources.filter(
    (source) => ctx.lookup.isFolder(trimEnd(source.folder, '/')) && !isModule(config, source),
  )
  const place = own.find(({stem}) => ctx.lookup.isFolder(folderOf(stem))) ?? own[0]
  const missing = place && ctx.lookup.missing(`${place.stem}.md`)
  if (missing?.to !== 'missing') return OUTSIDE
  return doubted({...missing, why: 'file', url: path}, doubt('code-pages', 'another docset'))
}

/** Would it be the page of a module? Without a folder in the tree, another docset has the module. */
const isModule = ({isConverted}: Pick<DocfxConfig, 'isConverted'>, {folder, stem}: PageFile): boolean =>
  folder === folderPrefix(folderOf(stem)) && isConverted(`${stem}.md`)

/**
 * Resolve a URL to the version of its page that readers of another page see: their own one if it has the page, else the
 * newest one, of which it is not known which it is.
 */
function inVersionOf(
  ctx: SiteContext,
  from: string,
  pages: readonly {folder: string; page: string}[],
  fragment: string | undefined,
): Resolution {
  const [first, ...others] = pages
    .filter(({folder}) => from.startsWith(folder))
    .sort((a, b) => b.folder.length - a.folder.length)
  const isSure = pages.length === 1 || (first !== undefined && first.folder !== others[0]?.folder)
  return fileAt(ctx, (first ?? pages[0]!).page, isSure ? fragment : undefined)
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
  const copies = config.copiesAt(inside)
  const file = [`${stem}.md`, `${stem}.yml`, page, ...copies].find((each) => ctx.lookup.isFile(each))
  if (file !== undefined) return fileAt(ctx, file, fragment)
  const missing = ctx.lookup.missing(`${stem}.md`)
  // Templates add other files.
  const isCertain = stem !== page && !config.generated.has(page)
  if (missing.to !== 'missing') return missing
  const absent: Resolution = {...missing, why: 'file', url: path}
  return isCertain ? absent : doubted(absent, doubt('code-pages', 'the build'))
}

/** The page whose URL has no extension, as on Microsoft Learn: `guide/use` → `guide/use.md` or `guide/use/index.yml`. */
export function pageAt(
  {ctx, config}: Pick<PublishedSite, 'ctx' | 'config'>,
  stem: string,
): string | undefined {
  for (const ending of PAGE_ENDINGS) {
    const file = fileInAnyCase(ctx, joinPath('', stem + ending))
    if (file !== undefined) return file
  }
  // The page of a module is the start page of its folder.
  const module = fileInAnyCase(ctx, joinPath(stem, `${nameOf(stem)}.md`))
  return module !== undefined && config.isConverted(module) ? module : fileInAnyCase(ctx, stem)
}

/** Is there a redirect instead of a page whose URL has no extension? */
export const isRedirected = ({redirected}: Learn, stem: string): boolean =>
  PAGE_ENDINGS.some((ending) => redirected.has(joinPath('', stem + ending).toLowerCase()))

/** A file of a path, whose letter case does not matter. */
function fileInAnyCase({lookup}: SiteContext, path: string): string | undefined {
  if (lookup.isFile(path)) return path
  const missing = lookup.missing(path)
  return missing.to === 'missing' && missing.why === 'case' ? missing.suggestion : undefined
}
