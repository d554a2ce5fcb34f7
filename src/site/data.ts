import type {ParseError} from 'jsonc-parser'
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

/**
 * What a text of YAML says, as plain JSON, as far as it can be read; of several values of a key the last one counts.
 *
 * @param tell Told what is wrong with it.
 */
export async function parseYaml(text: string, tell: (why: string) => void = () => {}): Promise<unknown> {
  const {parseDocument} = await import('yaml')
  const document = parseDocument(text, {logLevel: 'silent', uniqueKeys: false})
  const [error] = document.errors
  if (error) tell(firstLine(error))
  return plain(document.toJS())
}

/** What an error says, in one line. */
export const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0]!.replace(/[.:]$/, '')

/**
 * Read a file of YAML, TOML or JSON (with comments), by its extension, as plain JSON.
 *
 * @returns nothing for a file that is not there or cannot be read; the world is told why it cannot.
 */
export async function readValue(world: World, file: string): Promise<unknown> {
  const tell = (why: string) => {
    if (world.tree.files.has(file)) world.warn?.(file, why)
  }
  try {
    const text = (await world.tree.read(file)).replace(/^\uFEFF/, '')
    if (file.endsWith('.toml')) {
      const toml = await import('toml-eslint-parser')
      return tomlValue(toml.parseTOML(text), toml)
    }
    if (file.endsWith('.json')) {
      const {parse, printParseErrorCode} = await import('jsonc-parser')
      const errors: ParseError[] = []
      const value = plain(parse(text, errors, {allowTrailingComma: true}))
      // `PropertyNameExpected` and the like.
      if (errors[0]) tell(printParseErrorCode(errors[0].error))
      return value
    }
    return await parseYaml(text, tell)
  } catch (error) {
    tell(firstLine(error))
    return
  }
}

/** Read a file as {@link readValue} does; an empty object for anything but an object. */
export const readData = async (world: World, file: string): Promise<Record<string, unknown>> =>
  record(await readValue(world, file))
