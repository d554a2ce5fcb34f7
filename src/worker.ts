import {isMainThread, parentPort, Worker, workerData} from 'node:worker_threads'
import type {LimitedTextJob} from './engine/isolated.ts'
import {type ChunkMessage, chunks, type Work} from './engine/pool.ts'
import {readUnlimited, type TextJob, whyUnreadable} from './engine/read-texts.ts'
import type {Outcome} from './engine/types.ts'
import {TooLongError} from './errors/time-limit.ts'
import type {RemoteJob} from './remote/job.ts'

const NO_LINES = new Uint32Array()
/** The interval between two checks of the CPU time. */
const WATCH_MS = 25

/** The second thread of a run: read chunks of files until none is left. */
async function readChunks(work: Work): Promise<void> {
  for await (const [chunk, found] of chunks(work)) {
    const lines = found.map((outcome) => outcome?.page?.lines)
    // A replacer function would make writing the JSON three times as slow.
    for (const outcome of found) if (outcome?.page) outcome.page.lines = NO_LINES
    const sent: ChunkMessage = {chunk, json: JSON.stringify(found), lines}
    parentPort!.postMessage(
      sent,
      lines.filter((table) => table !== undefined).map((table) => table.buffer as ArrayBuffer),
    )
  }
}

/** The thread of an isolated process: read the pages that it is sent. */
function readMessages(): void {
  parentPort!.on('message', async (job: TextJob) => parentPort!.postMessage(await readUnlimited(job)))
  parentPort!.postMessage('ready')
}

const cpuMs = () => {
  const {user, system} = process.cpuUsage()
  return (user + system) / 1000
}

/** The isolated process: let a thread read, and exit with it once a page exceeds the CPU limit or the memory. */
function superviseThread(): void {
  const end = () => process.kill(process.pid, 'SIGKILL')
  const giveUp = (error: unknown) => process.send!({unreadable: whyUnreadable(error), last: true}, end)
  const thread = new Worker(process.argv[1]!)
  const ready = new Promise((resolve) => thread.once('message', resolve))
  thread.on('error', giveUp)
  process.on('disconnect', end)
  process.on('message', async ({limit, ...job}: LimitedTextJob) => {
    await ready
    const started = cpuMs()
    const timer = setInterval(() => {
      if (cpuMs() - started < limit) return
      clearInterval(timer)
      giveUp(new TooLongError(limit))
    }, WATCH_MS)
    thread.once('message', (outcome: Outcome) => {
      clearInterval(timer)
      process.send!(outcome)
    })
    thread.postMessage(job)
  })
}

if (isMainThread) superviseThread()
else if (workerData?.asks) await (await import('./remote/thread.ts')).answerJob(workerData as RemoteJob)
else if (workerData) await readChunks(workerData as Work)
else readMessages()
