import {readValue, record} from './data.ts'
import type {World} from './site.ts'

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
  patterns: Pattern[]
  /** Source files that are redirected, from the tree's root. */
  sources: Set<string>
}

/** A path with wildcards, and where it leads; nothing where that is not understood. */
interface Pattern {
  from: RegExp
  names: string[]
  to: string | undefined
}

const TABLES =
  /(?:^|\/)(?:_redirects|netlify\.toml|vercel\.json|staticwebapp\.config\.json|firebase\.json|redirects?\.(?:ya?ml|json)|\.openpublishing\.redirection[^/]*\.json)$/

/** Read every table of redirects in a tree, for the hosts and generators that have them in files of their own. */
export async function readRedirects(world: World): Promise<Redirects> {
  const files = [...world.tree.files].filter((file) => TABLES.test(file) && !file.includes('node_modules/'))
  return new Redirects(await Promise.all(files.map((file) => readTable(world, file))))
}

/** The redirects of a tree. */
export class Redirects {
  readonly #tables: readonly Table[]

  constructor(tables: readonly Table[]) {
    this.#tables = tables.filter(
      ({exact, patterns, sources}) => exact.size + patterns.length + sources.size > 0,
    )
  }

  /**
   * Look a URL path up in the tables of a site: those in its folder, and those above it.
   *
   * @param paths The path as hosts may write it: with and without the site's base.
   * @param source The source file that the link leads to, for tables of source files.
   */
  find(root: string, paths: readonly string[], source: string): Redirect | undefined {
    for (const table of this.#tables) {
      const folder = table.file.slice(0, Math.max(0, table.file.lastIndexOf('/')))
      // `public/`, `src/static/`; what lies deeper is a fixture, or belongs to another program.
      const below = isBelow(folder, root) && folder.slice(root.length).split('/').filter(Boolean).length <= 2
      if (!below && !isBelow(root, folder)) continue
      if (table.sources.has(source)) return {file: table.file}
      for (const path of paths) {
        const to = follow(table, path)
        if (to) return {...to, file: table.file}
      }
    }
    return
  }
}

const isBelow = (path: string, folder: string) =>
  folder === '' || path === folder || path.startsWith(`${folder}/`)

function follow({exact, patterns}: Table, path: string): {to?: string} | undefined {
  const to = exact.get(plain(path))
  if (to !== undefined) return {to}
  for (const pattern of patterns) {
    const match = pattern.from.exec(path) ?? pattern.from.exec(plain(path))
    if (!match) continue
    if (pattern.to === undefined) return {}
    const filled = fill(
      pattern.to,
      pattern.names,
      match.slice(1).map((value) => value ?? ''),
    )
    return filled === undefined ? {} : {to: filled}
  }
  return
}

/** One spelling for the paths that hosts take for the same. */
const plain = (path: string) =>
  path.replace(/(?:\/index)?\.html$|\/index$/, '').replace(/(?<=.)\/+$/, '') || '/'

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

async function readTable(world: World, file: string): Promise<Table> {
  const table: Table = {file, exact: new Map(), patterns: [], sources: new Set()}
  const name = file.slice(file.lastIndexOf('/') + 1)
  if (name === '_redirects') {
    const text = await world.tree.read(file).catch(() => '')
    for (const [from, to] of linesOf(text)) add(table, from, to)
    return table
  }
  const value = await readValue(world, file)
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

const PATH = /^[\w./~%:*-]*[/.][^\s$]*$/

/** `from to status`, a line each, with comments behind `#`. */
function* linesOf(text: string): Generator<[string, string]> {
  for (const line of text.split(/\r?\n/)) {
    const [from, ...rest] = line
      .replace(/(?:^|\s)#.*$/, '')
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
  const parts = from.split(/(:\w+[*+?]?(?:\([^)]*\))?|\*+|\(\.\*\)|[()[\]{}|^$+?\\])/)
  if (parts.length === 1 && to !== undefined) {
    if (plain(from) !== plain(to.replace(/[?#].*$/, ''))) table.exact.set(plain(from), to)
    return
  }
  const pattern = patternOf(parts, to)
  if (pattern.to !== undefined || parts[0] !== '/') table.patterns.push(pattern)
}

/** @param parts Literal text and wildcards in turn. */
function patternOf(parts: readonly string[], to: string | undefined): Pattern {
  const names: string[] = []
  let source = ''
  let wide = 0
  for (const [index, part] of parts.entries()) {
    const named = /^:(\w+)([*+?]?)(\()?/.exec(part)
    if (index % 2 === 0) source += part.replace(/[.\-/]/g, '\\$&')
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
      return {from: new RegExp(`^${parts[0]!.replace(/[.\-/]/g, '\\$&')}`), names, to: undefined}
  }
  // `/old/*` is for `/old`, too.
  return {from: new RegExp(`^${source.replace(/\\\/\(\.\*\)$/, '(?:\\/(.*))?')}\\/?$`), names, to}
}
