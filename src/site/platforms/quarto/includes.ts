import type {IncludePattern} from '../../../page/include-pattern.ts'
import {patternOf} from '../../../page/pattern.ts'
import type {Page} from '../../../page/types.ts'
import {folderOf, joinPath} from '../../../text/paths.ts'
import {doubt} from '../../doubts.ts'
import {doubted} from '../../shared/doubted.ts'
import {includedFile} from '../../shared/included-file.ts'
import {isWritten} from '../../shared/written-paths.ts'
import type {Resolution, SiteLink} from '../../types.ts'
import {isPageOf, type QuartoContext} from './links.ts'

/** A file that is a part of the page; it has its line to itself. */
const INCLUDE =
  /^[ \t]*\{\{<[ \t]{1,9}include[ \t]{1,9}["']?(?<names>[^\s"'<>{}]{1,300})["']?[ \t]{1,9}>\}\}[ \t]*$/dgm
/** Outputs of a notebook, or a video. */
const SHOWN =
  /(?<!\{)\{\{<[ \t]{1,9}(?:embed|video)[ \t]{1,9}["']?(?<names>[^\s"'<>{}=]{1,300})["']?(?=[ \t])/dg
/** The name of a notebook, and the id or number of a cell. */
const PART = /^(?<name>[^#[\]]+)(?<part>[#[].*)?$/

/** Shortcodes that show files; Quarto stops without them, or shows nothing. */
export const INCLUDES: readonly IncludePattern[] = [
  {...patternOf(INCLUDE), sign: 'include'},
  {...patternOf(SHOWN), sign: '{{<', within: 'text', as: 'code', isOpaque: true, name: PART.source},
]

/**
 * Find a file that a shortcode names: from the page that is rendered, also where a file that it includes names another one,
 * or with a slash from the project.
 */
export function resolveQuartoInclude(context: QuartoContext, {url}: SiteLink, from: string): Resolution {
  const {config, prefix, foldersShowing} = context
  if (/^[a-z][\w+.-]*:|^\/\//i.test(url)) return {to: 'outside', why: 'it is on another host'}
  if (url.startsWith('/')) return unlessWritten(context, [prefix + joinPath('', url)])
  const own = folderOf(from)
  const folders = isPageOf({config, prefix}, from) ? [own] : [...foldersShowing(from)]
  const [first = own, ...others] = folders
  const found = unlessWritten(context, [joinPath(first, url), ...others.map((each) => joinPath(each, url))])
  return folders.length > 0 ? found : doubted(found, doubt('included-elsewhere'))
}

function unlessWritten(context: QuartoContext, paths: readonly [string, ...string[]]): Resolution {
  const found = includedFile(context, paths)
  const {config, prefix} = context
  return paths.some((path) => isWritten(config.written, path.slice(prefix.length)))
    ? doubted(found, doubt('build-script'))
    : found
}

/** More files than any page includes. */
const MOST_INCLUDED = 100

/**
 * Find the folders of the pages that show each included file, directly or not.
 *
 * @param pages The pages that are rendered.
 * @param prefix The project's folder with a trailing slash; empty for the root.
 */
export function foldersByIncluded(
  pages: Iterable<Page>,
  page: (path: string) => Page | undefined,
  prefix: string,
): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>()
  for (const root of pages) {
    const folder = folderOf(root.path)
    const shown = new Set([root])
    for (const each of shown)
      for (const path of includedPaths(each, folder, prefix)) {
        const included = page(path)
        if (!included || shown.size > MOST_INCLUDED) continue
        shown.add(included)
        found.set(path, (found.get(path) ?? new Set<string>()).add(folder))
      }
  }
  return found
}

/** The paths of the files that a page includes as text, if it is shown on a page of some folder. */
const includedPaths = ({links}: Page, folder: string, prefix: string): string[] =>
  links
    .filter(({kind, as}) => kind === 'include' && as === undefined)
    .map(({url}) => (url.startsWith('/') ? prefix + joinPath('', url) : joinPath(folder, url)))
