import path from 'node:path'
import {stripVTControlCharacters} from 'node:util'
import type {Loader, Options, PublicExplorer} from 'cosmiconfig'
import type {ParseError} from 'jsonc-parser'
import {isObject, plain} from '../data/plain.ts'
import {UserError} from '../errors/errors.ts'
import {importDefault} from './modules.ts'

/** A reader of configuration files: cosmiconfig's explorer without its caches. */
export type Explorer = Pick<PublicExplorer, 'load' | 'search'>

/** The class whose instances `cosmiconfig()` returns; the package does not export its type. */
interface ExplorerModule {
  Explorer: new (options: Options & {moduleName: string; metaConfigFilePath: null}) => Explorer
}

/**
 * Parse a configuration from the text of a file that is not on disk.
 *
 * @param name The name of the file for messages.
 * @param file Its path.
 * @param noCode The option that forbids programs.
 * @returns undefined for an empty text or comments only, or if `package.json` has no `doccheck` key
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

/** Is a configuration a program, by its extension? */
export const isProgram = (file: string): boolean => PROGRAMS.includes(path.extname(file))

/**
 * Create an explorer for some file names of a folder.
 *
 * It instantiates the class directly: `cosmiconfig()` itself first looks for a configuration of cosmiconfig
 * (`package.json`, `.config/config.js` and others) in the current folder, and runs it.
 *
 * @param noCode The option that forbids programs, for the message.
 * @param permit Throws for a program that must not run.
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

/** The loaders of configuration files, by extension; the one for YAML is cosmiconfig's. */
async function loadersFor(
  noCode: string | undefined,
  permit?: (file: string) => void,
): Promise<Record<string, Loader>> {
  const {defaultLoaders} = await import('cosmiconfig')
  // Cosmiconfig's module loader hides the reason of a failure behind a second attempt, and its JSON loader reports no
  // line.
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

/** YAML aliases let a value contain itself, or a few lines expand beyond the available memory. */
const asPlain =
  (load: Loader): Loader =>
  async (file, text) =>
    plain(await load(file, text))

/** Reject cosmiconfig's own `$import` key: it would read and run any file named there. */
const withoutImports =
  (load: Loader): Loader =>
  async (file, text) => {
    // JSON must not have a byte order mark, but some editors write one.
    const content = await load(file, text.replace(/^\uFEFF/, ''))
    const own = isManifest(file) && isObject(content) ? content.doccheck : content
    if (isObject(own) && Object.hasOwn(own, '$import'))
      throw new UserError(`${file}: Unknown key "$import". Did you mean "extends"?`)
    return content
  }

/** Also matches a file of a commit, `main:package.json`. */
const isManifest = (file: string) => /(?:^|[\\/:])package(?:\.[^.\\/]*)?$/.test(file)

/** Node runs TypeScript natively from 22.18 on; before that, its own message says what is missing. */
async function loadModule(file: string): Promise<unknown> {
  try {
    return await importDefault(file)
  } catch (error) {
    // Wrapped: cosmiconfig would mistake a module's missing import for a missing configuration.
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
    // Codes such as `PropertyNameExpected`.
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
  // Cosmiconfig puts the name of a YAML file on a line of its own.
  return stripVTControlCharacters(message)
    .replace(/^YAML Error in .*\n/, '')
    .split('\n')[0]!
    .trimEnd()
}
