import type {Parser as AcornParser} from 'acorn'
import type {Expression, Node, Program, Property, SpreadElement, Statement} from 'estree'
import {LARGEST_CONFIGURATION} from './data.ts'

/** Stands for what only running the code would tell. */
export const UNKNOWN: unique symbol = Symbol('unknown')

/** A call whose value is not known, with what it is given: `starlight({…})`; what is imported is one of `import`. */
export class CallValue {
  readonly name: string
  readonly args: readonly Value[]

  constructor(name: string, args: readonly Value[]) {
    this.name = name
    this.args = args
  }
}

/** An object of the code; `open` where it has more keys than are written in it. */
export class ObjectValue {
  readonly values: ReadonlyMap<string, Value>
  readonly hasUnknownKeys: boolean

  constructor(values: ReadonlyMap<string, Value>, open: boolean) {
    this.values = values
    this.hasUnknownKeys = open
  }

  /** Is the key written in it? */
  has(key: string): boolean {
    return this.values.has(key)
  }

  /** The value of a key: undefined if the object has none for certain. */
  get(key: string): Value {
    return this.values.has(key) ? this.values.get(key) : this.hasUnknownKeys ? UNKNOWN : undefined
  }
}

/** A value as it is written in code. */
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
  | typeof UNKNOWN

/**
 * Read what a configuration written in JavaScript or TypeScript exports, without running it: literals, objects, lists,
 * constants of the same file, and what `defineConfig` and its like hand on.
 *
 * @returns {@link UNKNOWN} for anything else, and for code with mistakes.
 */
export async function readCode(code: string): Promise<Value> {
  if (code.length > LARGEST_CONFIGURATION) return UNKNOWN
  const {Parser} = await import('acorn')
  const {tsPlugin} = await import('@sveltejs/acorn-typescript')
  try {
    const options = {ecmaVersion: 'latest', sourceType: 'module', allowReturnOutsideFunction: true} as const
    const program = Parser.extend(tsPlugin({jsx: false}), shallow).parse(code, options) as unknown as Program
    return new Reader(program).exported()
  } catch {
    return UNKNOWN
  }
}

/** Calls of the parser within each other: some 80 brackets, and a third of what the stack holds. */
const MOST_CALLS = 1000

/**
 * A plugin of acorn that gives up at a depth of code that no configuration has. Where the stack ends, an expression that V8
 * compiles just then ends the whole process, which no `catch` can help.
 */
function shallow(Base: typeof AcornParser): typeof AcornParser {
  let depth = 0
  const counted = (method: (...words: unknown[]) => unknown) =>
    function (this: unknown, ...words: unknown[]) {
      if (depth >= MOST_CALLS) throw new RangeError('The code is nested too deeply')
      depth++
      try {
        return method.apply(this, words)
      } finally {
        depth--
      }
    }
  class Shallow extends Base {}
  const methods = new Map<string, unknown>()
  for (let level: object = Base.prototype; level !== Object.prototype; level = Object.getPrototypeOf(level))
    for (const [name, {value}] of Object.entries(Object.getOwnPropertyDescriptors(level)))
      if (/^(?:ts)?parse/i.test(name) && !methods.has(name)) methods.set(name, value)
  for (const [name, method] of methods)
    if (typeof method === 'function')
      Object.defineProperty(Shallow.prototype, name, {value: counted(method as () => unknown)})
  return Shallow
}

/** Deeper than any configuration, and shallow enough for the stack. */
const DEEPEST = 100
/** More values than any configuration has: constants made of constants twice over would be more than anybody can count. */
const MOST_VALUES = 100_000
/** Longer than any text that counts, in UTF-16 units. */
const LONGEST = 100_000

class Reader {
  readonly #program: Program
  readonly #constants = new Map<string, Node>()
  readonly #imports = new Map<string, Value>()
  #depth = 0
  #values = 0

  constructor(program: Program) {
    this.#program = program
    for (const statement of program.body) this.#declare(statement)
  }

