import type {Expression, Literal, Node, Program, Property, SpreadElement, Statement} from 'estree'
import {LARGEST_CONFIGURATION} from './data.ts'
import {depthLimited} from './depth-limited-parser.ts'

/** A value that is only known at run time. */
export const UNKNOWN: unique symbol = Symbol('unknown')

/** A call that is not evaluated: `starlight({…})`. An imported name is a call of `import` with the module's name. */
export class CallValue {
  readonly name: string
  readonly args: readonly Value[]

  constructor(name: string, args: readonly Value[]) {
    this.name = name
    this.args = args
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

/** The value of an expression. */
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
 * Evaluate the export of a configuration in JavaScript or TypeScript statically: literals, objects, arrays, constants
 * of the same file, and the arguments of functions such as `defineConfig`.
 *
 * @returns {@link UNKNOWN} for other expressions, and for code with syntax errors
 */
export async function readCode(code: string): Promise<Value> {
  if (code.length > LARGEST_CONFIGURATION) return UNKNOWN
  const {Parser} = await import('acorn')
  const {tsPlugin} = await import('@sveltejs/acorn-typescript')
  try {
    const options = {ecmaVersion: 'latest', sourceType: 'module', allowReturnOutsideFunction: true} as const
    const program = Parser.extend(tsPlugin({jsx: false}), depthLimited).parse(
      code,
      options,
    ) as unknown as Program
    return new Evaluator(program).exported()
  } catch {
    return UNKNOWN
  }
}

/** Deeper than any configuration, and shallow enough for the stack. */
const DEEPEST = 100
/** More values than any configuration has: constants that each use another constant twice double with every level. */
const MOST_VALUES = 100_000
/** Longer than any relevant string, in UTF-16 units. */
const LONGEST = 100_000

/** Evaluates the expressions of a module statically. */
class Evaluator {
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

  /** The exported value, or the return value of an exported function. */
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
        return literalValue(node)
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
      case 'Identifier':
        return this.#named(node.name)
      case 'UnaryExpression':
        return applied(node.operator, this.value(node.argument))
      case 'BinaryExpression':
        return joined(node.operator, this.value(node.left as Expression), this.value(node.right))
      case 'CallExpression':
        return this.#call(node.callee, node.arguments)
      case 'AwaitExpression':
        return this.value(node.argument)
      default:
        // TypeScript's `as`, `satisfies`, `!` and `<T>` wrap an expression.
        return /^TS\w*Expression$/.test((node as {type: string}).type)
          ? this.value((node as unknown as {expression: Node}).expression)
          : UNKNOWN
    }
  }

  #named(name: string): Value {
    if (name === 'undefined') return undefined
    const constant = this.#constants.get(name)
    if (constant) return this.value(constant)
    const imported = this.#imports.get(name)
    return imported === undefined ? UNKNOWN : new CallValue('import', [imported])
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
    let hasUnknownKeys = false
    for (const property of properties) {
      if (property.type === 'SpreadElement') {
        const isKnown = addSpread(values, this.value(property.argument))
        hasUnknownKeys ||= !isKnown
        continue
      }
      const name = this.#keyOf(property)
      if (typeof name === 'string') values.set(name, this.value(property.value))
      else hasUnknownKeys = true
    }
    return new ObjectValue(values, hasUnknownKeys)
  }

  #keyOf({key, computed}: Property): Value {
    if (computed) return this.value(key as Expression)
    if (key.type === 'Identifier') return key.name
    return key.type === 'Literal' ? String(key.value) : UNKNOWN
  }

  #call(callee: Node, args: Node[]): Value {
    const name = nameOf(callee)
    const values = args.map((arg) => this.value(arg))
    // Helpers that exist only for type inference return their argument.
    if (/^(?:define\w*Config|withMermaid|withPwa|defineConfigWithTheme)$/.test(name) && values.length > 0)
      return values[0]
    return new CallValue(name, values)
  }

  /** The return value of a function with a single `return`; its constants are recorded, too. */
  #returned(body: Statement[]): Value {
    for (const statement of body) this.#declare(statement)
    const found = body.filter(({type}) => type === 'ReturnStatement')
    const [only] = found
    if (found.length !== 1 || only?.type !== 'ReturnStatement' || !only.argument) return UNKNOWN
    return this.value(only.argument)
  }
}

function literalValue(node: Literal): Value {
  if ('regex' in node && node.regex) return regExp(node.regex.pattern, node.regex.flags)
  return typeof node.value === 'bigint' ? UNKNOWN : (node.value as Value)
}

/** The value of `!value` or `-value`. */
function applied(operator: string, value: Value): Value {
  if (operator === '!' && value !== UNKNOWN) return !value
  return operator === '-' && typeof value === 'number' ? -value : UNKNOWN
}

/** The value of `'left' + 'right'`. */
const joined = (operator: string, left: Value, right: Value): Value =>
  operator === '+' &&
  typeof left === 'string' &&
  typeof right === 'string' &&
  left.length + right.length < LONGEST
    ? left + right
    : UNKNOWN

/**
 * Add the keys of `...spread`.
 *
 * @returns whether all of them are known
 */
function addSpread(values: Map<string, Value>, spread: Value): boolean {
  if (spread instanceof ObjectValue) {
    for (const [key, value] of spread.values) values.set(key, value)
    return !spread.hasUnknownKeys
  }
  for (const key of values.keys()) values.set(key, UNKNOWN)
  return false
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
