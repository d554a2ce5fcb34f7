// The ids of pages, under any rule that makes ids of headings.

/** Letters and digits only, in lower case: every rule for ids keeps these. */
export const squash = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')

/** The fragments that a page certainly has, by its headings' text and the ids written in it. */
export function fragmentsOf(page, source) {
  const written = new Set(page.ids.map(({id}) => id))
  for (const [, id] of source.matchAll(/(?:\b(?:id|name)=["']|\{ ?#|\[#)([\w:.-]{1,200})/g)) written.add(id)
  const headings = new Set(
    page.headings.flatMap(({text, textWithoutId = text}) => [squash(text), squash(textWithoutId)]),
  )
  return {
    written,
    has: (fragment) =>
      written.has(fragment) ||
      (squash(fragment).length > 1 &&
        (headings.has(squash(fragment)) || headings.has(squash(fragment.replace(/[-_]\d+$/, ''))))),
    /** Is there nothing that any rule could make this fragment of? */
    lacks: (fragment) => !written.has(fragment) && !headings.has(squash(fragment)),
  }
}
