import {ObjectValue, type Value} from '../../shared/javascript/values.ts'

/** A route of Vue's router that leads to another one: `{path: '/a/', redirect: '/b/'}`. */
const ROUTE = /\bpath\s*:\s*(['"`])(\/[^'"`\s$]*)\1\s*,\s*redirect\s*:\s*(?:(['"`])(\/[^'"`\s$]*)\3)?/g

/**
 * The redirects in the code of a configuration: those of `@vuepress/plugin-redirect`, wherever its `config` stands, and
 * routes that code adds. The destination is undefined if it is computed.
 */
export function readRedirects(code: string, exported: Value): Map<string, string | undefined> {
  const found = new Map<string, string | undefined>()
  for (const [, , from, , to] of code.matchAll(ROUTE)) found.set(from!, to)
  for (const config of redirectConfigs(exported, 0))
    for (const [from, to] of config.values)
      if (from.startsWith('/')) found.set(from, typeof to === 'string' ? to : undefined)
  return found
}

/** The tables of redirects in a value: `redirect: {config: {…}}`, `redirectPlugin({config: {…}})`. */
function* redirectConfigs(value: Value, depth: number): Generator<ObjectValue> {
  if (depth > 8) return
  for (const [key, each] of childrenOf(value)) {
    if (key === 'config' && each instanceof ObjectValue && isTable(each)) yield each
    else yield* redirectConfigs(each, depth + 1)
  }
}

const isTable = ({values}: ObjectValue) => [...values.keys()].some((key) => key.startsWith('/'))

function childrenOf(value: Value): Iterable<[string, Value]> {
  if (value instanceof ObjectValue) return value.values
  const items = Array.isArray(value) ? value : argsOf(value)
  return items.map((each): [string, Value] => ['', each])
}

const argsOf = (value: Value): readonly Value[] =>
  typeof value === 'object' && value !== null && 'args' in value ? (value.args as readonly Value[]) : []
