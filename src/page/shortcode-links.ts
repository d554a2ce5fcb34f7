import {copyString} from './copy-string.ts'
import type {ShortcodeUrl} from './include-pattern.ts'
import {addPossible, isLikePath, possibleLink} from './possible-links.ts'
import {type Surroundings, surroundingsIn} from './prose.ts'
import type {Syntax} from './syntax.ts'
import type {Mask} from './template/mask.ts'
import type {Link, Page} from './types.ts'

/** The name of a shortcode: `{{< figure src="a.png" >}}`. */
const NAME = /^\{\{[<%][ \t\r\n]{0,99}([\w./-]+)(?=[ \t\r\n])/
/** A parameter, perhaps with its name: `src="a.png"`, `` `a.png` ``, `a.png`. */
const PARAMETER = /(?:([\w-]+)=)?(?:"((?:[^"\\]|\\.)*)"|`([^`]*)`|([^\s"`=]+))/g
/** Longer shortcodes hold text. */
const LONGEST = 2000

/**
 * Add the URLs and names of files in the parameters of shortcodes to a page: those that are known to be shown, and those
 * that other values of the same parameters may show to be links.
 *
 * @param masks The spans of template code.
 */
export function addShortcodeLinks(
  page: Page,
  source: string,
  masks: readonly Mask[],
  {shortcodeUrls = []}: Syntax,
): void {
  let surroundings: Surroundings | undefined
  for (const span of masks) {
    const text = source.slice(span.start, Math.min(span.end, span.start + LONGEST))
    const [opening, name] = NAME.exec(text) ?? []
    if (name === undefined) continue
    const wanted = shortcodeUrls.filter(({shortcode}) => shortcode === name)
    const values = parametersIn(text, opening!.length, span.start).flatMap((parameter) => {
      const as = wanted.find((each) => each.parameter === parameter.key)?.as
      return as !== undefined || isLikePath(parameter.value) ? [{...parameter, as}] : []
    })
    if (values.length === 0) continue
    surroundings ??= surroundingsIn(source)
    if (surroundings.inFence(span.start) || surroundings.inSpanOrComment(span.start)) continue
    for (const {key, value, target, as} of values)
      if (as !== undefined) page.links.push(linkTo(value, target, span, as))
      else addPossible(page, [possibleParameter(name, key, value, target)])
  }
}

/** A parameter of a shortcode: its name or position, and its value. */
interface Parameter {
  key: string
  value: string
  target: Link['target']
}

function parametersIn(text: string, from: number, start: number): Parameter[] {
  const close = text.search(/[>%]\}\}/)
  const parameters = text.slice(from, close < 0 ? undefined : close)
  let position = 0
  return [...parameters.matchAll(PARAMETER)].flatMap((match) => {
    const {0: whole, 1: name, 2: quoted, 3: raw, 4: plain, index} = match
    const value = quoted ?? raw ?? plain ?? ''
    const key = name ?? String(position++)
    // An escape would be read differently.
    if (value.trim() === '' || value.includes('\\')) return []
    const end = start + from + index + whole.length - (plain === undefined ? 1 : 0)
    return [{key, value, target: {start: end - value.length, end}}]
  })
}

function possibleParameter(shortcode: string, key: string, value: string, target: Link['target']) {
  const of = `{{< ${shortcode}${key === '0' ? '' : ` ${key}`} >}}`
  return possibleLink(value, target, of, 'figure')
}

function linkTo(value: string, target: Link['target'], span: Link['target'], as: ShortcodeUrl['as']): Link {
  const {start, end} = span
  const link: Link = {start, end, url: copyString(value), target, kind: as === 'include' ? 'include' : 'html'}
  if (as === 'include') link.as = 'document'
  else link.tag = 'figure'
  if (as === 'image') link.image = true
  return link
}
