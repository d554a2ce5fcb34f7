import {isObject} from '../data/plain.ts'
import {limitsOf, type WrittenRedirect} from './types.ts'

/** The keys and indices that lead to a value. */
type Path = readonly (string | number)[]

/** A redirect in data, and the keys that lead to its destination. */
export interface RedirectEntry extends WrittenRedirect {
  at: Path
}

/** The redirects in YAML, TOML or JSON, by the name of the file that contains it. */
export function* redirectEntries(name: string, value: unknown): Generator<RedirectEntry> {
  if (name.startsWith('mkdocs.')) return yield* mapOfMkdocs(value)
  yield* rulesIn(value)
  if (name.startsWith('_')) yield* namesIn(value)
  else if (/^(?:redirects?|old[-_]?urls?)\./.test(name)) {
    yield* listsIn(value)
    yield* mapsIn(value)
  }
}

/** The keys of lists that hosts know. */
const HOST_KEYS = new Set(['redirects', 'rewrites', 'routes', 'edge_functions', 'hosting'])

/** The redirects in lists of objects, which hosts keep under various keys. */
function* rulesIn(value: unknown): Generator<RedirectEntry> {
  yield* rules(value, [])
  for (const above of [[], ['hosting']]) {
    const data = above.length === 0 ? value : record(value).hosting
    // Edge functions answer at their paths.
    for (const key of ['redirects', 'rewrites', 'routes', 'edge_functions'])
      yield* rules(record(data)[key], [...above, key], key === 'rewrites')
  }
}

/** The redirects in lists of objects under keys of the tree's own: `{external: […]}`. */
function* listsIn(value: unknown): Generator<RedirectEntry> {
  for (const [key, list] of Object.entries(record(value))) if (!HOST_KEYS.has(key)) yield* rules(list, [key])
}

function* rules(list: unknown, above: Path, isRewrite = false): Generator<RedirectEntry> {
  for (const [index, item] of (Array.isArray(list) ? list : []).entries()) {
    const rule = record(item)
    const from = firstOf(rule, 'from', 'source', 'route', 'src', 'old', 'regex', 'path')?.value
    const status = Number(rule.status)
    // A status of 404 marks the path as missing.
    if (typeof from !== 'string' || status >= 400) continue
    const isShown = isRewrite || status === 200 || rule.rewrite !== undefined || rule.dest !== undefined
    const to = destinationOf(rule)
    const limits = limitsOf(isConditional(rule), isShown)
    const at = [...above, index, to?.key ?? '']
    yield {from, limits, at, ...(typeof to?.value === 'string' && {to: to.value})}
  }
}

const isConditional = (rule: Record<string, unknown>): boolean =>
  [rule.has, rule.missing, rule.conditions, rule.query].some((condition) => condition !== undefined)

/** The destination of a rule, if its syntax is supported. */
const destinationOf = (rule: Record<string, unknown>) =>
  rule.regex === undefined
    ? firstOf(rule, 'to', 'destination', 'redirect', 'rewrite', 'dest', 'new', 'serve')
    : undefined

/** The redirects in objects that map paths to paths or URLs. */
function* mapsIn(value: unknown): Generator<RedirectEntry> {
  const data = record(value)
  for (const [map, above] of [[data, []] as const, [record(data.redirects), ['redirects']] as const])
    if (isRedirectMap(map))
      for (const [from, to] of Object.entries(map))
        yield {from: from.startsWith('/') ? from : `/${from}`, to, limits: {}, at: [...above, from]}
}

/** The redirects in an object that maps names of pages to names in the same folder, as Hugging Face's doc-builder reads it. */
function* namesIn(value: unknown): Generator<RedirectEntry> {
  for (const [from, to] of Object.entries(record(value)))
    if (typeof to === 'string')
      yield {
        from: `/:folder*/${from}`,
        to: /^https?:/.test(to) ? to : `/:folder*/${to}`,
        limits: {},
        at: [from],
      }
}

/** The `redirect_maps` of the plugin mkdocs-redirects: from and to source files, or to URLs. */
function* mapOfMkdocs(value: unknown): Generator<RedirectEntry> {
  const plugins = record(value).plugins
  const all = Array.isArray(plugins)
    ? plugins.map((plugin, index) => ({plugin: record(plugin), above: ['plugins', index]}))
    : [{plugin: record(plugins), above: ['plugins']}]
  for (const {plugin, above} of all)
    for (const [from, to] of Object.entries(record(record(plugin.redirects).redirect_maps)))
      if (typeof to === 'string')
        yield {from, to, limits: {}, at: [...above, 'redirects', 'redirect_maps', from]}
}

const PATH = /^[\w~%:*-]*[/.][^\s$]*$/

/** Does an object map paths to paths or URLs? Unrelated files may have the same name. */
const isRedirectMap = (data: Record<string, unknown>): data is Record<string, string> =>
  Object.entries(data).every(
    ([from, to]) => PATH.test(from) && typeof to === 'string' && (PATH.test(to) || /^https?:/.test(to)),
  )

const record = (value: unknown): Record<string, unknown> => (isObject(value) ? value : {})

const firstOf = (rule: Record<string, unknown>, ...keys: string[]) =>
  keys.map((key) => ({key, value: rule[key]})).find(({value}) => value !== undefined)
