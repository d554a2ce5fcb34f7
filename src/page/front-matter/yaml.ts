import type {Alias, Document, YAMLError} from 'yaml'
import {NotPlainError, plain} from '../../data/plain.ts'
import {yamlDocument, yamlValue} from '../../data/yaml.ts'
import type {Span} from '../../text/span.ts'
import {readFlatYaml} from './flat-yaml.ts'
import {readLikeGenerators} from './like-generators.ts'
import {parserOf} from './parsers.ts'
import {duplicateKey, type FrontMatterReader, parserMessage, pointerTo} from './reader.ts'
import type {FrontMatter} from './types.ts'

type Problem = FrontMatter['problems'][number]

/** Reads front matter in YAML 1.2. */
export const readYaml: FrontMatterReader = (source, offset, found, needsPlaces) => {
  const flat = readFlatYaml(source, offset, needsPlaces)
  if (flat) Object.assign(found, flat)
  else new YamlReader(source, offset, found).read(needsPlaces)
}

/**
 * In Docfx's overwrite files, an alias without an anchor that stands for the page's content; a string of the same
 * length replaces it (https://dotnet.github.io/docfx/docs/overwrite-files.html).
 */
const OWN_CONTENT = /([:-][ \t]+|\[[ \t]*)\*content(?=[ \t\]]*$)/gm
/** The one of two problems that begins first. */
const earlier = (one: Problem, other: Problem) => (other.start < one.start ? other : one)
/** Text after a closing quote or bracket: `title: [a]: b`, `author: [Jo](https://example.org)`. */
const TEXT_AFTER_VALUE =
  'Unexpected text after a closing quote or bracket in the front matter, expected quotes around the whole value'
