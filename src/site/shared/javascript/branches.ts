import {
  CallValue,
  FunctionValue,
  ObjectValue,
  OptionalValue,
  PathValue,
  UNKNOWN,
  type Value,
} from './values.ts'

// Of `condition ? a : b` and `condition && b` with a condition that is only known at run time, both sides are known.

const isFalsy = (value: Value) => value === undefined || value === null || value === false

/** Can a value be an element that is there under a condition? */
const isElement = (value: Value) =>
  Array.isArray(value) ||
  value instanceof ObjectValue ||
  value instanceof CallValue ||
  value instanceof FunctionValue ||
  value instanceof PathValue ||
  (typeof value === 'string' && value !== '')

const optional = (values: readonly Value[]): readonly Value[] =>
  values.map((value) => (isElement(value) ? new OptionalValue(value) : UNKNOWN))

/** What is known of a value that is one of two: lists have the elements of both, objects the keys. */
export function either(one: Value, other: Value): Value {
  if (one === other) return one
  if (one instanceof ObjectValue && other instanceof ObjectValue) {
    const keys = new Set([...one.values.keys(), ...other.values.keys()])
    const values = [...keys].map((key) => [key, either(one.get(key), other.get(key))] as [string, Value])
    return new ObjectValue(new Map(values), one.hasUnknownKeys || other.hasUnknownKeys)
  }
  const both: readonly Value[] = [one, other]
  const lists = both.filter((value) => !isFalsy(value))
  return lists.length > 0 && lists.every((value) => Array.isArray(value) && value.length > 0)
    ? optional(lists.flat() as Value[])
    : UNKNOWN
}

/** What is known of an element of a list that is one of two values. */
export function eitherElement(one: Value, other: Value): Value {
  if (isFalsy(one) && isElement(other)) return new OptionalValue(other)
  return isFalsy(other) && isElement(one) ? new OptionalValue(one) : either(one, other)
}

/** The elements that a list has by `...(condition ? one : other)`. */
export function eitherElements(one: Value, other: Value): readonly Value[] {
  const both: readonly Value[] = [one, other]
  return both.flatMap((value): readonly Value[] => {
    if (Array.isArray(value)) return optional(value)
    return isFalsy(value) ? [] : [UNKNOWN]
  })
}

/** What an object has by `...(condition ? one : other)`. */
export const eitherSpread = (one: Value, other: Value): Value => {
  const empty = new ObjectValue(new Map(), false)
  return either(isFalsy(one) ? empty : one, isFalsy(other) ? empty : other)
}
