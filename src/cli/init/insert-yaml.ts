import {isDeepStrictEqual} from 'node:util'
import {
  type Document,
  isCollection,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Pair,
  parseAllDocuments,
  type Scalar,
  stringify,
} from 'yaml'
import {ManualEdit} from './manual-edit.ts'
import {render, renderItem, styleOf, type YamlStyle} from './render-yaml.ts'

/** What to add to a YAML file. */
export interface Addition {
  /** The keys that lead to the list or mapping, which may be missing. */
  path: readonly string[]
  /** The key in the mapping; a list has none. */
  key?: string
  value: unknown
}

/** A replacement of a stretch of text. */
interface Edit {
  start: number
  end: number
  text: string
}

/**
 * Add to a YAML file by inserting text: everything else keeps its bytes.
 *
 * @throws {@link ManualEdit} if it is not known how to
 */
export function insertYaml(text: string, file: string, addition: Addition): string {
  const style = styleOf(text)
  const give = (reason: string) => new ManualEdit(reason, render(wrapped(addition), style))
  const documents = parse(text)
  const document = documents.at(-1)
  const [error] = documents.flatMap((each) => each.errors)
  if (error) throw give(`${file} is not valid: ${error.message.split('\n')[0]}`)
  const expected = expectedAfter(document, addition)
  for (const {start, end, text: inserted} of document ? editsFor(text, document, addition, style) : []) {
    const after = text.slice(0, start) + inserted + text.slice(end)
    if (isResult(after, documents.length, expected)) return after
  }
  if (!document || document.contents === null) {
    const after =
      text + lineBreakAfter(text, eolOf(text)) + asLines(render(wrapped(addition), style), '', eolOf(text))
    if (isResult(after, Math.max(1, documents.length), expected)) return after
  }
  throw give(`doccheck cannot add to ${file} without changing other lines`)
}

/** An empty text has no documents. */
const parse = (text: string): Document.Parsed[] =>
  [...parseAllDocuments(text, {logLevel: 'silent'})] as Document.Parsed[]

/** The addition as a part of the whole file. */
function wrapped({path, key, value}: Addition): unknown {
  const inner = key === undefined ? [value] : {[key]: value}
  return path.reduceRight<unknown>((outer, name) => ({[name]: outer}), inner)
}

/** The data of a file after the addition; undefined if it has another structure. */
function expectedAfter(document: Document | undefined, {path, key, value}: Addition): unknown {
  const root = dataOf(document) ?? {}
  let holder: unknown = root
  for (const [index, name] of path.entries()) {
    if (!isRecord(holder)) return
    const isLast = index === path.length - 1
    holder = holder[name] ??= isLast && key === undefined ? [] : {}
  }
  if (key === undefined) {
    if (!Array.isArray(holder)) return
    holder.push(value)
  } else {
    if (!isRecord(holder) || Object.hasOwn(holder, key)) return
    holder[key] = value
  }
  return root
}

