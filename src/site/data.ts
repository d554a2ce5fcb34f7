import {plain} from '../plain.ts'
import {tomlValue} from '../toml.ts'
import type {World} from './site.ts'

/** A value as a plain object; anything else as an empty one. */
export const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {}

/** The strings in a list, or the one string. */
export const strings = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((item) => typeof item === 'string')

/** What a text of YAML says, as plain JSON. @throws what is wrong with it */
export async function parseYaml(text: string): Promise<unknown> {
  const {parse} = await import('yaml')
  return plain(parse(text, {logLevel: 'silent'}))
}

/**
 * Read a file of YAML, TOML or JSON (with comments), by its extension, as plain JSON.
 *
 * @returns nothing for a file that is not there or cannot be read.
 */
export async function readValue(world: World, file: string): Promise<unknown> {
  try {
    const text = (await world.tree.read(file)).replace(/^\uFEFF/, '')
    if (file.endsWith('.toml')) {
      const toml = await import('toml-eslint-parser')
      return tomlValue(toml.parseTOML(text), toml)
    }
    if (file.endsWith('.json')) {
      const {parse} = await import('jsonc-parser')
      return plain(parse(text, [], {allowTrailingComma: true}))
    }
    return await parseYaml(text)
  } catch {
    return
  }
}

/** Read a file as {@link readValue} does; an empty object for anything but an object. */
export const readData = async (world: World, file: string): Promise<Record<string, unknown>> =>
  record(await readValue(world, file))
