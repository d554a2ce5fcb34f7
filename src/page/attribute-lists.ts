import type {Id} from './types.ts'

const LIST = /\{[^{}\n]*\}/g
const LIST_BELOW = /^\{:[^{}\n]*\}/
const ID = /#([\p{L}\p{N}_:.-]+)/u
/** The value of any attribute but `id`. */
const VALUE = /(?<![\s{:]id)=(?:"[^"]*"|'[^']*'|[^\s"'}]*)/g
const ATTRIBUTE = /[\s{:]id=["']?([\p{L}\p{N}_:.-]+)/u

/** The ids in lists of attributes in a span of text: `{#lamps}`, `{: id="lamps"}` → `lamps`. */
export function idsInLists(source: string, start: number, end: number): Id[] {
  const text = source.slice(start, end)
  if (!text.includes('#') && !text.includes('id=')) return []
  return [...text.matchAll(LIST)].flatMap((list) => {
    const names = withoutValues(list[0])
    const found = ID.exec(names) ?? ATTRIBUTE.exec(names)
    if (!found) return []
    const id = found[1]!
    const at = start + list.index + found.index + found[0].length - id.length
    return {id, from: 'attributes', start: at, end: at + id.length}
  })
}

/** The id in the list of attributes that a paragraph begins with, for the block above: `{: #lamps}` → `lamps`. */
export function idOfListAt(text: string, start: number, end: number): string | undefined {
  const [list] = LIST_BELOW.exec(text.slice(start, end)) ?? []
  return list && ID.exec(withoutValues(list))?.[1]
}

/** Blank out values, which may contain what looks like an id: `{style="color: #fff"}` → `{style               }`. */
const withoutValues = (list: string) => list.replace(VALUE, (value) => ' '.repeat(value.length))
