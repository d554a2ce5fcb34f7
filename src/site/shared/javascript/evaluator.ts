import type {
  ConditionalExpression,
  Expression,
  Node,
  Property,
  SimpleCallExpression,
  SpreadElement,
} from 'estree'
import {folderOf} from '../../../text/paths.ts'
import {either, eitherElement, eitherElements, eitherSpread} from './branches.ts'
import {changesIn} from './changes.ts'
import {bind, declareAll, type Evaluates} from './declare.ts'
import {filled} from './fill.ts'
import {listMethod, objectFunction, pathFunction, stringMethod, truthyElements, urlPath} from './methods.ts'
import type {Modules} from './module.ts'
import {isFunction, nameOf, returnsIn} from './nodes.ts'
import {addSpread, binary, joined, literalValue, logical, metaProperty, unary} from './operators.ts'
import {
  CallValue,
  FunctionValue,
  isModule,
  member,
  ObjectValue,
  PathValue,
  partsOf,
  Scope,
  truth,
  UNKNOWN,
  type Value,
} from './values.ts'

/** Deeper than any configuration, and shallow enough for the stack. */
const DEEPEST = 100
/** More values than any configuration has: constants that each use another constant twice double with every level. */
const MOST_VALUES = 100_000
/** A function may call another, which is enough for helpers. */
const MOST_CALLS = 3

/** Helpers that exist only for type inference, or extend a configuration by what is no setting of pages. */
const RETURNS_ARGUMENT = /^(?:define\w*Config|withMermaid|withPwa|defineConfigWithTheme)$/

/** Evaluates expressions statically: nothing is run. */
export class Evaluator implements Evaluates {
  readonly #modules: Modules
  #depth = 0
  #values = 0
  #calls = 0

  constructor(modules: Modules) {
    this.#modules = modules
  }

  /** The value of an expression. */
  value(node: Node, scope: Scope): Value {
    if (++this.#depth > DEEPEST || ++this.#values > MOST_VALUES) {
      this.#depth--
      return UNKNOWN
    }
    const found = this.#valueOf(node, scope)
    this.#depth--
    return found
  }

