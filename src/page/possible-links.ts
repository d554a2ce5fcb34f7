import {firstNot} from '../text/sorted.ts'
import type {Span} from '../text/span.ts'
import {copyString} from './copy-string.ts'

/** A value that is a link if the others at places like its own are. */
export interface PossibleLink extends Span {
  /** The key of front matter, the element and attribute, or the shortcode and parameter that has the value. */
  of: string
  url: string
  target: Span
  kind: 'front-matter' | 'html' | 'image' | 'link'
  tag?: string
  image?: true
}

/** A character of a path without placeholders. */
const CHARACTER = '[^\\s:*?"\'<>{}()|$\\\\,;]'
const IMAGE = 'png|jpe?g|gif|svg|webp|avif'
const EXTENSION = `\\.(?:${IMAGE}|mdx?|qmd|html?)`
const IS_IMAGE = new RegExp(`\\.(?:${IMAGE})$`, 'i')
/** A path from the root, or one to an image or a page: `/guide/`, `img/a.png`, `../b.md`. */
const PATH = new RegExp(`^(?:/[\\w@.-]${CHARACTER}*|[\\w@.]${CHARACTER}*${EXTENSION}(?:#[\\w-]+)?)$`, 'i')
/** The start of one, or its end. */
const SIGN = new RegExp(`[\\s"'[=,]/\\w|[\\w-]${EXTENSION}\\b`, 'i')
/** The index of a folder, whichever that is. */
const ANY_INDEX = /^_?(?:index|readme)\.\w+$/i

/** Does a value look like a path to a page or an image? Whether it is one, other values at places like its own have to show. */
export const isLikePath = (value: string): boolean => PATH.test(value) && !ANY_INDEX.test(value)

/** May a text contain values that look like paths? */
export const mayHavePaths = (text: string): boolean => SIGN.test(text)

/**
 * A value that is a link if the others at places like its own are.
 *
 * @param tag The element, unless it is a value of front matter.
 */
export function possibleLink(url: string, target: Span, of: string, tag?: string): PossibleLink {
  const kind = tag === undefined ? 'front-matter' : 'html'
  const link: PossibleLink = {...target, url: copyString(url), target, kind, of: copyString(of)}
  if (tag !== undefined) link.tag = tag
  if (IS_IMAGE.test(url)) link.image = true
  return link
}

/** The part of a page that tells possible links from links. */
interface WithLinks {
  links: readonly {target: Span}[]
  possibleLinks?: PossibleLink[]
}

/** Add possible links to a page; few pages have any. */
export function addPossible(page: WithLinks, links: readonly PossibleLink[]): void {
  if (links.length === 0) return
  page.possibleLinks ??= []
  for (const link of links) page.possibleLinks.push(link)
}

/** Leave out what is a link, or a part of one. */
export function dropKnown(page: WithLinks): void {
  if (!page.possibleLinks) return
  const targets = page.links.map(({target}) => target).sort((a, b) => a.start - b.start)
  const possible = page.possibleLinks.filter(({start}) => {
    const before = targets[firstNot(targets, (target) => target.start <= start) - 1]
    return !before || before.end <= start
  })
  if (possible.length > 0) page.possibleLinks = possible
  else delete page.possibleLinks
}
