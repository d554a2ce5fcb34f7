import type {Program} from 'estree'
import type {Tree} from '../../../tree/tree.ts'
import {Evaluator} from './evaluator.ts'
import {localModule} from './local-module.ts'
import {type Module, type Modules, moduleOf} from './module.ts'
import {CallValue, FunctionValue, member, ObjectValue, UNKNOWN, type Value} from './values.ts'

/** Where modules are found. */
export interface ModuleFiles {
  tree: Pick<Tree, 'files' | 'symlinks'>
  /** Folders by the names that specifiers may begin with: `@site` → `website`. */
  aliases?: Readonly<Record<string, string>>
}

/** A module that has been read. */
export type Parsed = Program | {json: Value}

/** The modules that have been read, and the values of their exports. */
export class ModuleGraph implements Modules {
  /** Modules whose exports are used, and that have not been read yet. */
  readonly wanted = new Set<string>()
  readonly #source: ModuleFiles
  readonly #parsed: ReadonlyMap<string, Parsed | undefined>
  readonly #modules = new Map<string, Module>()
  readonly #evaluator = new Evaluator(this)

  constructor(source: ModuleFiles, parsed: ReadonlyMap<string, Parsed | undefined>) {
    this.#source = source
    this.#parsed = parsed
  }

  /** The value that a configuration exports, or an object of all (`*`); if that is a function, its result. */
  exported(file: string, name = 'default'): Value {
    if (name === '*') return this.#namespace(file)
    const value = name === 'default' ? this.#default(file) : this.#exported(file, name)
    return value instanceof FunctionValue
      ? this.#evaluator.apply(
          value,
          value.node.params.map(() => UNKNOWN),
        )
      : value
  }

  /** The result of a function of a module. */
  apply = (called: Value, args: readonly Value[]): Value => this.#evaluator.apply(called, args)

  imported(specifier: string, name: string, from: string | undefined): Value {
    const file = this.fileOf(specifier, from)
    if (file === undefined) return new CallValue('import', [specifier])
    if (name === '*') return this.#namespace(file)
    if (name === 'default') return this.#default(file)
    return this.#exported(file, name)
  }

  #exported(file: string, name: string): Value {
    const found = this.#find(file, name)
    return found ? found() : UNKNOWN
  }

  required(specifier: string, from: string | undefined): Value {
    const file = this.fileOf(specifier, from)
    if (file === undefined) return new CallValue('require', [specifier])
    const module = this.#module(file)
    return module?.whole ? module.whole() : this.#namespace(file)
  }

  fileOf(specifier: string, from: string | undefined): string | undefined {
    const {tree, aliases} = this.#source
    return from === undefined ? undefined : localModule(tree, specifier, from, aliases)
  }

  #module(file: string): Module | undefined {
    const known = this.#modules.get(file)
    if (known) return known
    const parsed = this.#parsed.get(file)
    if (!parsed) {
      if (!this.#parsed.has(file)) this.wanted.add(file)
      return
    }
    const module: Module =
      'json' in parsed
        ? {names: new Map(), stars: [], whole: () => this.#evaluator.again(parsed.json)}
        : moduleOf(parsed, file || undefined, this.#evaluator)
    this.#modules.set(file, module)
    return module
  }

  #default(file: string): Value {
    const module = this.#module(file)
    const named = module?.names.get('default')
    if (named) return named()
    const whole = module?.whole ? module.whole() : UNKNOWN
    // What compilers make of `export default`.
    return whole instanceof ObjectValue && whole.has('default') ? whole.get('default') : whole
  }

  /** How an export of a module is evaluated; undefined if it does not have it, or cannot be read. */
  #find(file: string, name: string, seen = new Set<string>()): (() => Value) | undefined {
    const module = this.#module(file)
    if (!module || seen.has(file)) return
    seen.add(file)
    const {names, whole, stars} = module
    const own = names.get(name)
    if (own || whole) return own ?? (() => member(whole!(), name))
    for (const star of stars) {
      const target = this.fileOf(star, file)
      const found = target === undefined ? undefined : this.#find(target, name, seen)
      if (found) return found
    }
    return
  }

  /** All exports of a module as an object. */
  #namespace(file: string): Value {
    const module = this.#module(file)
    if (!module) return UNKNOWN
    const whole = module.whole?.()
    if (whole instanceof ObjectValue)
      return new ObjectValue(new Map([...whole.values, ['default', whole]]), whole.hasUnknownKeys)
    if (module.whole) return new ObjectValue(new Map([['default', whole]]), true)
    const {names, isComplete} = this.#namesOf(file)
    return new ObjectValue(new Map([...names].map((name) => [name, this.#exported(file, name)])), !isComplete)
  }

  /** The names that a module exports, and whether they are all. */
  #namesOf(file: string, seen = new Set<string>()): {names: Set<string>; isComplete: boolean} {
    const module = this.#module(file)
    if (!module || seen.has(file)) return {names: new Set(), isComplete: module !== undefined}
    seen.add(file)
    const names = new Set(module.names.keys())
    let isComplete = true
    for (const star of module.stars) {
      const target = this.fileOf(star, file)
      const more = target === undefined ? undefined : this.#namesOf(target, seen)
      isComplete &&= more?.isComplete === true
      for (const name of more?.names ?? []) if (name !== 'default') names.add(name)
    }
    return {names, isComplete}
  }
}
