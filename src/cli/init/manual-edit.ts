/** A file that doccheck leaves to its author, with the lines to add. */
export class ManualEdit extends Error {
  override name = 'ManualEdit'
  readonly lines: readonly string[]

  /** @param reason Names the file. */
  constructor(reason: string, lines: readonly string[]) {
    super(reason)
    this.lines = lines
  }
}