const CLOSING = /["'\]}][ \t]*$/
/** The key at the start of a text. */
const KEY = /^(?:"[^"]*"|'[^']*'|[^:\r\n]+)/

class YamlReader {
  readonly #yaml = parserOf('yaml')
  readonly #source: string
  /** The source without aliases that stand for the page's content. */
  readonly #own: string
  readonly #offset: number
  readonly #found: FrontMatter
  readonly #document: Document.Parsed
  #quotedSpans: Span[] | undefined

  constructor(source: string, offset: number, found: FrontMatter) {
    this.#source = source
    this.#offset = offset
    this.#found = found
    this.#own = /^uid:/m.test(source) ? source.replace(OWN_CONTENT, "$1'page'  ") : source
    this.#document = yamlDocument(this.#own, this.#yaml)
  }

  read(needsPlaces: boolean): void {
    const {problems, start} = this.#found
    const {errors, contents} = this.#document
    const reading = readLikeGenerators(this.#own)
    if (reading && 'reason' in reading && errors.length === 0) {
      const message = this.#isClosed(reading.at) ? TEXT_AFTER_VALUE : parserMessage('YAML', reading.reason)
      problems.push({...this.#spanOf(reading.at, reading.at), message})
      return
    }
    if (errors.length > 0) {
      if (reading && 'value' in reading) this.#found.data = plain(reading.value)
      // The rest depends on how a parser recovers; generators stop at the first error.
      else problems.push(errors.map((error) => this.#problemOf(error)).reduce(earlier))
      return
    }
    for (const at of this.#duplicateKeys().sort((a, b) => a - b)) {
      const key = KEY.exec(this.#source.slice(at))?.[0] ?? ''
      problems.push({...this.#spanOf(at, at + key.length), message: duplicateKey(key.trim())})
    }
    if (needsPlaces) this.#note(contents, [], {start, end: start + 3})
    try {
      this.#found.data = yamlValue(this.#document)
    } catch (error) {
      this.#explainAliases(error)
    }
  }

  #problemOf(error: YAMLError): Problem {
    const {code, message, pos} = error
    const span = this.#spanOf(pos[0], Math.max(pos[1], pos[0]))
    if (code === 'MISSING_CHAR' && message.includes('quote')) {
      // The parser reports the end of the block; the mistake is the opening quote.
      const open = this.#quoted().findLast(({start, end}) => start <= pos[0] && end >= pos[0])
      const message = 'Unexpected unclosed quote in the front matter'
      return {...(open ? this.#spanOf(open.start, open.start + 1) : span), message}
    }
    return {...span, message: this.#advice(error) ?? parserMessage('YAML', message)}
  }

  /** A message that suggests a correction, for mistakes that the parser describes in terms of its grammar. */
  #advice({code, pos, message}: YAMLError): string | undefined {
    const [line = ''] = this.#source.slice(pos[0]).split(/\r?\n/, 1)
    if (code === 'UNEXPECTED_TOKEN' && message.endsWith('at node end') && this.#isClosed(pos[0]))
      return TEXT_AFTER_VALUE
    if (code === 'BAD_SCALAR_START') {
      const mark = line[0] === '`' ? 'backtick' : `\`${line[0]}\``
      return `Unexpected ${mark} before a value of the front matter, expected quotes around the value`
    }
    // `title: a: b`, or `title: a` and a line ` b: c`: nested mappings in a compact mapping.
    if (code === 'BLOCK_AS_IMPLICIT_KEY')
      return /:(?:\s|$)/.test(line)
        ? 'Unexpected colon in a value of the front matter, expected quotes around the value'
        : 'Unexpected key below a value of the front matter, expected the indentation of the key above'
    return
  }

  /** Does a quote or bracket close on the same line before an offset? */
  #isClosed(at: number): boolean {
    return CLOSING.test(this.#source.slice(this.#source.lastIndexOf('\n', at - 1) + 1, at))
  }

  /** The spans of quoted strings. */
  #quoted(): Span[] {
    if (this.#quotedSpans) return this.#quotedSpans
    const spans: Span[] = []
    this.#yaml.visit(this.#document, {
      Scalar: (_, {range, type}) => {
        if (range && type?.startsWith('QUOTE')) spans.push({start: range[0], end: range[1]})
      },
    })
    this.#quotedSpans = spans
    return spans
  }

  /** The positions of duplicate keys. The parser's own check is disabled, as it compares each key with all others. */
  #duplicateKeys(): number[] {
    const starts: number[] = []
    this.#yaml.visit(this.#document, {
      Map: (_, {items}) => {
        const known = new Set<unknown>()
        for (const {key} of items) {
          if (!this.#yaml.isScalar(key)) continue
          if (known.has(key.value) && key.range) starts.push(key.range[0])
          known.add(key.value)
        }
      },
    })
    return starts
  }

  #note(node: unknown, path: (string | number)[], key: Span): void {
    const {isMap, isPair, isScalar, isSeq} = this.#yaml
    this.#found.places[pointerTo(path)] = {key, value: this.#spanOfNode(node, key)}
    if (isMap(node))
      for (const item of node.items) {
        const name = isPair(item) && isScalar(item.key) ? item.key : undefined
        if (name) this.#note(item.value, [...path, String(name.value)], this.#spanOfNode(name, key))
      }
    else if (isSeq(node))
      for (const [index, item] of node.items.entries())
        this.#note(item, [...path, index], this.#spanOfNode(item, key))
  }

  /**
   * Turn an error about aliases into problems.
   *
   * @throws every other error
   */
  #explainAliases(error: unknown): void {
    const {problems} = this.#found
    const isCyclic = error instanceof NotPlainError && error.why === 'cyclic'
    if (isCyclic) this.#addCyclicAliases()
    if (problems.length > 0) return
    if (error instanceof NotPlainError) throw error
    this.#addUndefinedAliases()
    if (problems.length > 0) return
    // Too many aliases: an entity bomb.
    const message = parserMessage('YAML', (error as Error).message)
    problems.push({start: this.#offset, end: this.#offset, message})
  }

  #addCyclicAliases(): void {
    const {isAlias, isNode} = this.#yaml
    this.#yaml.visit(this.#document, {
      Alias: (_, alias, ancestors) => {
        if (ancestors.some((node) => isNode(node) && !isAlias(node) && node.anchor === alias.source))
          this.#addAliasProblem(alias, 'inside the value that it refers to')
      },
    })
  }

  #addUndefinedAliases(): void {
    const anchors = new Set<string>()
    this.#yaml.visit(this.#document, {
      Node: (_, node) => {
        if (!this.#yaml.isAlias(node)) {
          if (node.anchor) anchors.add(node.anchor)
        } else if (!anchors.has(node.source))
          this.#addAliasProblem(node, `expected an anchor \`&${node.source}\` before it`)
      },
    })
  }

  #addAliasProblem(alias: Alias, what: string): void {
    const span = this.#spanOfNode(alias, {start: this.#offset, end: this.#offset})
    const message = `Unexpected alias \`*${alias.source}\` in the front matter, ${what}`
    this.#found.problems.push({...span, message})
  }

  #spanOfNode(node: unknown, fallback: Span): Span {
    const range = this.#yaml.isNode(node) ? node.range : undefined
    return range ? this.#spanOf(range[0], range[1]) : fallback
  }

  #spanOf(start: number, end: number): Span {
    return {start: this.#offset + start, end: this.#offset + end}
  }
}
