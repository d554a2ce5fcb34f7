import {copyString} from './copy-string.ts'
import type {ShortcodeUrl} from './include-pattern.ts'
import {type Surroundings, surroundingsIn} from './prose.ts'
import type {Mask} from './template/mask.ts'
import type {Link} from './types.ts'

/** The name of a shortcode: `{{< figure src="a.png" >}}`. */
const NAME = /^\{\{[<%][ \t\n]{0,99}([\w./-]+)(?=[ \t\n])/
/** A parameter, perhaps with its name: `src="a.png"`, `` `a.png` ``, `a.png`. */
const PARAMETER = /(?:([\w-]+)=)?(?:"((?:[^"\\]|\\.)*)"|`([^`]*)`|([^\s"`=]+))/g
/** Longer shortcodes hold text. */
const LONGEST = 2000

/**
 * The URLs and names of files in the parameters of shortcodes, where these are shown.
 *
 * @param masks The spans of template code.
 */
export function shortcodeLinks(
  source: string,
  masks: readonly Mask[],
  urls: readonly ShortcodeUrl[] = [],
): Link[] {
  if (urls.length === 0) return []
  let surroundings: Surroundings | undefined
  return masks.flatMap(({start, end}) => {
    const text = source.slice(start, Math.min(end, start + LONGEST))
    const [opening, name] = NAME.exec(text) ?? []
    const wanted = name === undefined ? [] : urls.filter(({shortcode}) => shortcode === name)
    if (wanted.length === 0) return []
    surroundings ??= surroundingsIn(source)
    if (surroundings.inFence(start) || surroundings.inSpanOrComment(start)) return []
    return linksIn(text, opening!.length, {start, end}, wanted)
  })
}

function linksIn(
  text: string,
  from: number,
  span: {start: number; end: number},
  wanted: readonly ShortcodeUrl[],
): Link[] {
  const links: Link[] = []
  const close = text.search(/[>%]\}\}/)
  const parameters = text.slice(from, close < 0 ? undefined : close)
  let position = 0
  for (const {0: whole, 1: key, 2: quoted, 3: raw, 4: plain, index} of parameters.matchAll(PARAMETER)) {
    const value = quoted ?? raw ?? plain ?? ''
    const name = key ?? String(position++)
    const as = wanted.find(({parameter}) => parameter === name)?.as
    // An escape would be read differently.
    if (as === undefined || value.trim() === '' || value.includes('\\')) continue
    const end = span.start + from + index + whole.length - (plain === undefined ? 1 : 0)
    links.push(linkTo(value, {start: end - value.length, end}, span, as))
  }
  return links
}

function linkTo(value: string, target: Link['target'], span: Link['target'], as: ShortcodeUrl['as']): Link {
  const {start, end} = span
  const link: Link = {start, end, url: copyString(value), target, kind: as === 'include' ? 'include' : 'html'}
  if (as === 'include') link.as = 'document'
  else link.tag = 'figure'
  if (as === 'image') link.image = true
  return link
}
