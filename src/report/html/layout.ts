import {type Circle, GOLDEN_ANGLE, separate} from './circle.ts'
import type {Dot, Graph} from './graph.ts'
import {groupDots} from './group-dots.ts'
import {placeFolders} from './place-folders.ts'

/** A folder, drawn as a circle around its dots. */
export interface FolderCircle extends Circle {
  name: string
}

/** The positions of everything in the picture, in units of the picture, to one decimal. */
export interface Layout {
  /** The dots of the graph, in its order. */
  dots: Circle[]
  /** The index of each dot's folder; -1 for orphans. */
  folderOf: ArrayLike<number>
  folders: FolderCircle[]
  /** The box of the orphan pages, below all others. */
  orphans?: {x: number; y: number; width: number; height: number}
}

/** The approximate number of steps after which dots stop moving, which limits the time. */
const MAX_STEPS = 2.5e6

/**
 * Place the dots: the pages of a folder within a circle, pulled towards the pages that they are linked with, and orphan
 * pages in rows below.
 *
 * Deterministic, in time linear in the size of the graph.
 */
export function layoutGraph({dots, links}: Graph): Layout {
  // The minimum gap between two dots; a small graph has more space.
  const gap = Math.max(4, Math.min(24, 60 / Math.sqrt(dots.length)))
  const circles = dots.map((dot): Circle => ({x: 0, y: 0, r: Math.min(3 + Math.sqrt(dot.in) * 0.8, 11)}))
  const groups = groupDots(dots)
  const folders = groups.map(({name, members}): FolderCircle => {
    const area = members.reduce((sum, at) => sum + (circles[at]!.r + gap / 2) ** 2, 0)
    return {name, x: 0, y: 0, r: Math.sqrt(area * 1.1) + 7}
  })
  const groupOf = new Int32Array(dots.length).fill(-1)
  for (const [group, {members}] of groups.entries()) for (const at of members) groupOf[at] = group
  placeFolders(folders, countLinksBetween(links, groupOf, groups.length))
  for (const [group, {members}] of groups.entries()) seedDots(members, dots, circles, folders[group]!)
  const rounds = Math.max(8, Math.min(140, Math.floor(MAX_STEPS / (dots.length * 10 + links.length + 1))))
  for (let round = 0; round < rounds; round++) {
    pull(circles, links, groupOf, 0.12 * (1 - round / rounds))
    pushApart(circles, groupOf, gap)
    keepInside(circles, folders, groupOf)
  }
  for (let round = 0; round < Math.min(rounds, 20); round++) {
    pushApart(circles, groupOf, gap)
    keepInside(circles, folders, groupOf)
  }
  const orphans = placeOrphans(dots, circles, folders)
  for (const circle of [...circles, ...folders])
    for (const key of ['x', 'y', 'r'] as const) circle[key] = Math.round(circle[key] * 10) / 10
  return {dots: circles, folderOf: groupOf, folders, ...(orphans && {orphans})}
}

/** Spread the dots of a folder evenly over its circle. */
function seedDots(
  members: number[],
  dots: readonly Dot[],
  circles: readonly Circle[],
  {x, y, r}: FolderCircle,
): void {
  // The most linked dots come first, which places them in the center.
  members.sort((a, b) => dots[b]!.in - dots[a]!.in || a - b)
  for (const [seed, at] of members.entries()) {
    const distance = (r - 8) * Math.sqrt((seed + 0.5) / members.length)
    circles[at]!.x = x + distance * Math.cos(seed * GOLDEN_ANGLE)
    circles[at]!.y = y + distance * Math.sin(seed * GOLDEN_ANGLE)
  }
}

/** The number of links between each two groups, in both directions: a square matrix, row by row. */
function countLinksBetween(links: Graph['links'], groupOf: Int32Array, groups: number): Float64Array {
  const counts = new Float64Array(groups * groups)
  for (const {from, to} of links) {
    const [a, b] = [groupOf[from]!, groupOf[to]!]
    if (a < 0 || b < 0 || a === b) continue
    counts[a * groups + b]!++
    counts[b * groups + a]!++
  }
  return counts
}

