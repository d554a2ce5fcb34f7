import type {Span} from '../text/span.ts'
import {copyString} from './copy-string.ts'
import type {IncludePattern} from './include-pattern.ts'
import {compile} from './pattern.ts'
import {surroundingsIn} from './prose.ts'
import type {Syntax} from './syntax.ts'
import type {Mask} from './template/mask.ts'
import type {Link, Page} from './types.ts'

/**
 * Add the files that a page shows as a part of itself: `{{#include a.rs:setup}}` names `a.rs`, of which it shows the part
 * `:setup`.
 *
 * @param masks The spans of template code, which have been added as content of which nothing is known.
 */
export function addIncludes(page: Page, source: string, syntax: Syntax, masks: readonly Mask[]): void {
  const found = includesIn(source, syntax, masks)
  if (found.length === 0) return
  const links = found.flatMap((each) => each.links).sort((a, b) => a.start - b.start)
  // `[!include[a](a.md)]` looks like a link, `[!code[a](my file.cs)]` like a misspelled one.
  const names = new Set(links.map(({target}) => target.start))
  const isOther = ({target}: {target: Span}) => !names.has(target.start)
  page.links = [...page.links.filter(isOther), ...links]
  if (page.misspelled) page.misspelled = page.misspelled.filter(isOther)
  const known = new Set(found.filter(({isOpaque}) => !isOpaque).map(({text}) => text))
  page.opaqueContent = page.opaqueContent.filter((content) => !known.has(content))
}

/** A construct on a page, and the files that it names. */
interface Include {
  text: string
  isOpaque: boolean
  links: Link[]
}

function includesIn(source: string, {includes = []}: Syntax, masks: readonly Mask[]): Include[] {
  const patterns = includes.filter(({sign}) => source.includes(sign))
  if (patterns.length === 0) return []
  const ends = new Map(masks.map(({start, end}) => [start, end]))
  const {inFence, inSpanOrComment} = surroundingsIn(source)
  return patterns.flatMap((pattern) =>
    [...source.matchAll(compile(pattern.source, pattern.flags))].flatMap((found) => {
      const {index: start} = found
      const isInCode = inFence(start)
      const end = pattern.within === 'template' ? ends.get(start) : start + found[0].length
      if (end === undefined || (pattern.within === 'text' && (isInCode || inSpanOrComment(start)))) return []
      const links = namesIn(found, {start, end}, isInCode ? {...pattern, as: 'code'} : pattern)
      return [{text: source.slice(start, end), isOpaque: pattern.isOpaque === true && !isInCode, links}]
    }),
  )
}

/** The links for the names in a match. */
function namesIn(found: RegExpExecArray, span: Span, {name = WHOLE_NAME, as, tag}: IncludePattern): Link[] {
  const names = found.groups!.names!
  let [start] = found.indices!.groups!.names!
  return names.split('\n').flatMap((line) => {
    const {name: url, part} = compile(name, '').exec(line)?.groups ?? {}
    const at = start + (url === undefined ? 0 : line.indexOf(url))
    start += line.length + 1
    if (url === undefined) return []
    const target = {start: at, end: at + url.length}
    const link: Link = {...span, url: copyString(url), target, kind: 'include'}
    if (part) link.part = copyString(part)
    if (as) link.as = as
    if (tag) link.tag = tag
    return [link]
  })
}

const WHOLE_NAME = '^\\s*(?<name>\\S(?:.*\\S)?)\\s*$'
