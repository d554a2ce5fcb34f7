import type {Nodes, Parents} from 'mdast'
import {endOf, lastStartingBy} from '../../page/node-positions.ts'

/** The end of the block that continues after an offset, or else of the block that follows it. */
export function scopeEndIn(parent: Parents, text: string, offset: number): number | undefined {
  const {children} = parent
  const at = lastStartingBy(children, offset - 1)
  const block = children[at]
  const next = children[at + 1]
  const end = block && endOf(block)
  if (end !== undefined && end > offset && text.slice(offset, end).trim() !== '')
    return 'children' in block! && block.type !== 'paragraph' && block.type !== 'heading'
      ? (scopeEndIn(block, text, offset) ?? end)
      : end
  return next && endOf(next)
}

/**
 * Create the function that finds the end of the first node a comment can apply to, from one of a parent's children on.
 */
export function nextSiblingEnds(): (parent: Parents, from: number) => number | undefined {
  const known = new Map<Parents, (number | undefined)[]>()
  return (parent, from) => {
    let ends = known.get(parent)
    if (!ends) {
      ends = new Array(parent.children.length + 1)
      for (const [index, child] of [...parent.children.entries()].reverse())
        ends[index] = isBlank(child) ? ends[index + 1] : endOf(child)
      known.set(parent, ends)
    }
    return ends[from]
  }
}

/** Does a node consist of whitespace and comments, to which no comment applies? */
function isBlank(node: Nodes): boolean {
  if (node.type === 'text') return node.value.trim() === ''
  if (node.type !== 'html') return false
  const {value} = node
  let at = 0
  for (let start = value.indexOf('<!--'); start >= 0; start = value.indexOf('<!--', at)) {
    if (value.slice(at, start).trim() !== '') return false
    const close = value.indexOf('-->', start)
    if (close < 0) return true
    at = close + 3
  }
  return value.slice(at).trim() === ''
}
