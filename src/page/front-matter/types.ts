import type {Span} from '../../text/span.ts'

/** The metadata block at the top of a page. */
export interface FrontMatter extends Span {
  kind: 'yaml' | 'toml' | 'json'
  /** The parsed value as plain JSON, null for an empty block; absent if it could not be parsed. */
  data?: unknown
  /** The position of each value, by JSON Pointer (RFC 6901), if {@link Syntax.places} is set; the root is `''`. */
  places: Record<string, Place>
  /** The Markdown parser does not recognize it. */
  isForeign?: true
  /** The errors in its syntax. */
  problems: (Span & {message: string})[]
}

/** The spans of a key and its value in the page; for an item of a list, `key` is the item. */
export interface Place {
  key: Span
  value: Span
}
