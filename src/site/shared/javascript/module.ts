import type {Node, Program} from 'estree'
import {changesIn} from './changes.ts'
import {declareAll, type Evaluates, exportedName} from './declare.ts'
import {declaredNames, nameOf} from './nodes.ts'
import {FunctionValue, ObjectValue, Scope, UNKNOWN, type Value} from './values.ts'

/** How the modules that code uses are found. */
export interface Modules {
  /** An export of a module: a name, `default`, or `*` for an object of all. */
  imported(specifier: string, name: string, from: string | undefined): Value
  /** The result of `require(specifier)`. */
  required(specifier: string, from: string | undefined): Value
  /** The file of a module in the tree. */
  fileOf(specifier: string, from: string | undefined): string | undefined
}

/** The exports of a module. */
export interface Module {
  names: Map<string, () => Value>
  /** The specifiers of modules that it re-exports completely: `export * from './x'`. */
  stars: string[]
  /** The value that `module.exports` has, for a CommonJS module or JSON. */
  whole?: () => Value
}

/** The module that a program defines. */
export function moduleOf(program: Program, file: string | undefined, evaluates: Evaluates): Module {
  const scope = new Scope(file)
  declareAll(program.body, scope, evaluates, changesIn(program))
  const module: Module = {names: new Map(), stars: []}
  const assigned: Assignment[] = []
  for (const statement of program.body) {
    addExports(module, statement, scope, evaluates)
    assigned.push(...assignedExports(statement))
  }
  if (assigned.length > 0) module.whole = () => wholeOf(assigned, scope, evaluates)
  return module
}

function addExports({names, stars}: Module, statement: Node, scope: Scope, evaluates: Evaluates): void {
  const local = (name: string) => scope.find(name) ?? (() => UNKNOWN)
  if (statement.type === 'ExportDefaultDeclaration') {
    const declaration = statement.declaration as Node
    names.set('default', () =>
      declaration.type === 'FunctionDeclaration'
        ? new FunctionValue(declaration, scope)
        : evaluates.value(declaration, scope),
    )
  }
  if (statement.type === 'ExportNamedDeclaration') {
    for (const name of declaredNames(statement)) names.set(name, local(name))
    const source = statement.source && String(statement.source.value)
    for (const specifier of statement.specifiers) {
      const name = exportedName(specifier.local)
      const value =
        source === null || source === undefined ? local(name) : () => evaluates.imported(source, name, scope)
      names.set(exportedName(specifier.exported), value)
    }
  }
  if (statement.type === 'ExportAllDeclaration') {
    const source = String(statement.source.value)
    if (statement.exported)
      names.set(exportedName(statement.exported), () => evaluates.imported(source, '*', scope))
    else stars.push(source)
  }
}

/** An assignment to the exports of a CommonJS module: `module.exports`, `exports.a`. */
interface Assignment {
  target: string
  value: Node
}

function assignedExports(statement: Node): Assignment[] {
  // TypeScript's `export = value`.
  if ((statement as {type: string}).type === 'TSExportAssignment')
    return [{target: 'module.exports', value: (statement as unknown as {expression: Node}).expression}]
  if (statement.type !== 'ExpressionStatement') return []
  const targets: string[] = []
  let value: Node = statement.expression
  while (value.type === 'AssignmentExpression' && value.operator === '=') {
    const target = nameOf(value.left)
    if (/^(?:module\.)?exports(?:\.\w+)?$/.test(target)) targets.push(target)
    value = value.right
  }
  return targets.map((target) => ({target, value}))
}

function wholeOf(assigned: readonly Assignment[], scope: Scope, evaluates: Evaluates): Value {
  const last = assigned.findLast(({target}) => target === 'module.exports')
  const whole = last ? evaluates.value(last.value, scope) : new ObjectValue(new Map(), false)
  if (!(whole instanceof ObjectValue)) return whole
  const values = new Map(whole.values)
  // After `module.exports = {}`, `exports` is another object, unless it is assigned, too.
  const isSame = last === undefined || assigned.some(({target}) => target === 'exports')
  for (const {target, value} of assigned.slice(last ? assigned.indexOf(last) + 1 : 0)) {
    const [, name] = (isSame ? /exports\.(\w+)$/ : /^module\.exports\.(\w+)$/).exec(target) ?? []
    if (name !== undefined) values.set(name, evaluates.value(value, scope))
  }
  return new ObjectValue(values, whole.hasUnknownKeys)
}
