/** A set of files: the working folder, git's index, or a git commit. Paths are from its root, with `/`. */
export interface Tree {
  /** The root's absolute path, for messages and for reading. */
  root: string
  /** Every file that git knows or would add, in its exact spelling. */
  files: ReadonlySet<string>
  /** Every folder above a file; the root is the empty string. */
  folders: ReadonlySet<string>
  /**
   * Why a path that is not among {@link files} may exist all the same.
   * @returns `ignored`: it is there, but git ignores it; `unknown`: it is behind a symlink, in a submodule or outside.
   */
  beyond(path: string): 'ignored' | 'unknown' | undefined
  /** Every file can be read from its place under the root, by another thread too, but for those in {@link unsaved}. */
  onDisk: boolean
  /** Files whose text is elsewhere. */
  unsaved?: ReadonlySet<string>
  /** Files that are symlinks, where git says so: the text of each is that of another file. */
  symlinks?: ReadonlySet<string>
  /** Files that git knows and a sparse checkout leaves out: links may lead there. */
  absent?: ReadonlySet<string>
  /** One file's text, without its byte order mark. @throws {@link UnreadableError} */
  read(path: string): Promise<string>
  /** One file's text, with its byte order mark. @throws {@link UnreadableError} */
  whole(path: string): Promise<string>
}
