import * as v from 'valibot'
import {didYouMean} from '../text/nearest.ts'
import {isObject} from './plain.ts'

/*
 * The parts that schemas of configurations are made of. A message continues the name of its key: `"x" must be a string`;
 * that of an unknown key follows `Unknown key "x".`
 */

/** A string. */
export const text = v.string('must be a string')

/** A list of strings. */
export const texts = v.array(v.string('must be a string'), 'must be a list of strings')

/** `true` or `false`. */
export const flag = v.boolean('must be true or false')

/** An integer not below a minimum. */
export const integerFrom = (least: number) => {
  const message = `must be an integer of at least ${least}`
  return v.pipe(v.number(message), v.integer(message), v.minValue(least, message))
}

/** One of several words; the message suggests the nearest one. */
export const oneOf = <const T extends readonly string[]>(words: T) =>
  v.picklist(words, ({input}) => `is ${JSON.stringify(input)}. ${didYouMean(String(input), words)}`)

/** An object with the keys of a table; an unknown key is reported with the nearest known one. */
export function closed<const T extends v.ObjectEntries>(entries: T) {
  const object = v.strictObject(entries, ({expected, input}) =>
    expected === 'never' ? didYouMean(String(input), Object.keys(entries)) : 'is missing',
  )
  // Valibot's object schema alone would accept a list.
  return v.pipe(v.custom<v.InferInput<typeof object>>(isObject, 'must be an object'), object)
}

/** An object with arbitrary keys, which may have a schema, too. */
export function record<T extends v.GenericSchema>(value: T, key: v.GenericSchema<string> = v.string()) {
  const object = v.record(key, value)
  return v.pipe(v.custom<v.InferInput<typeof object>>(isObject, 'must be an object'), object)
}
