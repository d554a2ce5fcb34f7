import {type Globs, globsOf} from '../../../pattern/globs.ts'
import {folderPrefix, joinPath, pathBelow} from '../../../text/paths.ts'
import {CallValue, ObjectValue, PathValue, UNKNOWN, type Value} from '../../shared/javascript/values.ts'
import {routeOfPath} from './slugs.ts'

/** The files that a collection publishes. */
export interface Source {
  /** The folder that its globs are relative to, from the tree's root. */
  folder: string
  include: Globs
  exclude: Globs
  /** The start of its globs that {@link prefix} replaces. */
  fixed: string
  /** The URL path that routes begin with. */
  prefix: string
}

/** The sources of the collections of a configuration. */
export interface Collections {
  sources: Source[]
  /** The names of the collections. */
  names: Set<string>
  /** Are there others, which are computed or come from another repository? */
  hasMore: boolean
}

/** Files that no collection publishes. */
const NEVER = /(?:^|\/)(?:\.DS_Store|\.navigation\.ya?ml|_dir\.ya?ml)$/
const EXTENSION = /\.(?:md|ya?ml|json|csv)$/

/**
 * The source of a glob.
 *
 * @param prefix Replaces the start of the glob before its first asterisk.
 * @returns undefined for globs that may mean something else
 */
export function sourceOf(
  folder: string,
  glob: string,
  {prefix, exclude = []}: {prefix?: string; exclude?: readonly string[]} = {},
): Source | undefined {
  const pattern = glob.replace(/^(?:\.{0,2}\/)+/, '')
  const include = globsOf([pattern], 'picomatch-dot')
  const excluded = globsOf(exclude, 'picomatch-dot')
  const fixed = pattern.includes('*') ? pattern.slice(0, pattern.indexOf('*')) : ''
  if (!include || !excluded || /[{[(]/.test(fixed)) return
  return {folder, include, exclude: excluded, fixed, prefix: prefix ?? fixed}
}

/** The route that a source gives a file; undefined if it does not publish it. */
export function routeIn({folder, include, exclude, fixed, prefix}: Source, file: string): string | undefined {
  const name = pathBelow(file, folder)
  if (name === undefined || !EXTENSION.test(name) || NEVER.test(name)) return
  if (!include.test(name) || exclude.test(name)) return
  return routeOfPath(
    joinPath(prefix, name.slice(fixed.length))
      .replace(/^\/+/, '')
      .replace(/\.[^./]+$/, ''),
  )
}

/**
 * Read the collections that a `content.config.*` exports.
 *
 * @param root The folder of the configuration.
 */
export function readCollections(exported: Value, root: string): Collections {
  const found: Collections = {sources: [], names: new Set(), hasMore: false}
  const collections = exported instanceof ObjectValue ? exported.get('collections') : UNKNOWN
  if (!(collections instanceof ObjectValue)) return {...found, hasMore: true}
  found.hasMore = collections.hasUnknownKeys
  for (const [name, value] of collections.values) {
    found.names.add(name)
    addCollection(found, value, root)
  }
  return found
}

function addCollection(found: Collections, value: Value, root: string): void {
  const options = value instanceof CallValue ? value.args.find((arg) => arg instanceof ObjectValue) : value
  if (!(options instanceof ObjectValue)) {
    found.hasMore = true
    return
  }
  if (options.get('type') === 'data') return
  const source = options.get('source')
  const sources: readonly Value[] = Array.isArray(source) ? source : [source]
  for (const each of sources) {
    const own = readSource(each, root)
    if (own) found.sources.push(own)
    else if (each !== undefined) found.hasMore = true
  }
}

/** @returns undefined for a source that is computed, or outside the tree */
function readSource(value: Value, root: string): Source | undefined {
  const content = `${folderPrefix(root)}content`
  if (typeof value === 'string') return sourceOf(content, value)
  if (!(value instanceof ObjectValue) || value.get('repository') !== undefined) return
  const [include, prefix, exclude, cwd] = ['include', 'prefix', 'exclude', 'cwd'].map((key) => value.get(key))
  const folder = cwd === undefined ? content : folderOfSource(cwd, root)
  if (typeof include !== 'string' || folder === undefined || value.hasUnknownKeys) return
  const globs = exclude ?? []
  if (!Array.isArray(globs) || !globs.every((each) => typeof each === 'string')) return
  if (prefix === undefined) return sourceOf(folder, include, {exclude: globs})
  return typeof prefix === 'string' ? sourceOf(folder, include, {prefix, exclude: globs}) : undefined
}

function folderOfSource(cwd: Value, root: string): string | undefined {
  if (cwd instanceof PathValue) return cwd.path
  if (typeof cwd !== 'string' || /^(?:\/|[a-z]:)/i.test(cwd)) return
  return joinPath(root, cwd.replace(/^[~@]{1,2}\//, ''))
}
