import {type ChildProcess, fork} from 'node:child_process'
import type {TextJob} from './read-texts.ts'
import type {Outcome} from './types.ts'

/** A text to parse within a time limit. */
export interface LimitedTextJob extends TextJob {
  /** The CPU time that it may take, in milliseconds. */
  limit: number
}

/** Reads pages one by one in a child process, which is killed and restarted when a page takes too long. */
export class IsolatedReader {
  readonly #limit: number
  readonly #program: URL
  #process: ChildProcess | undefined
  #last: Promise<unknown> = Promise.resolve()

  /**
   * @param limit The CPU time that each page may take, in milliseconds.
   * @param program The module that the process runs.
   */
  constructor(limit: number, program: URL) {
    this.#limit = limit
    this.#program = program
  }

  /** Read a page after those requested earlier. */
  read(job: TextJob): Promise<Outcome> {
    const outcome = this.#last.then(() => this.#ask(job))
    this.#last = outcome
    return outcome
  }

  /** Kill the process. */
  close(): void {
    this.#process?.kill('SIGKILL')
    this.#process = undefined
  }

  #ask(job: TextJob): Promise<Outcome> {
    this.#process ??= fork(this.#program, {
      serialization: 'advanced',
      execArgv: [],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    const child = this.#process
    return new Promise((resolve) => {
      const answer = (outcome: Outcome) => {
        child.removeAllListeners()
        resolve(outcome)
      }
      const fail = (reason: string) => {
        this.close()
        answer({unreadable: `Cannot be read: ${reason}; please report it`})
      }
      child.on('message', (outcome: Outcome & {last?: true}) => {
        const {last, ...rest} = outcome
        if (last) this.close()
        answer(rest)
      })
      child.on('error', ({message}) => fail(`no process could be started for it (${message})`))
      child.on('exit', (code, signal) => fail(`the process that read it ended with ${signal ?? code}`))
      const limited: LimitedTextJob = {...job, limit: this.#limit}
      child.send(limited)
    })
  }
}
