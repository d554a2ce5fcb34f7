import {isMarkdownFile} from '../../../text/markdown-files.ts'
import {folderOf, isAbove, joinPath, pathBelow} from '../../../text/paths.ts'
import {splitUrl} from '../../shared/local-url.ts'
import {PARTS_OF_A_REPOSITORY} from '../../shared/parts-of-repository.ts'
import {fileAt} from '../../shared/repository.ts'
import {hyphenated, splitWikilink} from '../../shared/wikis/wikilinks.ts'
import type {Resolution, SiteLink} from '../../types.ts'
import type {GithubWiki} from './wiki.ts'

const OUTSIDE: Resolution = {to: 'outside', why: 'a part of GitHub outside of the wiki'}

/** Pages of every wiki by which it is edited, listed and compared. */
const GENERATED = /(?:^|\/)_(?:access|compare|delete|edit|history|new|pages|preview|toc)(?:\/|$)/i

/**
 * Resolve a link in a wiki on GitHub. All of its pages are at `/owner/name/wiki/Page`, whatever folders they are in, and the
 * wiki itself is at `/owner/name/wiki`, from which some links begin; whether others begin in the folder of the page is not
 * documented, so that they may.
 */
export function resolveOnGithubWiki(wiki: GithubWiki, {url, kind}: SiteLink, from: string): Resolution {
  const parts = kind === 'wikilink' ? splitWikilink(url) : splitUrl(url)
  if ('to' in parts) return parts
  if (parts.raw === '') return fileAt(wiki.ctx, from, parts.fragment)
  const path = parts.path.startsWith('/') ? fromTop(wiki, parts.path) : joinPath('', parts.path)
  if (path === undefined || GENERATED.test(path)) return OUTSIDE
  const readings = parts.path.startsWith('/') ? [path] : readingsOf(path, folderIn(wiki, from))
  for (const reading of readings) {
    const found = at(wiki, reading, parts.fragment)
    if (found) return found
  }
  return isAbove(fromWiki(path)) ? above(wiki, path) : missing(wiki, fromWiki(path))
}

/** The path in the wiki of one from the top of the host, or from that of the wiki; undefined if it is outside. */
function fromTop({base, ctx, root}: GithubWiki, path: string): string | undefined {
  const [, start, inWiki = ''] = /^(\/[^/]+\/[^/]+\/wiki)(?:\/(.*))?$/.exec(path) ?? []
  if (start !== undefined && (base === '' || start.toLowerCase() === base.toLowerCase())) return inWiki
  const [first = ''] = path.slice(1).split('/')
  return first !== '' && ctx.lookup.isFolder(joinPath(root, first)) ? path.slice(1) : undefined
}

const folderIn = ({root}: GithubWiki, from: string): string => folderOf(pathBelow(from, root) ?? '')

/** The paths in the wiki that a relative one may be: from the URL of a page, from that of the wiki, from the page's folder. */
function readingsOf(path: string, folder: string): string[] {
  return [...new Set([path, fromWiki(path), joinPath(folder, path)])].filter((each) => !isAbove(each))
}

/** A path from the URL of the wiki, or from that of a page: `wiki/A`, `../wiki/A` → `A` */
const fromWiki = (path: string): string => path.replace(/^(?:\.\.\/)?wiki(?:\/|$)/, '')

/** The page or file at a path in the wiki. */
function at(wiki: GithubWiki, path: string, fragment: string | undefined): Resolution | undefined {
  const {ctx, root} = wiki
  const [page, other] = wiki.pagesOf(path === '' ? 'Home' : path)
  if (page !== undefined) return withOther(fileAt(ctx, page, fragment), other)
  if (path === '') return OUTSIDE
  const file = wiki.file(path)
  if (file === undefined) return
  return ctx.isRepository && isMarkdownFile(file)
    ? sourceOf(joinPath(root, path), file)
    : fileAt(ctx, file, fragment)
}

const withOther = (found: Resolution, other: string | undefined): Resolution =>
  found.to === 'page' && other !== undefined ? {...found, or: other} : found

/** The name of a page with its extension is that of a file, of which GitHub shows the text. */
const sourceOf = (path: string, page: string): Resolution => ({
  to: 'missing',
  path,
  why: 'source',
  suggestion: page,
  evidence: 'extension',
  likely: 'GitHub shows its text as it is',
})

/** A path above the wiki: `../blob/main/README.md` → `/owner/name/blob/main/README.md` */
function above({root}: GithubWiki, path: string): Resolution {
  const [, first = '..'] = path.split('/')
  return first === '..' || PARTS_OF_A_REPOSITORY.has(first)
    ? OUTSIDE
    : {to: 'missing', path: joinPath(root, path), why: 'leaves'}
}

function missing({ctx, pages, root}: GithubWiki, path: string): Resolution {
  const found = ctx.lookup.missing(joinPath(root, pages.nameOfFile(path)))
  if (found.to !== 'missing' || found.suggestion !== undefined) return found
  const suggestion = pages.nearest(hyphenated(path).toLowerCase())
  return suggestion === undefined ? found : {...found, suggestion}
}
