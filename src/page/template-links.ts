import {copyString} from './copy-string.ts'
import {type Surroundings, surroundingsIn} from './prose.ts'
import type {Syntax} from './syntax.ts'
import type {Mask} from './template/mask.ts'
import type {Link, Page} from './types.ts'

/** A tag that names a page, and fails the build if there is none. */
const LIQUID = /^\{%-?\s*(?:link|post_url)\s[^{}%]+%\}$/
/** A tag that links to a post or a file beside it, or shows an image. */
const NUNJUCKS =
  /^\{%-?\s*(?:post_link|post_path|asset_(?:img|image|path|link)|img|image|url_for)\s[^{}%]+%\}$/
const IMAGE = /^\{%-?\s*(?:asset_)?im/

/**
 * The tags in template code that name a page or file outside of any link: `{% link docs/use.md %}` in a paragraph or in
 * code. Liquid is not run on pages without front matter, nor Nunjucks in code and comments.
 */
export function templateLinks(
  source: string,
  {links, frontMatter}: Page,
  masks: readonly Mask[],
  {templating}: Syntax,
): Link[] {
  const tag = templating === 'nunjucks' ? NUNJUCKS : templating === 'liquid' && frontMatter && LIQUID
  const found = tag ? masks.filter(({start, end}) => tag.test(source.slice(start, end))) : []
  if (found.length === 0) return []
  const isInLink = (mask: Mask) =>
    links.some(({target}) => target.start <= mask.start && mask.end <= target.end)
  let surroundings: Surroundings | undefined
  const isShown = ({start}: Mask) =>
    templating === 'nunjucks' && (surroundings ??= surroundingsIn(source)).inSpanOrComment(start)
  return found
    .filter((mask) => mask.start >= (frontMatter?.end ?? 0) && !isInLink(mask) && !isShown(mask))
    .map(({start, end}) => {
      const target = {start, end}
      const url = copyString(source.slice(start, end))
      const link: Link = {...target, url, target, kind: 'link', tag: 'template'}
      return IMAGE.test(url) ? {...link, image: true} : link
    })
}
