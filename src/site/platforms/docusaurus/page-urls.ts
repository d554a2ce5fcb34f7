import {folderOf, joinPath, nameOf} from '../../../text/paths.ts'
import type {Content} from './config.ts'

/** Remove the number prefix of a name: `01-intro` → `intro`; dates and versions are kept. */
const withoutNumber = (name: string): string =>
  /^\d+[-_.]\d+/.test(name) ? name : (/^\d+\s*[-_.]+\s*([^-_.\s].*)$/.exec(name)?.[1] ?? name)

/** Normalize the path of a URL for page lookups: `/docs//a/` → `/docs/a`. */
export const keyOf = (path: string) => path.replace(/\/{2,}/g, '/').replace(/\/$/, '')

/**
 * The path below the site's base at which a page is published.
 *
 * @param file Its path within the folder of its content.
 * @param data Its front matter.
 */
export function publishedAt(file: string, data: Record<string, unknown>, content: Content): string {
  const {slug} = data
  const own = typeof slug === 'string' || typeof slug === 'number' ? String(slug) : undefined
  const urlOf = {docs: docUrl, blog: postUrl, pages: pageUrl}[content.kind]
  return keyOf(`${content.route}/${urlOf(file, own, data, content)}`)
}

function docUrl(
  file: string,
  slug: string | undefined,
  {id, parse_number_prefixes}: Record<string, unknown>,
  {stripsNumberPrefixes}: Content,
): string {
  if (slug?.startsWith('/')) return slug
  const folder = folderOf(file)
  const name = nameOf(file).replace(/\.[^.]*$/, '')
  const strip =
    stripsNumberPrefixes && parse_number_prefixes !== false ? withoutNumber : (text: string) => text
  const shown = folder.split('/').map(strip).join('/')
  if (slug === undefined && isIndex(name, folder)) return shown
  return joinPath(shown, slug ?? (typeof id === 'string' ? id : strip(name)))
}

/** Is a file the index of its folder: `index`, `README` or a file with the folder's own name? */
const isIndex = (name: string, folder: string) =>
  ['index', 'readme', nameOf(folder).toLowerCase() || '.'].includes(name.toLowerCase())

const DATED = /^(.*)(\d{4}[-/]\d{1,2}[-/]\d{1,2})[-/]?(.*?)(?:\/index)?.mdx?$/

function postUrl(file: string, slug: string | undefined): string {
  if (slug !== undefined) return slug
  const dated = /.mdx?$/.test(file) ? DATED.exec(file) : null
  return dated
    ? `${dated[2]!.replaceAll('-', '/')}/${dated[1]}${dated[3]}`
    : file.replace(/(?:\/index)?\.mdx?$/, '')
}

const pageUrl = (file: string, slug: string | undefined): string =>
  (/\.mdx?$/.test(file) ? slug : undefined) ??
  file.replace(/(^|\/)index\.(?:mdx?|jsx?|tsx?)$/i, '$1').replace(/\.(?:mdx?|jsx?|tsx?)$/, '')
