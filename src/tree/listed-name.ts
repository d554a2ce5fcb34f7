import {type BigIntStats, statSync} from 'node:fs'
import path from 'node:path'
import {folded} from '../text/paths.ts'

/**
 * Create the function that tells under which path a tree lists a file or folder: disks that ignore letter case, as those
 * of macOS and Windows do, find it under other spellings, too. Git and readers take the listed one only.
 *
 * @returns takes a path from the root, and returns it unless the tree lists the same file under another one
 */
export function listedNames(
  root: string,
  files: ReadonlySet<string>,
  folders: ReadonlySet<string>,
): (file: string) => string {
  let byFolded: Map<string, string[]> | undefined
  return (file) => {
    if (files.has(file) || folders.has(file)) return file
    const similar = (byFolded ??= groupByFolded(files, folders)).get(folded(file)) ?? []
    const own = similar.length > 0 ? statOf(root, file) : undefined
    return (own && similar.find((each) => isSame(own, statOf(root, each)))) ?? file
  }
}

function groupByFolded(...lists: Iterable<string>[]): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const list of lists)
    for (const file of list) {
      const others = found.get(folded(file))
      if (others) others.push(file)
      else found.set(folded(file), [file])
    }
  return found
}

/** With long integers, since Windows identifies files by 64 bits. */
function statOf(root: string, file: string): BigIntStats | undefined {
  try {
    return statSync(path.join(root, file), {bigint: true})
  } catch {
    return undefined
  }
}

const isSame = (a: BigIntStats, b: BigIntStats | undefined) => a.dev === b?.dev && a.ino === b.ino
