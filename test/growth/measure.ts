import {all} from './all.ts'
import {exponent, type Point} from './exponent.ts'

/** So long a measurement lasts at least, by repeating what is short. */
const LEAST_MS = 20
/** How often each size is measured; the least counts. */
const TIMES = 3
const userMs = () => process.cpuUsage().user / 1000

// The process that measures one series, and tells its parent of each size.
const [name, smallest, doublings, earlier = '[]'] = process.argv.slice(2)
if (name === undefined) process.send!(all.map(({name, excuse}) => ({name, excuse})))
else {
  const {of, run, unit, ...own} = all.find((each) => each.name === name)!
  const from = Number(smallest) || (own.from ?? (unit === 'characters' ? 12_500 : 500))
  // Code that has run a few times is compiled.
  const small = await of(from)
  for (let time = 0, start = userMs(); time < 5 && userMs() - start < 500; time++) await run(small)
  // On a machine that others use, too, the least of several times is nearest to the truth.
  const before = new Map((JSON.parse(earlier) as Point[]).map((point) => [point.size, point.ms]))
  const points: Point[] = []
  for (let doubling = 0; doubling <= Number(doublings); doubling++) {
    const size = from * 2 ** doubling
    const input = await of(size)
    process.send!({made: size})
    let ms = before.get(size) ?? Number.POSITIVE_INFINITY
    for (let time = 0; time < TIMES; time++) {
      const start = userMs()
      let times = 0
      do {
        await run(input)
        times++
      } while (userMs() - start < LEAST_MS)
      ms = Math.min(ms, (userMs() - start) / times)
    }
    points.push({size, ms})
    process.send!({size, ms, exponent: exponent(points)})
  }
}
process.disconnect()
