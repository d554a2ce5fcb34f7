import type {Node} from 'estree'

/** A node within others, and whether a function between them declares a name of its own. */
interface NodeWithin {
  node: Node
  /** Is the node in a function that declares the name? */
  hides(name: string): boolean
}

/** The names that a function declares, and the functions around it. */
interface Hidden {
  names: ReadonlySet<string>
  outer: Hidden | undefined
}

/** All nodes within a node, without recursion, since expressions such as `a.b.c…` can be nested deeply. */
export function* nodesIn(root: Node): Generator<NodeWithin> {
  const waiting: [Node, Hidden | undefined][] = [[root, undefined]]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [node, outer] = next
    const hidden = node !== root && isFunction(node) ? {names: new Set(ownNames(node)), outer} : outer
    if (node !== root) yield {node, hides: (name) => isHidden(name, hidden)}
    for (const child of childrenOf(node)) waiting.push([child, hidden])
  }
}

/** The return statements of a function's body, without those of functions in it. */
export function returnsIn(body: Node): Node[] {
  const found: Node[] = []
  const waiting: Node[] = [body]
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.type === 'ReturnStatement') found.push(node)
    else if (!isFunction(node)) for (const child of childrenOf(node)) waiting.push(child)
  }
  return found
}

function isHidden(name: string, hidden: Hidden | undefined): boolean {
  for (let each = hidden; each; each = each.outer) if (each.names.has(name)) return true
  return false
}

/** Is a node a function or a method? */
export const isFunction = (node: Node): node is Extract<Node, {params: unknown}> =>
  /^(?:Arrow)?Function(?:Declaration|Expression)$/.test(node.type)

/** The parameters and the variables of a function. */
function* ownNames(node: Extract<Node, {params: unknown}>): Generator<string> {
  for (const param of node.params) yield* patternNames(param)
  if (node.body.type === 'BlockStatement') for (const each of node.body.body) yield* declaredNames(each)
}

/** The names that a statement declares, `export` or not. */
export function* declaredNames(statement: Node): Generator<string> {
  if (statement.type === 'ExportNamedDeclaration' && statement.declaration)
    yield* declaredNames(statement.declaration)
  if (statement.type === 'FunctionDeclaration' && statement.id) yield statement.id.name
  if (statement.type === 'VariableDeclaration')
    for (const {id} of statement.declarations) yield* patternNames(id)
}

/** The names in a pattern: `{a, b: [c], ...d}` → `a`, `c`, `d`. */
export function* patternNames(pattern: Node): Generator<string> {
  if (pattern.type === 'Identifier') yield pattern.name
  else if (pattern.type === 'AssignmentPattern') yield* patternNames(pattern.left)
  else if (pattern.type === 'RestElement') yield* patternNames(pattern.argument)
  else if (pattern.type === 'ArrayPattern')
    for (const element of pattern.elements) yield* element ? patternNames(element) : []
  else if (pattern.type === 'ObjectPattern')
    for (const each of pattern.properties) yield* patternNames(each.type === 'Property' ? each.value : each)
}

function* childrenOf(node: Node): Generator<Node> {
  for (const value of Object.values(node))
    for (const child of Array.isArray(value) ? value : [value])
      if (typeof child === 'object' && child !== null && typeof child.type === 'string') yield child
}

/** `a` or `a.b.c`; empty for other expressions. */
export function nameOf(node: Node): string {
  const names: string[] = []
  let left = node
  while (left.type === 'MemberExpression' && !left.computed && left.property.type === 'Identifier') {
    names.push(left.property.name)
    left = left.object
  }
  return left.type === 'Identifier' ? [left.name, ...names.reverse()].join('.') : ''
}
