import type {Document} from 'yaml'
import {lexemesOfText, NotPlainError, plain, refuseDeepText} from '../../data/plain.ts'
import {tomlValue} from '../../data/toml.ts'
import {yamlDocument, yamlValue} from '../../data/yaml.ts'
import type {Span} from '../../text/span.ts'
import {copyString} from '../copy-string.ts'
import type {FrontMatter} from '../types.ts'
import {readFlatYaml} from './flat-yaml.ts'

interface Block extends Span {
  kind: FrontMatter['kind']
  /** The text between the fences (for JSON: with its braces). */
  value: Span
  closed: boolean
}

interface Parsers {
  yaml: typeof import('yaml')
  toml: typeof import('toml-eslint-parser')
  json: typeof import('jsonc-parser')
}

/** Parsers that few pages need, each loaded for the first of them. */
const PARSERS: {[K in keyof Parsers]: () => Promise<Parsers[K]>} = {
  yaml: () => import('yaml'),
  toml: () => import('toml-eslint-parser'),
  json: () => import('jsonc-parser'),
}

const loaded: Partial<Parsers> = {}

/** A parser is needed that has to be loaded first, which cannot be done at once; then all is to be tried again. */
export class NotLoadedError extends Error {
  override name = 'NotLoadedError'
  readonly load: () => Promise<void>

  constructor(kind: keyof Parsers) {
    super(`The parser of ${kind} is not loaded yet`)
    this.load = async () => {
      Object.assign(loaded, {[kind]: await PARSERS[kind]()})
    }
  }
}

function parser<K extends keyof Parsers>(kind: K): Parsers[K] {
  const found: Parsers[K] | undefined = loaded[kind]
  if (!found) throw new NotLoadedError(kind)
  return found
}

/**
 * Find and parse the front matter of a page: YAML between `---`, TOML between `+++`, or a JSON object with
 * nothing behind it on its last line (Hugo).
 *
 * @param text The page without a byte order mark.
 * @param places Note where each value stands.
 */
