import {plain, refuseDeepText} from '../../../data/plain.ts'
import type {Tree} from '../../../tree/tree.ts'
import {type ModuleFiles, ModuleGraph, type Parsed} from './module-graph.ts'
import {parseModule} from './parse-module.ts'
import {ObjectValue, UNKNOWN, type Value} from './values.ts'

/** More modules than any configuration consists of. */
const MOST_MODULES = 50
/** The size of all of them, in UTF-16 units. */
const MOST_CODE = 2_000_000
/** Modules that import each other in a longer chain are not read. */
const LONGEST_CHAIN = 10

/** Derives a value from that of a configuration; `apply` gives the result of one of its functions. */
export type Use = (exported: Value, apply: (called: Value, args: readonly Value[]) => Value) => Value

/** A tree whose modules are read. */
export type ModuleSource = ModuleFiles & {tree: Pick<Tree, 'read'>}

/**
 * Evaluate the export of a configuration in JavaScript or TypeScript statically: literals, objects, arrays, constants,
 * simple functions, and what it imports from local modules. If it exports a function, its result.
 *
 * @param name The export, if it is not the default one; `*` for an object of all.
 * @param use Derives what is wanted from the exported value.
 * @returns {@link UNKNOWN} for other expressions, and for code with syntax errors
 */
export async function readModule(
  source: ModuleSource,
  file: string,
  name?: string,
  use?: Use,
): Promise<Value> {
  const parsed = new Map<string, Parsed | undefined>()
  let size = 0
  let wanted = new Set([file])
  for (let round = 0; ; round++) {
    for (const each of wanted) {
      const text =
        parsed.size < MOST_MODULES ? await source.tree.read(each).catch(() => undefined) : undefined
      size += text?.length ?? 0
      parsed.set(each, text === undefined || size > MOST_CODE ? undefined : await parse(text, each))
    }
    const graph = new ModuleGraph(source, parsed)
    const value = exported(graph, file, name, use)
    // Only what the exported value uses is read, which may show that it uses further modules.
    if (graph.wanted.size === 0 || round === LONGEST_CHAIN) return value
    wanted = graph.wanted
  }
}

/** Evaluate the export of code, as {@link readModule} does; what it imports stays a name. */
export async function readCode(code: string): Promise<Value> {
  const program = await parseModule(code)
  const graph = new ModuleGraph({tree: {files: new Set()}}, new Map([['', program]]))
  return exported(graph, '')
}

function exported(graph: ModuleGraph, file: string, name?: string, use?: Use): Value {
  try {
    const value = graph.exported(file, name)
    return use ? use(value, graph.apply) : value
  } catch {
    return UNKNOWN
  }
}

async function parse(text: string, file: string): Promise<Parsed | undefined> {
  if (!file.endsWith('.json')) return parseModule(text, file)
  try {
    refuseDeepText(text)
    return {json: jsonValue(plain(JSON.parse(text)))}
  } catch {
    return
  }
}

/** A value of JSON, as that of a module with it. */
export function jsonValue(json: unknown): Value {
  if (Array.isArray(json)) return json.map(jsonValue)
  if (typeof json !== 'object' || json === null) return json as Value
  return new ObjectValue(new Map(Object.entries(json).map(([key, value]) => [key, jsonValue(value)])), false)
}
