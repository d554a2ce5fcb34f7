import {isMarkdownFile, withoutMarkdownExtension} from '../../text/markdown-files.ts'
import {folderOf, relativePath} from '../../text/paths.ts'
import {hashOf, withoutHash} from '../../text/urls.ts'
import type {Resolution, SiteAnswers, WrittenLink} from '../types.ts'

/**
 * Write the target of a wikilink to a file in the form of another one, whose fragment is kept: the name of the file, or as
 * many folders before it as the other one has, or are needed to tell it from others.
 *
 * @param like The other target: `Instal#use` or `guide/Instal.md`.
 */
export function writeWikilink(
  {resolve}: Pick<SiteAnswers, 'resolve'>,
  to: string,
  like: string,
  from: string,
): WrittenLink {
  const path = withoutHash(like)
  const written = formsOf(to, path, from)
  const leadsThere = (url: string) => isFile(resolve({url, kind: 'wikilink'}, from), to)
  const url = written.find(leadsThere)
  return {url: (url ?? written[0]!) + hashOf(like), leadsThere: url !== undefined}
}

const isFile = (found: Resolution, path: string): boolean =>
  (found.to === 'page' || found.to === 'file') && found.path === path

/** The forms that a target may have, the most similar one first. */
function formsOf(to: string, like: string, from: string): string[] {
  const path = isMarkdownFile(to) && !isMarkdownFile(like) ? withoutMarkdownExtension(to) : to
  const [beginning = ''] = /^\.{0,2}\//.exec(like) ?? []
  const relative = relativePath(folderOf(from), path)
  const parts = path.split('/')
  const wanted = like.split('/').length
  const counts = parts.map((_, at) => at + 1)
  const names = [...counts.filter((count) => count >= wanted), ...counts].map((count) =>
    parts.slice(-count).join('/'),
  )
  const spaced = like.includes('-') ? [] : names.map((name) => name.replace(/(?<=\w)-(?=\w)/g, ' '))
  const byName = [...names, ...spaced]
  if (beginning === '/') return [`/${path}`, path, ...byName]
  // Some programs find no paths from the page.
  if (beginning !== '') return [relative.startsWith('.') ? relative : `./${relative}`, path, ...byName]
  return [...byName, relative]
}
