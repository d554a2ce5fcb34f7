import type {Node, ParseError} from 'jsonc-parser'
import {plain} from '../../data/plain.ts'
import type {Span} from '../../text/span.ts'
import {parserOf} from './parsers.ts'
import {duplicateKey, type FrontMatterReader, parserMessage, pointerTo} from './reader.ts'
import type {FrontMatter} from './types.ts'

/** Reads front matter in JSON. */
export const readJson: FrontMatterReader = (source, offset, found) => {
  const {parseTree, printParseErrorCode} = parserOf('json')
  const errors: ParseError[] = []
  const tree = parseTree(source, errors, {disallowComments: true, allowTrailingComma: false})
  for (const error of errors) {
    const start = offset + error.offset
    // After a trailing comma, both a key and a value are missing.
    if (found.problems.at(-1)?.start === start) continue
    const message = parserMessage('JSON', wordsOf(printParseErrorCode(error.error)))
    found.problems.push({start, end: start + error.length, message})
  }
  if (!tree) return
  new JsonPlaces(found, offset).note(tree, [], {start: offset, end: offset + 1})
  if (errors.length === 0) found.data = plain(JSON.parse(source), undefined, source.length)
}

/** An error code in words: `CloseBraceExpected` → `close brace expected`. */
const wordsOf = (code: string) =>
  code
    .replace(/([A-Z])/g, ' $1')
    .trim()
    .toLowerCase()

/** Records the positions of keys and values, and duplicate keys. */
class JsonPlaces {
  readonly #found: FrontMatter
  readonly #offset: number

  constructor(found: FrontMatter, offset: number) {
    this.#found = found
    this.#offset = offset
  }

  note(node: Node, path: (string | number)[], key: Span): void {
    this.#found.places[pointerTo(path)] = {key, value: this.#spanOf(node)}
    const children = node.children ?? []
    if (node.type === 'array')
      for (const [index, item] of children.entries()) this.note(item, [...path, index], this.#spanOf(item))
    else if (node.type === 'object') this.#properties(children, path)
  }

  #properties(properties: readonly Node[], path: (string | number)[]): void {
    const keys = new Set<string>()
    for (const {children: [name, value] = []} of properties) {
      if (!name) continue
      const key = String(name.value)
      if (keys.has(key)) this.#found.problems.push({...this.#spanOf(name), message: duplicateKey(key)})
      keys.add(key)
      if (value) this.note(value, [...path, key], this.#spanOf(name))
    }
  }

  #spanOf(node: Node): Span {
    return {start: this.#offset + node.offset, end: this.#offset + node.offset + node.length}
  }
}
