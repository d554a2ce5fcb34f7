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

/** What both threads work on: they take the next chunk of jobs by counting up. */
export interface Work {
  /** Where the files are; nothing where another thread cannot read them. */
  root?: string
  jobs: readonly Job[]
  counter: SharedArrayBuffer
  /** Milliseconds for each of them. */
  limit: number
}

/** What became of the jobs of a chunk; nothing for those that are to be read where reading can be stopped. */
export type ChunkOutcomes = (Outcome | null)[]

/** What the worker sends for a chunk: JSON is cheaper to send than objects, line tables are handed over as they are. */
export interface ChunkMessage {
  chunk: number
  json: string
  lines: (Uint32Array | undefined)[]
}

type Read = (path: string) => string | Promise<string>

/** Fewer files are read sooner than a thread starts. */
const WORTH_A_THREAD = 250
const CHUNK = 24
/** What threads and processes run; doccheck run from its sources, as by its tests, has none. */
const WORKER = new URL('./worker.js', import.meta.url)

/** Reads the pages of a run. Whatever is on one of them, the others are read, and none takes longer than it may. */
export class PageReader {
  readonly #limit: number
  readonly #program: URL | undefined
  #isolated: IsolatedReader | undefined

  /**
   * @param limit The CPU time that each page may take, in milliseconds.
   * @param program What threads and processes run, if it is there: without, one thread gives the same answers.
   */
  constructor(limit = DEFAULT_LIMIT_MS, program = WORKER) {
    this.#limit = limit
    this.#program = existsSync(fileURLToPath(program)) ? program : undefined
  }

  /** End what was started for pages that take long. */
  close(): void {
    this.#isolated?.close()
  }

  /**
   * Read many files, half of them in a second thread where that pays.
   *
   * @param source Where the files are on the disk; or, where another thread cannot read them, what gives their texts.
   * @param done Told how many are read.
   */
  async files(
    jobs: readonly Job[],
    source: string | Read,
    done: (count: number) => void,
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
      // Let the worker's messages in.
      if (parallel) await setImmediate()
    }
    await other
    // Those that look as if they took long, that did, and what the worker had taken when it died.
    for (const index of left) {
      put(index, await this.#alone(await textOf(jobs[index]!, read)))
      done(jobs.length - left.size)
    }
    return outcomes
  }

  /** Read one text. */
  async text(job: TextJob, look?: Look): Promise<Outcome> {
    const [found] = await readTexts([job], {limit: this.#limit}, look)
    if (found) return found
    const outcome = await this.#alone({...job, tree: look !== undefined})
    const {path, text, syntax} = job
    // It did not take too long there.
    if (look && outcome.page) await readPage(path, text, syntax, (tree) => look(job, text, tree))
    return outcome
  }

  async #alone(job: TextJob | Outcome): Promise<Outcome> {
    if (!('syntax' in job)) return job
    if (this.#program) {
      // Few runs need it.
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
    // Whatever ends it, its jobs are left for this thread.
    worker.on('error', () => {})
    worker.on('exit', () => resolve())
  })
}

/** Take chunk after chunk until none is left. */
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

/** A job with its text, or why there is none. */
async function textOf(job: Job, read: Read): Promise<TextJob | Outcome> {
  try {
    return {...job, text: await read(job.path)}
  } catch (error) {
    return {unreadable: whyUnreadable(error)}
  }
}
