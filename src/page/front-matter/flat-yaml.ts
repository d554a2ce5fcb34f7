import type {Span} from '../../text/span.ts'
import type {Place} from './types.ts'

/** The content of a flat block: plain data, and the position of each value in the page, by JSON Pointer. */
export interface FlatYaml {
  data: Record<string, unknown>
  places: Record<string, Place>
}

/** `key:` or `key: value`, with a key that YAML can only read as a string. */
const ENTRY = /^([A-Za-z_][\w.-]*(?: [\w.-]+)*):(?= |[ \t]*$)/
const ITEM = /^ *- +/
/** Plain words that YAML 1.2's core schema can only read as a string: not a number, comment or key. */
const WORDS =
  /^(?!(?:(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?|0o[0-7]+|0x[\da-fA-F]+)$)(?:[\w/(.<$^]|[^\0-\x9f\s])(?:[^:#\t]|:(?=\S)|(?<=\S)#)*$/
const QUOTED = /^"([^"\\\t]*)"$|^'([^'\t]*)'$/
const NOT_STRINGS =
  /^(?:null|Null|NULL|true|True|TRUE|false|False|FALSE|\.inf|\.Inf|\.INF|\.nan|\.NaN|\.NAN|---.*|\.\.\.)$/
/** `[a, "b"]`, without lists, maps or commas in items. */
const FLOW_LIST = /^\[([^[\]{}]*)\]$/
/** Line endings of YAML or JavaScript that this reader does not treat as such, and characters that YAML forbids. */
const NOT_IN_LINES = /[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]/

/**
 * Read YAML that consists only of keys with one-line values, and lists of such values, also in brackets: nine out of
 * ten front matter blocks, in a twentieth of the time that the `yaml` package takes. Everything else is left to that
 * package.
 *
 * @param offset The start of the block in the page.
 * @param needsPlaces Record the position of each value.
 * @returns undefined for a block that is not that simple, or that contains a duplicate key
 */
export function readFlatYaml(source: string, offset: number, needsPlaces: boolean): FlatYaml | undefined {
  const reader = new FlatYamlReader(needsPlaces)
  for (let start = 0; start < source.length; ) {
    const newline = source.indexOf('\n', start)
    const end = newline < 0 ? source.length : newline
    const line = source.slice(start, source[end - 1] === '\r' ? end - 1 : end)
    if (line !== '' && !reader.line(line, offset + start)) return
    start = end + 1
  }
  return {data: reader.data, places: reader.places}
}

class FlatYamlReader {
  readonly data: Record<string, unknown> = {}
  readonly places: Record<string, Place> = {}
  readonly #needsPlaces: boolean
  #key = ''
  /** The list that further items belong to; undefined after a key with a value. */
  #list: unknown[] | undefined
  /** The indentation of its items. */
  #indentation = 0

  constructor(needsPlaces: boolean) {
    this.#needsPlaces = needsPlaces
  }

  /**
   * Read a line that is not empty.
   *
   * @param offset The start of the line in the page.
   * @returns false if only a YAML parser can read it
   */
  line(line: string, offset: number): boolean {
    if (NOT_IN_LINES.test(line)) return false
    const [start, key] = ENTRY.exec(line) ?? []
    return key === undefined ? this.#item(line, offset) : this.#entry(line, offset, key, start!.length)
  }

  #entry(line: string, offset: number, key: string, valueStart: number): boolean {
    if (key in this.data || key === '__proto__' || NOT_STRINGS.test(key)) return false
    this.#key = key
    const text = trimmed(line.slice(valueStart))
    const items = flowItems(text)
    // Null, unless items follow.
    const value = text === '' ? null : items ? scalarsOf(items) : readScalar(text)
    if (value === undefined) return false
    this.data[key] = value
    this.#list = text === '' ? [] : undefined
    if (!this.#needsPlaces) return true
    const span = {start: offset, end: offset + key.length}
    const place = text === '' ? {start: span.end, end: span.end} : placeIn(line, text, key.length + 1, offset)
    this.places[`/${key}`] = {key: span, value: place}
    let from = place.start + 1 - offset
    for (const [index, item] of items?.entries() ?? []) {
      const value = placeIn(line, item, from, offset)
      this.places[`/${key}/${index}`] = {key: value, value}
      from = value.end - offset
    }
    return true
  }

  #item(line: string, offset: number): boolean {
    const list = this.#list
    const marker = list && ITEM.exec(line)
    if (!marker) return false
    const indentation = line.indexOf('-')
    const text = trimmed(line.slice(marker[0].length))
    const value = readScalar(text)
    // All items of a list have the same indentation.
    if (value === undefined || (list.length > 0 && indentation !== this.#indentation)) return false
    this.#indentation = indentation
    list.push(value)
    this.data[this.#key] = list
    if (this.#needsPlaces) this.#notePlace(list.length - 1, placeIn(line, text, indentation + 1, offset))
    return true
  }

  /** Record the position of an item; that of its list spans from the first item to it. */
  #notePlace(index: number, item: Span): void {
    const list = `/${this.#key}`
    this.places[`${list}/${index}`] = {key: item, value: item}
    this.places[list]!.value = {start: this.places[`${list}/0`]!.value.start, end: item.end}
  }
}

/** The items of a list in brackets: `[a, "b"]` → `a`, `"b"`. Undefined for another value. */
function flowItems(text: string): string[] | undefined {
  const inside = FLOW_LIST.exec(text)?.[1]
  if (inside === undefined) return
  return trimmed(inside) === '' ? [] : inside.split(',').map(trimmed)
}

/** The values of items; undefined if only a YAML parser can read one of them. */
function scalarsOf(items: readonly string[]): unknown[] | undefined {
  const values = items.map(readScalar)
  return values.includes(undefined) ? undefined : values
}

/** The span in the page of a text that occurs in a line at or after an index. */
function placeIn(line: string, text: string, from: number, offset: number): Span {
  const start = offset + line.indexOf(text, from)
  return {start, end: start + text.length}
}

/** A text without leading spaces, and without trailing spaces and tabs. */
function trimmed(text: string): string {
  let start = 0
  let end = text.length
  while (text[start] === ' ') start++
  while (end > start && (text[end - 1] === ' ' || text[end - 1] === '\t')) end--
  return text.slice(start, end)
}

/** A scalar; undefined if only a YAML parser can read it. */
function readScalar(text: string): string | number | boolean | undefined {
  if (text === 'true') return true
  if (text === 'false') return false
  if (/^(?:0|-?[1-9]\d{0,14})$/.test(text)) return Number(text)
  const quoted = QUOTED.exec(text)
  if (quoted) return quoted[1] ?? quoted[2]
  return WORDS.test(text) && !NOT_STRINGS.test(text) ? text : undefined
}
