import escapeStringRegexp from 'escape-string-regexp'
import {folderOf, isAtOrBelow, nameOf} from '../text/paths.ts'
import {before, trimEnd} from '../text/trim.ts'
import type {TreeContext} from './platform.ts'
import {readValue, record} from './shared/data.ts'
import {FolderMap} from './shared/folders.ts'
import {LazyPattern, MOST_ALIKE} from './shared/url-patterns.ts'

/** Where a host sends a reader who asks for a URL path. */
export interface Redirect {
  /** The new URL, or path; nothing where the table does not say it in a way that is understood. */
  to?: string
  /** The file that says so. */
  file: string
}

/** One file that redirects URLs. */
interface Table {
  file: string
  exact: Map<string, string>
  patterns: FolderMap<Rule>
  /** How many of them there are. */
  rules: number
  /** Source files that are redirected, from the tree's root. */
  sources: Set<string>
  /** It cannot be read, and may redirect anything. */
  isUnread?: true
}

/** A path with wildcards, and where it leads; nothing where that is not understood. */
interface Rule {
  /** Its place in the table: the first one counts. */
  index: number
  /** Nothing where all paths are meant. */
  from: LazyPattern | undefined
  names: string[]
  to: string | undefined
}

const TABLES =
  /(?:^|\/)(?:_redirects|netlify\.toml|vercel\.json|staticwebapp\.config\.json|firebase\.json|redirects?\.(?:ya?ml|json)|\.openpublishing\.redirection[^/]*\.json)$/

/** Read every table of redirects in a tree, for the hosts and generators that have them in files of their own. */
export async function readRedirects(ctx: TreeContext): Promise<Redirects> {
  const files = [...ctx.tree.files].filter((file) => TABLES.test(file) && !file.includes('node_modules/'))
  const tables = files.map(async (file) => {
    try {
      return [await readTable(ctx, file)]
    } catch (error) {
      if (!ctx.fail) throw error
      ctx.fail(file, `redirects of ${file}`, error)
      return []
    }
  })
  return new Redirects((await Promise.all(tables)).flat())
}

/** The redirects of a tree. */
export class Redirects {
  readonly #tables: readonly Table[]

  constructor(tables: readonly Table[]) {
    this.#tables = tables.filter(
      ({exact, rules, sources, isUnread}) => isUnread || exact.size + rules + sources.size > 0,
    )
  }

  /**
   * Look a URL path up in the tables of a site: those in its folder, and those above it.
   *
   * @param paths The path as hosts may write it: with and without the site's base.
   * @param source The source file that the link leads to, for tables of source files.
   */
  find(root: string, paths: readonly string[], source: string): Redirect | undefined {
    for (const [index, table] of this.#tables.entries()) {
      // Where there are so many, one more may redirect anything.
      if (index === MOST_TABLES) return {file: table.file}
      const folder = folderOf(table.file)
      // `public/`, `src/static/`; what lies deeper is a fixture, or belongs to another program.
      const below =
        isAtOrBelow(folder, root) && folder.slice(root.length).split('/').filter(Boolean).length <= 2
      if (!below && !isAtOrBelow(root, folder)) continue
      if (table.isUnread || table.sources.has(source)) return {file: table.file}
      for (const path of paths) {
        const to = follow(table, path)
        if (to) return {...to, file: table.file}
      }
    }
    return
  }
}

/** More tables are not looked at. */
const MOST_TABLES = 200

function follow({exact, patterns}: Table, path: string): {to?: string} | undefined {
  const to = exact.get(plain(path))
  if (to !== undefined) return {to}
  const rules = [...patterns.above(path)].sort((a, b) => a.index - b.index)
  for (const {from, names, to: target} of rules) {
    const pattern = from?.pattern
    const values = pattern ? (pattern.groups(path) ?? pattern.groups(plain(path))) : []
    if (!values) continue
    if (!pattern || target === undefined) return {}
    const filled = fill(
      target,
      names,
      values.map((value) => value ?? ''),
    )
    return filled === undefined ? {} : {to: filled}
  }
  return
}

/** One spelling for the paths that hosts take for the same. */
const plain = (path: string) => trimEnd(path.replace(/(?:\/index)?\.html$|\/index$/, ''), '/') || '/'

/** Put what the wildcards stood for into the new path: `:splat`, `:name`, `$1`. */
function fill(to: string, names: readonly string[], values: readonly string[]): string | undefined {
  const filled = to
    .replace(/(?<=\/):(\w+)[*+]?/g, (whole, name: string) => {
      const value = values[names.indexOf(name)]
      return value ?? whole
    })
    .replace(/\$(\d)/g, (whole, index: string) => values[Number(index) - 1] ?? whole)
  return /\/:\w|\$\d|\*/.test(filled) ? undefined : filled
}

