import {parentPort, workerData} from 'node:worker_threads'
import {chunks, type Sent, type Work} from './pool.ts'

const NO_LINES = new Uint32Array()

// The second thread: reads chunks of files until none is left.
for await (const [chunk, found] of chunks(workerData as Work)) {
  const lines = found.map(({page}) => page?.lines)
  // A replacer function would make writing the JSON three times as slow.
  for (const {page} of found) if (page) page.lines = NO_LINES
  const sent: Sent = {chunk, json: JSON.stringify(found), lines}
  parentPort!.postMessage(
    sent,
    lines.filter((table) => table !== undefined).map((table) => table.buffer as ArrayBuffer),
  )
}
