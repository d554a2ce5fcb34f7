import type {Page} from '../../../page/types.ts'
import {folderOf, folderPrefix, isAbove, joinPath, nameOf} from '../../../text/paths.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import type {PageSource, SiteContext} from '../../platform.ts'
import {doubted} from '../../shared/doubted.ts'
import {splitUrl} from '../../shared/local-url.ts'
import {resolvedInPartial} from '../../shared/partials.ts'
import {fileAt} from '../../shared/repository.ts'
import {isWritten} from '../../shared/written-paths.ts'
import type {Anchors, Resolution, SiteLink} from '../../types.ts'
import {hasCode} from './cells.ts'
import type {QuartoConfig} from './config.ts'
import type {Filters} from './filters.ts'
import type {Outputs} from './outputs.ts'

/** A Quarto project, as needed to resolve links. */
export interface QuartoContext extends SiteContext, PageSource {
  config: QuartoConfig
  filters: Filters
  /** The code of the programs that run after pages are rendered; undefined if it is not known. */
  codeAfterRender: string | undefined
  /** The project's folder with a trailing slash; empty for the root. */
  prefix: string
  outputs: Outputs
  /** The number of pages in each folder, by its path in the tree. */
  pagesIn: ReadonlyMap<string, number>
  /** The number of folders with an index page in each folder. */
  foldersIn: ReadonlyMap<string, number>
  /** The page of a book that has a heading with an id. */
  chapterWith(id: string): string | undefined
  /** The folders of the pages that show a file which others include. */
  foldersShowing(file: string): ReadonlySet<string>
  anchorsOf(page: Page): Anchors
}

/** Sources that Quarto renders. */
const SOURCE = /\.(?:qmd|md|markdown|ipynb|rmd|rmarkdown)$/i
const SOURCES = ['qmd', 'md', 'ipynb', 'Rmd', 'rmd', 'markdown', 'Rmarkdown']
/** Files that Quarto, its themes and further formats of pages make: `sitemap.xml`, `index.pdf`, `a.html` of another program. */
const MADE = /(?:^|\/)[^./]*$|\.(?:html?|pdf|docx|pptx|epub|tex|typ|xml|json|txt|llms\.md)$/i

/** Is a file rendered as a page of its project? */
export const isPageOf = ({config, prefix}: Pick<QuartoContext, 'config' | 'prefix'>, path: string): boolean =>
  path.startsWith(prefix) && SOURCE.test(path) && config.isRendered(path.slice(prefix.length))

/** Resolve a link: to a source, which becomes a link to the page made of it, or to any other file or URL of the project. */
export function resolveQuartoLink(context: QuartoContext, link: SiteLink, from: string): Resolution {
  const {url, kind, isInBrowser} = link
  if (kind === 'front-matter' && !context.config.isSite)
    return {to: 'outside', why: 'only websites show the images of front matter'}
  if (url.includes('`') && kind !== 'html' && context.filters.linkToCode)
    return {to: 'outside', why: 'the filter interlinks looks up names of code'}
  const parts = splitUrl(url)
  if ('to' in parts) return parts
  const {path, fragment, raw} = parts
  // A script of the page sets it.
  if (path === '_') return {to: 'unknown', doubt: doubt('placeholder')}
  if (path.startsWith('/') && !context.config.isSite) return {to: 'unknown', doubt: doubt('other-site')}
  const target = path.startsWith('/') ? context.prefix + joinPath('', path) : joinPath(folderOf(from), path)
  const found =
    raw === '' ? resolveFragment(context, fragment, from) : resolvePath(context, target, fragment, from)
  if (!isPageOf(context, from)) return resolvedInPartial(found, from)
  const filter = isInBrowser ? undefined : filterOf(context, from)
  return filter === undefined ? found : doubted(found, doubt('plugin-links', `the filter ${filter}`))
}

/** Resolve `#id` on a page; those of books lead to headings of any chapter (`resolveCrossrefs` of Quarto). */
function resolveFragment(context: QuartoContext, fragment: string | undefined, from: string): Resolution {
  const page = fragment ? context.page(from) : undefined
  const chapter = page && !context.anchorsOf(page).has(fragment!) ? context.chapterWith(fragment!) : undefined
  return fileAt(context, chapter ?? from, fragment)
}

/** The filter that may change the links of a page and of the files that it includes. */
function filterOf({filters, page}: QuartoContext, from: string): string | undefined {
  const shown = page(from)
  return shown && filters.changingLinksOf(shown)
}

