/** A place and a size. */
export interface Circle {
  x: number
  y: number
  r: number
}

/** The angle between two seeds of a sunflower: any number of them fill a circle evenly. */
export const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5))

/** Move two circles apart until there is a gap between them. */
export function separate(a: Circle, b: Circle, gap: number): void {
  const [dx, dy] = [b.x - a.x, b.y - a.y]
  const least = a.r + b.r + gap
  const square = dx * dx + dy * dy
  if (square >= least * least) return
  const distance = Math.sqrt(square)
  // Two at one place part sideways.
  const [ux, uy] = distance === 0 ? [1, 0] : [dx / distance, dy / distance]
  const half = (least - distance) / 2
  a.x -= ux * half
  a.y -= uy * half
  b.x += ux * half
  b.y += uy * half
}
