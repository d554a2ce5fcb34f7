// How the time grows with the size of an input, for every reader, slugger and rule: each size is doubled five times, and
// the exponent of the user CPU time is printed. 1 is linear, 2 quadratic.
//
//   npm run bench:growth                     all series
//   npm run bench:growth -- mdx 'rule no-'   those whose names hold one of these
//   options: --limit 60                      seconds for one size of a series, after which its process is ended
//            --from 1000                     the smallest size, instead of each series' own
//
// Exits with 1 where an exponent is above 1.2, or a series took too long to tell. A series with an excuse, which names
// what is to blame, is shown and is no failure.
import {fork} from 'node:child_process'
import {parseArgs} from 'node:util'
import {rolldown} from 'rolldown'

const MOST = 1.2
/** How often a series is measured that seems to grow faster. */
const TRIES = 4
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
function measure(name, earlier = []) {
  return new Promise((resolve) => {
    const points = []
    const child = fork(FILE, [name, values.from, JSON.stringify(earlier)], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    let over = false
    let timer
    const wait = () => {
      clearTimeout(timer)
      timer = setTimeout(() => {
        over = true
        child.kill('SIGKILL')
      }, Number(values.limit) * 1000)
    }
    wait()
    child.on('message', (point) => {
      points.push(point)
      wait()
    })
    child.on('exit', (code) => {
      clearTimeout(timer)
      resolve({points, ending: over ? `more than ${values.limit} s` : code === 0 ? undefined : 'failed'})
    })
  })
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
  let {points, ending} = await measure(name)
  for (let time = 1; time < TRIES && !ending && points.at(-1).exponent > MOST; time++)
    ({points, ending} = await measure(name, points))
  const found = points.at(-1)?.exponent
  const isBad = ending !== undefined || found > MOST
  if (isBad && !excuse) failed.push(name)
  const told = ending ?? (found === undefined ? 'too fast' : found.toFixed(2))
  const [first, last] = [points[0], points.at(-1)]
  const note = isBad ? ` **${excuse ?? 'above the limit'}**` : ''
  console.log(
    `| ${told} | ${first ? shown(first.ms) : ''} | ${last ? shown(last.ms) : ''} | ${last?.size ?? ''} | ${name}${note} |`,
  )
}
if (failed.length > 0) {
  console.log(`\n${failed.length} of ${wanted.length} series grow faster than n^${MOST}`)
  process.exitCode = 1
}
