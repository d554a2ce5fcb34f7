import type {Nodes} from 'mdast'

/** Where a node of a syntax tree starts: an offset. */
export const startOf = ({position}: Nodes): number => position?.start.offset ?? 0

/** Where a node of a syntax tree ends: the offset behind it. */
export const endOf = ({position}: Nodes): number => position?.end.offset ?? 0

/** The last of some sibling nodes that starts at an offset or before it; -1 if none does. */
export function lastFrom(nodes: readonly Nodes[], offset: number): number {
  let [low, high] = [0, nodes.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (startOf(nodes[middle]!) <= offset) low = middle + 1
    else high = middle
  }
  return low - 1
}
