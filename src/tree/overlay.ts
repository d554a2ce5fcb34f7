import type {Tree} from './tree.ts'

/** A tree in which one file holds a text that is not saved yet: standard input, or an editor's buffer. */
export function withText(tree: Tree, path: string, text: string): Tree {
  return {
    ...tree,
    onDisk: false,
    files: new Set([...tree.files, path]),
    read: (wanted) => (wanted === path ? Promise.resolve(text) : tree.read(wanted)),
  }
}
