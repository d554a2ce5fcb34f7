import {slug as githubSlug} from 'github-slugger'
import {joinPath} from '../../../text/paths.ts'

/** How versions of Quartz make slugs of paths: the fifth writes them in lower case, and has folder notes. */
export interface SlugOptions {
  version: 4 | 5
}

/**
 * The slug of a file (`slugifyFilePath` of `@quartz-community/utils` and of Quartz 4): `A & B/What now?.md` →
 * `A--and--B/What-now`, `img/a b.png` → `img/a-b.png`. The slugs of Quartz 5 are in lower case, and a page named like its
 * folder is the index of that folder.
 */
export function slugOfFile(path: string, {version}: SlugOptions): string {
  const stripped = stripSlashes(path)
  const extension = extensionOf(stripped)
  const kept = extension === '.md' || extension === '.html' ? '' : extension
  const segments = stripped
    .slice(0, stripped.length - extension.length)
    .split('/')
    .map((segment) => slugOfSegment(segment, version))
  // A trailing slash names no segment.
  if (segments.length > 1 && segments.at(-1) === '') segments.pop()
  if (segments.at(-1) === '_index') segments[segments.length - 1] = 'index'
  if (version === 5 && segments.length > 1 && segments.at(-1) === segments.at(-2))
    segments[segments.length - 1] = 'index'
  return segments.join('/') + kept
}

const extensionOf = (path: string) => /\.[A-Za-z0-9]+$/.exec(path)?.[0] ?? ''

function slugOfSegment(segment: string, version: SlugOptions['version']): string {
  const slug = segment
    .replace(/\s/g, '-')
    .replaceAll('&', '-and-')
    .replaceAll('%', '-percent')
    .replace(/[?#]/g, '')
  return version === 5 ? slug.replace(/[<>:"|*]/g, '').toLowerCase() : slug
}

const stripSlashes = (path: string) => path.replace(/^\//, '').replace(/\/$/, '')

/** The slug of a tag: `a b/c` → `a-b/c`. */
export const slugOfTag = (tag: string, {version}: SlugOptions): string =>
  tag
    .split('/')
    .map((segment) => slugOfSegment(segment, version))
    .join('/')

/** The slug that a link gives a fragment: `My Heading` → `my-heading`, `^block` → `block`. */
export const slugOfFragment = (fragment: string): string => githubSlug(fragment.replace(/^\^/, ''))

/** A slug as the URL path of its page, without `index`: `a/index` → `a/`, `index` → ``. */
export const urlOfSlug = (slug: string): string => slug.replace(/(^|\/)index$/, '$1')

/** How Quartz resolves links: the option `markdownLinkResolution` of its plugin CrawlLinks. */
export type LinkStrategy = 'absolute' | 'relative' | 'shortest'

/** Finds the slugs of a site that end in a path. */
export interface SlugIndex {
  /**
   * The only slug whose last segment is a path, or for Quartz 5 its last segments; undefined if none or several are.
   *
   * @param isFolder The path is that of a folder, so that the index of one counts, too.
   */
  endingIn(path: string, isFolder: boolean): string | undefined
}

/**
 * The URL path, without leading slash, that a link leads to (`transformLink` of `@quartz-community/utils` and of
 * Quartz 4, and what a browser makes of its result).
 *
 * @param from The slug of the page.
 * @param path The path of the link, percent-decoded, without fragment.
 * @returns a path above the site begins with `../`
 */
export function urlOfLink(
  from: string,
  path: string,
  strategy: LinkStrategy,
  slugs: SlugIndex,
  options: SlugOptions,
): string {
  const segments = path.split('/').filter((segment) => segment !== '')
  const isDots = (segment: string) => segment === '.' || segment === '..'
  const slug = slugOfFile(segments.filter((segment) => !isDots(segment)).join('/'), options)
  const isFolder = isFolderPath(path) || (options.version === 5 && isFolderPath(slug))
  const target = stripSlashes(urlOfSlug(slug))
  const dots = segments.filter(isDots)
  const end = isFolder ? '/' : ''
  const folder = from.replace(/[^/]*$/, '')
  if (strategy === 'relative') return joined(folder, [...dots, target].join('/') + end)
  // Of `../`, the first dot is dropped, so that a link with one leads to the root of the site.
  const [first, ...others] = dots
  const rest = [...(first === '..' ? ['.'] : []), ...others, target].filter(Boolean).join('/')
  const found = strategy === 'shortest' ? slugs.endingIn(rest, isFolder) : undefined
  return found === undefined ? joined('', rest + end) : urlOfSlug(found)
}

const isFolderPath = (path: string) => /\/$|(?:^|\/)index(?:\.md|\.html)?$/.test(path)

/** Join URL paths, of which the last may end in a slash: `a/`, `../b/` → `b/`. */
function joined(folder: string, path: string): string {
  const whole = joinPath('', folder + path)
  return path.endsWith('/') && whole !== '' ? `${whole}/` : whole
}
