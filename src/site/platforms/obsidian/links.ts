import {isMarkdownFile} from '../../../text/markdown-files.ts'
import {folderOf, relativePath} from '../../../text/paths.ts'
import {decodePercent} from '../../../text/urls.ts'
import {doubt} from '../../doubts.ts'
import {doubted} from '../../shared/doubted.ts'
import {splitUrl} from '../../shared/local-url.ts'
import {fileAt} from '../../shared/repository.ts'
import type {Resolution, SiteAnswers, SiteLink} from '../../types.ts'
import {missingInVault, type Notes} from './missing.ts'
import {type Target, targetOf} from './targets.ts'
import type {Vault} from './vault.ts'

/** A vault, and the host that shows its files as well. */
interface Shown extends Notes {
  onHost: SiteAnswers
}

/** Resolve a link of a note. It counts if Obsidian or the host finds something, since readers may use either. */
export function resolveObsidianLink(shown: Shown, link: SiteLink, from: string): Resolution {
  const {vault, onHost} = shown
  if (vault.isHidden(from)) return doubted(onHost.resolve(link, from), doubt('not-published'))
  return link.kind === 'wikilink'
    ? resolveWikilink(shown, link, from)
    : resolveMarkdownLink(shown, link, from)
}

function resolveWikilink(notes: Notes, link: SiteLink, from: string): Resolution {
  const {vault} = notes
  const target = targetOf(link.url)
  if ('to' in target) return target
  if (target.path === '') return fileAt(vault.ctx, from, target.fragment)
  return (
    locate(vault, target, from) ??
    locate(vault, {path: link.url}, from) ??
    missingInVault(notes, link, target, from)
  )
}

/** In so many files of one name, the place that a link names is looked for. */
const MOST_TRIED = 100

/** The file that a link names; of several, the best one that has the place in it. */
function locate(vault: Vault, {path, fragment}: Target, from: string): Resolution | undefined {
  const files: string[] = []
  for (const file of filesNamed(vault, path, from)) {
    if (!fragment) return fileAt(vault.ctx, file, fragment)
    // Any of the others may have the place.
    if (files.length === MOST_TRIED) return fileAt(vault.ctx, files[0]!, undefined)
    files.push(file)
    // The host, which shows such a page, has other ids.
    if (vault.mayHave(file, fragment)) return fileAt(vault.ctx, file, vault.owns(file) ? fragment : undefined)
  }
  return files.length === 0 ? undefined : fileAt(vault.ctx, nearest(files, from), fragment)
}

/** The files that a path may mean, which may be percent-encoded, the best one first. */
function* filesNamed({files}: Vault, path: string, from: string): Generator<string> {
  let isFound = false
  for (const file of files.find(path, from)) {
    isFound = true
    yield file
  }
  if (!isFound) yield* files.find(decodePercent(path), from)
}

/** The file to which the shortest path leads from a page, as in the folder of its language. */
function nearest(files: readonly string[], from: string): string {
  const distance = (file: string) => relativePath(folderOf(from), file).split('/').length
  return files.reduce((best, file) => (distance(file) < distance(best) ? file : best))
}

/** Resolve a link in Markdown, which may name a file wherever it is, too. */
function resolveMarkdownLink(shown: Shown, link: SiteLink, from: string): Resolution {
  const {vault, onHost} = shown
  // The host of the repository does not render these elements either.
  if (/^(?:script|link)$/i.test(link.tag ?? '')) return {to: 'outside', why: 'Obsidian shows no scripts'}
  const found = onHost.resolve(link, from)
  if (found.to !== 'missing') return found
  const parts = splitUrl(link.url)
  if ('to' in parts) return found
  const named = parts.path.endsWith('/') ? undefined : locate(vault, parts, from)
  if (named) return named
  const hasExtension = /\.\w+$/.test(parts.path)
  // It is rather the URL of a page that another program publishes.
  if (parts.path.startsWith('/')) return doubted(found, doubt('unknown-generator'))
  if (vault.usesMarkdownLinks && !link.image && (!hasExtension || isMarkdownFile(parts.path)))
    return missingInVault(shown, link, parts, from, found)
  return hasExtension || link.image ? found : doubted(found, doubt('unknown-generator'))
}
