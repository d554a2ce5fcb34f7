import {isMarkdownFile} from '../../../text/markdown-files.ts'
import type {Tree} from '../../../tree/tree.ts'

/**
 * A path without the folders in parentheses, which the app router and Fumadocs leave out of URLs: `docs/(first)/setup` →
 * `docs/setup`.
 */
export const withoutGroups = (path: string): string =>
  path
    .split('/')
    .filter((segment) => !/^\(.*\)$/.test(segment))
    .join('/')

/** The pages in such folders by their paths without these. */
export function pagesInGroups({files}: Tree, prefix: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const file of files) {
    if (!file.startsWith(prefix) || !file.includes('(') || !isMarkdownFile(file)) continue
    const path = prefix + withoutGroups(file.slice(prefix.length))
    if (path !== file) found.set(path, file)
  }
  return found
}
