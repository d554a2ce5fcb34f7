import {isMarkdownFile} from '../../text/markdown-files.ts'
import {folderOf, joinPath, nameOf} from '../../text/paths.ts'
import {decodePercent, withoutQuery} from '../../text/urls.ts'

/** The form of a link: by the URL of a page, by the path of its source, or to a file of another kind. */
export type LinkForm = 'url' | 'source' | 'asset'

/** The place that a link names, whether or not something is there. */
export interface Place {
  form: LinkForm
  /** With a leading slash for a URL path from the root, without one for a file's path in the tree. */
  path: string
}

/**
 * The place that a link names, in one form for all links to it: on `docs/a.md`, `b.md#use` names the source `docs/b.md`,
 * and `/guide/setup/` the URL `/guide/setup`.
 *
 * @returns undefined for a link within its page, or one that is no path
 */
export function placeOf(
  url: string,
  from: string,
  urlsOf: (path: string) => readonly string[],
): Place | undefined {
  const path = decodePercent(withoutQuery(url))
  if (path === '' || /^[a-z][a-z\d+.-]*:|[{}<>]|^\/\//i.test(path)) return
  const form = formOf(path)
  if (path.startsWith('/')) return {form, path: normalized(`/${joinPath('', path)}`, form)}
  if (form !== 'url') return {form, path: joinPath(folderOf(from), path)}
  const [own] = urlsOf(from)
  const joined =
    own === undefined ? joinPath(folderOf(from), path) : `/${joinPath(folderOf(own.slice(1)), path)}`
  return {form, path: normalized(joined, form)}
}

/** The form of a link, by its URL. */
export function formOf(url: string): LinkForm {
  const path = withoutQuery(url)
  if (isMarkdownFile(path)) return 'source'
  return /\.(?!html?$)[a-z]\w{0,9}$/i.test(path) ? 'asset' : 'url'
}

/** `/guide/`, `/guide/index.html` and `/guide.html` → `/guide` for the URL of a page. */
const normalized = (path: string, form: LinkForm): string =>
  form === 'url'
    ? path
        .replace(/\.html?$/i, '')
        .replace(/(^|\/)index$/, '$1')
        .replace(/(?<=.)\/$/, '')
    : path

/** The language in the name of a translated page: `guide.de.md`, `guide.pt-br.mdx` */
export const LANGUAGE_ENDING = /\.[a-z]{2}(?:-[a-z]{2,4})?(?=\.\w+$)/i

/**
 * A name that the translations of a page share: `de/guide.md`, `guide.de.md` → `guide.md`; `de/setup/index.md` →
 * `setup/index.md`
 */
export function pageName(path: string): string {
  const name = nameOf(path).replace(LANGUAGE_ENDING, '')
  return /^(?:_?index|readme)\./i.test(name) ? joinPath(nameOf(folderOf(path)), name) : name
}

/** The section of a place: the folder that it is in. Each post has dates of its own: `/2024/02/28/use` → `/*\/*\/*`. */
export function sectionOf(path: string): string {
  return path.startsWith('/') ? `/${folderOf(path.slice(1)).replace(DATE, '*')}` : folderOf(path)
}

const DATE = /(?<![^/])\d{1,4}(?![^/])/g

/** The section above another one; undefined for the topmost. */
export function sectionAbove(section: string): string | undefined {
  return section === '' || section === '/' ? undefined : sectionOf(section)
}
