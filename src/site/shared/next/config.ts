import {CallValue, ObjectValue, UNKNOWN, type Value} from '../javascript/values.ts'

/** Wrappers such as `withMDX(withAnalytics(config))` are not nested deeper. */
const MOST_WRAPPERS = 10

/** A setting of a `next.config.*`, which functions of plugins may wrap. */
export function nextSetting(config: Value, key: string): Value {
  let value = config
  for (let wrappers = 0; value instanceof CallValue && wrappers < MOST_WRAPPERS; wrappers++)
    value = value.args.find((arg) => arg instanceof ObjectValue || arg instanceof CallValue) ?? UNKNOWN
  return value instanceof ObjectValue ? value.get(key) : UNKNOWN
}
