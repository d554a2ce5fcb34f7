import {joinPath} from '../../../text/paths.ts'
import {doubt} from '../../doubts.ts'
import {
  CallValue,
  FunctionValue,
  isModule,
  type ObjectValue,
  OptionalValue,
  PathValue,
  UNKNOWN,
  type Value,
} from '../../shared/javascript/values.ts'
import type {ConfigContext, DocusaurusConfig} from './config.ts'

/** More page folders, static folders or redirects than any site has. */
export const MOST_ENTRIES = 200

/** The name of a preset or plugin that is part of the site's code. */
export const LOCAL = 'local'

/** Record that a setting is computed, so that pages may have other URLs: below a route, or anywhere. */
export function addComputed({additions}: DocusaurusConfig, setting: string, route = ''): void {
  const where = route === '' ? 'site' : {routes: [routeOf(route)]}
  additions.push({doubt: doubt('computed-setting', setting), where})
}

/** The values of a list; a single unknown one if the value is not a list. */
export const listOf = (value: Value): readonly Value[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [UNKNOWN]

/**
 * The name and the options of a preset or a plugin: `['name', {…}]`, `'name'` or `require('name')`.
 *
 * @returns no name if it is disabled, and {@link LOCAL} for code
 */
export function namedEntry(entry: Value): [name: string | undefined, options: Value] {
  // What it adds under a condition may be there.
  const found = entry instanceof OptionalValue ? entry.value : entry
  const [first, options] = Array.isArray(found) ? [found[0], found[1]] : [found, undefined]
  if (first === false || first === null || first === undefined) return [undefined, undefined]
  if (typeof first === 'string') return [first, options]
  return [moduleName(first) ?? LOCAL, options]
}

/** The package or the file that a plugin is loaded from; undefined for code of the configuration itself. */
function moduleName(plugin: Value): string | undefined {
  if (plugin instanceof PathValue) return plugin.path
  if (plugin instanceof FunctionValue)
    return /(?:^|\/)docusaurus\.config\.\w+$/.test(plugin.file ?? '') ? undefined : plugin.file
  const isNamed = isModule(plugin) || (plugin instanceof CallValue && plugin.name === 'require.resolve')
  const name = isNamed ? plugin.args[0] : undefined
  return typeof name === 'string' ? name : undefined
}

/** A string option; if it is computed, the configuration records that. */
export function textOption(
  {config}: ConfigContext,
  options: ObjectValue,
  key: string,
  byDefault: string,
): string {
  const value = options.get(key)
  if (typeof value === 'string') return value
  if (value !== undefined && value !== false && value !== null) addComputed(config, key)
  return byDefault
}

/** An option with a list of globs; if it is computed, the configuration records that. */
export function globsOption(
  {config}: ConfigContext,
  options: ObjectValue,
  key: string,
  byDefault: readonly string[],
): readonly string[] {
  const value = options.get(key)
  if (value === undefined) return byDefault
  const globs = listOf(value).filter((each) => typeof each === 'string')
  if (!Array.isArray(value) || globs.length < value.length) addComputed(config, 'a glob of pages')
  return globs
}

const MAKES_ABSOLUTE = /^(?:require\.resolve|path\.(?:resolve|join)|resolve|join)$/

/**
 * A path from the tree's root: a string, or one of the calls that make it absolute,
 * such as `path.join(__dirname, 'docs')`.
 *
 * @returns undefined if it is computed otherwise, or absolute
 */
export function pathValue(root: string, value: Value): string | undefined {
  if (typeof value === 'string') return value.startsWith('/') ? undefined : joinPath(root, value)
  if (value instanceof PathValue) return value.path
  if (!(value instanceof CallValue) || !MAKES_ABSOLUTE.test(value.name)) return
  const [first, ...rest] = value.args
  const parts = first === UNKNOWN ? rest : value.args
  return parts.length > 0 && parts.every((part) => typeof part === 'string' && !part.startsWith('/'))
    ? joinPath(root, parts.join('/'))
    : undefined
}

/** Normalize a route to a leading and no trailing slash: `docs/` → `/docs`; empty for the root. */
export const routeOf = (path: string): string => `/${path}`.replace(/\/{2,}/g, '/').replace(/\/$/, '')
