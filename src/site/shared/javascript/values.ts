import type {Function as FunctionNode} from 'estree'

/** A value that is only known at run time. */
export const UNKNOWN: unique symbol = Symbol('unknown')

/**
 * A call that is not evaluated: `starlight({…})`. What a module exports that is not in the tree, or not read, is a call
 * of `import` or `require` with the module's name.
 */
export class CallValue {
  readonly name: string
  readonly args: readonly Value[]
  /** The module that the function is imported from, if it is. */
  readonly module: string | undefined

  constructor(name: string, args: readonly Value[], module?: string) {
    this.name = name
    this.args = args
    this.module = module
  }
}

/** An object literal. */
export class ObjectValue {
  readonly values: ReadonlyMap<string, Value>
  /** May it have more keys than are written in it? */
  readonly hasUnknownKeys: boolean

  constructor(values: ReadonlyMap<string, Value>, hasUnknownKeys: boolean) {
    this.values = values
    this.hasUnknownKeys = hasUnknownKeys
  }

  /** Is the key written in it? */
  has(key: string): boolean {
    return this.values.has(key)
  }

  /** The value of a key; undefined if the object certainly lacks it. */
  get(key: string): Value {
    return this.values.has(key) ? this.values.get(key) : this.hasUnknownKeys ? UNKNOWN : undefined
  }
}

/** A function whose code is in the tree. */
export class FunctionValue {
  readonly node: FunctionNode
  readonly scope: Scope

  constructor(node: FunctionNode, scope: Scope) {
    this.node = node
    this.scope = scope
  }

  /** The file that contains its code; undefined for code without a file. */
  get file(): string | undefined {
    return this.scope.file
  }
}

/** An absolute path on the disk, such as `__dirname`, as a path from the tree's root. */
export class PathValue {
  readonly path: string

  constructor(path: string) {
    this.path = path
  }
}

/** An element of a list that is there under a condition which is only known at run time: `isProduction && plugin`. */
export class OptionalValue {
  readonly value: Value

  constructor(value: Value) {
    this.value = value
  }
}

/** The value of an expression. An unknown element of a list may stand for any number of elements. */
export type Value =
  | string
  | number
  | boolean
  | null
  | undefined
  | RegExp
  | readonly Value[]
  | ObjectValue
  | CallValue
  | FunctionValue
  | PathValue
  | OptionalValue
  | typeof UNKNOWN

/** The names that code can use, each with a function that evaluates it. */
export class Scope {
  /** The file that contains the code. */
  readonly file: string | undefined
  readonly #outer: Scope | undefined
  readonly #names = new Map<string, () => Value>()

  constructor(file: string | undefined, outer?: Scope) {
    this.file = file
    this.#outer = outer
  }

  declare(name: string, evaluate: () => Value): void {
    this.#names.set(name, evaluate)
  }

  find(name: string): (() => Value) | undefined {
    return this.#names.get(name) ?? this.#outer?.find(name)
  }
}

/** Is a value truthy? Undefined if that depends on what is only known at run time. */
export function truth(value: Value): boolean | undefined {
  return value === UNKNOWN || value instanceof CallValue || value instanceof OptionalValue
    ? undefined
    : Boolean(value)
}

/** Is a value an export of a module that is not read? */
export const isModule = (value: Value): value is CallValue =>
  value instanceof CallValue && /^(?:import|require)$/.test(value.name)

/** May an element of a list be missing, or be several? */
export const isUncertain = (element: Value): boolean =>
  element === UNKNOWN || element instanceof OptionalValue

/** The value of `value.key` or `value[key]`. */
export function member(value: Value, key: Value): Value {
  if (isModule(value)) return value
  if (value instanceof ObjectValue) return typeof key === 'string' ? value.get(key) : UNKNOWN
  if (key === 'length' && Array.isArray(value)) return value.some(isUncertain) ? UNKNOWN : value.length
  // A symbol, also in a list, has no number.
  const index = typeof key === 'number' || typeof key === 'string' ? Number(key) : Number.NaN
  if (!Array.isArray(value) || !Number.isInteger(index)) return UNKNOWN
  return value.slice(0, index + 1).some(isUncertain) ? UNKNOWN : value[index]
}

/** The values that a value directly consists of. */
export function partsOf(value: Value): Iterable<Value> {
  if (Array.isArray(value)) return value as readonly Value[]
  if (value instanceof ObjectValue) return value.values.values()
  if (value instanceof OptionalValue) return [value.value]
  return value instanceof CallValue ? value.args : []
}

/** The value of a setting in nested objects; undefined if there is none, {@link UNKNOWN} if there may be one. */
export function settingIn(value: Value, ...path: readonly string[]): Value {
  let found: Value = value
  for (const key of path) {
    if (found === UNKNOWN) return UNKNOWN
    found = found instanceof ObjectValue ? found.get(key) : undefined
  }
  return found
}