/** Resolve a path from the tree's root. */
function resolvePath(
  context: QuartoContext,
  path: string,
  fragment: string | undefined,
  from: string,
): Resolution {
  const {lookup, prefix, outputs} = context
  if (isAbove(path)) return lookup.missing(path)
  if (lookup.isFile(path)) {
    const isUnrendered = SOURCE.test(path) && !isPageOf(context, path)
    return isUnrendered && fragment !== undefined
      ? {to: 'unknown', doubt: doubt('not-published')}
      : fileAt(context, path, fragment)
  }
  const source =
    sourceOf(context, path) ??
    (path.startsWith(prefix) ? outputs.aliased(path.slice(prefix.length)) : undefined)
  if (source !== undefined) return fileAt(context, source, fragment)
  const missing = lookup.missing(path)
  const why = whyUncertain(context, path, from)
  if (why === undefined || missing.to !== 'missing') return missing
  const likely = why.reason === 'code-pages' ? whyLikely(context, path) : undefined
  return likely === undefined ? doubted(missing, why) : {...missing, likely}
}

/** A name in a folder with so many pages is that of another page, rather than of what another program makes. */
const ENOUGH_PAGES = 2
/** So many pages of the project's folder, or folders with pages in another one, say the same of their kind. */
const MANY_PAGES = 5
const IMAGE = /\.(?:png|jpe?g|gif|svg|webp)$/i
/** The URL of a page; Quarto makes `x-preview.html` of an embedded notebook. */
const PAGE = /(?:^|\/)[\w-]+(?<!-preview)(?:\.html)?$/

/** The reason why a missing page is likely missing: its folder has pages, and no other file that could become one. */
function whyLikely(context: QuartoContext, path: string): string | undefined {
  const {tree} = context
  if (IMAGE.test(path)) return imagesBeside(context, path)
  if (!PAGE.test(path) || tree.folders.has(path) || mayBeWrittenAfter(context, path)) return
  const start = `${path.replace(/\.html$/, '')}.`
  return [...tree.files].some((file) => file.startsWith(start)) ? undefined : pagesBeside(context, path)
}

/** May a program that runs after pages are rendered write a page? It names that, such as in a list of redirects. */
function mayBeWrittenAfter({config, codeAfterRender}: QuartoContext, path: string): boolean {
  const name = nameOf(path).replace(/\.html$/, '')
  return config.postRender.length > 0 && (codeAfterRender === undefined || codeAfterRender.includes(name))
}

/** The clause about the images in the folder of a missing one: code writes to a folder of its own. */
function imagesBeside({tree}: QuartoContext, path: string): string | undefined {
  const folder = folderOf(path)
  const count = [...tree.files].filter((file) => IMAGE.test(file) && folderOf(file) === folder).length
  return count >= MANY_PAGES
    ? `${folder === '' ? 'the folder' : `${folder}/`} has ${count} other images`
    : undefined
}

/** The clause about the pages in the folder of a missing one, if they are enough. */
function pagesBeside({config, foldersIn, pagesIn, prefix}: QuartoContext, path: string): string | undefined {
  const folder = folderOf(path)
  const pages = pagesIn.get(folder) ?? 0
  const folders = foldersIn.get(folder) ?? 0
  // Other programs publish folders beside those of a project, rather than pages.
  if (folder === folderOf(`${prefix}_`))
    return path.endsWith('.html') && pages >= MANY_PAGES
      ? `Quarto renders ${pages} other pages of the folder`
      : undefined
  if (pages >= (config.postRender.length > 0 ? MANY_PAGES : ENOUGH_PAGES))
    return `Quarto renders ${pages} other pages of ${folder}/`
  return folders >= MANY_PAGES ? `Quarto renders pages of ${folders} other folders in ${folder}/` : undefined
}

/** The source of the page at a URL: `docs/`, `docs/index` and `docs/index.html` are `docs/index.qmd`. */
function sourceOf(context: QuartoContext, path: string): string | undefined {
  const {lookup} = context
  const stem = path.replace(/\.html$/, '')
  const stems = lookup.isFolder(stem) || stem === '' ? [`${folderPrefix(stem)}index`, stem] : [stem]
  return stems
    .flatMap((each) => [...SOURCES.map((extension) => `${each}.${extension}`), `${each}.html`])
    .find((file) => lookup.isFile(file) && (file.endsWith('.html') || isPageOf(context, file)))
}

/** The reason why there may be a file at a path. */
function whyUncertain(context: QuartoContext, path: string, from: string): Doubt | undefined {
  const {config, page, prefix} = context
  if (!path.startsWith(prefix)) return doubt('outside-docset')
  if (isWritten(config.written, path.slice(prefix.length))) return doubt('build-script')
  if (SOURCE.test(path)) return
  // A script that runs after rendering may copy any file to the output.
  if (MADE.test(nameOf(path)) || (config.postRender.length > 0 && !IMAGE.test(path)))
    return doubt('code-pages', 'another program')
  return hasCode(page(from)) ? doubt('code-pages', 'code of the page') : undefined
}
