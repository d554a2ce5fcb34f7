import type {World} from './site.ts'

/** A value as a plain object; anything else as an empty one. */
export const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {}

/** The strings in a list, or the one string. */
export const strings = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((item) => typeof item === 'string')

/**
 * Read a file of YAML, TOML or JSON (with comments), by its extension.
 *
 * @returns an empty object for a file that is not there or cannot be read.
 */
export async function readData(world: World, file: string): Promise<Record<string, unknown>> {
  try {
    const text = (await world.tree.read(file)).replace(/^\uFEFF/, '')
    if (file.endsWith('.toml')) {
      const {getStaticTOMLValue, parseTOML} = await import('toml-eslint-parser')
      return record(getStaticTOMLValue(parseTOML(text)))
    }
    const {parse} = await import('yaml')
    if (!file.endsWith('.json')) return record(parse(text, {logLevel: 'silent'}))
    const {parse: parseJson} = await import('jsonc-parser')
    return record(parseJson(text, [], {allowTrailingComma: true}))
  } catch {
    return {}
  }
}
