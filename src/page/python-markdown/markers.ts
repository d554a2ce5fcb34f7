import type {BlockExtension} from '../syntax.ts'

/** The first line of a block, without its indentation. */
export interface Marker {
  extension: BlockExtension
  /** The span of its title in the line, without quotes; empty at the end of the line if it has none. */
  title: readonly [start: number, end: number]
  /** The slashes of a block that ends at a line of as many. */
  slashes?: string
  isTab: boolean
}

/** The markers that begin at the column where the content around them does. */
const QUOTED: readonly [extension: BlockExtension, pattern: RegExp][] = [
  ['admonition', /^!!! ?[\w-][\w -]*(?:(?<= )"(.*)")?$/d],
  ['details', /^\?{3}\+?(?=[ \w-]) ?(?:[\w-][\w -]*)?(?:(?<= )"(.*)")?$/d],
  ['tabbed', /^={3}(?:\+!?|!\+?)? +"(.*)"$/d],
]
const SLASHES = /^(\/{3,}) *([\w-]+) *(?:\|(.*))?$/d
const DEFINITION = /^: {1,3}\S/

/**
 * Read the marker of a block in a line without indentation and trailing spaces.
 *
 * @param isIndented It has up to three spaces more than the content around it.
 */
export function markerIn(
  line: string,
  isIndented: boolean,
  extensions: ReadonlySet<BlockExtension>,
): Marker | undefined {
  const noTitle: Marker['title'] = [line.length, line.length]
  const slashes = line[0] === '/' && extensions.has('blocks') ? SLASHES.exec(line) : null
  if (slashes) {
    const title = slashes.indices![3] ?? noTitle
    return {extension: 'blocks', title, slashes: slashes[1]!, isTab: slashes[2] === 'tab'}
  }
  if (line[0] === ':' && extensions.has('def_list') && DEFINITION.test(line))
    return {extension: 'def_list', title: noTitle, isTab: false}
  if (isIndented) return
  for (const [extension, pattern] of QUOTED) {
    const found = extensions.has(extension) ? pattern.exec(line) : null
    if (found) return {extension, title: found.indices![1] ?? noTitle, isTab: extension === 'tabbed'}
  }
  return
}
