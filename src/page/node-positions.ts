import type {Nodes} from 'mdast'
import {firstNot} from '../text/sorted.ts'

/** The offset where a node of a syntax tree starts; 0 for one without a position. */
export const startOf = ({position}: Nodes): number => position?.start.offset ?? 0

/** The offset behind a node of a syntax tree; 0 for one without a position. */
export const endOf = ({position}: Nodes): number => position?.end.offset ?? 0

/** The index of the last of some siblings that starts at an offset or before it; -1 if none does. */
export const lastStartingBy = (nodes: readonly Nodes[], offset: number): number =>
  firstNot(nodes, (node) => startOf(node) <= offset) - 1
