import {existsSync} from 'node:fs'
import {setImmediate} from 'node:timers/promises'
import {fileURLToPath} from 'node:url'
import {Worker} from 'node:worker_threads'
import {DEFAULT_LIMIT_MS} from '../errors/time-limit.ts'
import {readPage} from '../page/read-page.ts'
import {readerOf} from '../tree/read.ts'
import type {IsolatedReader} from './isolated.ts'
import {type Job, type Look, readTexts, type TextJob, whyUnreadable} from './read-texts.ts'
import type {Outcome} from './types.ts'

/** The work shared by two threads: each takes the next chunk of jobs by incrementing a counter. */
export interface Work {
  /** The folder of the files; absent if they cannot be read from disk. */
  root?: string
  jobs: readonly Job[]
  /** The number of the next chunk, 4 bytes. */
  counter: SharedArrayBuffer
  /** The CPU time that each page may take, in milliseconds. */
  limit: number
}

/** The outcomes of a chunk of jobs; null for pages that must be read in a process that can be killed. */
export type ChunkOutcomes = (Outcome | null)[]

/** A chunk as the worker posts it: JSON is cheaper to clone than objects, and line tables are transferred. */
export interface ChunkMessage {
  chunk: number
  /** {@link ChunkOutcomes} with empty line tables. */
  json: string
  lines: (Uint32Array | undefined)[]
}

type Read = (path: string) => string | Promise<string>

/** Reading fewer files takes less time than starting a thread. */
const WORTH_A_THREAD = 250
const CHUNK = 24
/** The module that threads and processes run; it does not exist when doccheck runs from its sources, as in tests. */
const WORKER = new URL('./worker.js', import.meta.url)

/** Reads the pages of a run, each within its time limit. A page that fails or takes too long does not affect others. */
export class PageReader {
  readonly #limit: number
  readonly #program: URL | undefined
  #isolated: IsolatedReader | undefined

  /**
   * @param limit The CPU time that each page may take, in milliseconds.
   * @param program The module that threads and processes run. Where it does not exist, one thread does all the work.
   */
  constructor(limit = DEFAULT_LIMIT_MS, program = WORKER) {
    this.#limit = limit
    this.#program = existsSync(fileURLToPath(program)) ? program : undefined
  }

  /** Stop the process that was started for slow pages. */
  close(): void {
    this.#isolated?.close()
  }

  /**
   * Read many files, about half of them in a second thread if there are enough.
   *
   * @param source The folder of the files; or, if they cannot be read from disk, the function that reads them.
   * @param done Called with the number of files that have been read.
   * @param signal Ends the reading after the current chunks; its reason is thrown.
   */
  async files(
    jobs: readonly Job[],
    source: string | Read,
    done: (count: number) => void,
    signal?: AbortSignal,
  ): Promise<Outcome[]> {
    const [read, root] = typeof source === 'string' ? [readerOf(source), source] : [source]
    const work: Work = {
      jobs,
      counter: new SharedArrayBuffer(4),
      limit: this.#limit,
      ...(root !== undefined && {root}),
    }
    const outcomes = new Array<Outcome>(jobs.length)
    const left = new Set(jobs.keys())
    const put = (index: number, outcome: Outcome | null) => {
      if (!outcome) return
      outcomes[index] = outcome
      left.delete(index)
    }
    const putAll = (chunk: number, found: ChunkOutcomes) => {
      for (const [index, outcome] of found.entries()) put(chunk * CHUNK + index, outcome)
      done(jobs.length - left.size)
    }
    const parallel = root !== undefined && jobs.length >= WORTH_A_THREAD && this.#program
    const other = parallel ? runWorker(parallel, work, putAll) : Promise.resolve()
    for await (const [chunk, found] of chunks(work, read)) {
      putAll(chunk, found)
      // No chunk is left for the worker, either.
      if (signal?.aborted) Atomics.store(new Int32Array(work.counter), 0, jobs.length)
      // Lets the worker's messages arrive between chunks.
      if (parallel) await setImmediate()
    }
    await other
    signal?.throwIfAborted()
    // Pages that look slow or were, and the worker's current chunk if it died.
    for (const index of left) {
      put(index, await this.#alone(await textOf(jobs[index]!, read)))
      done(jobs.length - left.size)
    }
    return outcomes
  }

  /**
   * Read one text.
   *
   * @param look Called with its syntax tree.
   */
  async text(job: TextJob, look?: Look): Promise<Outcome> {
    const [found] = await readTexts([job], {limit: this.#limit}, look)
    if (found) return found
    const outcome = await this.#alone({...job, tree: look !== undefined})
    const {path, text, syntax} = job
    // It was read within the limit there, so it may be read here.
    if (look && outcome.page) await readPage(path, text, syntax, (tree) => look(job, text, tree))
    return outcome
  }

  async #alone(job: TextJob | Outcome): Promise<Outcome> {
    if (!('syntax' in job)) return job
    if (this.#program) {
      // Imported lazily, since few runs need it.
      const {IsolatedReader} = await import('./isolated.ts')
      this.#isolated ??= new IsolatedReader(this.#limit, this.#program)
      return this.#isolated.read(job)
    }
    return (await readTexts([job], {limit: this.#limit, thorough: true}))[0]!
  }
}

function runWorker(
  program: URL,
  work: Work,
  put: (chunk: number, found: ChunkOutcomes) => void,
): Promise<void> {
  return new Promise((resolve) => {
    const worker = new Worker(program, {workerData: work, resourceLimits: {maxYoungGenerationSizeMb: 8}})
    worker.on('message', ({chunk, json, lines}: ChunkMessage) => {
      const found: ChunkOutcomes = JSON.parse(json)
      for (const [index, outcome] of found.entries()) if (outcome?.page) outcome.page.lines = lines[index]!
      put(chunk, found)
    })
    // Whatever stopped it, this thread does the remaining jobs.
    worker.on('error', () => {})
    worker.on('exit', () => resolve())
  })
}

/** Read chunk after chunk until none is left. */
export async function* chunks(
  {jobs, counter, limit, root}: Work,
  read: Read = readerOf(root!),
): AsyncGenerator<[chunk: number, found: ChunkOutcomes]> {
  const next = new Int32Array(counter)
  for (;;) {
    const chunk = Atomics.add(next, 0, 1)
    const own = jobs.slice(chunk * CHUNK, (chunk + 1) * CHUNK)
    if (own.length === 0) return
    const given = await Promise.all(own.map((job) => textOf(job, read)))
    const texts = given.filter((job) => 'syntax' in job)
    const outcomes = await readTexts(texts, {limit})
    const found = given.map((job) => ('syntax' in job ? (outcomes[texts.indexOf(job)] ?? null) : job))
    yield [chunk, found]
  }
}

/** The job with its text, or the outcome if the text cannot be read. */
async function textOf(job: Job, read: Read): Promise<TextJob | Outcome> {
  try {
    return {...job, text: await read(job.path)}
  } catch (error) {
    return {unreadable: whyUnreadable(error)}
  }
}
