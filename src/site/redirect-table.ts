import escapeStringRegexp from 'escape-string-regexp'
import {folderOf, nameOf} from '../text/paths.ts'
import {before, trimEnd} from '../text/trim.ts'
import {FolderMap} from './shared/folders.ts'
import {LazyPattern, MOST_ALIKE} from './shared/url-patterns.ts'

/** A host's redirect of a URL path. */
export interface Redirect {
  /** The destination; absent if the table's syntax for it is not supported. */
  to?: string
  /** The file that contains the redirect. */
  file: string
}

/** A path with wildcards, and its destination. */
interface Rule {
  /** Its position in the table: the first match wins. */
  index: number
  /** Absent if the rule matches all paths. */
  from: LazyPattern | undefined
  /** The names of the wildcards, in order. */
  names: string[]
  /** Absent if the syntax is not supported. */
  to: string | undefined
}

/** A wildcard, or a character that begins what may be one: `:name`, `:name*`, `:name(…)`, `*`, `(.*)`. */
const WILDCARD = /(:\w+[*+?]?(?:\([^()]*\))?|\*+|\(\.\*\)|[()[\]{}|^$+?\\])/
/** A segment that is one of a few names, and may be missing: `/(v5|next)?`. */
const NAMES = /\/\(([\w-]{1,50}(?:\|[\w-]{1,50}){0,20})\)(\??)(?=\/|$)/
/** A pattern that matches all paths. */
const EVERYTHING = /^\/(?:\*+|\(\.\*\)|:\w+(?:\*|\(\.\*\)))$/

/** The redirects of one file. */
export class RedirectTable {
  readonly file: string
  readonly #exact = new Map<string, string>()
  /** Rules by the folder that they begin with. */
  readonly #patterns = new FolderMap<Rule>()
  /** Rules by the name that they end in, such as those for all versions of many pages: `/docs/:version/setup`. */
  readonly #endings = new Map<string, Rule[]>()
  readonly #sources = new Set<string>()
  #ruleCount = 0
  #isUnreadable = false

  constructor(file: string) {
    this.file = file
  }

  get isEmpty(): boolean {
    return !this.#isUnreadable && this.#exact.size + this.#ruleCount + this.#sources.size === 0
  }

  /** Record that the file cannot be read, so that it may redirect anything. */
  setUnreadable(): void {
    this.#isUnreadable = true
  }

  /** Add a redirected source file, by its path from the tree's root. */
  addSource(path: string): void {
    this.#sources.add(path)
  }

  /**
   * Add a redirect.
   *
   * @param url A path or URL, which may contain wildcards.
   * @param to Undefined if the syntax is not supported.
   */
  add(url: string, to: string | undefined): void {
    // A table for several hosts uses absolute URLs; the host may differ from the site's.
    const from = url.replace(/^https?:\/\/[^/]+/, '')
    if (!from.startsWith('/')) return
    // A catch-all rule belongs to another host, or serves an application's own page for missing paths.
    if (EVERYTHING.test(from) && (from !== url || !/[:$]\w/.test(to ?? ''))) return
    for (const each of alternativesOf(from, to)) this.#addPath(each, to)
  }

