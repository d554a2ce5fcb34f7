import type {Root} from 'mdast'
import {MdastReader, markdownToMdast, serializeHandle} from 'satteri'
import type {Processor} from 'unified'
// Not among the package's public exports, though the two functions above take what it makes. The version is pinned,
// and the differential test reads through it.
import {createMdastHandle, dropHandle} from '../../node_modules/satteri/index.js'

/**
 * Parse CommonMark with GFM and YAML or TOML front matter into mdast, for plugins.
 *
 * This file alone knows the parser's name. Math stays off: `costs $5 [a](b.md) and $6` would hide the link.
 *
 * @param text Markdown without a byte order mark; offsets in the tree are UTF-16, from 0.
 */
export function parse(text: string): Root {
  return markdownToMdast(text) as Root
}

/** A unified plugin that makes {@link parse} the parser of a processor, so any remark plugin runs on its trees. */
export function parserPlugin(this: Processor): void {
  this.parser = parse as NonNullable<Processor['parser']>
}

/** The node types that facts are taken from, as the parser numbers them. */
export const TYPE = {
  paragraph: 1,
  heading: 2,
  list: 5,
  listItem: 6,
  html: 7,
  definition: 9,
  text: 10,
  inlineCode: 13,
  link: 15,
  image: 16,
  linkReference: 17,
  imageReference: 18,
  tableCell: 23,
} as const

/** Tables, footnotes, strikethrough, task lists, autolinks and both kinds of front matter: the defaults of {@link parse}. */
const OPTIONS = (1 << 1) | (1 << 2) | (1 << 3) | (1 << 4) | (1 << 7) | (1 << 8) | (1 << 11)
const REFERENCE_TYPES = ['shortcut', 'collapsed', 'full'] as const
/** Where the fields of a node stand in its record, in bytes. */
const FIELD = {start: 12, end: 16, startLine: 20, endLine: 28, childCount: 40}

/**
 * The same tree as {@link parse} gives, with nodes as numbers; the root is 0. Most nodes of a page are never looked
 * at, and objects for all of them would be half of a run's time.
 */
export class Arena {
  readonly #reader: MdastReader
  readonly #view: DataView
  readonly #nodes: number
  readonly #size: number

  constructor(text: string) {
    const handle = createMdastHandle(text, OPTIONS, true)
    const bytes = serializeHandle(handle)
    dropHandle(handle)
    this.#reader = new MdastReader(bytes)
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const {nodesOffset, nodeStructSize} = this.#reader.header
    this.#nodes = nodesOffset
    this.#size = nodeStructSize
  }

  #field(node: number, field: number): number {
    return this.#view.getUint32(this.#nodes + node * this.#size + field, true)
  }

  type(node: number): number {
    return this.#reader.getNodeType(node)
  }

  /** Where a node starts; 0 for one without a place. */
  start(node: number): number {
    return this.#field(node, FIELD.start)
  }

  end(node: number): number {
    return this.#field(node, FIELD.end)
  }

  startLine(node: number): number {
    return this.#field(node, FIELD.startLine)
  }

  endLine(node: number): number {
    return this.#field(node, FIELD.endLine)
  }

  hasChildren(node: number): boolean {
    return this.#field(node, FIELD.childCount) > 0
  }

  /** Put a node's children on a stack, last one first, so that they come off in order. */
  pushChildren(node: number, stack: number[]): void {
    this.#reader.pushChildIds(node, stack)
  }

  /** The value of a text or code node. */
  value(node: number): string {
    return this.#reader.fieldString(node, 0)
  }

  /** The URL of a link, image or definition. */
  url(node: number): string {
    return this.#reader.fieldString(node, 0)
  }

  /** The label of a definition or a reference, as written. */
  label(node: number): string {
    return this.#reader.fieldString(node, this.type(node) === TYPE.definition ? 24 : 8)
  }

  referenceType(node: number): (typeof REFERENCE_TYPES)[number] {
    return REFERENCE_TYPES[this.#reader.fieldU8(node, 16, 0)] ?? 'shortcut'
  }

  depth(node: number): number {
    return this.#reader.fieldU8(node, 0, 1)
  }
}
