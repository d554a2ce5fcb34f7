import {existsSync} from 'node:fs'
import {fileURLToPath} from 'node:url'
import {parentPort, Worker} from 'node:worker_threads'
import pLimit from 'p-limit'
import {UserError} from '../errors/errors.ts'
import type {RemoteResult} from './check-urls.ts'
import {type RemoteJob, runJob} from './job.ts'
import type {RemoteFact, RemoteUse} from './types.ts'

/** The module that threads run; it does not exist when doccheck runs from its sources, as in tests. */
const THREAD = new URL('./worker.js', import.meta.url)

/** The answer of a thread: the facts about each URL, or the message of an error. */
type Answer =
  | (Omit<RemoteResult, 'fact'> & {facts: Record<RemoteUse, Map<string, RemoteFact | undefined>>})
  | {error: string; isOfUser: boolean}

/** Hosts are asked by one run at a time. */
const inTurn = pLimit(1)

/**
 * Check remote URLs in a thread of its own. What is global about the restricted network, such as the dispatcher of `fetch`
 * and proxy variables, stays in that thread, so that the requests of the program around doccheck are not affected.
 */
export const runJobInThread = (job: RemoteJob, signal: AbortSignal): Promise<RemoteResult> =>
  existsSync(fileURLToPath(THREAD)) ? inTurn(() => askThread(job, signal)) : runJob(job, signal)

async function askThread(job: RemoteJob, signal: AbortSignal): Promise<RemoteResult> {
  const thread = new Worker(THREAD, {workerData: job})
  const cancel = () => thread.postMessage('cancel')
  try {
    const answer = await new Promise<Answer>((resolve, reject) => {
      thread.once('message', resolve)
      thread.once('error', reject)
      thread.once('exit', (code) => reject(new Error(`The thread for requests ended with ${code}`)))
      signal.addEventListener('abort', cancel, {once: true})
      if (signal.aborted) cancel()
    })
    if ('error' in answer) throw answer.isOfUser ? new UserError(answer.error) : new Error(answer.error)
    const {facts, ...rest} = answer
    return {...rest, fact: (use, url) => facts[use].get(url)}
  } finally {
    signal.removeEventListener('abort', cancel)
    // A pending DNS lookup would keep it alive.
    await thread.terminate()
  }
}

/** The work of the thread: check the URLs of a job, and answer. */
export async function answerJob(job: RemoteJob): Promise<void> {
  const cancelled = new AbortController()
  parentPort!.once('message', () => cancelled.abort())
  parentPort!.postMessage(await answerTo(job, cancelled.signal))
}

async function answerTo(job: RemoteJob, signal: AbortSignal): Promise<Answer> {
  try {
    const {fact, ...rest} = await runJob(job, signal)
    const factsOf = (use: RemoteUse) => new Map([...job.asks[use]].map((url) => [url, fact(use, url)]))
    return {...rest, facts: {image: factsOf('image'), link: factsOf('link')}}
  } catch (error) {
    const isOfUser = error instanceof UserError
    return {
      error: (!isOfUser && error instanceof Error && error.stack) || String((error as Error).message),
      isOfUser,
    }
  }
}
