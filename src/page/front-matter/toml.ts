import type {AST} from 'toml-eslint-parser'
import {tomlValue} from '../../data/toml.ts'
import type {Span} from '../../text/span.ts'
import {parserOf} from './parsers.ts'
import {type FrontMatterReader, parserMessage, pointerTo} from './reader.ts'
import type {FrontMatter} from './types.ts'

/** Reads front matter in TOML 1.0. */
export const readToml: FrontMatterReader = (source, offset, found) => {
  const toml = parserOf('toml')
  try {
    const tree = toml.parseTOML(source, {tomlVersion: '1.0'})
    const top = tree.body[0]
    const places = new TomlPlaces(found, source, offset)
    found.places[''] = {key: {start: 0, end: 3}, value: places.spanOf(top)}
    for (const item of top.body) places.note(item, [])
    found.data = tomlValue(tree, toml)
  } catch (error) {
    if (!(error instanceof toml.ParseError)) throw error
    const start = offset + error.index
    found.problems.push({start, end: start, message: parserMessage('TOML', error.message)})
  }
}

/** Records the positions of keys and values. */
class TomlPlaces {
  readonly #found: FrontMatter
  readonly #source: string
  readonly #offset: number

  constructor(found: FrontMatter, source: string, offset: number) {
    this.#found = found
    this.#source = source
    this.#offset = offset
  }

  note(node: AST.TOMLNode, path: (string | number)[]): void {
    switch (node.type) {
      case 'TOMLTable':
        this.#found.places[pointerTo(node.resolvedKey)] ??= this.#placeOf(node.key, node)
        for (const item of node.body) this.note(item, node.resolvedKey)
        break
      case 'TOMLKeyValue': {
        const keys = node.key.keys.map((key) => (key.type === 'TOMLBare' ? key.name : key.value))
        const own = [...path, ...keys]
        this.#found.places[pointerTo(own)] = this.#placeOf(node.key, node.value)
        this.note(node.value, own)
        break
      }
      case 'TOMLInlineTable':
        for (const item of node.body) this.note(item, path)
        break
      case 'TOMLArray':
        for (const [index, item] of node.elements.entries()) {
          this.#found.places[pointerTo([...path, index])] = this.#placeOf(item, item)
          this.note(item, [...path, index])
        }
        break
      case 'TOMLValue':
        // A date is kept as written: a `Date` would add a time and a time zone.
        if (node.value instanceof Date)
          Object.assign(node, {value: this.#source.slice(...node.range).replace(' ', 'T')})
    }
  }

  spanOf({range}: {range: readonly [number, number]}): Span {
    return {start: this.#offset + range[0], end: this.#offset + range[1]}
  }

  #placeOf(key: AST.TOMLNode, value: AST.TOMLNode) {
    return {key: this.spanOf(key), value: this.spanOf(value)}
  }
}
