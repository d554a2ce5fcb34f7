import type {Page} from '../../page/types.ts'
import {isMarkdownFile} from '../../text/markdown-files.ts'
import {folderOf, joinPath} from '../../text/paths.ts'
import type {FileContext} from './links.ts'

/** Template code that shows a file: `{% render 'lamps/options.md', site: site %}`, `{{ include "options" }}`. */
const INCLUDE =
  /^\{[{%]-?\s*#?(?:include\w*|render|embed|partial|transclude|snippet)\b[\s("'`]*([^\s"'`(){}%,]+)/

/**
 * The page that template code of a page shows.
 *
 * @returns `elsewhere` if it cannot be found in the tree; undefined for other code, and for files that are not Markdown
 */
export function includedBy(code: string, from: string, context: FileContext): Page | 'elsewhere' | undefined {
  const name = INCLUDE.exec(code)?.[1]?.replace(/^(?:\.{0,2}\/)+/, '')
  if (!name || (!isMarkdownFile(name) && /\.\w+$/.test(name))) return
  const file = fileNamed(isMarkdownFile(name) ? name : `${name}.md`, from, context)
  return (file === undefined ? undefined : context.page?.(file)) ?? 'elsewhere'
}

/** The file that a name may stand for: from the page, or in any folder of files to include. */
function fileNamed(name: string, from: string, {lookup}: FileContext): string | undefined {
  const beside = joinPath(folderOf(from), name)
  return lookup.isFile(beside) ? beside : lookup.filesEndingIn(name)[0]
}