export function readFrontMatter(text: string, places: boolean): FrontMatter | undefined {
  const block = findBlock(text)
  if (!block) return
  const {kind, start, end, value} = block
  const found: FrontMatter = {kind, start, end, places: {}, problems: []}
  if (!block.closed) {
    const fence = {yaml: '---', toml: '+++', json: '}'}[kind]
    found.problems.push({
      start,
      end,
      message: `Unexpected unclosed front matter, expected a line \`${fence}\``,
    })
    return found
  }
  const source = copyString(text.slice(value.start, value.end))
  // A template of pages, not a page: what the values will be is not known.
  if (/\{\{|\{%|<%/.test(source) && isTemplate(lexemesOf(kind, source))) return found
  try {
    if (kind !== 'yaml') refuseDeepText(source)
    readers[kind](source, value.start, found, places)
  } catch (error) {
    // The readers follow lists in lists by calling themselves.
    if (!(error instanceof RangeError || error instanceof NotPlainError)) throw error
    const why = error instanceof NotPlainError ? error.why : 'deep'
    found.problems.push({start, end, message: `Unexpected front matter that ${UNREAD[why]}`})
    delete found.data
  }
  for (const problem of found.problems) {
    problem.start = outOfLineEnding(text, problem.start)
    problem.end = outOfLineEnding(text, problem.end)
  }
  return found
}

/** Parsers may stop between the two characters of a CRLF, which is on neither line: 17 → 16 in `title: \r\n`. */
const outOfLineEnding = (text: string, at: number): number =>
  text[at] === '\n' && text[at - 1] === '\r' ? at - 1 : at

const UNREAD: Record<NotPlainError['why'], string> = {
  cyclic: 'holds itself',
  deep: 'is nested too deeply to be read',
  large: 'holds more values than can be read',
}

/** Whether template code stands outside of quotes, or begins in quotes and ends elsewhere: `"{{ f "x" }}"`. */
function isTemplate(lexemes: Iterable<string>): boolean {
  // What is quoted has every second place.
  const parts = ['']
  for (const lexeme of lexemes) {
    if (/^["']/.test(lexeme)) parts.push(lexeme, '')
    else parts[parts.length - 1] += lexeme
  }
  let opened: number | undefined
  for (const [index, part] of parts.entries())
    for (const [mark] of part.matchAll(/\{\{|\{%|<%|\}\}|%\}|%>/g)) {
      if (/[{<]/.test(mark)) {
        if (index % 2 === 0) return true
        opened = index
      } else if (opened !== undefined) {
        if (opened !== index) return true
        opened = undefined
      }
    }
  return false
}

/** A text in pieces, none left out; what is quoted is one piece, with its quotes. */
function lexemesOf(kind: FrontMatter['kind'], source: string): Iterable<string> {
  if (kind !== 'yaml') return lexemesOfText(source)
  const {CST, Lexer} = parser('yaml')
  const MARKS = [CST.DOCUMENT, CST.FLOW_END, CST.SCALAR]
  return [...new Lexer().lex(source)].filter((lexeme) => !MARKS.includes(lexeme))
}

/**
 * A line that looks like a YAML or TOML entry: what tells front matter from a thematic break at the top. Below a
 * comment, which may as well be a heading, only a small word is certainly a key.
 */
const ENTRY = {
  yaml: /["']?[\p{L}_][\p{L}\d_ .-]*["']?:(?:\s|$)|(?:#.*\r?\n)+["']?[a-z_][\w.-]*["']?:(?:\s|$)/uy,
  toml: /(?:\[|["']?[\w.-]+["']?[ \t]*=)/y,
}

function findBlock(text: string): Block | undefined {
  const fence = text.slice(0, 3)
  if (fence === '---' || fence === '+++') {
    const kind = fence === '---' ? 'yaml' : 'toml'
    const first = /^(?:---|\+\+\+)[ \t]*\r?\n/.exec(text)
    if (!first) return
    const close = kind === 'yaml' ? /^(?:---|\.\.\.)[ \t]*$/gm : /^\+\+\+[ \t]*$/gm
    close.lastIndex = first[0].length
    const match = close.exec(text)
    if (match) {
      const value = {start: first[0].length, end: match.index}
      return {kind, start: 0, end: match.index + match[0].trimEnd().length, value, closed: true}
    }
    const entry = ENTRY[kind]
    entry.lastIndex = first[0].length
    if (!entry.test(text)) return
    return {kind, start: 0, end: 3, value: {start: 3, end: 3}, closed: false}
  }
  const aloneOnLine = BRACE_ALONE.test(text)
  if (!aloneOnLine && !BRACE_AND_KEY.test(text)) return
  const end = endOfJson(text)
  // What begins like a line of text is front matter only if it is JSON beyond doubt.
  if (!aloneOnLine && !isJson(text.slice(0, end))) return
  if (end === 0) return {kind: 'json', start: 0, end: 1, value: {start: 0, end: 1}, closed: false}
  return {kind: 'json', start: 0, end, value: {start: 0, end}, closed: true}
}

/** `{` alone, then a key or `}`: not Liquid, not kramdown, nor an MDX expression, which goes on after a string. */
const BRACE_ALONE = /^\{[ \t]*\r?\n\s*(?:\}|"(?![^"\r\n]*"\s*[^\s:"\w[{-]))/
const BRACE_AND_KEY = /^\{[ \t]*"[^"\\\r\n]*(?:\\.[^"\\\r\n]*)*"[ \t]*:/
/** Strings, braces, and the beginning of a line that JSON cannot have. */
const JSON_PARTS = /"[^"\\\r\n]*(?:\\.[^"\\\r\n]*)*"?|[{}]|^[ \t]*(?!true|false|null|-?\d)[^\s"{}[\],:]/gm

/** Where the JSON object at the top ends: with its last brace, or, where braces are amiss, the first line that is one. */
function endOfJson(text: string): number {
  let depth = 0
  for (const {0: part, index} of text.matchAll(JSON_PARTS)) {
    if (part === '{') depth++
    else if (part === '}') depth--
    else if (!part.startsWith('"')) break
    if (depth > 0) continue
    const restOfLine = /[ \t]*$/my
    restOfLine.lastIndex = index + 1
    if (restOfLine.test(text)) return index + 1
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

type Reader = (source: string, at: number, found: FrontMatter, places: boolean) => void

const pointer = (path: readonly (string | number)[]) =>
  path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

const readYaml: Reader = (source, at, found, places) => {
  const flat = readFlatYaml(source, at, places)
  if (flat) return void Object.assign(found, flat)
  const yaml = parser('yaml')
  const {isAlias, isMap, isNode, isPair, isScalar, isSeq, visit} = yaml
  /** Where strings in quotes stand. */
  const quotedIn = (document: Document): Span[] => {
    const spans: Span[] = []
    visit(document, {
      Scalar: (_, {range, type}) => {
        if (range && type?.startsWith('QUOTE')) spans.push({start: range[0], end: range[1]})
      },
    })
    return spans
  }
  /** Where keys begin that their map has already. The parser compares each with all others, so it is not asked. */
  const secondKeys = (document: Document): number[] => {
    const starts: number[] = []
    visit(document, {
      Map: (_, {items}) => {
        const known = new Set<unknown>()
        for (const {key} of items) {
          if (!isScalar(key)) continue
          if (known.has(key.value) && key.range) starts.push(key.range[0])
          known.add(key.value)
        }
      },
    })
    return starts
  }
  // Docfx writes the page's own content as an alias that it defines itself.
  const own = /^uid:/m.test(source) ? source.replace(OWN_CONTENT, "$1'page'  ") : source
  const document = yamlDocument(own, yaml)
  let quoted: Span[] | undefined
  for (const {code, message, pos} of document.errors) {
    const problem = {start: at + pos[0], end: at + Math.max(pos[1], pos[0]), message: yamlMessage(message)}
    if (code === 'MISSING_CHAR' && message.includes('quote')) {
      // The parser notices at the end of the block; the mistake is where the quote opens.
      quoted ??= quotedIn(document)
      const open = quoted.findLast(({start, end}) => start <= pos[0] && end >= pos[0])
      if (open) Object.assign(problem, {start: at + open.start, end: at + open.start + 1})
      problem.message = 'Unexpected unclosed quote in the front matter'
    }
    found.problems.push(problem)
  }
  for (const start of secondKeys(document)) {
    const key = /^(?:"[^"]*"|'[^']*'|[^:\r\n]+)/.exec(source.slice(start))?.[0] ?? ''
    found.problems.push({
      start: at + start,
      end: at + start + key.length,
      message: `Unexpected duplicate key \`${key.trim()}\` in the front matter`,
    })
  }
  found.problems.sort((a, b) => a.start - b.start)
  if (document.errors.length > 0) return
  const span = (node: unknown, fallback: Span): Span => {
    const range = isNode(node) ? node.range : undefined
    return range ? {start: at + range[0], end: at + range[1]} : fallback
  }
  const note = (node: unknown, path: (string | number)[], key: Span) => {
    found.places[pointer(path)] = {key, value: span(node, key)}
    if (isMap(node))
      for (const item of node.items) {
        const name = isPair(item) && isScalar(item.key) ? item.key : undefined
        if (name) note(item.value, [...path, String(name.value)], span(name, key))
      }
    else if (isSeq(node))
      for (const [index, item] of node.items.entries()) note(item, [...path, index], span(item, key))
  }
  if (places) note(document.contents, [], {start: found.start, end: found.start + 3})
  try {
    found.data = yamlValue(document)
  } catch (error) {
    if (error instanceof NotPlainError && error.why === 'cyclic')
      visit(document, {
        Alias: (_, alias, above) => {
          if (above.some((node) => isNode(node) && !isAlias(node) && node.anchor === alias.source))
            found.problems.push({
              ...span(alias, {start: at, end: at}),
              message: `Unexpected alias \`*${alias.source}\` in the front matter, within the value that it stands for`,
            })
        },
      })
    if (found.problems.length > 0) return
    if (error instanceof NotPlainError) throw error
    // An alias without an anchor, or too many of them (an entity bomb).
    const anchors = new Set<string>()
    const undefinedAliases: FrontMatter['problems'] = []
    visit(document, {
      Node: (_, node) => {
        if (!isAlias(node)) {
          if (node.anchor) anchors.add(node.anchor)
        } else if (!anchors.has(node.source))
          undefinedAliases.push({
            ...span(node, {start: at, end: at}),
            message: `Unexpected alias \`*${node.source}\` in the front matter, expected an anchor \`&${node.source}\` before it`,
          })
      },
    })
    for (const problem of undefinedAliases) found.problems.push(problem)
    if (undefinedAliases.length === 0)
      found.problems.push({start: at, end: at, message: yamlMessage((error as Error).message)})
  }
}

/** https://dotnet.github.io/docfx/docs/overwrite-files.html; what takes its place is as long. */
const OWN_CONTENT = /(:[ \t]+)\*content(?=[ \t]*$)/gm

/** Of `title: a: b`, the parser says that nested mappings are not allowed in compact mappings. */
const yamlMessage = (message: string) =>
  message.startsWith('Nested mappings are not allowed')
    ? 'Unexpected colon in a value of the front matter, expected quotes around the value'
    : `Unexpected YAML in the front matter: ${firstLine(message)}`

const firstLine = (message: string) =>
  message
    .split('\n')[0]!
    .replace(/[.:]$/, '')
    .replace(/^./, (letter) => letter.toLowerCase())

const readToml: Reader = (source, at, found) => {
  const toml = parser('toml')
  const {ParseError, parseTOML} = toml
  type Node = import('toml-eslint-parser').AST.TOMLNode
  try {
    const tree = parseTOML(source, {tomlVersion: '1.0'})
    const top = tree.body[0]
    const keySpan = (node: {range: readonly [number, number]}) => ({
      start: at + node.range[0],
      end: at + node.range[1],
    })
    const note = (node: Node, path: (string | number)[]) => {
      if (node.type === 'TOMLTable') {
        found.places[pointer(node.resolvedKey)] ??= {key: keySpan(node.key), value: keySpan(node)}
        for (const item of node.body) note(item, node.resolvedKey)
      } else if (node.type === 'TOMLKeyValue') {
        const keys = node.key.keys.map((key) => (key.type === 'TOMLBare' ? key.name : key.value))
        const own = [...path, ...keys]
        found.places[pointer(own)] = {key: keySpan(node.key), value: keySpan(node.value)}
        note(node.value, own)
      } else if (node.type === 'TOMLInlineTable') for (const item of node.body) note(item, path)
      else if (node.type === 'TOMLArray')
        for (const [index, item] of node.elements.entries()) {
          found.places[pointer([...path, index])] = {key: keySpan(item), value: keySpan(item)}
          note(item, [...path, index])
        }
      // A date says no more than is written: as a `Date` it would have a time, and a zone.
      else if (node.type === 'TOMLValue' && node.value instanceof Date)
        Object.assign(node, {value: source.slice(...node.range).replace(' ', 'T')})
    }
    found.places[''] = {key: {start: 0, end: 3}, value: keySpan(top)}
    for (const item of top.body) note(item, [])
    found.data = tomlValue(tree, toml)
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    const start = at + error.index
    found.problems.push({
      start,
      end: start,
      message: `Unexpected TOML in the front matter: ${firstLine(error.message)}`,
    })
  }
}

const readJson: Reader = (source, at, found) => {
  const {parseTree, printParseErrorCode} = parser('json')
  const errors: {error: number; offset: number; length: number}[] = []
  const tree = parseTree(source, errors, {disallowComments: true, allowTrailingComma: false})
  for (const {error, offset, length} of errors) {
    // After a trailing comma, both a key and a value are missed.
    if (found.problems.at(-1)?.start === at + offset) continue
    const words = printParseErrorCode(error)
      .replace(/([A-Z])/g, ' $1')
      .trim()
      .toLowerCase()
    found.problems.push({
      start: at + offset,
      end: at + offset + length,
      message: `Unexpected JSON in the front matter: ${words}`,
    })
  }
  if (!tree) return
  type Node = NonNullable<ReturnType<typeof parseTree>>
  const span = (node: Node) => ({start: at + node.offset, end: at + node.offset + node.length})
  const note = (node: Node, path: (string | number)[], key: Span) => {
    found.places[pointer(path)] = {key, value: span(node)}
    if (node.type === 'array')
      for (const [index, item] of (node.children ?? []).entries()) note(item, [...path, index], span(item))
    if (node.type !== 'object') return
    const seen = new Set<string>()
    for (const property of node.children ?? []) {
      const [name, value] = property.children ?? []
      if (!name) continue
      const label = String(name.value)
      if (seen.has(label))
        found.problems.push({
          ...span(name),
          message: `Unexpected duplicate key \`${label}\` in the front matter`,
        })
      seen.add(label)
      if (value) note(value, [...path, label], span(name))
    }
  }
  note(tree, [], {start: at, end: at + 1})
  if (errors.length === 0) found.data = plain(JSON.parse(source), undefined, source.length)
}

const readers: Record<FrontMatter['kind'], Reader> = {yaml: readYaml, toml: readToml, json: readJson}
