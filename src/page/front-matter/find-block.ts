import type {Span} from '../../text/span.ts'
import type {Syntax} from '../syntax.ts'
import type {FrontMatter} from './types.ts'

/** The front matter block of a page. */
export interface FrontMatterBlock extends Span {
  kind: FrontMatter['kind']
  /** The text between the fences, or for JSON the object with its braces. */
  value: Span
  isClosed: boolean
}

/** Find the front matter at the top of a page: between `---` or `+++`, or a JSON object. */
export function findBlock(text: string, syntax: Syntax): FrontMatterBlock | undefined {
  const blank = syntax.frontMatterEnd === 'marker' ? text.search(/[^ \t\r\n]/) : 0
  if (blank <= 0) return blockAtTop(text, syntax)
  const found = blockAtTop(text.slice(blank), syntax)
  return found && {...moved(found, blank), value: moved(found.value, blank)}
}

const moved = <T extends Span>(span: T, by: number): T => ({
  ...span,
  start: span.start + by,
  end: span.end + by,
})

function blockAtTop(text: string, syntax: Syntax): FrontMatterBlock | undefined {
  if (text.startsWith('---')) return fencedBlock(text, 'yaml', syntax)
  if (text.startsWith('+++')) return fencedBlock(text, 'toml', syntax)
  return jsonBlock(text)
}

const OPENING_FENCE = /^(?:---|\+\+\+)[ \t]*\r?\n/
const OPENING_MARKER = /^(?:---(?!-)|\+\+\+(?!\+))(?:[ \t]*\r?\n)?/
const CLOSING_FENCE = {yaml: /^(?:---|\.\.\.)[ \t]*$/gm, toml: /^\+\+\+[ \t]*$/gm}
const CLOSING_MARKER = {yaml: /^---/gm, toml: /^\+\+\+/gm}

/**
 * A line that looks like a YAML or TOML entry: it distinguishes unclosed front matter from a thematic break. Below a
 * comment, which may as well be a heading, only a lowercase word is certainly a key.
 */
const ENTRY = {
  yaml: /["']?[\p{L}_][\p{L}\d_ .-]*["']?:(?:\s|$)|(?:#.*\r?\n)+["']?[a-z_][\w.-]*["']?:(?:\s|$)/uy,
  toml: /(?:\[|["']?[\w.-]+["']?[ \t]*=)/y,
}

function fencedBlock(
  text: string,
  kind: 'yaml' | 'toml',
  {frontMatterEnd}: Syntax,
): FrontMatterBlock | undefined {
  const start = (frontMatterEnd === 'marker' ? OPENING_MARKER : OPENING_FENCE).exec(text)?.[0].length
  if (start === undefined) return
  const fence = (frontMatterEnd ? CLOSING_MARKER : CLOSING_FENCE)[kind]
  fence.lastIndex = start
  const close = fence.exec(text)
  if (close) {
    const end = close.index + close[0].trimEnd().length
    return {kind, start: 0, end, value: {start, end: close.index}, isClosed: true}
  }
  const entry = ENTRY[kind]
  entry.lastIndex = start
  return entry.test(text) ? {kind, start: 0, end: 3, value: {start: 3, end: 3}, isClosed: false} : undefined
}

/**
 * `{` alone on its line, then a key or `}`: not Liquid, kramdown or an MDX expression, which goes on after a string.
 */
const BRACE_ALONE = /^\{[ \t]*\r?\n\s*(?:\}|"(?![^"\r\n]*"\s*[^\s:"\w[{-]))/
const BRACE_AND_KEY = /^\{[ \t]*"[^"\\\r\n]*(?:\\.[^"\\\r\n]*)*"[ \t]*:/

function jsonBlock(text: string): FrontMatterBlock | undefined {
  const isAlone = BRACE_ALONE.test(text)
  if (!isAlone && !BRACE_AND_KEY.test(text)) return
  const end = endOfJson(text)
  // A block that begins like a line of text is front matter only if it is valid JSON.
  if (!isAlone && !isJson(text.slice(0, end))) return
  const value = {start: 0, end: end || 1}
  return {kind: 'json', ...value, value, isClosed: end > 0}
}

/** Strings, braces, and line starts that JSON cannot have. */
const JSON_PARTS = /"[^"\\\r\n]*(?:\\.[^"\\\r\n]*)*"?|[{}]|^[ \t]*(?!true|false|null|-?\d)[^\s"{}[\],:]/gm
const REST_OF_LINE = /[ \t]*$/my

/**
 * The end of the JSON object at the top: its closing brace or, if braces do not match, the first one alone on a line.
 */
function endOfJson(text: string): number {
  let depth = 0
  for (const {0: part, index} of text.matchAll(JSON_PARTS)) {
    if (part === '{') depth++
    else if (part === '}') depth--
    else if (!part.startsWith('"')) break
    if (depth > 0) continue
    REST_OF_LINE.lastIndex = index + 1
    if (REST_OF_LINE.test(text)) return index + 1
    break
  }
  const match = /^\}[ \t]*$/m.exec(text)
  return match ? match.index + 1 : 0
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
