import type {Page} from '../../page/types.ts'
import {isMarkdownFile} from '../../text/markdown-files.ts'
import {folderOf, joinPath} from '../../text/paths.ts'
import type {HostContext, PageSource} from '../platform.ts'

/** The files of a tree, and the facts of pages that have been read. */
type Context = Pick<HostContext, 'lookup'> & Partial<PageSource>

/** Template code that shows a file: `{% render 'lamps/options.md', site: site %}`, `{{ include "options" }}`. */
const INCLUDE =
  /^\{[{%]-?\s*#?(?:include\w*|render|embed|partial|transclude|snippet)\b[\s("'`]*([^\s"'`(){}%,]+)/
/** A paragraph that shows a file: `!!!include(lamps.md)!!!`, `:[Lamps](lamps.md)`. */
const PARAGRAPH = /^[!:+@][^()]*\(([^()]+)\)/

/** The name of the file that code shows, as it is written; undefined for other code. */
export const includedName = (code: string): string | undefined =>
  (INCLUDE.exec(code) ?? PARAGRAPH.exec(code))?.[1]

/**
 * The page that template code of a page shows.
 *
 * @returns `elsewhere` if it cannot be found in the tree; undefined for other code, and for files that are not Markdown
 */
export function includedBy(code: string, from: string, context: Context): Page | 'elsewhere' | undefined {
  const written = includedName(code)
  const name = written?.replace(/^(?:\.{0,2}\/)+/, '')
  if (!name || (!isMarkdownFile(name) && /\.\w+$/.test(name))) return
  const beside = joinPath(folderOf(from), written!)
  if (context.lookup.isFile(beside)) return context.page?.(beside) ?? 'elsewhere'
  const file = fileNamed(isMarkdownFile(name) ? name : `${name}.md`, from, context)
  return (file === undefined ? undefined : context.page?.(file)) ?? 'elsewhere'
}

/** The file that a name may stand for: from the page, or in any folder of files to include. */
function fileNamed(name: string, from: string, {lookup}: Context): string | undefined {
  const beside = joinPath(folderOf(from), name)
  return lookup.isFile(beside) ? beside : lookup.filesEndingIn(name)[0]
}
