import escapeStringRegexp from 'escape-string-regexp'
import type {RedirectLimits} from '../redirects/types.ts'
import {normalized} from './normalized-url.ts'
import {LazyPattern} from './shared/url-patterns.ts'

/** A redirect that applies to a path, or may. */
export interface FoundRedirect extends RedirectLimits {
  /** The destination; absent if the table's syntax for it is not supported. */
  to?: string
  /** Its pattern is not understood, but may match. */
  isApproximate?: true
}

/** A redirect of a URL path. */
export interface Redirect extends FoundRedirect {
  /** The file that contains it, or other origin. */
  file: string
}

/** A path with wildcards, and its destination. */
export interface Rule {
  /** Absent if the rule matches all paths. */
  from: LazyPattern | undefined
  /** The names of the wildcards, in order. */
  names: string[]
  found: FoundRedirect
}

/**
 * A wildcard, or a character that begins what may be one: `:name`, `:name*`, `:name(…)`, `*`, `(.*)`; or a variable that
 * the build substitutes: `$VERSION$`.
 */
export const WILDCARD = /(:\w+[*+?]?(?:\([^()]*\))?|\*+|\(\.\*\)|\$\w+\$|[()[\]{}|^$+?\\])/

/** More would make expressions slow on long paths. */
const MOST_WILDCARDS = 2

const ANY = '(.*)'
const SEGMENT = '([^/]*)'

/** A rule for paths with wildcards, given as literal text and wildcards, alternating. */
export function ruleOf(parts: readonly string[], found: FoundRedirect): Rule {
  const names: string[] = []
  let source = ''
  let wide = 0
  for (const [index, part] of parts.entries()) {
    const wildcard = index % 2 === 0 ? {source: escapeStringRegexp(part)} : wildcardOf(part)
    if (wildcard?.name !== undefined) names.push(wildcard.name)
    source += wildcard?.source
    if (wildcard?.source === ANY) wide++
    // Other expressions of the table are never run, so neither their matches nor their destinations are known.
    if (!wildcard || wide > MOST_WILDCARDS)
      return {
        from: new LazyPattern(`^${escapeStringRegexp(parts[0]!)}`),
        names: [],
        found: {isApproximate: true},
      }
  }
  // `/old/*` also matches `/old`.
  const from = new LazyPattern(`^${source.replace(/\/\(\.\*\)$/, '(?:/(.*))?')}/?$`)
  const isApproximate = parts.some((part, index) => index % 2 === 1 && isVariable(part))
  return {from, names, found: isApproximate ? {...found, isApproximate} : found}
}

const isVariable = (part: string) => /^\$\w/.test(part)

/** The name of a wildcard and its expression; undefined if the syntax is not supported. */
function wildcardOf(part: string): {name?: string; source: string} | undefined {
  if (/^(?:\*+|\(\.\*\))$/.test(part)) return {name: 'splat', source: ANY}
  if (isVariable(part)) return {name: part, source: SEGMENT}
  const [, name, modifier, group] = /^:(\w+)([*+?]?)(?:\((.*)\))?$/.exec(part) ?? []
  if (name === undefined || modifier === '?') return
  if (group !== undefined)
    return modifier === '' && isAlternatives(group) ? {name, source: `(${group})`} : undefined
  return {name, source: modifier === '' ? SEGMENT : ANY}
}

/** Is an expression a few names: `v6|v7`? */
const isAlternatives = (group: string) => /^[\w-]{1,50}(?:\|[\w-]{1,50}){0,20}$/.test(group)

/** The redirect of a path by a rule; undefined if it does not match. */
export function applied({from, names, found}: Rule, path: string): FoundRedirect | undefined {
  const pattern = from?.compiled
  if (!pattern) return {isApproximate: true}
  const values = pattern.groups(path) ?? pattern.groups(normalized(path))
  if (!values) return
  const {to, ...limits} = found
  const filled =
    to &&
    fill(
      to,
      names,
      values.map((value) => value ?? ''),
    )
  return filled === undefined ? limits : {to: filled, ...limits}
}

/** A placeholder that is left after those of the path were filled in: `:name`, `$1`, `*`, `$VERSION$`. */
const UNFILLED = /(?:^|[/.-]):[a-z_]|\$\w+\$|\$\d|\*/i

/** Substitute what the wildcards matched into the destination: `:splat`, `:name`, `$1`. */
function fill(to: string, names: readonly string[], values: readonly string[]): string | undefined {
  const filled = to
    .replace(/:(\w+)[*+]?/g, (token, name: string) => values[names.indexOf(name)] ?? token)
    .replace(/\$(\d)/g, (token, index: string) => values[Number(index) - 1] ?? token)
  return UNFILLED.test(filled) ? undefined : filled
}
