import type {Heading} from '../../page/types.ts'
import type {Doubt} from '../doubts.ts'
import {uncertainId} from './anchors.ts'

/** Attributes at the end of a heading, as Writerside reads them: `{id="set-up" collapsible="true"}`. */
const ATTRIBUTES =
  /\s*\{\s?([\w-]+=(?:"[^"{}]*"|'[^'{}]*'|[^\s"'{}]+)(?:\s+[\w-]+=(?:"[^"{}]*"|'[^'{}]*'|[^\s"'{}]+))*)\s?\}$/
/** An id and classes at the end of a heading, as Python-Markdown and kramdown read them: `{ #id .class }`, `{: #id}`. */
const ATTRIBUTE_LIST = /\s*\{:?[ ]?#([\w.:-]+)(?:[ ][^{}]*)?\}$/
/**
 * Ids at the end of a heading: `[#id]` as Fumadocs reads them, `[[id]]` as Hugging Face's doc-builder does, `:id=id` as
 * Docsify does, and `#id` right after the text.
 */
const WRITTEN_ID = /(?:\[#|\s:id=|(?<=[^\s[]\s?)\[\[|(?<=[^\s#&[])#(?=[a-z]))([\w-]+)\]{0,2}$/

/**
 * The id that the author wrote at the end of a heading: `{#id}`, `{ #id }`, `{id="id"}`, `[#id]`, `[[id]]`, `#id`, `:id=id`, or
 * in a comment.
 */
export function ownIdOf({id, comment, text}: Heading): string | undefined {
  if (id !== undefined) return id
  const inComment = /^\s*#?([\w.:-]+)\s*$/.exec(comment ?? '')?.[1]
  if (inComment !== undefined) return inComment
  const attributes = ATTRIBUTES.exec(text)?.[1]
  return (
    attributes === undefined
      ? (ATTRIBUTE_LIST.exec(text) ?? WRITTEN_ID.exec(text))
      : /(?:^|\s)id=["']?([\w.:%-]+)/.exec(attributes)
  )?.[1]
}

/** The doubts about headings whose id is a variable, as in `{id="%set-up%"}`. */
export const variableIdDoubts = (headings: readonly Heading[]): Doubt[] =>
  headings.filter((heading) => ownIdOf(heading)?.includes('%')).map(uncertainId)

/** The text of a heading without an id or attributes at its end: `Set up {collapsible="true"}` → `Set up`. */
export const textWithoutAttributes = ({text, textWithoutId}: Heading): string =>
  textWithoutId ?? text.replace(ATTRIBUTES, '').replace(ATTRIBUTE_LIST, '').replace(WRITTEN_ID, '').trimEnd()