/** The data of a document; undefined if it has too many aliases. */
function dataOf(document: Document | undefined): unknown {
  try {
    return document?.toJS()
  } catch {
    return
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function isResult(text: string, count: number, expected: unknown): boolean {
  const documents = parse(text)
  if (expected === undefined || documents.length !== count) return false
  return (
    documents.every(({errors}) => errors.length === 0) &&
    isDeepStrictEqual(dataOf(documents.at(-1)), expected)
  )
}

const eolOf = (text: string) => (text.includes('\r\n') ? '\r\n' : '\n')
const lineBreakAfter = (text: string, eol: string) => (text === '' || text.endsWith('\n') ? '' : eol)
const asLines = (lines: readonly string[], indent: string, eol: string) =>
  lines.map((line) => indent + line + eol).join('')

/** Ways to make an addition, by preference; each must be tried. */
function* editsFor(
  text: string,
  document: Document.Parsed,
  addition: Addition,
  style: YamlStyle,
): Generator<Edit> {
  let node: unknown = document.contents
  let pair: Pair | undefined
  let isInFlow = false
  let depth = 0
  for (; depth < addition.path.length && isMap(node); depth++) {
    const next = node.items.find(({key}) => isScalar(key) && key.value === addition.path[depth])
    if (!next) break
    isInFlow ||= Boolean(node.flow)
    pair = next
    node = next.value
  }
  const rest = {...addition, path: addition.path.slice(depth)}
  if (isCollection(node) && (isInFlow || (node.flow && node.items.length > 0))) yield inFlow(node, rest)
  else if (isCollection(node) && !node.flow) yield* inBlock(text, node, rest, style, pair === undefined)
  else if (pair) yield inEmpty(text, pair, rest, style)
}

/** Add behind the last item of `[a, b]` or `{a: b}`. */
function inFlow(node: {items: readonly unknown[]; range?: unknown}, rest: Addition): Edit {
  const last = node.items.at(-1)
  const [start] = node.range as [number, number, number]
  const at = last === undefined ? start + 1 : endOf(last)
  const {
    path: [first],
    key,
  } = rest
  const inner = wrapped(rest)
  const json = (value: unknown) => stringify(value, {collectionStyle: 'flow', lineWidth: 0}).trimEnd()
  const name = first ?? key
  const text =
    name === undefined ? json(rest.value) : `${name}: ${json((inner as Record<string, unknown>)[name])}`
  return {start: at, end: at, text: last === undefined ? text : `, ${text}`}
}

/** Add behind the last item of a list or mapping in block style. */
function* inBlock(
  text: string,
  node: {items: readonly unknown[]; range?: unknown},
  rest: Addition,
  style: YamlStyle,
  isTop: boolean,
): Generator<Edit> {
  const [start] = node.range as [number, number, number]
  const indent = ' '.repeat(start - (text.lastIndexOf('\n', start - 1) + 1))
  const isItem = isSeq(node) && rest.path.length === 0 && rest.key === undefined
  const lines = asLines(
    isItem ? renderItem(rest.value, style) : render(wrapped(rest), style),
    indent,
    eolOf(text),
  )
  const places = [...(isTop ? [text.length] : []), endOfLine(text, endOf(node.items.at(-1)))]
  // Top-level keys are set apart where the file does so.
  const blank = isTop && /\n\r?\n(?=[^\s#])/.test(text) ? eolOf(text) : ''
  for (const at of places)
    for (const before of blank === '' ? [''] : [blank, ''])
      yield {start: at, end: at, text: lineBreakAfter(text.slice(0, at), eolOf(text)) + before + lines}
}

/** Add below a key without a value, or with `null`, `[]` or `{}`, which goes. */
function inEmpty(text: string, {key, value}: Pair, rest: Addition, style: YamlStyle): Edit {
  const [start, keyEnd] = (key as Scalar).range!
  const [from, to] = isNode(value) ? value.range! : [keyEnd, keyEnd]
  const lineEnd = endOfLine(text, to)
  const before = text.slice(keyEnd, from)
  const kept = (from === to ? before : before.trimEnd()) + text.slice(to, lineEnd)
  const isList = rest.path.length === 0 && rest.key === undefined
  const column = start - (text.lastIndexOf('\n', start - 1) + 1) + (isList ? style.list : style.mapping)
  const inner = isList ? renderItem(rest.value, style) : render(wrapped(rest), style)
  const added = asLines(inner, ' '.repeat(column), eolOf(text))
  return {start: keyEnd, end: lineEnd, text: kept + lineBreakAfter(kept, eolOf(text)) + added}
}

/** The offset behind a node or pair. */
function endOf(item: unknown): number {
  const {value, key, range} = item as {value?: {range?: number[]}; key?: {range?: number[]}; range?: number[]}
  return range?.[1] ?? value?.range?.[1] ?? key?.range?.[1] ?? 0
}

/** The offset behind the line break that ends a node, comments included. */
function endOfLine(text: string, end: number): number {
  if (text[end - 1] === '\n') return end
  const at = text.indexOf('\n', end)
  return at < 0 ? text.length : at + 1
}
