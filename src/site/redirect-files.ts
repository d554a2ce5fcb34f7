import {folderOf, folderPrefix, nameOf} from '../text/paths.ts'
import {docsifyAliases, isDocsifyPage} from './docsify-aliases.ts'
import type {TreeContext} from './platform.ts'
import type {RedirectLimits} from './redirect-rule.ts'
import {RedirectTable} from './redirect-table.ts'
import {readValue, record} from './shared/data.ts'

const REDIRECT_FILE =
  /(?:^|\/)(?:_redirects|netlify\.toml|vercel\.json|staticwebapp\.config\.json|firebase\.json|(?:docs|mint)\.json|(?:redirects?|old[-_]?urls?)\.(?:ya?ml|json)|_redirects\.ya?ml|next\.config\.[cm]?[jt]s|\.openpublishing\.redirection[^/]*\.json)$/

/** Is a file of a tree one in which hosts or generators keep redirects? */
export const isRedirectFile = (path: string, files: ReadonlySet<string>): boolean =>
  REDIRECT_FILE.test(path) || isDocsifyPage(path, files)

/** Read a redirect file, in the format that its name implies. */
export async function readRedirectFile(ctx: TreeContext, file: string): Promise<RedirectTable> {
  const table = new RedirectTable(file)
  const name = nameOf(file)
  if (name === '_redirects') {
    const text = await ctx.tree.read(file).catch(() => undefined)
    if (text === undefined) table.setUnreadable()
    else for (const [from, to, limits] of linesOf(text)) table.add(from, to, limits)
  } else if (name === 'index.html') {
    const html = await ctx.tree.read(file).catch(() => '')
    for (const [from, to] of docsifyAliases(html)) table.add(from, to)
  } else if (name.startsWith('next.config.')) {
    // Loaded only if needed, as the evaluator of JavaScript is large.
    const {addRedirectsOfNext} = await import('./redirects-of-next.ts')
    await addRedirectsOfNext(table, ctx)
  } else addData(table, name, await readValue(ctx, file))
  return table
}

/** Redirects in YAML, TOML or JSON. */
function addData(table: RedirectTable, name: string, value: unknown): void {
  if (value === undefined) table.setUnreadable()
  else if (name.startsWith('.openpublishing')) addSources(table, value)
  else {
    addRules(table, value)
    if (name.startsWith('_')) addNames(table, value)
    else if (/^(?:redirects?|old[-_]?urls?)\./.test(name)) {
      addLists(table, value)
      addMaps(table, value)
    }
  }
}

/** The redirects of a `_redirects` file: `from to status condition` per line, with comments after `#`. */
function* linesOf(text: string): Generator<[from: string, to: string, limits: RedirectLimits]> {
  for (const line of text.split(/\r?\n/)) {
    const [from, ...rest] = line
      .replace(/(?:^|\s)#[\s\S]*$/, '')
      .trim()
      .split(/\s+/)
    const to = rest.find((word) => /^(?:\/|https?:)/.test(word))
    const status = Number.parseInt(rest.find((word) => /^\d{3}!?$/.test(word)) ?? '301', 10)
    const isConditional = rest.some((word) => /^\w+=/.test(word))
    if (from && to && status < 400) yield [from, to, limitsOf(isConditional, status === 200)]
  }
}

const limitsOf = (isConditional: boolean, isRewrite: boolean): RedirectLimits => ({
  ...(isConditional && {isConditional}),
  ...(isRewrite && {isRewrite}),
})

/** The source files redirected in a Microsoft Learn table, written relative to the folder of the table. */
function addSources(table: RedirectTable, value: unknown): void {
  for (const {source_path: source} of records(record(value).redirections))
    if (typeof source === 'string') table.addSource(folderPrefix(folderOf(table.file)) + source)
}

/** The keys of lists that hosts know. */
const HOST_KEYS = new Set(['redirects', 'rewrites', 'routes', 'edge_functions', 'hosting'])

/** Lists of redirect objects, which hosts keep under various keys. */
function addRules(table: RedirectTable, value: unknown): void {
  const data = record(value)
  const lists = [data, record(data.hosting)].flatMap((all) => [
    {rules: all.redirects},
    {rules: all.rewrites, isRewrite: true},
    {rules: all.routes},
    // Edge functions answer at these paths.
    {rules: all.edge_functions},
  ])
  for (const {rules, isRewrite = false} of [{rules: value}, ...lists])
    for (const rule of records(rules)) addRule(table, rule, isRewrite)
}

/** Lists of redirect objects under keys of the tree's own: `{external: […]}`. */
function addLists(table: RedirectTable, value: unknown): void {
  for (const [key, rules] of Object.entries(record(value)))
    if (!HOST_KEYS.has(key)) for (const rule of records(rules)) addRule(table, rule, false)
}

function addRule(table: RedirectTable, rule: Record<string, unknown>, isRewrite: boolean): void {
  const from = first(rule, 'from', 'source', 'route', 'src', 'old', 'regex', 'path')
  const status = Number(rule.status)
  // A status of 404 marks the path as missing.
  if (typeof from !== 'string' || status >= 400) return
  const isShown = isRewrite || status === 200 || rule.rewrite !== undefined || rule.dest !== undefined
  table.add(from, destinationOf(rule), limitsOf(isConditional(rule), isShown))
}

const isConditional = (rule: Record<string, unknown>): boolean =>
  [rule.has, rule.missing, rule.conditions, rule.query].some((condition) => condition !== undefined)

/** The destination of a rule, if its syntax is supported. */
function destinationOf(rule: Record<string, unknown>): string | undefined {
  if (rule.regex !== undefined) return
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

/** An object that maps names of pages to names and paths in the same folder, as Hugging Face's doc-builder reads it. */
function addNames(table: RedirectTable, value: unknown): void {
  for (const [from, to] of Object.entries(record(value)))
    if (typeof to === 'string') table.add(`/:folder*/${from}`, /^https?:/.test(to) ? to : `/:folder*/${to}`)
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
