// Paths in a tree are relative to its root and separated by `/`, with no leading or trailing slash; '' is the root
// itself.

/** The beginning of a path that stands for any folder; the name after it is {@link folded}. */
export const ANYWHERE = '*/'

/** A path or name without the differences that links by name may have: in lower case, and in Unicode's form NFC. */
export const folded = (path: string): string => path.normalize('NFC').toLowerCase()

/** The folder of a path: `docs/guide.md` → `docs`; '' for a path directly in the root. */
export const folderOf = (path: string) => path.slice(0, Math.max(0, path.lastIndexOf('/')))

/** The last segment of a path: `docs/guide.md` → `guide.md`. */
export const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1)

/** The folders of a path, innermost first and without the root: `a/b/c.md` → `a/b`, `a`. */
export function* foldersAbove(path: string): Generator<string> {
  for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) yield path.slice(0, at)
}

/** A folder and those above it, innermost first, with the root: `a/b` → `a/b`, `a` and ''. */
export function* foldersUpFrom(folder: string): Generator<string> {
  for (let at = folder; at !== ''; at = folderOf(at)) yield at
  yield ''
}

/** The prefix of all paths in a folder: `docs` → `docs/`; '' for the root. */
export const folderPrefix = (folder: string) => (folder === '' ? '' : `${folder}/`)

/** Is a path inside a folder? Every path is inside the root, and no other folder is inside itself. */
export const isBelow = (path: string, folder: string) =>
  folder === '' || (path.startsWith(folder) && path[folder.length] === '/')

/** Is a path a folder, or inside it? */
export const isAtOrBelow = (path: string, folder: string) => path === folder || isBelow(path, folder)

/**
 * The part of a path below a folder: `docs/guide.md` in `docs` → `guide.md`.
 *
 * @returns undefined for a path that is not inside the folder
 */
export function pathBelow(path: string, folder: string): string | undefined {
  if (folder === '') return path
  return isBelow(path, folder) ? path.slice(folder.length + 1) : undefined
}

/** Does a path, as returned by {@link joinPath}, lead above the root? File names may begin with two dots, too. */
export const isAbove = (path: string) => path === '..' || path.startsWith('../')

/** A path, as returned by {@link joinPath}, without the levels above the root, which browsers leave out: `../../a` → `a`. */
export const withoutLevelsAbove = (path: string) => path.replace(/^(?:\.\.(?:\/|$))+/, '')

/** The shortest relative path from a folder to a file: from `docs/guide` to `docs/img/a.png` → `../img/a.png`. */
export function relativePath(folder: string, file: string): string {
  const from = folder === '' ? [] : folder.split('/')
  const to = file.split('/')
  let same = 0
  while (same < from.length && same < to.length - 1 && from[same] === to[same]) same++
  return [...from.slice(same).map(() => '..'), ...to.slice(same)].join('/')
}

/** An empty segment, `.` or `..`. */
const DOTS = /(?:^|\/)\.{0,2}(?:\/|$)/

/**
 * Resolve a relative path against a folder: `docs` and `../img/a.png` → `img/a.png`.
 *
 * @returns the path from the root, with a leading `..` for each level above it, and without a trailing slash
 */
export function joinPath(folder: string, relative: string): string {
  // By far the most common form: some levels up, then down.
  let above = folder
  let at = 0
  while (above !== '' && relative.startsWith('../', at)) {
    above = folderOf(above)
    at += 3
  }
  const down = at === 0 ? relative : relative.slice(at)
  if (!DOTS.test(down) && !isAbove(above)) return above ? `${above}/${down}` : down
  return resolveSegments(folder, relative)
}

function resolveSegments(folder: string, relative: string): string {
  const out: string[] = folder ? folder.split('/') : []
  for (const segment of relative.split('/')) {
    if (segment === '' || segment === '.') continue
    if (segment === '..' && out.length > 0 && out.at(-1) !== '..') out.pop()
    else out.push(segment)
  }
  return out.join('/')
}
