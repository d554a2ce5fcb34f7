import type {IncludePattern} from '../../../page/include-pattern.ts'
import {patternOf} from '../../../page/pattern.ts'
import {folderOf, joinPath, nameOf, pathBelow} from '../../../text/paths.ts'
import {doubt} from '../../doubts.ts'
import type {SiteContext} from '../../platform.ts'
import {ownValue} from '../../shared/data.ts'
import {doubted} from '../../shared/doubted.ts'
import {includedFile} from '../../shared/included-file.ts'
import type {Resolution, SiteLink} from '../../types.ts'
import type {MkdocsConfig} from './config.ts'

/** A snippet of PyMdown, in code as well: `--8<-- "notes.md"`. */
const SNIPPET = /^[ \t]*-+8<-+[ \t]+["'](?<names>[^"'\n\r]+)["'][ \t]*\r?$/dgm
/** Several of them, one on each line, between two marks. */
const SNIPPETS =
  /^[ \t]*-+8<-+[ \t]*\r?\n(?<names>(?:(?![ \t]*-+8<-).*\r?\n){1,50}?)[ \t]*-+8<-+[ \t]*\r?$/dgm
/** The name of a file, with lines or the name of a section; `;` before it leaves it out. */
const SNIPPET_NAME =
  /^[ \t]*(?!;)(?<name>\S(?:.*?[^\s:])??)(?<part>(?::-?\d*){1,2}(?:,[-\d:]+)*|:[A-Za-z][-\w]*)?[ \t\r]*$/
/** An include of markdown-include: `{!notes.md!}`. */
const BRACES = /\{!\s{0,9}(?<names>[^!\n]*[^!\s])\s{0,9}!/dg
/** An include of the plugin include-markdown: `{% include-markdown "notes.md" %}`. */
const TAG = /\{%-?\s{0,9}include(?:-markdown)?\s{1,9}["'](?<names>[^"'\n]+)["']/dg

/** The constructs that show files, by the extension or plugin that adds them. */
const INCLUDES: Record<string, readonly IncludePattern[]> = {
  'pymdownx.snippets': [
    {...patternOf(SNIPPET), sign: '8<', name: SNIPPET_NAME.source},
    {...patternOf(SNIPPETS), sign: '8<', name: SNIPPET_NAME.source},
  ],
  'markdown_include.include': [{...patternOf(BRACES), sign: '{!'}],
  // It changes relative links, so that they lead where they do in the included file.
  'include-markdown': [{...patternOf(TAG), sign: 'include', as: 'document'}],
}

/** The constructs that show files on a site with some extensions and plugins. */
export const includePatterns = ({extensions, plugins}: MkdocsConfig): IncludePattern[] =>
  [...extensions, ...plugins].flatMap((name) => ownValue(INCLUDES, name) ?? [])

/** Find a file that a page shows; without it, nothing is shown, or the build fails. */
export function resolveMkdocsInclude(
  {lookup, isPage, marker}: SiteContext,
  {docs, snippets, additions}: MkdocsConfig,
  {url, as}: SiteLink,
  from: string,
): Resolution {
  if (/^https?:/i.test(url)) return {to: 'outside', why: 'the file is on another host'}
  if (snippets === undefined || /[*?$[]/.test(url)) return {to: 'unknown', doubt: doubt('bundler-path')}
  const bases = as === 'document' ? [docs, folderOf(from), ...snippets] : snippets
  // The paths start from where MkDocs is run: where its configuration is, or at the root of the repository.
  const places = [...bases, ...(marker.root === '' ? [] : [''])].map((base) =>
    lookup.isFile(base) && nameOf(base) === url ? base : joinPath(base, url),
  )
  const found = includedFile({lookup, isPage}, places as [string, ...string[]])
  if (found.to !== 'missing') return found
  // Files that plugins add are not there before pages are read; a hook may write some.
  const place = pathBelow(found.path, docs) ?? found.path
  const hook = additions.find(
    ({doubt, covers}) => doubt.reason === 'code-pages' && covers(place, () => false),
  )
  return hook ? doubted(found, hook.doubt) : found
}
