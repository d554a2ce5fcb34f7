import type {IncludePattern} from '../../../page/include-pattern.ts'
import {patternOf} from '../../../page/pattern.ts'
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
  {...patternOf(INCLUDE), sign: 'include', within: 'text'},
  {...patternOf(SHOWN), sign: '{{<', within: 'text', as: 'code', isOpaque: true, name: PART.source},
]

/** Find a file that a shortcode names: from the page that is rendered, or with a slash from the project. */
export function resolveQuartoInclude(context: QuartoContext, {url}: SiteLink, from: string): Resolution {
  const {config, prefix} = context
  if (/^[a-z][\w+.-]*:|^\/\//i.test(url)) return {to: 'outside', why: 'it is on another host'}
  if (url.startsWith('/')) return unlessWritten(context, prefix + joinPath('', url))
  const path = joinPath(folderOf(from), url)
  const found = unlessWritten(context, path)
  return isPageOf({config, prefix}, from) ? found : doubted(found, doubt('included-elsewhere'))
}

function unlessWritten(context: QuartoContext, path: string): Resolution {
  const found = includedFile(context, [path])
  const {config, prefix} = context
  return isWritten(config.written, path.slice(prefix.length)) ? doubted(found, doubt('build-script')) : found
}
