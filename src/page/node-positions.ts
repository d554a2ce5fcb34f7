import type {Nodes} from 'mdast'
import {firstNot} from '../text/sorted.ts'

/** The start offset of a syntax tree node; 0 for one without a position. */
export const startOf = ({position}: Nodes): number => position?.start.offset ?? 0

/** The end offset of a syntax tree node; 0 for one without a position. */
export const endOf = ({position}: Nodes): number => position?.end.offset ?? 0

/** The index of the last sibling that starts at or before an offset; -1 if there is none. */
export const lastStartingBy = (nodes: readonly Nodes[], offset: number): number =>
  firstNot(nodes, (node) => startOf(node) <= offset) - 1
