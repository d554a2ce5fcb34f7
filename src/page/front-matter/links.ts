import {firstNot} from '../../text/sorted.ts'
import type {Span} from '../../text/span.ts'
import {readHtml} from '../html.ts'
import {isLikePath, mayHavePaths, type PossibleLink, possibleLink} from '../possible-links.ts'
import type {FrontMatterUrl, Syntax} from '../syntax.ts'
import type {Link} from '../types.ts'
import {pointerTo} from './reader.ts'
import type {FrontMatter} from './types.ts'

/** May front matter contain URLs, so that their positions are needed? */
export const mayHaveLinks = (source: string, {frontMatterUrls = []}: Syntax): boolean =>
  mayHavePaths(source) || frontMatterUrls.some(({pointer}) => source.includes(pointer.split('/')[1]!))

/**
 * The links in the front matter of a page. A value that is not written literally, such as one in several lines, has no
 * position and is left out.
 */
export function frontMatterLinks(
  text: string,
  frontMatter: FrontMatter | undefined,
  {frontMatterUrls = []}: Syntax,
): Link[] {
  if (frontMatter?.data === undefined) return []
  return frontMatterUrls.flatMap((url) =>
    valuesAt(frontMatter.data, url.pointer.split('/').slice(1)).flatMap(({value, path}) => {
      if (url.as === 'html') return linksInHtml(text, frontMatter.places[pointerTo(path)]?.value)
      const target = literalAt(text, frontMatter, pointerTo(path), value)
      return target ? [linkTo(value, target, url)] : []
    }),
  )
}

/** A string in front matter, and the keys and indices that lead to it. */
interface Found {
  value: string
  path: (string | number)[]
}

/** The strings at a path, in which `*` is any item of a list. */
function valuesAt(data: unknown, [key, ...rest]: readonly string[], path: Found['path'] = []): Found[] {
  if (key === undefined) return typeof data === 'string' ? [{value: data, path}] : []
  if (key === '*')
    return Array.isArray(data) ? data.flatMap((item, index) => valuesAt(item, rest, [...path, index])) : []
  if (typeof data !== 'object' || data === null || !Object.hasOwn(data, key)) return []
  return valuesAt((data as Record<string, unknown>)[key], rest, [...path, key])
}

/** The links in a value that is shown as HTML. */
function linksInHtml(text: string, span: Span | undefined): Link[] {
  const found = span ? readHtml(text, span).links : []
  return found.map(({url, tag, start, end}) => {
    const link: Link = {start, end, url, target: {start, end}, kind: 'html', tag}
    if (tag === 'img') link.image = true
    return link
  })
}

/** The span of a string without its quotes, if it is written as it is. */
export function literalAt(
  text: string,
  {places}: FrontMatter,
  pointer: string,
  value: string,
): Link['target'] | undefined {
  const place = places[pointer]?.value
  if (!place || value === '') return
  const isQuoted = /["']/.test(text[place.start]!)
  const start = place.start + (isQuoted ? 1 : 0)
  const end = place.end - (isQuoted ? 1 : 0)
  return text.slice(start, end) === value ? {start, end} : undefined
}

function linkTo(url: string, target: Link['target'], {as}: FrontMatterUrl): Link {
  const isModule = as === 'asset' || (as === './asset' && url.startsWith('./'))
  const link: Link = {...target, url, target, kind: isModule ? 'module' : 'front-matter'}
  if (as !== 'link') link.image = true
  return link
}

/** The values of front matter that look like paths, and those of HTML in it. */
export function possibleLinksIn(text: string, frontMatter: FrontMatter | undefined): PossibleLink[] {
  if (!frontMatter?.data) return []
  const source = text.slice(frontMatter.start, frontMatter.end)
  if (!mayHavePaths(source)) return []
  const found = stringsIn(frontMatter.data).flatMap(({value, path}) => {
    const target = isLikePath(value) ? literalAt(text, frontMatter, pointerTo(path), value) : undefined
    return target ? [possibleLink(value, target, keyOf(path))] : []
  })
  if (source.includes('<')) found.push(...possibleInHtml(text, frontMatter, source))
  return found
}

/** A key of the topmost level, with its value on the same line or below. */
const TOP_KEY = /^([\w-]+)[ \t]*[:=]/gm

/** Whether HTML in front matter is shown depends on the key, too. */
function possibleInHtml(text: string, {start, end}: FrontMatter, source: string): PossibleLink[] {
  const keys = [...source.matchAll(TOP_KEY)]
  return readHtml(text, {start, end}).links.flatMap(({url, tag, attribute, start: at, end}) => {
    const key = keys[firstNot(keys, ({index}) => index < at - start) - 1]?.[1] ?? ''
    return isLikePath(url) ? [possibleLink(url, {start: at, end}, `${key} <${tag} ${attribute}>`, tag)] : []
  })
}

/** The path to a value without the indices of lists: `hero.actions.link`. */
const keyOf = (path: Found['path']) => path.filter((key) => typeof key === 'string').join('.')

/** All strings of data. */
function stringsIn(data: unknown, path: Found['path'] = []): Found[] {
  if (typeof data === 'string') return [{value: data, path}]
  if (Array.isArray(data)) return data.flatMap((item, index) => stringsIn(item, [...path, index]))
  if (typeof data !== 'object' || data === null) return []
  return Object.entries(data).flatMap(([key, value]) => stringsIn(value, [...path, key]))
}
