// Paths in a tree: from its root, with `/`, no leading one.

/** The folder of a path; empty for the root. */
export const folderOf = (path: string) => path.slice(0, Math.max(0, path.lastIndexOf('/')))

/** The last part of a path or URL path: `b.md` of `a/b.md`; empty after a trailing slash. */
export const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1)

/** The prefix that the paths of all files in a folder share: `docs/` for `docs`, empty for the root. */
export const folderPrefix = (folder: string) => (folder === '' ? '' : `${folder}/`)

/** Does a path, as {@link joinPath} returns it, lead above the root? A name may begin with two dots, too. */
export const isAbove = (path: string) => path === '..' || path.startsWith('../')

/** The shortest relative path from a folder to a file of the same tree. */
export function relativePath(folder: string, file: string): string {
  const from = folder === '' ? [] : folder.split('/')
  const to = file.split('/')
  let same = 0
  while (same < from.length && same < to.length - 1 && from[same] === to[same]) same++
  return [...from.slice(same).map(() => '..'), ...to.slice(same)].join('/')
}

/** An empty segment, or one of dots. */
const DOTS = /(?:^|\/)\.{0,2}(?:\/|$)/

/**
 * Join a relative URL path to a folder and resolve its dots.
 *
 * @returns the path from the root, with as many leading `..` as it goes above; a trailing slash is dropped.
 */
export function joinPath(folder: string, relative: string): string {
  // The common case by far: some steps up, then a name or a path downwards.
  let above = folder
  let at = 0
  while (above !== '' && relative.startsWith('../', at)) {
    above = folderOf(above)
    at += 3
  }
  const down = at === 0 ? relative : relative.slice(at)
  if (!DOTS.test(down) && !isAbove(above)) return above ? `${above}/${down}` : down
  const out: string[] = folder ? folder.split('/') : []
  for (const segment of relative.split('/')) {
    if (segment === '' || segment === '.') continue
    if (segment === '..' && out.length > 0 && out.at(-1) !== '..') out.pop()
    else out.push(segment)
  }
  return out.join('/')
}
