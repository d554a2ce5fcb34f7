import path from 'node:path'
import type {Loader, Options, PublicExplorer} from 'cosmiconfig'
import {PROGRAMS} from './files.ts'
import {DATA} from './formats.ts'
import {readConfig} from './reading.ts'

/** The part of cosmiconfig that finds and reads a file. */
export type Explorer = Pick<PublicExplorer, 'load' | 'search'>

/** The class whose instances `cosmiconfig()` returns; the package does not export its type. */
interface ExplorerModule {
  Explorer: new (options: Options & {moduleName: string; metaConfigFilePath: null}) => Explorer
}

/** The key under which cosmiconfig expects the configuration in `package.json`. */
const MODULE_NAME = 'doccheck'

/**
 * Create an explorer for some file names of a folder. What it finds is what {@link readConfig} returns.
 *
 * It instantiates the class directly: `cosmiconfig()` itself first looks for a configuration of cosmiconfig
 * (`package.json`, `.config/config.js` and others) in the current folder, and runs it. The loaders are doccheck's own:
 * those of cosmiconfig tell no lines of mistakes, and follow a key `$import`.
 *
 * @param names File names by precedence.
 * @param noCode The option that forbids programs, for the message.
 * @param permit Throws for a program that must not run.
 */
export async function makeExplorer(
  names: readonly string[],
  noCode: string | undefined,
  permit?: (file: string) => void,
): Promise<Explorer> {
  const {Explorer} = (await import('cosmiconfig/dist/Explorer.js')) as unknown as ExplorerModule
  const load: Loader = async (file, text) => {
    const found = await readConfig(
      {name: file, file, noCode},
      () => text,
      () => permit?.(file),
    )
    // Cosmiconfig takes a key out of whatever is called `package`.
    return path.basename(file, path.extname(file)) === 'package' ? {[MODULE_NAME]: found} : found
  }
  return new Explorer({
    moduleName: MODULE_NAME,
    searchPlaces: [...names],
    searchStrategy: 'none',
    ignoreEmptySearchPlaces: true,
    loaders: Object.fromEntries(['noExt', 'default', ...DATA, ...PROGRAMS].map((end) => [end, load])),
    transform: (result) => result,
    cache: false,
    mergeImportArrays: true,
    mergeSearchPlaces: false,
    metaConfigFilePath: null,
  })
}
