import type {Tree} from './tree.ts'

/**
 * A tree in which some files hold a text that is not saved yet: standard input, an editor's buffer, a repair.
 *
 * @param texts By path.
 */
export function withTexts(tree: Tree, texts: ReadonlyMap<string, string>): Tree {
  return {
    ...tree,
    unsaved: new Set([...(tree.unsaved ?? []), ...texts.keys()]),
    files: new Set([...tree.files, ...texts.keys()]),
    read: async (path) => texts.get(path) ?? tree.read(path),
  }
}
