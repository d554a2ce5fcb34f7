import {isMarkdownFile, withoutMarkdownExtension} from '../../text/markdown-files.ts'
import {folderOf, nameOf, relativePath} from '../../text/paths.ts'
import {encodePath, queryAndHashOf, withoutQuery} from '../../text/urls.ts'
import type {Resolution, Site, SiteAnswers, SiteLink} from '../types.ts'
import {writeWikilink} from './write-wikilink.ts'

/** Create the function that writes links on a site: in a form specific to its platform, else as a path or URL. */
export const linkWriter =
  (answers: SiteAnswers): Site['writeLink'] =>
  (to, like, from, kind) => {
    if (kind === 'wikilink') return writeWikilink(answers, to, like, from)
    const whole = answers.writeWhole?.(to, like, kind)
    if (whole !== undefined)
      return {url: whole, leadsThere: leadsTo(answers.resolve({url: whole, ...(kind && {kind})}, from), to)}
    const path = withoutQuery(like)
    const written = answers.writeLink?.(to, path, from) ?? writePathOrUrl(answers, to, path, from)
    const url = written + queryAndHashOf(like)
    // Browsers follow the URLs that hosts redirect to.
    const links: SiteLink[] = [{url}, {url, kind: kind === 'redirect' ? 'html' : (kind ?? 'link')}]
    return {url, leadsThere: links.some((link) => leadsTo(answers.resolve(link, from), to))}
  }

/** Does a link resolve to a file, or to the folder that shows it? */
const leadsTo = (found: Resolution, file: string): boolean =>
  (found.to === 'page' || found.to === 'file') &&
  (found.path === file || (/(?:^|\/)README\.md$/i.test(file) && found.path === folderOf(file)))

/**
 * Write a link as a file path or as a page URL, following the form of another link: like `guide/instal/`, a link to
 * `guide/install.md` is `guide/install/`; like `./instal.md`, it is `./install.md`.
 *
 * @param like A URL without query and fragment.
 * @returns the first form that resolves to the file; the path if none does
 */
export function writePathOrUrl(
  {urlsOf, resolve}: Pick<SiteAnswers, 'urlsOf' | 'resolve'>,
  to: string,
  like: string,
  from: string,
): string {
  const written = writePath(to, like, from)
  const published = urlsOf(to)
  const forms = urlForms(like, to, published, {path: from, urls: urlsOf(from)})
  const others = like.startsWith('/') ? [...pathsBelow(like, to), ...published.map(encodePath)] : []
  const ofFolder = like.endsWith('/') ? [`${written}/`] : []
  return (
    [...forms, ...ofFolder, written, ...others].find((url) => leadsTo(resolve({url}, from), to)) ?? written
  )
}

/** The paths that a source may have from the root of its site: `docs/a/b.md` → `/a/b.md`, `/b.md`. */
function pathsBelow(like: string, to: string): string[] {
  if (!isMarkdownFile(like)) return []
  const parts = to.split('/')
  return parts.slice(1).map((_, at) => `/${encodePath(parts.slice(at + 1).join('/'))}`)
}

/** The path of a file, from the tree's root or from the folder of the page. */
function writePath(to: string, like: string, from: string): string {
  if (like.startsWith('/')) return `/${encodePath(to)}`
  const path = relativePath(folderOf(from), to)
  return encodePath(like.startsWith('./') && !path.startsWith('.') ? `./${path}` : path)
}

/** The URL or path of a page without its variable ending: `/guide/` and `guide/index.html` → `guide`. */
const stemOf = (path: string) =>
  withoutMarkdownExtension(path)
    .replace(/\.html?$/i, '')
    .replace(/(^|\/)(?:index|README|_index)$/, '$1')
    .replace(/(?<=.)\/$/, '')

/**
 * The URLs of a page in the form of a link that names no source file: with a trailing slash, with `.html`, or with
 * neither; from the root, or relative to the page.
 *
 * @param urls The URLs at which the page is published.
 * @param from The page that contains the link.
 * @returns an empty list if the URLs do not follow from the page's path, since their form under another path is unknown
 */
function urlForms(
  like: string,
  to: string,
  urls: readonly string[],
  from: {path: string; urls: readonly string[]},
): string[] {
  if (like === '' || /\{[{%]/.test(like) || isMarkdownFile(like) || !isMarkdownFile(to)) return []
  const [end = ''] = /\/$|\.html?$/.exec(like) ?? []
  const stem = stemOf(to)
  const name = nameOf(stem).toLowerCase()
  const published = urls.map(stemOf).filter((each) => name.endsWith(nameOf(each)))
  const stems = like.startsWith('/')
    ? [...published, `/${stem}`]
    : [
        relativePath(folderOf(from.path), stem),
        ...from.urls.flatMap((own) =>
          published.map((each) => relativePath(folderOf(own.slice(1)), each.slice(1))),
        ),
      ].map((each) => (like.startsWith('./') && !each.startsWith('.') ? `./${each}` : each))
  return [...new Set(stems)].map((each) => encodePath(each.endsWith('/') ? each : each + end))
}
