import type {Link, Page} from './types.ts'

/** The links of a page without definitions that nothing on it refers to: readers never see these. */
export function usedLinks({links, definitions, references}: Page): readonly Link[] {
  if (definitions.length === 0) return links
  const used = new Set(references.map(({identifier}) => identifier))
  const unused = new Set(definitions.filter(({identifier}) => !used.has(identifier)).map(({start}) => start))
  return unused.size === 0
    ? links
    : links.filter(({kind, start}) => kind !== 'definition' || !unused.has(start))
}

/** Does a link name a file for the program that builds the site, rather than a place that readers go to? */
export const namesFile = ({kind, tag}: Partial<Pick<Link, 'kind' | 'tag'>>): boolean =>
  kind === 'module' || kind === 'include' || (kind === 'role' && tag === 'download')
