import {parentPort, workerData} from 'node:worker_threads'
import {chunks, type Sent, type Work} from './pool.ts'

// The second thread: reads chunks of files until none is left.
for await (const [chunk, found] of chunks(workerData as Work)) {
  const lines = found.map(({page}) => page?.lines)
  const sent: Sent = {
    chunk,
    json: JSON.stringify(found, (key, value) => (key === 'lines' ? undefined : value)),
    lines,
  }
  parentPort!.postMessage(
    sent,
    lines.filter((table) => table !== undefined).map((table) => table.buffer as ArrayBuffer),
  )
}
