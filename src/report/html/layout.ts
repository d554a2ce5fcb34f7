import {folderOf} from '../../text/paths.ts'
import {type Circle, GOLDEN_ANGLE, separate} from './circle.ts'
import {type Dot, folderOfDot, type Graph} from './graph.ts'
import {placeFolders} from './place-folders.ts'

/** A folder with its dots, drawn as a circle. */
export interface FolderCircle extends Circle {
  name: string
}

/** Where everything is drawn, in whole units of nothing. */
export interface Layout {
  /** x, y and radius of each dot. */
  dots: Circle[]
  bubbles: FolderCircle[]
  /** Where orphan pages stand, below all others. */
  orphans?: {x: number; y: number; width: number; height: number}
}

/** About how many steps of work the dots are moved for. */
const WORK = 2.5e6

/**
 * Give each dot a place: pages of a folder within a circle, pulled towards what they are linked with, and orphan pages
 * in rows below.
 *
 * The same graph always gets the same picture, in a time that grows with its size only.
 */
export function layoutGraph({dots, links}: Graph): Layout {
  // The least distance between the edges of two dots: a few have more room.
  const gap = Math.max(4, Math.min(24, 60 / Math.sqrt(dots.length)))
  const circles = dots.map((dot): Circle => ({x: 0, y: 0, r: Math.min(3 + Math.sqrt(dot.in) * 0.8, 11)}))
  const groups = groupDots(dots)
  const bubbles = groups.map(({name, members}): FolderCircle => {
    const area = members.reduce((sum, at) => sum + (circles[at]!.r + gap / 2) ** 2, 0)
    return {name, x: 0, y: 0, r: Math.sqrt(area * 1.1) + 7}
  })
  const groupOf = new Int32Array(dots.length).fill(-1)
  for (const [group, {members}] of groups.entries()) for (const at of members) groupOf[at] = group
  placeFolders(bubbles, countBetween(links, groupOf, groups.length))
  for (const [group, {members}] of groups.entries()) {
    const {x, y, r} = bubbles[group]!
    // The most linked ones first, which puts them into the middle.
    members.sort((a, b) => dots[b]!.in - dots[a]!.in || a - b)
    for (const [seed, at] of members.entries()) {
      const distance = (r - 8) * Math.sqrt((seed + 0.5) / members.length)
      circles[at]!.x = x + distance * Math.cos(seed * GOLDEN_ANGLE)
      circles[at]!.y = y + distance * Math.sin(seed * GOLDEN_ANGLE)
    }
  }
  const rounds = Math.max(8, Math.min(140, Math.floor(WORK / (dots.length * 10 + links.length + 1))))
  for (let round = 0; round < rounds; round++) {
    pull(circles, links, groupOf, 0.12 * (1 - round / rounds))
    pushApart(circles, groupOf, gap)
    keepInside(circles, bubbles, groupOf)
  }
  for (let round = 0; round < Math.min(rounds, 20); round++) {
    pushApart(circles, groupOf, gap)
    keepInside(circles, bubbles, groupOf)
  }
  const orphans = placeOrphans(dots, circles, bubbles)
  for (const circle of [...circles, ...bubbles])
    for (const key of ['x', 'y', 'r'] as const) circle[key] = Math.round(circle[key] * 10) / 10
  return {dots: circles, bubbles, ...(orphans && {orphans})}
}

/** The dots of each folder; folders of few go with the folder above, so that there are not too many. */
function groupDots(dots: readonly Dot[]): {name: string; members: number[]}[] {
  const byFolder = new Map<string, number[]>()
  for (const [at, dot] of dots.entries()) {
    if (dot.kind === 'orphan') continue
    const folder = folderOfDot(dot)
    const members = byFolder.get(folder)
    if (members) members.push(at)
    else byFolder.set(folder, [at])
  }
  const least = Math.max(Math.min(4, Math.ceil(dots.length / 20)), Math.ceil(dots.length / 100))
  const depth = (folder: string) => folder.split('/').length
  // The next one last.
  const byDepth: string[][] = []
  const todo = (folder: string) => (byDepth[depth(folder)] ??= [])
  for (const folder of [...byFolder.keys()].sort((a, b) => (a < b ? 1 : -1))) todo(folder).push(folder)
  // Folders above appear while it goes on; they are less deep.
  for (let at = byDepth.length - 1; at >= 0; at--)
    for (let folder = byDepth[at]?.pop(); folder !== undefined; folder = byDepth[at]?.pop()) {
      const members = byFolder.get(folder)!
      if (folder === '' || members.length >= least) continue
      byFolder.delete(folder)
      const above = folderOf(folder)
      const others = byFolder.get(above)
      if (others) for (const member of members) others.push(member)
      else {
        byFolder.set(above, members)
        todo(above).push(above)
      }
    }
  return [...byFolder]
    .map(([name, members]) => ({name, members}))
    .sort((a, b) => b.members.length - a.members.length || (a.name < b.name ? -1 : 1))
}