  #declare(statement: Node): void {
    if (statement.type === 'ImportDeclaration')
      for (const {local} of statement.specifiers)
        this.#imports.set(local.name, String(statement.source.value))
    if (statement.type === 'ExportNamedDeclaration' && statement.declaration)
      this.#declare(statement.declaration)
    if (statement.type === 'FunctionDeclaration' && statement.id)
      this.#constants.set(statement.id.name, statement as unknown as Node)
    if (statement.type === 'VariableDeclaration' && statement.kind === 'const')
      for (const {id, init} of statement.declarations)
        if (id.type === 'Identifier' && init) this.#constants.set(id.name, init)
  }

  exported(): Value {
    for (const statement of this.#program.body) {
      if (statement.type === 'ExportDefaultDeclaration') return this.#result(statement.declaration as Node)
      const assigned = statement.type === 'ExpressionStatement' && statement.expression
      if (assigned && assigned.type === 'AssignmentExpression' && isModuleExports(assigned.left))
        return this.#result(assigned.right)
    }
    return UNKNOWN
  }

  /** What is exported: a value, or what the function returns that is. */
  #result(node: Node): Value {
    const constant = node.type === 'Identifier' ? this.#constants.get(node.name) : undefined
    const found = constant ?? node
    if (!/Function/.test(found.type) || !('body' in found)) return this.value(found)
    const body = found.body as Node
    return body.type === 'BlockStatement' ? this.#returned(body.body) : this.value(body)
  }

  value(node: Node): Value {
    if (++this.#depth > DEEPEST || ++this.#values > MOST_VALUES) {
      this.#depth--
      return UNKNOWN
    }
    const found = this.#valueOf(node)
    this.#depth--
    return found
  }

  #valueOf(node: Node): Value {
    switch (node.type) {
      case 'Literal':
        if ('regex' in node && node.regex) return regExp(node.regex.pattern, node.regex.flags)
        return typeof node.value === 'bigint' ? UNKNOWN : (node.value as Value)
      case 'TemplateLiteral':
        return this.#template(
          node.quasis.map(({value}) => value.cooked ?? ''),
          node.expressions,
        )
      case 'ArrayExpression':
        return node.elements.map((element) =>
          element && element.type !== 'SpreadElement' ? this.value(element) : UNKNOWN,
        )
      case 'ObjectExpression':
        return this.#object(node.properties)
      case 'Identifier': {
        if (node.name === 'undefined') return undefined
        const constant = this.#constants.get(node.name)
        if (constant) return this.value(constant)
        const imported = this.#imports.get(node.name)
        return imported === undefined ? UNKNOWN : new CallValue('import', [imported])
      }
      case 'UnaryExpression': {
        const value = this.value(node.argument)
        if (node.operator === '!' && value !== UNKNOWN) return !value
        return node.operator === '-' && typeof value === 'number' ? -value : UNKNOWN
      }
      case 'BinaryExpression': {
        const left = this.value(node.left as Expression)
        const right = this.value(node.right)
        return node.operator === '+' &&
          typeof left === 'string' &&
          typeof right === 'string' &&
          left.length + right.length < LONGEST
          ? left + right
          : UNKNOWN
      }
      case 'CallExpression':
        return this.#call(node.callee, node.arguments)
      case 'AwaitExpression':
        return this.value(node.argument)
      default:
        // TypeScript's `as`, `satisfies`, `!` and `<T>` hold an expression.
        return /^TS\w*Expression$/.test((node as {type: string}).type)
          ? this.value((node as unknown as {expression: Node}).expression)
          : UNKNOWN
    }
  }

  #template(texts: string[], expressions: Expression[]): Value {
    let out = texts[0]!
    for (const [index, expression] of expressions.entries()) {
      const value = this.value(expression)
      if ((typeof value !== 'string' && typeof value !== 'number') || out.length > LONGEST) return UNKNOWN
      out += value + texts[index + 1]!
    }
    return out
  }

  #object(properties: (Property | SpreadElement)[]): Value {
    const values = new Map<string, Value>()
    let open = false
    for (const property of properties) {
      if (property.type === 'SpreadElement') {
        const spread = this.value(property.argument)
        if (spread instanceof ObjectValue) for (const [key, value] of spread.values) values.set(key, value)
        else for (const key of values.keys()) values.set(key, UNKNOWN)
        open ||= !(spread instanceof ObjectValue) || spread.hasUnknownKeys
        continue
      }
      const {key} = property
      const name = property.computed
        ? this.value(key as Expression)
        : key.type === 'Identifier'
          ? key.name
          : key.type === 'Literal'
            ? String(key.value)
            : UNKNOWN
      if (typeof name === 'string') values.set(name, this.value(property.value))
      else open = true
    }
    return new ObjectValue(values, open)
  }

  #call(callee: Node, args: Node[]): Value {
    const name = nameOf(callee)
    const values = args.map((arg) => this.value(arg))
    // What exists for its types' sake hands on what it is given.
    if (/^(?:define\w*Config|withMermaid|withPwa|defineConfigWithTheme)$/.test(name) && values.length > 0)
      return values[0]
    return new CallValue(name, values)
  }

  /** What a function returns, if it does so in one place; its constants become known, too. */
  #returned(body: Statement[]): Value {
    for (const statement of body) this.#declare(statement)
    const found = body.filter(({type}) => type === 'ReturnStatement')
    const [only] = found
    if (found.length !== 1 || only?.type !== 'ReturnStatement' || !only.argument) return UNKNOWN
    return this.value(only.argument)
  }
}

function regExp(pattern: string, flags: string): Value {
  try {
    return new RegExp(pattern, flags)
  } catch {
    return UNKNOWN
  }
}

const isModuleExports = (node: Node) =>
  node.type === 'MemberExpression' && /^(?:module\.exports|exports\.default)$/.test(nameOf(node))

/** `a` or `a.b.c`. */
function nameOf(node: Node): string {
  if (node.type === 'Identifier') return node.name
  if (node.type !== 'MemberExpression' || node.computed) return ''
  return `${nameOf(node.object)}.${nameOf(node.property)}`
}
