import {linear, type Pattern} from '../../../pattern/linear.ts'
import {ObjectValue, type Value} from '../../shared/javascript/values.ts'

/** The `rewrites` of a configuration, from source paths to published ones. Of several matches, the first one counts. */
export interface Rewrites {
  exact: ReadonlyMap<string, Rewrite>
  patterns: readonly PatternRewrite[]
}

/** The published path of one source path, and its index among all rewrites. */
interface Rewrite {
  index: number
  to: string
}

/** A pattern of source paths and their published path, with the names of its parameters. */
interface PatternRewrite extends Rewrite {
  from: Pattern
  names: string[]
}

/** The rewrites of a configuration that has none. */
export const NO_REWRITES: Rewrites = {exact: new Map(), patterns: []}

/** More patterns would take too long with many pages. */
const MOST_PATTERNS = 100
const MOST_PARAMETERS = 3

/** @returns undefined for rewrites that are computed, or use path-to-regexp syntax that is not supported */
export function readRewrites(value: Value): Rewrites | undefined {
  if (value === undefined) return NO_REWRITES
  if (!(value instanceof ObjectValue) || value.hasUnknownKeys) return
  const exact = new Map<string, Rewrite>()
  const patterns: PatternRewrite[] = []
  for (const [from, to] of value.values) {
    const source = typeof to === 'string' ? parseSource(from, to) : undefined
    if (!source) return
    const {names} = source
    const entry = {index: exact.size + patterns.length, to: to as string}
    if (names.length === 0) exact.set(from, entry)
    else {
      const pattern = linear(`^${source.expression}$`)
      if (!pattern || patterns.length === MOST_PATTERNS) return
      patterns.push({...entry, from: pattern, names})
    }
  }
  return {exact, patterns}
}

/**
 * Translate a path-to-regexp pattern, limited to the forms used for paths: `:name`, `:name*` and `(.*)`, no other
 * groups. `:lang/(.*)` → `([^/]+)/(.*)` with the names `lang` and `0`.
 */
function parseSource(from: string, to: string): {expression: string; names: string[]} | undefined {
  if (/[(){}?\\^$|[\]]|\w\(/.test(from.replaceAll('/(.*)', ''))) return
  const names: string[] = []
  let isSupported = true
  const expression = from.replace(
    /([.+])|:(\w+)([*+]?)|\(\.\*\)|\*/g,
    (token, special?: string, name?: string, many?: string) => {
      if (special !== undefined) return `\\${special}`
      if (token === '*') isSupported = false
      names.push(name ?? String(names.filter((each) => /^\d+$/.test(each)).length))
      return name === undefined || many ? '(.*)' : '([^/]+)'
    },
  )
  const areNamed = [...to.matchAll(/:(\w+)|\(\.\*\)/g)].every(([, name]) => names.includes(name ?? '0'))
  return isSupported && areNamed && names.length <= MOST_PARAMETERS ? {expression, names} : undefined
}

/** The published path of a source path, with its extension. */
export function rewrite(path: string, {exact, patterns}: Rewrites): string {
  const own = exact.get(path)
  for (const {index, from, names, to} of patterns) {
    if (own && own.index < index) break
    const values = from.groups(path)
    if (values)
      return to.replace(
        /:(\w+)[*+]?|\(\.\*\)/g,
        (parameter, name?: string) => values[names.indexOf(name ?? '0')] ?? parameter,
      )
  }
  return own?.to ?? path
}
