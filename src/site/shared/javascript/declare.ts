import type {Node, Pattern} from 'estree'
import {type Changes, changed} from './changes.ts'
import {FunctionValue, isModule, member, ObjectValue, type Scope, UNKNOWN, type Value} from './values.ts'

/** How the expressions in declarations are evaluated. */
export interface Evaluates {
  value(node: Node, scope: Scope): Value
  /** An export of a module: a name, `default`, or `*` for an object of all. */
  imported(specifier: string, name: string, scope: Scope): Value
  /** A value that is used once more, if the limit of values allows it. */
  again(value: Value): Value
  /** The value of an object or a list that statements fill; undefined if it cannot be known. */
  filled(name: string, value: Value, statements: readonly Node[], scope: Scope): Value
}

/** Declare the names of statements in a scope; their values are evaluated when they are used. */
export function declareAll(
  statements: readonly Node[],
  scope: Scope,
  evaluates: Evaluates,
  changes: Changes,
): void {
  for (const statement of statements) {
    declareStatement(statement, scope, evaluates, changes)
    const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement
    if (declaration?.type !== 'VariableDeclaration') continue
    for (const {id, init} of declaration.declarations) {
      const change = id.type === 'Identifier' ? changes.get(id.name) : undefined
      if (id.type !== 'Identifier' || !init || !change || change.isReassigned) continue
      scope.declare(id.name, () => {
        const value = evaluates.value(init, scope)
        return evaluates.filled(id.name, value, statements, scope) ?? changed(value, change)
      })
    }
  }
}

function declareStatement(statement: Node, scope: Scope, evaluates: Evaluates, changes: Changes): void {
  const declare = (pattern: Node, evaluate: () => Value) => bind(pattern, evaluate, scope, evaluates, changes)
  switch (statement.type) {
    case 'ImportDeclaration':
      for (const {local, ...specifier} of statement.specifiers)
        declare(local, () =>
          evaluates.imported(String(statement.source.value), importedName(specifier), scope),
        )
      break
    case 'ExportNamedDeclaration':
    case 'ExportDefaultDeclaration':
      if (statement.declaration) declareStatement(statement.declaration as Node, scope, evaluates, changes)
      break
    case 'FunctionDeclaration': {
      const value = new FunctionValue(statement, scope)
      if (statement.id) declare(statement.id, () => value)
      break
    }
    case 'VariableDeclaration':
      for (const {id, init} of statement.declarations)
        declare(id, () => (init ? evaluates.value(init, scope) : undefined))
  }
}

function importedName(specifier: {type: string; imported?: Node}): string {
  if (specifier.type === 'ImportNamespaceSpecifier') return '*'
  return specifier.imported ? exportedName(specifier.imported) : 'default'
}

/** A name of an export, which may be written as a string. */
export const exportedName = (node: Node): string =>
  node.type === 'Identifier' ? node.name : node.type === 'Literal' ? String(node.value) : ''

/** Declare the names in a pattern, such as a parameter, each as a part of the value. */
export function bind(
  pattern: Node,
  evaluate: () => Value,
  scope: Scope,
  evaluates: Evaluates,
  changes: Changes,
): void {
  const part = (inner: Node, partOf: (value: Value) => Value) =>
    bind(inner, () => partOf(evaluate()), scope, evaluates, changes)
  switch (pattern.type) {
    case 'Identifier':
      scope.declare(pattern.name, () => changed(evaluate(), changes.get(pattern.name)))
      break
    case 'AssignmentPattern':
      part(pattern.left, (value) => (value === undefined ? evaluates.value(pattern.right, scope) : value))
      break
    case 'ObjectPattern':
      for (const property of pattern.properties)
        if (property.type === 'RestElement')
          part(property.argument, (value) => without(value, pattern.properties))
        else
          part(property.value, (value) => {
            const {key} = property
            return member(
              value,
              property.computed ? evaluates.value(key as Node, scope) : exportedName(key as Node),
            )
          })
      break
    case 'ArrayPattern':
      bindElements(pattern.elements, part)
  }
}

function bindElements(
  elements: readonly (Pattern | null)[],
  part: (inner: Node, partOf: (value: Value) => Value) => void,
): void {
  for (const [index, element] of elements.entries())
    if (element?.type === 'RestElement')
      part(element.argument, (value) => (Array.isArray(value) ? value.slice(index) : UNKNOWN))
    else if (element) part(element, (value) => member(value, index))
}

/** The rest of an object, `...rest`, without the properties that the pattern names. */
function without(value: Value, properties: readonly Node[]): Value {
  if (!(value instanceof ObjectValue)) return isModule(value) ? value : UNKNOWN
  const values = new Map(value.values)
  for (const property of properties)
    if (property.type === 'Property') {
      if (property.computed) return UNKNOWN
      values.delete(exportedName(property.key))
    }
  return new ObjectValue(values, value.hasUnknownKeys)
}
