// Compares doccheck's asking for remote images with bare `undici.fetch`, side by side in one run, at equal concurrency:
// whole processes, against a server on loopback that answers after 30 ms.
//
//   npm run bench:remote             10,000 images
//   options: --urls 10000, --runs 3
import {spawn} from 'node:child_process'
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import http from 'node:http'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {fileURLToPath, pathToFileURL} from 'node:url'
import {parseArgs} from 'node:util'

const {values} = parseArgs({
  options: {
    urls: {type: 'string', default: '10000'},
    runs: {type: 'string', default: '3'},
    serve: {type: 'boolean'},
  },
})
const LATENCY_MS = 30
const CONCURRENCY = 100

// The server is a process of its own, so that its work is not counted as anybody's.
if (values.serve) {
  let requests = 0
  let now = 0
  let most = 0
  const server = http.createServer((request, response) => {
    if (request.url === '/count') {
      response.end(JSON.stringify({requests, most}))
      requests = most = 0
      return
    }
    requests++
    most = Math.max(most, ++now)
    setTimeout(() => {
      now--
      response.writeHead(200, {'content-type': 'image/png'}).end()
    }, LATENCY_MS)
  })
  server.keepAliveTimeout = 60_000
  server.listen(0, '127.0.0.1', () => console.log(server.address().port))
} else {
  const work = mkdtempSync(path.join(tmpdir(), 'doccheck-bench-'))
  const server = spawn(process.execPath, [fileURLToPath(import.meta.url), '--serve'])
  process.on('exit', () => {
    server.kill()
    rmSync(work, {recursive: true, force: true})
  })
  const port = Number(await new Promise((done) => server.stdout.once('data', (data) => done(String(data)))))
  await compare(work, port)
  process.exit()
}

async function compare(work, port) {
  const urls = Array.from(
    {length: Number(values.urls)},
    (_, index) => `http://127.0.0.1:${port}/${index}.png`,
  )
  const docs = path.join(work, 'docs.md')
  writeFileSync(docs, urls.map((url) => `![](${url})\n`).join('\n'))
  const remote = {
    concurrency: CONCURRENCY,
    perHost: CONCURRENCY,
    allowPrivate: ['127.0.0.1'],
    cache: {location: 'verdicts.json'},
  }
  writeFileSync(path.join(work, '.doccheckrc.json'), JSON.stringify({remote}))
  const bare = path.join(work, 'bare.mjs')
  writeFileSync(
    bare,
    `import {readFileSync} from 'node:fs'
import {Agent, fetch, setGlobalDispatcher} from '${pathToFileURL(path.resolve('node_modules/undici/index.js'))}'
setGlobalDispatcher(new Agent())
const urls = [...readFileSync('docs.md', 'utf8').matchAll(/http[^)]+/g)].map(String)
let next = 0
const worker = async () => {
  while (next < urls.length) if ((await fetch(urls[next++], {method: 'HEAD'})).status !== 200) throw new Error('not 200')
}
await Promise.all(Array.from({length: ${CONCURRENCY}}, worker))
process.exit()`,
  )
  const doccheck = [process.execPath, path.resolve('bin/doccheck.js')]
  const tools = {
    'undici.fetch, HEAD': [process.execPath, bare],
    'doccheck, nothing remembered': [...doccheck, '--no-cache'],
    'doccheck, all remembered': doccheck,
  }
  // Fills the cache.
  await run(doccheck, work)
  const count = async () => (await fetch(`http://127.0.0.1:${port}/count`)).json()
  await count()
  const results = Object.fromEntries(Object.keys(tools).map((name) => [name, []]))
  for (let turn = 0; turn < Number(values.runs); turn++)
    for (const [name, command] of Object.entries(tools))
      results[name].push({...(await run(command, work)), ...(await count())})
  const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]
  const base = median(Object.values(results)[0].map(({seconds}) => seconds))
  console.log(`\n${urls.length} images, ${LATENCY_MS} ms, ${CONCURRENCY} at once\n`)
  console.log(
    '| | wall, s | of undici.fetch | peak, MB | requests | at once |\n| --- | --: | --: | --: | --: | --: |',
  )
  for (const [name, runs] of Object.entries(results)) {
    const seconds = median(runs.map((each) => each.seconds))
    const most = (key) => Math.max(...runs.map((each) => each[key]))
    console.log(
      `| ${name} | ${seconds.toFixed(2)} | ${(seconds / base).toFixed(2)} | ${most('mb')} | ${most('requests')} | ${most('most')} |`,
    )
  }
}

/** One run of a command: wall seconds and, on Linux, its peak memory. */
function run([command, ...args], cwd) {
  return new Promise((resolve, reject) => {
    const started = performance.now()
    const child = spawn(command, args, {cwd, stdio: ['ignore', 'ignore', 'inherit']})
    let mb = 0
    const timer = setInterval(() => {
      try {
        const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
        mb = Math.max(mb, Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024))
      } catch {
        // Already gone, or no Linux.
      }
    }, 10)
    child.on('close', (code) => {
      clearInterval(timer)
      if (code === 0) resolve({seconds: (performance.now() - started) / 1000, mb})
      else reject(new Error(`${command} ${args.join(' ')} exited with ${code}`))
    })
  })
}
