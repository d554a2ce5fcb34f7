import {textOf, withoutMark} from './read.ts'
import type {Tree} from './tree.ts'

/**
 * A tree with other contents for some files: standard input, an editor's buffer, or a fix.
 *
 * @param contents By path, a text, or bytes to be decoded like those of a file.
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
