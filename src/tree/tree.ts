/** A set of files: a folder, Git's index, or a commit. Paths are relative to its root and separated by `/`. */
export interface Tree {
  /** The absolute path of its root. */
  root: string
  /** Every file that Git tracks or would add, in its exact spelling. */
  files: ReadonlySet<string>
  /** Every folder that has files; '' is the root. */
  folders: ReadonlySet<string>
  /**
   * The reason why a path that is not among {@link files} may exist.
   *
   * @returns `ignored`: it exists, but Git ignores it; `unknown`: it is behind a symlink, in a submodule or outside
   */
  beyond(path: string): 'ignored' | 'unknown' | undefined
  /** All files but {@link unsaved} ones can be read from the disk, by another thread as well. */
  onDisk: boolean
  /** Files whose text is not the one on the disk. */
  unsaved?: ReadonlySet<string>
  /** The path of the file whose text a file has: its own, or that of the file which a symlink leads to. */
  realPath?(path: string): string
  /** Symlinks, if Git lists them: they have the text of another file. */
  symlinks?: ReadonlySet<string>
  /** Tracked files that a sparse checkout leaves out; links may lead to them. */
  absent?: ReadonlySet<string>
  /** The text of a file, without its byte order mark. @throws {@link UnreadableError} */
  read(path: string): Promise<string>
  /** The text of a file, with its byte order mark. @throws {@link UnreadableError} */
  whole(path: string): Promise<string>
}
