import path from 'node:path'
import {stripVTControlCharacters} from 'node:util'
import type {Loader, Options, PublicExplorer} from 'cosmiconfig'
import type {ParseError} from 'jsonc-parser'
import {isObject, plain} from '../data/plain.ts'
import {UserError} from '../errors/errors.ts'
import {importDefault} from './modules.ts'

/** A reader of configuration files: cosmiconfig's explorer without its caches. */
export type Explorer = Pick<PublicExplorer, 'load' | 'search'>

/** The class that `cosmiconfig()` makes its explorers from; the package gives it no types. */
interface ExplorerModule {
  Explorer: new (options: Options & {moduleName: string; metaConfigFilePath: null}) => Explorer
}

/**
 * Make a configuration of the text of a file that is not in the folder.
 *
 * @param name What the file is called in messages.
 * @param file Its path.
 * @param noCode The option that forbids programs.
 * @returns nothing for an empty text or one of comments, or where `package.json` has no key `doccheck`
 */
export async function parseConfig(
  name: string,
  file: string,
  text: string,
  noCode?: string,
): Promise<unknown> {
  const end = path.extname(file)
  const load = (await loadersFor(noCode))[end || 'noExt']
  if (!load)
    throw new UserError(
      `The configuration ${name} has the unknown extension "${end}". Expected one of ".json", ".yaml", ".yml"`,
    )
  if (text.trim() === '') return
  try {
    const content = await load(name, text)
    return (isManifest(name) && isObject(content) ? content.doccheck : content) ?? undefined
  } catch (error) {
    throw error instanceof UserError ? error : unreadable(name, error)
  }
}

/** File name extensions of configurations that are programs. */
const PROGRAMS = ['.js', '.mjs', '.cjs', '.ts']

/** Whether a configuration is a program, by its extension. */
export const isProgram = (file: string): boolean => PROGRAMS.includes(path.extname(file))

/**
 * Make an explorer for some file names of a folder.
 *
 * Its class is taken as it is: `cosmiconfig()` itself first looks for a configuration of cosmiconfig (`package.json`,
 * `.config/config.js` and others) in the current folder, and runs it.
 *
 * @param noCode The option that forbids programs, for the message.
 * @param permit Throws for a program that is not to be run.
 */
export async function makeExplorer(
  places: readonly string[],
  noCode?: string,
  permit?: (file: string) => void,
): Promise<Explorer> {
  const {Explorer} = (await import('cosmiconfig/dist/Explorer.js')) as unknown as ExplorerModule
  return new Explorer({
    moduleName: 'doccheck',
    searchPlaces: [...places],
    searchStrategy: 'none',
    ignoreEmptySearchPlaces: true,
    loaders: await loadersFor(noCode, permit),
    transform: (result) => result,
    cache: false,
    mergeImportArrays: true,
    mergeSearchPlaces: false,
    metaConfigFilePath: null,
  })
}

/** How files are read, by their extensions; cosmiconfig knows of YAML. */
async function loadersFor(
  noCode: string | undefined,
  permit?: (file: string) => void,
): Promise<Record<string, Loader>> {
  const {defaultLoaders} = await import('cosmiconfig')
  // Its own for modules hides why one cannot be loaded behind a second attempt, and that for JSON names no line.
  const program: Loader = (file) => {
    if (noCode !== undefined) return refuseProgram(file, noCode)
    permit?.(file)
    return loadModule(file)
  }
  const loaders: Record<string, Loader> = {
    '.json': asPlain(loadJson),
    '.yaml': asPlain(defaultLoaders['.yaml']),
    '.yml': asPlain(defaultLoaders['.yml']),
    noExt: asPlain(defaultLoaders.noExt),
    ...Object.fromEntries(PROGRAMS.map((end) => [end, program])),
  }
  return Object.fromEntries(Object.entries(loaders).map(([end, load]) => [end, withoutImports(load)]))
}

function refuseProgram(file: string, noCode: string): never {
  throw new UserError(
    `The configuration ${file} is a program, which ${noCode} does not run. Write it in JSON or YAML, or name another file with --config`,
  )
}

/** Aliases of YAML let a value hold itself, or a few lines stand for more than memory can hold. */
const asPlain =
  (load: Loader): Loader =>
  async (file, text) =>
    plain(await load(file, text))

/** Refuse cosmiconfig's own key `$import`: it would read and run any file that is named there. */
const withoutImports =
  (load: Loader): Loader =>
  async (file, text) => {
    // JSON is to be without a byte order mark, and some editors write one all the same.
    const content = await load(file, text.replace(/^\uFEFF/, ''))
    const own = isManifest(file) && isObject(content) ? content.doccheck : content
    if (isObject(own) && Object.hasOwn(own, '$import'))
      throw new UserError(`${file}: Unknown key "$import". Did you mean "extends"?`)
    return content
  }

/** Of a file of a commit, `main:package.json`. */
const isManifest = (file: string) => /(?:^|[\\/:])package(?:\.[^.\\/]*)?$/.test(file)

/** Node reads TypeScript by itself from 22.18 on; before that its own message says what is missing. */
async function loadModule(file: string): Promise<unknown> {
  try {
    return await importDefault(file)
  } catch (error) {
    // Not as it is: where a module misses a file, cosmiconfig would take the configuration for missing.
    throw unreadable(file, error)
  }
}

async function loadJson(file: string, text: string): Promise<unknown> {
  try {
    return JSON.parse(text)
  } catch (error) {
    const {parse, printParseErrorCode} = await import('jsonc-parser')
    const faults: ParseError[] = []
    parse(text, faults, {disallowComments: true})
    const [fault] = faults
    if (!fault) throw unreadable(file, error)
    const before = text.slice(0, fault.offset).split('\n')
    // `PropertyNameExpected` and the like.
    const words = printParseErrorCode(fault.error).replace(
      /(?!^)[A-Z]/g,
      (letter) => ` ${letter.toLowerCase()}`,
    )
    throw unreadable(file, `${words} in line ${before.length}, column ${before.at(-1)!.length + 1}`)
  }
}

/** The error for a configuration that cannot be read. */
export const unreadable = (file: string, error: unknown): UserError =>
  new UserError(`The configuration ${file} cannot be read: ${firstLine(error)}`)

/** The first line of an error's message. */
export function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  // Cosmiconfig gives the file of YAML a line of its own.
  return stripVTControlCharacters(message)
    .replace(/^YAML Error in .*\n/, '')
    .split('\n')[0]!
    .trimEnd()
}
