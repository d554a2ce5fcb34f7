import {type Globs, globsOf} from '../../../pattern/globs.ts'
import {foldersAbove} from '../../../text/paths.ts'
import {ownValue, record, records} from '../../shared/data.ts'

type FrontMatter = Record<string, unknown>

/** Front matter of all files in a scope: https://jekyllrb.com/docs/configuration/front-matter-defaults/ */
export interface FrontMatterDefaults {
  /** The start of the paths of files, as written; or a glob of files and folders. */
  path: string
  globs: Globs | undefined
  /** Absent for files of all types. */
  type?: string
  values: FrontMatter
}

/** More defaults than any site has. */
const MOST_DEFAULTS = 500

/** Read `defaults` of a parsed `_config.yml`. */
export const readDefaults = (defaults: unknown): FrontMatterDefaults[] =>
  records(defaults)
    .slice(0, MOST_DEFAULTS)
    .map(({scope, values}) => {
      const {path, type} = record(scope)
      const start = typeof path === 'string' ? path.replace(/^\//, '') : ''
      return {
        path: start,
        globs: start.includes('*') ? globsOf([start], 'picomatch-dot') : undefined,
        ...(typeof type === 'string' && {type: ownValue(TYPES, type) ?? type}),
        values: record(values),
      }
    })

/** The old names of types. */
const TYPES: Record<string, string> = {page: 'pages', post: 'posts', draft: 'drafts'}

/**
 * The front matter that a file inherits (Jekyll's `frontmatter_defaults.rb`).
 *
 * @param file From the site's root.
 * @param path From the folder of collections, for a file that is in one.
 */
export function defaultsFor(
  file: string,
  {path, type}: {path: string; type: string},
  defaults: readonly FrontMatterDefaults[],
): FrontMatter {
  let values: FrontMatter = {}
  let last: FrontMatterDefaults | undefined
  for (const each of defaults) {
    if (each.type !== undefined && each.type !== type) continue
    if (!appliesTo(each, file, path)) continue
    const isFirst = last === undefined || takesPrecedence(each, last)
    values = isFirst ? {...values, ...each.values} : {...each.values, ...values}
    if (isFirst) last = each
  }
  return values
}

function appliesTo({path: start, globs}: FrontMatterDefaults, file: string, path: string): boolean {
  if (!start.includes('*')) return path.startsWith(start) || file.startsWith(start)
  return globs !== undefined && [file, ...foldersAbove(file)].some((each) => globs.test(each))
}

function takesPrecedence(scope: FrontMatterDefaults, over: FrontMatterDefaults): boolean {
  if (scope.path.length !== over.path.length) return scope.path.length > over.path.length
  return scope.type !== undefined || over.type === undefined
}
