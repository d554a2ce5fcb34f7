import {folderOf, joinPath} from '../../../text/paths.ts'
import {includedFile} from '../../shared/included-file.ts'
import type {Resolution, SiteLink} from '../../types.ts'
import type {MintlifyContext} from './links.ts'
import {BY_NAME} from './syntax.ts'

/** The folders of files that pages show by their names, the older one first. */
const FOLDERS = ['_snippets', 'snippets'] as const

/** Resolve the path or name of a snippet in the file that shows it. */
export function resolveSnippet(context: MintlifyContext, {url, tag}: SiteLink, from: string): Resolution {
  const {root} = context.marker
  if (tag === BY_NAME) return includedFile(context, snippetPaths(root, url))
  return includedFile(context, [
    url.startsWith('/') ? joinPath(root, url.slice(1)) : joinPath(folderOf(from), url),
  ])
}

/** The paths that a name of a snippet may stand for. */
export const snippetPaths = (root: string, name: string): [string, string] => [
  joinPath(root, `${FOLDERS[0]}/${name}`),
  joinPath(root, `${FOLDERS[1]}/${name}`),
]
