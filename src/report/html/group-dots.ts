import {folderOf} from '../../text/paths.ts'
import {type Dot, folderOfDot} from './graph.ts'

/** A folder with the indices of its dots. */
export interface DotGroup {
  name: string
  members: number[]
}

/** The dots by folder, largest first; folders with few dots are merged into their parents to limit their number. */
export function groupDots(dots: readonly Dot[]): DotGroup[] {
  const minSize = Math.max(Math.min(4, Math.ceil(dots.length / 20)), Math.ceil(dots.length / 100))
  const folders = dotsByFolder(dots)
  mergeSmallFolders(folders, minSize)
  return [...folders]
    .map(([name, members]) => ({name, members}))
    .sort((a, b) => b.members.length - a.members.length || (a.name < b.name ? -1 : 1))
}

/** Indices of dots by folder; orphan pages are drawn apart. */
function dotsByFolder(dots: readonly Dot[]): Map<string, number[]> {
  const folders = new Map<string, number[]>()
  for (const [at, dot] of dots.entries()) if (dot.kind !== 'orphan') addTo(folders, folderOfDot(dot), [at])
  return folders
}

/** Merge folders with fewer dots into their parents, deepest first. */
function mergeSmallFolders(folders: Map<string, number[]>, minSize: number): void {
  const byDepth: string[][] = []
  const enqueue = (folder: string) => (byDepth[folder.split('/').length] ??= []).push(folder)
  // The queues are emptied from their ends.
  for (const folder of [...folders.keys()].sort((a, b) => (a < b ? 1 : -1))) enqueue(folder)
  for (let depth = byDepth.length - 1; depth >= 0; depth--)
    for (let folder = byDepth[depth]?.pop(); folder !== undefined; folder = byDepth[depth]?.pop()) {
      const members = folders.get(folder)!
      if (folder === '' || members.length >= minSize) continue
      folders.delete(folder)
      // Parents that are created here are less deep, and their turn is still to come.
      if (addTo(folders, folderOf(folder), members)) enqueue(folderOf(folder))
    }
}

/** Add dots to a folder. @returns whether the folder is new */
function addTo(folders: Map<string, number[]>, folder: string, members: number[]): boolean {
  const others = folders.get(folder)
  if (!others) folders.set(folder, members)
  else for (const member of members) others.push(member)
  return others === undefined
}
