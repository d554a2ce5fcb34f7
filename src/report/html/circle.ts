/** A center and a radius, in units of the picture. */
export interface Circle {
  x: number
  y: number
  r: number
}

/** The golden angle, as between the seeds of a sunflower: any number of points fills a circle evenly. */
export const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5))

/** Move two circles apart until there is a gap between them. */
export function separate(a: Circle, b: Circle, gap: number): void {
  const [dx, dy] = [b.x - a.x, b.y - a.y]
  const minDistance = a.r + b.r + gap
  const squared = dx * dx + dy * dy
  if (squared >= minDistance * minDistance) return
  const distance = Math.sqrt(squared)
  // Concentric circles part horizontally.
  const [ux, uy] = distance === 0 ? [1, 0] : [dx / distance, dy / distance]
  const half = (minDistance - distance) / 2
  a.x -= ux * half
  a.y -= uy * half
  b.x += ux * half
  b.y += uy * half
}
