import {type Globs, globsOf} from '../../../pattern/globs.ts'
import {joinPath} from '../../../text/paths.ts'
import {CallValue, ObjectValue, PathValue, type Value} from '../../shared/javascript/values.ts'

/** The folder of a collection, unless it names another one. */
const DEFAULT_FOLDER = 'content/docs'
/** A collection that code defines and uses in one module, which the compiler replaces. */
const INLINE = /(?:const|let|var)\s+([\w$]+)\s*=\s*(defineDocs|defineCollections)\s*\(/g
const DIRECTORY = /\bdir\s*:\s*['"`]([^'"`$]+)['"`]/

/** A folder of pages. */
export interface Collection {
  name: string
  /** From the root of the tree; undefined if it is computed. */
  folder: string | undefined
  /** Does a path in the folder match the patterns of the collection? */
  includes(path: string): boolean
}

/** The collections of pages among the exports of a `source.config.*`. */
export function collectionsOf(exported: Value, root: string): Collection[] {
  if (!(exported instanceof ObjectValue)) return []
  return [...exported.values].flatMap(([name, value]) => collectionOf(name, value, root) ?? [])
}

function collectionOf(name: string, value: Value, root: string): Collection | undefined {
  if (!(value instanceof CallValue) || !/^define(?:Docs|Collections)$/.test(value.name)) return
  const [given] = value.args
  const options = given instanceof ObjectValue ? given : new ObjectValue(new Map(), given !== undefined)
  if (options.get('type') === 'meta') return
  const folder = options.get('dir') ?? DEFAULT_FOLDER
  const docs = options.get('docs')
  const patterns = options.get('files') ?? (docs instanceof ObjectValue ? docs.get('files') : undefined)
  return {name, folder: folderAt(folder, root), includes: filesMatching(patterns)}
}

function folderAt(folder: Value, root: string): string | undefined {
  if (folder instanceof PathValue) return folder.path
  return typeof folder === 'string' ? joinPath(root, folder) : undefined
}

/** The files that patterns select; those that begin with `!` take files out. */
function filesMatching(patterns: Value): (path: string) => boolean {
  if (!Array.isArray(patterns)) return () => true
  const texts = (patterns as readonly Value[]).filter((each) => typeof each === 'string')
  const globs = (found: readonly string[]): Globs | undefined =>
    globsOf(
      found.map((each) => each.replace(/^(?:!?)(?:\.\/)?/, '')),
      'picomatch-dot',
    )
  const included = globs(texts.filter((each) => !each.startsWith('!')))
  const excluded = globs(texts.filter((each) => each.startsWith('!')))
  return (path) => (included?.test(path) ?? true) && !(excluded?.test(path) ?? false)
}

/** The collections that a module defines for itself. */
export function inlineCollections(code: string, root: string): Collection[] {
  const found = [...code.matchAll(INLINE)]
  return found.map(({1: name, index}, at) => {
    const text = code.slice(index, found[at + 1]?.index ?? index + 2000)
    const folder = joinPath(root, DIRECTORY.exec(text)?.[1] ?? DEFAULT_FOLDER)
    return {name: name!, folder, includes: () => true}
  })
}
