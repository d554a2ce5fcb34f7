import {isMarkdownFile} from '../../text/markdown-files.ts'
import {nameOf} from '../../text/paths.ts'
import type {Tree} from '../../tree/tree.ts'
import {withoutNumber} from '../described/routes.ts'
import type {Target} from './targets.ts'

const INDEX = /^(?:_?index|readme)$/i

/** The last segment of a path without number and extension, in lower case; with the one before it for an index. */
function nameFor(path: string): string {
  const segments = path.split('/')
  const last = plain(segments.at(-1)!.replace(/(?<=.)\.[^.]*$/, ''))
  return INDEX.test(last) ? `${plain(segments.at(-2) ?? '')}/${last}` : last
}

const plain = (segment: string) => withoutNumber(segment).normalize().toLowerCase()

const names = new WeakMap<object, ReadonlySet<string>>()

/** The names of all files of a tree, as {@link nameFor} writes them. */
function namesOf({files}: Tree): ReadonlySet<string> {
  let found = names.get(files)
  if (!found) names.set(files, (found = new Set([...files].map(nameFor))))
  return found
}

/** Is a file of that name elsewhere in the tree, perhaps with another extension or a number before its name? */
export const isNamedElsewhere = (tree: Tree, path: string): boolean => namesOf(tree).has(nameFor(path))

/**
 * May a generator publish something at a target that is not in the tree at its path? It may if the path is written as a
 * URL, or if a file of that name is elsewhere.
 */
export const mayBePublished = (
  {tree}: {tree: Tree},
  {path, isPage}: Pick<Target, 'path' | 'isPage'>,
): boolean =>
  (isPage && !isMarkdownFile(path)) ||
  /\.(?:html?|xml|txt|json)$/i.test(nameOf(path)) ||
  isNamedElsewhere(tree, path)
