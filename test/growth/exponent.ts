/** What one size took. */
export interface Point {
  size: number
  ms: number
}

/** Below so many milliseconds, what is measured is the machine: its caches, and code that is not compiled yet. */
const NOISE_MS = 2

/**
 * The exponent of growth: the slope of a line through logarithms of sizes and times, by least squares, over the last
 * four sizes whose times are more than noise.
 *
 * @param points Smallest size first.
 * @returns nothing where the times are too small to tell
 */
export function exponent(points: readonly Point[]): number | undefined {
  const told = points.filter(({ms}) => ms >= NOISE_MS).slice(-4)
  if (told.length < 3) return
  const logs = told.map(({size, ms}) => ({x: Math.log(size), y: Math.log(ms)}))
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const [x, y] = [mean(logs.map((own) => own.x)), mean(logs.map((own) => own.y))]
  const above = logs.reduce((sum, own) => sum + (own.x - x) * (own.y - y), 0)
  return above / logs.reduce((sum, own) => sum + (own.x - x) ** 2, 0)
}
