import {type ChildProcess, fork} from 'node:child_process'
import type {TextJob} from './read-texts.ts'
import type {Outcome} from './types.ts'

/** What the process is asked. */
export interface LimitedTextJob extends TextJob {
  /** Milliseconds of CPU. */
  limit: number
}

/** Reads pages one by one in a process of its own, which is ended if one of them takes too long, and started again. */
export class IsolatedReader {
  readonly #limit: number
  readonly #program: URL
  #process: ChildProcess | undefined
  #last: Promise<unknown> = Promise.resolve()

  /**
   * @param limit The CPU time that each page may take, in milliseconds.
   * @param program What the process runs.
   */
  constructor(limit: number, program: URL) {
    this.#limit = limit
    this.#program = program
  }

  /** Read one page, when those before it are read. */
  read(job: TextJob): Promise<Outcome> {
    const outcome = this.#last.then(() => this.#ask(job))
    this.#last = outcome
    return outcome
  }

  /** End the process. */
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
      const lost = (how: string) => {
        this.close()
        answer({unreadable: `Cannot be read: ${how}; please report it`})
      }
      child.on('message', (outcome: Outcome & {last?: true}) => {
        const {last, ...rest} = outcome
        if (last) this.close()
        answer(rest)
      })
      child.on('error', ({message}) => lost(`no process could be started for it (${message})`))
      child.on('exit', (code, signal) => lost(`the process that read it ended with ${signal ?? code}`))
      const question: LimitedTextJob = {...job, limit: this.#limit}
      child.send(question)
    })
  }
}
