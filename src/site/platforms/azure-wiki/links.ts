import {folderOf, foldersUpFrom, isAbove, isBelow, joinPath} from '../../../text/paths.ts'
import {decodePercent, isImage} from '../../../text/urls.ts'
import {splitUrl, type UrlParts} from '../../shared/local-url.ts'
import {fileAt} from '../../shared/repository.ts'
import type {WikiContext} from '../../shared/wikis/describe.ts'
import {WikiPages, withoutPageExtension} from '../../shared/wikis/pages.ts'
import type {Resolution, SiteLink} from '../../types.ts'

const OUTSIDE: Resolution = {to: 'outside', why: 'a part of Azure DevOps outside of the wiki'}

/** The first segment after the project in URLs of Azure DevOps, as in `/org/project/_git/name`. */
const PART = /(?:^|\/)_[a-z]+(?:\/|$)/i

/**
 * The title by which a page is found. In the name of its file, a hyphen is a space, and `%2D` a hyphen; a link may have it
 * as the file does, or percent-encoded once more. `A-%2D-B`, `A%20-%20B` → `a b`
 */
const keyOf = (path: string): string =>
  decodePercent(decodePercent(path.normalize('NFC').replaceAll('-', ' ')))
    .replace(/[\s-]+/g, ' ')
    .toLowerCase()

/** A wiki of Azure DevOps. */
export class AzureWiki {
  readonly ctx: WikiContext
  /** The folder of the wiki. */
  readonly root: string
  /** The pages of the tree by their titles. */
  readonly #pages: WikiPages

  constructor(ctx: WikiContext) {
    this.ctx = ctx
    this.root = ctx.marker.root
    this.#pages = new WikiPages(ctx.tree.files, '', (name) => [keyOf(name)])
  }

  /** The page at a path from the root of the tree, as a link writes it. */
  page(path: string): string | undefined {
    return this.#pages.at(keyOf(path)) ?? this.#pages.at(keyOf(withoutPageExtension(path)))
  }

  /** The page whose path is most similar. */
  nearest(path: string): string | undefined {
    return this.#pages.nearest(keyOf(path))
  }
}

/**
 * Resolve a link in a wiki of Azure DevOps: from the root of the wiki, which may be the root of the repository or any folder
 * that is published as a wiki; or from the page, whose subpages are in a folder of the same name.
 */
export function resolveOnAzureWiki(wiki: AzureWiki, {url}: SiteLink, from: string): Resolution {
  const parts = splitUrl(url)
  if ('to' in parts) return parts
  if (parts.raw === '') return fileAt(wiki.ctx, from, parts.fragment)
  if (PART.test(parts.path)) return OUTSIDE
  const starts = parts.raw.startsWith('/') ? foldersOf(wiki, from) : besides(wiki, from)
  for (const start of starts) {
    const found = at(wiki, start, parts)
    if (found) return found
  }
  return missing(wiki, joinPath(starts[0]!, parts.path), parts.path)
}

/** The folders that may be the root of the wiki: its own first, then those between it and the page, and above it. */
function foldersOf({root}: AzureWiki, from: string): string[] {
  const above = [...foldersUpFrom(folderOf(from))]
  return [...new Set([root, ...above.filter((each) => isBelow(each, root)), ...above])]
}

/** The folders in which relative links may begin: that of the page, that of its subpages, and the wiki's own. */
const besides = ({root}: AzureWiki, from: string): string[] => [
  folderOf(from),
  withoutPageExtension(from),
  root,
]

/** The page, file or folder at a path from a folder. */
function at(wiki: AzureWiki, start: string, {raw, path, fragment}: UrlParts): Resolution | undefined {
  const page = wiki.page(joinPath(start, raw))
  if (page !== undefined) return fileAt(wiki.ctx, page, fragment)
  const {lookup} = wiki.ctx
  // The names of files may contain percent-encoded characters.
  for (const file of [joinPath(start, path), joinPath(start, raw)])
    if (lookup.isFile(file) || lookup.isFolder(file)) return fileAt(wiki.ctx, file, fragment)
  return
}

function missing(wiki: AzureWiki, place: string, path: string): Resolution {
  if (isAbove(place)) return {to: 'missing', path: place, why: 'leaves'}
  const found = wiki.ctx.lookup.missing(place)
  if (found.to !== 'missing' || found.suggestion !== undefined) return found
  const suggestion = isImage(path) ? undefined : wiki.nearest(place)
  return suggestion === undefined ? found : {...found, suggestion}
}