/** Move linked dots towards each other; each of many links pulls less. */
function pull(circles: Circle[], links: Graph['links'], groupOf: Int32Array, strength: number): void {
  for (const {from, to} of links) {
    if (groupOf[from]! < 0 || groupOf[to]! < 0) continue
    const [a, b] = [circles[from]!, circles[to]!]
    const [dx, dy] = [b.x - a.x, b.y - a.y]
    const distance = Math.sqrt(dx * dx + dy * dy) || 1
    // Distance does not add force, and other folders pull less; otherwise all dots would end up at their folder's edge.
    const force = strength * Math.min(1, 30 / distance) * (groupOf[from] === groupOf[to] ? 1 : 0.25)
    // A large dot has many links.
    const [lighter, heavier] = [force / a.r, force / (b.r * b.r * 0.5)]
    a.x += dx * lighter
    a.y += dy * lighter
    b.x -= dx * heavier
    b.y -= dy * heavier
  }
}

/** Move overlapping dots apart; only dots in neighboring cells of a grid can overlap. */
function pushApart(circles: Circle[], groupOf: Int32Array, gap: number): void {
  const size = 22 + gap
  const cells = new Map<number, number[]>()
  const cellOf = (x: number, y: number) => Math.floor(x / size) * 100_003 + Math.floor(y / size)
  for (const [at, {x, y}] of circles.entries()) {
    if (groupOf[at]! < 0) continue
    const cell = cellOf(x, y)
    const members = cells.get(cell)
    if (members) members.push(at)
    else cells.set(cell, [at])
  }
  for (const [cell, members] of cells) {
    separatePairs(circles, members, members, gap)
    for (const neighbor of [1, 100_002, 100_003, 100_004]) {
      const others = cells.get(cell + neighbor)
      if (others) separatePairs(circles, members, others, gap)
    }
  }
}

/** The number of partners for each dot: comparing all pairs of crowded cells would take quadratic time. */
const MAX_PARTNERS = 24

/** Separate the dots of two cells, or those of one, each pair once. */
function separatePairs(
  circles: Circle[],
  members: readonly number[],
  others: readonly number[],
  gap: number,
): void {
  for (let i = 0; i < members.length; i++) {
    const first = members === others ? i + 1 : 0
    const end = Math.min(others.length, first + MAX_PARTNERS)
    for (let j = first; j < end; j++) separate(circles[members[i]!]!, circles[others[j]!]!, gap)
  }
}

function keepInside(circles: Circle[], folders: readonly FolderCircle[], groupOf: Int32Array): void {
  for (const [at, circle] of circles.entries()) {
    const folder = folders[groupOf[at]!]
    if (!folder) continue
    const [dx, dy] = [circle.x - folder.x, circle.y - folder.y]
    const distance = Math.sqrt(dx * dx + dy * dy)
    const maxDistance = Math.max(0, folder.r - circle.r - 4)
    if (distance <= maxDistance) continue
    circle.x = folder.x + (dx / distance) * maxDistance
    circle.y = folder.y + (dy / distance) * maxDistance
  }
}

/** Place orphan pages in rows below everything else, to its full width. */
function placeOrphans(
  dots: readonly Dot[],
  circles: Circle[],
  folders: readonly FolderCircle[],
): Layout['orphans'] | undefined {
  const orphans = dots.flatMap(({kind}, at) => (kind === 'orphan' ? [at] : []))
  if (orphans.length === 0) return
  const step = 12
  const left = Math.min(0, ...folders.map(({x, r}) => x - r))
  const right = Math.max(0, ...folders.map(({x, r}) => x + r))
  const columns = Math.max(8, Math.floor((right - left) / step), Math.ceil(Math.sqrt(orphans.length)))
  const top = Math.max(0, ...folders.map(({y, r}) => y + r)) + 34
  const width = Math.min(columns, orphans.length) * step
  const x = (left + right - width) / 2
  for (const [seat, at] of orphans.entries()) {
    circles[at]!.x = x + ((seat % columns) + 0.5) * step
    circles[at]!.y = top + (Math.floor(seat / columns) + 0.5) * step
  }
  return {x, y: top, width, height: Math.ceil(orphans.length / columns) * step}
}
