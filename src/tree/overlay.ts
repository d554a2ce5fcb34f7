import {textOf, withoutMark} from './read.ts'
import type {Tree} from './tree.ts'

/**
 * A tree in which some files hold what is not saved yet: standard input, an editor's buffer, a repair.
 *
 * @param contents By path: a text, or bytes that are read as those of a file would be.
 */
export function withTexts(tree: Tree, contents: ReadonlyMap<string, string | Uint8Array>): Tree {
  return {
    ...tree,
    unsaved: new Set([...(tree.unsaved ?? []), ...contents.keys()]),
    files: new Set([...tree.files, ...contents.keys()]),
    read: async (path) => {
      const content = contents.get(path)
      if (content === undefined) return tree.read(path)
      return typeof content === 'string' ? content : withoutMark(textOf(content))
    },
    whole: async (path) => {
      const content = contents.get(path)
      if (content === undefined) return tree.whole(path)
      return typeof content === 'string' ? content : textOf(content)
    },
  }
}
