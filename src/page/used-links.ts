import type {Link, Page} from './types.ts'

const known = new WeakMap<Page, readonly Link[]>()

/**
 * The links of a page without definitions that nothing on it refers to: readers never see these. With an undefined
 * reference, which may mean any of them, they all count.
 */
export function usedLinks(page: Page): readonly Link[] {
  let links = known.get(page)
  if (!links) known.set(page, (links = withoutUnused(page)))
  return links
}

function withoutUnused({links, definitions, references}: Page): readonly Link[] {
  if (definitions.length === 0) return links
  if (references.some(({kind, defined}) => kind !== 'shortcut' && !defined)) return links
  const used = new Set(references.map(({identifier}) => identifier))
  const unused = new Set(definitions.filter(({identifier}) => !used.has(identifier)).map(({start}) => start))
  return unused.size === 0
    ? links
    : links.filter(({kind, start}) => kind !== 'definition' || !unused.has(start))
}
