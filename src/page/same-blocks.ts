import type {Nodes, Root} from 'mdast'
import {UnreadableError} from '../errors/errors.ts'
import {parse} from './parser.ts'

/** Blocks that may come and go with a fix: they are not shown, or are what it mends. */
const UNSEEN = new Set(['definition', 'yaml', 'toml'])

/**
 * Do two texts have the same blocks, but for definitions and front matter? A line that is taken away may join two lists
 * or make a heading of what stands above it.
 */
export function sameBlocks(before: string, after: string): boolean {
  try {
    return outline(parse(before)) === outline(parse(after))
  } catch (error) {
    // A page that is too deep is left as it is.
    if (!(error instanceof UnreadableError)) throw error
    return false
  }
}

/** Kinds and depths of all blocks, with the text of code, in which nothing is ever mended. */
function outline(root: Root): string {
  const lines: string[] = []
  const stack: [Nodes, number][] = [[root, 0]]
  for (let top = stack.pop(); top; top = stack.pop()) {
    const [node, depth] = top
    if (UNSEEN.has(node.type)) continue
    lines.push(`${depth} ${node.type} ${detail(node)}`)
    // What is within a paragraph, a heading or a cell is no block.
    if (!('children' in node) || /^(?:paragraph|heading|tableCell)$/.test(node.type)) continue
    for (let at = node.children.length - 1; at >= 0; at--) stack.push([node.children[at]!, depth + 1])
  }
  return lines.join('\n')
}

function detail(node: Nodes): string {
  switch (node.type) {
    case 'code':
      return JSON.stringify(node.value)
    case 'heading':
      return String(node.depth)
    // Attributes may be mended, but nothing is put into a comment that never ends.
    case 'html':
      return String(node.value.split('\n').length)
    case 'list':
      return `${node.ordered} ${node.start} ${node.spread}`
    case 'listItem':
      return `${node.checked} ${node.spread}`
    default:
      return ''
  }
}
