import type {ParseError} from 'jsonc-parser'
import {plain, refuseDeepText} from '../../data/plain.ts'
import {tomlValue} from '../../data/toml.ts'
import {parseYaml} from '../../data/yaml.ts'
import type {TreeContext} from '../platform.ts'

/** The value if it is a plain object, else an empty object. */
export const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {}

/** The items of a list as {@link record} gives them; empty if the value is not a list. */
export const records = (value: unknown): Record<string, unknown>[] =>
  (Array.isArray(value) ? value : []).map(record)

/** The value of a key of a table; undefined for what all objects of JavaScript have, such as `constructor`. */
export const ownValue = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined

/** The strings in a list, or a single string as a list. */
export const strings = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((item) => typeof item === 'string')

/**
 * The largest configuration that is read unless it is JSON, in UTF-16 units. Some parsers take time quadratic in its
 * size, such as acorn for constants; at this size, that is seconds.
 */
export const LARGEST_CONFIGURATION = 1_000_000

/** A tree whose configurations are read, with a callback for those that cannot be. */
export type ConfigurationContext = Pick<TreeContext, 'tree' | 'warn'>

/**
 * Read the text of a configuration.
 *
 * @throws an error if it is too large or cannot be read
 */
export async function readConfiguration({tree}: Pick<TreeContext, 'tree'>, file: string): Promise<string> {
  const text = await tree.read(file)
  if (text.length > LARGEST_CONFIGURATION && !file.endsWith('.json'))
    throw new Error('it is larger than 1 MB')
  return text
}

/** The first line of an error's message, without trailing punctuation. */
export const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0]!.replace(/[.:]$/, '')

/**
 * Read a file of YAML, TOML or JSON (with comments), by its extension, as plain JSON.
 *
 * @returns undefined if it does not exist or cannot be read; the latter is reported as a warning
 */
export async function readValue(ctx: ConfigurationContext, file: string): Promise<unknown> {
  const tell = (why: string) => {
    if (ctx.tree.files.has(file)) ctx.warn?.(file, why)
  }
  try {
    const text = (await readConfiguration(ctx, file)).replace(/^\uFEFF/, '')
    if (/\.(?:toml|json)$/.test(file)) refuseDeepText(text)
    if (file.endsWith('.toml')) {
      const toml = await import('toml-eslint-parser')
      return tomlValue(toml.parseTOML(text), toml)
    }
    if (file.endsWith('.json')) {
      const {parse, printParseErrorCode} = await import('jsonc-parser')
      const errors: ParseError[] = []
      const value = plain(parse(text, errors, {allowTrailingComma: true}), undefined, 1 + text.length)
      // Codes such as `PropertyNameExpected`.
      if (errors[0]) tell(printParseErrorCode(errors[0].error))
      return value
    }
    return await parseYaml(text, tell)
  } catch (error) {
    tell(firstLine(error))
    return
  }
}

/** Read a file as {@link readValue} does; an empty object unless it contains an object. */
export const readData = async (ctx: ConfigurationContext, file: string): Promise<Record<string, unknown>> =>
  record(await readValue(ctx, file))
