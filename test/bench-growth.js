// How the time grows with the size of an input, for every reader, slugger and rule: each size is doubled five times, and
// the exponent of the user CPU time is printed. 1 is linear, 2 quadratic.
//
//   npm run bench:growth                     all series
//   npm run bench:growth -- mdx 'rule no-'   those whose names hold one of these
//   options: --limit 60                      seconds for one size of a series, after which its process is ended
//            --from 1000                     the smallest size, instead of each series' own
//
// A series above 1.2 is measured again, then up to eight times the size, and both exponents are shown. Exits with 1 where
// the last is above 1.2, or a series took too long to tell. A series with an excuse, which names what is to blame, is
// shown and does not fail.
import {fork} from 'node:child_process'
import {parseArgs} from 'node:util'
import {rolldown} from 'rolldown'

const MOST = 1.2
const DOUBLINGS = 5
/** How often a series is measured that seems to grow faster. */
const TRIES = 3
/**
 * How often a series is doubled that still seems to. Where data outgrow the caches or the young generation of the heap,
 * each byte takes longer from there on, once; in a series that is linear this step lies behind at eight times the size.
 * What is quadratic stands out the more.
 */
const DOUBLINGS_OF_DOUBT = 8
const {values, positionals} = parseArgs({
  allowPositionals: true,
  options: {limit: {type: 'string', default: '60'}, from: {type: 'string', default: ''}},
})

/** The sources as one file, from where the sources and `dist/index.js` look for what is shipped. */
const FILE = 'dist/growth.js'
const bundle = await rolldown({
  input: 'test/growth/measure.ts',
  platform: 'node',
  external: /^[^./]/,
  plugins: [
    {
      name: 'parser',
      resolveId: (id) =>
        id.includes('node_modules/')
          ? {id: new URL(`../${id.replace(/^(?:\.\.\/)+/, '')}`, import.meta.url).href, external: true}
          : null,
    },
  ],
})
await bundle.write({file: FILE, format: 'esm', codeSplitting: false})

/**
 * Measure one series in a process of its own, which is ended when a size takes too long.
 *
 * @param earlier What was measured before.
 */
function measure(name, doublings, earlier = []) {
  return new Promise((resolve) => {
    const points = []
    const child = fork(FILE, [name, values.from, doublings, JSON.stringify(earlier)], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    let over = false
    let isMade = false
    let timer
    const wait = () => {
      clearTimeout(timer)
      timer = setTimeout(() => {
        over = true
        child.kill('SIGKILL')
      }, Number(values.limit) * 1000)
    }
    wait()
    child.on('message', (told) => {
      isMade = 'made' in told
      if (!isMade) points.push(told)
      wait()
    })
    child.on('exit', (code) => {
      clearTimeout(timer)
      // A text that takes the parser too long to prepare says nothing of what would have been done with it.
      const isShort = over && !isMade && points.length > DOUBLINGS + 1
      const ending = over ? `more than ${values.limit} s` : code === 0 ? undefined : 'failed'
      resolve({points, ending: isShort ? undefined : ending})
    })
  })
}

/** Measure one series until its exponent is within the limit, a few times at most: of each size the least time counts. */
async function repeatedly(name, doublings) {
  let found = await measure(name, doublings)
  for (let time = 1; time < TRIES && !found.ending && found.points.at(-1).exponent > MOST; time++)
    found = await measure(name, doublings, found.points)
  return found
}

/** The names of all series, with the excuses of those that have one. */
const list = () =>
  new Promise((resolve, reject) => {
    const child = fork(FILE, [], {stdio: ['ignore', 'inherit', 'inherit', 'ipc']})
    child.on('message', resolve)
    child.on('exit', (code) => code && reject(new Error('the series cannot be listed')))
  })

const shown = (ms) => (ms < 10 ? ms.toFixed(2) : ms.toFixed(0))
const wanted = (await list()).filter(
  ({name}) => positionals.length === 0 || positionals.some((part) => name.includes(part)),
)
const failed = []
console.log('| exponent | smallest, ms | largest, ms | size | series |\n| --: | --: | --: | --: | --- |')
for (const {name, excuse} of wanted) {
  const seemsBad = ({points, ending}) => ending !== undefined || points.at(-1).exponent > MOST
  const shortly = await repeatedly(name, DOUBLINGS)
  // A size that takes minutes needs no larger one to tell.
  const {points, ending} =
    seemsBad(shortly) && !shortly.ending && !excuse ? await repeatedly(name, DOUBLINGS_OF_DOUBT) : shortly
  const isBad = seemsBad({points, ending})
  if (isBad && !excuse) failed.push(name)
  const [first, last] = [points[0], points.at(-1)]
  const told = ending ?? (last?.exponent === undefined ? 'too fast' : last.exponent.toFixed(2))
  const before =
    points.length > DOUBLINGS + 1
      ? ` (${shortly.points.at(-1).exponent.toFixed(2)} up to ${shortly.points.at(-1).size})`
      : ''
  const note = isBad ? ` **${excuse ?? 'above the limit'}**` : ''
  console.log(
    `| ${told} | ${first ? shown(first.ms) : ''} | ${last ? shown(last.ms) : ''} | ${last?.size ?? ''} | ${name}${before}${note} |`,
  )
}
if (failed.length > 0) {
  console.log(`\n${failed.length} of ${wanted.length} series grow faster than n^${MOST}`)
  process.exitCode = 1
}
