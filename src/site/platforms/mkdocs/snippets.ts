import type {Page} from '../../../page/types.ts'
import {isMarkdownFile} from '../../../text/markdown-files.ts'
import {joinPath} from '../../../text/paths.ts'
import type {PageSource, SiteContext} from '../../platform.ts'
import {mayAddIds} from '../../shared/anchors.ts'
import type {AnchorDoubt} from '../../types.ts'
import type {MkdocsConfig} from './config.ts'

/** The files and pages that snippets come from. */
export type SnippetSource = Pick<SiteContext, 'lookup'>

const SNIPPET = /^(;?)(?:-*8<-+)[ \t]*(?:["']([^"'\n]+)["'])?|^\{!(.+?)!\}/
/** More pages than any page shows. */
const MOST_PAGES = 100

/** Does opaque content show another file: `--8<-- "notes.md"`, `{!notes.md!}`? */
export const isSnippet = (content: string): boolean => SNIPPET.test(content)

/** A page, with the pages that it shows as snippets, directly or indirectly; and doubts about those not known. */
export function withSnippets(
  page: Page,
  {snippets}: MkdocsConfig,
  {lookup, page: pageAt}: SnippetSource & PageSource,
): {pages: readonly Page[]; doubts: readonly AnchorDoubt[]} {
  const pages = new Set([page])
  const doubts: AnchorDoubt[] = []
  const add = (content: string) => {
    const name = shownFile(content)
    if (name === undefined) return
    const path = snippets.map((folder) => joinPath(folder, name)).find((file) => lookup.isFile(file))
    const shown = path === undefined ? undefined : pageAt(path)
    if (shown && pages.size < MOST_PAGES) pages.add(shown)
    else if (path === undefined || isMarkdownFile(path)) doubts.push(mayAddIds(content))
  }
  for (const {opaqueContent} of pages) opaqueContent.forEach(add)
  return {pages: [...pages], doubts}
}

/**
 * The file that opaque content shows; undefined if it shows none, or one whose kind is shown as code: `docs/a.py:12` is
 * a part of one.
 */
function shownFile(content: string): string | undefined {
  const found = SNIPPET.exec(content)
  if (!found || found[1] === ';') return
  const name = (found[2] ?? found[3] ?? '').trim().replace(/(?<=\.\w+):.*$/, '')
  return /\.(?!md$|markdown$|txt$|html?$|inc$)\w+$/i.test(name) ? undefined : name
}
