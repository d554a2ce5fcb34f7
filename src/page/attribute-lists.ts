import type {Id} from './types.ts'

const LIST = /\{[^{}\n]*\}/g
const LIST_BELOW = /^\{:[^{}\n]*\}/
const ID = /#([\p{L}\p{N}_:.-]+)/u
const ATTRIBUTE = /[\s{:]id=["']?([\p{L}\p{N}_:.-]+)/u

/** The ids in lists of attributes in a span of text: `{#lamps}`, `{: id="lamps"}` → `lamps`. */
export function idsInLists(source: string, start: number, end: number): Id[] {
  const text = source.slice(start, end)
  if (!text.includes('#') && !text.includes('id=')) return []
  return [...text.matchAll(LIST)].flatMap((list) => {
    const [found, id] = ID.exec(list[0]) ?? ATTRIBUTE.exec(list[0]) ?? []
    if (!id) return []
    const at = start + list.index + list[0].indexOf(found!) + found!.length - id.length
    return {id, from: 'attributes', start: at, end: at + id.length}
  })
}

/** The id in the list of attributes that a paragraph begins with, for the block above: `{: #lamps}` → `lamps`. */
export function idOfListAt(text: string, start: number, end: number): string | undefined {
  const [list] = LIST_BELOW.exec(text.slice(start, end)) ?? []
  return list && ID.exec(list)?.[1]
}
