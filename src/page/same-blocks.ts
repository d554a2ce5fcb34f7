import type {Code, Nodes, Root} from 'mdast'
import {UnreadableError} from '../errors/errors.ts'
import {parse} from './parser.ts'

/** Blocks that a fix may add or remove: they are not rendered. */
const NOT_RENDERED = new Set(['definition', 'yaml', 'toml'])

/**
 * Do two texts have the same blocks, apart from definitions and front matter? Removing a line may join two lists, or
 * turn the line above into a heading.
 */
export function sameBlocks(before: string, after: string): boolean {
  try {
    return outline(parse(before), before) === outline(parse(after), after)
  } catch (error) {
    // A page that is nested too deeply is not fixed.
    if (!(error instanceof UnreadableError)) throw error
    return false
  }
}

/** The types and depths of all blocks, and the text of code, which fixes never change. */
function outline(root: Root, text: string): string {
  const lines: string[] = []
  const stack: [Nodes, number][] = [[root, 0]]
  for (let top = stack.pop(); top; top = stack.pop()) {
    const [node, depth] = top
    if (NOT_RENDERED.has(node.type)) continue
    lines.push(`${depth} ${node.type} ${detail(node, text)}`)
    // The content of a paragraph, heading or table cell is inline.
    if (!('children' in node) || /^(?:paragraph|heading|tableCell)$/.test(node.type)) continue
    for (let at = node.children.length - 1; at >= 0; at--) stack.push([node.children[at]!, depth + 1])
  }
  return lines.join('\n')
}

function detail(node: Nodes, text: string): string {
  switch (node.type) {
    case 'code':
      // In MDX, lines that are indented so far are text, in which a fix may change a link.
      return isIndented(node, text) ? String(node.value.split('\n').length) : JSON.stringify(node.value)
    case 'heading':
      return String(node.depth)
    // A fix may change attributes, but does not add lines to a comment that is never closed.
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

/** Is a block indented code? Its value has its first line, while that of fenced code lacks the fence. */
function isIndented({value, position}: Code, text: string): boolean {
  const start = position?.start.offset ?? 0
  const end = text.indexOf('\n', start)
  const line = text.slice(start, end < 0 ? text.length : end).trim()
  return line !== '' && value.trimStart().startsWith(line)
}