  #addPath(from: string, to: string | undefined): void {
    const parts = from.split(WILDCARD)
    if (parts.length === 1 && to !== undefined) {
      if (normalized(from) !== normalized(before(to, '?#'))) this.#exact.set(normalized(from), to)
    } else this.#addRule(parts, to)
  }

  /** @param parts Literal text and wildcards, alternating. */
  #addRule(parts: readonly string[], to: string | undefined): void {
    const rule = ruleOf(parts, to)
    const [literal = ''] = parts
    if (rule.to === undefined && literal === '/') return
    const numbered = {...rule, index: this.#ruleCount++}
    if (this.#addByEnding(numbered, parts.at(-1)!)) return
    const folder = folderOf(literal)
    if (this.#patterns.add(folder, numbered) === MOST_ALIKE)
      this.#patterns.add(folder, {index: this.#ruleCount++, from: undefined, names: [], to: undefined})
  }

  /** Add a rule whose paths all end in one name. @returns whether it was added */
  #addByEnding(rule: Rule, literal: string): boolean {
    if (rule.to === undefined || !literal.includes('/')) return false
    const name = nameOf(normalized(literal))
    const alike = this.#endings.get(name) ?? []
    if (name === '' || alike.length >= MOST_ALIKE) return false
    this.#endings.set(name, [...alike, rule])
    return true
  }

  /**
   * Find the destination of a redirected path or source file.
   *
   * @returns without `to` if the destination is not understood
   */
  find(paths: readonly string[], source: string): {to?: string} | undefined {
    if (this.#isUnreadable || this.#sources.has(source)) return {}
    for (const path of paths) {
      const found = this.#findPath(path)
      if (found) return found
    }
    return
  }

  #findPath(path: string): {to?: string} | undefined {
    const to = this.#exact.get(normalized(path))
    if (to !== undefined) return {to}
    const ending = this.#endings.get(nameOf(normalized(path))) ?? []
    const rules = [...this.#patterns.above(path), ...ending].sort((a, b) => a.index - b.index)
    for (const rule of rules) {
      const found = applied(rule, path)
      if (found) return found
    }
    return
  }
}

/** The paths that a group of names stands for: `/a/(b|c)?/d` → `/a/b/d`, `/a/c/d`, `/a/d`. */
function alternativesOf(from: string, to: string | undefined): string[] {
  const group = to?.includes('$') ? null : NAMES.exec(from)
  if (!group) return [from]
  const [text, names, optional] = group
  const segments = names!.split('|').map((name) => `/${name}`)
  const [start, end] = [from.slice(0, group.index), from.slice(group.index + text.length)]
  return [...segments, ...(optional ? [''] : [])].map((segment) => start + segment + end)
}

/** Normalize the paths that hosts treat as equal: `/a/`, `/a.html` and `/a/index.html` → `/a`. */
const normalized = (path: string) => trimEnd(path.replace(/(?:\/index)?\.html$|\/index$/, ''), '/') || '/'

function applied({from, names, to}: Rule, path: string): {to?: string} | undefined {
  const pattern = from?.compiled
  if (!pattern) return {}
  const values = pattern.groups(path) ?? pattern.groups(normalized(path))
  if (!values) return
  const filled =
    to &&
    fill(
      to,
      names,
      values.map((value) => value ?? ''),
    )
  return filled === undefined ? {} : {to: filled}
}

/** Substitute what the wildcards matched into the destination: `:splat`, `:name`, `$1`. */
function fill(to: string, names: readonly string[], values: readonly string[]): string | undefined {
  const filled = to
    .replace(/(?<=\/):(\w+)[*+]?/g, (token, name: string) => values[names.indexOf(name)] ?? token)
    .replace(/\$(\d)/g, (token, index: string) => values[Number(index) - 1] ?? token)
  return /\/:\w|\$\d|\*/.test(filled) ? undefined : filled
}

/** More would make expressions slow on long paths. */
const MOST_WILDCARDS = 2

/** @param parts Literal text and wildcards, alternating. */
function ruleOf(parts: readonly string[], to: string | undefined): Omit<Rule, 'index'> {
  const names: string[] = []
  let source = ''
  let wide = 0
  for (const [index, part] of parts.entries()) {
    const wildcard = index % 2 === 0 ? undefined : wildcardOf(part)
    if (wildcard) names.push(wildcard.name)
    source += wildcard?.source ?? escapeStringRegexp(part)
    wide += index % 2 === 0 ? 0 : widthOf(wildcard)
    // The table's own expressions are never run, so neither their matches nor their destinations are known.
    if (wide > MOST_WILDCARDS)
      return {from: new LazyPattern(`^${escapeStringRegexp(parts[0]!)}`), names, to: undefined}
  }
  // `/old/*` also matches `/old`.
  const from = new LazyPattern(`^${source.replace(/\/\(\.\*\)$/, '(?:/(.*))?')}/?$`)
  return {from, names, to}
}

const ANY = '(.*)'

/** The name of a wildcard and its expression; undefined if the syntax is not supported. */
function wildcardOf(part: string): {name: string; source: string} | undefined {
  if (/^(?:\*+|\(\.\*\))$/.test(part)) return {name: 'splat', source: ANY}
  const [, name, modifier, group] = /^:(\w+)([*+?]?)(\()?/.exec(part) ?? []
  if (name === undefined || group !== undefined || modifier === '?') return
  return {name, source: modifier === '' ? '([^/]*)' : ANY}
}

const widthOf = (wildcard: {source: string} | undefined): number => {
  if (!wildcard) return MOST_WILDCARDS + 1
  return wildcard.source === ANY ? 1 : 0
}
