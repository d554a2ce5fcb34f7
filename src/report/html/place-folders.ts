import {type Circle, GOLDEN_ANGLE, separate} from './circle.ts'

const GAP = 14
const ROUNDS = 240

/**
 * Place circles, largest first, close together and each near to those that it has much to do with.
 *
 * @param between How much each two have to do with each other: a square matrix, row by row.
 */
export function placeFolders(bubbles: Circle[], between: Float64Array): void {
  const total = Math.sqrt(bubbles.reduce((sum, {r}) => sum + r * r, 0))
  for (const [at, bubble] of bubbles.entries()) {
    const distance = total * Math.sqrt(at / bubbles.length)
    bubble.x = distance * Math.cos(at * GOLDEN_ANGLE)
    bubble.y = distance * Math.sin(at * GOLDEN_ANGLE)
  }
  for (let round = 0; round < ROUNDS; round++) {
    const heat = 1 - round / ROUNDS
    for (const [at, a] of bubbles.entries()) {
      // Wider than high, as screens and pages are.
      a.x -= a.x * 0.02
      a.y -= a.y * 0.034
      for (let other = at + 1; other < bubbles.length; other++) {
        const b = bubbles[other]!
        const strength = 0.006 * heat * Math.log1p(between[at * bubbles.length + other]!)
        const [dx, dy] = [(b.x - a.x) * strength, (b.y - a.y) * strength]
        const share = (b.r * b.r) / (a.r * a.r + b.r * b.r)
        a.x += dx * share
        a.y += dy * share
        b.x -= dx * (1 - share)
        b.y -= dy * (1 - share)
      }
    }
    for (let again = 0; again < 3; again++) separateAll(bubbles)
  }
  // Nothing pulls any more, so that in the end nothing overlaps.
  for (let round = 0; round < ROUNDS; round++) separateAll(bubbles)
}

function separateAll(bubbles: Circle[]): void {
  for (const [at, a] of bubbles.entries())
    for (let other = at + 1; other < bubbles.length; other++) separate(a, bubbles[other]!, GAP)
}
