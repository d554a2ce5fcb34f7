import type {RedirectLimits} from '../redirects/types.ts'
import {folderOf, nameOf} from '../text/paths.ts'
import {before} from '../text/trim.ts'
import {normalized} from './normalized-url.ts'
import {applied, type FoundRedirect, type Rule, ruleOf, WILDCARD} from './redirect-rule.ts'
import {FolderMap} from './shared/folders.ts'
import {MOST_ALIKE} from './shared/url-patterns.ts'

/** A segment that is one of a few names, and may be missing: `/(v5|next)?`. */
const NAMES = /\/\(([\w-]{1,50}(?:\|[\w-]{1,50}){0,20})\)(\??)(?=\/|$)/
/** A pattern that matches all paths. */
const EVERYTHING = /^\/(?:\*+|\(\.\*\)|:\w+(?:\*|\(\.\*\)))$/

/** A parameter for the name of a language at the start of a path or URL. */
const LANGUAGE = /^((?:https?:\/\/[^/]+)?)\/:(?:locale|lang|language)(?=\/)/
const withoutLanguage = (url: string): string => url.replace(LANGUAGE, '$1')

/** A rule of a table. */
interface TableRule extends Rule {
  /** Its position in the table: the first match wins. */
  index: number
  /** The host that it is for, if the table is for several. */
  host: string | undefined
}

/** The redirects of one file. */
export class RedirectTable {
  readonly file: string
  /** Rules without wildcards, by their paths. */
  readonly #exact = new Map<string, TableRule[]>()
  /** Rules by the folder that they begin with. */
  readonly #patterns = new FolderMap<TableRule>()
  /** Rules by the name that they end in, such as those for all versions of many pages: `/docs/:version/setup`. */
  readonly #endings = new Map<string, TableRule[]>()
  readonly #sources = new Set<string>()
  #ruleCount = 0
  #isUnreadable = false
  #isComputed = false

  constructor(file: string) {
    this.file = file
  }

  get isEmpty(): boolean {
    return !this.#isUnreadable && !this.#isComputed && this.#ruleCount + this.#sources.size === 0
  }

  /** Does code compute some of its redirects, so that there may be one for any path? */
  get isComputed(): boolean {
    return this.#isComputed
  }

  /** Record that the file cannot be read, so that it may redirect anything. */
  setUnreadable(): void {
    this.#isUnreadable = true
  }

  /** Record that code computes some of its redirects, so that there may be one for any path. */
  setComputed(): void {
    this.#isComputed = true
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
  add(url: string, to: string | undefined, limits: RedirectLimits = {}): void {
    // A table for several hosts uses absolute URLs.
    const [origin = '', host] = /^https?:\/\/([^/]+)/.exec(url) ?? []
    const from = url.slice(origin.length)
    if (!from.startsWith('/')) return
    // A catch-all rule belongs to another host, or serves an application's own page for missing paths.
    if (EVERYTHING.test(from) && (from !== url || !/[:$]\w/.test(to ?? ''))) return
    const found = to === undefined ? limits : {to, ...limits}
    for (const each of alternativesOf(from, to)) this.#addPath(each, host && plainHost(host), found)
    // Pages in the default language are also published without its name in the URL.
    if (LANGUAGE.test(from)) this.add(withoutLanguage(url), to && withoutLanguage(to), limits)
  }

  #addPath(from: string, host: string | undefined, found: FoundRedirect): void {
    const parts = from.split(WILDCARD)
    const {to} = found
    if (parts.length > 1 || to === undefined) {
      this.#addRule(parts, host, found)
      return
    }
    const path = normalized(from)
    if (path === normalized(before(to, '?#'))) return
    const rule = {from: undefined, names: [], found, index: this.#ruleCount++, host}
    const rules = this.#exact.get(path)
    if (rules) rules.push(rule)
    else this.#exact.set(path, [rule])
  }

  /** @param parts Literal text and wildcards, alternating. */
  #addRule(parts: readonly string[], host: string | undefined, found: FoundRedirect): void {
    const rule = ruleOf(parts, found)
    const [literal = ''] = parts
    if (rule.found.to === undefined && literal === '/') return
    const numbered = {...rule, index: this.#ruleCount++, host}
    if (this.#addByEnding(numbered, parts.at(-1)!)) return
    const folder = folderOf(literal)
    if (this.#patterns.add(folder, numbered) === MOST_ALIKE)
      this.#patterns.add(folder, {
        from: undefined,
        names: [],
        found: {},
        index: this.#ruleCount++,
        host: undefined,
      })
  }

  /** Add a rule whose paths all end in one name. @returns whether it was added */
  #addByEnding(rule: TableRule, literal: string): boolean {
    if (rule.found.to === undefined || !literal.includes('/')) return false
    const name = nameOf(normalized(literal))
    const alike = this.#endings.get(name) ?? []
    if (name === '' || alike.length >= MOST_ALIKE) return false
    this.#endings.set(name, [...alike, rule])
    return true
  }

  /**
   * Find the redirects of a path or source file, in the order in which they apply.
   *
   * @param host The host of the site, if it is known.
   */
  *find(paths: readonly string[], source: string, host: string | undefined): Generator<FoundRedirect> {
    if (this.#isUnreadable || this.#sources.has(source)) yield {}
    for (const path of paths) yield* this.#findPath(path, host && plainHost(host))
  }

  *#findPath(path: string, host: string | undefined): Generator<FoundRedirect> {
    const exact = this.#exact.get(normalized(path)) ?? []
    const ending = this.#endings.get(nameOf(normalized(path))) ?? []
    const rules = [...exact, ...this.#patterns.above(path), ...ending].sort((a, b) => a.index - b.index)
    for (const rule of rules) {
      if (rule.host !== undefined && host !== undefined && rule.host !== host) continue
      const found = exact.includes(rule) ? rule.found : applied(rule, path)
      if (found) yield rule.host !== undefined && host === undefined ? {...found, isApproximate: true} : found
    }
  }
}

/** A host without the name that many have in front: `www.example.org` → `example.org`. */
const plainHost = (host: string) => host.toLowerCase().replace(/^www\./, '')

/** The paths that a group of names stands for: `/a/(b|c)?/d` → `/a/b/d`, `/a/c/d`, `/a/d`. */
function alternativesOf(from: string, to: string | undefined): string[] {
  const group = to?.includes('$') ? null : NAMES.exec(from)
  if (!group) return [from]
  const [text, names, optional] = group
  const segments = names!.split('|').map((name) => `/${name}`)
  const [start, end] = [from.slice(0, group.index), from.slice(group.index + text.length)]
  return [...segments, ...(optional ? [''] : [])].map((segment) => start + segment + end)
}
