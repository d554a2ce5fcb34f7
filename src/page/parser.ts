import type {Root} from 'mdast'
import {markdownToMdast, serializeHandle} from 'satteri'
import type {Processor} from 'unified'
// Not among the package's public exports, though the two functions above take what it makes. The version is pinned,
// and the differential test reads through it.
import {createMdastHandle, createMdxMdastHandle, dropHandle} from '../../node_modules/satteri/index.js'
import {UnreadableError} from '../errors/errors.ts'

/**
 * Parse CommonMark with GFM and YAML or TOML front matter into mdast, for plugins.
 *
 * Only this file depends on the parser. Math stays off: `costs $5 [a](b.md) and $6` would hide the link.
 *
 * @param text Markdown without a byte order mark; offsets in the tree are UTF-16, from 0.
 * @throws {@link UnreadableError} for a text that is nested more deeply than {@link DEEPEST}
 */
export function parse(text: string): Root {
  // Objects for a tree of unlimited depth would exhaust the memory.
  if (new Arena(text).isDeeperThan(DEEPEST))
    throw new UnreadableError('Cannot be read: it is nested too deeply')
  return markdownToMdast(withoutSecondMark(text)) as Root
}

/**
 * Deeper than any page, and shallow enough for recursive functions, such as plugins. On stack overflow, a regular
 * expression that V8 is compiling at that moment terminates the process. Facts are read without recursion, at any
 * depth.
 */
const DEEPEST = 200

/**
 * Replace a byte order mark that follows the removed one: the parser would remove that, too, and count offsets after
 * it. A word joiner also has no width, and the same length in UTF-8 and UTF-16.
 */
const withoutSecondMark = (text: string) => (text.charCodeAt(0) === 0xfeff ? `\u2060${text.slice(1)}` : text)

/** A unified plugin that makes {@link parse} the parser of a processor, so that remark plugins run on its trees. */
export function parserPlugin(this: Processor): void {
  this.parser = parse as NonNullable<Processor['parser']>
}

/** The parser's numbers for the node types that facts are read from. */
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
  jsxBlock: 100,
  jsx: 101,
  expressionBlock: 102,
  expression: 103,
} as const

/** The node types of inline content. */
const INLINE: ReadonlySet<number> = new Set([
  10,
  11,
  12,
  13,
  14,
  15,
  16,
  17,
  18,
  20,
  24,
  TYPE.jsx,
  TYPE.expression,
])

/** Tables, footnotes, strikethrough, task lists, autolinks, YAML and TOML front matter: the defaults of {@link parse}. */
const OPTIONS = (1 << 1) | (1 << 2) | (1 << 3) | (1 << 4) | (1 << 7) | (1 << 8) | (1 << 11)
const REFERENCE_TYPES = ['shortcut', 'collapsed', 'full'] as const
/** `MDAR`, the first bytes of a serialized tree. */
const MAGIC = 0x5241444d
/** The fields of the header and of each node, in words of 32 bits (satteri's arena-layout.js). */
const HEADER = {magic: 0, nodeSize: 2, nodeCount: 3, nodes: 4, children: 6, data: 8, strings: 10}
const NODE = {
  type: 1,
  parent: 2,
  start: 3,
  end: 4,
  startLine: 5,
  endLine: 7,
  firstChild: 9,
  childCount: 10,
  data: 11,
}

/**
 * The tree of {@link parse} with nodes as numbers; the root is 0. Most nodes of a page are never visited, and creating
 * objects for all of them would take half of a run's time.
 */
export class Arena {
  readonly #words: Uint32Array
  readonly #bytes: Buffer
  readonly #nodes: number
  readonly #count: number
  readonly #size: number
  readonly #children: number
  readonly #data: number
  readonly #strings: number

