import type {Parser as AcornParser} from 'acorn'

/** Nested calls of the parser: enough for some 80 brackets, and a third of what the stack holds. */
const MOST_CALLS = 1000

/**
 * A plugin of acorn that throws at a depth of code that no configuration has. Where the stack ends, an expression that V8
 * compiles at that moment ends the process, which no `catch` prevents.
 */
export function depthLimited(Base: typeof AcornParser): typeof AcornParser {
  let depth = 0
  const limited = (method: (...args: unknown[]) => unknown) =>
    function (this: unknown, ...args: unknown[]) {
      if (depth >= MOST_CALLS) throw new RangeError('The code is nested too deeply')
      depth++
      try {
        return method.apply(this, args)
      } finally {
        depth--
      }
    }
  class DepthLimited extends Base {}
  for (const [name, method] of parsingMethods(Base.prototype))
    Object.defineProperty(DepthLimited.prototype, name, {value: limited(method)})
  return DepthLimited
}

/** The methods that parse, of a parser's class and those above it; of one name, the most derived. */
function parsingMethods(prototype: object): Map<string, () => unknown> {
  const methods = new Map<string, () => unknown>()
  for (let level = prototype; level !== Object.prototype; level = Object.getPrototypeOf(level))
    for (const [name, {value}] of Object.entries(Object.getOwnPropertyDescriptors(level)))
      if (/^(?:ts)?parse/i.test(name) && typeof value === 'function' && !methods.has(name))
        methods.set(name, value)
  return methods
}
