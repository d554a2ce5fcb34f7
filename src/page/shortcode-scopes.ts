import type {Span} from '../text/span.ts'
import type {Page} from './types.ts'

const TAG = /^\{\{([<%])\s*(\/\s*)?([^\s>%/]+(?:\/[^\s>%/]+)*)/

/** The opening or closing tag of a shortcode. */
interface Tag {
  start: number
  mark: string
  name: string
  isEnd: boolean
}

/** A shortcode that is not closed yet. */
interface Open {
  name: string
  /** Where the content begins that Hugo renders without the rest of the page. */
  alone: number | undefined
}

/**
 * Set {@link Definition.scope} of the definitions in shortcodes: Hugo renders the content of `{{< name >}}` alone, and that
 * of `{{% name %}}` if it is in another shortcode.
 *
 * @param masks The spans of shortcodes, in order.
 */
export function addScopes({definitions}: Page, source: string, masks: readonly Span[]): void {
  if (definitions.length < 2) return
  const tags = masks.flatMap((span) => tagAt(span, source) ?? [])
  const closed = new Set(tags.flatMap(({name, isEnd}) => (isEnd ? name : [])))
  const open: Open[] = []
  let next = 0
  for (const definition of definitions) {
    for (; next < tags.length && tags[next]!.start < definition.start; next++)
      if (closed.has(tags[next]!.name)) pass(tags[next]!, open)
    const scope = open.at(-1)?.alone
    if (scope !== undefined) definition.scope = scope
  }
}

function tagAt({start, end}: Span, source: string): Tag | undefined {
  const [, mark, slash, name] = TAG.exec(source.slice(start, end)) ?? []
  return name === undefined ? undefined : {start, mark: mark!, name, isEnd: slash !== undefined}
}

/** Change the shortcodes that are open before a tag to those that are open behind it. */
function pass({start, mark, name, isEnd}: Tag, open: Open[]): void {
  if (isEnd)
    open.length = Math.max(
      0,
      open.findLastIndex((each) => each.name === name),
    )
  else open.push({name, alone: mark === '<' || open.length > 0 ? start : undefined})
}
