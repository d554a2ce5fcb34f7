import type {MemberExpression, Node} from 'estree'
import {nodesIn, patternNames} from './nodes.ts'
import {ObjectValue, UNKNOWN, type Value} from './values.ts'

/** The ways in which code changes the value of a name after its declaration. */
interface Change {
  isReassigned: boolean
  /** The properties that are assigned; undefined for one whose name is computed, or a call that changes the value. */
  keys: Set<string | undefined>
  isAppended: boolean
}

/** The names that code changes after their declarations. */
export type Changes = ReadonlyMap<string, Change>

const CHANGING = /^(?:unshift|splice|sort|reverse|pop|shift|fill|set|add|delete|clear)$/
const APPENDING = 'push'

const known = new WeakMap<Node, Changes>()

/** The names that a program or a function's body changes; its functions' own names are theirs. */
export function changesIn(body: Node): Changes {
  let found = known.get(body)
  if (!found) known.set(body, (found = findChanges(body)))
  return found
}

function findChanges(body: Node): Changes {
  const changes = new Map<string, Change>()
  for (const {node, hides} of nodesIn(body))
    for (const [name, add] of changesBy(node)) {
      if (hides(name)) continue
      const change = changes.get(name) ?? {isReassigned: false, keys: new Set(), isAppended: false}
      add(change)
      changes.set(name, change)
    }
  return changes
}

/** The names that a node changes, and how. */
function* changesBy(node: Node): Generator<[name: string, add: (change: Change) => void]> {
  for (const target of targetsOf(node)) {
    const {name, key} = rootOf(target)
    if (target.type === 'MemberExpression') {
      if (name !== undefined) yield [name, ({keys}) => keys.add(key)]
    } else for (const each of patternNames(target)) yield [each, (change) => (change.isReassigned = true)]
  }
  if (node.type === 'CallExpression' && node.callee.type === 'MemberExpression')
    yield* changesByMethod(node.callee, node.arguments)
}

function* changesByMethod(
  callee: MemberExpression,
  [first]: readonly Node[],
): Generator<[name: string, add: (change: Change) => void]> {
  const {name, key, isDirect} = rootOf(callee)
  if (name === undefined) return
  if (name === 'Object' && key === 'assign' && first?.type === 'Identifier')
    yield [first.name, ({keys}) => keys.add(undefined)]
  if (callee.property.type !== 'Identifier') return
  const method = callee.property.name
  if (isDirect && method === APPENDING) yield [name, (change) => (change.isAppended = true)]
  else if (method === APPENDING || CHANGING.test(method))
    yield [name, ({keys}) => keys.add(isDirect ? undefined : key)]
}

/** The targets that a node assigns to. */
function targetsOf(node: Node): Node[] {
  if (node.type === 'AssignmentExpression') return [node.left]
  if (node.type === 'UpdateExpression') return [node.argument]
  if (node.type === 'UnaryExpression' && node.operator === 'delete') return [node.argument]
  if (node.type !== 'ForInStatement' && node.type !== 'ForOfStatement') return []
  return node.left.type === 'VariableDeclaration' ? [] : [node.left]
}

/** The name that a member expression begins with, and its first property: `a.b.c` → `a`, `b`. */
function rootOf(target: Node): {name?: string; key?: string | undefined; isDirect: boolean} {
  let node = target
  let key: string | undefined
  let isDirect = true
  while (node.type === 'MemberExpression') {
    isDirect = node === target
    key = node.computed || node.property.type !== 'Identifier' ? undefined : node.property.name
    node = node.object
  }
  return node.type === 'Identifier' ? {name: node.name, key, isDirect} : {isDirect}
}

/** What is still known of the value of a name that is changed after its declaration. */
export function changed(value: Value, change: Change | undefined): Value {
  if (!change) return value
  if (change.isReassigned) return UNKNOWN
  if (value instanceof ObjectValue) {
    if (change.keys.has(undefined)) return UNKNOWN
    const values = new Map(value.values)
    for (const key of change.keys) values.set(key!, UNKNOWN)
    return new ObjectValue(values, value.hasUnknownKeys)
  }
  if (change.keys.size > 0) return UNKNOWN
  return change.isAppended && Array.isArray(value) ? [...value, UNKNOWN] : value
}
