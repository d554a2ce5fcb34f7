/** The ids that template code writes. */
export interface WrittenIds {
  /** Ids without template code. */
  literal: Set<string>
  /** The text before and after the template code in other ids: `tab-` and `-panel`. */
  patterns: {start: string; end: string}[]
  /** It may also write any other id. */
  any: boolean
}

/** No ids, to be filled. */
export const noIds = (): WrittenIds => ({literal: new Set(), patterns: [], any: false})

/** The attributes `id` of any element, and `name` of links, with template code in braces; values are at most so long. */
const IDS =
  /(?:(?<![\w$.-])id|<a\s(?:[^<>{}]{0,200}\s)?name)\s{0,9}=\s{0,9}\\?(?:"((?:\{[{%][^{}%]{0,300}[}%]\}|[^"{}\\]){0,300})|'((?:\{[{%][^{}%]{0,300}[}%]\}|[^'{}\\]){0,300})|((?:\{[{%][^{}%]{0,300}[}%]\}|[^\s"'<>`{}\\]){1,300}))/g
/** Template code, and the verbs of `printf`. */
const CODE = /\{[{%][^{}%]*[}%]\}|%[a-z]/g

/**
 * Find the ids that template code of Go or Liquid writes: `<h2 id="tab-{{ .Ordinal }}">` has ids that begin with `tab-`.
 *
 * @param fill Returns the value of template code, if it is known.
 */
export function writtenIds(
  code: string,
  fill: (code: string) => string | undefined = () => undefined,
): WrittenIds {
  const found = noIds()
  for (const [, double, single, bare] of code.matchAll(IDS)) {
    const value = (double ?? single ?? bare!).replace(CODE, (each) => fill(each) ?? each)
    const stretches = value.split(CODE)
    if (stretches.length === 1) found.literal.add(value)
    else addPattern(found, stretches[0]!, stretches.at(-1)!)
  }
  return found
}

function addPattern(ids: WrittenIds, start: string, end: string): void {
  if (start === '' && end === '') ids.any = true
  else ids.patterns.push({start, end})
}

/** Add ids to others. */
export function addIds(ids: WrittenIds, {literal, patterns, any}: WrittenIds): void {
  for (const id of literal) ids.literal.add(id)
  ids.patterns.push(...patterns)
  ids.any ||= any
}

/** May an id be one of those that are not literal? */
export const mayBeWritten = ({patterns, any}: WrittenIds, id: string): boolean =>
  any || patterns.some(({start, end}) => id.startsWith(start) && id.endsWith(end))
