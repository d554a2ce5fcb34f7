import {copyString} from './copy-string.ts'
import type {Mask} from './template/mask.ts'
import type {Link, Page} from './types.ts'

/** A tag that names a page, and fails the build if there is none. */
const LINK = /^\{%-?\s*(?:link|post_url)\s[^{}%]+%\}$/

/**
 * The tags in template code that name a page outside of any link: `{% link docs/use.md %}` in a paragraph or in code.
 * Template code of pages without front matter is not run.
 */
export function liquidLinks(source: string, {links, frontMatter}: Page, masks: readonly Mask[]): Link[] {
  if (!frontMatter) return []
  const found = masks.filter(({start, end}) => LINK.test(source.slice(start, end)))
  if (found.length === 0) return []
  const isInLink = (mask: Mask) =>
    links.some(({target}) => target.start <= mask.start && mask.end <= target.end)
  return found
    .filter((mask) => mask.start >= frontMatter.end && !isInLink(mask))
    .map(({start, end}) => {
      const target = {start, end}
      return {...target, url: copyString(source.slice(start, end)), target, kind: 'link', tag: 'liquid'}
    })
}
