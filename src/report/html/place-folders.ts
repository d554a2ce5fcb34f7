import {type Circle, GOLDEN_ANGLE, separate} from './circle.ts'

const GAP = 14
const ROUNDS = 240

/**
 * Place folders, largest first, close together, and each one near those that it shares many links with.
 *
 * @param linkCounts The number of links between each two folders: a square matrix, row by row.
 */
export function placeFolders(folders: Circle[], linkCounts: Float64Array): void {
  const spread = Math.sqrt(folders.reduce((sum, {r}) => sum + r * r, 0))
  for (const [at, folder] of folders.entries()) {
    const distance = spread * Math.sqrt(at / folders.length)
    folder.x = distance * Math.cos(at * GOLDEN_ANGLE)
    folder.y = distance * Math.sin(at * GOLDEN_ANGLE)
  }
  for (let round = 0; round < ROUNDS; round++) {
    attract(folders, linkCounts, 1 - round / ROUNDS)
    for (let pass = 0; pass < 3; pass++) separateAll(folders)
  }
  // Without attraction, so that no overlap remains.
  for (let round = 0; round < ROUNDS; round++) separateAll(folders)
}

/** Pull folders towards the center and towards the folders that they share links with; small ones move farther. */
function attract(folders: Circle[], linkCounts: Float64Array, temperature: number): void {
  for (const [at, a] of folders.entries()) {
    // More vertically, since screens are wide.
    a.x -= a.x * 0.02
    a.y -= a.y * 0.034
    for (let other = at + 1; other < folders.length; other++) {
      const b = folders[other]!
      const strength = 0.006 * temperature * Math.log1p(linkCounts[at * folders.length + other]!)
      const [dx, dy] = [(b.x - a.x) * strength, (b.y - a.y) * strength]
      const share = (b.r * b.r) / (a.r * a.r + b.r * b.r)
      a.x += dx * share
      a.y += dy * share
      b.x -= dx * (1 - share)
      b.y -= dy * (1 - share)
    }
  }
}

function separateAll(folders: Circle[]): void {
  for (const [at, a] of folders.entries())
    for (let other = at + 1; other < folders.length; other++) separate(a, folders[other]!, GAP)
}
