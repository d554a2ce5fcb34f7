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
 * @returns nothing for a file that is not there or cannot be read.
 */
export async function readValue(world: World, file: string): Promise<unknown> {
  try {
    const text = (await world.tree.read(file)).replace(/^\uFEFF/, '')
    if (file.endsWith('.toml')) {
      const {getStaticTOMLValue, parseTOML} = await import('toml-eslint-parser')
      return getStaticTOMLValue(parseTOML(text))
    }
    if (file.endsWith('.json')) {
      const {parse} = await import('jsonc-parser')
      return parse(text, [], {allowTrailingComma: true})
    }
    const {parse} = await import('yaml')
    return parse(text, {logLevel: 'silent'})
  } catch {
    return
  }
}

/** Read a file as {@link readValue} does; an empty object for anything but an object. */
export const readData = async (world: World, file: string): Promise<Record<string, unknown>> =>
  record(await readValue(world, file))