  /**
   * @param isMdx Parse the text as MDX.
   * @throws the parser's errors for invalid MDX; Markdown is always valid
   */
  constructor(text: string, isMdx = false) {
    const handle = (isMdx ? createMdxMdastHandle : createMdastHandle)(withoutSecondMark(text), OPTIONS, true)
    let bytes = serializeHandle(handle)
    dropHandle(handle)
    if (bytes.byteOffset % 4) bytes = new Uint8Array(bytes)
    const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >> 2)
    if (words[HEADER.magic] !== MAGIC) throw new Error("satteri's tree has an unexpected layout")
    this.#words = words
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.#nodes = words[HEADER.nodes]! >> 2
    this.#size = words[HEADER.nodeSize]! >> 2
    this.#children = words[HEADER.children]! >> 2
    this.#data = words[HEADER.data]!
    this.#strings = words[HEADER.strings]!
    this.#count = words[HEADER.nodeCount]!
  }

  /** Does a node have more than this many ancestors? */
  isDeeperThan(most: number): boolean {
    const depths = new Uint32Array(this.#count)
    for (let node = 1; node < this.#count; node++) {
      // Parents come before their children.
      depths[node] = depths[this.#word(node, NODE.parent)]! + 1
      if (depths[node]! > most) return true
    }
    return false
  }

  #word(node: number, field: number): number {
    return this.#words[this.#nodes + node * this.#size + field]!
  }

  /** The string that a node's data refers to, at an offset in bytes: a copy, not a slice of the page. */
  #string(node: number, offset: number): string {
    const at = this.#data + this.#word(node, NODE.data) + offset
    const start = this.#strings + this.#bytes.readUInt32LE(at)
    return this.#bytes.toString('utf8', start, start + this.#bytes.readUInt32LE(at + 4))
  }

  #byte(node: number, offset: number): number {
    return this.#bytes[this.#data + this.#word(node, NODE.data) + offset]!
  }

  /** One of {@link TYPE}, or another number. */
  type(node: number): number {
    return this.#word(node, NODE.type) & 0xff
  }

  /** The start offset of a node; 0 for one without a position. */
  start(node: number): number {
    return this.#word(node, NODE.start)
  }

  /** The end offset of a node. */
  end(node: number): number {
    return this.#word(node, NODE.end)
  }

  /** The line in which a node starts, from 1. */
  startLine(node: number): number {
    return this.#word(node, NODE.startLine)
  }

  /** The line in which a node ends, from 1. */
  endLine(node: number): number {
    return this.#word(node, NODE.endLine)
  }

  /** The start of a node's first child; undefined if it has none. */
  startOfChildren(node: number): number | undefined {
    if (this.#word(node, NODE.childCount) === 0) return
    return this.start(this.#words[this.#children + this.#word(node, NODE.firstChild)]!)
  }

  /** The end of a node's last child; undefined if it has none. */
  endOfChildren(node: number): number | undefined {
    const last = this.lastChild(node)
    return last === undefined ? undefined : this.end(last)
  }

  /** The last of a node's children. */
  lastChild(node: number): number | undefined {
    const count = this.#word(node, NODE.childCount)
    return count === 0
      ? undefined
      : this.#words[this.#children + this.#word(node, NODE.firstChild) + count - 1]
  }

  /** Is the first of a node's children inline content? */
  holdsText(node: number): boolean {
    if (this.#word(node, NODE.childCount) === 0) return false
    return INLINE.has(this.type(this.#words[this.#children + this.#word(node, NODE.firstChild)]!))
  }

  /** Push a node's children onto a stack, last one first, so that they are popped in order. */
  pushChildren(node: number, stack: number[]): void {
    const first = this.#children + this.#word(node, NODE.firstChild)
    for (let at = first + this.#word(node, NODE.childCount) - 1; at >= first; at--)
      stack.push(this.#words[at]!)
  }

  /** The value of a text or code node. */
  value(node: number): string {
    return this.#string(node, 0)
  }

  /** The URL of a link, image or definition. */
  url(node: number): string {
    return this.#string(node, 0)
  }

  /** The description of an image or an image reference. */
  alt(node: number): string {
    return this.#string(node, this.type(node) === TYPE.image ? 8 : 20)
  }

  /** The label of a definition or a reference, as written. */
  label(node: number): string {
    return this.#string(node, this.type(node) === TYPE.definition ? 24 : 8)
  }

  /** The syntax of a reference: full, collapsed or shortcut. */
  referenceType(node: number): (typeof REFERENCE_TYPES)[number] {
    return REFERENCE_TYPES[this.#byte(node, 16)]!
  }

  /** The level of a heading, from 1. */
  depth(node: number): number {
    return this.#byte(node, 0)
  }
}
