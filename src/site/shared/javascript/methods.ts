import {folderOf, joinPath} from '../../../text/paths.ts'
import {FunctionValue, isUncertain, ObjectValue, PathValue, truth, UNKNOWN, type Value} from './values.ts'

/** Calls a function with arguments. */
type Apply = (called: Value, args: readonly Value[]) => Value

/**
 * The result of a method of a list, as far as it is known.
 *
 * @returns undefined for a method that is not evaluated
 */
export function listMethod(
  list: readonly Value[],
  name: string,
  args: readonly Value[],
  apply: Apply,
): Value {
  const [first] = args
  switch (name) {
    case 'map':
      return list.map((each, index) => elementOf(each, first, index, apply))
    case 'flatMap':
      return flat(list.map((each, index) => elementOf(each, first, index, apply)))
    case 'filter':
      return list.flatMap((each, index) => filtered(each, first, index, apply))
    case 'concat':
      return [
        ...list,
        ...args.flatMap((arg) => (Array.isArray(arg) ? arg : typeof arg === 'string' ? [arg] : [UNKNOWN])),
      ]
    case 'flat':
      return args.length === 0 ? flat(list) : UNKNOWN
    case 'slice':
      return list.some(isUncertain) || !args.every(isIndex) ? [UNKNOWN] : list.slice(...args)
    case 'join':
      return list.every((each) => typeof each === 'string') &&
        (first === undefined || typeof first === 'string')
        ? list.join(first)
        : UNKNOWN
    case 'includes':
      return list.some(isUncertain) || typeof first !== 'string' ? UNKNOWN : list.includes(first)
  }
}

/** An unknown element may stand for several. */
const elementOf = (each: Value, mapper: Value, index: number, apply: Apply) =>
  isUncertain(each) ? UNKNOWN : apply(mapper, [each, index])

const isIndex = (arg: Value): arg is number => typeof arg === 'number'

const flat = (list: readonly Value[]): Value[] =>
  list.flatMap((each) => (Array.isArray(each) ? (each as readonly Value[]) : [each]))

function filtered(each: Value, test: Value, index: number, apply: Apply): Value[] {
  const isKept =
    !isUncertain(each) && test instanceof FunctionValue ? truth(apply(test, [each, index])) : undefined
  if (isKept === undefined) return [UNKNOWN]
  return isKept ? [each] : []
}

/** The list without falsy elements: `list.filter(Boolean)`. */
export const truthyElements = (list: readonly Value[]): readonly Value[] =>
  list.filter((each) => truth(each) !== false)

/** The longest text that an expression of the tree is tried on, in UTF-16 units. */
const LONGEST_TRIED = 1000

/**
 * The result of a method of a string, as far as it is known.
 *
 * @returns undefined for a method that is not evaluated
 */
export function stringMethod(text: string, name: string, args: readonly Value[]): Value {
  const [first, second] = args
  if (name === 'slice') return args.every(isIndex) ? text.slice(...args) : UNKNOWN
  if (name === 'replace' || name === 'replaceAll') return replaced(text, name, first, second)
  if (args.length === 0) return withoutArguments(text, name)
  return typeof first === 'string' && first !== '' && args.length === 1
    ? comparedWith(text, name, first)
    : undefined
}

function withoutArguments(text: string, name: string): Value {
  if (name === 'toLowerCase') return text.toLowerCase()
  if (name === 'toUpperCase') return text.toUpperCase()
  return name === 'trim' ? text.trim() : undefined
}

function comparedWith(text: string, name: string, part: string): Value {
  if (name === 'startsWith') return text.startsWith(part)
  if (name === 'endsWith') return text.endsWith(part)
  if (name === 'includes') return text.includes(part)
  return name === 'split' ? text.split(part) : undefined
}

function replaced(text: string, name: 'replace' | 'replaceAll', from: Value, to: Value): Value {
  if (typeof to !== 'string' || text.length > LONGEST_TRIED || to.length > LONGEST_TRIED) return UNKNOWN
  if (typeof from === 'string' && from !== '') return text[name](from, to)
  // With a single quantifier and an anchor, an expression takes linear time.
  const isFast =
    from instanceof RegExp &&
    /^\^[^(){|]*$/.test(from.source) &&
    (from.source.match(/[*+?]/g) ?? []).length < 2
  return isFast && (from.global || name === 'replace') ? text[name](from, to) : UNKNOWN
}

/**
 * The result of a function of `Object`.
 *
 * @returns undefined for a function that is not evaluated
 */
export function objectFunction(name: string, args: readonly Value[]): Value {
  const [first] = args
  if (name === 'Object.fromEntries') return Array.isArray(first) ? fromEntries(first) : UNKNOWN
  if (name === 'Object.freeze') return first
  if (!(first instanceof ObjectValue)) return
  const more: Value[] = first.hasUnknownKeys ? [UNKNOWN] : []
  if (name === 'Object.keys') return [...first.values.keys(), ...more]
  if (name === 'Object.values') return [...first.values.values(), ...more]
  if (name === 'Object.entries') return [...[...first.values].map((entry): Value => entry), ...more]
}

function fromEntries(entries: readonly Value[]): ObjectValue {
  const values = new Map<string, Value>()
  let hasUnknownKeys = false
  for (const entry of entries) {
    const [key, value]: readonly Value[] = Array.isArray(entry) ? entry : [UNKNOWN]
    if (typeof key === 'string' || typeof key === 'number') values.set(String(key), value)
    else {
      for (const each of values.keys()) values.set(each, UNKNOWN)
      hasUnknownKeys = true
    }
  }
  return new ObjectValue(values, hasUnknownKeys)
}

/**
 * The result of a function of `node:path` or `node:url` that makes an absolute path:
 * `path.join(__dirname, 'docs')`.
 *
 * @returns undefined for other functions, and other arguments
 */
export function pathFunction(name: string, args: readonly Value[]): PathValue | undefined {
  const [first, ...rest] = args
  if (!(first instanceof PathValue)) return
  if (/^(?:url\.)?fileURLToPath$/.test(name)) return first
  if (/^(?:path\.)?dirname$/.test(name)) return new PathValue(folderOf(first.path))
  if (!/^(?:path\.)?(?:join|resolve)$/.test(name)) return
  return rest.every((part) => typeof part === 'string' && !part.startsWith('/'))
    ? new PathValue(joinPath(first.path, rest.join('/')))
    : undefined
}

/** The path of `new URL('./docs', import.meta.url)`. */
export function urlPath([path, base]: readonly Value[]): Value {
  if (!(base instanceof PathValue)) return UNKNOWN
  return pathFunction('join', [new PathValue(folderOf(base.path)), path]) ?? UNKNOWN
}
