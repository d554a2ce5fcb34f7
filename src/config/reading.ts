import path from 'node:path'
import {stripVTControlCharacters} from 'node:util'
import {isObject} from '../data/plain.ts'
import {UserError} from '../errors/errors.ts'
import {manifestKeys, PROGRAMS} from './files.ts'
import {type Content, DATA, type Keys, ParseFailure, parserFor, valueAt} from './formats.ts'
import {loadProgram} from './modules.ts'
import type {FoundConfig} from './types.ts'

/** A configuration as it was read: the value, and the place of its keys. */
export type ReadConfig = Pick<FoundConfig, 'config' | 'at'>

/** Is a configuration a program, by its extension? */
export const isProgram = (file: string): boolean => PROGRAMS.includes(path.extname(file))

/**
 * Parse a configuration that is data.
 *
 * @param name The name of the file for messages.
 * @param file Its path.
 * @returns undefined for an empty text or comments only, or if a manifest such as `package.json` lacks the key
 */
export async function parseConfig(name: string, file: string, text: string): Promise<ReadConfig | undefined> {
  const parse = parserFor(file)
  if (!parse)
    throw new UserError(
      `The configuration ${name} has the unknown extension "${path.extname(file)}". Expected one of ${[...DATA, ...PROGRAMS].map((end) => `"${end}"`).join(', ')}`,
    )
  if (text.trim() === '') return
  const keys = manifestKeys(file)
  // JSON must not have a byte order mark, but some editors write one.
  const content = await parse(text.replace(/^\uFEFF/, '')).catch((error: unknown) => {
    throw error instanceof ParseFailure ? unreadable(name + error.place, error) : unreadable(name, error)
  })
  const config = valueAt(content.value, keys) ?? undefined
  return config === undefined ? undefined : {config, at: placesOf(name, content, keys)}
}

/** The name of a file with the position of a key in it, or of the nearest key around that one. */
const placesOf =
  (name: string, content: Content, above: Keys): FoundConfig['at'] =>
  async (keys) => {
    for (let length = keys.length; length > 0; length--) {
      const place = await content.place([...above, ...keys.slice(0, length)])
      if (place !== '') return name + place
    }
    return name
  }

/**
 * Read a configuration.
 *
 * @param name The name of the file for messages.
 * @param read Reads the text of data.
 * @param noCode The option that forbids programs, for the message.
 * @param permit Throws for a program that must not run.
 * @returns undefined as {@link parseConfig} does
 */
export async function readConfig(
  {name, file, noCode}: {name: string; file: string; noCode: string | undefined},
  read: () => Promise<string> | string,
  permit: () => void = () => {},
): Promise<ReadConfig | undefined> {
  if (!isProgram(file)) return parseConfig(name, file, await read())
  if (noCode !== undefined) refuseProgram(name, noCode)
  permit()
  const config = await loadProgram(file)
  if (!isObject(config)) throw new UserError(`The configuration ${name} exports ${kindOf(config)}`)
  return {config, at: async () => name}
}

function refuseProgram(file: string, noCode: string): never {
  throw new UserError(
    `The configuration ${file} is a program, which ${noCode} does not run. Write it in JSON, YAML or TOML, or name another file with --config`,
  )
}

/** Describe an exported value that is not an object, and how to correct it. */
function kindOf(value: unknown): string {
  if (typeof value === 'function')
    return 'a function. Expected an object: call the function, as in `export default await config()`'
  return `${Array.isArray(value) ? 'a list' : value === null ? 'null' : `a ${typeof value}`}. Expected an object`
}

/** The error for a configuration that cannot be read. */
export const unreadable = (file: string, error: unknown): UserError =>
  new UserError(`The configuration ${file} cannot be read: ${firstLine(error)}`)

/** The first line of an error's message. */
export function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return stripVTControlCharacters(message).split('\n')[0]!.trimEnd()
}
