import type {Tree} from '../../tree/tree.ts'

/**
 * Read the text of files, by their paths; one that cannot be read is left out.
 *
 * @param most Further files are left out.
 */
export async function textsOf(
  tree: Pick<Tree, 'read'>,
  files: Iterable<string>,
  most: number,
): Promise<Map<string, string>> {
  const texts = new Map<string, string>()
  for (const file of [...files].slice(0, most)) {
    const text = await tree.read(file).catch(() => undefined)
    if (text !== undefined) texts.set(file, text)
  }
  return texts
}
