import {folderPrefix, nameOf} from '../../../text/paths.ts'
import type {SiteContext} from '../../platform.ts'
import {readData, record} from '../../shared/data.ts'

/** Configuration or front matter with lower-case keys. */
export type Data = Record<string, unknown>

/** Convert the keys of data to lower case: in configuration and front matter, Hugo ignores letter case in keys. */
export const withLowerKeys = (value: unknown): Data => record(lowerKeys(value))

function lowerKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lowerKeys)
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key.toLowerCase(), lowerKeys(item)]))
}

const isFilled = (value: unknown) => Object.keys(record(value)).length > 0

function merge(below: Data, above: Data): Data {
  const merged = {...below}
  for (const [key, value] of Object.entries(above))
    merged[key] = isFilled(merged[key]) && isFilled(value) ? merge(record(merged[key]), record(value)) : value
  return merged
}

const FORMATS = ['toml', 'yaml', 'yml', 'json']
const FORMAT = /\.(?:toml|ya?ml|json)$/

/** Read and merge the configuration files of a site, as a production build does. */
export async function readHugoFiles(source: SiteContext, root: string): Promise<Data> {
  const prefix = folderPrefix(root)
  const fileNamed = (name: string) =>
    FORMATS.map((format) => `${prefix}${name}.${format}`).find((file) => source.tree.files.has(file))
  const main = fileNamed('hugo') ?? fileNamed('config')
  let merged = main === undefined ? {} : withLowerKeys(await readData(source, main))
  for (const environment of ['_default', 'production']) {
    const folder = `${prefix}config/${environment}/`
    const files = [...source.tree.files].filter((file) => file.startsWith(folder) && FORMAT.test(file))
    for (const file of files.sort())
      merged = merge(merged, sectionOf(nameOf(file), withLowerKeys(await readData(source, file))))
  }
  return merged
}

/**
 * The configuration that a file in a configuration directory stands for, whatever folder it is in: `params.toml` sets
 * `params`, `params.de.toml` sets `languages.de.params`, and `languages.de.toml` sets `languages.de`. The build makes
 * `module.yaml` of `module-template.yaml`.
 */
function sectionOf(name: string, data: Data): Data {
  const [section, language, ...rest] = name
    .toLowerCase()
    .replace(/-template(?=\.)/, '')
    .split('.') as [string, string, ...string[]]
  if (section === 'hugo' || section === 'config') return data
  if (rest.length === 0) return {[section]: data}
  return {languages: {[language]: OF_LANGUAGES.has(section) ? {[section]: data} : data}}
}

/** The sections whose files for one language hold only that section; any other such file holds all of the language. */
const OF_LANGUAGES = new Set(['menu', 'menus', 'params'])
