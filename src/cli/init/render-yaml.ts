import {stringify} from 'yaml'

/** How a file indents its YAML. */
export interface YamlStyle {
  /** The spaces after the dash of a list item: `-   id: x` has 3. */
  gap: number
  /** Columns by which the dashes of a list are indented below its key. */
  list: number
  /** Columns by which the keys of a mapping are indented below its key. */
  mapping: number
}

/** A line that ends with a key whose value is on the next lines. @returns its indentation and dashes, in groups */
const OPEN_KEY = /^( *)((?:- +)*)[^\s#-][^#]*:[ \t]*(?:#.*)?\r?$/

/** Detect how a file indents its YAML. */
export function styleOf(text: string): YamlStyle {
  const lines = text.split('\n').filter((line) => !/^\s*(?:#|\r?$)/.test(line))
  const style: Partial<YamlStyle> = {}
  for (const [index, line] of lines.entries()) {
    const gap = /^ *-( +)[^\s#][^#]*:/.exec(line)?.[1]
    if (gap !== undefined) style.gap ??= gap.length
    const key = OPEN_KEY.exec(line)
    const next = lines[index + 1]
    if (!key || next === undefined) continue
    const below = /^ */.exec(next)![0].length - key[1]!.length - key[2]!.length
    if (/^ *- /.test(next)) {
      if (below >= 0) style.list ??= below
    } else if (below > 0) style.mapping ??= below
  }
  return {gap: 1, list: 2, mapping: 2, ...style}
}

/** Write a value as YAML in block style. @returns its lines */
export function render(value: unknown, style: YamlStyle): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => renderItem(item, style))
  if (typeof value !== 'object' || value === null) return [stringify(value, {lineWidth: 0}).trimEnd()]
  return Object.entries(value).flatMap(([key, inner]) => {
    const lines = render(inner, style)
    if (typeof inner !== 'object' || inner === null) return [`${key}: ${lines[0]}`]
    const indent = ' '.repeat(Array.isArray(inner) ? style.list : style.mapping)
    return [`${key}:`, ...lines.map((line) => indent + line)]
  })
}

/** Write an item of a list as YAML. */
export function renderItem(value: unknown, style: YamlStyle): string[] {
  const gap = ' '.repeat(style.gap)
  return render(value, style).map((line, index) => `${index === 0 ? '-' : ' '}${gap}${line}`)
}
