import {existsSync} from 'node:fs'
import {setImmediate} from 'node:timers/promises'
import {fileURLToPath} from 'node:url'
import {Worker} from 'node:worker_threads'
import type {Root} from 'mdast'
import {UnreadableError} from './errors.ts'
import {type Page, readPage, type Syntax} from './page/facts.ts'
import {readerOf} from './tree/read.ts'

/** One file to read. */
export interface Job {
  path: string
  syntax: Syntax
}

/** What became of a job: its facts, or why there are none; the text where a comment on the page needs it later. */
export interface Outcome {
  page?: Page
  text?: string
  unreadable?: string
}

/** What both threads work on: they take the next chunk of jobs by counting up. */
export interface Work {
  root: string
  jobs: readonly Job[]
  counter: SharedArrayBuffer
}

/** What the worker sends for a chunk: JSON is cheaper to send than objects, line tables are handed over as they are. */
export interface Sent {
  chunk: number
  json: string
  lines: (Uint32Array | undefined)[]
}

/** Fewer files are read sooner than a thread starts. */
const WORTH_A_THREAD = 250
const CHUNK = 24
const WORKER = new URL('./worker.js', import.meta.url)

/**
 * Read many files of the disk, half of them in a second thread where that pays.
 *
 * @param done Told how many are read.
 */
export async function readAll(
  root: string,
  jobs: readonly Job[],
  done: (count: number) => void,
): Promise<Outcome[]> {
  const work: Work = {root, jobs, counter: new SharedArrayBuffer(4)}
  const outcomes = new Array<Outcome>(jobs.length)
  let count = 0
  const put = (chunk: number, found: Outcome[]) => {
    for (const [index, outcome] of found.entries()) outcomes[chunk * CHUNK + index] = outcome
    done((count += found.length))
  }
  // Run from its sources, as tests do, doccheck has no worker file; one thread gives the same answers.
  const parallel = jobs.length >= WORTH_A_THREAD && existsSync(fileURLToPath(WORKER))
  const other = parallel ? runWorker(work, put) : Promise.resolve()
  for await (const [chunk, found] of chunks(work)) {
    put(chunk, found)
    // Let the worker's messages in.
    if (parallel) await setImmediate()
  }
  await other
  // What the worker had taken when it died.
  for (const [index, job] of jobs.entries()) {
    if (outcomes[index]) continue
    outcomes[index] = await readOne(readerOf(root), job)
    done(++count)
  }
  return outcomes
}

function runWorker(work: Work, put: (chunk: number, found: Outcome[]) => void): Promise<void> {
  return new Promise((resolve) => {
    const worker = new Worker(WORKER, {workerData: work, resourceLimits: {maxYoungGenerationSizeMb: 8}})
    worker.on('message', ({chunk, json, lines}: Sent) => {
      const found: Outcome[] = JSON.parse(json)
      for (const [index, {page}] of found.entries()) if (page) page.lines = lines[index]!
      put(chunk, found)
    })
    // Whatever ends it, its jobs are left for this thread.
    worker.on('error', () => {})
    worker.on('exit', () => resolve())
  })
}

/** Take chunk after chunk until none is left. */
export async function* chunks({
  root,
  jobs,
  counter,
}: Work): AsyncGenerator<[chunk: number, found: Outcome[]]> {
  const next = new Int32Array(counter)
  const read = readerOf(root)
  for (;;) {
    const chunk = Atomics.add(next, 0, 1)
    const own = jobs.slice(chunk * CHUNK, (chunk + 1) * CHUNK)
    if (own.length === 0) return
    const found: Outcome[] = []
    for (const job of own) found.push(await readOne(read, job))
    yield [chunk, found]
  }
}

/**
 * Read one file: its facts, or why there are none.
 *
 * @param look Sees the file's text and a syntax tree, made for it.
 */
export async function readOne(
  read: (path: string) => string | Promise<string>,
  {path, syntax}: Job,
  look?: (text: string, tree: Root) => void,
): Promise<Outcome> {
  try {
    const text = await read(path)
    const page = await readPage(path, text, syntax, look && ((tree) => look(text, tree)))
    return page.controlled ? {page, text} : {page}
  } catch (error) {
    return {unreadable: whyUnreadable(error)}
  }
}

/** What is said of a file whose reading threw an error. */
function whyUnreadable(error: unknown): string {
  const words = error instanceof Error ? error.message : String(error)
  if (error instanceof UnreadableError) return words
  if (error instanceof RangeError && words.startsWith('Maximum call stack'))
    return 'Is nested too deeply to be read'
  return `Cannot be read because of a mistake in doccheck, please report it: ${words}`
}
