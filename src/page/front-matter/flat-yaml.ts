import type {Place} from '../types.ts'

/** What a flat block holds: plain data, and where each value stands in it, by JSON Pointer. */
export interface FlatYaml {
  data: Record<string, unknown>
  places: Record<string, Place>
}

/** `key:`, `key: value`; a key that YAML can only read as a string. */
const ENTRY = /^([A-Za-z_][\w.-]*(?: [\w.-]+)*):(?= |[ \t]*$)/
const ITEM = /^ *- +/
/** Plain words that YAML 1.2's core schema can only read as a string: no number, no comment, no key. */
const WORDS =
  /^(?!(?:(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?|0o[0-7]+|0x[\da-fA-F]+)$)[\w/(.<$^](?:[^:#\t]|:(?=\S)|(?<=\S)#)*$/
const QUOTED = /^"([^"\\\t]*)"$|^'([^'\t]*)'$/
const NOT_STRINGS =
  /^(?:null|Null|NULL|true|True|TRUE|false|False|FALSE|\.inf|\.Inf|\.INF|\.nan|\.NaN|\.NAN|---.*|\.\.\.)$/

/**
 * Read YAML that is nothing but lines of keys with one-line values, and lists of such values: nine of ten front
 * matter blocks, in a twentieth of the time the `yaml` package takes. Anything it is not certain of is its business.
 *
 * @param at Where the block begins in the page.
 * @param noted Note where each value stands.
 * @returns nothing for every block that is not that simple, or that holds a key twice.
 */
export function readFlatYaml(source: string, at: number, noted: boolean): FlatYaml | undefined {
  const data: Record<string, unknown> = {}
  const places: Record<string, Place> = {}
  let list: unknown[] | undefined
  let key = ''
  let depth = 0
  let start = 0
  while (start < source.length) {
    const next = source.indexOf('\n', start)
    const end = next < 0 ? source.length : next
    const line = source.slice(start, source[end - 1] === '\r' ? end - 1 : end)
    const from = at + start
    start = end + 1
    if (line === '') continue
    const entry = ENTRY.exec(line)
    if (CARRIAGE_RETURN.test(line)) return
    if (entry) {
      key = entry[1]!
      if (key in data || key === '__proto__' || NOT_STRINGS.test(key)) return
      const span = {start: from, end: from + key.length}
      const text = trimmed(line.slice(entry[0].length))
      if (text === '') {
        // Null, unless items follow.
        data[key] = null
        list = []
        if (noted) places[`/${key}`] = {key: span, value: {start: span.end, end: span.end}}
        continue
      }
      list = undefined
      const value = readScalar(text)
      if (value === undefined) return
      data[key] = value
      if (!noted) continue
      const begin = from + line.indexOf(text, key.length + 1)
      places[`/${key}`] = {key: span, value: {start: begin, end: begin + text.length}}
      continue
    }
    const item = list && ITEM.exec(line)
    if (!list || !item) return
    const own = line.indexOf('-')
    const words = trimmed(line.slice(item[0].length))
    const value = readScalar(words)
    if (value === undefined) return
    // All items of a list stand equally deep.
    if (list.length > 0 && own !== depth) return
    depth = own
    list.push(value)
    data[key] = list
    if (!noted) continue
    const begin = from + line.indexOf(words, own + 1)
    const text = {start: begin, end: begin + words.length}
    places[`/${key}/${list.length - 1}`] = {key: text, value: text}
    places[`/${key}`]!.value = {start: places[`/${key}/0`]!.value.start, end: text.end}
  }
  return {data, places}
}

/** What ends a line for YAML or for JavaScript, and does not for this reader. */
const CARRIAGE_RETURN = /[\r\u2028\u2029]/

/** A text without spaces before it, and spaces and tabs behind it. */
function trimmed(text: string): string {
  let start = 0
  let end = text.length
  while (text[start] === ' ') start++
  while (end > start && (text[end - 1] === ' ' || text[end - 1] === '\t')) end--
  return text.slice(start, end)
}

/** One value; undefined where only a YAML parser knows. */
function readScalar(text: string): string | number | boolean | undefined {
  if (text === 'true') return true
  if (text === 'false') return false
  if (/^(?:0|[1-9]\d{0,14})$/.test(text)) return Number(text)
  const quoted = QUOTED.exec(text)
  if (quoted) return quoted[1] ?? quoted[2]
  return WORDS.test(text) && !NOT_STRINGS.test(text) ? text : undefined
}
