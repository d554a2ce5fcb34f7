import type {Literal} from 'estree'
import {folderOf, joinPath} from '../../../text/paths.ts'
import {ObjectValue, PathValue, truth, UNKNOWN, type Value} from './values.ts'

/** Longer than any relevant string, in UTF-16 units. */
const LONGEST = 100_000

/** The value of a literal. */
export function literalValue(node: Literal): Value {
  if ('regex' in node && node.regex) return regExp(node.regex.pattern, node.regex.flags)
  return typeof node.value === 'bigint' ? UNKNOWN : (node.value as Value)
}

function regExp(pattern: string, flags: string): Value {
  try {
    return new RegExp(pattern, flags)
  } catch {
    return UNKNOWN
  }
}

/** The value of `!value` or `-value`. */
export function unary(operator: string, value: Value): Value {
  if (operator === '!') {
    const isTrue = truth(value)
    return isTrue === undefined ? UNKNOWN : !isTrue
  }
  if (operator === 'void') return undefined
  return operator === '-' && typeof value === 'number' ? -value : UNKNOWN
}

/** The value of `left + right`, `left === right` and the like. */
export function binary(operator: string, left: Value, right: Value): Value {
  if (operator === '+') return joined(left, right)
  if (typeof left === 'number' && typeof right === 'number' && /^[-*/]$/.test(operator))
    return operator === '*' ? left * right : operator === '-' ? left - right : left / right
  if (!isPrimitive(left) || !isPrimitive(right)) return UNKNOWN
  if (operator === '===' || operator === '!==') return (left === right) === (operator === '===')
  return UNKNOWN
}

/** Is a value known, and neither an object nor a function? */
const isPrimitive = (value: Value): value is string | number | boolean | null | undefined =>
  value === null || /^(?:string|number|boolean|undefined)$/.test(typeof value)

/** The value of `left + right`, as in templates; the path of a file or folder can be extended by one within it. */
export function joined(left: Value, right: Value): Value {
  if (left instanceof PathValue && typeof right === 'string' && right.startsWith('/'))
    return new PathValue(joinPath(left.path, right.slice(1)))
  if (left === '' && right instanceof PathValue) return right
  if (typeof left === 'number' && typeof right === 'number') return left + right
  if (!isText(left) || !isText(right)) return UNKNOWN
  const text = `${left}${right}`
  return text.length <= LONGEST ? text : UNKNOWN
}

const isText = (value: Value): value is string | number =>
  typeof value === 'string' || typeof value === 'number'

/**
 * The value of `left && right`, `left || right` or `left ?? right`.
 *
 * @param right Evaluates the right side, which is not used if the left one decides.
 */
export function logical(operator: string, left: Value, right: () => Value): Value {
  const goesOn = operator === '??' ? isNullish(left) : truth(left)
  if (goesOn === undefined) return UNKNOWN
  return goesOn === (operator !== '||') ? right() : left
}

const isNullish = (value: Value) =>
  truth(value) === undefined ? undefined : value === null || value === undefined

/**
 * Add the keys of `...spread`.
 *
 * @returns whether all of them are known
 */
export function addSpread(values: Map<string, Value>, spread: Value): boolean {
  if (spread instanceof ObjectValue) {
    if (spread.hasUnknownKeys) for (const key of values.keys()) values.set(key, UNKNOWN)
    for (const [key, value] of spread.values) values.set(key, value)
    return !spread.hasUnknownKeys
  }
  if (typeof spread !== 'string' && isPrimitive(spread)) return true
  for (const key of values.keys()) values.set(key, UNKNOWN)
  return false
}

/** The value of `import.meta.url` and the like. */
export function metaProperty(name: string, file: string): Value {
  if (/^(?:url|filename)$/.test(name)) return new PathValue(file)
  return name === 'dirname' ? new PathValue(folderOf(file)) : UNKNOWN
}
