import {folderOf, isBelow, joinPath, pathBelow, relativePath} from '../../../text/paths.ts'
import {decodePercent, encodePath, fragmentOf, withoutQuery} from '../../../text/urls.ts'
import {isForReaders} from '../../for-readers.ts'
import type {SiteContext, SiteDescription} from '../../platform.ts'
import {readConfiguration} from '../../shared/data.ts'
import {stringsIn, valuesOf} from '../../shared/python.ts'
import {fileAt} from '../../shared/repository.ts'
import {unknownRouting} from '../../shared/unknown-routing.ts'
import type {Resolution, SiteLink} from '../../types.ts'

/** What Pelican replaces in a link: `{filename}a.md`, in older form `|filename|a.md`. */
const INTRA_SITE = /^(?:\{(filename|static|attach|photo)\}|\|(filename|static|attach)\|)(.*)$/s

/**
 * Describe a Pelican site: where links that name source files lead. Its URLs, which templates in its settings make of the
 * metadata of pages, are fitted to their links.
 */
export async function describePelican(ctx: SiteContext): Promise<SiteDescription> {
  const {root, file} = ctx.marker
  const code = file === undefined ? '' : await readConfiguration(ctx, file)
  const [path = 'content'] = valuesOf(code, 'PATH').flatMap(stringsIn)
  const content = joinPath(root, path)
  const common = unknownRouting(ctx)
  return {
    ...common,
    owns: (each) => (ctx.lookup.isFolder(content) ? isBelow(each, content) : mayBeContent(each, root)),
    isUnknownWith: () => true,
    publish: (pages) => {
      const answers = common.publish(pages)
      return {
        ...answers,
        resolve: (link, from) => resolveIntraSite(ctx, content, link, from) ?? answers.resolve(link, from),
        writeLink: (to, like, from) => writeIntraSite(content, to, like, from),
      }
    },
  }
}

/** Where the path of the content is computed, it may be any folder; the readme of the repository is none of its pages. */
const mayBeContent = (path: string, root: string): boolean => isBelow(path, root) && !isForReaders(path)

/** Resolve a link that names a source file: from the folder of the page, or with a slash from that of all content. */
function resolveIntraSite(
  ctx: SiteContext,
  content: string,
  {url}: SiteLink,
  from: string,
): Resolution | undefined {
  const [, kind, older, rest = ''] = INTRA_SITE.exec(decodePercent(url)) ?? []
  if ((kind ?? older) === undefined || kind === 'photo') return
  const path = withoutQuery(rest)
  if (path === '' || path.includes('{')) return
  const place = path.startsWith('/')
    ? joinPath(content, path.replace(/^\/+/, ''))
    : joinPath(folderOf(from), path)
  const fragment = fragmentOf(rest)
  const {lookup} = ctx
  if (lookup.isFile(place)) return fileAt(ctx, place, fragment === '' ? undefined : fragment)
  // Files from elsewhere may be among the static ones.
  return lookup.isFolder(place) ? {to: 'file', path: place} : lookup.missing(place)
}

/** Write a link to a source file with what Pelican replaces: like `{attach}lamp.svg`, `{attach}../img/lamp.svg`. */
function writeIntraSite(content: string, to: string, like: string, from: string): string | undefined {
  const [whole, , , path] = INTRA_SITE.exec(like) ?? []
  const inside = pathBelow(to, content)
  if (whole === undefined || path === undefined || inside === undefined) return
  const mark = whole.slice(0, whole.length - path.length)
  return mark + encodePath(path.startsWith('/') ? `/${inside}` : relativePath(folderOf(from), to))
}
