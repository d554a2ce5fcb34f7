import type {HostContext} from '../platform.ts'

/** The extensions of scripts that frameworks look for. */
const EXTENSIONS = ['ts', 'js', 'mjs']

/**
 * The code of the middleware of a site, which sees each request before its pages do; empty if there is none.
 *
 * @param paths Where a framework looks for it, without extension: `src/middleware`.
 */
export async function middlewareCode(
  {tree, lookup}: Pick<HostContext, 'tree' | 'lookup'>,
  paths: readonly string[],
): Promise<string> {
  const files = paths
    .flatMap((path) => EXTENSIONS.map((extension) => `${path}.${extension}`))
    .filter((file) => lookup.isFile(file))
  return (await Promise.all(files.map((file) => tree.read(file).catch(() => '')))).join('\n')
}