/** How many links there are between each two groups, both ways. */
function countBetween(links: Graph['links'], groupOf: Int32Array, groups: number): Float64Array {
  const counts = new Float64Array(groups * groups)
  for (const {from, to} of links) {
    const [a, b] = [groupOf[from]!, groupOf[to]!]
    if (a < 0 || b < 0 || a === b) continue
    counts[a * groups + b]!++
    counts[b * groups + a]!++
  }
  return counts
}

/** Move linked dots towards each other; one of many links pulls little. */
function pull(circles: Circle[], links: Graph['links'], groupOf: Int32Array, strength: number): void {
  for (const {from, to} of links) {
    if (groupOf[from]! < 0 || groupOf[to]! < 0) continue
    const [a, b] = [circles[from]!, circles[to]!]
    const [dx, dy] = [b.x - a.x, b.y - a.y]
    const distance = Math.sqrt(dx * dx + dy * dy) || 1
    // Far ends pull no harder than near ones, and other folders less, or all would stand at the edge of its own.
    const force = strength * Math.min(1, 30 / distance) * (groupOf[from] === groupOf[to] ? 1 : 0.25)
    // Large dots are those with many links.
    const [lighter, heavier] = [force / a.r, force / (b.r * b.r * 0.5)]
    a.x += dx * lighter
    a.y += dy * lighter
    b.x -= dx * heavier
    b.y -= dy * heavier
  }
}

/** Move dots that touch away from each other; only those in neighbouring cells of a grid can. */
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
  // A crowded cell would take the square of its members.
  const most = 24
  for (const [cell, members] of cells)
    for (const next of [0, 1, 100_002, 100_003, 100_004]) {
      const others = next === 0 ? members : cells.get(cell + next)
      if (!others) continue
      for (let i = 0; i < members.length; i++)
        for (let j = next === 0 ? i + 1 : 0, end = Math.min(others.length, j + most); j < end; j++)
          separate(circles[members[i]!]!, circles[others[j]!]!, gap)
    }
}

function keepInside(circles: Circle[], bubbles: readonly FolderCircle[], groupOf: Int32Array): void {
  for (const [at, circle] of circles.entries()) {
    const bubble = bubbles[groupOf[at]!]
    if (!bubble) continue
    const [dx, dy] = [circle.x - bubble.x, circle.y - bubble.y]
    const distance = Math.sqrt(dx * dx + dy * dy)
    const most = Math.max(0, bubble.r - circle.r - 4)
    if (distance <= most) continue
    circle.x = bubble.x + (dx / distance) * most
    circle.y = bubble.y + (dy / distance) * most
  }
}

/** Put orphans into rows below everything else, as wide as that is. */
function placeOrphans(
  dots: readonly Dot[],
  circles: Circle[],
  bubbles: readonly FolderCircle[],
): Layout['orphans'] | undefined {
  const orphans = dots.flatMap(({kind}, at) => (kind === 'orphan' ? [at] : []))
  if (orphans.length === 0) return
  const step = 12
  const left = Math.min(0, ...bubbles.map(({x, r}) => x - r))
  const right = Math.max(0, ...bubbles.map(({x, r}) => x + r))
  const columns = Math.max(8, Math.floor((right - left) / step), Math.ceil(Math.sqrt(orphans.length)))
  const top = Math.max(0, ...bubbles.map(({y, r}) => y + r)) + 34
  const width = Math.min(columns, orphans.length) * step
  const x = (left + right - width) / 2
  for (const [seat, at] of orphans.entries()) {
    circles[at]!.x = x + ((seat % columns) + 0.5) * step
    circles[at]!.y = top + (Math.floor(seat / columns) + 0.5) * step
  }
  return {x, y: top, width, height: Math.ceil(orphans.length / columns) * step}
}
