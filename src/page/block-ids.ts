import {copyString} from './copy-string.ts'
import type {Id} from './types.ts'

/** The id of the block that ends on a line, or that is above it: `Some text ^lamps`. */
const BLOCK_ID = /\^[\w-]+(?=[ \t]*$)/gm

/** The ids at the ends of blocks in a span of text, with their sign: `^lamps`. */
export const blockIdsIn = (text: string, start: number, end: number): Id[] =>
  [...text.slice(start, end).matchAll(BLOCK_ID)].map(({0: id, index}) => ({
    id: copyString(id),
    from: 'block',
    start: start + index,
    end: start + index + id.length,
  }))
