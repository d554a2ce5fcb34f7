import type {Root} from 'mdast'
import {markdownToMdast} from 'satteri'
import type {Processor} from 'unified'

/**
 * Parse CommonMark with GFM and YAML or TOML front matter into mdast.
 *
 * The only file that knows the parser's name. Math stays off: `costs $5 [a](b.md) and $6` would hide the link.
 *
 * @param text Markdown without a byte order mark; offsets in the tree are UTF-16, from 0.
 */
export function parse(text: string): Root {
  return markdownToMdast(text) as Root
}

/** A unified plugin that makes {@link parse} the parser of a processor, so any remark plugin runs on its trees. */
export function parserPlugin(this: Processor): void {
  this.parser = parse as NonNullable<Processor['parser']>
}
