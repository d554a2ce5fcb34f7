import {folderOf, folderPrefix, nameOf} from '../text/paths.ts'
import type {TreeContext} from './platform.ts'
import {RedirectTable} from './redirect-table.ts'
import {readValue, record} from './shared/data.ts'

const REDIRECT_FILE =
  /(?:^|\/)(?:_redirects|netlify\.toml|vercel\.json|staticwebapp\.config\.json|firebase\.json|(?:docs|mint)\.json|(?:redirects?|old[-_]?urls?)\.(?:ya?ml|json)|\.openpublishing\.redirection[^/]*\.json)$/

/** Is a file one in which hosts or generators keep redirects? */
export const isRedirectFile = (path: string): boolean => REDIRECT_FILE.test(path)

/** Read a redirect file, in the format that its name implies. */
export async function readRedirectFile(ctx: TreeContext, file: string): Promise<RedirectTable> {
  const table = new RedirectTable(file)
  const name = nameOf(file)
  if (name === '_redirects') {
    const text = await ctx.tree.read(file).catch(() => undefined)
    if (text === undefined) table.setUnreadable()
    else for (const [from, to] of linesOf(text)) table.add(from, to)
    return table
  }
  const value = await readValue(ctx, file)
  if (value === undefined) table.setUnreadable()
  else if (name.startsWith('.openpublishing')) addSources(table, value)
  else {
    addRules(table, value)
    if (/^(?:redirects?|old[-_]?urls?)\./.test(name)) addMaps(table, value)
  }
  return table
}

/** The redirects of a `_redirects` file: `from to status` per line, with comments after `#`. */
function* linesOf(text: string): Generator<[from: string, to: string]> {
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

/** The source files redirected in a Microsoft Learn table, written relative to the folder of the table. */
function addSources(table: RedirectTable, value: unknown): void {
  for (const {source_path: source} of records(record(value).redirections))
    if (typeof source === 'string') table.addSource(folderPrefix(folderOf(table.file)) + source)
}

/** Lists of redirect objects, which hosts keep under various keys. */
function addRules(table: RedirectTable, value: unknown): void {
  const data = record(value)
  const lists = [data, record(data.hosting)].flatMap((all) => [
    all.redirects,
    all.rewrites,
    all.routes,
    // Edge functions answer at these paths.
    all.edge_functions,
  ])
  for (const rule of [value, ...lists].flatMap(records)) {
    const from = first(rule, 'from', 'source', 'route', 'src', 'old', 'regex', 'path')
    // A status of 404 marks the path as missing.
    if (typeof from === 'string' && !(Number(rule.status) >= 400)) table.add(from, destinationOf(rule))
  }
}

/** The destination of a rule, if it is unconditional and its syntax is supported. */
function destinationOf(rule: Record<string, unknown>): string | undefined {
  const isConditional = [rule.has, rule.missing, rule.conditions].some((condition) => condition !== undefined)
  if (isConditional || rule.regex !== undefined) return
  const to = first(rule, 'to', 'destination', 'redirect', 'rewrite', 'dest', 'new', 'serve')
  return typeof to === 'string' ? to : undefined
}

/** Objects that map paths to paths or URLs. */
function addMaps(table: RedirectTable, value: unknown): void {
  const data = record(value)
  for (const map of [data, record(data.redirects)])
    if (isRedirectMap(map))
      for (const [from, to] of Object.entries(map)) table.add(from.startsWith('/') ? from : `/${from}`, to)
}

const PATH = /^[\w~%:*-]*[/.][^\s$]*$/

/** Does an object map paths to paths or URLs? Unrelated files may have the same name. */
const isRedirectMap = (data: Record<string, unknown>): data is Record<string, string> =>
  Object.entries(data).every(
    ([from, to]) => PATH.test(from) && typeof to === 'string' && (PATH.test(to) || /^https?:/.test(to)),
  )

const records = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? value.map(record) : [])

const first = (rule: Record<string, unknown>, ...keys: string[]): unknown =>
  keys.map((key) => rule[key]).find((value) => value !== undefined)
