import type {Nodes} from 'mdast'
import {firstNot} from '../text/sorted.ts'

/** Where a node of a syntax tree starts: an offset. */
export const startOf = ({position}: Nodes): number => position?.start.offset ?? 0

/** Where a node of a syntax tree ends: the offset behind it. */
export const endOf = ({position}: Nodes): number => position?.end.offset ?? 0

/** The last of some sibling nodes that starts at an offset or before it; -1 if none does. */
export const lastStartingBy = (nodes: readonly Nodes[], offset: number): number =>
  firstNot(nodes, (node) => startOf(node) <= offset) - 1
