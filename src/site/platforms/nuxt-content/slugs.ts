import escapeStringRegexp from 'escape-string-regexp'

/** Stands for the characters of a route that are not known. */
export const ANY = '*'

const VERSION = /^\d+(?:\.\d+)*(?:\.x)?$/
/** What the package slugify writes for signs. */
const SIGNS: Readonly<Record<string, string>> = {
  $: 'dollar',
  '%': 'percent',
  '&': 'and',
  '<': 'less',
  '>': 'greater',
  '|': 'or',
  '-': ' ',
}
/** Letters whose diacritics slugify drops: those of Latin-1. */
const LATIN = /^[\u00c0-\u00ff]$/
const BASE = /^([a-z])[\u0300-\u036f]+$/i

/**
 * A name as the package slugify writes it, in lower case: `Set up & run` → `set-up-and-run`. Letters of other scripts, which
 * it writes in Latin letters or drops, become {@link ANY}.
 */
export const slugOf = (name: string): string =>
  Array.from(name.normalize(), slugOfCharacter)
    .join('')
    .trim()
    .replace(/\s+/g, '-')
    .toLowerCase()
    .replace(/\*+/g, ANY)

function slugOfCharacter(character: string): string {
  const sign = SIGNS[character]
  if (sign !== undefined) return sign
  if (/^\p{ASCII}$/u.test(character)) return character.replace(/[^\w\s$*+_~.()'"!:@]/, '')
  const base = LATIN.test(character) ? BASE.exec(character.normalize('NFD'))?.[1] : undefined
  return base ?? ANY
}

/** A segment of a path without its number, `index` and `draft`: `1.guide` → `guide`, `2.index` → ``, `1.2` → `1.2`. */
export function refined(segment: string): string {
  if (VERSION.test(segment)) return segment
  return segment
    .replace(/^\d+\./, '')
    .replace(/^index(?:\.draft)?$/, '')
    .replace(/\.draft$/, '')
}

/** The route of a path without extension: `1.guide/2.Set up` → `guide/set-up`. */
export const routeOfPath = (path: string): string =>
  path
    .split('/')
    .map((segment) => slugOf(refined(segment)))
    .filter(Boolean)
    .join('/')

/** The expression for a route of which a part is not known: `a/*` → `^a(?:/.*)?$`, since slugify may drop all of a name. */
export function patternOfRoute(route: string): string {
  const source = `/${route}`.split(ANY).map(escapeStringRegexp).join('.*')
  return `^${source.replace(/\/\.\*(?=\/|$)/g, '(?:/.*)?')}/?$`
}
