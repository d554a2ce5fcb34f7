import {folderOf, joinPath, pathBelow, withoutLevelsAbove} from '../../../text/paths.ts'
import {splitUrl} from '../../shared/local-url.ts'
import {fileAt} from '../../shared/repository.ts'
import {splitWikilink} from '../../shared/wikis/wikilinks.ts'
import type {Resolution, SiteLink} from '../../types.ts'
import {type GitlabWiki, keyOf} from './wiki.ts'

const OUTSIDE: Resolution = {to: 'outside', why: 'a part of GitLab outside of the wiki'}
const UPLOADED: Resolution = {to: 'outside', why: 'a file uploaded to the project on GitLab'}

/** Pages of every wiki by which it is edited and listed. */
const GENERATED = /(?:^|\/)(?:pages|templates|new|git_access)$|\/(?:edit|history|diff)$/

/**
 * Resolve a link in a wiki on GitLab: a slug from the root of the wiki; a path that begins with a dot or has an extension
 * from the page. GitLab's documentation has slugs from the page, too, so that they may be.
 */
export function resolveOnGitlabWiki(wiki: GitlabWiki, {url, kind}: SiteLink, from: string): Resolution {
  const parts = kind === 'wikilink' ? splitWikilink(url) : splitUrl(url)
  if ('to' in parts) return parts
  if (parts.raw === '') return fileAt(wiki.ctx, from, parts.fragment)
  if (parts.path.startsWith('/uploads/')) return UPLOADED
  const readings = readingsOf(wiki, parts.path, folderOf(pathBelow(from, wiki.root) ?? ''))
  for (const reading of readings) {
    const found = at(wiki, reading, parts.fragment)
    if (found) return found
  }
  const [path] = readings
  return path === undefined || GENERATED.test(path) ? OUTSIDE : missing(wiki, path)
}

/** The paths in the wiki that a link may lead to, the likeliest first; none if it leads out of the wiki. */
function readingsOf({base}: GitlabWiki, path: string, folder: string): string[] {
  if (path.startsWith('/')) {
    const inWiki = fromTop(base, path)
    return inWiki === undefined ? [] : [joinPath('', inWiki)]
  }
  const fromPage = joinInWiki(folder, path)
  const fromRoot = joinInWiki('', path)
  const isFromPage = path.startsWith('.') || /\.[^./]+$/.test(path)
  return isFromPage ? [fromPage, fromRoot] : [fromRoot, fromPage]
}

/** As in URLs, there is nothing above the root of the wiki: `../a` → `a` */
const joinInWiki = (folder: string, path: string): string => withoutLevelsAbove(joinPath(folder, path))

/** The path in the wiki of one from the top of the host, or from that of the wiki; undefined if it is outside. */
function fromTop(base: string, path: string): string | undefined {
  const [, start, inWiki = ''] = /^(\/.+?\/(?:-\/)?wikis)(?:\/(.*))?$/.exec(path) ?? []
  const isOwn = base === '' || start === base || start === base.replace('/-/', '/')
  if (start !== undefined && isOwn) return inWiki
  return path.includes('/-/') ? undefined : path
}

/** The page or file at a path in the wiki. */
function at(wiki: GitlabWiki, path: string, fragment: string | undefined): Resolution | undefined {
  const {ctx, root} = wiki
  const page = wiki.page(path === '' ? 'home' : path)
  if (page !== undefined) return fileAt(ctx, page, fragment)
  if (path === '') return OUTSIDE
  const file = joinPath(root, path)
  return ctx.lookup.isFile(file) ? fileAt(ctx, file, fragment) : undefined
}

function missing({ctx, pages, root}: GitlabWiki, path: string): Resolution {
  const found = ctx.lookup.missing(joinPath(root, pages.nameOfFile(path)))
  if (found.to !== 'missing' || found.suggestion !== undefined) return found
  const suggestion = pages.nearest(keyOf(path))
  return suggestion === undefined ? found : {...found, suggestion}
}