async function readTable(ctx: TreeContext, file: string): Promise<Table> {
  const table: Table = {file, exact: new Map(), patterns: new FolderMap(), rules: 0, sources: new Set()}
  const name = nameOf(file)
  if (name === '_redirects') {
    const text = await ctx.tree.read(file).catch(() => undefined)
    if (text === undefined) table.isUnread = true
    else for (const [from, to] of linesOf(text)) add(table, from, to)
    return table
  }
  const value = await readValue(ctx, file)
  if (value === undefined) table.isUnread = true
  const data = record(value)
  if (name.startsWith('.openpublishing')) {
    const folder = file.slice(0, -name.length)
    for (const {source_path: source} of records(data.redirections))
      if (typeof source === 'string') table.sources.add(folder + source)
    return table
  }
  const lists = [data, record(data.hosting)].flatMap((all) => [
    all.redirects,
    all.rewrites,
    all.routes,
    // Code that answers at these paths.
    all.edge_functions,
  ])
  for (const rule of [value, ...lists].flatMap(records)) {
    const from = first(rule, 'from', 'source', 'route', 'src', 'old', 'regex', 'path')
    const to = first(rule, 'to', 'destination', 'redirect', 'rewrite', 'dest', 'new', 'serve')
    const isFor = [rule.has, rule.missing, rule.conditions].every((condition) => condition === undefined)
    // A status of 404 says that nothing is there.
    if (typeof from === 'string' && !(Number(rule.status) >= 400))
      add(table, from, isFor && typeof to === 'string' && rule.regex === undefined ? to : undefined)
  }
  if (/^redirects?\./.test(name))
    for (const map of [data, record(data.redirects)])
      for (const [from, to] of isMap(map) ? Object.entries(map) : [])
        add(table, from.startsWith('/') ? from : `/${from}`, String(to))
  return table
}

/** Does an object lead from paths to paths or addresses? Other files have that name, too. */
const isMap = (data: Record<string, unknown>) =>
  Object.entries(data).every(
    ([from, to]) => PATH.test(from) && typeof to === 'string' && (PATH.test(to) || /^https?:/.test(to)),
  )

const PATH = /^[\w~%:*-]*[/.][^\s$]*$/

/** `from to status`, a line each, with comments behind `#`. */
function* linesOf(text: string): Generator<[string, string]> {
  for (const line of text.split(/\r?\n/)) {
    const [from, ...rest] = line
      .replace(/(?:^|\s)#[\s\S]*$/, '')
      .trim()
      .split(/\s+/)
    const to = rest.find((word) => /^(?:\/|https?:)/.test(word))
    const status = rest.find((word) => /^\d{3}!?$/.test(word))
    if (from && to && !(Number.parseInt(status ?? '301', 10) >= 400)) yield [from, to]
  }
}

const records = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? value.map(record) : [])

const first = (rule: Record<string, unknown>, ...keys: string[]) =>
  keys.map((key) => rule[key]).find((value) => value !== undefined)

/** More would make expressions that take long over long paths. */
const MOST_WILDCARDS = 2

function add(table: Table, given: string, to: string | undefined): void {
  // A table for several hosts writes whole addresses; the host may be another than the site's.
  const from = given.replace(/^https?:\/\/[^/]+/, '')
  if (!from.startsWith('/')) return
  // What holds for every path is another host's, or shows an application's own page for what is not there.
  if (/^\/(?:\*+|\(\.\*\)|:\w+(?:\*|\(\.\*\)))$/.test(from) && (from !== given || !/[:$]\w/.test(to ?? '')))
    return
  const parts = from.split(/(:\w+[*+?]?(?:\([^()]*\))?|\*+|\(\.\*\)|[()[\]{}|^$+?\\])/)
  if (parts.length === 1 && to !== undefined) {
    if (plain(from) !== plain(before(to, '?#'))) table.exact.set(plain(from), to)
    return
  }
  const rule = {...ruleOf(parts, to), index: table.rules}
  if (rule.to === undefined && parts[0] === '/') return
  table.rules++
  const folder = parts[0]!.slice(0, parts[0]!.lastIndexOf('/'))
  if (table.patterns.add(folder, rule) === MOST_ALIKE)
    table.patterns.add(folder, {index: table.rules++, from: undefined, names: [], to: undefined})
}

/** @param parts Literal text and wildcards in turn. */
function ruleOf(parts: readonly string[], to: string | undefined): Omit<Rule, 'index'> {
  const names: string[] = []
  let source = ''
  let wide = 0
  for (const [index, part] of parts.entries()) {
    const named = /^:(\w+)([*+?]?)(\()?/.exec(part)
    if (index % 2 === 0) source += escapeStringRegexp(part)
    else if (named && !named[2] && !named[3]) {
      names.push(named[1]!)
      source += '([^/]*)'
    } else if ((named && !named[3] && named[2] !== '?') || /^(?:\*+|\(\.\*\))$/.test(part)) {
      names.push(named?.[1] ?? 'splat')
      source += '(.*)'
      wide++
    } else wide = MOST_WILDCARDS + 1
    // An expression of the table's own is never run: what it takes, and where that leads, is not known.
    if (wide > MOST_WILDCARDS)
      return {from: new LazyPattern(`^${escapeStringRegexp(parts[0]!)}`), names, to: undefined}
  }
  // `/old/*` is for `/old`, too.
  const from = new LazyPattern(`^${source.replace(/\/\(\.\*\)$/, '(?:/(.*))?')}/?$`)
  return {from, names, to}
}
