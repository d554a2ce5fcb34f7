import path from 'node:path'

/** A longer chain of symlinks counts as circular. */
const MOST_HOPS = 40

/**
 * Resolve the symlinks in a path.
 *
 * @param symlinks Their targets, as written.
 * @returns a path relative to the root, or an absolute one; undefined if the symlinks are circular
 */
export function follow(file: string, symlinks: ReadonlyMap<string, string>): string | undefined {
  if (symlinks.size === 0) return file
  let at = file
  for (let hops = 0; hops < MOST_HOPS; hops++) {
    const segments = at.split('/')
    const link = segments
      .map((_, index) => segments.slice(0, index + 1).join('/'))
      .find((part) => symlinks.has(part))
    if (link === undefined) return at
    const target = symlinks.get(link)!
    const base = path.posix.isAbsolute(target) ? '' : path.posix.dirname(link)
    at = path.posix.join(base, target, at.slice(link.length)).replace(/\/$/, '')
  }
}
