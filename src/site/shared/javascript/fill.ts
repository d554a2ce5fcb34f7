import type {AssignmentExpression, CallExpression, ForOfStatement, Node} from 'estree'
import {eitherElement} from './branches.ts'
import {changesIn} from './changes.ts'
import {bind, declareAll, type Evaluates} from './declare.ts'
import {isFunction, nameOf, returnsIn} from './nodes.ts'
import {isUncertain, ObjectValue, Scope, truth, UNKNOWN, type Value} from './values.ts'

/**
 * The value of an object or a list that statements fill, such as `for (const x of list) object[x] = y`.
 *
 * @param scope The scope that declares the name.
 * @returns undefined if it cannot be known
 */
export function filled(
  name: string,
  value: Value,
  statements: readonly Node[],
  scope: Scope,
  evaluates: Evaluates,
): Value {
  if (!(value instanceof ObjectValue) && !Array.isArray(value)) return
  const filling = new Filling(name, value, scope, evaluates)
  filling.runAll(statements, scope)
  return filling.result()
}

/** Statements that contain a single one, so that changes by the statement itself are found, too. */
const wrappers = new WeakMap<Node, Node>()

class Filling {
  readonly #name: string
  readonly #declared: unknown
  readonly #evaluates: Evaluates
  readonly #object: Map<string, Value> | undefined
  readonly #list: Value[]
  readonly #hasUnknownKeys: boolean
  #isKnown = true
  /** Does it depend on the run whether the current statement is reached? */
  #isConditional = false

  constructor(name: string, value: ObjectValue | readonly Value[], scope: Scope, evaluates: Evaluates) {
    this.#name = name
    this.#declared = scope.find(name)
    this.#evaluates = evaluates
    this.#object = value instanceof ObjectValue ? new Map(value.values) : undefined
    this.#list = value instanceof ObjectValue ? [] : [...value]
    this.#hasUnknownKeys = value instanceof ObjectValue && value.hasUnknownKeys
  }

  result(): Value {
    if (!this.#isKnown) return undefined
    return this.#object ? new ObjectValue(this.#object, this.#hasUnknownKeys) : this.#list
  }

  /** @returns whether the rest of the loop's body is skipped */
  runAll(statements: readonly Node[], scope: Scope): boolean {
    return statements.some((statement) => this.#isKnown && this.#run(statement, scope))
  }

  #run(node: Node, scope: Scope): boolean {
    // Statements in loops count as values, so that they end.
    if (this.#evaluates.again(node.type) === UNKNOWN) this.#isKnown = false
    if (!this.#isKnown) return true
    switch (node.type) {
      case 'ExpressionStatement':
        return this.#run(node.expression, scope)
      case 'BlockStatement': {
        const inner = new Scope(scope.file, scope)
        declareAll(node.body, inner, this.#evaluates, changesIn(node))
        return this.runAll(node.body, inner)
      }
      case 'IfStatement':
      case 'ConditionalExpression':
        return this.#branch(node.test, node.consequent, node.alternate ?? undefined, scope)
      case 'ContinueStatement':
        return true
      case 'ReturnStatement':
        if (node.argument) this.#pass(node.argument)
        return true
      case 'BreakStatement':
        this.#isKnown = false
        return true
      case 'ForOfStatement':
        this.#each(node, scope)
        return false
      case 'AssignmentExpression':
        this.#assign(node, scope)
        return false
      case 'CallExpression':
        this.#call(node, scope)
        return false
      default:
        this.#pass(node)
        return false
    }
  }

  /** Pass a node that is not understood: it may not change the value. */
  #pass(node: Node): void {
    let wrapper = wrappers.get(node)
    if (!wrapper)
      wrappers.set(node, (wrapper = {type: 'Program', sourceType: 'module', body: [node as never]}))
    if (changesIn(wrapper).has(this.#name) || returnsIn(wrapper).length > 0) this.#isKnown = false
  }

  #branch(test: Node, yes: Node, no: Node | undefined, scope: Scope): boolean {
    this.#pass(test)
    const isTrue = truth(this.#evaluates.value(test, scope))
    const taken = isTrue ? yes : no
    if (isTrue !== undefined) return taken !== undefined && this.#run(taken, scope)
    const before = this.#isConditional
    this.#isConditional = true
    const stops = [yes, no].filter((side) => side && this.#run(side, scope))
    // What follows `if (unknown) continue` is conditional as well.
    this.#isConditional = before || stops.length > 0
    return false
  }

  #each({left, right, body}: ForOfStatement, scope: Scope): void {
    this.#pass(right)
    const pattern = left.type === 'VariableDeclaration' ? left.declarations[0]?.id : undefined
    this.#repeat(this.#evaluates.value(right, scope), pattern ? [pattern] : undefined, body, scope)
  }

  /** Run a body with each element of a list. */
  #repeat(list: Value, params: readonly Node[] | undefined, body: Node, scope: Scope): void {
    if (!Array.isArray(list) || list.some(isUncertain) || !params) {
      this.#pass(body)
      return
    }
    const before = this.#isConditional
    for (const [index, element] of list.entries()) {
      const inner = new Scope(scope.file, scope)
      const values: readonly Value[] = [element, index]
      for (const [at, param] of params.entries())
        bind(param, () => this.#evaluates.again(values[at]), inner, this.#evaluates, changesIn(body))
      this.#run(body, inner)
      if (!this.#isKnown) return
      this.#isConditional = before
    }
  }

  #assign(node: AssignmentExpression, scope: Scope): void {
    const {left, right} = node
    if (left.type !== 'MemberExpression' || !this.#isOwn(left.object, scope) || !this.#object) {
      this.#pass(node)
      return
    }
    this.#pass(right)
    const key = left.computed ? this.#evaluates.value(left.property, scope) : nameOf(left.property)
    if (typeof key !== 'string' || node.operator !== '=') this.#isKnown = false
    else this.#object.set(key, this.#isConditional ? UNKNOWN : this.#evaluates.value(right, scope))
  }

  #call(node: CallExpression, scope: Scope): void {
    const {callee, arguments: args} = node
    const [first] = args
    if (callee.type !== 'MemberExpression' || callee.computed || !first) {
      this.#pass(node)
      return
    }
    const method = nameOf(callee.property)
    if (method === 'push' && !this.#object && this.#isOwn(callee.object, scope)) {
      for (const arg of args) this.#push(arg, scope)
      return
    }
    if (!/^(?:forEach|map)$/.test(method) || !isFunction(first)) {
      this.#pass(node)
      return
    }
    this.#pass(callee.object)
    this.#repeat(this.#evaluates.value(callee.object, scope), first.params, first.body, scope)
  }

  #push(arg: Node, scope: Scope): void {
    this.#pass(arg)
    const value = arg.type === 'SpreadElement' ? UNKNOWN : this.#evaluates.value(arg, scope)
    this.#list.push(this.#isConditional ? eitherElement(value, undefined) : value)
  }

  #isOwn(node: Node, scope: Scope): boolean {
    return node.type === 'Identifier' && node.name === this.#name && scope.find(node.name) === this.#declared
  }
}
