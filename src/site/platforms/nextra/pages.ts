import {isMarkdownFile} from '../../../text/markdown-files.ts'
import {joinPath} from '../../../text/paths.ts'
import {trimEnd} from '../../../text/trim.ts'
import type {Languages, PublishedPage} from '../../shared/mdx-app/page-table.ts'
import {routeOf} from '../../shared/next/code-routes.ts'

/** Where Nextra finds pages. */
export interface NextraFolders {
  /** The site's folder with a trailing slash. */
  prefix: string
  /** The folder `content` of version 4; absent if there is none. */
  content?: string | undefined
  /** The URL below which that is published, without slashes at its ends. */
  contentUrl: string
  languages?: Languages | undefined
}

/** The page of a Markdown file; undefined if it is none. */
export function pageOf(file: string, {prefix, content, contentUrl, languages}: NextraFolders) {
  if (!file.startsWith(prefix) || !isMarkdownFile(file)) return
  if (content !== undefined && file.startsWith(`${content}/`)) {
    const {path, language} = withoutLanguage(file.slice(content.length + 1), languages)
    return published(file, joinPath(contentUrl, withoutIndex(path.replace(/\.\w+$/, ''))), language)
  }
  const inside = file.slice(prefix.length)
  const {path, language} = withoutLanguage(inside.replace(/^(?:src\/)?pages\//, ''), languages)
  const isInPages = path !== inside || language !== undefined
  const route = routeOf(isInPages ? `pages/${path}` : inside)
  return route === undefined || route.includes('[') ? undefined : published(file, route.slice(1), language)
}

function published(file: string, url: string, language: string | undefined): PublishedPage {
  return {file, url: trimEnd(url, '/'), ...(language !== undefined && {language})}
}

const withoutIndex = (path: string) => path.replace(/(?:^|\/)index$/, '')

/** A path without its language: `fr/setup.mdx` in versions 3 and 4, `setup.fr.mdx` in version 2. */
function withoutLanguage(
  path: string,
  languages: Languages | undefined,
): {path: string; language: string | undefined} {
  if (!languages) return {path, language: undefined}
  const [first = ''] = path.split('/', 1)
  if (languages.all.has(first)) return {path: path.slice(first.length + 1), language: first}
  const ending = /\.([^./]+)(?=\.\w+$)/.exec(path)
  return ending && languages.all.has(ending[1]!)
    ? {path: path.slice(0, ending.index) + path.slice(ending.index + ending[0].length), language: ending[1]}
    : {path, language: languages.main}
}
