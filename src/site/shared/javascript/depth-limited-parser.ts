import type {Parser as AcornParser} from 'acorn'

/** The limit of nested parser calls: enough for some 80 brackets, and a third of what the stack holds. */
const MOST_CALLS = 1000

/**
 * An acorn plugin that throws at a nesting depth that no configuration has. On stack overflow, a regular expression
 * that V8 is compiling at that moment terminates the process, and no `catch` prevents that.
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

/** The parsing methods of a parser class and its superclasses; an override replaces the method it overrides. */
function parsingMethods(prototype: object): Map<string, () => unknown> {
  const methods = new Map<string, () => unknown>()
  for (let level = prototype; level !== Object.prototype; level = Object.getPrototypeOf(level))
    for (const [name, {value}] of Object.entries(Object.getOwnPropertyDescriptors(level)))
      if (/^(?:ts)?parse/i.test(name) && typeof value === 'function' && !methods.has(name))
        methods.set(name, value)
  return methods
}