  imported(specifier: string, name: string, scope: Scope): Value {
    if (this.#depth > DEEPEST) return UNKNOWN
    this.#depth++
    const found = this.#modules.imported(specifier, name, scope.file)
    this.#depth--
    return found
  }

  filled: Evaluates['filled'] = (name, value, statements, scope) =>
    filled(name, value, statements, scope, this)

  /** The result of a function of the tree, as far as it is a single `return`. */
  apply = (called: Value, args: readonly Value[]): Value => {
    if (!(called instanceof FunctionValue) || called.node.generator || this.#calls >= MOST_CALLS)
      return UNKNOWN
    this.#calls++
    const result = this.#result(called, args)
    this.#calls--
    return result
  }

  #result({node, scope: outer}: FunctionValue, args: readonly Value[]): Value {
    const {params, body} = node
    const scope = new Scope(outer.file, outer)
    const changes = changesIn(body)
    for (const [index, param] of params.entries())
      if (param.type === 'RestElement') bind(param.argument, () => args.slice(index), scope, this, changes)
      else bind(param, () => this.again(args[index]), scope, this, changes)
    if (body.type !== 'BlockStatement') return this.value(body, scope)
    this.#values += body.body.length
    declareAll(body.body, scope, this, changes)
    const [only, ...others] = returnsIn(body)
    // A return within another statement depends on a condition.
    if (only?.type !== 'ReturnStatement' || others.length > 0 || !body.body.includes(only)) return UNKNOWN
    return only.argument ? this.value(only.argument, scope) : undefined
  }

  /** A value that is used once more: its parts count again, so that no value has more than the limit. */
  again(value: Value): Value {
    const waiting: Value[] = [value]
    while (waiting.length > 0) {
      if (++this.#values > MOST_VALUES) return UNKNOWN
      const next = waiting.pop()
      for (const part of partsOf(next)) waiting.push(part)
    }
    return value
  }

  #valueOf(node: Node, scope: Scope): Value {
    switch (node.type) {
      case 'Literal':
        return literalValue(node)
      case 'TemplateLiteral':
        return node.expressions.reduce<Value>(
          (text, each, index) =>
            joined(joined(text, this.value(each, scope)), node.quasis[index + 1]!.value.cooked ?? ''),
          node.quasis[0]!.value.cooked ?? '',
        )
      case 'ArrayExpression':
        return node.elements.flatMap((element) => this.#items(element, scope))
      case 'ObjectExpression':
        return this.#object(node.properties, scope)
      case 'Identifier':
        return this.#named(node.name, scope)
      case 'MemberExpression':
        return this.#member(node, scope)
      case 'UnaryExpression':
        return unary(node.operator, this.value(node.argument, scope))
      case 'BinaryExpression':
        return binary(
          node.operator,
          this.value(node.left as Expression, scope),
          this.value(node.right, scope),
        )
      default:
        return this.#otherValue(node, scope)
    }
  }

  #otherValue(node: Node, scope: Scope): Value {
    switch (node.type) {
      case 'LogicalExpression':
        return logical(node.operator, this.value(node.left, scope), () => this.value(node.right, scope))
      case 'ConditionalExpression':
        return this.#conditional(node, scope)
      case 'CallExpression':
        return this.#call(node, scope)
      case 'ImportExpression': {
        const specifier = this.value(node.source, scope)
        return typeof specifier === 'string' ? this.imported(specifier, '*', scope) : UNKNOWN
      }
      case 'NewExpression':
        return nameOf(node.callee) === 'URL' ? urlPath(this.#elements(node.arguments, scope)) : UNKNOWN
      case 'AwaitExpression':
        return this.value(node.argument, scope)
      case 'ChainExpression':
        return this.value(node.expression, scope)
      default:
        if (isFunction(node)) return new FunctionValue(node, scope)
        // TypeScript's `as`, `satisfies`, `!` and `<T>` wrap an expression.
        return /^TS\w*Expression$/.test((node as {type: string}).type)
          ? this.value((node as unknown as {expression: Node}).expression, scope)
          : UNKNOWN
    }
  }

  /** The values of the sides of `a ? b : c` or `a && b` if it depends on the run which one it is. */
  #sides(node: Node, scope: Scope): [one: Value, other: Value] | undefined {
    const isDecided = (test: Node) => truth(this.value(test, scope)) !== undefined
    if (node.type === 'ConditionalExpression')
      return isDecided(node.test)
        ? undefined
        : [this.value(node.consequent, scope), this.value(node.alternate, scope)]
    if (node.type !== 'LogicalExpression' || node.operator !== '&&' || isDecided(node.left)) return
    return [this.value(node.right, scope), false]
  }

  #conditional({test, consequent, alternate}: ConditionalExpression, scope: Scope): Value {
    const isTrue = truth(this.value(test, scope))
    if (isTrue !== undefined) return this.value(isTrue ? consequent : alternate, scope)
    return either(this.value(consequent, scope), this.value(alternate, scope))
  }

