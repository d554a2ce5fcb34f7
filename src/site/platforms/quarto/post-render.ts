import {joinPath} from '../../../text/paths.ts'
import type {SiteContext} from '../../platform.ts'

/**
 * The code of the programs that run after pages are rendered; undefined if one of them is not in the tree.
 *
 * @param commands From the project's folder: `['../redirect.py', 'bash scripts/copy.sh']`
 */
export async function codeAfterRender(
  {tree, marker}: Pick<SiteContext, 'tree' | 'marker'>,
  commands: readonly string[],
): Promise<string | undefined> {
  const files = commands.map((command) =>
    command
      .split(/\s+/)
      .map((word) => joinPath(marker.root, word))
      .find((file) => tree.files.has(file)),
  )
  const codes = await Promise.all(files.map((file) => file && tree.read(file).catch(() => undefined)))
  return codes.every((code) => code !== undefined) ? codes.join('\n') : undefined
}
