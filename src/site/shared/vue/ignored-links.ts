import {linear} from '../../../pattern/linear.ts'
import {UNKNOWN, type Value} from '../javascript/values.ts'

/** The links that `ignoreDeadLinks` names, with the reason that each leads elsewhere. */
export interface IgnoredLinks {
  test(url: string): boolean
  /** Are some of them computed? */
  isComputed: boolean
}

/** More entries than any site has. */
const MOST = 100

/**
 * Read `ignoreDeadLinks: ['/playground', /^\/repl/]`. Without a list, it names no link: `true` only keeps the build going.
 */
export function readIgnored(value: Value): IgnoredLinks {
  const entries: readonly Value[] = Array.isArray(value) ? value.slice(0, MOST) : []
  const patterns = entries.flatMap((each) =>
    each instanceof RegExp ? [linear(each.source, {caseless: each.ignoreCase})] : [],
  )
  const texts = new Set(entries.filter((each) => typeof each === 'string'))
  return {
    test: (url) => texts.has(url) || patterns.some((pattern) => pattern?.test(url)),
    isComputed:
      value === UNKNOWN || entries.some((each) => !(typeof each === 'string' || each instanceof RegExp)),
  }
}

/** The form of a link that VitePress compares: `/guide/a.md?x#b` → `/guide/a`, `/guide/` → `/guide/index`. */
export const comparedUrl = (path: string): string =>
  path.replace(/\.(?:html|md)$/, '') + (path.endsWith('/') ? 'index' : '')
