/** An import or a re-export: `import A, {B as C} from 'd'`. */
const STATEMENT = /^[ \t]*(import|export)\b([^'"();=]{0,2000}?)\bfrom\s*['"]([^'"\n]+)['"][ \t]*;?/gm
/** An import that binds no names, and an export of names that are imported. */
const OTHER = /^[ \t]*(?:import\s*['"][^'"\n]+['"]|export\s+(?:type\s+)?\{[^{}]*\}(?!\s*from\b))[ \t]*;?/gm
/** Types, which show nothing: `import type {A} from 'b'`. */
const TYPES = /^\s*type\s+[\w${*]/
const COMMENT = /\/\*[\s\S]*?\*\/|^[ \t]*\/\/.*$/gm

/** The name of an export, and the module that has it. */
export interface Export {
  from: string
  /** Its name there. */
  name: string
}

/**
 * The exports that code uses of modules: only `B` of `d` for `import {B} from 'd'`.
 *
 * @returns by module; without those of which it may use all
 */
export function namedImports(code: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  const whole = new Set<string>()
  for (const [, , clause, from] of code.matchAll(STATEMENT)) {
    if (TYPES.test(clause!)) continue
    const names = /^\s*\{([^{}]*)\}\s*$/.exec(clause!)?.[1]
    if (names === undefined) whole.add(from!)
    else found.set(from!, [...(found.get(from!) ?? []), ...namesIn(names).map(({name}) => name)])
  }
  for (const from of whole) found.delete(from)
  return found
}

const REQUIRED =
  /^[ \t]*(?:const|let|var)\s+([\w$]+|\{[^{}]*\})\s*=\s*(?:await\s+import|require)\(\s*['"]([^'"\n]+)['"]/gm

/** The modules of the names that code imports: `b` → `c` for `import {a as b} from 'c'`, or `const b = require('c')`. */
export function importedNames(code: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const [, keyword, clause, from] of code.matchAll(STATEMENT)) {
    if (keyword !== 'import') continue
    const space = /\*\s*as\s+([\w$]+)/.exec(clause!)?.[1]
    if (space !== undefined) found.set(space, from!)
    for (const {as} of bindingsIn(clause!)) found.set(as, from!)
  }
  for (const [, clause, from] of code.matchAll(REQUIRED))
    for (const name of clause!.match(/(?<![\w$])[\w$]+(?![\w$])(?=\s*(?:[,}]|$))/g) ?? [])
      found.set(name, from!)
  return found
}

/**
 * The exports of a module that only hands on those of others, by name: `export {default as A} from './a.astro'`.
 *
 * @returns undefined for a module with code of its own, or that hands on whatever another one exports
 */
export function reexports(code: string): ReadonlyMap<string, Export> | undefined {
  const text = code.replace(COMMENT, '')
  if (text.replace(STATEMENT, '').replace(OTHER, '').trim() !== '') return
  const statements = [...text.matchAll(STATEMENT)]
  if (statements.some(([, , clause]) => clause!.includes('*'))) return
  const found = {import: new Map<string, Export>(), export: new Map<string, Export>()}
  for (const [, keyword, clause, from] of statements)
    for (const {name, as} of bindingsIn(clause!))
      found[keyword as 'import' | 'export'].set(as, {from: from!, name})
  for (const [, names] of text.matchAll(EXPORT))
    for (const {name, as} of namesIn(names!)) {
      const imported = found.import.get(name)
      if (imported) found.export.set(as, imported)
    }
  return found.export
}

/** An export of names of the module: `export {A, B as C}`. */
const EXPORT = /^[ \t]*export\s+\{([^{}]*)\}(?!\s*from\b)/gm

/** The names that an import or export binds: `A, {B as C}`. */
function bindingsIn(clause: string): Binding[] {
  if (TYPES.test(clause)) return []
  const [, whole, names = ''] = /^([\w$]+)?[\s,]*(?:\{([^{}]*)\})?$/.exec(clause.trim()) ?? []
  return [...(whole === undefined ? [] : [{name: 'default', as: whole}]), ...namesIn(names)]
}

/** A name, and the one that it gets. */
interface Binding {
  name: string
  as: string
}

/** The names in braces, and those that they get: `A, B as C`. Types are left out. */
const namesIn = (list: string): Binding[] =>
  list
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '' && !each.startsWith('type '))
    .map((each) => {
      const [name, as = name] = each.split(/(?<!\s)\s+as\s+/)
      return {name: name!, as: as!}
    })
