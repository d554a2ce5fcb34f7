import type {FrontMatter, FrontMatterUrl, Link, Syntax} from '../types.ts'
import {pointerTo} from './reader.ts'

/** May front matter contain URLs, so that their positions are needed? */
export const mayHaveLinks = (source: string, {frontMatterUrls = []}: Syntax): boolean =>
  frontMatterUrls.some(({pointer}) => source.includes(pointer.split('/')[1]!))

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
