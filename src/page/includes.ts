import type {Span} from '../text/span.ts'
import {copyString} from './copy-string.ts'
import {withoutFencedCode} from './opaque-content.ts'
import {compile} from './pattern.ts'
import type {Mask} from './template/mask.ts'
import type {IncludePattern, Link, Page, Syntax} from './types.ts'

/**
 * Add the files that a page shows as a part of itself: `{{#include a.rs:setup}}` names `a.rs`, of which it shows the part
 * `:setup`.
 *
 * @param masks The spans of template code, which have been added as content of which nothing is known.
 */
export function addIncludes(page: Page, source: string, syntax: Syntax, masks: readonly Mask[]): void {
  const includes = includesIn(source, syntax, masks)
  if (includes.length === 0) return
  page.links.push(...includes)
  const known = new Set(includes.map(({start, end}) => source.slice(start, end)))
  page.opaqueContent = page.opaqueContent.filter((content) => !known.has(content))
}

function includesIn(source: string, {includes = []}: Syntax, masks: readonly Mask[]): Link[] {
  const patterns = includes.filter(({sign}) => source.includes(sign))
  if (patterns.length === 0) return []
  const text = withoutFencedCode(source)
  const starts = new Set(masks.map(({start}) => start))
  return patterns
    .flatMap((pattern) =>
      [...source.matchAll(compile(pattern.source, pattern.flags))].flatMap((found) => {
        const isInCode = isBlank(text, found.index, source)
        const counts = pattern.within === 'template' ? starts.has(found.index) : !(pattern.within && isInCode)
        return counts ? namesIn(found, isInCode ? {...pattern, as: 'code'} : pattern) : []
      }),
    )
    .sort((a, b) => a.start - b.start)
}

/** Is the first visible character at or after an offset blank in a text of the same length? */
function isBlank(text: string, from: number, source: string): boolean {
  const at = from + source.slice(from, from + 200).search(/\S/)
  return text[at] === ' '
}

/** The links for the names in a match. */
function namesIn(found: RegExpExecArray, {name = WHOLE_NAME, as}: IncludePattern): Link[] {
  const names = found.groups!.names!
  const span = {start: found.index, end: found.index + found[0].length}
  let [start] = found.indices!.groups!.names!
  return names.split('\n').flatMap((line) => {
    const {name: url, part} = compile(name, '').exec(line)?.groups ?? {}
    const at = start + (url === undefined ? 0 : line.indexOf(url))
    start += line.length + 1
    return url === undefined ? [] : [includeOf(copyString(url), part, at, span, as)]
  })
}

const WHOLE_NAME = '^\\s*(?<name>\\S(?:.*\\S)?)\\s*$'

function includeOf(url: string, part: string | undefined, start: number, span: Span, as: Link['as']): Link {
  const link: Link = {...span, url, target: {start, end: start + url.length}, kind: 'include'}
  if (part) link.part = copyString(part)
  if (as) link.as = as
  return link
}
