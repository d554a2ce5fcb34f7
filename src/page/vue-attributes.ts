/** A component of Vue that links to a route. */
const ROUTE_LINK = /^(?:router?|nav)-?link$/
/** An attribute whose value is code: `:href`, `v-bind:href`. */
const BOUND = /^(?:v-bind)?:(?=[a-z-]+$)/
/** A call that adds the base of the site. */
const BASE = /^\$?withBase\((.*)\)$/s
const STRING = /^(['"`])([^'"`\\$]*)\1$/

/** Is an element a component of Vue, by its name: `Lamp`, `my-lamp`? */
export const isVueComponent = (name: string): boolean => /^(?:[A-Z]|[a-z][a-z\d]*-)/.test(name)

/** May a property of a component be a link, by their names in lower case? */
export const isUrlOfVue = (component: string, property: string): boolean =>
  /^(?:href|src)$/.test(property) || (property === 'to' && ROUTE_LINK.test(component))

/** Is the value of an attribute code? */
export const isBound = (attribute: string): boolean => BOUND.test(attribute)

/** The attribute that code is bound to: `:href` → `href` */
export const withoutBinding = (attribute: string): string => attribute.replace(BOUND, '')

/** A string that is all of the code of an attribute. */
interface BoundString {
  text: string
  /** Its start in the code. */
  at: number
  /** The base of the site is added to it. */
  isBased: boolean
}

/** The string that the code of an attribute is: `'/a'`, `$withBase('/a.png')`; undefined for other code. */
export function boundString(code: string): BoundString | undefined {
  const trimmed = code.trim()
  const inner = BASE.exec(trimmed)?.[1]
  const text = STRING.exec((inner ?? trimmed).trim())?.[2]
  if (text === undefined) return
  return {text, at: code.search(/['"`]/) + 1, isBased: inner !== undefined}
}