  #named(name: string, scope: Scope): Value {
    if (name === 'undefined') return undefined
    const declared = scope.find(name)
    if (declared) return declared()
    if (scope.file === undefined) return UNKNOWN
    if (name === '__filename') return new PathValue(scope.file)
    return name === '__dirname' ? new PathValue(folderOf(scope.file)) : UNKNOWN
  }

  #member(node: Extract<Node, {type: 'MemberExpression'}>, scope: Scope): Value {
    const {object} = node
    if (object.type === 'MetaProperty')
      return scope.file === undefined ? UNKNOWN : metaProperty(nameOf(node.property), scope.file)
    const value = this.value(object, scope)
    return node.optional && (value === undefined || value === null)
      ? undefined
      : member(value, this.#keyOf(node.property, node.computed, scope))
  }

  /** The elements of a list that are written as one, which may be there under a condition. */
  #items(element: Node | null, scope: Scope): readonly Value[] {
    const isSpread = element?.type === 'SpreadElement'
    const sides = element ? this.#sides(isSpread ? element.argument : element, scope) : undefined
    if (!sides) return this.#elements([element], scope)
    return isSpread ? eitherElements(...sides) : [eitherElement(...sides)]
  }

  #elements(elements: readonly (Node | null)[], scope: Scope): Value[] {
    return elements.flatMap((element): readonly Value[] => {
      if (element?.type !== 'SpreadElement') return [element ? this.value(element, scope) : undefined]
      const spread = this.value(element.argument, scope)
      return Array.isArray(spread) ? spread : [UNKNOWN]
    })
  }

  #object(properties: readonly (Property | SpreadElement)[], scope: Scope): Value {
    const values = new Map<string, Value>()
    let hasUnknownKeys = false
    for (const property of properties) {
      if (property.type === 'SpreadElement') {
        const sides = this.#sides(property.argument, scope)
        const isKnown = addSpread(
          values,
          sides ? eitherSpread(...sides) : this.value(property.argument, scope),
        )
        hasUnknownKeys ||= !isKnown
        continue
      }
      const name = this.#keyOf(property.key, property.computed, scope)
      if (typeof name === 'string' || typeof name === 'number')
        values.set(String(name), property.kind === 'init' ? this.value(property.value, scope) : UNKNOWN)
      else hasUnknownKeys = true
    }
    return new ObjectValue(values, hasUnknownKeys)
  }

  #keyOf(key: Node, computed: boolean, scope: Scope): Value {
    if (computed) return this.value(key, scope)
    if (key.type === 'Identifier') return key.name
    return key.type === 'Literal' ? String(key.value) : UNKNOWN
  }

  #call({callee, arguments: args}: SimpleCallExpression, scope: Scope): Value {
    const name = nameOf(callee)
    const values = this.#elements(args, scope)
    const known = this.#resultOfKnown(name, values, scope)
    if (known !== undefined) return known
    if (callee.type === 'Super') return UNKNOWN
    const isMethod = callee.type === 'MemberExpression' && callee.object.type !== 'Super'
    const receiver = isMethod ? this.value(callee.object, scope) : undefined
    if (isMethod && Array.isArray(receiver)) return this.#listMethod(receiver, callee.property, values, args)
    if (isMethod && typeof receiver === 'string')
      return stringMethod(receiver, nameOf(callee.property), values) ?? UNKNOWN
    const called = isMethod
      ? member(receiver, this.#keyOf(callee.property, callee.computed, scope))
      : this.value(callee, scope)
    const result = this.apply(called, values)
    if (result !== UNKNOWN) return result
    // Only a function that is not in the tree is known by its name.
    if (RETURNS_ARGUMENT.test(name) && values.length > 0) return values[0]
    const module = isModule(called) ? called.args[0] : undefined
    return new CallValue(name, values, typeof module === 'string' ? module : undefined)
  }

  #listMethod(
    list: readonly Value[],
    property: Node,
    values: readonly Value[],
    args: readonly Node[],
  ): Value {
    const [first] = args
    const name = nameOf(property)
    if (name === 'filter' && first && nameOf(first) === 'Boolean') return truthyElements(list)
    return listMethod(list, name, values, this.apply) ?? UNKNOWN
  }

  /** The result of a function that every module has; undefined for other functions. */
  #resultOfKnown(name: string, args: readonly Value[], scope: Scope): Value {
    const [first] = args
    if (typeof first === 'string' && /^require(?:\.resolve)?$/.test(name) && !scope.find('require')) {
      if (name === 'require') return this.#modules.required(first, scope.file)
      const file = this.#modules.fileOf(first, scope.file)
      return file === undefined ? undefined : new PathValue(file)
    }
    return name.startsWith('Object.') ? objectFunction(name, args) : pathFunction(name, args)
  }
}
