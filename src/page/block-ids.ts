import {copyString} from './copy-string.ts'
import type {Page, Syntax} from './types.ts'

/** The id of the block that ends on a line, or that is above it: `Some text ^lamps`. */
const BLOCK_ID = /\^[\w-]+(?=[ \t]*$)/gm

/** Add the ids at the ends of blocks, with their sign: `^lamps`. One in code does no harm. */
export function addBlockIds(page: Page, text: string, {blockIds}: Syntax): void {
  if (!blockIds || !text.includes('^')) return
  for (const {0: id, index} of text.matchAll(BLOCK_ID))
    page.ids.push({id: copyString(id), from: 'block', start: index, end: index + id.length})
}
